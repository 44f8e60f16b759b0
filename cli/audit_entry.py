"""The ledger without an engine, and what commands put on record in its audit trail."""

from __future__ import annotations

import asyncio
import getpass
import os
import shlex
import sys
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from graph.ledger.glance import check_together, noted_deployment
from graph.reading.wiring import make_ledger
from graph.settings import Settings

if TYPE_CHECKING:
    from graph.ledger import Entry, Ledger

T = TypeVar("T")


def with_ledger(work: Callable[[Ledger], Awaitable[T]], *, changing: bool = False) -> T:
    """Open the ledger that the environment names, run, close.

    `changing` work writes all of its changes and the entries about them, or nothing. The graph is not
    asked; raises `NotTogether` where it is noted in the data folder that the ledger bore another id.
    """

    async def run() -> T:
        settings = Settings.from_environment()
        ledger = make_ledger(settings)
        try:
            noted = None if settings.ledger_url else noted_deployment(settings.data_dir)
            if noted is not None:
                check_together(await ledger.identity.read(), noted)
            async with ledger.together() if changing else nullcontext():
                return await work(ledger)
        finally:
            await ledger.close()

    return asyncio.run(run())


def command_entry(what: str, **parameters: Any) -> Entry:
    """An entry of a command of this moment; parameters that are None are left out."""
    from graph.ledger.entries import entry_now  # noqa: PLC0415  most commands put nothing on record

    given = {name: value for name, value in parameters.items() if value is not None}
    return entry_now(who_works(), f"cobuild {what}", parameters=given)


CHANGING = {
    "load",
    "register",
    "appoint",
    "backup",
    "waivers",
    "runs",
    "verify",
    "bolt",
    "merge",
    "take-apart",
}
"""Commands that may change something, on record also where no personal data is shown."""


def begin_command(name: str | None, reason: str | None) -> None:
    """What the entry point knows before a command runs: its name, and why it is run."""
    _RUNNING["name"], _RUNNING["reason"] = name, reason or os.environ.get("COBUILD_REASON")


_RUNNING: dict[str, str | None] = {"name": None, "reason": None}


def entry_of_this_command() -> Entry | None:
    """The entry of the command that runs now; None where it only reads what is masked."""
    name, personal = _RUNNING["name"], "--show-personal" in sys.argv
    if name is None or not (personal or name in CHANGING):
        return None
    entry = command_entry(name, arguments=shlex.join(sys.argv[1:]))
    return replace(entry, personal=personal, reason=_RUNNING["reason"])


def entry_by_name() -> Callable[[], Entry] | None:
    """What makes the entry under which a name that is typed is looked up; None outside of a command.

    It is made when one is: the ledger's library takes a quarter of the time of a command that names no one.
    """
    name = _RUNNING["name"]
    if name is None:
        return None
    return lambda: replace(command_entry(name, arguments=shlex.join(sys.argv[1:])), reason=_RUNNING["reason"])


def who_works() -> str:
    """Who works on this machine, as the audit trail names them."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container's user may have no name
        name = str(os.getuid()) if hasattr(os, "getuid") else "?"
    return f"local:{name}"
