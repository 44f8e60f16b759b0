"""Running an ad-hoc query: checked, under limits that a caller may lower, rows as they come."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any, Literal

import orjson

from graph.catalogue.values import check_value, check_values
from graph.errors import BadParameter, QueryFailed, QueryTimedOut
from graph.reading.adhoc.dates import check_dates
from graph.reading.adhoc.dialect import check_dialect, check_neo4j
from graph.reading.adhoc.guard import check_reading, is_explained
from graph.reading.adhoc.mistakes import shift_of, translated
from graph.reading.adhoc.notices import Notice, read_notices
from graph.reading.adhoc.outline import Outline
from graph.reading.adhoc.refusals import Refused, TooLong
from graph.reading.adhoc.scope import read_scope
from graph.reading.adhoc.tokens import Token
from graph.reading.answer import Stamp
from graph.reading.graph import Graph
from graph.store import EXPLAIN, Cursor

MAX_BYTES = 1 << 30
MAX_TEXT = 100_000
"""Characters of a query; a longer one is a program, not a question."""
Cut = Literal["rows", "bytes"]


@dataclass(frozen=True)
class QueryLimits:
    """What one query may take; None is the most there is. `bytes` are those of JSON lines."""

    rows: int | None = None
    seconds: float | None = None
    bytes: int | None = None

    def within(self, graph: Graph) -> tuple[int, float, int]:
        """Rows, seconds and bytes. Raises `BadParameter` for a limit above the service's own."""
        most = {"rows": graph.settings.row_limit, "seconds": graph.settings.time_limit, "bytes": MAX_BYTES}
        for name, highest in most.items():
            asked = getattr(self, name)
            if asked is not None and not 0 < asked <= highest:
                raise BadParameter(
                    f"{name} 应大于 0，且不超过 {highest:.15g}；上限只能调低。",
                    f"{name} is above 0 and at most {highest:.15g}: limits can only be lowered.",
                    subject=name,
                )
        found = [getattr(self, n) or highest for n, highest in most.items()]
        return int(found[0]), float(found[1]), int(found[2])


class PlanLines:
    """The plan of a query, a row for each line, to be read as a cursor is."""

    columns = ("plan",)

    def __init__(self, text: str) -> None:
        self._rows = [[line] for line in text.splitlines()]
        self.finished = False

    async def batch(self) -> list[list[Any]]:
        """All of it."""
        self.finished = True
        return self._rows


class Running:
    """A query that runs: its columns, its rows, and afterwards how it ended."""

    notices: Sequence[Notice] = ()
    """What the caller should know about the query: words the model does not have, for instance."""
    tokens: Sequence[Token] = ()
    """Of its text, where a mistake is looked for that the engine meets on the way."""

    def __init__(
        self, cursor: Cursor | PlanLines, stamp: Stamp, limits: tuple[int, float, int], until: float
    ) -> None:
        self.columns = list(cursor.columns)
        self.stamp = stamp
        self.rows = 0
        self.size = 0
        self.cut: Cut | None = None
        """Which limit ended it before the end; None: these are all rows."""
        self._cursor = cursor
        self._limits = limits
        self._until = until
        self._ahead: list[list[Any]] | None = None

    async def begin(self) -> None:
        """Wait for the first rows, so that what fails before them fails here. Raises as reading."""
        self._ahead = await self._next()

    async def lines(self) -> AsyncIterator[list[bytes]]:
        """Rows as JSON lines (arrays in the order of the columns), some hundreds at a time."""
        async for _, lines in self._parts():
            yield lines

    async def rows_in_parts(self) -> AsyncIterator[list[list[Any]]]:
        """Rows as values, some hundreds at a time."""
        async for rows, _ in self._parts():
            yield rows

    async def __aiter__(self) -> AsyncIterator[list[Any]]:
        async for rows, _ in self._parts():
            for row in rows:
                yield row

    async def _parts(self) -> AsyncIterator[tuple[list[list[Any]], list[bytes]]]:
        while self.cut is None and (self._ahead is not None or not self._cursor.finished):
            rows, self._ahead = self._ahead, None
            if rows is None:
                rows = await self._next()
            lines = [orjson.dumps(row, option=_LINE, default=str) for row in rows]
            kept = self._within(lines)
            if kept:
                yield rows[:kept], lines[:kept]

    async def _next(self) -> list[list[Any]]:
        try:
            async with in_time(self._until, self._limits[1]):
                return await self._cursor.batch()
        except QueryFailed as error:
            raise translated(error, tokens=self.tokens) from error

    def _within(self, lines: list[bytes]) -> int:
        """How many of the next rows the limits let through; notes what they cut."""
        most_rows, _, most_bytes = self._limits
        size, room = sum(map(len, lines)), most_rows - self.rows
        if len(lines) <= room and self.size + size <= most_bytes:
            self.rows, self.size = self.rows + len(lines), self.size + size
            return len(lines)
        kept = 0
        for line in lines[:room]:
            if self.size + len(line) > most_bytes:
                break
            self.size += len(line)
            kept += 1
        self.cut = "rows" if kept == room else "bytes"
        self.rows += kept
        return kept

    def ended(self) -> Stamp:
        """The stamp with what is known at the end: rows, and whether some are missing."""
        return replace(self.stamp, rows=self.rows, truncated=self.cut is not None)


