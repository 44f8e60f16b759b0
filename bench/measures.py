"""What is measured: import, a named query over HTTP, start, memory. Each gives a `Measure`."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import psutil

from bench.peer import Clock, driver_for, merge_all
from graph.catalogue import Catalogue
from graph.loading.delivery import Delivery, read_delivery
from graph.loading.load import load_delivery
from graph.reading.wiring import open_graph
from graph.settings import Settings
from graph.store.engine import EmbeddedEngine

PORT = 8017
DAY = date(2025, 6, 30)
QUERIES = (
    ("body_members", {"body": "oc-990101-009"}),
    ("person_posts", {"person": "p-990101-0022"}),
    ("party_chain", {"organization": "po-990101-q001"}),
)


@dataclass
class Measure:
    """A figure with its spread, and the aim it is held against."""

    name: str
    values: list[float]
    unit: str
    aim: str

    def __str__(self) -> str:
        low, middle, high = min(self.values), statistics.median(self.values), max(self.values)
        return f"{self.name:<58} {middle:8.2f} {self.unit:<4} [{low:.2f}, {high:.2f}]  {self.aim}"


def read(folder: Path) -> Delivery:
    """The delivery as typed rows."""
    delivery, findings = read_delivery(folder)
    if delivery is None or findings:
        raise SystemExit(f"{folder}: {findings}")
    return delivery


async def measure_import(folder: Path, scratch: Path, heap: str, pairs: int) -> list[Measure]:
    """Import with validation against the bare loop, in turn, each on an engine of its own."""
    ours, theirs = [], []
    rows = len(read(folder).nodes) + len(read(folder).edges)
    for _ in range(pairs):
        data_dir = scratch / "ours"
        shutil.rmtree(data_dir, ignore_errors=True)
        async with open_graph(Settings(data_dir=data_dir, heap=heap)) as graph:
            assert graph.store.engine is not None
            clock = Clock(graph.store.engine)
            await load_delivery(graph.store, folder)
            ours.append(clock.cost())
        shutil.rmtree(scratch / "peer", ignore_errors=True)
        theirs.append(await merge_all(read(folder), scratch / "peer", heap))
        print(f"  import of {rows} rows: {ours[-1]}, bare loop {theirs[-1]}", flush=True)
    both = list(zip(ours, theirs, strict=True))
    return [
        Measure("import, rows per second", [rows / mine.elapsed for mine in ours], "/s", ""),
        Measure("bare UNWIND … MERGE, rows per second", [rows / bare.elapsed for bare in theirs], "/s", ""),
        Measure(
            "import / bare loop, rows per second",
            [bare.elapsed / mine.elapsed for mine, bare in both],
            "×",
            "aim: at least 1.0",
        ),
        Measure(
            "the same, rows per second of processor time",
            [bare.processor / mine.processor for mine, bare in both],
            "×",
            "",
        ),
    ]


def refuse_taken(port: int = PORT) -> None:
    """End here where another program listens: its answers would be taken for ours."""
    with socket.socket() as found:
        if not found.connect_ex(("127.0.0.1", port)):
            raise SystemExit(f"another program listens on port {port}")


@contextmanager
def service(
    data_dir: Path, heap: str, port: int = PORT, **settings: str
) -> Iterator[tuple[subprocess.Popen[bytes], float]]:
    """`cobuild run` on a folder; the process, and the seconds until it was ready to answer."""
    environment = {
        **os.environ,
        "COBUILD_DATA_DIR": str(data_dir),
        "COBUILD_PORT": str(port),
        "COBUILD_HEAP": heap,
        **settings,
    }
    environment.pop("NEO4J_URI", None)
    refuse_taken(port)
    begun = time.perf_counter()
    process = subprocess.Popen(
        [str(Path(sys.executable).parent / "cobuild"), "run"], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        while True:
            try:
                if httpx.get(f"http://127.0.0.1:{port}/health/ready").status_code == httpx.codes.OK:
                    break
            except httpx.TransportError:
                if process.poll() is not None:
                    raise SystemExit("the service did not start") from None
            time.sleep(0.02)
        yield process, time.perf_counter() - begun
    finally:
        process.terminate()
        process.wait(30)


def measure_start(data_dir: Path, heap: str, times: int) -> list[Measure]:
    """Seconds from the command to the first answer of /health/ready, on a loaded folder."""
    seconds = []
    for _ in range(times):
        with service(data_dir, heap) as (_, waited):
            seconds.append(waited)
    return [Measure("start on a loaded folder until ready", seconds, "s", "aim: at most 6 s")]


def measure_queries(data_dir: Path, heap: str, times: int) -> list[Measure]:
    """Named queries over HTTP and through the bare driver, in turn; then memory."""
    with service(data_dir, heap) as (process, _):
        found = asyncio.run(_queries(data_dir, times))
        for name in ("coverage_by_area", "quarter_coverage"):
            httpx.get(f"http://127.0.0.1:{PORT}/api/v1/queries/{name}", timeout=120)
        httpx.get(f"http://127.0.0.1:{PORT}/api/v1/coverage?area=990101000000", timeout=300)
        memory = _resident(process, data_dir)
    return [*found, Measure("memory of service and engine, resident", [memory], "MiB", "aim: under 1536 MiB")]


async def _queries(data_dir: Path, times: int) -> list[Measure]:
    catalogue = Catalogue.load()
    engine = EmbeddedEngine(data_dir)
    address = await engine.acquire()
    measures = []
    # The plainest client that keeps its connection: a richer one would measure itself.
    client = HTTPConnection("127.0.0.1", PORT)
    async with driver_for(address) as driver:
        for name, given in QUERIES:
            query = catalogue[name]
            parameters = query.bind({**given, "as_of": DAY.isoformat()}, today=DAY)
            path = f"/api/v1/queries/{name}?{urlencode({**given, 'as_of': DAY.isoformat()})}"
            http, bare = [], []
            for i in range(times + 50):
                begun = time.perf_counter()
                client.request("GET", path)
                answer = client.getresponse()
                json.loads(answer.read())
                middle = time.perf_counter()
                async with driver.session(database=address.database) as session:
                    await (await session.run(query.text, parameters)).data()
                end = time.perf_counter()
                assert answer.status == httpx.codes.OK
                if i >= 50:
                    http.append((middle - begun) * 1000)
                    bare.append((end - middle) * 1000)
            measures += _compared(name, http, bare)
    await engine.release()
    return measures


def _compared(name: str, http: list[float], bare: list[float]) -> list[Measure]:
    """Differences of medians over ten stretches of the run, so that the spread shows."""
    stretch = max(1, len(http) // 10)
    parts = range(0, len(http), stretch)
    medians = [
        (statistics.median(http[i : i + stretch]), statistics.median(bare[i : i + stretch])) for i in parts
    ]
    allowed = max(2.0, 0.3 * statistics.median(bare))
    return [
        Measure(f"{name} over HTTP", [h for h, _ in medians], "ms", ""),
        Measure(f"{name} through the bare driver", [b for _, b in medians], "ms", ""),
        Measure(
            f"{name}: HTTP above the driver",
            [h - b for h, b in medians],
            "ms",
            f"aim: at most {allowed:.1f} ms",
        ),
    ]


def _resident(process: subprocess.Popen[bytes], data_dir: Path) -> float:
    state: Any = EmbeddedEngine(data_dir).describe()
    pids = [process.pid, int(state["pid"])]
    return sum(psutil.Process(pid).memory_info().rss for pid in pids) / 2**20
