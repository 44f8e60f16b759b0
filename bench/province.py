"""A province: districts loaded one after the other, then the same questions at one and ten times the data.

`python -m worked_example /tmp/in --subdistricts 30 --communities 300 --quarters 3000 --persons 100000
--districts 10`, then `python -m bench.province load /tmp/in /tmp/ten` and `… load /tmp/in/01 /tmp/one`, then
`… ask /tmp/one /tmp/ten`. A load that was killed is gone on with by the same command. With `--neo4j` the
folder of data is the home of a Neo4j that is started for the run. Linux only: the highest memory of the
loader is counted anew for each delivery.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import random
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import psutil
from pydantic import SecretStr

from bench.measures import DAY
from graph.loading.load import load_delivery
from graph.paths import find_paths
from graph.reading.graph import Graph
from graph.reading.wiring import open_graph
from graph.rules.check import judge
from graph.settings import Settings
from tests.neo4j_server import Neo4jServer

DISTRICT = "990101"


class Engine(NamedTuple):
    """Which engine to ask, and how much memory it has."""

    heap: str
    pages: str
    """Of Neo4j: for pages of its files."""
    neo4j: bool

    @asynccontextmanager
    async def open(self, data_dir: Path) -> AsyncIterator[tuple[Graph, int]]:
        """The graph of a folder, nothing kept, and the process id of its engine."""
        settings = Settings(data_dir=data_dir, heap=self.heap, kept=0, time_limit=600)
        if not self.neo4j:
            async with open_graph(settings) as graph:
                assert graph.store.engine is not None
                yield graph, int(str(graph.store.engine.describe()["pid"]))
            return
        with Neo4jServer(data_dir / "neo4j", heap=self.heap, pages=self.pages, benchmark=True) as server:
            at = {"neo4j_uri": server.uri, "neo4j_password": SecretStr(server.password)}
            async with open_graph(settings.model_copy(update=at)) as graph:
                yield graph, server.pid or 0


class Steps:
    """Processor seconds of loader and engine for each step of a load, told of its progress.

    What comes after a step's last word (reading back, after `derive`) counts to that step.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._now = ""
        self._since = self._used()
        self._of: dict[str, tuple[float, float]] = {}

    def __call__(self, step: str, _done: int, _total: int) -> None:
        """Progress of a load."""
        if step != self._now:
            used = self._used()
            before = self._of.get(self._now, (0.0, 0.0))
            ours, engines = (b + u - s for b, u, s in zip(before, used, self._since, strict=True))
            self._of[self._now] = (ours, engines)
            self._now, self._since = step, used

    def __str__(self) -> str:
        return ", ".join(f"{step} {a:.1f} + {b:.1f} s" for step, (a, b) in self._of.items() if step)

    def _used(self) -> tuple[float, float]:
        return time.process_time(), processor_time(self._pid)


def deliveries(folder: Path) -> list[Path]:
    """The folder if it is a delivery, otherwise those in it."""
    return [folder] if (folder / "manifest.toml").exists() else sorted(folder.iterdir())


async def load(folders: list[Path], data_dir: Path, engine: Engine) -> None:
    """Load every delivery and print what each took."""
    figures = []
    async with engine.open(data_dir) as (graph, pid):
        for each in folders:
            gc.collect()
            _count_anew()
            begun, ours, engines = time.perf_counter(), time.process_time(), processor_time(pid)
            steps = Steps(pid)
            report = await load_delivery(graph.store, each, resume=True, progress=steps)
            steps("read back", 0, 1)
            seconds, rows = time.perf_counter() - begun, report.created + report.unchanged
            figures.append((rows / seconds, _highest()))
            print(
                f"{each.name}: {rows} rows, {seconds:.0f} s, {rows / seconds:.0f} rows/s; processor time "
                f"{time.process_time() - ours:.0f} s, of the engine {processor_time(pid) - engines:.0f} s; "
                f"memory {figures[-1][1]} MiB, of the engine {resident(pid)} MiB, "
                f"on disk {size_of(data_dir)} MiB; processor time by step {steps}",
                flush=True,
            )
            del report
    (first, small), (last, large) = figures[0], figures[-1]
    print(f"rows per second, last / first: {last / first:.2f} × (aim: at least 0.9)")
    print(f"memory of the loader, last / first: {large / small:.2f} × (aim: at most 1.3)")