def csv_cells(row: Sequence[Any]) -> list[Any]:
    """A row for CSV: maps, lists, nodes and paths as JSON text, all else as it is."""
    return [
        orjson.dumps(v, option=orjson.OPT_NON_STR_KEYS, default=str).decode()
        if isinstance(v, (dict, list))
        else v
        for v in row
    ]


_LINE = orjson.OPT_APPEND_NEWLINE | orjson.OPT_NON_STR_KEYS


@asynccontextmanager
async def in_time(until: float, seconds: float) -> AsyncIterator[None]:
    """Raises `QueryTimedOut` when the block lasts beyond `until`, on the loop's clock."""
    try:
        async with asyncio.timeout_at(until):
            yield
    except TimeoutError:
        raise QueryTimedOut(
            f"查询超过 {seconds:g} 秒的时限，已被终止。",
            f"the query ran into the limit of {seconds:g} seconds and was ended.",
        ) from None


@asynccontextmanager
async def open_query(
    graph: Graph,
    text: str,
    parameters: Mapping[str, Any] | None = None,
    limits: QueryLimits | None = None,
    *,
    personal: bool = True,
) -> AsyncIterator[Running]:
    """Check a query, run it, and give its rows; leaving the block ends it.

    What it returns cannot be masked or limited to an area: a caller who may not see all of the graph gets
    a copy that holds what they may see (`graph.reading.scoped`); `personal` says whether personal data
    are in it. Raises `Refused` for what does not only read, `WronglyAnswered`, `TextForDate`,
    `TooLong`, `BadQuery` for what the engine cannot read or run, `QueryTimedOut`,
    `ResultTooLarge`, `Forbidden`, and `BadParameter` for a parameter that no engine can take.
    """
    allowed = (limits or QueryLimits()).within(graph)
    check_value("query", text)
    check_values(parameters or {})
    if len(text) > MAX_TEXT:
        raise TooLong(len(text), MAX_TEXT)
    tokens = check_reading(text)
    given = dict(parameters or {})
    explained = is_explained(tokens)
    outline = Outline(tokens[1:] if explained else tokens, text)
    reading = read_scope(outline)
    if not explained and graph.store.embedded:
        check_dialect(outline, reading)
    elif not explained:
        await check_neo4j(outline, reading, graph.store.version)
    check_dates(outline, reading, given)
    notices = read_notices(outline, reading, given, personal=personal)
    until = asyncio.get_running_loop().time() + allowed[1]
    version = await graph.version()
    async with AsyncExitStack() as stack:
        async with in_time(until, allowed[1]):
            try:
                if explained or not graph.store.embedded:
                    cursor: Cursor | PlanLines = PlanLines(await _plan(graph, text, tokens, given))
                if not explained:
                    rows = graph.store.cursor(text, given, time_limit=allowed[1])
                    cursor = await stack.enter_async_context(rows)
            except QueryFailed as error:
                raise translated(error, shift_of(graph.store.embedded, tokens[0]), tokens) from error
        digest = hashlib.sha256(text.encode()).hexdigest()[:12]
        stamp = replace(graph.stamp([], given, version, 0), queries={"adhoc": digest})
        running = Running(cursor, stamp, allowed, until)
        running.notices, running.tokens = notices, tokens
        # The embedded engine names no columns of a result without rows.
        running.columns = running.columns or reading.columns
        yield running


async def _plan(graph: Graph, text: str, tokens: Sequence[Token], given: Mapping[str, Any]) -> str:
    """How the engine would run a query. On Neo4j anything but reading is refused."""
    if is_explained(tokens):
        # The store says EXPLAIN by itself; blanks in its place keep the columns of mistakes.
        text = text[: tokens[0].start] + " " * len(EXPLAIN) + text[tokens[0].end :]
    plan = await graph.store.explain(text, given)
    if plan.kind != "r" and not graph.store.embedded:
        raise Refused(
            f"数据库认为它不只是读取（{plan.kind}）", f"the engine says it does {plan.kind!r}", 1, 1
        )
    return plan.text
