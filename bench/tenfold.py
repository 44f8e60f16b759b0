"""The questions of README's table at one and ten times the data: `python -m bench.tenfold /tmp/one /tmp/ten`.

The folders are those that `bench.province load` filled, with `--neo4j` too. The questions are of the first
district, so that what is answered is the same; nothing found is kept. Processor time is that of this process
and of the engine, so other work on the machine says little in it.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import psutil

from bench.access import LONG
from bench.measures import DAY, QUERIES
from bench.province import DISTRICT, Engine, processor_time, resident, size_of
from bench.rules import CHANGES
from bench.search import PAGE, draw
from bench.views import CENTRE, HOPS, NODES
from graph.appointments.proposal import read_proposal
from graph.appointments.rehearse import rehearse
from graph.coverage.count import find_coverage
from graph.errors import GraphError
from graph.paths import find_paths
from graph.reading.graph import Graph
from graph.reading.search import add_areas, search
from graph.reading.viewer import Viewer
from graph.rules.check import judge
from graph.views import Wanted, read_view

CITY = f"{DISTRICT}000000"
Ask = Callable[[int], Awaitable[object]]
"""A question, given how often it was asked before."""


async def questions(graph: Graph) -> dict[str, tuple[Ask, int, int]]:
    """By name: what asks it, how often to warm the engine, and how often to measure."""
    names: list[str] = []
    needs = [
        row["id"]
        for row in (
            await graph.store.read(
                [(f"MATCH (n:Need) WHERE n.id STARTS WITH 'n-{DISTRICT}' RETURN n.id AS id ORDER BY id", {})]
            )
        )[0]
    ]
    random.Random(0).shuffle(needs)
    communities = [f"{DISTRICT}001{n:03}" for n in range(1, 9)]

    def named(name: str, given: dict[str, str]) -> Ask:
        query = graph.catalogue[name]
        return lambda _: graph.ask(query, {**given, "as_of": DAY.isoformat()})

    async def rows(_: int) -> int:
        count = 0
        async with graph.store.cursor(LONG, {}, time_limit=60) as cursor:
            while batch := await cursor.batch():
                count += len(batch)
        return count

    async def words(at: int) -> None:
        if at == 0:
            await search(graph, "示例")
            names[:] = draw([n for shelf in graph.known.shelves.of.values() for n in shelf.names], 400)
        answer = await search(graph, names[at % len(names)], as_of=DAY)
        await add_areas(graph, answer.data[:PAGE], DAY)

    return {
        **{f"`{name}`": (named(name, given), 100, 200) for name, given in QUERIES},
        "best 5 paths from a need": (lambda i: find_paths(graph, needs[i], k=5, as_of=DAY), 60, 100),
        "neighbourhood of 2,000 nodes": (
            lambda _: read_view(graph, Wanted(node=CENTRE, hops=HOPS, limit=NODES), as_of=DAY),
            2,
            6,
        ),
        "100,000 rows of ad-hoc Cypher": (rows, 1, 4),
        "all rules on one community": (
            lambda i: judge(graph, area=communities[i % len(communities)], as_of=DAY),
            4,
            8,
        ),
        "check of three appointments": (lambda _: rehearse(graph, read_proposal(CHANGES)), 2, 6),
        "15 dimensions, all levels of the city": (lambda _: find_coverage(graph, area=CITY, as_of=DAY), 1, 1),
        "all rules on the whole city": (lambda _: judge(graph, area=CITY, as_of=DAY), 0, 1),
        "search among all names": (words, 20, 100),
    }


async def figures(folder: Path, engine: Engine, most: int, only: str = "") -> dict[str, float]:
    """Milliseconds of processor time for each question of a folder; printed as they come."""
    found = {}
    begun = time.perf_counter()
    async with engine.open(folder) as (opened, pid):
        graph = opened.under(Viewer(personal=True))
        print(f"{folder}: open after {time.perf_counter() - begun:.1f} s", flush=True)
        for name, (ask, warm, often) in (await questions(graph)).items():
            if only not in name:
                continue
            times = min(often, most)
            try:
                for i in range(warm):
                    await ask(i)
                begun, used = time.perf_counter(), time.process_time() + processor_time(pid)
                for i in range(times):
                    await ask(warm + i)
            except GraphError as error:
                print(f"{folder}: {name}: {error.en}", flush=True)
                continue
            used = time.process_time() + processor_time(pid) - used
            found[name] = 1000 * used / times
            passed = 1000 * (time.perf_counter() - begun) / times
            print(f"{folder}: {name}: {found[name]:.1f} ms, passed {passed:.1f} ms", flush=True)
        own = psutil.Process().memory_info().rss >> 20
        print(
            f"{folder}: memory {own} MiB, of the engine {resident(pid)} MiB, on disk {size_of(folder)} MiB",
            flush=True,
        )
    return found


def main() -> None:
    """Ask both folders, print the ratios."""
    options = argparse.ArgumentParser(prog="bench.tenfold", description=__doc__)
    options.add_argument("folders", nargs="+", type=Path, help="one to see its figures, two to compare")
    options.add_argument("--most", type=int, default=1_000, help="times that a question is measured at most")
    options.add_argument("--only", default="", help="questions with this in their name")
    options.add_argument("--heap", default="1g")
    options.add_argument("--neo4j", action="store_true")
    options.add_argument("--pages", default="512m")
    given = options.parse_args()
    engine = Engine(given.heap, given.pages, given.neo4j)
    found = [asyncio.run(figures(folder, engine, given.most, given.only)) for folder in given.folders]
    for name in [n for n in found[0] if n in found[-1]] if len(found) > 1 else ():
        less, more = found[0][name], found[-1][name]
        print(f"{name}: {less:.1f} ms, {more:.1f} ms, {more / less:.2f} ×")


if __name__ == "__main__":
    main()
