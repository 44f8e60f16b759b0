"""What lies between two nodes: read from both ends, the smaller frontier first.

After `a` steps from one end and `b` from the other, every way of at most `a + b` hops is in the
graph that was read. A label follows from an id, so the statements are made with it in place: a
match without a label would scan the whole graph on the embedded engine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import networkx as nx

from graph.catalogue import Select
from graph.model import EDGES, label_of
from graph.reading.graph import Graph
from graph.store import Row

MAX_NODES = 20_000
MAX_EDGES = 100_000
"""Of one step; a hub with more makes the search say that it was cut."""


@dataclass
class Between:
    """A graph of nodes by id; edges carry id, type, cost, since, since_known, date_precision, source."""

    graph: nx.Graph[str] = field(default_factory=nx.Graph)
    version: int = 0
    truncated: bool = False

    def add(self, row: Row, cost: int) -> None:
        """Of edges side by side the cheapest stands for all, then the one with the least id."""
        known = self.graph.get_edge_data(row["at"], row["other"])
        if known is None or (cost, row["edge"]) < (known["cost"], known["id"]):
            self.graph.add_edge(
                row["at"],
                row["other"],
                id=row["edge"],
                type=row["type"],
                cost=cost,
                since=row["since"],
                since_known=row["since_known"],
                date_precision=row["date_precision"],
                source=row["source"],
            )


async def read_between(
    graph: Graph,
    source: str,
    target: str,
    costs: Mapping[str, int],
    *,
    max_hops: int,
    day: date,
    enough: Callable[[Between, int], bool],
) -> Between:
    """Every way of at most `max_hops` hops over edges of the types in `costs`, open on the day.

    Ends earlier once `enough` says so of what was read after a number of steps.
    """
    between = Between()
    between.graph.add_nodes_from((source, target))
    seen, frontiers = [{source}, {target}], [{source}, {target}]
    for steps in range(1, max_hops + 1):
        end = 0 if len(frontiers[0]) <= len(frontiers[1]) else 1
        rows = await _step(graph, frontiers[end], costs, day, between)
        for row in rows:
            between.add(row, costs[row["type"]])
        frontiers[end] = {row["other"] for row in rows} - seen[end]
        seen[end] |= frontiers[end]
        if len(between.graph) > MAX_NODES:
            between.truncated = True
        if between.truncated or not frontiers[end] or enough(between, steps):
            break
    return between


async def _step(
    graph: Graph, nodes: Iterable[str], costs: Mapping[str, int], day: date, between: Between
) -> list[Row]:
    groups: dict[str, list[str]] = defaultdict(list)
    for node in sorted(nodes):
        groups[label_of(node)].append(node)
    statements = [s for label, ids in groups.items() if (s := _statement(label, ids, costs, day))]
    if not statements:
        return []
    between.version, results = await graph.read(statements)
    if any(len(rows) > MAX_EDGES for rows in results):
        between.truncated = True
    return [row for rows in results for row in rows[:MAX_EDGES]]


def _statement(label: str, ids: list[str], costs: Mapping[str, int], day: date) -> Select | None:
    types = [t for t in costs if any(label in froms + tos for froms, tos in EDGES[t].ends)]
    if not types:
        return None
    text = (
        f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})-[e:{'|'.join(types)}]-(m) "
        "WHERE e.since <= $as_of < e.until "
        "RETURN n.id AS at, m.id AS other, e.id AS edge, type(e) AS type, e.since AS since, "
        "e.since_known AS since_known, coalesce(e.date_precision, []) AS date_precision, "
        "e.source AS source ORDER BY edge, at LIMIT $limit"
    )
    parameters: dict[str, Any] = {"ids": ids, "as_of": day, "limit": MAX_EDGES + 1}
    return Select(text, parameters, ())
