"""The proxies of docs/operations.md, as they are written there: what they pass on, and what they end."""

from __future__ import annotations

import asyncio
import re
import shutil
import ssl
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from tests.cli.ports import free_port

DOCS = Path(__file__).parents[1] / "docs" / "operations.md"
NAME = "cobuild.intranet"
SECRET = "/api/v1/nodes/p-990101-0001"
"""What no log of a proxy may hold: whom somebody asked for."""
PASSED = {"Authorization": "Bearer a-key", "Cobuild-Reason": "%E5%A4%8D%E6%A0%B8", "If-None-Match": '"7"'}
PAUSE = 1.0
REFUSED = {"nginx": {413}, "caddy": {413, 502}}
"""A body that is too large; Caddy 2.6 says 502."""


def example(language: str) -> str:
    """The block of the docs in a language."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    return str(found)


def replaced(text: str, *changes: tuple[str, str]) -> str:
    """The example for this machine: its ports, its certificate, waits that a test can wait for."""
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    return text


async def echo(scope: dict[str, Any], receive: Callable[[], Any], send: Callable[[Any], Any]) -> None:
    """Answers with the headers that arrive, and `/slow` in two parts with a pause between."""
    if scope["type"] != "http":
        return
    while (await receive()).get("more_body"):
        pass
    lines = b"\n".join(name + b": " + value for name, value in scope["headers"])
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": lines + b"\n", "more_body": True})
    if scope["path"] == "/slow":
        await asyncio.sleep(PAUSE)
    await send({"type": "http.response.body", "body": b"end"})


@asynccontextmanager
async def backend() -> AsyncIterator[int]:
    """The echo on this machine; its port."""
    server = uvicorn.Server(uvicorn.Config(echo, port=0, log_level="error", lifespan="off"))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event
        await asyncio.sleep(0.02)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        await serving


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of the example's name, signed by itself, and its key."""
    folder = tmp_path_factory.mktemp("certificate")
    pem, key = folder / "cobuild.pem", folder / "cobuild.key"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    command += ["-nodes", "-days", "2", "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    subprocess.run([*command, "-keyout", str(key), "-out", str(pem)], check=True, capture_output=True)
    return pem, key


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Callable[..., None]]:
    """Starts a proxy in the foreground, and ends it."""
    running: list[subprocess.Popen[bytes]] = []

    def start(*command: str) -> None:
        home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "PATH": "/usr/sbin:/usr/bin:/bin"}
        with (tmp_path / "out.log").open("wb") as out:
            running.append(subprocess.Popen(command, stdout=out, stderr=out, env=home))

    yield start
    for process in running:
        process.terminate()
        process.wait(10)


def nginx(port: int, to: int, certificate: tuple[Path, Path], folder: Path) -> tuple[str, ...]:
    """The command that runs the example of nginx."""
    pem, key = certificate
    http = replaced(
        example("nginx"),
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("/etc/nginx/cobuild.pem", str(pem)),
        ("/etc/nginx/cobuild.key", str(key)),
        ("/var/log/nginx/cobuild.log", f"{folder}/access.log"),
        ("/var/log/nginx/cobuild.error.log", f"{folder}/server.log"),
        ("http://127.0.0.1:8000", f"http://127.0.0.1:{to}"),
        ("client_header_timeout 10s", "client_header_timeout 1s"),
    )
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = folder / "nginx.conf"
    config.write_text(
        f"daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{\n{temporary}{http}\n}}\n",
        encoding="utf-8",
    )
    return "nginx", "-e", f"{folder}/error.log", "-c", str(config)


def caddy(port: int, to: int, certificate: tuple[Path, Path], folder: Path) -> tuple[str, ...]:
    """The command that runs the example of Caddy."""
    pem, key = certificate
    text = replaced(
        example("caddy"),
        ("cobuild.intranet {", f"https://cobuild.intranet:{port} {{\n  bind 127.0.0.1"),
        ("/etc/caddy/cobuild.pem", str(pem)),
        ("/etc/caddy/cobuild.key", str(key)),
        ("127.0.0.1:8000", f"127.0.0.1:{to}"),
        ("read_header 10s", "read_header 1s"),
    )
    config = folder / "Caddyfile"
    config.write_text(text.replace("{\n", "{\n  admin off\n  auto_https off\n", 1), encoding="utf-8")
    return "caddy", "run", "--adapter", "caddyfile", "--config", str(config)


@pytest.mark.parametrize("proxy", [nginx, caddy])
async def test_a_proxy_as_documented_passes_on_what_it_must(
    proxy: Callable[..., tuple[str, ...]],
    certificate: tuple[Path, Path],
    started: Callable[..., None],
    tmp_path: Path,
) -> None:
    """Keys, reasons and ETags arrive, forged addresses do not, rows stream, no log tells whom."""
    if shutil.which(proxy.__name__, path="/usr/sbin:/usr/bin") is None:
        pytest.skip(f"{proxy.__name__} is not installed.")
    trust = ssl.create_default_context(cafile=str(certificate[0]))
    port = free_port()
    async with backend() as to:
        started(*proxy(port, to, certificate, tmp_path))
        async with httpx.AsyncClient(verify=trust, headers={"Host": f"{NAME}:{port}"}) as client:
            address, name = f"https://127.0.0.1:{port}", {"extensions": {"sni_hostname": NAME}}
            await _until_up(port)
            got = await client.get(
                address + SECRET, headers={**PASSED, "X-Forwarded-For": "10.9.9.9"}, **name
            )
            arrived = dict(line.split(": ", 1) for line in got.text.splitlines() if ": " in line)
            assert {k: arrived.get(k.lower()) for k in PASSED} == PASSED
            assert arrived["x-forwarded-for"] == "127.0.0.1"
            async with client.stream("GET", address + "/slow", **name) as answer:
                parts = answer.aiter_raw()
                await anext(parts)
                first = time.monotonic()
                assert b"end" in b"".join([part async for part in parts])
            assert time.monotonic() - first > PAUSE / 2, "the first part waited for the last"
            refused = await client.post(address + SECRET, content=b"x" * 1_500_000, **name)
            assert refused.status_code in REFUSED[proxy.__name__]
        reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=trust, server_hostname=NAME)
        writer.write(b"GET / HTTP/1.1\r\nHost: ")
        begun = time.monotonic()
        await asyncio.wait_for(reader.read(), 8)
        assert time.monotonic() - begun < 6
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
    assert SECRET not in logged(tmp_path)


def logged(folder: Path) -> str:
    """All that a proxy wrote."""
    found = [path.read_text(encoding="utf-8", errors="replace") for path in folder.rglob("*.log")]
    assert found
    return "\n".join(found)


async def _until_up(port: int) -> None:
    for _ in range(200):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            await writer.wait_closed()
            return
    pytest.fail("the proxy did not start")
