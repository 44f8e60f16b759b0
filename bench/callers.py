"""Many callers at once: `make bench ARGS="callers --callers 32 --seconds 60"`.

With `--connections 500` so many are open, from several addresses of this machine; those beyond the callers
rest, and ask every few seconds whether the service lives. With `--city` one caller more asks of the whole
city without end; with `--loading` a delivery of `seed_data` is loaded meanwhile.

A closed loop on the worked example: each caller sends its next request when the last was answered,
and goes round all of `MIX` from a place of its own. Every route is first asked by one caller alone,
so that its slowest answers under load stand beside its own. Exit code 1: an error, or a route of which
requests waited longer than `PATIENCE` and none was answered.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from bench.measures import PORT, refuse_taken, service
from graph.ledger import Ledger
from graph.ledger.roles import Role
from graph.loading.load import load_delivery
from graph.loading.order import seed_folders
from graph.reading.wiring import open_graph
from graph.settings import Settings

PATIENCE = 5.0
"""Seconds in which every route that is asked answers at least once."""
DAY = {"as_of": "2025-06-30"}
COMMUNITIES = ["990101001001", "990101001002", "990101001003", "990101002001"]
QUARTERS = [f"q-990101-{n:03}" for n in range(1, 10)]
PERSONS = [f"p-990101-{n:04}" for n in range(22, 42)]
KINDS: tuple[tuple[Role, str | None], ...] = (
    (Role.organization_department, None),
    (Role.analyst, None),
    (Role.viewer, None),
    (Role.viewer, COMMUNITIES[0]),
)
"""Who calls, in turn; the department gives a reason, so that every kind of verdict is asked for."""
APPOINT = {"kind": "appoint", "person": "p-990101-0022", "body": "oc-990101-001", "role": "member"}
COUNT = "MATCH (q:Quarter)-[:PART_OF]->(a:Area) RETURN a.id AS a, count(q) AS n ORDER BY a"
CITY = "990101000000"
RESTING = 4.0
"""Seconds after which a connection that rests asks again: after 5 s the service closes it."""
EVERYBODY = frozenset(KINDS)
CYPHER = frozenset(KINDS[:2])
DEPARTMENT = frozenset(KINDS[:1])


@dataclass(frozen=True)
class Route:
    """A route of the mix; lists among the parameters are gone through, as are `subjects` in the path."""

    path: str
    params: dict[str, Any] = field(default_factory=dict)
    subjects: tuple[str, ...] = ("",)
    often: int = 1
    """How many times in a round."""
    body: dict[str, Any] | None = None
    callers: frozenset[tuple[Role, str | None]] = EVERYBODY

    def request(self, number: int) -> tuple[str, str, str | None]:
        """Method, address and body of a request; number 0 lies in the first community."""
        path = self.path.format(self.subjects[number % len(self.subjects)])
        given = {n: v[number % len(v)] if isinstance(v, list) else v for n, v in self.params.items()}
        body = None if self.body is None else json.dumps(self.body)
        return "GET" if body is None else "POST", f"/api/v1{path}?{urlencode(given)}", body


AREA = {"area": COMMUNITIES, **DAY}
MIX = (
    Route("/nodes/{}", often=10, subjects=(*QUARTERS,)),
    Route("/nodes/{}/neighbours", DAY, often=8, subjects=(*QUARTERS,)),
    Route("/search", {"q": ["示例", "小区", "支部"]}, often=8),
    Route("/areas/{}", DAY, often=4, subjects=(*COMMUNITIES,)),
    Route("/queries/body_members", {"body": [f"oc-990101-{n:03}" for n in range(1, 6)], **DAY}, often=8),
    Route("/queries/quarter_coverage", AREA, often=4),
    Route("/graph", {"node": QUARTERS, "hops": 2, **DAY}, often=4),
    Route("/graph/legend", often=2),
    Route("/coverage", AREA, often=3),
    Route("/gaps", AREA, often=3),
    Route("/paths", {"source": "n-990101-0001", **DAY}, often=4),
    Route("/connections", {"source": QUARTERS[0], "target": "po-990101-c01", **DAY}),
    Route("/checks", {"rule": ["R07", "R05", "R09"], **AREA}, often=3),
    Route("/candidates", AREA, callers=DEPARTMENT),
    Route("/plan", AREA),
    Route("/analyses/cut_points", AREA),
    Route("/reports", {"by": "area", **AREA}),
    Route("/reports/calendar", {"days": 180, **AREA}),
    Route("/reports/difference", {"from": "2025-01-01", "to": "2025-06-30", "area": COMMUNITIES}),
    Route("/gaps/export", AREA),
    Route("/reports/workbook", AREA),
    Route("/law", AREA, often=2),
    Route("/model", often=2),
    Route("/waivers", DAY, often=2),
    Route("/cypher", body={"query": COUNT}, callers=CYPHER, often=6),
    Route("/appointments/check", body={"as_of": "2025-07-01", "changes": [APPOINT]}, callers=DEPARTMENT),
)
WHOLE = (
    Route("/coverage", {"area": CITY, **DAY}),
    Route("/checks", {"area": CITY, **DAY}),
    Route("/gaps", {"area": CITY, **DAY}),
)
"""What one caller asks of the whole city."""


class Caller(threading.Thread):
    """One connection that asks and waits; what it saw is in `times`, `errors`."""

    def __init__(
        self, kind: tuple[Role, str | None], key: str, start: int, until: float, *, host: str = "127.0.0.1"
    ) -> None:
        super().__init__(daemon=True)
        self.kind, self.until, self.number = kind, until, start
        self.headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        if kind[0] is Role.organization_department:
            self.headers["Cobuild-Reason"] = quote("压力测试")
        round_ = [r for i in range(max(r.often for r in MIX)) for r in MIX if r.often > i]
        self.round = [r for r in round_ if kind in r.callers]
        self.times: list[tuple[str, float, float]] = []
        """Route, when it was asked and when it was answered (monotonic seconds)."""
        self.errors: list[str] = []
        self.client = HTTPConnection("127.0.0.1", PORT, timeout=120, source_address=(host, 0))

    def run(self) -> None:
        """Go round until the time is over."""
        while time.monotonic() < self.until:
            self.ask(self.round[self.number % len(self.round)])
            self.number += 1

    def ask(self, route: Route) -> None:
        """One request, and its whole answer."""
        method, address, body = route.request(0 if self.kind[1] else self.number)
        begun = time.monotonic()
        try:
            self.client.request(method, address, body, self.headers)
            answer = self.client.getresponse()
            text = answer.read()
        except (OSError, HTTPException) as error:
            self.errors.append(f"{method} {address}: {error!r}")
            self.client.close()
            return
        ended = time.monotonic()
        if answer.status != 200:
            self.errors.append(f"{method} {address}: {answer.status} {text[:200].decode(errors='replace')}")
        self.times.append((route.path, begun, ended))


class Resting(threading.Thread):
    """Connections that are open and seldom ask; what went wrong is in `errors`."""

    def __init__(self, count: int, until: float) -> None:
        super().__init__(daemon=True)
        self.count, self.until = count, until
        self.errors: list[str] = []
        self.open = self.most = self.answers = 0

    def run(self) -> None:
        """Keep them open until the time is over."""
        asyncio.run(self._all())

    async def _all(self) -> None:
        await asyncio.gather(*(self._one(number) for number in range(self.count)))

    async def _one(self, number: int) -> None:
        try:
            await asyncio.sleep(RESTING * number / self.count)
            reader, writer = await asyncio.open_connection("127.0.0.1", PORT, local_addr=(host_of(number), 0))
            self.open += 1
            self.most = max(self.most, self.open)
            while time.monotonic() < self.until:
                writer.write(b"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                head = await reader.readuntil(b"\r\n\r\n")
                length = next(
                    line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")
                )
                await reader.readexactly(int(length.partition(b":")[2]))
                self.answers += 1
                if b" 200 " not in head:
                    self.errors.append(f"/health/live: {head[:80]!r}")
                await asyncio.sleep(RESTING)
            writer.close()
        except (OSError, EOFError) as error:
            self.errors.append(f"a resting connection: {error!r}")


def host_of(number: int) -> str:
    """An address of this machine, of which so few are used that each stays below its bound."""
    return f"127.0.0.{2 + number // 100}"


async def prepare(data_dir: Path, heap: str) -> dict[tuple[Role, str | None], str]:
    """Load the invented district; a key for each kind of caller."""
    async with open_graph(Settings(data_dir=data_dir, heap=heap)) as graph:
        for folder in seed_folders():
            if folder.name in ("divisions", "worked_example"):
                await load_delivery(graph.store, folder)
    ledger = Ledger(data_dir)
    keys = {}
    for role, area in KINDS:
        name = f"{role}-{area}"
        await ledger.accounts.add(name, role, area, by="bench")
        keys[role, area], _ = await ledger.accounts.issue_key(name, None, "")
    await ledger.close()
    return keys


def alone(keys: dict[tuple[Role, str | None], str], times: int) -> Caller:
    """Every route asked by one caller after the other, each kind of caller once before it counts."""
    found = Caller(KINDS[0], keys[KINDS[0]], 0, 0)
    for kind in KINDS:
        caller = Caller(kind, keys[kind], 0, 0)
        for route in caller.round:
            caller.ask(route)
        found.errors += caller.errors
    for route in MIX:
        for found.number in range(times):
            found.ask(route)
    return found


def together(
    keys: dict[tuple[Role, str | None], str], callers: int, until: float, *, city: bool = False
) -> list[Caller]:
    """All callers until a moment; the last answers may come later. The last one asks of the `city`."""
    kinds = [KINDS[i % len(KINDS)] for i in range(callers)]
    threads = [
        Caller(kind, keys[kind], 5 * i, until, host=f"127.0.1.{2 + i // 100}") for i, kind in enumerate(kinds)
    ]
    if city:
        threads.append(Caller(KINDS[0], keys[KINDS[0]], 0, until))
        threads[-1].round = list(WHOLE)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return threads


def p99(values: list[float]) -> float:
    """The value that 99 of 100 do not exceed; of fewer than 100 the highest."""
    return sorted(values)[max(0, -(-99 * len(values) // 100) - 1)]


def longest_wait(asked: list[tuple[float, float]]) -> float:
    """The longest time in which requests waited and none of them was answered."""
    longest, last = 0.0, 0.0
    ordered = sorted(asked, key=lambda times: times[1])
    for number, (_, ended) in enumerate(ordered):
        oldest = min(begun for begun, _ in ordered[number:])
        longest, last = max(longest, ended - max(last, oldest)), ended
    return longest


def table(single: Caller, many: list[Caller]) -> tuple[list[str], list[str]]:
    """A line for each route, and the routes that gave no answer for too long."""
    alone, together = defaultdict(list), defaultdict(list)
    for path, begun, ended in single.times:
        alone[path].append((begun, ended))
    for path, begun, ended in (times for caller in many for times in caller.times):
        together[path].append((begun, ended))
    lines = ["| route | answers | p99 alone, ms | p99 of all, ms | longest without an answer, s |"]
    lines.append("|---|---|---|---|---|")
    starved = []
    for path in (route.path for route in MIX):
        times = [[1000 * (ended - begun) for begun, ended in found[path]] for found in (alone, together)]
        wait = longest_wait(together[path])
        if not together[path] or wait > PATIENCE:
            starved.append(path)
        figures = len(together[path]), p99(times[0]), p99(times[1] or [0.0]), wait
        lines.append("| `{}` | {} | {:.0f} | {:.0f} | {:.1f} |".format(path, *figures))
    return lines, starved


def main(arguments: list[str] | None = None) -> int:
    """Load, ask alone, ask together, print."""
    options = argparse.ArgumentParser(prog="bench.callers", description=__doc__)
    options.add_argument("--callers", type=int, default=32)
    options.add_argument("--connections", type=int, default=0, help="open ones, with those that rest")
    options.add_argument("--city", action="store_true", help="one caller more asks of the whole city")
    options.add_argument("--loading", action="store_true", help="a delivery is loaded meanwhile")
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--times", type=int, default=10, help="requests of each route alone")
    options.add_argument("--heap", default="768m")
    given = options.parse_args(arguments)
    refuse_taken()
    with tempfile.TemporaryDirectory(prefix="cobuild-callers-") as scratch:
        folder = Path(scratch) / "data"
        keys = asyncio.run(prepare(folder, given.heap))
        with service(folder, given.heap, COBUILD_AUTH="required", COBUILD_RATE_LIMIT="1000000/minute"):
            single = alone(keys, given.times)
            until = time.monotonic() + given.seconds
            resting = Resting(max(0, given.connections - given.callers - given.city), until)
            resting.start()
            load = _load(folder, given.heap) if given.loading else None
            many = together(keys, given.callers, until, city=given.city)
            resting.join()
            loaded = "" if load is None else load.communicate()[0].decode()
    lines, starved = table(single, many)
    errors = [*resting.errors, *(e for caller in [single, *many] for e in caller.errors)]
    if load is not None and load.returncode:
        errors.append(f"the load ended with {load.returncode}: {loaded[-500:]}")
    answered = sum(len(caller.times) for caller in many)
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[1]:.1f} (5 minutes)")
    print(f"{given.callers} callers, {given.seconds:.0f} s: {answered} answers, {len(errors)} errors")
    print(f"connections open beside them: {resting.most}, {resting.answers} answers")
    for kind in KINDS:
        shares = [len(caller.times) for caller in many[: given.callers] if caller.kind == kind]
        print(f"answers of each {' '.join(filter(None, kind))}: {_spread(shares)}")
    if given.city:
        print(f"answers of the whole city: {len(many[-1].times)}")
    print("\n".join([*lines, *errors[:20], *(f"no answer for too long: {path}" for path in starved)]))
    return 1 if errors or starved else 0


def _other() -> Path:
    """A delivery that is not loaded yet: the largest of those that come along."""
    folders = [f for f in seed_folders() if f.name not in ("divisions", "worked_example")]
    return max(folders, key=lambda f: sum(path.stat().st_size for path in f.glob("*/*.csv")))


def _load(data_dir: Path, heap: str) -> subprocess.Popen[bytes]:
    command = [str(Path(sys.executable).parent / "cobuild"), "load", str(_other())]
    environment = {**os.environ, "COBUILD_DATA_DIR": str(data_dir), "COBUILD_HEAP": heap}
    environment.pop("NEO4J_URI", None)
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def _spread(values: list[int]) -> str:
    return f"{statistics.median(values):.0f} [{min(values)}, {max(values)}]"


if __name__ == "__main__":
    sys.exit(main())
