"""Asking for candidates on a scene: who, by subject, body and role.

Beside the tests of candidates.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.reading.graph import Graph
from tests.oracle.asking import Row, ask, store
from tests.oracle.scene import Scene
from tests.strategies import DAY

Post = tuple[str, str, str, str]
"""Subject, body, role and candidate."""


def key(row: Row) -> Post:
    return row["subject"], row["body"], row["role"], row["candidate"]


async def rows_of(graph: Graph, scene: Scene, name: str, as_of: date = DAY, **params: Any) -> dict[Post, Row]:
    """Rows of a file on a scene that takes the place of whatever the graph holds, in order."""
    await store(graph, scene.builder)
    return await again(graph, name, as_of, **params)


async def again(graph: Graph, name: str, as_of: date = DAY, **params: Any) -> dict[Post, Row]:
    """Rows of a file on the graph as it stands, in order."""
    rows = await ask(graph, name, as_of, **params)
    found = {key(row): row for row in rows}
    assert len(rows) == len(found)
    return found


def state(row: Row) -> Any:
    """What bars someone, else what is missing, else `free`."""
    return row["blocked_by"] or row["unconfirmed"] or "free"
