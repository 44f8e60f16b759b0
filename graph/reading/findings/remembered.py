"""Rows that are read with many answers and are the same for all: asked once for a state of the data."""

from __future__ import annotations

from collections.abc import Sequence

from graph.catalogue import Select
from graph.reading.findings.memory import memory_of
from graph.reading.graph import Graph
from graph.store import Row


async def read_remembered(graph: Graph, selects: Sequence[Select]) -> list[list[Row]]:
    """As `Graph.read`, without the version; the rows are shared, so no caller may change them.

    For a caller limited to an area they are read each time: ids outside are numbered answer by answer.
    """
    await graph.version()
    edition, viewer = graph.known.edition, graph.viewer
    if edition is None or viewer.ids is not None:
        return (await graph.read(selects))[1]
    asked = tuple((s.text, repr(sorted(s.parameters.items()))) for s in selects)
    key = "rows", asked, viewer.personal, viewer.verdicts
    found: list[list[Row]] | None = memory_of(graph).of(edition).note(key)
    if found is None:
        _, found = await graph.read(selects)
        if graph.known.edition == edition:
            memory_of(graph).of(edition).add_note(key, found)
    return found
