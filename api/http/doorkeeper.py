"""Who asks: recognised by a key or a token, kept to a rate, and what one request may see."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from fastapi import Request
from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter
from starlette.datastructures import Headers

from api.http.errors import TooMany, Unauthorized
from graph.errors import BadParameter
from graph.ledger.roles import LOCAL, Caller, Right
from graph.ledger.tokens import Tokens
from graph.reading.graph import Graph
from graph.settings import Settings

REASON = "Cobuild-Reason"
"""The header by which personal data is asked for; percent-encoded UTF-8."""
LONGEST_REASON = 500
KEY = "cob_"
REMEMBERED = 2.0
"""Seconds for which a key that was found good is not looked up again; a revoked one ends then."""
FAILURES = parse("20/minute")
"""Keys and tokens that do not hold, per address: more are not even looked at."""


@dataclass
class Access:
    """One request: the caller, the reason given for personal data, and the outcome."""

    caller: Caller
    reason: str | None
    personal: bool
    rows: int | None = None
    version: int | None = None
    recorded: bool = False
    """Whether the request changed something, and stands on record with it."""
    told: dict[str, Any] = field(default_factory=dict)
    """Parameters for the audit trail that do not stand in the address."""

    @property
    def view(self) -> tuple[str, bool]:
        """What decides what an answer shows; part of its identity."""
        return self.caller.area or "", self.personal


class Doorkeeper:
    """Recognises callers and counts their requests."""

    def __init__(self, settings: Settings, graph: Graph) -> None:
        self._settings = settings
        self._graph = graph
        self._tokens = (
            None
            if settings.oidc_issuer is None
            else Tokens(
                settings.oidc_issuer,
                settings.oidc_audience,
                settings.oidc_keys,
                role_claim=settings.oidc_role_claim,
                area_claim=settings.oidc_area_claim,
            )
        )
        self._counts = MovingWindowRateLimiter(MemoryStorage())
        self._limit: RateLimitItem = parse(settings.rate_limit)
        self._known: dict[str, tuple[float, Caller]] = {}

    async def admit(self, headers: Headers, address: str) -> Access:
        """Who asks. Raises `Unauthorized`, `TooMany`, `NotAllowed`, `BadParameter`."""
        caller = LOCAL if self._settings.auth == "none" else await self._find(headers, address)
        who = caller.name if caller is not LOCAL else address
        if not await self._counts.hit(self._limit, "caller", who):
            raise await self._too_many(self._limit, "caller", who)
        return self._access(caller, headers)

    async def _find(self, headers: Headers, address: str) -> Caller:
        if not await self._counts.test(FAILURES, "failure", address):
            raise await self._too_many(FAILURES, "failure", address)
        scheme, _, given = headers.get("authorization", "").partition(" ")
        found = None
        if scheme.lower() == "bearer" and given:
            found = await self._recognise(given.strip())
            if found is None:
                await self._counts.hit(FAILURES, "failure", address)
        if found is None:
            raise Unauthorized
        return found

    async def _recognise(self, given: str) -> Caller | None:
        known = self._known.get(given)
        if known is not None and known[0] > time.monotonic():
            return known[1]
        if given.startswith(KEY):
            found = await self._graph.ledger.accounts.find_key(given, self._graph.today())
        else:
            found = await self._tokens.find_caller(given) if self._tokens else None
        self._known = {k: v for k, v in self._known.items() if v[0] > time.monotonic()}
        if found is not None:
            self._known[given] = time.monotonic() + REMEMBERED, found
        return found

    def _access(self, caller: Caller, headers: Headers) -> Access:
        reason = unquote(headers.get(REASON, "")).strip() or None
        if reason is not None and len(reason) > LONGEST_REASON:
            raise BadParameter(
                f"{REASON} 至多 {LONGEST_REASON} 字。",
                f"{REASON} has at most {LONGEST_REASON} characters.",
                subject=REASON,
            )
        if caller is LOCAL:
            return Access(caller, reason, self._settings.show_personal)
        if reason is not None:
            caller.require(Right.unmask)
        return Access(caller, reason, reason is not None)

    async def _too_many(self, limit: RateLimitItem, *who: str) -> TooMany:
        reset, _ = await self._counts.get_window_stats(limit, *who)
        return TooMany(max(1, round(reset - time.time())))


def access_of(request: Request) -> Access:
    """The access of a request; `api.http.gate` put it there."""
    access: Access = request.state.access
    return access


def needs(right: Right) -> Callable[[Request], None]:
    """A dependency of routes that ask for more than reading."""

    def check(request: Request) -> None:
        access_of(request).caller.require(right)

    check.right = right  # type: ignore[attr-defined]  # read by the test of all routes
    return check
