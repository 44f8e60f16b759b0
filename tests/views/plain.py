"""The whole graph as plain rows, for views to be compared with."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.model import EDGES
from graph.reading.graph import Graph

DAY = date(2025, 6, 30)


async def every_edge(graph: Graph) -> list[dict[str, Any]]:
    """Each edge with type, from, to and its properties, asked type by type without any filter."""
    statements = [
        (
            f"MATCH ()-[e:{type_}]->() RETURN properties(e) AS e, startNode(e).id AS start, "
            "endNode(e).id AS end ORDER BY e.id",
            {},
        )
        for type_ in EDGES
    ]
    results = await graph.store.read(statements)
    return [
        {**row["e"], "type": type_, "from": row["start"], "to": row["end"]}
        for type_, rows in zip(EDGES, results, strict=True)
        for row in rows
    ]


async def plain_edges(graph: Graph, day: date = DAY) -> list[dict[str, Any]]:
    """The edges in force on a day."""
    return [e for e in await every_edge(graph) if e["since"] <= day < e["until"]]
