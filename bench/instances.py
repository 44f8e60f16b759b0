"""Two processes of the service on one data folder against one of them: `python -m bench.instances DATA`.

The folder has the worked example. The same requests by four callers, to one process and to both, in turn.
"""

from __future__ import annotations

import argparse
import os
import threading
import time
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode

import psutil

from bench.measures import DAY, PORT, QUERIES, Measure, refuse_taken, service

CALLERS = 4
PATHS = [
    *(f"/api/v1/queries/{name}?{urlencode({**given, 'as_of': DAY.isoformat()})}" for name, given in QUERIES),
    "/api/v1/nodes/q-990101-005",
    f"/api/v1/nodes/q-990101-005/neighbours?as_of={DAY}",
    f"/api/v1/paths?source=n-990101-0001&as_of={DAY}",
]


def ask(port: int, times: int) -> None:
    """One caller's requests, one after the other."""
    client = HTTPConnection("127.0.0.1", port, timeout=120)
    for _, path in zip(range(times), cycle(PATHS), strict=False):
        client.request("GET", path)
        answer = client.getresponse()
        answer.read()
        assert answer.status == 200, path
    client.close()


def measure(ports: list[int], processes: list[psutil.Process], times: int) -> tuple[float, float]:
    """Milliseconds of processor time of the service for each query, and queries per second."""
    threads = [threading.Thread(target=ask, args=(ports[i % len(ports)], times)) for i in range(CALLERS)]
    used, begun = _used(processes), time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    count = CALLERS * times
    return 1000 * (_used(processes) - used) / count, count / (time.perf_counter() - begun)


def _used(processes: list[psutil.Process]) -> float:
    return sum(sum(process.cpu_times()[:2]) for process in processes)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(prog="bench.instances", description=__doc__)
    options.add_argument("data", type=Path)
    options.add_argument("--heap", default="768m")
    options.add_argument("--times", type=int, default=400, help="requests of a caller")
    options.add_argument("--pairs", type=int, default=7)
    given = options.parse_args()
    refuse_taken(PORT + 1)
    ports, many = [PORT, PORT + 1], {"COBUILD_RATE_LIMIT": "10000000/minute"}
    found: dict[int, list[tuple[float, float]]] = {1: [], 2: []}
    with (
        service(given.data, given.heap, ports[0], **many) as (one, _),
        service(given.data, given.heap, ports[1], **many) as (two, _),
    ):
        processes = [psutil.Process(one.pid), psutil.Process(two.pid)]
        measure(ports, processes, given.times)  # warms both
        for _ in range(given.pairs):
            for count in (1, 2):
                found[count].append(measure(ports[:count], processes[:count], given.times))
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[1]:.1f} (5 minutes)")
    for count, figures in found.items():
        print(Measure(f"{count} processes, processor time per query", [f[0] for f in figures], "ms", ""))
        print(Measure(f"{count} processes, queries per second", [f[1] for f in figures], "/s", ""))
    ratios = [two[0] / one[0] for one, two in zip(found[1], found[2], strict=True)]
    print(Measure("two / one, processor time", ratios, "×", "aim: at most 1.1"))
    print(f"the least of each: {min(f[0] for f in found[2]) / min(f[0] for f in found[1]):.2f} ×")


if __name__ == "__main__":
    main()
