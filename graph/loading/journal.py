"""The journal of a load in batches: what undoes each batch written so far (`store.history`).

The load state is in `Meta`, what was delivered last from each source in `Load` (`store.version`).
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from graph.errors import LoadConflict
from graph.store import Store, Transaction
from graph.store.changes import Change, apply_changes
from graph.store.history import last_number, unpack
from graph.store.version import new_mark, written_at

_UNDER_WAY = "MATCH (j:LoadJournal) WHERE j.number IS NULL OR j.number > $last"


async def begin_batches(tx: Transaction, seen: int, digest: str, total: int = 0) -> None:
    """Open a load in batches, of `total` changes: from now on readers get `LoadIncomplete`."""
    rows = await tx.run(
        "MATCH (m:Meta {id: 'meta'}) SET m.changed_at = $now "
        "WITH m WHERE m.data_version = $seen AND (m.state = 'complete' OR m.load = $digest) "
        "SET m.state = 'loading', m.load = $digest, m.begun = $now, m.done = 0, m.total = $total "
        "RETURN m.id AS id",
        {"seen": seen, "digest": digest, "now": written_at(), "total": total},
    )
    if not rows:
        raise LoadConflict(
            "另一个导入尚未完成，请先用 --resume 或 --discard 结束它。",
            "another load is not complete; end it with --resume or --discard first.",
        )


async def note_done(tx: Transaction, done: int) -> None:
    """How many changes of a load in batches are written, for those who wait for its end."""
    await tx.run("MATCH (m:Meta {id: 'meta'}) SET m.done = m.done + $done", {"done": done})


async def journal_length(store: Store) -> int:
    """The position after the last batch that was written."""

    async def work(tx: Transaction) -> int:
        rows = await tx.run(f"{_UNDER_WAY} RETURN max(j.position) AS last", {"last": await last_number(tx)})
        return 0 if rows[0]["last"] is None else int(rows[0]["last"]) + 1

    return await store.write(work)


async def written_so_far(store: Store) -> list[Change]:
    """What undoes the batches of the load under way."""

    async def work(tx: Transaction) -> list[Change]:
        rows = await tx.run(f"{_UNDER_WAY} RETURN j.undo AS undo", {"last": await last_number(tx)})
        return [change for row in rows for change in unpack(row["undo"])]

    return await store.write(work)


async def undo_last(store: Store) -> bool:
    """Take the last batch back; False when there is none left."""

    async def work(tx: Transaction) -> bool:
        rows = await tx.run(
            f"{_UNDER_WAY} RETURN j.id AS id, j.undo AS undo ORDER BY j.position DESC LIMIT 1",
            {"last": await last_number(tx)},
        )
        if not rows:
            return False
        await apply_changes(tx, unpack(rows[0]["undo"]))
        await tx.run("MATCH (j:LoadJournal {id: $id}) DELETE j", {"id": rows[0]["id"]})
        return True

    return await store.write(work)


async def end_batches(tx: Transaction) -> None:
    """Close a load in batches: readers are let in again.

    The version also counts up where the load was undone, so that readers notice.
    """
    await tx.run(
        "MATCH (m:Meta {id: 'meta'}) SET m.state = 'complete', m.load = null, m.begun = null, m.done = null, "
        "m.total = null, "
        "m.data_version = m.data_version + 1, m.changed_at = $now, m.mark = $mark",
        {"now": written_at(), "mark": new_mark()},
    )


async def read_load(tx: Transaction, source: str) -> dict[str, Any] | None:
    """What is known of the last delivery of a source."""
    rows = await tx.run("MATCH (l:Load {id: $id}) RETURN properties(l) AS load", {"id": f"load-{source}"})
    return rows[0]["load"] if rows else None


async def write_load(tx: Transaction, source: str, values: dict[str, Any] | None) -> None:
    """Remember a delivery as the last of its source; with None, that there was none."""
    id_ = {"id": f"load-{source}"}
    if values is None:
        await tx.run("MATCH (l:Load {id: $id}) DELETE l", id_)
    else:
        await tx.run("MERGE (l:Load {id: $id}) SET l = $values", {**id_, "values": {**values, **id_}})


def load_as_text(values: dict[str, Any] | None) -> str:
    """What was known of a source's last delivery, as a change set keeps it."""
    return "" if values is None else json.dumps(values, ensure_ascii=False, default=lambda d: {"$d": str(d)})


def load_from_text(text: str) -> dict[str, Any] | None:
    """Back from `load_as_text`."""

    def dates(value: dict[str, Any]) -> Any:
        return date.fromisoformat(value["$d"]) if "$d" in value else value

    return json.loads(text, object_hook=dates) if text else None
