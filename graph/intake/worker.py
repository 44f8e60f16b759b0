"""The process that looks at one delivery or loads it: `python -m graph.intake.worker`, order on its input.

A process of its own, because reading a large workbook takes all of a processor and a good deal of memory,
and the service answers meanwhile. It ends with its input: when the service goes, what is not written yet
is not written, and batches that were are taken back.
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
from hashlib import sha256
from pathlib import Path
from typing import Any

from graph.appointments.sheets.read import SheetRejected
from graph.errors import GraphError, LoadConflict
from graph.intake.answers import answers_of
from graph.intake.back.task import no_place, write_given
from graph.intake.bounds import bound_to
from graph.intake.kept import CHANGES, FINDINGS, MARKED, finding_rows, write_rows
from graph.intake.order import Order, Register
from graph.intake.proposal import proposal_of
from graph.intake.rehearsed import rehearse_sheet
from graph.intake.unpack import unpack
from graph.ledger import Ledger
from graph.loading.delivery import Delivery, read_delivery
from graph.loading.excel.bounds import BadWorkbook
from graph.loading.excel.marks import mark_findings
from graph.loading.excel.read import read_workbook
from graph.loading.findings import DeliveryRejected, Finding
from graph.loading.load import Look, discard, load_delivery
from graph.loading.plan import Plan
from graph.loading.present import Present
from graph.loading.register.deliver import OpenQuestions, load_register
from graph.loading.register.forms import keep_form, with_complete
from graph.loading.register.kinds import find_kind
from graph.loading.register.marked import mark_register
from graph.loading.register.taking import closed_lists, sheets_of, take_form
from graph.loading.report import LoadReport
from graph.loading.turn import loading_turn
from graph.loading.undo import UndoRefused, undo_load
from graph.reading.deployment import join
from graph.reading.wiring import follow, make_ledger, open_graph
from graph.store import Store, open_store
from graph.store.history import read_sets
from graph.store.schema import apply_schema
from graph.store.version import read_state
from graph.upkeep.forget import forget_again

UNPACKED = "unpacked"
COUNTS = ("place", "created", "changed", "ended", "removed", "unchanged", "derived", "version", "already")


class Stopped(Exception):
    """Nobody wants the result any more."""


class _Voice:
    """What the process says, and whether anyone still listens."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.writing = False
        self._lock = threading.Lock()

    def say(self, **values: Any) -> None:
        """One line."""
        line = json.dumps(values, ensure_ascii=False, default=str)
        with self._lock, suppress(BrokenPipeError):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()

    def progress(self, step: str, done: int, total: int) -> None:
        """Called between steps and batches; raises `Stopped`."""
        self.writing = step in ("write", "derive", "discard")
        if self.stopping.is_set() and step != "discard":
            raise Stopped
        self.say(step=step, done=done, total=total)

    def watch(self) -> None:
        """Wait for the end of the input. Reading and comparing are not interrupted but ended at once."""
        sys.stdin.buffer.read()
        self.stopping.set()
        if not self.writing:
            self.say(stopped=True)
            os._exit(0)


def main() -> None:
    """Read the order, do it, say what came of it."""
    order = Order.from_json(sys.stdin.buffer.readline())
    voice = _Voice()
    threading.Thread(target=voice.watch, daemon=True).start()
    os.umask(0o077)
    try:
        voice.say(result=asyncio.run(_do(order, voice)))
    except Stopped:
        voice.say(stopped=True)
    except GraphError as error:
        zh, en = _shown(order, error.zh), _shown(order, error.en)
        said: dict[str, Any] = {"code": error.code, "zh": zh, "en": en}
        if isinstance(error, OpenQuestions):
            said["questions"] = [asdict(q) for q in error.questions]
        voice.say(error=said, **_details(order, error))
    except Exception as error:
        # What went wrong may repeat what is in the file: of that nothing is logged.
        voice.say(error={"code": "unexpected", "zh": "", "en": "", "kind": type(error).__name__})
    # What is left of the input's reader would hold the end up.
    sys.stdout.flush()
    os._exit(0)


