"""What a load made a form remember, by the number of the load, so that an undo takes that back too.

Both are done by who holds the lock of loads: the notes of all loads are one file, read and written again.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from graph.loading.register.deliver import Registered
from graph.loading.register.forms import (
    FOLDER,
    Form,
    keep_form,
    keep_whole,
    path_of,
    read_form,
    with_complete,
)
from graph.store import Store
from graph.store.history import read_sets

_NOTES = ".said.json"


async def remember_lists(store: Store, done: Registered, path: Path, form: Form) -> None:
    """Let a form remember which lists the register of an area closes, as was said with its load."""
    if done.area is None:
        return
    area, lists, report = done.area.id, done.complete, done.report
    keep_form(path, with_complete(form, area, lists))
    made = next(iter(reversed(await read_sets(store))), None)
    if report.already or made is None or made.kind != "load" or made.version != report.version:
        return
    before = form.complete.get(area, frozenset())
    note = {"form": path.stem, "area": area, "said": sorted(lists), "before": sorted(before)}
    _write(path.parent, {**_read(path.parent), str(made.number): note})


def take_back_lists(data_dir: Path, number: int) -> str | None:
    """After the undo of a load: the name of the form that again says what it said before it.

    None where that load made no form remember anything, or the form says something else since.
    """
    notes = _read(data_dir / FOLDER)
    note = notes.pop(str(number), None)
    if note is None:
        return None
    _write(data_dir / FOLDER, notes)
    path = path_of(data_dir, note["form"])
    if not path.exists():
        return None
    form = read_form(path)
    if form.complete.get(note["area"], frozenset()) != frozenset(note["said"]):
        return None
    keep_form(path, with_complete(form, note["area"], frozenset(note["before"])))
    return path.stem


def _read(folder: Path) -> dict[str, dict[str, Any]]:
    with suppress(FileNotFoundError, json.JSONDecodeError):
        found: dict[str, dict[str, Any]] = json.loads((folder / _NOTES).read_text("utf-8"))
        return found
    return {}


def _write(folder: Path, notes: dict[str, dict[str, Any]]) -> None:
    keep_whole(folder / _NOTES, json.dumps(notes, ensure_ascii=False))
