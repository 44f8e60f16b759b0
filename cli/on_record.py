"""The ledger without an engine, and what commands put on record in its audit trail."""

from __future__ import annotations

import asyncio
import getpass
import os
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from graph.ledger import Entry, Ledger
from graph.ledger.audit import entry_now
from graph.settings import Settings
from graph.wiring import make_ledger

T = TypeVar("T")


def with_ledger(work: Callable[[Ledger], Awaitable[T]]) -> T:
    """Open the ledger that the environment names, run, close."""

    async def run() -> T:
        ledger = make_ledger(Settings.from_environment())
        try:
            return await work(ledger)
        finally:
            await ledger.close()

    return asyncio.run(run())


def command_entry(what: str, **parameters: Any) -> Entry:
    """An entry of a command of this moment; parameters that are None are left out."""
    given = {name: value for name, value in parameters.items() if value is not None}
    return entry_now(who_works(), f"cobuild {what}", parameters=given)


def who_works() -> str:
    """Who works on this machine, as the audit trail names them."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container's user may have no name
        name = str(os.getuid()) if hasattr(os, "getuid") else "?"
    return f"local:{name}"
