"""The log-in at an identity provider: a code is worth a token only to who asked for it."""

from __future__ import annotations

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from graph.ledger.provider import LogInRefused, Provider, ProviderUnavailable
from graph.ledger.roles import Role
from graph.ledger.tokens import Tokens
from tests.ledger.identity import AUDIENCE, Identity, answering

BACK = "http://127.0.0.1:8000/"
VERIFIER = secrets.token_urlsafe(48)


@pytest.fixture
def identity() -> Iterator[Identity]:
    """A provider that answers."""
    with answering() as found:
        yield found


def provider(identity: Identity, secret: str | None = None) -> Provider:
    """The service's side of it."""
    address = identity.address
    claims = {"role_claim": "cobuild_role", "area_claim": "cobuild_area"}
    return Provider(address, "cobuild", secret, Tokens(address, AUDIENCE, f"{address}/keys", **claims))


def begin(identity: Identity, nonce: str = "n-1") -> str:
    """A code, as the page gets it."""
    digest = urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
    where = identity.authorize(
        {
            "response_type": "code",
            "client_id": "cobuild",
            "redirect_uri": BACK,
            "state": "s-1",
            "nonce": nonce,
            "code_challenge": digest,
            "code_challenge_method": "S256",
        }
    )
    return parse_qs(urlsplit(where).query)["code"][0]


@pytest.mark.parametrize("opaque", [True, False])
async def test_a_code_is_exchanged_for_a_token_that_holds(identity: Identity, opaque: bool) -> None:
    """The access token where it says who, else the ID token; with its role, area and time."""
    identity.opaque = opaque
    granted = await provider(identity).exchange(begin(identity), VERIFIER, BACK, "n-1")
    assert (granted.caller.role, granted.caller.area) == (Role.analyst, "990101001001")
    assert granted.caller.name == f"{identity.address}#u-17"
    assert 290 <= granted.seconds <= 300


async def test_a_code_is_worth_nothing_to_another(identity: Identity) -> None:
    """Used before, with another verifier, or for another address, whoever brings it."""
    there = provider(identity)
    used = begin(identity)
    await there.exchange(used, VERIFIER, BACK, "n-1")
    for code, verifier, back in (
        (used, VERIFIER, BACK),
        (begin(identity), secrets.token_urlsafe(48), BACK),
        (begin(identity), VERIFIER, "http://127.0.0.1:9000/"),
    ):
        with pytest.raises(LogInRefused):
            await there.exchange(code, verifier, back, "n-1")


async def test_an_identity_of_another_log_in_is_refused(
    identity: Identity, caplog: pytest.LogCaptureFixture
) -> None:
    """Its nonce is not the one that was sent."""
    identity.nonce = "n-other"
    with pytest.raises(LogInRefused):
        await provider(identity).exchange(begin(identity), VERIFIER, BACK, "n-1")
    assert caplog.messages == ["token refused: its nonce is not that of the log-in"]


@pytest.mark.parametrize("claims", [{"cobuild_role": "king"}, {"aud": "other"}, {"exp": 1.0}])
async def test_a_token_that_does_not_hold_is_no_log_in(identity: Identity, claims: dict[str, Any]) -> None:
    """What opens nothing afterwards is refused at once."""
    identity.claims = claims
    with pytest.raises(LogInRefused):
        await provider(identity).exchange(begin(identity), VERIFIER, BACK, "n-1")


async def test_a_log_in_is_renewed_once_by_what_was_given(identity: Identity) -> None:
    """The provider gives the next renewal with each; the one before is used up."""
    there = provider(identity)
    first = await there.exchange(begin(identity), VERIFIER, BACK, "n-1")
    assert first.renewal is not None
    second = await there.renew(first.renewal)
    assert second.caller == first.caller
    assert second.renewal not in (None, first.renewal)
    with pytest.raises(LogInRefused):
        await there.renew(first.renewal)


async def test_a_client_with_a_secret_sends_it(identity: Identity, caplog: pytest.LogCaptureFixture) -> None:
    """Without it the provider refuses, and the log has its word for that and nothing else."""
    identity.secret = "示例口令"
    assert await provider(identity, "示例口令").exchange(begin(identity), VERIFIER, BACK, "n-1")
    code = begin(identity)
    with pytest.raises(LogInRefused):
        await provider(identity).exchange(code, VERIFIER, BACK, "n-1")
    assert caplog.messages == ["log-in refused: the provider answers 401, invalid_client"]


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"issuer": "https://other.example"}, "another issuer"),
        ({"authorization_endpoint": None}, "authorization_endpoint"),
        ({"token_endpoint": "file:///etc/hosts"}, "token_endpoint"),
    ],
)
async def test_a_provider_that_is_not_itself_is_told(
    identity: Identity, wrong: dict[str, Any], word: str
) -> None:
    """Its discovery document names another issuer, or lacks an address."""
    identity.discovery = wrong
    with pytest.raises(ProviderUnavailable, match=word):
        await provider(identity).page()


async def test_a_provider_that_is_away_is_told() -> None:
    """The page is told to use a key meanwhile; its addresses are asked for again when it is back."""
    with answering() as identity:
        there = provider(identity)
    with pytest.raises(ProviderUnavailable, match="密钥"):
        await there.page()


async def test_the_addresses_are_read_once(identity: Identity) -> None:
    """Not for every log-in."""
    there = provider(identity)
    for _ in range(3):
        assert await there.page() == f"{identity.address}/authorize"
    assert identity.asked == ["/.well-known/openid-configuration"]
