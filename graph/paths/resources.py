"""Resource paths: the k cheapest different ones, and why there is none.

The files `resource_paths` and `resource_paths_of_body` find them; which one follows from where a
path begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from graph.catalogue import Query
from graph.errors import BadParameter
from graph.model import BODIES, label_of
from graph.model.vocabulary import ResourceCategory
from graph.paths.hops import make_hop_of_row, make_way
from graph.paths.shapes import PathShape, PathsShape, Room, WhyNot
from graph.paths.why_not import explain_none
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.nodes import read_node
from graph.store import Row

MAX_PATHS = 50
LONGEST_PATH = 8
"""Hops of the longest path of all: from a person; from a place it is one fewer."""
STARTS = ("Need", "Quarter", "Building", "Area")
"""Where a path begins at a place; from a need at what it concerns."""
ACTORS = (*BODIES, "PropertyFirm", "Unit", "Team", "ServiceStation", "Person")
SOURCES = (*STARTS, *ACTORS)


async def find_paths(
    graph: Graph,
    source: str,
    *,
    category: str | None = None,
    targets: Sequence[str] = (),
    k: int = 5,
    max_hops: int | None = None,
    as_of: date | None = None,
) -> Answer[PathsShape]:
    """The `k` cheapest different paths.

    Paths are different when they pass other nodes. `targets` are ids of resources or of their
    providers. `verdict` is `found`, `none` (the registers of resources and of co-building are
    complete here, and there is no path) or `unknown` (`missing` says which are not); `why_not` is
    null where a path was found. Raises `NotFound`, `BadParameter`.

        await find_paths(graph, "n-990101-0001", k=3)
    """
    _check(category, k)
    query = await _query_for(graph, source)
    day = graph.day(as_of)
    given: dict[str, Any] = {
        "source": source,
        "category": category,
        "targets": list(targets) or None,
        "as_of": day,
    }
    given |= {} if max_hops is None else {"max_hops": max_hops}
    version, rows = await _read(graph, query, given, k)
    named = rows and label_of(source) != "Person"
    node = None if named else (await read_node(graph, source)).data
    name = rows[0]["names"][0] if node is None else node["properties"].get("name")
    data: PathsShape = {
        "source": source,
        "source_name": name,
        "verdict": "found",
        "missing": [],
        "paths": [_path(rank, row, {source: name}) for rank, row in enumerate(rows, start=1)],
        "why_not": None,
    }
    queries = [query]
    if not rows and node is not None:
        data["missing"], data["why_not"] = await _none(graph, query, given, node["properties"])
        data["verdict"] = "unknown" if data["missing"] else "none"
        queries += [graph.catalogue[name] for name in ("path_registers", "resources_elsewhere")]
    parameters = query.bind({**given, "k": k}, today=graph.today())
    return Answer(data, graph.stamp(queries, parameters, version, len(rows)))


async def _query_for(graph: Graph, source: str) -> Query:
    """The file that finds the paths of a source, by its label."""
    try:
        label = label_of(source)
    except BadParameter:
        label = (await read_node(graph, source)).data["label"]  # says that there is no such node
    if label in SOURCES:
        return graph.catalogue["resource_paths" if label in STARTS else "resource_paths_of_body"]
    zh = "source 应为需求、地方、组织、单位、队伍、站点或人员的编号。"
    en = "source is the id of a need, place, body, unit, team, station or person."
    raise BadParameter(zh, en, subject="source")


async def _none(
    graph: Graph, query: Query, given: dict[str, Any], source: dict[str, Any]
) -> tuple[list[str], WhyNot]:
    """What is missing for an answer, and why there is no path."""
    listing = graph.catalogue["path_registers"]
    registers = (await graph.ask(listing, {n: given[n] for n in ("source", "as_of")})).data
    missing = [f"{r['subject']}@{r['place']}" for r in registers if not r["complete"]]
    any_category = given["category"] is None and not source.get("resource_categories")
    if label_of(given["source"]) == "Need" and any_category:
        missing.append(f"{given['source']}.resource_categories")
    why_not = await explain_none(graph, query, given, registers, source)
    return missing, why_not


def _check(category: str | None, k: int) -> None:
    if not 1 <= k <= MAX_PATHS:
        raise BadParameter(f"k 应在 1 到 {MAX_PATHS} 之间。", f"k is from 1 to {MAX_PATHS}.", subject="k")
    if category is not None and category not in set(ResourceCategory):
        words = "、".join(f"{c.value} {c.zh}" for c in ResourceCategory)
        raise BadParameter(
            f"没有资源类别 {category!r}；可用：{words}。",
            f"no resource category {category!r}; known: {words}.",
            subject="category",
        )


async def _read(graph: Graph, query: Query, given: dict[str, Any], k: int) -> tuple[int, list[Row]]:
    """Data version, and the k best different rows.

    Edges that stand side by side give rows over the same nodes; then more rows are asked for.
    """
    limit = k
    while True:
        asked = query.bind({**given, "k": limit}, today=graph.today())
        version, (rows,) = await graph.read([query.select(asked)])
        different: dict[tuple[str, ...], Row] = {}
        for row in rows:
            different.setdefault(tuple(row["nodes"]), row)
        if len(different) >= k or len(rows) < limit:
            return version, list(different.values())[:k]
        limit *= 2


def _path(rank: int, row: Row, names: dict[str, str | None]) -> PathShape:
    known = dict(zip(row["nodes"], row["names"], strict=True)) | names
    hops = [make_hop_of_row(row, i, known) for i in range(len(row["edges"]))]
    room: Room | None = None
    if row["capacity"] is not None:
        room = {
            "capacity": row["capacity"],
            "unit": row["capacity_unit"],
            "used": row["used"],
            "use_known": row["use_known"],
        }
    return {
        "rank": rank,
        "resource": row["resource"],
        "resource_name": row["resource_name"],
        "category": row["category"],
        "provider": row["provider"],
        "provider_name": row["provider_name"],
        "capacity": room,
        **make_way(rank, hops),
    }


async def find_paths_of_area(
    graph: Graph, area: str, *, category: str | None = None, k: int = 1, as_of: date | None = None
) -> list[Answer[PathsShape]]:
    """The paths of every open need of an area; of every quarter where no need is on record."""
    day = graph.day(as_of)
    given = {"area": area, "as_of": day}
    needs = (await graph.ask(graph.catalogue["needs"], given)).data
    sources = [row["need"] for row in needs]
    if not sources:
        quarters = (await graph.ask(graph.catalogue["quarters"], given)).data
        sources = [row["quarter"] for row in quarters]
    return [
        await find_paths(graph, source, category=category, k=k, as_of=day)
        for source in dict.fromkeys(sources)
    ]
