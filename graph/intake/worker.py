"""The process that looks at one delivery or loads it: `python -m graph.intake.worker`, order on its input.

A process of its own, because reading a large workbook takes all of a processor and a good deal of memory,
and the service answers meanwhile. It ends with its input: when the service goes, what is not written yet
is not written, and batches that were are undone.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from graph.errors import GraphError, LoadConflict
from graph.intake.answers import answers_of
from graph.intake.back.task import write_given
from graph.intake.bounds import bound_to
from graph.intake.kept import CHANGES, FINDINGS, finding_rows, write_rows
from graph.intake.order import Order, RegisterOrder
from graph.intake.proposal import proposal_of
from graph.intake.refusal import message_of
from graph.intake.register import load_handed_in
from graph.intake.rehearsed import rehearse_sheet
from graph.intake.unpack import UNPACKED, unpack
from graph.intake.voice import Stopped, Voice
from graph.ledger import Ledger
from graph.loading.delivery import Delivery, read_delivery
from graph.loading.excel.read import read_workbook
from graph.loading.findings import Finding
from graph.loading.load import Look, discard, load_delivery
from graph.loading.plan import Plan
from graph.loading.present import Present
from graph.loading.register.said import take_back_lists
from graph.loading.report import LoadReport
from graph.loading.turn import loading_turn
from graph.loading.undo import undo_load
from graph.reading.deployment import join
from graph.reading.wiring import follow, make_ledger, open_graph
from graph.store import Store, open_store
from graph.store.history import read_sets
from graph.store.schema import apply_schema
from graph.store.version import read_state
from graph.upkeep.forget import forget_again

COUNTS = ("place", "created", "changed", "ended", "removed", "unchanged", "derived", "version", "already")


def main() -> None:
    """Read the order, do it, say what came of it."""
    order = Order.from_json(sys.stdin.buffer.readline())
    voice = Voice()
    threading.Thread(target=voice.watch, daemon=True).start()
    os.umask(0o077)
    try:
        voice.say(result=asyncio.run(_do(order, voice)))
    except Stopped:
        voice.say(stopped=True)
    except GraphError as error:
        voice.say(**message_of(order, error))
    except Exception as error:
        # What went wrong may repeat what is in the file: of that nothing is logged.
        voice.say(error={"code": "unexpected", "zh": "", "en": "", "kind": type(error).__name__})
    # What is left of the input's reader would hold the end up.
    sys.stdout.flush()
    os._exit(0)


async def _do(order: Order, voice: Voice) -> dict[str, Any]:
    if order.task == "read":
        voice.progress("read", 0, 1)
        data_dir = order.settings_of().data_dir
        return {"proposal": proposal_of(Path(order.path), data_dir, order.register or RegisterOrder())}
    if order.task == "rehearse":
        voice.progress("check", 0, 1)
        return {"rehearsed": await rehearse_sheet(order, order.as_of)}
    if order.task == "answers":
        voice.progress("read", 0, 1)
        return {"answers": await answers_of(order)}
    if order.task == "back":
        voice.progress("back", 0, 1)
        return {"given": await write_given(order)}
    async with _opened(order) as (store, ledger, look):
        if order.version is not None and (await read_state(store)).version != order.version:
            raise LoadConflict(
                "预检之后数据已有变化，请重新预检后再导入。",
                "the graph changed since the check: check again, then load.",
                subject="version",
            )
        writing = order.task in ("load", "undo")
        with loading_turn(order.settings_of()) if writing else nullcontext():
            try:
                return await _written(order, voice, store, ledger, look)
            except (Stopped, GraphError):
                if writing:
                    await _take_back(order, voice, store)
                raise


async def _written(
    order: Order, voice: Voice, store: Store, ledger: Ledger, look: Look | None
) -> dict[str, Any]:
    if order.task == "undo":
        _note(order, f"undo-{order.number}")
        made = await undo_load(store, order.number or 0, who=order.who, progress=voice.progress)
        take_back_lists(order.settings_of().data_dir, made.undoes or 0)
        counts = {name: getattr(made, name) for name in ("created", "changed", "ended", "removed", "version")}
        return {"report": counts, "number": made.number}

    async def looked(delivery: Delivery, present: Present, plan: Plan | None) -> list[Finding]:
        if plan is not None:
            _note(order, delivery.digest)
        return await look(delivery, present, plan) if look is not None else []

    dry_run = order.task == "check"
    register: dict[str, Any] | None = None
    if order.register is not None:
        report, register = await load_handed_in(order, voice, store, ledger, looked)
        extra: list[Finding] = []
    else:
        path, extra = _delivered(order)
        report = await load_delivery(
            store,
            path,
            read=read_delivery if path.is_dir() else read_workbook,
            options=order.options,
            who=order.who,
            dry_run=dry_run,
            today=order.today,
            progress=voice.progress,
            look=looked,
        )
    findings = write_rows(Path(order.out), FINDINGS, finding_rows([*extra, *report.warnings]))
    changes = write_rows(Path(order.out), CHANGES, map(asdict, report.lines()))
    found: dict[str, Any] = {"report": _counts(report), "findings": findings, "changes": changes}
    found |= {"held": len(report.held), "register": register}
    if not dry_run:
        found["erased"] = await forget_again(store, ledger)
        sets = [s for s in await read_sets(store) if s.version == report.version and s.kind == "load"]
        found["number"] = None if report.already or not sets else sets[-1].number
    return found


def _delivered(order: Order) -> tuple[Path, list[Finding]]:
    """The workbook, or the folder; an archive is unpacked first."""
    path = Path(order.path)
    if path.suffix.lower() != ".zip":
        return path, []
    folder = order.file(UNPACKED)
    folder.mkdir(exist_ok=True)
    return folder, unpack(path, folder)


def _counts(report: LoadReport) -> dict[str, Any]:
    return {name: getattr(report, name) for name in COUNTS}


def _note(order: Order, digest: str) -> None:
    """Keep what is about to be written, for the process that finds the graph half written."""
    if order.intention is not None:
        path = Path(order.intention)
        path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "digest": digest}), "utf-8")


def _noted(order: Order) -> str | None:
    digest = json.loads(Path(str(order.intention)).read_text("utf-8")).get("digest")
    return None if digest is None else str(digest)


async def _take_back(order: Order, voice: Voice, store: Store) -> None:
    """Undo the batches that this process wrote; the next start of the service does it where this fails."""
    if order.intention is None:
        return
    digest = _noted(order)
    with suppress(GraphError):
        if digest is not None and (await read_state(store)).loading == digest:
            voice.writing = True
            await discard(store, voice.progress)


@asynccontextmanager
async def _opened(order: Order) -> AsyncIterator[tuple[Store, Ledger, Look | None]]:
    """Store and ledger; for a caller limited to an area, what refuses what lies outside."""
    settings = order.settings_of()
    if order.area is not None:
        async with open_graph(settings, today=lambda: order.today) as graph:
            look = None if order.task == "undo" else await bound_to(graph, order.area)
            yield graph.store, graph.ledger, look
        return
    async with open_store(settings) as store:
        ledger = make_ledger(settings)
        try:
            await follow(store, ledger)
            await apply_schema(store)
            await join(store, ledger)
            yield store, ledger, None
        finally:
            await ledger.close()


if __name__ == "__main__":
    main()
