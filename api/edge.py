"""The outermost layer: headers that protect, HEAD, and a problem for what nobody expected.

Outside of compression and routing, so that no answer leaves without passing here.
"""

from __future__ import annotations

import logging

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import Unexpected, problem

LOG = logging.getLogger("cobuild.api")

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Vary": "Accept-Encoding",
}
"""Set on every answer that does not set its own."""


class Edge:
    """ASGI middleware; answers HEAD as GET without the body, which no route then has to know."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        head, started = scope["method"] == "HEAD", False

        async def sending(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(raw=message["headers"])
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            elif head:
                message = {**message, "body": b""}
            await send(message)

        inner = {**scope, "method": "GET"} if head else scope
        try:
            await self._app(inner, receive, sending)
        except Exception:
            LOG.exception("unexpected error while answering %s", scope["path"])
            if started:
                raise
            await problem(Unexpected(), scope["path"])(inner, receive, sending)
