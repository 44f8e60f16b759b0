"""A process that decides and is killed at a named step: `python -m tests.appointments.killed …`.

Arguments as JSON: settings, folder and address of the ledger, proposal, signature, step.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from graph.appointments import decide as deciding
from graph.appointments.proposal import read_proposal
from graph.ledger import Intentions, Ledger, intentions
from graph.reading.wiring import open_graph
from graph.settings import Settings
from graph.store import Store
from tests.strategies import DAY

STEPS = {
    "before the intention": False,
    "after the intention": False,
    "before it is prepared": False,
    "before the commit": False,
    "after the commit": True,
    "inside the conclusion": True,
    "after the conclusion": True,
}
"""Where the process ends, and whether the graph is changed then."""


def die() -> None:
    """End at once, without a word to anything that is open."""
    os.kill(os.getpid(), signal.SIGKILL)


def set_trap(step: str) -> None:
    """Have the process die at a step."""

    def around(owner: Any, name: str, *, before: bool) -> None:
        real: Callable[..., Any] = getattr(owner, name)

        async def trapped(*given: Any, **named: Any) -> Any:
            if before:
                die()
            result = await real(*given, **named)
            die()
            return result

        setattr(owner, name, trapped)

    real_append = intentions.append_to

    def append(connection: Any, entry: Any) -> int:
        if entry.what.endswith(" applied"):
            die()
        return real_append(connection, entry)

    if step == "inside the conclusion":
        intentions.append_to = append
        return
    owner, name, before = {
        "before the intention": (Intentions, "begin", True),
        "after the intention": (Intentions, "begin", False),
        "before it is prepared": (Intentions, "prepare", True),
        "before the commit": (Intentions, "prepare", False),
        "after the commit": (Store, "write", False),
        "after the conclusion": (Intentions, "conclude", False),
    }[step]
    around(owner, name, before=before)


async def main(given: dict[str, Any]) -> None:
    """Decide."""
    settings = Settings.model_validate(given["settings"])
    async with open_graph(settings, today=lambda: DAY) as opened:
        ledger = Ledger(Path(given["folder"]), given["url"])
        graph = replace(opened, ledger=ledger)
        set_trap(given["step"])
        proposal = read_proposal(given["proposal"])
        await deciding.decide(graph, proposal, deciding.Signature.model_validate(given["signature"]))


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.argv[1])))
