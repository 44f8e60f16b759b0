"""A register that was handed in: its form saved, its rows checked or loaded."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

from graph.intake.back.task import no_place
from graph.intake.order import Order, RegisterOrder
from graph.intake.voice import Voice
from graph.ledger import Ledger
from graph.loading.load import Look
from graph.loading.register.deliver import load_register
from graph.loading.register.forms import keep_form
from graph.loading.register.kinds import find_kind
from graph.loading.register.said import remember_lists
from graph.loading.register.taking import closed_lists, sheets_of, take_form
from graph.loading.report import LoadReport
from graph.store import Store


async def load_handed_in(
    order: Order, voice: Voice, store: Store, ledger: Ledger, look: Look
) -> tuple[LoadReport, dict[str, Any]]:
    """Save the form as corrected, then check the register or load it by that form.

    The report, and what a register adds to it: its rows, new areas, what was matched by name alone.
    Raises `BadParameter` without an area, `OpenQuestions`, and as `load_delivery`.
    """
    how, file = order.register or RegisterOrder(), Path(order.path)
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
        same_names=how.same_names,
        complete=closed,
        options=order.options,
        who=order.who,
        dry_run=order.task == "check",
        progress=voice.progress,
        look=look,
    )
    if order.task == "load" and closed is not None:
        await remember_lists(store, done, path, form)
    return done.report, {"rows": done.rows, "new_areas": done.new_areas, "by_name": done.by_name}


def _digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()
