"""Rows as they are, with personal data: from the graph in columns where it is held, else from the engine."""

from __future__ import annotations

from graph.catalogue import Select
from graph.reading.findings.asked import Ask
from graph.reading.findings.between import MOST
from graph.reading.findings.holding import bring, rows_from
from graph.reading.graph import Graph
from graph.reading.viewer import Viewer
from graph.store import Row

ENOUGH = 5
"""Files asked for a whole place, from which to read the whole graph costs less than the engine's answers."""


async def facts(graph: Graph, select: Select, *, worth: bool = True) -> list[Row]:
    """The rows of a text, for what is kept serves every viewer.

    `worth`: whether columns that another process left in a file are read for it, where none are held.
    """
    rows = await rows_from(graph, select.text, select.parameters, worth=worth)
    if rows is None:
        _, (rows,) = await graph.under(Viewer(personal=True)).read_facts([select])
    return rows


def is_wide(graph: Graph, area: str | None) -> bool:
    """Whether a file that is asked for an area is asked for a whole place, or for everywhere."""
    return area is None or any(load.get("area") == area for load in graph.known.loads)


async def expect(graph: Graph, asked: list[Ask], more: int) -> None:
    """Read the graph into columns where enough files are to be found now, and `more` of them next."""
    if sum(is_wide(graph, ask.area) for ask in asked) + more >= ENOUGH and asked:
        await bring(graph)


async def after_load(graph: Graph, changes: int) -> None:
    """Read the graph into columns after a load of so many changes that they could not follow it by these.

    Who asks next finds the file: reading was a third of the first answer for a city.
    """
    if changes > MOST:
        await bring(graph)
