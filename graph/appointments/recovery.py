"""Decisions that a crash, or a ledger that could not be written, left pending: concluded by the graph.

The graph has the decision's document, or it does not: both were written in one transaction. What
the ledger needs beside that was prepared there before the graph committed.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from graph.ledger.times import now
from graph.reading.graph import Graph
from graph.store import from_writer

ABANDONED = timedelta(hours=1)
"""A decision still pending after this long, of which the graph has nothing, never comes about: no
write of the engine may take so long, and what would commit later finds its intention gone."""
_DOCUMENT = "MATCH (d:SourceDocument) WHERE d.id ENDS WITH $id RETURN d.id AS id"


async def recover(graph: Graph) -> int:
    """Conclude every pending decision that can be; how many were, by this call.

    Done when the service starts, before each decision, and before decisions or waivers are read.
    Others may be deciding just now: what the graph does not have yet is left alone for `ABANDONED`.
    Raises what reading the graph and writing the ledger raise.
    """
    concluded = 0
    for decision in await graph.ledger.intentions.pending():
        begun = datetime.fromisoformat(decision.decided_at)
        if await came_about(graph, decision.id):
            concluded += await graph.ledger.intentions.conclude(decision.id, "applied", recovered=True)
        elif now() - begun > ABANDONED:
            concluded += await graph.ledger.intentions.conclude(decision.id, "void", recovered=True)
    return concluded


@from_writer
async def came_about(graph: Graph, id_: str) -> bool:
    """Whether the graph holds what a decision changed."""
    (rows,) = await graph.store.read([(_DOCUMENT, {"id": f"-{id_}"})])
    return bool(rows)
