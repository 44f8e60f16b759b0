"""Tokens: only what the provider signed, for us, in time, with a role, is someone."""

from __future__ import annotations

import asyncio
import hmac
import json
import socket
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from graph.errors import BadParameter, EnvironmentFault
from graph.ledger import Ledger
from graph.ledger.roles import Caller, Role
from graph.ledger.tokens import Tokens
from tests.ledger.identity import AUDIENCE, EC_KEY, ISSUER, RSA_KEY, WHO, claims, key_set, signed

STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def tokens(tmp_path: Path) -> Tokens:
    """A provider whose keys are in a file."""
    (tmp_path / "keys.json").write_text(json.dumps(key_set()), "utf-8")
    return provider(str(tmp_path / "keys.json"))


def provider(keys: str, **more: Any) -> Tokens:
    """The provider, with its keys from somewhere."""
    return Tokens(ISSUER, AUDIENCE, keys, role_claim="cobuild_role", area_claim="cobuild_area", **more)


@pytest.mark.parametrize(("key", "kid", "algorithm"), [(RSA_KEY, "r", "RS256"), (EC_KEY, "e", "ES256")])
async def test_a_good_token_is_somebody(tokens: Tokens, key: Any, kid: str, algorithm: str) -> None:
    """Name, role and area are those of its claims."""
    expected = Caller(WHO, Role.analyst, "990101001001", via="token", shown="示例科")
    assert await tokens.find_caller(signed(key, kid, algorithm)) == expected


async def test_without_a_name_or_an_area(tokens: Tokens) -> None:
    """Issuer and subject are the identity; no area is everywhere."""
    found = await tokens.find_caller(signed(preferred_username=None, cobuild_area=None))
    assert found == Caller(WHO, Role.analyst, None, via="token")


async def test_a_shown_name_is_nobodys_identity(tokens: Tokens) -> None:
    """Two subjects that call themselves the same, or like an account, are two callers."""
    one = await tokens.find_caller(signed(preferred_username="analyst-everywhere"))
    two = await tokens.find_caller(signed(preferred_username="analyst-everywhere", sub="u-18"))
    assert one is not None
    assert two is not None
    assert len({one.name, two.name, "analyst-everywhere"}) == 3
    assert one.signature == f"analyst-everywhere，{WHO}"


async def test_no_account_is_called_like_a_token(tmp_path: Path) -> None:
    """An account's name never equals the identity of a token."""
    ledger = Ledger(tmp_path)
    try:
        with pytest.raises(BadParameter, match="name"):
            await ledger.accounts.add(WHO, Role.analyst, None, by="test")
    finally:
        await ledger.close()


@pytest.mark.parametrize("roles", [["analyst"], ["offline_access", "analyst", 7, None, {"roles": []}, []]])
async def test_a_role_may_come_in_a_list(tokens: Tokens, roles: list[Any]) -> None:
    """As common providers send it, among roles of other services."""
    found = await tokens.find_caller(signed(cobuild_role=roles))
    assert found is not None
    assert found.role is Role.analyst


def with_public_key_as_secret() -> str:
    """The old trick: a shared-secret signature, with the published key as the secret."""
    secret = RSA_KEY.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    parts = [{"alg": "HS256", "typ": "JWT", "kid": "r"}, claims()]
    text = b".".join(urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts)
    mark = urlsafe_b64encode(hmac.digest(secret, text, "sha256")).rstrip(b"=")
    return (text + b"." + mark).decode()


# Each is made when its test runs: a token made at collection would have expired before some tests.
BAD: dict[str, Callable[[], str]] = {
    "expired": lambda: signed(exp=time.time() - 60),
    "no expiry": lambda: signed(exp=None),
    "not yet": lambda: signed(nbf=time.time() + 300),
    "another issuer": lambda: signed(iss="https://other.example"),
    "no issuer": lambda: signed(iss=None),
    "another audience": lambda: signed(aud="other"),
    "no audience": lambda: signed(aud=None),
    "no subject": lambda: signed(sub=None),
    "unknown key": lambda: signed(STRANGER, "s"),
    "signed by a stranger": lambda: signed(STRANGER, "r"),
    "unsigned": lambda: jwt.encode(claims(), None, algorithm="none", headers={"kid": "r"}),
    "shared secret": with_public_key_as_secret,
    "no role": lambda: signed(cobuild_role=None),
    "unknown role": lambda: signed(cobuild_role="king"),
    "two roles in a list": lambda: signed(cobuild_role=["analyst", "administrator"]),
    "no known role in a list": lambda: signed(cobuild_role=["king"]),
    "empty list of roles": lambda: signed(cobuild_role=[]),
    "an object of roles": lambda: signed(cobuild_role={"roles": ["analyst"]}),
    "a list in the list of roles": lambda: signed(cobuild_role=[["analyst"]]),
    "empty area": lambda: signed(cobuild_area=""),
    "blank area": lambda: signed(cobuild_area="  "),
    "control character in the subject": lambda: signed(sub="u-17\x1b[2J"),
    "empty subject": lambda: signed(sub=""),
    "control character in the name": lambda: signed(preferred_username="示例\n科"),
    "area that is no text": lambda: signed(cobuild_area=["990101001001"]),
    "no key named": lambda: jwt.encode(claims(), RSA_KEY, algorithm="RS256"),
    "changed": lambda: signed()[:-8] + "AAAAAAAA",
    "not a token": lambda: "a.b.c",
    "nothing": lambda: "",
}


