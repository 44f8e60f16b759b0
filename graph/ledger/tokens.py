"""Tokens of an identity provider (OpenID Connect): checked with its published keys.

The only importer of `jwt`. The keys come from a file (an intranet's provider may be reached by
nobody else) or from an address, which is asked again only for a key that is not known yet.
"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import jwt
from jwt import PyJWK, PyJWKClient, PyJWKSet

from graph.errors import EnvironmentFault
from graph.ledger.roles import Caller, Role

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
"""Signatures with a public key; one with a shared secret would let whoever checks also sign."""
LEEWAY = 30.0
"""Seconds by which two clocks may differ."""


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

        A token without a known role is nobody's: roles are given, never assumed.
        """
        try:
            return await asyncio.to_thread(self._check, token)
        except (jwt.PyJWTError, ValueError, KeyError):
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
        role, area = (found.get(claim) for claim in self._claims)
        if area is not None and not isinstance(area, str):
            raise ValueError("an area is a text")
        name = str(found.get("preferred_username") or found["sub"])
        return Caller(name, Role(str(role)), area or None, via="token")

    def _key(self, token: str) -> PyJWK:
        if self._client is not None:
            return self._client.get_signing_key_from_jwt(token)
        assert self._set is not None
        return self._set[jwt.get_unverified_header(token)["kid"]]


def _read_keys(path: Path) -> PyJWKSet:
    try:
        return PyJWKSet.from_dict(dict(json.loads(path.read_text("utf-8"))))
    except (OSError, ValueError, TypeError, jwt.PyJWTError) as error:
        raise EnvironmentFault(
            f"COBUILD_OIDC_KEYS 指向的公钥文件 {path} 无法读取：{error}。",
            f"the keys in {path}, named by COBUILD_OIDC_KEYS, cannot be read: {error}.",
            subject="COBUILD_OIDC_KEYS",
        ) from None
