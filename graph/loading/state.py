"""The operational nodes of loading: data version, which deliveries stand, a load under way.

`Meta` holds the data version and the load state; one `Load` per source holds what was delivered
last; `LoadJournal` nodes hold the undo of each batch of a load that is not complete.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from graph.errors import LoadConflict, LoadIncomplete
from graph.loading.changes import Change, apply_changes, from_json, to_json
from graph.loading.delivery import Delivery
from graph.store import Row, Statement, Store, Transaction

META: Statement = (
    "OPTIONAL MATCH (m:Meta {id: 'meta'}) RETURN m.data_version AS version, m.state AS state, m.load AS load",
    {},
)
"""Read first in every transaction that answers somebody."""
LOADS: Statement = ("MATCH (l:Load) RETURN properties(l) AS load ORDER BY l.id", {})
"""What was delivered last from each source; keys as in `record_load`."""


@dataclass(frozen=True)
class GraphState:
    """Data version (0: nothing loaded), and the digest of a load under way, if any."""

    version: int
    loading: str | None


async def read_state(store: Store) -> GraphState:
    """The state as it stands."""
    row = (await store.read([META]))[0][0]
    return GraphState(row["version"] or 0, row["load"] if row["state"] == "loading" else None)


def check_meta(rows: list[Row]) -> int:
    """The data version from the rows of `META`; raises `LoadIncomplete` during a load."""
    if rows[0]["state"] == "loading":
        raise LoadIncomplete(
            "导入未完成，暂不能查询；请用 cobuild load --resume 继续，或 --discard 撤销。",
            "a load is not complete, so nothing is answered: end it with "
            "`cobuild load --resume` or `--discard`.",
        )
    return rows[0]["version"] or 0


async def read_loads(store: Store) -> list[dict[str, Any]]:
    """The rows of `LOADS`, for those who load."""
    rows = (await store.read([LOADS]))[0]
    return [row["load"] for row in rows]


async def take_version(tx: Transaction, seen: int) -> None:
    """Count the data version up, if it is still the one that the plan was made for.

    Done first in a transaction: the write locks out every other load, and only what is read
    after it counts. Raises `LoadConflict`.
    """
    rows = await tx.run(
        "MATCH (m:Meta {id: 'meta'}) SET m.changed_at = $now "
        "WITH m WHERE m.data_version = $seen AND m.state = 'complete' "
        "SET m.data_version = $seen + 1 RETURN m.id AS id",
        {"seen": seen, "now": _now()},
    )
    if not rows:
        raise LoadConflict(
            "另一个导入同时改动了数据，本次未导入，请重试。",
            "another load changed the graph meanwhile; nothing was imported, run it again.",
        )


async def begin_batches(tx: Transaction, seen: int, digest: str) -> None:
    """Open a load in batches: from now on readers get `LoadIncomplete`."""
    rows = await tx.run(
        "MATCH (m:Meta {id: 'meta'}) SET m.changed_at = $now "
        "WITH m WHERE m.data_version = $seen AND (m.state = 'complete' OR m.load = $digest) "
        "SET m.state = 'loading', m.load = $digest RETURN m.id AS id",
        {"seen": seen, "digest": digest, "now": _now()},
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
    """To take back a creation, the id is enough."""
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

    The version counts up also where the load was taken back: who read meanwhile shall notice.
    """
    await tx.run("MATCH (j:LoadJournal) DELETE j")
    await tx.run(
        "MATCH (m:Meta {id: 'meta'}) SET m.state = 'complete', m.load = null, "
        "m.data_version = m.data_version + 1, m.changed_at = $now",
        {"now": _now()},
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
        "loaded_at": _now(),
        **manifest.model_dump(exclude={"format", "needs"}, exclude_none=True),
    }
    await tx.run("MERGE (l:Load {id: $id}) SET l = $values", {"id": values["id"], "values": values})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
