"""Tokens of an identity provider (OpenID Connect): checked with its published keys.

The only importer of `jwt`. The keys come from a file (an intranet's provider may be reached by
no one else) or from an address. They are read anew when they are older than a bound, and an address
also for a key that is not known yet: what the provider withdrew holds no longer. Where they cannot
be read anew, no token is accepted.
"""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jwt
from jwt import PyJWK, PyJWKClient, PyJWKSet

from graph.errors import EnvironmentFault
from graph.ledger.roles import Caller, Role

LOG = logging.getLogger("cobuild.ledger")
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
"""Signatures with a public key; one with a shared secret would let the checking side sign too."""
LEEWAY = 30.0
"""Seconds by which two clocks may differ."""
KEYS_AGE = 300
"""Seconds after which keys are read anew, unless a setting says otherwise."""
PATIENCE = 5.0
"""Seconds to wait for the provider; and, when it did not answer, until it is asked again."""


class _Refused(Exception):
    """A signed token that says too little or too much; the text names claims, never their values."""


_CAUSES: Mapping[type[Exception], str] = {
    jwt.ExpiredSignatureError: "it has expired",
    jwt.ImmatureSignatureError: "it does not hold yet",
    jwt.InvalidIssuerError: "another issuer",
    jwt.InvalidAudienceError: "another audience",
    jwt.InvalidSignatureError: "the signature is not the provider's",
    jwt.InvalidAlgorithmError: "a signature of a kind that is not accepted",
    jwt.MissingRequiredClaimError: "a claim is missing (exp, iss, aud, sub)",
    jwt.PyJWKClientConnectionError: "the provider's keys cannot be fetched",
    jwt.PyJWKClientError: "its key is not among the provider's",
}


class Tokens:
    """The provider that is trusted: who issues, for whom, and which claims give role and area."""

    def __init__(
        self,
        issuer: str,
        audience: str,
        keys: str,
        *,
        role_claim: str,
        area_claim: str,
        keys_age: float = KEYS_AGE,
    ) -> None:
        self._issuer = issuer
        self._audience = audience
        self._claims = role_claim, area_claim
        web = keys.startswith(("https://", "http://"))
        self._keys = _Web(keys, keys_age) if web else _File(Path(keys), keys_age)

    async def find_caller(self, token: str) -> Caller | None:
        """Who the token was issued to; None where anything about it does not hold.

        A token without exactly one known role is refused: roles are given, never assumed. The log
        says why a token was refused, and nothing of what is in it.
        """
        try:
            return await asyncio.to_thread(self._check, token)
        except _Refused as error:
            LOG.warning("token refused: %s", error)
        except jwt.PyJWTError as error:
            LOG.warning("token refused: %s", _CAUSES.get(type(error), type(error).__name__))
        except EnvironmentFault:
            LOG.warning("token refused: the file of the provider's keys cannot be read")
        except (ValueError, KeyError):
            LOG.warning("token refused: not a token, or no key of the provider is named")
        return None

    def _check(self, token: str) -> Caller:
        found: dict[str, Any] = jwt.decode(
            token,
            self._keys.of(token),
            algorithms=list(ALGORITHMS),
            issuer=self._issuer,
            audience=self._audience,
            leeway=LEEWAY,
            options={"require": ["exp", "iss", "aud", "sub"]},
        )
        role_claim, area_claim = self._claims
        area = _area(found, area_claim)
        subject, shown = str(found["sub"]), found.get("preferred_username")
        if not subject.strip() or not subject.isprintable():
            raise _Refused("sub is empty or has control characters")
        if shown is not None and not (isinstance(shown, str) and shown.isprintable()):
            raise _Refused("preferred_username is no text, or has control characters")
        identity = f"{self._issuer}#{subject}"
        return Caller(identity, _role(found, role_claim), area, via="token", shown=shown or None)


def claims_of(token: str) -> dict[str, Any]:
    """The claims of a token that was found good before."""
    found: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return found


class _File:
    """Keys in a file, replaced by those who look after the service."""

    def __init__(self, path: Path, age: float) -> None:
        self._path = path
        self._age = age
        self._read = time.monotonic()
        self._set = _read_keys(path)

    def of(self, token: str) -> PyJWK:
        if time.monotonic() - self._read >= self._age:
            self._set = _read_keys(self._path)
            self._read = time.monotonic()
        return self._set[jwt.get_unverified_header(token)["kid"]]


class _Web:
    """Keys at an address. While it does not answer, it is asked once in a while, not for each token."""

    def __init__(self, address: str, age: float) -> None:
        # Without its second cache, from which a withdrawn key never goes.
        self._client = PyJWKClient(address, cache_keys=False, lifespan=age, timeout=PATIENCE)
        self._lock = threading.Lock()
        self._failed: float | None = None

    def of(self, token: str) -> PyJWK:
        with self._lock:
            if self._failed is not None and time.monotonic() - self._failed < PATIENCE:
                raise jwt.PyJWKClientConnectionError("asked a moment ago")
            try:
                key = self._client.get_signing_key_from_jwt(token)
            except jwt.PyJWKClientConnectionError:
                self._failed = time.monotonic()
                raise
            self._failed = None
            return key


def _role(claims: Mapping[str, Any], name: str) -> Role:
    """The one known role of a claim; providers send it as a text or among others in a list."""
    given = claims.get(name)
    texts = [r for r in (given if isinstance(given, list) else [given]) if isinstance(r, str)]
    known = {Role(r) for r in texts if r in {*map(str, Role)}}
    if len(known) != 1:
        how = "no known role" if not known else "several known roles"
        raise _Refused(f"{how} in the claim {name}")
    return known.pop()


def _area(claims: Mapping[str, Any], name: str) -> str | None:
    """The area of a claim; None only where there is no such claim."""
    if name not in claims:
        return None
    area = claims[name]
    if not isinstance(area, str) or not area.strip() or not area.isprintable():
        raise _Refused(f"the claim {name} is there and names no area")
    return area


def _read_keys(path: Path) -> PyJWKSet:
    try:
        return PyJWKSet.from_dict(dict(json.loads(path.read_text("utf-8"))))
    except (OSError, ValueError, TypeError, jwt.PyJWTError) as error:
        raise EnvironmentFault(
            f"COBUILD_OIDC_KEYS 指向的公钥文件 {path} 无法读取：{error}。",
            f"the keys in {path}, named by COBUILD_OIDC_KEYS, cannot be read: {error}.",
            subject="COBUILD_OIDC_KEYS",
        ) from None
