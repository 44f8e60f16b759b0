"""What a unit of work may do in a transaction: run statements, get rows, within the row limit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import neo4j
from neo4j import AsyncManagedTransaction, AsyncTransaction

from graph.errors import ResultTooLarge
from graph.store.translation import native

Row = dict[str, Any]


class Transaction:
    """What a unit of work may do: run a statement, get its rows."""

    def __init__(self, inner: AsyncManagedTransaction | AsyncTransaction, row_limit: int) -> None:
        self._inner = inner
        self._row_limit = row_limit

    async def run(self, text: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """All rows of one statement, as dictionaries with native dates.

        Raises `ResultTooLarge` for more rows than the limit: a cut answer is not an answer.
        """
        result = await self._inner.run(text, dict(parameters or {}))
        return await rows_of(result, self._row_limit)


async def run_alone(
    session: neo4j.AsyncSession,
    text: str,
    parameters: Mapping[str, Any],
    row_limit: int,
    time_limit: float | None,
) -> list[Row]:
    """The rows of one statement in a transaction of its own."""
    result = await session.run(neo4j.Query(cast("Any", text), timeout=time_limit), dict(parameters))
    return await rows_of(result, row_limit)


async def rows_of(result: neo4j.AsyncResult, row_limit: int) -> list[Row]:
    """The rows of a result as dictionaries; raises `ResultTooLarge` for more than the limit."""
    keys = result.keys()
    rows: list[Row] = []
    async for record in result:
        if len(rows) == row_limit:
            raise ResultTooLarge(
                f"结果超过 {row_limit} 行的上限，未返回；请缩小范围。",
                f"the answer exceeds the limit of {row_limit} rows and is not shown; narrow the question.",
            )
        rows.append({k: native(v) for k, v in zip(keys, record.values(), strict=True)})
    return rows
