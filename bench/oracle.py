"""Rules compiled beside plain Python: `python -m bench oracle --data FOLDER`, a copy of a loaded data folder.

The peer is the recomputation of the tests (`tests/oracle`), whole Python objects in memory, in one process
with the compiled files, rule by rule in turn. Of both the graph is in memory already. Left out of the sum are
rules whose recomputation does not end in `PATIENCE` seconds: it looks through everything for each of its
subjects. Verdicts are compared too: both have to say the same.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import inspect
import signal
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from bench.measures import DAY
from graph.executor.columns import Columns
from graph.executor.run import Executor
from graph.model import EDGES, NODES
from graph.reading.findings.scan import scan, wanted_of
from graph.reading.graph import Graph
from graph.reading.wiring import open_graph
from graph.settings import Settings
from tests.oracle.rules import RULES
from tests.oracle.view import View

PATIENCE = 40
"""Seconds that a recomputation may take."""


class TooLong(Exception):
    """A recomputation that does not end in time."""


async def read_both(graph: Graph) -> tuple[Executor, View]:
    """The graph in columns, and as the recomputation has it."""
    wanted = wanted_of(graph.catalogue)
    parts = [part async for part in scan(graph.store, wanted, 10_000_000)]
    nodes: dict[str, Any] = {}
    for label in NODES:
        text = f"MATCH (n:{label}) RETURN properties(n) AS n"
        nodes |= {row["n"]["id"]: row["n"] for row in (await graph.store.read([(text, {})]))[0]}
    edges: dict[str, Any] = {}
    for type_ in EDGES:
        text = f"MATCH (a)-[e:{type_}]->(b) RETURN a.id AS a, b.id AS b, properties(e) AS e"
        for row in (await graph.store.read([(text, {})]))[0]:
            edges[row["e"]["id"]] = {**row["e"], "type": type_, "from": row["a"], "to": row["b"]}
    view = View(nodes, edges, DAY)
    return Executor(Columns.from_parts(wanted, parts)), view


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of the processor, and what came of it; raises `TooLong`."""

    def ended(*_: object) -> None:
        raise TooLong

    signal.signal(signal.SIGALRM, ended)
    signal.alarm(PATIENCE)
    begun = time.process_time()
    try:
        found = work()
    finally:
        signal.alarm(0)
    return time.process_time() - begun, found


async def measure(data: Path, times: int) -> None:
    """Print a line for each rule, and the sums."""
    async with open_graph(Settings(data_dir=data, kept=0, row_limit=10_000_000)) as graph:
        executor, view = await read_both(graph)
        gc.collect()
        gc.freeze()
        gc.disable()  # for both: neither makes what has to be looked for
        ours: list[float] = [0.0] * times
        theirs: list[float] = [0.0] * times
        left: list[str] = []
        for name, recompute in sorted(RULES.items()):
            query = graph.catalogue[name]
            given = graph.bind_known(query, {"as_of": DAY, "area": None})
            select = query.select(given)
            taken = inspect.signature(recompute).parameters
            own = {k: v for k, v in given.items() if k in taken}
            executor.run(select.text, select.parameters)  # compiled
            lines = []
            try:
                for _ in range(times):
                    python, verdicts = timed(partial(recompute, view, **own))
                    compiled, result = timed(partial(executor.run, select.text, select.parameters))
                    lines.append((compiled, python))
            except TooLong:
                left.append(name)
                print(f"{name:<50} not in {PATIENCE} s", flush=True)
                continue
            for n, (compiled, python) in enumerate(lines):
                ours[n] += compiled
                theirs[n] += python
            columns = [result.names.index(column) for column in query.rule.identity]
            verdict = result.names.index("verdict")
            said = {tuple(row[c] for c in columns): row[verdict] for row in result.rows}
            alike = "same verdicts" if said == verdicts else "OTHER VERDICTS"
            compiled, python = (statistics.median(c) for c in zip(*lines, strict=True))
            print(f"{name:<50} {compiled:7.3f} {python:7.3f} {compiled / python:6.2f}  {alike}", flush=True)
        ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
        print(
            f"{'sum':<50} {statistics.median(ours):7.3f} {statistics.median(theirs):7.3f} "
            f"{min(ratios):.2f} to {max(ratios):.2f} (at most 1.2); left out: {', '.join(left) or 'none'}"
        )


def main(arguments: list[str]) -> None:
    """Measure on a folder that is given."""
    options = argparse.ArgumentParser(prog="bench oracle", description=__doc__)
    options.add_argument("--data", type=Path, required=True, help="a copy of a loaded data folder")
    options.add_argument("--times", type=int, default=3)
    given = options.parse_args(arguments)
    asyncio.run(measure(given.data, given.times))