def _shown(order: Order, text: str) -> str:
    """A sentence with the name of what was handed in, not with where it lies."""
    for path in (str(order.file(UNPACKED)), order.path):
        text = text.replace(path, order.name) if path else text
    return text


def _details(order: Order, error: GraphError) -> dict[str, Any]:
    """What a refusal has to show, in files."""
    if isinstance(error, UndoRefused):
        found = [Finding("", 0, "", "", zh, en) for zh, en in error.reasons]
    elif isinstance(error, DeliveryRejected):
        found = error.findings
    elif isinstance(error, SheetRejected):
        # Its marked copy is there already: it has the form of the answer.
        found = error.found.findings
        return {"findings": write_rows(Path(order.out), FINDINGS, finding_rows(found)), "marked": True}
    else:
        return {}
    ranges = write_rows(Path(order.out), FINDINGS, finding_rows(found))
    marked = False
    own = order.register is not None or order.task == "answers"
    mark = mark_register if own else mark_findings
    if isinstance(error, DeliveryRejected) and (
        mark is mark_register or order.path.lower().endswith(".xlsx")
    ):
        with suppress(BadWorkbook):
            order.file(MARKED).write_bytes(mark(Path(order.path), found))
            marked = True
    return {"findings": ranges, "marked": marked}


async def _do(order: Order, voice: _Voice) -> dict[str, Any]:
    if order.task == "read":
        voice.progress("read", 0, 1)
        return {"proposal": proposal_of(Path(order.path), order.settings_of().data_dir, _register_of(order))}
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
                "预检之后图已有变化，请重新预检后再导入。",
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
    order: Order, voice: _Voice, store: Store, ledger: Ledger, look: Look | None
) -> dict[str, Any]:
    if order.task == "undo":
        _note(order, f"undo-{order.number}")
        made = await undo_load(store, order.number or 0, who=order.who, progress=voice.progress)
        counts = {name: getattr(made, name) for name in ("created", "changed", "ended", "removed", "version")}
        return {"report": counts, "number": made.number}

    async def looked(delivery: Delivery, present: Present, plan: Plan | None) -> list[Finding]:
        if plan is not None:
            _note(order, delivery.digest)
        return await look(delivery, present, plan) if look is not None else []

    dry_run = order.task == "check"
    register: dict[str, Any] | None = None
    if order.register is not None:
        report, register = await _register(order, voice, store, ledger, looked)
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


async def _register(
    order: Order, voice: _Voice, store: Store, ledger: Ledger, look: Look
) -> tuple[LoadReport, dict[str, Any]]:
    how, file = _register_of(order), Path(order.path)
    if how.place is None:
        raise no_place()
    voice.progress("read", 0, 1)
    sheets = sheets_of(file)
    path, form, proposals = take_form(
        sheets, order.settings_of().data_dir, how.kind, how.form, how.columns, constants=how.constants
    )
    keep_form(path, form)
    closed = closed_lists(how.complete, find_kind(form.kind))
    done = await load_register(
        store,
        ledger,
        file,
        digest=_digest(file),
        form=form,
        proposals=proposals,
        place=how.place,
        on=how.on or order.today,
        lenient=how.lenient,
        as_new=how.as_new,
        complete=closed,
        options=order.options,
        who=order.who,
        dry_run=order.task == "check",
        progress=voice.progress,
        look=look,
    )
    if order.task == "load" and closed is not None and done.area is not None:
        keep_form(path, with_complete(form, done.area.id, closed))
    return done.report, {"rows": done.rows, "new_areas": done.new_areas, "by_name": done.by_name}


def _register_of(order: Order) -> Register:
    return order.register or Register()


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


def _digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()


async def _take_back(order: Order, voice: _Voice, store: Store) -> None:
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
