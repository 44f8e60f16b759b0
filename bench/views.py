"""What a large view costs beside the engine: over HTTP, against its statements alone."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import httpx

from bench.measures import DAY, PORT, Measure, service
from bench.peer import driver_for
from graph.catalogue.queries import Select
from graph.reading.graph import Graph
from graph.reading.wiring import open_graph
from graph.settings import Settings
from graph.store import Row, Statement
from graph.store.engine import EmbeddedEngine
from graph.views import Wanted, read_view

CENTRE, HOPS, NODES = "990101001000", 3, 2_000
"""A subdistrict; three hops around it hold more than the 2,000 nodes to which it is cut."""


@dataclass(frozen=True)
class _Recorded(Graph):
    """A graph that writes down what it asks the engine."""

    asked: list[Statement] = field(default_factory=list)

    async def read(
        self, selects: Sequence[Select], *, most: int | None = None
    ) -> tuple[int, list[list[Row]]]:
        self.asked.extend((s.text, s.parameters) for s in selects)
        return await super().read(selects, most=most)


def measure_views(data_dir: Path, heap: str, times: int) -> list[Measure]:
    """A neighbourhood of 2,000 nodes, whole requests and bare statements in turn."""
    with service(data_dir, heap):
        return asyncio.run(_measured(data_dir, times))


async def _measured(data_dir: Path, times: int) -> list[Measure]:
    async with open_graph(Settings(data_dir=data_dir)) as opened:
        graph = _Recorded(**opened.parts())
        wanted = Wanted(node=CENTRE, hops=HOPS, limit=NODES)
        view = (await read_view(graph, wanted, as_of=DAY)).data
    asked = {"node": CENTRE, "hops": HOPS, "limit": NODES, "as_of": DAY.isoformat()}
    path = f"/api/v1/graph?{urlencode(asked)}"
    engine = EmbeddedEngine(data_dir)
    address = await engine.acquire()
    whole, bare = [], []
    async with driver_for(address) as driver, driver.session(database=address.database) as session:
        for i in range(times + 2):
            client = HTTPConnection("127.0.0.1", PORT)  # an idle one would be closed
            begun = time.perf_counter()
            client.request("GET", path)
            answer = client.getresponse()
            body = answer.read()
            client.close()
            middle = time.perf_counter()
            for text, parameters in graph.asked:
                await (await session.run(text, dict(parameters))).data()
            end = time.perf_counter()
            assert answer.status == httpx.codes.OK
            assert len(json.loads(body)["elements"]["nodes"]) == len(view.nodes)
            if i >= 2:  # the first ones warm the engine's caches
                whole.append((middle - begun) * 1000)
                bare.append((end - middle) * 1000)
    await engine.release()
    outside = [max(0.0, w - b) / w for w, b in zip(whole, bare, strict=True)]
    name = f"neighbourhood of {len(view.nodes)} nodes, {len(view.edges)} edges"
    return [
        Measure(f"{name}, over HTTP", whole, "ms", ""),
        Measure("its statements through the bare driver", bare, "ms", ""),
        Measure("share of the time outside the engine", outside, "×", "aim: at most 0.5"),
    ]
