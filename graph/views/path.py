"""The best resource paths from one place, laid over each other."""

from __future__ import annotations

from datetime import date

from graph.paths import find_paths
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.views.compose import Gathered, about, compose
from graph.views.view import View, ViewEdge, edge_of


async def view_path(
    graph: Graph, source: str, *, limit: int, category: str | None = None, as_of: date | None = None
) -> Answer[View]:
    """The paths of `find_paths`; `about` has its verdict, so that "none" differs from "unknown".

    Raises what `find_paths` raises.
    """
    day = graph.day(as_of)
    answer = await find_paths(graph, source, category=category, as_of=day)
    edges: dict[str, ViewEdge] = {}
    for path in answer.data["paths"]:
        for hop in path["hops"]:
            along = hop["edge"].startswith(f"{hop['from']}~")
            start, end = (hop["from"], hop["to"]) if along else (hop["to"], hop["from"])
            row = {**hop, "from": start, "to": end, "until": None}
            edges.setdefault(hop["edge"], edge_of(row, day))
    header = about("path", source, day, verdict=answer.data["verdict"])
    found = Gathered(header, list(edges.values()), [source])
    return await compose(graph, found, answer.stamp, limit=limit)
