"""The whole interface against what its own document allows, and what it does not: no 5xx."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

ROOT = Path(__file__).parents[2]
EACH = 1
"""Requests of each kind per operation: an honest one, and one with something wrong."""


def free_port() -> int:
    """A port that no one listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service of its own, as its users start it, over a place that it may write to."""
    port = free_port()
    environment = {
        **{n: v for n, v in os.environ.items() if not n.startswith(("COBUILD_", "NEO4J_"))},
        "COBUILD_DATA_DIR": str(tmp_path_factory.mktemp("fuzzed")),
        "COBUILD_PORT": str(port),
        "COBUILD_RATE_LIMIT": "1000000/minute",
        "COBUILD_TIME_LIMIT": "20",
        "COBUILD_ENGINE_COMPILER": "quick",
    }
    command = [str(Path(sys.executable).parent / "cobuild")]
    deliveries = [str(ROOT / "seed_data" / name) for name in ("divisions", "chengdong")]
    subprocess.run([*command, "load", *deliveries], env=environment, check=True, stdout=subprocess.DEVNULL)
    service = subprocess.Popen([*command, "run"], env=environment, stdout=subprocess.DEVNULL)
    found = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                if httpx.get(f"{found}/health/ready").status_code == 200:
                    break
            except httpx.TransportError:
                assert service.poll() is None
            time.sleep(0.1)
        yield found
    finally:
        service.terminate()
        service.wait(30)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_no_request_breaks_the_service(address: str, mode: GenerationMode) -> None:
    """Every operation answers, refuses or does not find; it never fails, and says what it is."""
    schema = schemathesis.openapi.from_url(f"{address}/openapi.json")
    asked: dict[str, int] = {}
    with httpx.Client(base_url=address, timeout=60) as client:
        for result in schema.get_all_operations():
            operation = result.ok()
            if operation.path.endswith("/stream"):
                continue  # it has no end; tests/api/test_changes.py asks it

            @settings(
                max_examples=EACH,
                deadline=None,
                derandomize=True,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(case=operation.as_strategy(generation_mode=mode))
            def ask(case: Any) -> None:
                request = case.as_transport_kwargs(base_url=address)
                request.pop("cookies", None)
                if isinstance(request.get("data"), (bytes, str)):
                    request["content"] = request.pop("data")
                response = client.request(**request)
                shown = (case.method, case.formatted_path, request, response.text[:500])
                assert response.status_code < 500, shown
                if response.status_code >= 400:
                    assert response.headers["content-type"] == "application/problem+json", shown
                name = f"{case.method} {case.operation.path}"
                asked[name] = asked.get(name, 0) + 1

            with suppress(Unsatisfiable):  # nothing can be wrong where there is no parameter
                ask()
    assert len(asked) > 60
