"""The files of rules and dimensions asked directly, past what is kept."""

from __future__ import annotations

from typing import Any

from graph.catalogue import Catalogue, Query
from graph.reading.graph import Graph

COMMUNITY = "990101001001"

CATALOGUE = Catalogue.load()
FILES = [*CATALOGUE.rules(), *CATALOGUE.dimensions()]


async def asked_directly(graph: Graph, query: Query, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of the file itself, for the area that the parameters name."""
    _, (rows,) = await graph.read_facts([query.select(parameters)])
    return rows
