"""The server itself: connections that send half a request, headers of strangers, what is logged."""

from __future__ import annotations

import asyncio
import logging
import logging.config
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.http.gate import MOST_BODY
from cli.connections import HEAD_SECONDS, MOST_HEAD, bounded
from cli.logs import ACCESS, SERVICE, log_config
from graph.settings import Settings
from tests.cli.serving import served

HELLO = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
RESET = b"reset"
"""Where the other side closed while we were still sending, its last words may be lost."""
SHORT = {"head_seconds": 0.5, "body_seconds": 0.5}


@pytest.fixture
def quiet() -> Iterator[None]:
    """Puts the loggers back that a server's configuration changes."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    for name in ("cobuild.access", "cobuild.api"):
        logging.getLogger(name).handlers.clear()
    root.handlers[:], level = before
    root.setLevel(level)


async def answer_to(port: int, *parts: bytes, pause: float = 0.0) -> bytes:
    """What comes back until the other side closes the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause)
        return await asyncio.wait_for(reader.read(), 30)
    except ConnectionError:
        return RESET
    finally:
        writer.close()


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize(
    "parts",
    [
        [],
        [b"GET /health/live HT"],
        [b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n", *[b"X-A: b\r\n"] * 8],
        [b"\r\n"] * 8,
        [HELLO, *[b"\r\n"] * 8],
        [b"POST /api/v1/cypher HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n", *[b"{"] * 8],
        [b"POST /health/live HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n", *[b"{"] * 8],
    ],
    ids=["nothing", "half a line", "headers", "blank lines", "blank lines after", "body", "body not read"],
)
async def test_half_a_request_is_not_waited_for(parts: list[bytes]) -> None:
    """However slowly bytes come, the connection ends in time; and others are answered meanwhile."""
    async with served(**SHORT) as (server, port):
        waiting = asyncio.create_task(answer_to(port, *parts, pause=0.1))
        await asyncio.sleep(0.1)
        assert b"200 OK" in await answer_to(
            port, HELLO.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
        )
        answer = await waiting
        if len(parts) < 2:
            assert b" 408 " in answer
        assert answer == RESET or b" 408 " in answer or b"200 OK" in answer or b" 405 " in answer, answer
        await asyncio.sleep(0.1)
        assert not server.server_state.connections


@pytest.mark.usefixtures("quiet")
async def test_whole_requests_are_answered_one_after_the_other() -> None:
    """The deadlines of one request end with it: a connection may live longer than they are."""
    async with served(**SHORT) as (_, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(6):
            writer.write(HELLO)
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 20)
            assert b"200 OK" in head
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            await reader.readexactly(length)
            await asyncio.sleep(0.2)
        writer.close()


@pytest.mark.usefixtures("quiet")
async def test_a_slow_answer_is_not_cut() -> None:
    """The deadlines are for what a caller sends, not for what a question takes."""

    async def slow(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(1.2)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"connection", b"close")]})
        await send({"type": "http.response.body", "body": b"done"})

    async with served(slow, **SHORT) as (_, port):
        assert (await answer_to(port, HELLO)).endswith(b"done\r\n0\r\n\r\n")


@pytest.mark.usefixtures("quiet")
async def test_a_head_without_end_is_refused() -> None:
    """By its size, before its time is over."""
    async with served() as (_, port):
        parts = [b"GET / HTTP/1.1\r\nHost: localhost\r\n", *[b"X-A: " + b"b" * 8192 + b"\r\n"] * 10]
        assert MOST_HEAD < 10 * 8192
        begun = asyncio.get_running_loop().time()
        answer = await answer_to(port, *parts)
        assert answer == RESET or b" 431 " in answer
        assert asyncio.get_running_loop().time() - begun < HEAD_SECONDS


@pytest.mark.usefixtures("quiet")
async def test_one_address_takes_not_all_connections() -> None:
    """Above its share it is not answered; above the whole no one is; both end when others close."""
    async with served(most=6, most_of_one=3) as (_, port):
        held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
        assert b"200 OK" not in await answer_to(port, HELLO)
        for _, writer in held:
            writer.close()
        await asyncio.sleep(0.2)
        assert b"200 OK" in await answer_to(
            port, HELLO.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
        )
    proxy = Settings(port=0, proxies="127.0.0.0/8")
    async with served(settings=proxy, most=6, most_of_one=3) as (_, port):
        held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(5)]
        assert b"200 OK" in await answer_to(
            port, HELLO.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
        )
        for _, writer in held:
            writer.close()


@pytest.mark.usefixtures("quiet")
async def test_the_server_believes_no_header_of_a_stranger() -> None:
    """A caller on this machine cannot say from where it asks, unless it is a configured proxy."""
    seen: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["client"][0])
        await send({"type": "http.response.start", "status": 204, "headers": [(b"connection", b"close")]})
        await send({"type": "http.response.body", "body": b""})

    async with served(app) as (_, port):
        await answer_to(port, HELLO.replace(b"\r\n\r\n", b"\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n"))
    assert seen == ["127.0.0.1"]


@pytest.mark.usefixtures("quiet")
async def test_logs_hold_no_personal_data(tmp_path: Path) -> None:
    """Neither a name in an address nor one in an exception is in a file; route, status, type are."""
    name = "张三"

    settings = Settings(port=0, logs=tmp_path / "logs")
    app = create_app(settings)

    async def fail(where: str) -> None:
        raise KeyError(f"{name} {where}")

    app.router.add_api_route("/fail/{where}", fail)
    quoted = "%E5%BC%A0%E4%B8%89"
    async with served(app, settings=settings) as (_, port):
        for path in (f"/health/live?q={quoted}", f"/fail/{quoted}?q={quoted}", f"/{quoted}"):
            asked = HELLO.replace(b"/health/live", path.encode()).replace(
                b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"
            )
            await answer_to(port, asked)
        await answer_to(port, b"nonsense " + quoted.encode() + b"\r\n\r\n")
    logging.shutdown()
    access = (tmp_path / "logs" / ACCESS).read_text("utf-8")
    service = (tmp_path / "logs" / SERVICE).read_text("utf-8")
    assert "GET /health/live 4" in access
    assert "GET /fail/{where} 500" in access
    assert "GET - 404" in access
    assert "KeyError" in service
    assert "in fail" in service
    for text in (access, service):
        assert name not in text
        assert quoted not in text
    for file in (ACCESS, SERVICE):
        assert stat.S_IMODE((tmp_path / "logs" / file).stat().st_mode) == 0o600


@pytest.mark.usefixtures("quiet")
def test_logs_are_rotated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is full is put aside; of old ones only so many stay."""
    monkeypatch.setattr("cli.logs.FILE_BYTES", 500)
    monkeypatch.setattr("cli.logs.FILES", 3)
    logging.config.dictConfig(log_config(tmp_path))
    for number in range(100):
        logging.getLogger("cobuild.access").info("GET /x 200 %s", number)
    logging.shutdown()
    assert len(list(tmp_path.glob(f"{ACCESS}*"))) == 3


def test_a_body_may_take_its_time() -> None:
    """The largest body that is accepted comes in its time on a line of 0.3 Mbit/s."""
    assert MOST_BODY / bounded([]).body_seconds < 0.3 * 1_000_000 / 8
