"""Statements that mending asks, asked once for nothing: the first change of a day pays less.

An engine reads a text the first time it is asked for it: the embedded one takes 30 to 50 ms of the processor
for a rule, and asked again for one thing it takes two or three. Neo4j keeps plans in the same way.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable

from graph.catalogue import Query
from graph.model import NODES
from graph.reading.findings.asked import scopes_of
from graph.reading.findings.compute import run_file
from graph.reading.findings.memory import memory_of
from graph.reading.findings.narrowed import narrowed
from graph.reading.findings.neighbours import Neighbours, walks_of
from graph.reading.findings.ways import ways_of
from graph.reading.graph import Graph

NO_ONE = "-"
"""An id that nothing has: a list without ids is one of another kind, for which a text is compiled anew."""


async def warm_up(graph: Graph, queries: Iterable[Query]) -> AsyncIterator[str]:
    """Ask every text by which these files, and what places their rows, are mended; yields what was asked of.

    One statement at a time, as all that finds: who asks meanwhile has a turn after the one that runs.
    """
    asked = {query.name: query for query in queries}
    scopes = {name: graph.catalogue[name] for query in asked.values() for name in scopes_of(query)}
    files = [query for query in {**asked, **scopes}.values() if ways_of(query) is not None]
    memory, near = memory_of(graph), Neighbours(graph)
    for query in files:
        given = {**graph.bind_known(query, {"area": None}), "origins": [NO_ONE]}
        for text in filter(None, dict.fromkeys(narrowed(query, label) for label in NODES)):
            async with memory.lock:
                await run_file(graph, query, given, text=text)
            yield query.name
    for label, kind, out in sorted({walk for query in files for walk in walks_of(query)}):
        async with memory.lock:
            await near.warm(label, kind, out=out)
        yield kind
