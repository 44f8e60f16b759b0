"""An area: places, bodies, providers, co-building units, resources and needs; no persons."""

from __future__ import annotations

from datetime import date

from graph.reading.answer import Answer
from graph.reading.areas import require_area
from graph.reading.graph import Graph
from graph.views.compose import MAX_EDGES, Gathered, about, compose
from graph.views.view import View, edge_of


async def view_area(
    graph: Graph, area: str, *, limit: int, as_of: date | None = None, ended: bool = False
) -> Answer[View]:
    """The area's organizations and their ties; raises `NotFound`.

    Buildings and grids are asked for only where all that is above them has room: of a city they
    would be most of the graph, and the first to be cut.
    """
    day = graph.day(as_of)
    await require_area(graph, area, day)
    query = graph.catalogue["area_graph"]
    given = {"area": area, "as_of": day, "ended": ended, "limit": MAX_EDGES + 1}
    answer = await graph.ask(query, {**given, "buildings": False})
    rows = answer.data
    ends = {area, *(row[end] for row in rows for end in ("from", "to"))}
    full = len(rows) > MAX_EDGES or len(ends) > limit
    if not full:
        answer = await graph.ask(query, {**given, "buildings": True})
        rows = answer.data
    found = Gathered(about("area", area, day), [edge_of(row, day) for row in rows], [area], cut=full)
    return await compose(graph, found, answer.stamp, limit=limit)
