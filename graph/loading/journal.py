"""The journal of a load in batches: `LoadJournal` nodes hold the undo of each batch written so far.

The load state is in `Meta`, what was delivered last from each source in `Load` (`store.version`).
"""

from __future__ import annotations

from graph.errors import LoadConflict
from graph.loading.delivery import Delivery
from graph.store import Store, Transaction
from graph.store.changes import Change, apply_changes, from_json, to_json
from graph.store.version import written_at


async def begin_batches(tx: Transaction, seen: int, digest: str) -> None:
    """Open a load in batches: from now on readers get `LoadIncomplete`."""
    rows = await tx.run(
        "MATCH (m:Meta {id: 'meta'}) SET m.changed_at = $now "
        "WITH m WHERE m.data_version = $seen AND (m.state = 'complete' OR m.load = $digest) "
        "SET m.state = 'loading', m.load = $digest RETURN m.id AS id",
        {"seen": seen, "digest": digest, "now": written_at()},
    )
    if not rows:
        raise LoadConflict(
            "另一个导入尚未完成，请先用 --resume 或 --discard 结束它。",
            "another load is not complete; end it with --resume or --discard first.",
        )


async def write_journal(tx: Transaction, position: int, changes: list[Change]) -> None:
    """Keep what takes a batch back, in the batch's own transaction."""
    undo = to_json(c.inverse() if c.before else _bare(c) for c in changes)
    await tx.run(
        "CREATE (j:LoadJournal {id: $id, position: $position, undo: $undo})",
        {"id": f"journal-{position:06}", "position": position, "undo": undo},
    )


def _bare(change: Change) -> Change:
    """To undo a creation, the id is enough."""
    return Change(change.kind, {"id": change.id}, None, change.start, change.end)


async def journal_length(store: Store) -> int:
    """The position after the last batch that was written."""
    text = "MATCH (j:LoadJournal) RETURN max(j.position) AS last"
    last = (await store.read([(text, {})]))[0][0]["last"]
    return 0 if last is None else int(last) + 1


async def undo_last(store: Store) -> bool:
    """Take the last batch back; False when there is none left."""

    async def work(tx: Transaction) -> bool:
        rows = await tx.run(
            "MATCH (j:LoadJournal) RETURN j.id AS id, j.undo AS undo ORDER BY j.position DESC LIMIT 1"
        )
        if not rows:
            return False
        await apply_changes(tx, from_json(rows[0]["undo"]))
        await tx.run("MATCH (j:LoadJournal {id: $id}) DELETE j", {"id": rows[0]["id"]})
        return True

    return await store.write(work)


async def end_batches(tx: Transaction) -> None:
    """Close a load in batches: the journal goes, readers are let in again.

    The version also counts up where the load was undone, so that readers notice.
    """
    await tx.run("MATCH (j:LoadJournal) DELETE j")
    await tx.run(
        "MATCH (m:Meta {id: 'meta'}) SET m.state = 'complete', m.load = null, "
        "m.data_version = m.data_version + 1, m.changed_at = $now",
        {"now": written_at()},
    )


async def record_load(tx: Transaction, delivery: Delivery) -> None:
    """Remember a delivery as the last of its source."""
    manifest = delivery.manifest
    values = {
        "id": f"load-{manifest.source}",
        "folder": delivery.folder.name,
        "digest": delivery.digest,
        "nodes": len(delivery.nodes),
        "edges": len(delivery.edges),
        "loaded_at": written_at(),
        **manifest.model_dump(exclude={"format", "needs"}, exclude_none=True),
    }
    await tx.run("MERGE (l:Load {id: $id}) SET l = $values", {"id": values["id"], "values": values})
