"""Erasing a person from the history: from what would take changes back, and from merges."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from graph.model import label_of
from graph.store import Store, Transaction
from graph.store.changes import Change
from graph.store.history import ERASED, pack, read_sets, read_undo, unpack


async def forget_in_history(tx: Transaction, person: str, hide: Callable[[str], str]) -> int:
    """Take a person, every edge of that person, and the name, which `hide` masks, out of the history."""
    changed = 0
    for row in await tx.run("MATCH (j:LoadJournal) RETURN j.id AS id"):
        (part,) = await tx.run("MATCH (j:LoadJournal {id: $id}) RETURN j.undo AS undo", {"id": row["id"]})
        changes = unpack(part["undo"])
        kept = [_hidden(c, hide) for c in changes if person not in (c.id, c.start, c.end)]
        if kept != changes:
            changed += len(changes) - len(kept)
            text = "MATCH (j:LoadJournal {id: $id}) SET j.undo = $undo"
            await tx.run(text, {"id": row["id"], "undo": pack(kept)})
    await _forget_merges(tx, person, hide)
    return changed


async def _forget_merges(tx: Transaction, person: str, hide: Callable[[str], str]) -> None:
    """A merge keeps who signed it and when; not the id of the person, nor a name in its reason."""
    text = "MATCH (c:ChangeSet {kind: 'merge'}) RETURN c.id AS id, c.title AS title, c.options AS options"
    for row in await tx.run(text):
        ids = [ERASED if i == person else i for i in row["options"].split()]
        if ids == row["options"].split():
            continue
        values = {"id": row["id"], "title": hide(row["title"].replace(person, ERASED))}
        values |= {"options": " ".join(ids), "source": ids[1]}
        await tx.run(
            "MATCH (c:ChangeSet {id: $id}) SET c.title = $title, c.options = $options, c.source = $source",
            values,
        )


def _hidden(change: Change, hide: Callable[[str], str]) -> Change:
    def masked(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
        return (
            None if values is None else {k: hide(v) if isinstance(v, str) else v for k, v in values.items()}
        )

    return replace(change, before=masked(change.before), after=masked(change.after))


async def persons_in_history(store: Store) -> set[str]:
    """Ids of persons in what would take changes back."""
    found: set[str] = set()
    for made in await read_sets(store):
        for change in await read_undo(store, made.number):
            found |= {i for i in (change.id, change.start, change.end) if i and "~" not in i}
    return {i for i in found if label_of(i) == "Person"}
