"""Connections of the HTTP server, bounded: half a request is not waited for without end.

uvicorn 0.54 has a time-out for a connection that is idle after an answer, and none for one that never
asks, that sends its head or body byte by byte, or whose head never ends; its `limit_concurrency` answers
503 to everybody while such connections are open. So its protocol is extended here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_SECONDS, BODY_SECONDS = 10.0, 30.0
"""For all of a request's head, from the connection or its first byte; and for all of its body."""
SLOWEST, MOST_ANNOUNCED = 128 << 10, 64 << 20
"""Bytes a second of a body that is announced as large, such as an upload; and for how many that counts."""
STREAM, ENDING = "/changes/stream", "cobuild.ending"
"""The path of the answer that goes on until it is ended, and the key of the scope that says so."""
MOST_HEAD = 64 << 10
"""Bytes of a head; uvicorn's faster parser has no limit."""
MOST_CONNECTIONS, MOST_OF_ONE = 512, 128
"""Open connections at a time, of all clients and of one address that is no configured proxy. A file
descriptor each, of which a process usually has 1,024; the rest are for the engine and the ledger."""

Network = IPv4Network | IPv6Network
_TIMED_OUT = b"HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class BoundedProtocol(HttpToolsProtocol):
    """One connection; `bounded` sets what its class holds."""

    proxies: Sequence[Network] = ()
    head_seconds = HEAD_SECONDS
    body_seconds = BODY_SECONDS
    most, most_of_one = MOST_CONNECTIONS, MOST_OF_ONE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._deadline: asyncio.TimerHandle | None = None
        self._in_head = True
        self._head_bytes = 0
        self._ending: asyncio.Event | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > self.most or (self._of_one() > self.most_of_one and not self._is_proxy()):
            transport.abort()
            return
        self._wait(self.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._in_head:
            self._head_bytes += len(data)
        super().data_received(data)
        if self.transport.is_closing():
            self._stop_waiting()
        elif self._in_head and self._head_bytes > MOST_HEAD:
            self._refuse(_TOO_LARGE)
        elif self._deadline is None and self._idle and self.timeout_keep_alive_task is None:
            self._wait(self.head_seconds)  # bytes that begin no request

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_head, self._head_bytes = True, 0
        self._wait(self.head_seconds)

    def on_headers_complete(self) -> None:
        self._in_head = False
        super().on_headers_complete()
        self._wait(self.body_seconds + self._announced() / SLOWEST)
        if self.scope["path"].endswith(STREAM):
            self._ending = cast("dict[str, Any]", self.scope)[ENDING] = asyncio.Event()

    def _announced(self) -> int:
        """Bytes of the body, as far as the head says them; the application refuses too many at once."""
        length = next((value for name, value in self.headers if name == b"content-length"), b"0")
        return min(int(length), MOST_ANNOUNCED) if length.isdigit() else 0

    def on_message_complete(self) -> None:
        self._stop_waiting()
        super().on_message_complete()
        self._in_head, self._head_bytes = True, 0

    def shutdown(self) -> None:
        """The service ends: streams of events, which would never end by themselves, are closed."""
        super().shutdown()
        if self.cycle is not None and self._ending is not None:
            self._ending.set()

    def _of_one(self) -> int:
        """Open connections of this one's address."""
        mine = self.client and self.client[0]
        peers = [getattr(connection, "client", None) for connection in self.connections]
        return [peer[0] for peer in peers if peer].count(mine)

    def _is_proxy(self) -> bool:
        try:
            address = ip_address(self.client[0] if self.client else "")
        except ValueError:
            return False
        return any(address in network for network in self.proxies)

    @property
    def _idle(self) -> bool:
        return self.cycle is None or bool(self.cycle.response_complete)

    def _wait(self, seconds: float) -> None:
        self._stop_waiting()
        self._deadline = self.loop.call_later(seconds, self._refuse, _TIMED_OUT)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _refuse(self, answer: bytes) -> None:
        """Answer where nothing was answered yet, and end the connection."""
        self._stop_waiting()
        if self.transport.is_closing():
            return
        if (self._in_head and self._idle) or (self.cycle is not None and not self.cycle.response_started):
            self.transport.write(answer)
        self.transport.close()


def bounded(proxies: Sequence[str], **limits: float) -> type[BoundedProtocol]:
    """The protocol of a service behind such proxies; `limits` are attributes of the class."""
    networks = tuple(ip_network(proxy) for proxy in proxies)
    return type("BoundedProtocol", (BoundedProtocol,), {"proxies": networks, **limits})
