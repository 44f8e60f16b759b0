"""A process that works until it is killed: `python -m tests.crash.worker SETTINGS FIRST SEED`.

It says each piece of work on standard output before (`try`) and after (`ack`), as JSON lines. Work
is a decision, a delivery (sometimes in batches), its taking back, a backup, an audit entry, a waiver.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from cli.files import whole_file
from graph.appointments.decide import Excuse, Signature, decide
from graph.appointments.rehearse import rehearse
from graph.appointments.waivers import waive
from graph.ledger.entries import entry_now
from graph.loading.load import discard, load_delivery
from graph.reading.graph import Graph
from graph.reading.wiring import open_graph
from graph.settings import Settings
from graph.store.version import read_state
from graph.upkeep.backup import back_up
from tests.appointments.scenes import appointment, proposal
from tests.loading.samples import write_delivery

FIRST_DAY = date(2026, 1, 1)
FAR = date(2099, 1, 1)
KINDS = ("decision", "decision", "load", "load", "backup", "audit", "audit", "waiver")
IN_BATCHES = 5


def say(what: str, kind: str, number: int, **more: Any) -> None:
    """One line for the process that watches."""
    print(json.dumps({"what": what, "kind": kind, "number": number, **more}), flush=True)  # noqa: T201


def day_of(number: int) -> date:
    """A day on which no other decision's post is held."""
    return FIRST_DAY + timedelta(days=2 * number)


async def do_decision(graph: Graph, number: int) -> dict[str, Any]:
    day = day_of(number)
    until = str(day + timedelta(days=1))
    changes = proposal(appointment(2, "chair", "oc-1", until=until), as_of=day)
    brought = [row["finding"] for row in (await rehearse(graph, changes)).data["appear"]]
    excuses = tuple(Excuse(finding=f, reason=f"w-{number}", until=FAR) for f in brought)
    signature = Signature(decided_by="科", reason=f"n-{number}", waivers=excuses)
    done = await decide(graph, changes, signature)
    return {"decision": done.data["decision"], "waivers": len(brought)}


async def do_load(graph: Graph, number: int, folder: Path) -> dict[str, Any]:
    quarter = f"id,name,households\nq-990102-1,小区{number},120\nq-990102-2,样例小区二,\n"
    persons = f"id,name,party_status\np-990102-1,样例人{number},full\np-990102-2,样例人二,\n"
    delivery = write_delivery(folder / f"d{number}", nodes__Quarter=quarter, nodes__Person=persons)
    limit = random.choice((1, 100_000))
    await load_delivery(graph.store, delivery, single_transaction=limit)
    return {}


async def do_backup(graph: Graph, number: int, folder: Path) -> dict[str, Any]:
    with whole_file(folder / f"b{number}.backup") as file:
        await back_up(graph, file)
    return {}


async def do_waiver(graph: Graph, number: int) -> dict[str, Any]:
    excuse = Excuse(
        finding="R14:p-990101-1|p-990101-1~HOLDS_POST~oc-990101-1~member~1", reason=f"s-{number}", until=FAR
    )
    with graph.ledger.on_record(entry_now("worker", f"waiver {number}")):
        kept = await waive(graph, excuse, "科", date(2025, 6, 30))
    return {"id": kept.data["id"]}


async def do(graph: Graph, kind: str, number: int, folder: Path) -> dict[str, Any]:
    """One piece of work; what it came to."""
    if kind == "decision":
        return await do_decision(graph, number)
    if kind == "load":
        return await do_load(graph, number, folder)
    if kind == "backup":
        return await do_backup(graph, number, folder)
    if kind == "waiver":
        return await do_waiver(graph, number)
    await graph.ledger.audit.append(entry_now("worker", f"audit {number}"))
    return {}


async def main(settings: Settings, number: int, seed: str) -> None:
    """Take back what a killed load left, then work on and on."""
    random.seed(seed)
    folder = settings.data_dir.parent
    async with open_graph(settings, today=lambda: date(2025, 6, 30)) as opened:
        graph = replace(opened)
        say("ready", "", number)
        if (await read_state(graph.store)).loading is not None:
            say("try", "undo", number)
            await discard(graph.store)
            say("ack", "undo", number)
        # With a ledger elsewhere, backups are those of the database's own tools.
        kinds = [k for k in KINDS if settings.ledger_url is None or k != "backup"]
        while True:
            kind = random.choice(kinds)
            say("try", kind, number)
            say("ack", kind, number, **await do(graph, kind, number, folder))
            number += 1


if __name__ == "__main__":
    asyncio.run(main(Settings.model_validate_json(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
