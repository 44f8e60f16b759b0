"""What a unit of work may do in a transaction: run statements, get rows."""

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

    def __init__(self, inner: AsyncManagedTransaction | AsyncTransaction) -> None:
        self._inner = inner

    async def run(
        self, text: str, parameters: Mapping[str, Any] | None = None, most: int | None = None
    ) -> list[Row]:
        """All rows of one statement, as dictionaries with native dates.

        Raises `ResultTooLarge` for more than `most` rows: a cut answer is not an answer.
        """
        return await rows_of(await self._inner.run(text, dict(parameters or {})), most)


async def run_alone(
    session: neo4j.AsyncSession,
    text: str,
    parameters: Mapping[str, Any],
    *,
    most: int | None,
    time_limit: float | None,
) -> list[Row]:
    """The rows of one statement in a transaction of its own, at most so many, if a number is given."""
    result = await session.run(neo4j.Query(cast("Any", text), timeout=time_limit), dict(parameters))
    return await rows_of(result, most)


async def rows_of(result: neo4j.AsyncResult, most: int | None) -> list[Row]:
    """The rows of a result as dictionaries; raises `ResultTooLarge` for more than `most`."""
    keys = result.keys()
    rows: list[Row] = []
    async for record in result:
        if len(rows) == most:
            raise ResultTooLarge(
                f"结果超过 {most} 行的上限，未返回；请缩小范围。",
                f"the answer exceeds the limit of {most} rows and is not shown; narrow the question.",
            )
        rows.append({k: native(v) for k, v in zip(keys, record.values(), strict=True)})
    return rows
