"""The driver, made for one engine: what it waits for, how often it tries again, whom it asks first."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from neo4j import AsyncDriver, AsyncGraphDatabase
from neo4j.exceptions import ConfigurationError

from graph.errors import EngineUnavailable, EnvironmentFault
from graph.store.addresses import Addresses, MembersInTurn
from graph.store.translation import translated

Auth = tuple[str, str]
OLDEST = (5, 23)
"""The oldest Neo4j that knows all of the catalogue's Cypher: `CALL (…) { … }` came with it."""
PATIENCE = 5.0
"""Seconds beyond the time limit after which a server that has not answered is given up."""
KEPT = 4
"""Drivers that are not asked any more and not closed yet."""
IDLE = 2.0
"""Seconds of rest after which a connection to a cluster is tried before it is used."""


def make_driver(uri: str, auth: Auth, *, retry: float, **config: Any) -> AsyncDriver:
    """A driver for an address; `retry` are the seconds for which a transaction is tried again."""
    defaults = {"connection_timeout": 5.0, "connection_acquisition_timeout": 10.0}
    try:
        return AsyncGraphDatabase.driver(
            uri, auth=auth, max_transaction_retry_time=retry, **{**defaults, **config}
        )
    except (ConfigurationError, ValueError) as error:
        raise EnvironmentFault(
            f"NEO4J_URI 的值 {uri!r} 不是可用的地址（如 bolt://127.0.0.1:7687）。",
            f"NEO4J_URI is {uri!r}: not a usable address such as bolt://127.0.0.1:7687 ({error}).",
            subject="NEO4J_URI",
        ) from error


@asynccontextmanager
async def patient(seconds: float | None) -> AsyncIterator[None]:
    """Give a server up that does not end a read at its time limit: it, or the way to it, is gone."""
    try:
        async with asyncio.timeout(None if seconds is None else seconds + PATIENCE):
            yield
    except TimeoutError:
        zh, en = "图数据库没有回应，请稍后重试。", "the graph engine does not answer, try again later."
        raise EngineUnavailable(zh, en) from None


class Servers:
    """Drivers for one server, for several of which one is asked, or for a cluster that routes.

    `reader` and `writer` are one driver where the servers route, and where there is one only.
    """

    def __init__(self, addresses: Addresses, auth: Auth) -> None:
        self.addresses = addresses
        self._auth = auth
        self._turns = {"reader": MembersInTurn(addresses.members), "writer": MembersInTurn(addresses.members)}
        self._one = addresses.routed or not addresses.clustered
        self.writer = self._make("writer")
        self.reader = self.writer if self._one else self._make("reader")
        self._writes = False
        self._left: list[AsyncDriver] = []
        """Of members that are not asked any more; others may be using the last of them just now."""

    async def close(self) -> None:
        """Close the connections."""
        for driver in {self.reader, self.writer, *self._left}:
            await driver.close()

    @property
    def tries(self) -> int:
        """How many members there are to pass on to; 1 where the driver itself chooses."""
        return 1 if self._one else len(self.addresses.members)

    async def pass_on(self, asked: AsyncDriver | None) -> None:
        """Ask the next member instead of the one that this driver asks, if no one else has done so.

        Nothing happens where the driver itself chooses.
        """
        if not self._one and asked in (self.reader, self.writer):
            name = "writer" if asked is self.writer else "reader"
            self._turns[name].pass_on()
            setattr(self, name, self._make(name))
            self._writes = self._writes and name == "reader"
            self._left.append(asked)
            while len(self._left) > KEPT:
                await self._left.pop(0).close()

    async def check(self) -> None:
        """Raises `EnvironmentFault` for a server that is too old, by name."""
        with translated():
            agent = str((await self.reader.get_server_info()).agent)
        product, _, version = agent.partition("/")
        numbers = version.split(".")[:2]
        known = product == "Neo4j" and all(n.isdigit() for n in numbers) and len(numbers) == len(OLDEST)
        if known and tuple(map(int, numbers)) < OLDEST:
            raise too_old(agent)

    async def check_writer(self) -> None:
        """Raises `EnvironmentFault` where a write might be taken by a member that does not lead.

        A follower of Neo4j refuses. One of ArcadeDB passes the statements on over `bolt://`, and takes
        nothing back afterwards: there, only a server that says itself who writes is written to.
        """
        if self._writes or self.addresses.routed:
            return
        with translated():
            agent = str((await self.writer.get_server_info()).agent)
        if not agent.startswith("Neo4j/") or "arcadedb" in agent.lower():
            raise EnvironmentFault(
                f"服务器（{agent}）不是 Neo4j，经 bolt:// 不能确定所问的成员是否可写；"
                "请把 NEO4J_URI 改为 neo4j://。",
                f"the server ({agent}) is not Neo4j, and over bolt:// nobody knows whether the member asked "
                "is the one that writes: set NEO4J_URI to neo4j://.",
                subject="NEO4J_URI",
            )
        self._writes = True

    def _make(self, name: str) -> AsyncDriver:
        more: dict[str, Any] = {}
        if self.addresses.clustered:
            more = {
                "resolver": self._turns[name],
                "connection_timeout": 3.0,
                "connection_acquisition_timeout": 6.0,
                "liveness_check_timeout": IDLE,
                "initial_retry_delay": 0.2,
            }
        # Of several addresses that do not route, the driver would ask one and the same again.
        retry = 5.0 if self._one else 0.0
        return make_driver(
            self.addresses.uri, self._auth, retry=retry, notifications_min_severity="OFF", **more
        )


def too_old(what: str) -> EnvironmentFault:
    """That a server does not know what is asked of it."""
    oldest = ".".join(map(str, OLDEST))
    return EnvironmentFault(
        f"Neo4j 服务器版本过旧（{what}）：需要 Neo4j {oldest} 或更新（测试所用为 5.26）。",
        f"the Neo4j server is too old ({what}): Neo4j {oldest} or newer is needed (5.26 is what is tested).",
        subject="NEO4J_URI",
    )
