"""What changes, as it changes: server-sent events, so that a page need not ask again and again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request
from starlette.responses import StreamingResponse

from api.http.dependencies import ServiceDep
from api.http.doorkeeper import access_of
from api.http.streaming import ended, until
from graph.errors import BadParameter
from graph.reading.feed import changes_since

router = APIRouter(tags=["graph"])

STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "事件流 / the events",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}


class EventsResponse(StreamingResponse):
    """Server-sent events."""

    media_type = "text/event-stream"


@router.get("/changes/stream", summary="变化 / Changes", response_class=EventsResponse, responses=STREAM)
async def change_stream(
    service: ServiceDep,
    request: Request,
    last_event_id: Annotated[
        str | None,
        Header(description="上次收到的 id，从其后继续 / the last id that was seen, to go on after it"),
    ] = None,
) -> EventsResponse:
    """数据版本变化时发出事件：触及的类型和编号。 An event whenever the data version grows: what was touched.

    先发 version（现在的数据版本）；之后每次导入、撤销、任免各一个 changed，id 为数据版本；
    reset 表示图已恢复为更早的状态，请全部重新读取。一小时后结束，凭 Last-Event-ID 重新连接。
    First `version`, then one `changed` for each load, undo and decision, whose id is the data version;
    `reset` says that the graph was restored to an earlier state. A comment every 15 s; it ends after an
    hour: connect again with Last-Event-ID. A caller limited to an area is sent what touches it.
    """
    if last_event_id not in (None, "") and not (last_event_id or "").isdigit():
        raise BadParameter(
            "Last-Event-ID 应为上次事件的 id。",
            "Last-Event-ID is the id of the last event.",
            subject="Last-Event-ID",
        )
    access, feed = access_of(request), service.feed
    feed.check_room(access.caller.name)

    async def since_then(version: int) -> list[Any]:
        return await changes_since(service.graph.under(await service.viewer(access)), version)

    async def stream() -> AsyncIterator[bytes]:
        with feed.listening(access.caller.name):
            events = feed.events(int(last_event_id) if last_event_id else None, since_then)
            async for event in until(ended(request), events):
                yield event

    return EventsResponse(stream(), headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