async def ask(folders: list[Path], engine: Engine, times: int) -> None:
    """The same needs and communities of the first district, asked of each data folder in turn."""
    paths, checks = [], []
    for data_dir in folders:
        async with engine.open(data_dir) as (graph, pid):
            needs = await _ids(
                graph, f"MATCH (n:Need) WHERE n.id STARTS WITH 'n-{DISTRICT}' RETURN n.id AS id"
            )
            random.Random(0).shuffle(needs)

            async def path(need: str, graph: Graph = graph) -> None:
                await find_paths(graph, need, k=5, as_of=DAY)

            async def check(area: str, graph: Graph = graph) -> None:
                await judge(graph, area=area, as_of=DAY)

            communities = await _ids(
                graph,
                "MATCH (a:Area {level: 'community'}) "
                f"WHERE a.id STARTS WITH '{DISTRICT}' RETURN a.id AS id",
            )
            paths.append(await _times(pid, path, needs[: times + 60], 60))
            checks.append(await _times(pid, check, [*communities[:4], *communities[:12]], 8))
        print(f"{data_dir}: best 5 paths {paths[-1]}, checks of one community {checks[-1]}", flush=True)
    for name, found in (("best 5 paths", paths), ("checks of one community", checks)):
        ratios = [b / a for a, b in zip(found[0], found[-1], strict=True)]
        print(f"{name}: {ratios[0]:.2f} ×, processor time {ratios[1]:.2f} × (aim: at most 1.5)")


async def _times(
    pid: int, work: Callable[[str], Awaitable[None]], ids: list[str], warm: int
) -> tuple[float, float]:
    """Milliseconds: the median that passed, and processor time of both processes for each.

    The first ids warm the engine, half of them where there are few.
    """
    warm = min(warm, len(ids) // 2)
    for id_ in ids[:warm]:
        await work(id_)
    passed, begun = [], time.process_time() + processor_time(pid)
    for id_ in ids[warm:]:
        asked = time.perf_counter()
        await work(id_)
        passed.append(1000 * (time.perf_counter() - asked))
    used = time.process_time() + processor_time(pid) - begun
    return round(statistics.median(passed), 2), round(1000 * used / len(passed), 2)


async def _ids(graph: Graph, text: str) -> list[str]:
    return sorted(row["id"] for row in (await graph.store.read([(text, {})]))[0])


def processor_time(pid: int) -> float:
    """Processor time of the engine so far."""
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


def resident(pid: int) -> int:
    """Resident memory of a process, MiB."""
    return int(psutil.Process(pid).memory_info().rss) >> 20


def _count_anew() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def _highest() -> int:
    """Most resident memory of this process since it was counted anew, MiB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) >> 10 for line in lines if line.startswith("VmHWM"))


def size_of(folder: Path) -> int:
    """What a folder takes on the disk, MiB."""
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file()) >> 20


def main() -> None:
    """Load or ask."""
    options = argparse.ArgumentParser(prog="bench.province", description=__doc__)
    options.add_argument("what", choices=("load", "ask"))
    options.add_argument("folders", nargs=2, type=Path)
    options.add_argument("--heap", default="1g")
    options.add_argument("--neo4j", action="store_true", help="Neo4j instead of the embedded engine")
    options.add_argument("--pages", default="512m", help="Neo4j's memory for pages of its files")
    options.add_argument("--times", type=int, default=300)
    given = options.parse_args()
    engine = Engine(given.heap, given.pages, given.neo4j)
    if given.what == "load":
        asyncio.run(load(deliveries(given.folders[0]), given.folders[1], engine))
    else:
        asyncio.run(ask(given.folders, engine, given.times))


if __name__ == "__main__":
    main()