@pytest.mark.parametrize("make", BAD.values(), ids=BAD)
async def test_anything_else_is_nobody(
    tokens: Tokens, make: Callable[[], str], caplog: pytest.LogCaptureFixture
) -> None:
    """One thing wrong is enough, and without it the token is good; the log names the cause alone."""
    token = make()
    assert await tokens.find_caller(token) is None
    (line,) = caplog.messages
    assert line.startswith("token refused: ")
    assert not any(v in line for v in (token, "u-17", "示例", "king", "990101001001") if v)
    assert await tokens.find_caller(signed()) is not None


@contextmanager
def published(keys: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """The keys at an address on this machine, and which paths were asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            body = json.dumps(keys).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name there
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/keys", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


async def test_keys_from_an_address_are_asked_for_once() -> None:
    """And again only for a key that is not known."""
    with published(key_set()) as (address, asked):
        tokens = provider(address)
        for _ in range(3):
            assert await tokens.find_caller(signed()) is not None
        assert len(asked) == 1
        assert await tokens.find_caller(signed(STRANGER, "s")) is None


async def test_a_key_that_the_provider_withdrew_holds_no_longer() -> None:
    """Once the keys are older than the bound they are read anew, from an address."""
    keys = key_set()
    with published(keys) as (address, asked):
        tokens = provider(address, keys_age=0.2)
        assert await tokens.find_caller(signed()) is not None
        del keys["keys"][0]
        await asyncio.sleep(0.3)
        assert await tokens.find_caller(signed()) is None
        assert await tokens.find_caller(signed(EC_KEY, "e", "ES256")) is not None
        assert len(asked) >= 2


async def test_a_key_that_left_the_file_holds_no_longer(tmp_path: Path) -> None:
    """The file is read anew too; while it cannot be read no one is admitted, and the log says why."""
    path, keys = tmp_path / "keys.json", key_set()
    path.write_text(json.dumps(keys), "utf-8")
    tokens = provider(str(path), keys_age=0.0)
    assert await tokens.find_caller(signed()) is not None
    path.write_text(json.dumps({"keys": keys["keys"][1:]}), "utf-8")
    assert await tokens.find_caller(signed()) is None
    assert await tokens.find_caller(signed(EC_KEY, "e", "ES256")) is not None
    path.unlink()
    assert await tokens.find_caller(signed(EC_KEY, "e", "ES256")) is None


async def test_keys_older_than_the_bound_admit_nobody(caplog: pytest.LogCaptureFixture) -> None:
    """While the provider is away, what it may have withdrawn meanwhile is not trusted."""
    with published(key_set()) as (address, _):
        tokens = provider(address, keys_age=0.2)
        assert await tokens.find_caller(signed()) is not None
    await asyncio.sleep(0.3)
    for _ in range(2):
        assert await tokens.find_caller(signed()) is None
    assert caplog.messages == ["token refused: the provider's keys cannot be fetched"] * 2


async def test_a_provider_that_does_not_answer_is_not_asked_for_every_token(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Tokens without end would otherwise each wait for it, and so would the good ones."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setattr("graph.ledger.tokens.PATIENCE", 0.5)
        tokens = provider(f"http://127.0.0.1:{silent.getsockname()[1]}/keys")
        monkeypatch.setattr("graph.ledger.tokens.PATIENCE", 600.0)
        found = await asyncio.gather(*(tokens.find_caller(signed()) for _ in range(20)))
        assert found == [None] * 20
        silent.settimeout(5.0)
        silent.accept()[0].close()
        silent.settimeout(0.2)
        with pytest.raises(TimeoutError):
            silent.accept()


async def test_a_provider_that_is_away_admits_nobody() -> None:
    """No keys, no proof."""
    assert await provider("http://127.0.0.1:9/keys").find_caller(signed()) is None


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"keys": []}'])
def test_a_wrong_file_of_keys_is_told(tmp_path: Path, content: str) -> None:
    """When the service starts, not at the first token."""
    (tmp_path / "keys.json").write_text(content, "utf-8")
    with pytest.raises(EnvironmentFault, match="COBUILD_OIDC_KEYS"):
        provider(str(tmp_path / "keys.json"))
    with pytest.raises(EnvironmentFault, match="COBUILD_OIDC_KEYS"):
        provider(str(tmp_path / "missing.json"))
