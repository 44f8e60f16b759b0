"""`cobuild run` as a process: ready, stopped cleanly, no orphan, one sentence when it cannot."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.cli.ports import free_port

COBUILD = str(Path(sys.executable).parent / "cobuild")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., tuple[subprocess.Popen[bytes], int]]]:
    """Starts `cobuild run …` on a data folder and waits until it is ready."""
    started: list[subprocess.Popen[bytes]] = []

    def run(data: Path, *arguments: str) -> tuple[subprocess.Popen[bytes], int]:
        port = free_port()
        here = tmp_path / "cwd"
        here.mkdir(exist_ok=True)
        process = subprocess.Popen(
            [COBUILD, "run", *arguments],
            cwd=here,
            env={**clean_environment(), "COBUILD_DATA_DIR": str(data), "COBUILD_PORT": str(port)},
            stdout=subprocess.DEVNULL,
        )
        started.append(process)
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            assert process.poll() is None, "the service ended"
            try:
                get(port, "/health/ready")
                return process, port
            except OSError:
                time.sleep(0.1)
        pytest.fail("the service did not get ready")

    yield run
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait(10)


def clean_environment() -> dict[str, str]:
    taken = ("COBUILD_", "NEO4J_")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(taken)}
    return {**kept, "COBUILD_ENGINE_COMPILER": "quick"}


def get(port: int, path: str) -> Any:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
        return json.loads(answer.read())


def engine_pid(data: Path) -> int:
    return int(json.loads((data / "engine" / "engine.json").read_text("utf-8"))["pid"])


def gone(pid: int, seconds: float = 20) -> bool:
    """Whether a process has ended within some seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.1)
    return False


def stops_cleanly(process: subprocess.Popen[bytes], how: signal.Signals, data: Path) -> None:
    """Service and engine end, and nothing is left in the working directory."""
    pid = engine_pid(data)
    process.send_signal(how)
    assert process.wait(30) in (0, -how, 128 + how, 130)
    assert gone(pid)
    assert list((data.parent / "cwd").iterdir()) == []


def test_a_killed_service_leaves_no_engine_behind(start: Any, tmp_path: Path) -> None:
    """After kill -9 of the service the engine ends by itself."""
    process, _ = start(tmp_path / "data")
    pid = engine_pid(tmp_path / "data")
    process.kill()
    process.wait(10)
    assert gone(pid)


def test_run_alone_loads_nothing_and_a_second_process_attaches(start: Any, tmp_path: Path) -> None:
    """The service serves what the folder holds; a load beside it is seen at once; Ctrl-C ends it all."""
    data = tmp_path / "data"
    process, port = start(data)
    assert get(port, "/health/live") == {"status": "live"}
    assert get(port, "/api/v1/places")["data"] == []
    pid = engine_pid(data)
    seed = Path(__file__).parents[2] / "seed_data"
    ran = subprocess.run(
        [COBUILD, "load", str(seed / "divisions"), str(seed / "shigu")],
        env={**clean_environment(), "COBUILD_DATA_DIR": str(data)},
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert [p["name"] for p in get(port, "/api/v1/places")["data"]] == ["shigu"]
    assert pid == engine_pid(data)
    stops_cleanly(process, signal.SIGINT, data)


def test_a_dead_engine_is_503_and_then_back(start: Any, tmp_path: Path) -> None:
    """Requests while the engine is down get a 503; then another engine answers, which SIGTERM ends too."""
    data = tmp_path / "data"
    process, port = start(data)
    os.kill(engine_pid(data), signal.SIGKILL)
    seen = set()
    for _ in range(300):
        try:
            get(port, "/health/ready")
            if seen:
                break
        except urllib.error.HTTPError as error:
            seen.add(error.code)
        time.sleep(0.1)
    assert {503} == seen
    assert get(port, "/api/v1/places")["data"] == []
    stops_cleanly(process, signal.SIGTERM, data)


def test_an_occupied_port_is_one_sentence(start: Any, tmp_path: Path) -> None:
    """Address, port and what to do; exit code 3."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = subprocess.run(
            [COBUILD, "run"],
            env={
                **clean_environment(),
                "COBUILD_DATA_DIR": str(tmp_path / "data"),
                "COBUILD_PORT": str(port),
            },
            capture_output=True,
            text=True,
            check=False,
        )
    assert ran.returncode == 3
    assert str(port) in ran.stderr
    assert "Traceback" not in ran.stderr
