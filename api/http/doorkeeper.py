"""The caller: recognised by a key or a token, limited to a rate, and what one request may see."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import unquote

from fastapi import Request
from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter, RateLimiter, SlidingWindowCounterRateLimiter
from starlette.datastructures import Headers

from api.http.errors import TooMany, Unauthorized
from api.http.shared_limits import SharedCounts
from graph.catalogue.values import check_value
from graph.errors import BadParameter
from graph.ledger.provider import Provider
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
NAMELESS = parse("120/minute")
"""Requests without a key or token, per address; those with one are not counted here."""
SAME = parse("20/minute")
"""Tries with one key or token that does not hold; more are not looked up."""
STRANGE = parse("300/minute")
"""Keys and tokens that do not hold, per address. Over it only those are looked up that held before:
a sender of bad keys does not lock out the callers who share its address."""
MOST_GOOD = 10_000
"""Digests of keys and tokens that held, which are kept in mind."""


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
    noted: dict[str, Any] = field(default_factory=dict)
    """Parameters for the audit trail that are not in the address."""

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
                keys_age=settings.oidc_keys_age,
            )
        )
        self.provider: Provider | None = None
        """Where the page logs in; None where it takes keys only."""
        if self._tokens is not None and settings.oidc_issuer is not None and settings.oidc_client is not None:
            secret = settings.oidc_secret.get_secret_value() or None
            self.provider = Provider(settings.oidc_issuer, settings.oidc_client, secret, self._tokens)
        self._counts: RateLimiter = MovingWindowRateLimiter(MemoryStorage())
        if settings.ledger_url is not None:  # which other instances may share
            self._counts = SlidingWindowCounterRateLimiter(SharedCounts(graph.ledger.requests))
        self._limit: RateLimitItem = parse(settings.rate_limit)
        self._known: dict[str, tuple[float, Caller]] = {}
        self._good: OrderedDict[str, None] = OrderedDict()

    async def admit(self, headers: Headers, address: str) -> Caller:
        """Who asks. Raises `Unauthorized` or `TooMany`; the request is counted either way."""
        sender = sender_of(address)
        caller = LOCAL if self._settings.auth == "none" else await self._find(headers, address)
        who = caller.name if caller is not LOCAL else sender
        if not await self._counts.hit(self._limit, "caller", who):
            raise await self._too_many(self._limit, "caller", who, caller=caller)
        return caller

    async def count_nameless(self, address: str) -> None:
        """Count a request of someone who is yet to log in. Raises `TooMany`."""
        sender = sender_of(address)
        if not await self._counts.hit(NAMELESS, "nameless", sender):
            raise await self._too_many(NAMELESS, "nameless", sender)

    async def _find(self, headers: Headers, address: str) -> Caller:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        given = given.strip()
        if scheme.lower() != "bearer" or not given:
            await self.count_nameless(address)
            raise Unauthorized
        found = await self._recognise(given, sender_of(address))
        if found is None:
            raise Unauthorized
        return found

    async def _recognise(self, given: str, sender: str) -> Caller | None:
        digest = sha256(given.encode("latin-1", "replace")).hexdigest()
        known = self._known.get(digest)
        if known is not None and known[0] > time.monotonic():
            return known[1]
        limits = ((SAME, "key", sender, digest), (STRANGE, "strange", sender))
        if digest not in self._good:
            for limit, *who in limits:
                if not await self._counts.test(limit, *who):
                    raise await self._too_many(limit, *who)
        if given.startswith(KEY):
            found = await self._graph.ledger.accounts.find_key(given, self._graph.today())
        else:
            found = await self._tokens.find_caller(given) if self._tokens else None
        self._known = {k: v for k, v in self._known.items() if v[0] > time.monotonic()}
        if found is None:
            self._good.pop(digest, None)
            for limit, *who in limits:
                await self._counts.hit(limit, *who)
            return None
        self._known[digest] = time.monotonic() + REMEMBERED, found
        self._good[digest] = None
        self._good.move_to_end(digest)
        if len(self._good) > MOST_GOOD:
            self._good.popitem(last=False)
        return found

    def access(self, caller: Caller, headers: Headers) -> Access:
        """What a request may see. Raises `NotAllowed`, `BadParameter`."""
        reason = unquote(headers.get(REASON, "")).strip() or None
        if reason is not None and len(reason) > LONGEST_REASON:
            raise BadParameter(
                f"{REASON} 至多 {LONGEST_REASON} 字。",
                f"{REASON} has at most {LONGEST_REASON} characters.",
                subject=REASON,
            )
        if reason is not None:
            check_value(REASON, reason, kept=True)
        if caller is LOCAL:
            return Access(caller, reason, self._settings.show_personal)
        if reason is not None:
            caller.require(Right.unmask)
        return Access(caller, reason, reason is not None)

    async def _too_many(self, limit: RateLimitItem, *who: str, caller: Caller | None = None) -> TooMany:
        reset, _ = await self._counts.get_window_stats(limit, *who)
        return TooMany(max(1, round(reset - time.time())), None if caller is LOCAL else caller)


def sender_of(address: str) -> str:
    """Whom an address belongs to: of IPv6 its first half, for one machine has a whole such network."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if found.version == 4:  # noqa: PLR2004 - the name of the protocol
        return address
    return str(found.ipv4_mapped or ip_network((int(found) >> 64 << 64, 64)))


def access_of(request: Request) -> Access:
    """The access of a request; `api.http.gate` put it there."""
    access: Access = request.state.access
    return access


def needs(right: Right) -> Callable[[Request], None]:
    """A dependency of routes that ask for more than reading."""

    def check(request: Request) -> None:
        access_of(request).caller.require(right)

    check.right = right  # type: ignore[attr-defined]  # published by api/documents/openapi.py
    return check
