"""What coverage costs: all dimensions at all levels against the bare driver, and a series."""

from __future__ import annotations

import time
from pathlib import Path

from bench.measures import DAY, Measure
from bench.peer import driver_for
from graph.coverage.count import find_coverage
from graph.coverage.read import find_queries, plan, read_frame
from graph.coverage.series import find_series
from graph.reading.wiring import open_graph
from graph.settings import Settings
from graph.store import Statement
from graph.store.engine import EmbeddedEngine

CITY, COMMUNITY = "990101000000", "990101001001"


async def measure_coverage(data_dir: Path, heap: str, times: int) -> list[Measure]:
    """All dimensions, every area of the city; the same bodies alone; 24 months of a community."""
    ours: list[float] = []
    bare: list[float] = []
    series: list[float] = []
    async with open_graph(Settings(data_dir=data_dir, heap=heap)) as graph:
        frame = await read_frame(graph, CITY, DAY)
        _, dimensions = plan(graph, find_queries(graph, None), frame, CITY, DAY)
        statements = [(d.query.text, part.params) for d in dimensions for part in d.parts]
        await find_coverage(graph, area=CITY, as_of=DAY)
        for _ in range(times):
            bare.append(await _bare(data_dir, statements))
            begun = time.perf_counter()
            await find_coverage(graph, area=CITY, as_of=DAY)
            ours.append(time.perf_counter() - begun)
            begun = time.perf_counter()
            await find_series(graph, "2023-07", "2025-06", area=COMMUNITY, dimension="party_branch")
            series.append(time.perf_counter() - begun)
            print(f"  coverage: {ours[-1]:.2f} s, bare {bare[-1]:.2f} s", flush=True)
    return [
        Measure(f"{len(statements)} dimensions, all levels of the city", ours, "s", ""),
        Measure("the same bodies through the bare driver", bare, "s", ""),
        Measure(
            "coverage / bare driver",
            [o / b for o, b in zip(ours, bare, strict=True)],
            "×",
            "aim: at most 1.2",
        ),
        Measure("24 months of one dimension of a community", series, "s", "aim: below 1"),
    ]


async def _bare(data_dir: Path, statements: list[Statement]) -> float:
    engine = EmbeddedEngine(data_dir)
    address = await engine.acquire()
    try:
        async with driver_for(address) as driver:
            begun = time.perf_counter()
            for text, parameters in statements:
                async with driver.session(database=address.database) as session:
                    await (await session.run(text, dict(parameters))).data()
            return time.perf_counter() - begun
    finally:
        await engine.release()
