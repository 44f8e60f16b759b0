"""What is held in columns, in a form that can be compared, and the same read in another way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from graph.executor.columns import Part
from graph.executor.stored import from_bytes
from graph.model import EDGES, NODES
from graph.reading.findings.holding import Holding, holding_of
from graph.reading.findings.scan import wanted_of
from graph.reading.graph import Graph, Known

Elements = dict[tuple[str, str], dict[str, Any]]
"""By kind and id the properties that are there, days as ordinals, and for edges `from` and `to`."""


def elements(parts: Iterable[Part]) -> Elements:
    """The nodes and edges of parts."""
    found: Elements = {}
    for part in parts:
        for at, id_ in enumerate(part.ids):
            row = {n: v for n, values in part.columns.items() if (v := values[at]) is not None}
            if part.starts is not None and part.ends is not None:
                row |= {"from": part.starts[at], "to": part.ends[at]}
            assert (part.kind, id_) not in found
            found[part.kind, id_] = row
    return found


async def held(graph: Graph, folder: Path) -> Elements:
    """What the process holds."""
    path = folder / "held"
    assert await holding(graph).client.ask("dump", str(path), "now", 1 << 30)
    return elements(from_bytes(path.read_bytes().partition(b"\n")[2]).parts())


async def read_alike(graph: Graph) -> Elements:
    """The same as whole nodes and edges, element by element."""
    wanted = wanted_of(graph.catalogue)
    nodes, edges = await graph.store.read(
        [
            ("MATCH (n) RETURN labels(n)[0] AS kind, properties(n) AS e, '' AS a, '' AS b", {}),
            ("MATCH (a)-[e]->(b) RETURN type(e) AS kind, properties(e) AS e, a.id AS a, b.id AS b", {}),
        ]
    )
    found: Elements = {}
    for row in (*nodes, *edges):
        kind = row["kind"]
        if kind in NODES or kind in EDGES:
            names = {*wanted[kind], *(("since", "until") if kind in EDGES else ())}
            made = {n: _shown(v) for n, v in row["e"].items() if n in names}
            ends = {"from": row["a"], "to": row["b"]} if kind in EDGES else {}
            found[kind, row["e"]["id"]] = {**made, **ends}
    return found


def _shown(value: Any) -> Any:
    return value.toordinal() if isinstance(value, date) else value


def holding(graph: Graph) -> Holding:
    """Of a graph that is held."""
    found = holding_of(graph)
    assert found is not None
    return found


def anew(graph: Graph) -> Graph:
    """The same graph as another process sees it, with nothing in memory."""
    return replace(graph, known=Known())
