"""Who or what could close a gap: the nearest candidates of each kind, with the path to each.

A file under `cypher/closers/` names the dimensions whose gaps it closes
and ranks what it finds; of persons only the number is given, unless personal data is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from graph.catalogue import Query
from graph.coverage.shapes import Closer, CloserCandidate
from graph.errors import BadParameter
from graph.model import label_of, walk_cost
from graph.paths.hops import make_hop
from graph.paths.shapes import Hop
from graph.reading.graph import Graph
from graph.reading.names import read_names
from graph.rules.sentences import explain_missing
from graph.store import Row


def closers_of(graph: Graph, dimension: str) -> list[Query]:
    """The files that close gaps of a dimension."""
    return [query for query in graph.catalogue.folder("closers") if dimension in query.closer.closes]


async def find_closers(
    graph: Graph,
    dimension: str,
    place: str,
    day: date,
    *,
    minutes: float | None,
    metres: float | None,
    limit: int,
) -> tuple[list[Closer], list[Query]]:
    """Per kind, all that were found counted and the first `limit` listed; and the files asked.

    A path leads from the gap to the candidate; distances are null where not known. Persons are
    counted, and listed only where personal data is shown; kinds that the viewer is not given are
    left out.
    """
    queries = [q for q in closers_of(graph, dimension) if graph.viewer.gives(q.header.tells)]
    distances = {"minutes": minutes, "metres": metres}
    statements = []
    for query in queries:
        declared = {p.name for p in query.parameters}
        own = {n: v for n, v in distances.items() if n in declared and v is not None}
        given = {"as_of": day}
        statements.append(query.select(graph.bind_known(query, given, {"subject": place, **own})))
    _, results = await graph.read_facts(statements) if statements else (0, [])
    closers: list[Closer] = []
    shown: list[list[Row]] = []
    for query, rows in zip(queries, results, strict=True):
        personal = any(c.name == "candidate" and c.flag for c in query.columns)
        hidden = personal and not graph.viewer.personal
        shown.append([] if hidden else _first(rows, limit))
        closers.append(
            {
                "kind": query.closer.kind,
                "query": query.name,
                "title": query.header.title,
                "title_zh": query.header.title_zh,
                "personal": personal,
                "count": len({r["candidate"] for r in rows}),
                "candidates": [],
            }
        )
    wanted = {id_ for rows in shown for row in rows for id_ in [*row["nodes"], row["candidate"]]}
    names = await read_names(graph, wanted)
    open_ = {item for rows in shown for row in rows for item in row.get("unconfirmed") or ()}
    words = await explain_missing(graph, open_)
    for closer, query, rows in zip(closers, queries, shown, strict=True):
        closer["candidates"] = [_candidate(query, n, r, names, words) for n, r in enumerate(rows, 1)]
    return closers, queries


def check_distances(minutes: float | None, metres: float | None) -> None:
    """Raises `BadParameter` for a distance that no file would take."""
    for name, value, high in (("minutes", minutes, 120), ("metres", metres, 20_000)):
        if value is not None and not 1 <= value <= high:
            raise BadParameter(
                f"{name} 应在 1 到 {high} 之间。", f"{name} is from 1 to {high}.", subject=name
            )


def _first(rows: Sequence[Row], limit: int) -> list[Row]:
    """The first row of each candidate, in their order: the nearest way there."""
    found: dict[str, Row] = {}
    for row in rows:
        found.setdefault(row["candidate"], row)
    return list(found.values())[:limit]


def _candidate(
    query: Query, rank: int, row: Row, names: Mapping[str, Any], words: Mapping[str, tuple[str, str]]
) -> CloserCandidate:
    name = _name(row["candidate"], names)
    reasons = query.header.reason_zh, query.header.reason
    zh, en = (reason.replace("{candidate}", name) for reason in reasons)
    if row["minutes"] is not None:
        zh, en = f"{zh}，步行 {row['minutes']:.0f} 分钟", f"{en}, {row['minutes']:.0f} min on foot"
    elif row["metres"] is not None:
        zh, en = f"{zh}，直线约 {row['metres']:.0f} 米", f"{en}, about {row['metres']:.0f} m away"
    if open_ := row.get("unconfirmed"):
        zh = f"{zh}；待确认：{'、'.join(words[item][0] for item in open_)}"
        en = f"{en}; to be confirmed: {', '.join(words[item][1] for item in open_)}"
    return {
        "rank": rank,
        "candidate": row["candidate"],
        "candidate_name": name,
        "label": label_of(row["candidate"]),
        "metres": row["metres"],
        "minutes": row["minutes"],
        "reason_zh": f"{zh}。",
        "reason_en": f"{en}.",
        "path": [_hop(row, i, names) for i in range(len(row["edges"]))],
    }


def _hop(row: Row, i: int, names: Mapping[str, Any]) -> Hop:
    edge, here, there = row["edges"][i], row["nodes"][i], row["nodes"][i + 1]
    type_ = edge.split("~")[1]
    return make_hop(
        edge=edge,
        type_=type_,
        cost=walk_cost(type_) or 0,
        here=here,
        there=there,
        names={node: _name(node, names) for node in (here, there)},
        since=row["starts"][i],
        source=row["sources"][i],
        precision=row["precisions"][i],
    )


def _name(id_: str, names: Mapping[str, Any]) -> str:
    return str(names[id_]["name"]) if id_ in names else id_
