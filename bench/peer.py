"""The peer: the same driver and engine without the product around it."""

from __future__ import annotations

import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import psutil
from neo4j import AsyncDriver, AsyncGraphDatabase, AsyncManagedTransaction

from bench.sides import Cost
from graph.loading.delivery import Delivery
from graph.model import label_of
from graph.store.engine import EmbeddedEngine, EngineAddress
from graph.store.schema import schema_statements

BATCH = 5_000


class Clock:
    """What work costs from now on: time, and processor time of this process and of an engine."""

    def __init__(self, engine: EmbeddedEngine) -> None:
        self._engine = psutil.Process(int(str(engine.describe()["pid"])))
        self._begun = time.perf_counter()
        self._used = self._processor()

    def cost(self) -> Cost:
        """Up to now."""
        return Cost(self._processor() - self._used, time.perf_counter() - self._begun)

    def _processor(self) -> float:
        return time.process_time() + sum(self._engine.cpu_times()[:2])


def driver_for(address: EngineAddress, *, writing: bool = False) -> AsyncDriver:
    """A plain driver on a running engine."""
    return AsyncGraphDatabase.driver(address.uri, auth=address.writer if writing else address.reader)


async def merge_all(delivery: Delivery, data_dir: Path, heap: str) -> Cost:
    """Write typed rows that are in memory with `UNWIND … MERGE`, nothing checked."""
    engine = EmbeddedEngine(data_dir, heap=heap)
    address = await engine.acquire()
    async with driver_for(address, writing=True) as driver:
        session = driver.session(database=address.database)
        for text in schema_statements():
            await (await session.run(text)).consume()
        nodes: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for node in delivery.nodes:
            nodes[node.label].append(node.properties)
        edges: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
        for edge in delivery.edges:
            row = {"from": edge.start, "to": edge.end, "id": edge.id, "p": edge.properties}
            edges[edge.type, label_of(edge.start), label_of(edge.end)].append(row)
        clock = Clock(engine)
        for label, rows in nodes.items():
            text = f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n = row"
            await _write(session, text, rows)
        for (type_, start, end), rows in edges.items():
            text = (
                f"UNWIND $rows AS row MATCH (a:{start} {{id: row.from}}) "
                f"MATCH (b:{end} {{id: row.to}}) "
                f"MERGE (a)-[e:{type_} {{id: row.id}}]->(b) SET e = row.p"
            )
            await _write(session, text, rows)
        cost = clock.cost()
        await session.close()
    await engine.release()
    return cost


async def _write(session: Any, text: str, rows: list[dict[str, Any]]) -> None:
    for i in range(0, len(rows), BATCH):
        part = rows[i : i + BATCH]

        async def work(tx: AsyncManagedTransaction, part: list[dict[str, Any]] = part) -> None:
            await (await tx.run(text, rows=part)).consume()

        await session.execute_write(work)
