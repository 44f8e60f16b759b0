"""The outermost layer: headers that protect, HEAD, and a problem for unexpected errors.

Outside of compression and routing, so that no answer leaves without passing here.
"""

from __future__ import annotations

import logging
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.errors import Unexpected
from api.http.problems import problem
from graph.errors import BadParameter

LOG = logging.getLogger("cobuild.api")
ACCESS = logging.getLogger("cobuild.access")
"""One line for each request: method, route, status, milliseconds; never an address that was asked for."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Vary": "Accept-Encoding",
}
"""Set on every answer that does not set its own."""


LOCAL = frozenset({"127.0.0.1", "localhost", "[::1]", "testserver"})
"""Names under which this machine is asked. A page of another name that resolves to it could
otherwise read the answers through a user's browser (DNS rebinding)."""


class SizeGuard:
    """ASGI middleware; answers HEAD as GET without the body, which no route then has to know.

    `any_host` is for a service that listens beyond this machine, under names of its operator.
    """

    def __init__(self, app: ASGIApp, *, any_host: bool) -> None:
        self._app = app
        self._any_host = any_host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        head, status, begun = scope["method"] == "HEAD", 0, time.monotonic()
        inner = {**scope, "method": "GET"} if head else scope

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(raw=message["headers"])
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            elif head:
                message = {**message, "body": b""}
            await send(message)

        if not self._any_host and _host(scope) not in LOCAL:
            await problem(_foreign(_host(scope)), scope["path"])(scope, receive, sending)
            return
        try:
            await self._app(inner, receive, sending)
        except ClientDisconnect:
            LOG.info("the caller of %s went away before its request was whole", route_of(inner))
        except Exception:
            LOG.exception("unexpected error while answering %s", route_of(inner))
            if status:
                raise
            await problem(Unexpected(), scope["path"])(inner, receive, sending)
        finally:
            taken = 1000 * (time.monotonic() - begun)
            ACCESS.info("%s %s %s %.0f ms", scope["method"], route_of(inner), status or "-", taken)


def route_of(scope: Scope) -> str:
    """The route that answers, with the names of its parameters and not what was asked for."""
    return str(getattr(scope.get("route"), "path", "-"))


def _host(scope: Scope) -> str:
    host = Headers(scope=scope).get("host", "")
    return host if host.endswith("]") else host.rpartition(":")[0] or host


def _foreign(host: str) -> BadParameter:
    return BadParameter(
        f"请求的主机名 {host!r} 不是本机；请用 127.0.0.1 或 localhost 访问。",
        f"the host {host!r} is not this machine: ask for 127.0.0.1 or localhost.",
        subject="host",
    )
