"""Kept findings over HTTP: the first answer, the same again, any area, any page, a workbook.

`make bench ARGS="kept --data FOLDER --area AREA"` on a copy of a loaded data folder; the area is that of a
place. Elapsed milliseconds, and processor time of service and engine together, which is steadier.
"""

from __future__ import annotations

import argparse
import random
import shutil
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import httpx
import psutil

from bench.measures import DAY, PORT, Measure, service
from graph.store.engine import EmbeddedEngine

ASKED = 60
"""Requests of each kind."""


class Asker:
    """Asks the service, and reads what it and its engine have used of the processor."""

    def __init__(self, service_pid: int, data_dir: Path) -> None:
        engine: Any = EmbeddedEngine(data_dir).describe()
        self._processes = [psutil.Process(pid) for pid in (service_pid, int(engine["pid"]))]
        self._client = httpx.Client(base_url=f"http://127.0.0.1:{PORT}/api/v1", timeout=1_800)

    def get(self, path: str, **given: Any) -> Any:
        """The JSON of an answer."""
        answer = self._client.get(path, params={"as_of": DAY.isoformat(), **given})
        answer.raise_for_status()
        return answer.json() if answer.headers["content-type"] == "application/json" else answer.content

    def used(self) -> float:
        """Seconds of the processor so far."""
        return sum(sum(p.cpu_times()[:2]) for p in self._processes)

    def resident(self) -> float:
        """MiB of the service."""
        return self._processes[0].memory_info().rss / 2**20

    def measured(self, name: str, path: str, each: Iterable[dict[str, Any]], aim: str = "") -> list[Measure]:
        """Elapsed per request, and processor time on average."""
        elapsed = []
        before = self.used()
        for given in each:
            begun = time.perf_counter()
            self.get(path, **given)
            elapsed.append((time.perf_counter() - begun) * 1_000)
        mean = (self.used() - before) * 1_000 / len(elapsed)
        return [Measure(name, elapsed, "ms", aim), Measure(f"{name}: processor time", [mean], "ms", "")]


def measure_kept(data_dir: Path, area: str, heap: str) -> list[Measure]:
    """All rows of the table; what is kept in the folder is removed before."""
    shutil.rmtree(data_dir / "findings", ignore_errors=True)
    with service(data_dir, heap, COBUILD_RATE_LIMIT="1000000/minute") as (process, _):
        asker = Asker(process.pid, data_dir)
        measures = asker.measured("all rules, nothing kept", "/checks", [{"area": area}])
        measures += asker.measured("all dimensions, nothing kept", "/coverage", [{"area": area}])
        inside = [r["area"] for r in asker.get("/areas", limit=1_000)["data"] if r["area"][:6] == area[:6]]
        draw = random.Random(1)
        aim = "aim: below 30"
        measures += asker.measured("checks, the same again", "/checks", [{"area": area}] * ASKED, aim)
        areas = [{"area": draw.choice(inside)} for _ in range(ASKED)]
        measures += asker.measured("checks, any area", "/checks", areas, aim)
        measures += asker.measured("coverage, any area", "/coverage", areas, aim)
        total = asker.get("/checks", area=area)["page"]["total"]
        pages = [{"area": area, "offset": draw.randrange(max(1, total - 100))} for _ in range(ASKED)]
        measures += asker.measured("checks, any page", "/checks", pages, aim)
        measures += asker.measured("workbook, everything kept", "/reports/workbook", [{"area": area}])
        measures.append(Measure("resident, service", [asker.resident()], "MiB", "aim: below 400"))
    return measures


def main(arguments: list[str]) -> None:
    """Measure on a folder that is given."""
    options = argparse.ArgumentParser(prog="bench kept", description=__doc__)
    options.add_argument("--data", type=Path, required=True, help="a copy: what is kept in it goes")
    options.add_argument("--area", default="990101000000")
    options.add_argument("--heap", default="768m")
    given = options.parse_args(arguments)
    for measure in measure_kept(given.data, given.area, given.heap):
        print(measure)
