"""What an engine says of a statement before it runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import neo4j

EXPLAIN = "EXPLAIN "
"""Before a statement that is compiled and not run."""


@dataclass(frozen=True)
class QueryPlan:
    """`kind` is `r`, `w`, `rw` or `s`, `text` the plan as the engine draws it."""

    kind: str
    text: str


async def read_plan(session: neo4j.AsyncSession, text: str, parameters: Mapping[str, Any]) -> QueryPlan:
    """Both engines draw their plan in the same argument of its root."""
    result = await session.run(cast("Any", EXPLAIN + text), dict(parameters))
    summary = await result.consume()
    drawn: Mapping[str, Any] = (summary.plan or {}).get("args") or {}
    return QueryPlan(str(summary.query_type), str(drawn.get("string-representation", "")))
