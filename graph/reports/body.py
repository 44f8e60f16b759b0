"""The situation of one body, read from the graph: what it is, its posts, terms, ties, findings.

`page` shows it. Findings come from the rules of the areas in which the
body and the bodies of its members are, each under the profile nearest to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from graph.catalogue import Query
from graph.errors import NotFound
from graph.model import NODES, OPEN_END
from graph.model.precision import MARKS, precision_of, shown_day
from graph.reading.answer import Answer
from graph.reading.areas import AREAS_OF_BODIES, AreaTree, areas_without_overlap, read_areas
from graph.reading.graph import Graph
from graph.reading.names import read_names
from graph.reading.nodes import read_neighbours, read_node
from graph.reading.rows import rows_as
from graph.reading.shapes import NeighbourRow, NodeShape
from graph.reports.judged import distinct, ends_of, explained_rows, is_body, read_judged, severity_key
from graph.reports.missing import read_missing
from graph.reports.shapes import BodyCross, BodyPage, BodyPost, BodyTerm, BodyTie
from graph.reports.words import role_word
from graph.store import Row

TIES = ("COVERS", "SERVES", "SUBORDINATE_TO", "OPERATED_BY")
ASIDE = ("evidence", "missing", "blocked_by", "candidates", "unconfirmed", "waiver")
"""Columns in which a row may mention a body without being about it."""


async def read_body(graph: Graph, id_: str, *, as_of: date | None = None) -> Answer[BodyPage]:
    """One body as a whole; raises `NotFound`.

    `(await read_body(graph, "oc-990101-009")).data["posts"]`
    """
    if not is_body(id_):
        raise _no_body(id_)
    day = graph.day(as_of)
    try:
        node = (await read_node(graph, id_)).data
    except NotFound:
        raise _no_body(id_) from None
    near = await read_neighbours(graph, id_, as_of=day, types=[*TIES, "HOLDS_POST"])
    posts = sorted((_post(row) for row in near.data if row["type"] == "HOLDS_POST"), key=lambda p: p["post"])
    ties = [_tie(row) for row in near.data if row["type"] != "HOLDS_POST"]
    where = await graph.ask(
        graph.catalogue[AREAS_OF_BODIES],
        {"bodies": [id_], "persons": sorted({p["person"] for p in posts}), "as_of": day},
    )
    tree = await read_areas(graph, day)
    scopes = areas_without_overlap((row["area"] for row in where.data), tree)
    rows, queries = await _rows(graph, id_, scopes, day)
    areas = sorted({row["area"] for row in where.data if row["body"] == id_ and row["area"]})
    cross_query, claims_query = (graph.catalogue["body_cross_appointments"], graph.catalogue["claims"])
    data: BodyPage = {
        "id": id_,
        "name": node["properties"]["name"],
        "label": node["label"],
        "label_zh": node["label_zh"],
        "facts": list(_facts(node)),
        "withheld": [_word(node["label"], name) for name in node["masked"]],
        "areas": [_path(tree, area) for area in areas],
        "ties": ties,
        "posts": posts,
        "terms": sorted(_terms(node, near.data, posts), key=lambda t: (t["ends_on"], t["what"])),
        "cross": await _cross(graph, cross_query, id_, day),
        "findings": await explained_rows(graph, rows),
        "missing": await read_missing(graph, rows),
        "claims": await _claims(graph, claims_query, id_, areas, day),
        "masked": not graph.viewer.personal,
    }
    files = [*queries, graph.catalogue[AREAS_OF_BODIES], cross_query, claims_query]
    stamp = graph.stamp(files, {"id": id_, "as_of": day}, near.stamp.data_version, len(rows))
    return Answer(data, replace(stamp, area=areas[0] if len(areas) == 1 else None))


def concerns(row: Row, id_: str) -> bool:
    """Whether a judged row is about a body: its subject, or one of the ids that it names."""
    found = [v for k, v in row.items() if k not in ASIDE]
    texts = [t for v in found for t in (v if isinstance(v, list) else [v]) if isinstance(t, str)]
    return any(id_ in ends_of(text) for text in texts)


async def _rows(graph: Graph, id_: str, scopes: list[str | None], day: date) -> tuple[list[Row], list[Query]]:
    """Rows about the body, as people look at them, and the rules that were run."""
    rows: list[Row] = []
    names: dict[str, str] = {}
    for scope in scopes:
        judged = await read_judged(graph, area=scope, as_of=day)
        names |= judged.stamp.queries
        rows += [row for row in judged.rows if concerns(row, id_)]
    found = sorted(distinct(rows), key=lambda r: (severity_key(r), r["code"], r["finding"]))
    return found, [graph.catalogue[name] for name in names]


def _facts(node: NodeShape) -> Iterator[tuple[str, Any]]:
    """The properties that say what a body is, in words; its name and term are shown apart."""
    declared = NODES[node["label"]].properties()
    aside = {"id", "name", "named", "term_until", "extended_until"}
    for name, value in node["properties"].items():
        if name in aside or name not in declared or value is None:
            continue
        words = declared[name].vocabulary
        shown = words(value).zh if words is not None and isinstance(value, str) else value  # type: ignore[call-arg]
        yield declared[name].prop.zh, ("是" if shown else "否") if isinstance(shown, bool) else shown


def _word(label: str, name: str) -> str:
    return NODES[label].properties()[name].prop.zh


def _tie(row: NeighbourRow) -> BodyTie:
    properties = row["properties"]
    return {
        "type_zh": row["type_zh"],
        "outward": row["direction"] == "out",
        "other": row["other"],
        "other_label": NODES[row["other_label"]].zh,
        "other_name": row["other_name"],
        "since": properties["since"],
        "until": properties["until"],
        "contract_until": properties.get("contract_until"),
        "date_precision": list(properties.get(MARKS) or ()),
    }


def _post(row: NeighbourRow) -> BodyPost:
    properties = row["properties"]
    return {
        "post": row["edge"],
        "person": row["other"],
        "name": row["other_name"],
        "role": role_word(properties["role"]),
        "title": properties.get("title"),
        "since": properties["since"],
        "until": properties["until"],
        "term_until": properties.get("term_until"),
        "date_precision": list(properties.get(MARKS) or ()),
        "source": properties["source"],
    }


def _terms(node: NodeShape, near: Sequence[NeighbourRow], posts: Sequence[BodyPost]) -> Iterator[BodyTerm]:
    """Every end that is known: of the body's term, of its contracts, of its members' terms."""
    properties = node["properties"]
    extended = properties.get("extended_until")
    until = extended or properties.get("term_until")
    if until is not None:
        written = _written(properties, "extended_until" if extended else "term_until")
        what = "组织任期（已延期）" if extended else "组织任期"
        yield {"what": what, "of": node["id"], "ends_on": until, "written": written}
    for row in near:
        until = row["properties"].get("contract_until")
        if until is not None and row["direction"] == "out":
            what, written = f"物业合同：{row['other_name']}", _written(row["properties"], "contract_until")
            yield {"what": what, "of": row["edge"], "ends_on": until, "written": written}
    for post in posts:
        until = post["term_until"] or (None if post["until"] == OPEN_END else post["until"])
        if until is not None:
            yield {
                "what": f"{post['role']} {post['name']}（{post['person']}）",
                "of": post["post"],
                "ends_on": until,
                "written": _written(post, "term_until" if post["term_until"] else "until"),
            }


def _written(element: Mapping[str, Any], name: str) -> str:
    """The last day before an exclusive end, or the month or year that is known of it."""
    if precision_of(element, name) == "day":
        return str(element[name] - timedelta(days=1))
    return shown_day(element, name)


def _path(tree: AreaTree, area: str) -> str:
    return " › ".join(str(tree.name(a)) for a in reversed(tree.above(area)))


async def _cross(graph: Graph, query: Query, id_: str, day: date) -> list[BodyCross]:
    """Who also holds a post in which other body, with both roles."""
    answer = await graph.ask(query, {"body": id_, "as_of": day})
    rows: list[Row] = []
    for row in answer.data:
        here, there = ("a", "b") if row["body_a"] == id_ else ("b", "a")
        rows.append(
            {
                "person": row["person"],
                "role": role_word(row[f"role_{here}"]),
                "other": row[f"body_{there}"],
                "other_role": role_word(row[f"role_{there}"]),
                "since": row["since"],
                "until": row["until"],
                "edge": row["edge"],
            }
        )
    ids = [row[key] for row in rows for key in ("person", "other")]
    names = await read_names(graph, ids)
    for row in rows:
        row["person_name"] = names.get(row["person"], {}).get("name")
        row["other_name"] = names.get(row["other"], {}).get("name")
    return rows_as(BodyCross, rows)


async def _claims(graph: Graph, query: Query, id_: str, areas: list[str], day: date) -> list[Row]:
    """Published figures that concern the body itself; they are never counted."""
    found: dict[str, Row] = {}
    for area in areas:
        answer = await graph.ask(query, {"area": area, "as_of": day})
        found |= {row["claim"]: row for row in answer.data if id_ in row["concerns"]}
    return [found[claim] for claim in sorted(found)]


def _no_body(id_: str) -> NotFound:
    return NotFound(
        f"没有编号为 {id_} 的组织（党组织、居委会、业委会、监督委员会、物业项目）。",
        f"there is no body with the id {id_}: a Party organization, committee or project.",
        subject="id",
    )
