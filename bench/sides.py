"""Two builds side by side: the service of a checkout, what it and its engine use of the processor."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil

COBUILD = Path(sys.executable).parent / "cobuild"


@dataclass(frozen=True)
class Cost:
    """Of one piece of work: seconds of the processor, of service and engine together, and elapsed."""

    processor: float
    elapsed: float


@dataclass
class Side:
    """A build with a data folder of its own; `checkout` is None for the one that runs here."""

    name: str
    data_dir: Path
    port: int
    heap: str
    checkout: Path | None = None
    settings: dict[str, str] = field(default_factory=dict)
    _process: subprocess.Popen[bytes] | None = None
    _key: str | None = None
    _client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=3_600))
    """One for all requests, as a page has: a new one reads the certificates of all authorities for 15 ms."""

    @property
    def environment(self) -> dict[str, str]:
        """What the build's processes are given."""
        found = {
            **os.environ,
            "COBUILD_DATA_DIR": str(self.data_dir),
            "COBUILD_PORT": str(self.port),
            "COBUILD_HEAP": self.heap,
            "COBUILD_TIME_LIMIT": "600",
            "COBUILD_RATE_LIMIT": "1000000/minute",
            **self.settings,
        }
        found["PYTHONPATH"] = str(self.checkout or Path(__file__).parent.parent)
        return found

    def command(self, *words: str) -> tuple[Cost, str]:
        """A command: what it alone used, its children not counted, and what it said."""
        begun = time.perf_counter()
        process = subprocess.Popen(
            [COBUILD, *words], env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert process.stdout is not None
        said = process.stdout.read().decode()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(
                f"{self.name}: cobuild {' '.join(words)} ended with {process.returncode}: {said}"
            )
        return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - begun), said

    @contextmanager
    def running(self, key: str | None = None, **settings: str) -> Iterator[Side]:
        """`cobuild run`, until the block ends; with a key where it asks for one."""
        environment = {**self.environment, **settings}
        self._key = key
        self._process = subprocess.Popen(
            [COBUILD, "run"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            self._wait()
            yield self
        finally:
            self._process.terminate()
            self._process.wait(60)

    def _wait(self) -> None:
        assert self._process is not None
        while True:
            with suppress(httpx.TransportError):
                if httpx.get(f"http://127.0.0.1:{self.port}/health/ready").status_code == httpx.codes.OK:
                    return
            if self._process.poll() is not None:
                raise SystemExit(f"{self.name}: the service did not start")
            time.sleep(0.05)

    def ask(self, path: str, body: Any = None, **given: Any) -> tuple[Cost, httpx.Response]:
        """One request; POST where there is a body."""
        headers = {} if self._key is None else {"Authorization": f"Bearer {self._key}"}
        url = f"http://127.0.0.1:{self.port}/api/v1{path}"
        before, begun = self.used(), time.perf_counter()
        method = "GET" if body is None else "POST"
        answer = self._client.request(method, url, params=given, json=body, headers=headers)
        cost = Cost(self.used() - before, time.perf_counter() - begun)
        if answer.is_error:
            raise SystemExit(f"{self.name}: {path}: {answer.text[:500]}")
        return cost, answer

    def used(self) -> float:
        """Seconds of the processor so far, of the service and of every process that it started."""
        assert self._process is not None
        service = psutil.Process(self._process.pid)
        total = sum(service.cpu_times()[:4])
        for child in service.children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                total += sum(child.cpu_times()[:4])
        return float(total)

    def resident(self) -> float:
        """MiB of the service alone."""
        assert self._process is not None
        return float(psutil.Process(self._process.pid).memory_info().rss / 2**20)

    def told(self) -> str:
        """MiB of the service, and of the process that holds columns where there is one."""
        assert self._process is not None
        found = [f"service {self.resident():.0f} MiB"]
        for child in psutil.Process(self._process.pid).children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                if "graph.executor.child" in child.cmdline():
                    found.append(f"columns {child.memory_info().rss / 2**20:.0f} MiB")
        return ", ".join(found)
