"""Cross-appointments body to body: one edge for two bodies, as heavy as the persons they share."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from graph.reading.answer import Answer
from graph.reading.areas import require_area
from graph.reading.graph import Graph
from graph.store import Row
from graph.views.compose import Gathered, about, compose
from graph.views.view import View, ViewEdge, edge_of


async def view_appointments(
    graph: Graph, area: str, *, limit: int, as_of: date | None = None, ended: bool = False
) -> Answer[View]:
    """The bodies of an area that share persons, and bodies elsewhere that share with them.

    `weight` counts persons, each once; `roles` are pairs of posts, in the order of the edge's
    ends. With `ended`, pairs of posts that have ended count too; an edge is `ended` where all of
    its pairs have. No person appears. Raises `NotFound`.
    """
    day = graph.day(as_of)
    await require_area(graph, area, day)
    query = graph.catalogue["appointment_graph"]
    answer = await graph.ask(query, {"area": area, "as_of": day, "ended": ended})
    pairs: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in answer.data:
        pairs[row["from"], row["to"]].append(row)
    edges = [_edge(rows, day) for _, rows in sorted(pairs.items())]
    found = Gathered(about("appointments", area, day), edges, [])
    return await compose(graph, found, answer.stamp, limit=limit)


def _edge(rows: list[Row], day: date) -> ViewEdge:
    each = [edge_of(row, day) for row in rows]
    marks = {mark for e in each for mark in e.date_precision}
    starts = [e.since for e in each]
    ends = [e.until for e in each]
    first = rows[0]
    return ViewEdge(
        id=f"{first['from']}~CROSS_APPOINTMENT~{first['to']}",
        edge_type="CROSS_APPOINTMENT",
        source=first["from"],
        target=first["to"],
        # One start that is not known makes the earliest one unknown, too.
        since=None if None in starts else min(s for s in starts if s is not None),
        until=None if None in ends else max(e for e in ends if e is not None),
        ended=all(e.ended for e in each),
        weight=len({row["person"] for row in rows}),
        roles=tuple(sorted({f"{row['role_a']}/{row['role_b']}" for row in rows})),
        documents=tuple(sorted({d for e in each for d in e.documents})),
        # Of several pairs the first start and the last end are shown as days, unless there is one pair alone.
        date_precision=tuple(sorted(marks)) if len(each) == 1 else (),
    )
