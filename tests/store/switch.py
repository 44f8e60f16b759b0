"""A switch between a driver and a server that speaks Bolt: it breaks, delays, moves, and says who leads.

It stands for one member of a cluster. What it passes on is a real server's; what it answers itself is what
only a member of a cluster says: the routing table, that it does not lead, that it has no database yet.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal, Self

SIMPLE = bytes((0, 3, 3, 5))
"""Bolt 5.3 down to 5.0: no telemetry before a transaction, and failures of the older form."""
BOLT_5_1 = bytes((0, 1, 1, 5))
RESET, RUN, BEGIN, COMMIT, ROLLBACK, ROUTE = 0x0F, 0x10, 0x11, 0x12, 0x13, 0x66
SUCCESS, IGNORED, FAILURE = 0x70, 0x7E, 0x7F
NOT_A_LEADER = "Neo.ClientError.Cluster.NotALeader"
RESYNCING = "Neo.TransientError.General.DatabaseUnavailable"


@dataclass
class Routes:
    """The routing table of a cluster of switches, as all of them tell it."""

    writer: Switch | None = None
    readers: list[Switch] = field(default_factory=list)
    all: list[Switch] = field(default_factory=list)
    seconds: int = 300

    def table(self) -> dict[str, Any]:
        """As the answer to ROUTE has it."""
        writers = [] if self.writer is None else [self.writer]
        roles = {"WRITE": writers, "READ": self.readers, "ROUTE": self.all}
        servers = [{"addresses": [s.address for s in found], "role": role} for role, found in roles.items()]
        return {"rt": {"ttl": self.seconds, "db": "neo4j", "servers": servers}}


class Switch:
    """One member: a loopback port before the server at `target`; `cut` and `mend` it, `delay` it, move it."""

    def __init__(self, target: int, routes: Routes | None = None, *, offers: bytes = SIMPLE) -> None:
        self.target = target
        self.routes = routes
        self.port = 0
        self.delay = 0.0
        self.refuses: str | None = None
        """The code with which every transaction is refused, as a member that resyncs does."""
        self.says = b"", b""
        """What the server says, and what is said instead, of the same length: such as its version."""
        self.cut_at: tuple[Literal["before", "after"], bytes] | None = None
        """Cut when a message that begins so comes: before it is passed on, or when it is being answered."""
        self.seen: Counter[str] = Counter()
        """Transactions begun here, by access mode `r` or `w`."""
        self.marks: list[bytes] = []
        """Messages that began a transaction, with the bookmarks in them."""
        self.gone = asyncio.Event()
        """Set while it is cut."""
        self._offers = offers
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        if routes is not None:
            routes.all.append(self)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    async def mend(self) -> Self:
        """Listen; on the same port as before."""
        if self.listening:
            return self
        self.gone.clear()
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    @property
    def listening(self) -> bool:
        return self._server is not None

    def cut(self) -> None:
        """As a machine that lost its power: connections end, nobody listens."""
        if self._server is not None:
            self._server.close()
            self._server = None
            self.gone.set()
        for writer in self._open:
            writer.transport.abort()
        self._open.clear()

    async def __aenter__(self) -> Self:
        return await self.mend()

    async def __aexit__(self, *_: object) -> None:
        self.cut()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            there, back = await asyncio.open_connection("127.0.0.1", self.target)
            self._open.add(back)
            opening = await reader.readexactly(20)
            back.write(opening[:4] + self._offers + bytes(12))
            line = _Line(self, writer, back)
            answers = asyncio.create_task(line.bring(there))
            try:
                while True:
                    await line.take(await _message(reader))
            finally:
                answers.cancel()
                for end in (writer, back):
                    end.close()
                    self._open.discard(end)


class _Line:
    """One connection through a switch."""

    def __init__(self, switch: Switch, near: asyncio.StreamWriter, far: asyncio.StreamWriter) -> None:
        self._switch, self._near, self._far = switch, near, far
        self._in_transaction = self._failed = self._cut_on_answer = False

    async def take(self, message: bytes) -> None:
        """A message of the driver: passed on, or answered here."""
        switch, tag = self._switch, message[1]
        if switch.delay:
            await asyncio.sleep(switch.delay)
        if switch.cut_at is not None and message.startswith(switch.cut_at[1]):
            when, switch.cut_at = switch.cut_at[0], None
            if when == "before":
                switch.cut()
                return
            self._cut_on_answer = True
        if tag in (RESET, COMMIT, ROLLBACK):
            self._failed = self._failed and tag != RESET
            self._in_transaction = False
        if self._failed:
            self._answer(bytes((0xB0, IGNORED)))
        elif tag == ROUTE and switch.routes is not None:
            self._answer(bytes((0xB1, SUCCESS)) + _packed(switch.routes.table()))
        elif (code := self._refusal(tag, message)) is not None:
            self._failed = True
            self._answer(bytes((0xB1, FAILURE)) + _packed({"code": code, "message": "said by the switch"}))
        else:
            self._far.write(_chunks(message))

    def _refusal(self, tag: int, message: bytes) -> str | None:
        if tag != BEGIN and (tag != RUN or self._in_transaction):
            return None
        switch, mode = self._switch, "r" if b"\x84mode\x81r" in message else "w"
        if switch.refuses is not None:
            return switch.refuses
        if mode == "w" and switch.routes is not None and switch.routes.writer is not switch:
            return NOT_A_LEADER
        self._in_transaction = tag == BEGIN
        switch.seen[mode] += 1
        switch.marks.append(message)
        return None

    async def bring(self, there: asyncio.StreamReader) -> None:
        """What the server answers, as it comes."""
        with suppress(OSError):
            while data := await there.read(1 << 16):
                if self._cut_on_answer:
                    self._switch.cut()
                    return
                self._near.write(data.replace(*self._switch.says) if self._switch.says[0] else data)
        self._near.close()

    def _answer(self, message: bytes) -> None:
        self._near.write(_chunks(message))


async def _message(reader: asyncio.StreamReader) -> bytes:
    found = b""
    while True:
        length = int.from_bytes(await reader.readexactly(2), "big")
        if length:
            found += await reader.readexactly(length)
        elif found:
            return found


def _chunks(message: bytes) -> bytes:
    parts = [message[i : i + 0xFFFF] for i in range(0, len(message), 0xFFFF)]
    return b"".join(len(part).to_bytes(2, "big") + part for part in parts) + b"\0\0"


def _packed(value: Any) -> bytes:
    """PackStream of what the answers above are made of; lists and maps of at most 15."""
    if isinstance(value, int):
        return b"\xc9" + value.to_bytes(2, "big", signed=True)
    if isinstance(value, str):
        text = value.encode()
        return b"\xd0" + bytes((len(text),)) + text
    if isinstance(value, list):
        return bytes((0x90 + len(value),)) + b"".join(map(_packed, value))
    inner = b"".join(_packed(key) + _packed(item) for key, item in value.items())
    return bytes((0xA0 + len(value),)) + inner
