"""A cluster for tests: three switches in front of one real Neo4j."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from graph.errors import StoreUnavailable
from graph.reading.graph import Graph
from graph.reading.wiring import open_graph
from graph.settings import Settings
from graph.store import Store, Transaction
from tests.conftest import TODAY
from tests.store.switch import Routes, Switch

RUN, BEGIN, COMMIT = b"\xb3\x10", b"\xb1\x11", b"\xb0\x12"


@dataclass
class Cluster:
    """Three switches in front of one server; `a` writes, `b` and `c` are read from."""

    graph: Graph
    """The same server, asked directly."""
    folder: Path
    routes: Routes
    a: Switch
    b: Switch
    c: Switch

    def settings(self, scheme: str = "neo4j", **changed: Any) -> Settings:
        """Settings that name all three; the data folder, and so the ledger, is one."""
        members = ",".join(switch.address for switch in self.routes.all)
        update = {"data_dir": self.folder, "neo4j_uri": f"{scheme}://{members}", **changed}
        return self.graph.settings.model_copy(update=update)

    def count(self, mode: str) -> list[int]:
        """Transactions of a mode that each member has seen."""
        return [switch.seen[mode] for switch in (self.a, self.b, self.c)]

    @asynccontextmanager
    async def open(self, **changed: Any) -> AsyncIterator[Graph]:
        """An instance of the service over the cluster."""
        async with open_graph(self.settings(**changed), today=lambda: TODAY) as graph:
            yield graph


async def quarters(store: Store) -> int:
    """How many there are, as a reader is told."""
    (rows,) = await store.read([("MATCH (q:Quarter) RETURN count(q) AS n", {})])
    return int(rows[0]["n"])


async def add(tx: Transaction) -> None:
    await tx.run("MERGE (q:Quarter {id: 'q-990101-1'}) SET q.n = coalesce(q.n, 0) + 1")


async def lost_in(cluster: Cluster, when: Any, work: Coroutine[Any, Any, Any]) -> None:
    """Do some work whose commit does not arrive, or whose answer does not; the writer comes back."""
    cluster.a.cut_at = when, COMMIT
    mended = asyncio.create_task(_mend_soon(cluster.a))
    with pytest.raises(StoreUnavailable):
        await work
    await mended


async def _mend_soon(switch: Switch) -> None:
    # Before it commits, a decision is rehearsed: where no test did before, all rules are planned for that.
    async with asyncio.timeout(180):
        await switch.gone.wait()
    await asyncio.sleep(0.2)
    await switch.mend()
