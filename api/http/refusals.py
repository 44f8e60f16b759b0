"""Requests refused at the gate, in the audit trail: the first of a sender at once, the others summed up.

Refused requests cost the sender nothing and have no end. An entry for each would fill the disk.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace

from starlette.types import Scope

from api.http.record import entry_of
from graph.errors import EnvironmentFault
from graph.ledger import Entry, Ledger
from graph.ledger.entries import entry_now
from graph.ledger.roles import Caller

LOG = logging.getLogger("cobuild.api")
WINDOW = 60.0
"""Seconds over which refusals are summed up."""
MOST_SENDERS = 200
"""Senders that have entries of their own in one window; the others share one."""
REFUSED = "refused"
"""What the entry of a sum says was done; its parameters count requests by status."""
OTHERS = "…"


@dataclass
class _Sum:
    """What a sender sent after the request that was put on record."""

    caller: Caller | None
    statuses: Counter[str] = field(default_factory=Counter)

    def entry(self, sender: str) -> Entry:
        given = {"requests": self.statuses.total(), "statuses": dict(sorted(self.statuses.items()))}
        entry = entry_now(sender, REFUSED, via="nobody", parameters=given)
        return entry if self.caller is None else _of_caller(entry, self.caller)


class Refusals:
    """The refused requests of one service."""

    def __init__(self, ledger: Ledger, window: float = WINDOW) -> None:
        self._ledger = ledger
        self._window = window
        self._sums: dict[str, _Sum] = {}
        self._timer: asyncio.Task[None] | None = None

    async def add(self, scope: Scope, status: int, address: str, caller: Caller | None) -> None:
        """Count one; `caller` is None for a sender who was not recognised."""
        sender = address if caller is None else caller.name
        if sender not in self._sums and len(self._sums) >= MOST_SENDERS:
            sender, caller = OTHERS, None
            self._sums.setdefault(sender, _Sum(None))
        if sender in self._sums:
            self._sums[sender].statuses[str(status)] += 1
            return
        self._sums[sender] = _Sum(caller)
        if self._timer is None:
            self._timer = asyncio.create_task(self._end_of_window())
        first = entry_of(scope, None, status, address=address)
        await self._put([first if caller is None else _of_caller(first, caller)])

    async def close(self) -> None:
        """Put on record what was counted."""
        if self._timer is not None:
            self._timer.cancel()
            with suppress(asyncio.CancelledError):
                await self._timer
        await self._write()

    async def _end_of_window(self) -> None:
        await asyncio.sleep(self._window)
        self._timer = None
        await self._write()

    async def _write(self) -> None:
        sums, self._sums = self._sums, {}
        await self._put([found.entry(sender) for sender, found in sums.items() if found.statuses])

    async def _put(self, entries: list[Entry]) -> None:
        """A refusal gives nothing away: without its entry it is still the right answer."""
        try:
            for entry in entries:
                await self._ledger.audit.append(entry)
        except EnvironmentFault as error:
            LOG.error("refused requests are not on record: %s", error.code)


def _of_caller(entry: Entry, caller: Caller) -> Entry:
    role = str(caller.role) if caller.role else None
    return replace(entry, who=caller.name, via=caller.via, role=role, area=caller.area)
