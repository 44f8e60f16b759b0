"""Rows of one read statement as they come, and the engine is stopped when the rest is not wanted."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, cast

import neo4j

from graph.store.engine import EmbeddedEngine
from graph.store.translation import Kind, shown, translated

FETCHED = 1_000
"""Rows that a cursor asks for at a time."""


class Cursor:
    """The rows of a running statement, with native values; `finished` after the last of them."""

    def __init__(self, result: neo4j.AsyncResult, kind: Kind = "engine") -> None:
        self._result = result
        self._kind = kind
        self._ahead: list[neo4j.Record] | None = None
        self.columns = list(result.keys())
        self.finished = False

    async def look_ahead(self) -> None:
        """Fetch the first rows now: whether there is anybody who answers is known afterwards."""
        self._ahead = await self._result.fetch(FETCHED)

    async def batch(self) -> list[list[Any]]:
        """The next rows, at most `FETCHED`; none at the end."""
        with translated(self._kind):
            records, self._ahead = self._ahead, None
            if records is None:
                records = await self._result.fetch(FETCHED)
        self.finished = len(records) < FETCHED
        return [[shown(value) for value in record.values()] for record in records]


@asynccontextmanager
async def stream(
    session: neo4j.AsyncSession,
    engine: EmbeddedEngine | None,
    text: str,
    parameters: Mapping[str, Any],
    time_limit: float | None,
) -> AsyncIterator[Cursor]:
    """Run a statement; leaving the block before the end stops it where it runs.

    Neo4j ends a statement whose connection is gone. The embedded engine does not look at the
    connection while it computes: there the statement bears a mark, by which it is found and ended
    (it takes leading comments away before it counts lines). Raises as `Store.read`.
    """
    mark = secrets.token_hex(8)
    marked = text if engine is None else f"/*{mark}*/\n{text}"
    # Nought is no limit; without one a server has its own.
    limit = None if engine is not None else time_limit or 0.0
    cursor: Cursor | None = None
    try:
        with translated():
            query = neo4j.Query(cast("Any", marked), timeout=limit)
            cursor = Cursor(await session.run(query, dict(parameters)))
            yield cursor
    finally:
        if engine is not None and (cursor is None or not cursor.finished):
            engine.end_read(mark)
