"""Rows of an ad-hoc query as they come: JSON, JSON lines or CSV, and what happens in between.

An error before the first row is a problem document. After it the answer has begun with 200, so
the error is its last part: `error` in JSON, the last line of JSON lines, a last row of CSV.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine, Iterable
from contextlib import AsyncExitStack
from io import StringIO
from typing import Annotated, Any, Literal, TypeVar

import anyio
import orjson
from fastapi import Query
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from api.http.dependencies import blank_means
from api.http.problems import problem
from graph.characters import BOM
from graph.errors import GraphError
from graph.reading.adhoc import Running, csv_cells
from graph.reports.tables.csv_file import write_lines

T = TypeVar("T")
RowKind = Literal["json", "jsonl", "csv"]
RowOption = Annotated[
    RowKind,
    blank_means("json"),
    Query(
        alias="format", description="形状：json、jsonl（逐行）或 csv / shape of the rows", examples=["jsonl"]
    ),
]
MEDIA: dict[RowKind, str] = {
    "json": "application/json",
    "jsonl": "application/jsonl; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}
CLOSING = 10.0
"""Seconds that ending a query may take when its caller has gone."""


class ClientGone(Exception):
    """No one is there to answer."""


class RowsResponse(StreamingResponse):
    """Streams a query and closes what it needs, also when the caller goes away."""

    def __init__(
        self,
        running: Running,
        kind: RowKind,
        stack: AsyncExitStack,
        path: str,
        ended: Callable[[], Awaitable[None]],
    ) -> None:
        super().__init__(SHAPES[kind](running, path), media_type=MEDIA[kind])
        self.headers["Cache-Control"] = "no-store"
        self._stack = stack
        self._ended = ended

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            with anyio.move_on_after(CLOSING, shield=True):
                await self._stack.aclose()
                await self._ended()


async def while_there(request: Request, work: Awaitable[T]) -> T:
    """The result of the work; it is cancelled if the caller goes away before, `ClientGone`."""
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(gone(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientGone
        return working.result()
    finally:
        for task in (working, leaving):
            task.cancel()
        await asyncio.gather(working, leaving, return_exceptions=True)


async def gone(request: Request) -> None:
    """Ends when no one waits for the answer any more."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def ended(request: Request) -> None:
    """Ends when no one waits for the answer any more, or when the server ends, as its scope says."""
    ending: asyncio.Event | None = request.scope.get("cobuild.ending")
    waits = [asyncio.ensure_future(gone(request))]
    if ending is not None:
        waits.append(asyncio.ensure_future(_set(ending)))
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for waiting in waits:
            waiting.cancel()
        await asyncio.gather(*waits, return_exceptions=True)


async def _set(event: asyncio.Event) -> None:
    await event.wait()


async def until(end: Coroutine[Any, Any, None], parts: AsyncGenerator[bytes, None]) -> AsyncIterator[bytes]:
    """The parts as they come, until they or `end` are at their end."""
    leaving = asyncio.ensure_future(end)
    try:
        while True:
            coming = asyncio.ensure_future(anext(parts, None))
            await asyncio.wait({coming, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if not coming.done():
                coming.cancel()
                await asyncio.gather(coming, return_exceptions=True)
                return
            part = coming.result()
            if part is None:
                return
            yield part
    finally:
        leaving.cancel()
        await asyncio.gather(leaving, return_exceptions=True)
        await parts.aclose()


async def _json(running: Running, path: str) -> AsyncIterator[bytes]:
    yield b'{"columns":' + orjson.dumps(running.columns) + b',"rows":['
    before = b""
    try:
        async for lines in running.lines():
            yield before + b",".join(line[:-1] for line in lines)
            before = b","
    except GraphError as error:
        yield b'],"error":' + bytes(problem(error, path).body) + b"}"
        return
    end = orjson.dumps(_end(running), default=str)
    yield b"]," + end[1:]


async def _jsonl(running: Running, path: str) -> AsyncIterator[bytes]:
    yield orjson.dumps({"columns": running.columns}, option=orjson.OPT_APPEND_NEWLINE)
    try:
        async for lines in running.lines():
            yield b"".join(lines)
    except GraphError as error:
        yield b'{"error":' + bytes(problem(error, path).body) + b"}\n"
        return
    yield orjson.dumps({"end": _end(running)}, default=str, option=orjson.OPT_APPEND_NEWLINE)


async def _csv(running: Running, path: str) -> AsyncIterator[bytes]:
    yield _csv_part([running.columns], BOM)
    try:
        async for rows in running.rows_in_parts():
            yield _csv_part(map(csv_cells, rows))
    except GraphError as error:
        yield _csv_part([[f"# 出错，以上不完整 / failed, incomplete: {error.zh} / {error.en}"]])
        return
    if running.cut is not None:
        cut = f"# 已在 {running.rows} 行处截断（{running.cut} 上限）/ truncated, more rows exist"
        yield _csv_part([[cut]])
    for notice in running.notices:
        yield _csv_part([[f"# {notice.zh} / {notice.en}"]])


def _csv_part(rows: Iterable[Iterable[Any]], before: str = "") -> bytes:
    stream = StringIO()
    write_lines(stream, rows)
    return (before + stream.getvalue()).encode()


def _end(running: Running) -> dict[str, Any]:
    """How it ended: `truncated` says whether rows are missing, `cut` by which limit."""
    stamp = running.ended()
    return {
        "rows_given": stamp.rows,
        "truncated": stamp.truncated,
        "cut": running.cut,
        "notices": running.notices,
        "stamp": stamp,
    }


SHAPES: dict[RowKind, Callable[[Running, str], AsyncIterator[bytes]]] = {
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
}
