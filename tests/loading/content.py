"""What a graph holds, to be compared before and after a load."""

from __future__ import annotations

from typing import Any

from graph.reading.graph import Graph

NODES = """MATCH (n) WHERE NOT n:Meta AND NOT n:Load AND NOT n:LoadJournal AND NOT n:ChangeSet
RETURN labels(n) AS l, properties(n) AS p"""
EDGES = "MATCH (a)-[e]->(b) RETURN type(e) AS t, a.id AS a, b.id AS b, properties(e) AS p"


async def content(graph: Graph) -> tuple[list[Any], list[Any]]:
    """Everything in the graph but the operational nodes, in a comparable form."""
    nodes, edges = await graph.store.read([(NODES, {}), (EDGES, {})])
    return (
        sorted(repr((r["l"], sorted(r["p"].items()))) for r in nodes),
        sorted(repr((r["t"], r["a"], r["b"], sorted(r["p"].items()))) for r in edges),
    )
