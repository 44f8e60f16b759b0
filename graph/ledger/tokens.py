"""Tokens of an identity provider (OpenID Connect): checked with its published keys.

The only importer of `jwt`. The keys come from a file (an intranet's provider may be reached by
nobody else) or from an address, which is asked again only for a key that is not known yet.
"""

from __future__ import annotations

import asyncio
import json
import logging
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
    """The provider that is trusted: who issues, for whom, and which claims tell role and area."""

    def __init__(self, issuer: str, audience: str, keys: str, *, role_claim: str, area_claim: str) -> None:
        self._issuer = issuer
        self._audience = audience
        self._claims = role_claim, area_claim
        self._client: PyJWKClient | None = None
        self._set: PyJWKSet | None = None
        if keys.startswith(("https://", "http://")):
            self._client = PyJWKClient(keys, cache_keys=True, timeout=5)
        else:
            self._set = _read_keys(Path(keys))

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
        except (ValueError, KeyError):
            LOG.warning("token refused: not a token, or no key of the provider is named")
        return None

    def _check(self, token: str) -> Caller:
        found: dict[str, Any] = jwt.decode(
            token,
            self._key(token),
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

    def _key(self, token: str) -> PyJWK:
        if self._client is not None:
            return self._client.get_signing_key_from_jwt(token)
        assert self._set is not None
        return self._set[jwt.get_unverified_header(token)["kid"]]


def _role(claims: Mapping[str, Any], name: str) -> Role:
    """The one known role of a claim; providers send it as a text or among others in a list."""
    given = claims.get(name)
    known = {Role(r) for r in (given if isinstance(given, list) else [given]) if r in {*map(str, Role)}}
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
