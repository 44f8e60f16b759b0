"""Running an ad-hoc query: checked, under limits that a caller may lower, rows as they come."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from graph.adhoc.guard import check_reading
from graph.adhoc.refusals import BadQuery, Refused
from graph.answers import Graph, Stamp
from graph.errors import BadParameter, Forbidden, QueryFailed, QueryTimedOut
from graph.store import Cursor

MAX_BYTES = 1 << 30
_POSITION = re.compile(r"line (\d+)(?:, column |:)(\d+)")
Cut = Literal["rows", "bytes"]


@dataclass(frozen=True)
class Limits:
    """What one query may take; None is the most there is."""

    rows: int | None = None
    seconds: float | None = None
    bytes: int | None = None

    def within(self, graph: Graph) -> tuple[int, float, int]:
        """Rows, seconds and bytes. Raises `BadParameter` for a limit above the service's own."""
        most = {"rows": graph.settings.row_limit, "seconds": graph.settings.time_limit,
                "bytes": MAX_BYTES}  # fmt: skip
        for name, highest in most.items():
            asked = getattr(self, name)
            if asked is not None and not 0 < asked <= highest:
                raise BadParameter(
                    f"{name} 应大于 0，且不超过 {highest:g}；上限只能调低。",
                    f"{name} is above 0 and at most {highest:g}: limits can only be lowered.",
                    subject=name,
                )
        found = [getattr(self, n) or highest for n, highest in most.items()]
        return int(found[0]), float(found[1]), int(found[2])


@dataclass
class Running:
    """A query that runs: its columns, its rows by `async for`, and afterwards how it ended."""

    columns: list[str]
    stamp: Stamp
    _cursor: Cursor
    _limits: tuple[int, float, int]
    rows: int = 0
    size: int = 0
    cut: Cut | None = None
    """Which limit ended it before the end; None: these are all rows."""
    _begun: float = field(default_factory=lambda: asyncio.get_running_loop().time())

    async def __aiter__(self) -> AsyncIterator[list[Any]]:
        most_rows, seconds, most_bytes = self._limits
        rows = aiter(self._cursor)
        try:
            while True:
                async with asyncio.timeout_at(self._begun + seconds):
                    row = await anext(rows, None)
                if row is None:
                    return
                self.size += sum(len(str(value).encode()) for value in row)
                if self.rows == most_rows or self.size > most_bytes:
                    self.cut = "rows" if self.rows == most_rows else "bytes"
                    return
                self.rows += 1
                yield row
        except TimeoutError:
            raise QueryTimedOut(
                f"查询超过 {seconds:g} 秒的时限，已被终止。",
                f"the query ran into the limit of {seconds:g} seconds and was ended.",
            ) from None

    def ended(self) -> Stamp:
        """The stamp with what is known at the end: rows, and whether some are missing."""
        return replace(self.stamp, rows=self.rows, truncated=self.cut is not None)


@asynccontextmanager
async def open_query(
    graph: Graph,
    text: str,
    parameters: Mapping[str, Any] | None = None,
    limits: Limits | None = None,
    *,
    show_personal: bool,
) -> AsyncIterator[Running]:
    """Check a query, run it, and give its rows; leaving the block ends it.

    Raises `Refused` for what does not only read, `BadQuery` for what the engine cannot read,
    `Forbidden` where personal data is withheld, `QueryTimedOut`, `QueryFailed`.
    """
    if not show_personal:
        raise Forbidden(
            "自由查询的结果无法逐列屏蔽；只有可以查看个人信息时才能运行。",
            "what an ad-hoc query returns cannot be masked: it runs only where personal data may "
            "be shown.",
        )
    allowed = (limits or Limits()).within(graph)
    check_reading(text)
    given = dict(parameters or {})
    version = await graph.version()
    try:
        if not graph.store.embedded:
            await _check_kind(graph, text, given)
        async with graph.store.cursor(text, given, time_limit=allowed[1]) as cursor:
            stamp = graph.stamp([], given, version, 0)
            digest = hashlib.sha256(text.encode()).hexdigest()[:12]
            stamp = replace(stamp, queries={"adhoc": digest})
            yield Running(cursor.columns, stamp, cursor, allowed)
    except QueryFailed as error:
        found = _POSITION.search(error.en)
        if type(error) is QueryFailed and found:
            line, column = found.groups()
            raise BadQuery(f"第 {line} 行第 {column} 列：{error.zh}",
                           f"line {line}, column {column}: {error.en}",
                           subject="query") from error  # fmt: skip
        raise


async def _check_kind(graph: Graph, text: str, parameters: Mapping[str, Any]) -> None:
    """Neo4j says what a query does before it runs; anything but reading is refused."""
    kind = await graph.store.explain(text, parameters)
    if kind != "r":
        raise Refused(
            f"数据库认为它不只是读取（{kind}）", f"the engine says it does {kind!r}", 1, 1
        )
