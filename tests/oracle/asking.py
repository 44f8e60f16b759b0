"""Asking the product what the oracle recomputes: files of the catalogue on a drawn graph.

Beside the oracle; the only part of it that knows the product's answers.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import pytest

from graph.model import label_of
from graph.reading.graph import Graph
from graph.store import Transaction
from graph.store.changes import Change, apply_changes
from tests.builder import GraphBuilder
from tests.conftest import unmasked, wipe
from tests.oracle.view import View

Row = dict[str, Any]


ON_SERVER = 6
_DRAWN: Counter[str] = Counter()
"""Graphs that a server was given, by test."""


def is_enough(graph: Graph) -> bool:
    """Whether a server has seen enough drawn graphs in this test; the embedded engine gets all.

    To empty and fill a server takes longer, and it runs the same Cypher: the first few show that
    nothing differs.
    """
    if graph.store.embedded:
        return False
    test = os.environ["PYTEST_CURRENT_TEST"]
    _DRAWN[test] += 1
    return _DRAWN[test] > ON_SERVER


def embedded_only(graph: Graph) -> None:
    """Skip on a server: drawn graphs are many, and the hand-made ones run on both engines."""
    if not graph.store.embedded:
        pytest.skip("drawn graphs run on the embedded engine")


async def store(graph: Graph, builder: GraphBuilder) -> None:
    """Put a builder's rows in place of whatever the graph holds."""
    await wipe(graph.store)
    await builder.write(graph.store)


async def add(graph: Graph, builder: GraphBuilder, known: Collection[str]) -> None:
    """Store what a builder has gained beside the known ids."""
    builder.derive()
    changes = [Change(label_of(i), None, p) for i, p in builder.nodes.items() if i not in known] + [
        Change(
            e["type"],
            None,
            {k: v for k, v in e.items() if k not in ("type", "from", "to")},
            e["from"],
            e["to"],
        )
        for i, e in builder.edges.items()
        if i not in known
    ]

    async def work(tx: Transaction) -> None:
        await apply_changes(tx, changes)

    await graph.store.write(work)


async def ask_all(
    graph: Graph, folder: str, as_of: date, params: Mapping[str, Mapping[str, Any]] | None = None
) -> dict[str, list[Row]]:
    """Rows of every file of a folder, by name, in one transaction."""
    queries = graph.catalogue.folder(folder)
    given = {"as_of": as_of}
    selects = [q.select(graph.bind_known(q, given, (params or {}).get(q.name))) for q in queries]
    _, results = await graph.read_facts(selects)
    return {q.name: rows for q, rows in zip(queries, results, strict=True)}


async def ask(graph: Graph, name: str, as_of: date, **params: Any) -> list[Row]:
    """Rows of one file."""
    found: list[Row] = (await unmasked(graph).ask(graph.catalogue[name], {"as_of": as_of, **params})).data
    return found


def view_of(builder: GraphBuilder, as_of: date) -> View:
    """The oracle's view of a builder, derived edges included."""
    builder.derive()
    return View(builder.nodes, builder.edges, as_of)
