"""The data version, and which deliveries are in the graph: the operational nodes `Meta` and `Load`.

`Meta` holds the data version and the load state; one `Load` per source holds what was delivered
last. Every transaction that answers a question reads `Meta`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from graph.errors import LoadConflict, LoadIncomplete
from graph.store.connection import Statement, Store
from graph.store.transaction import Row, Transaction

META: Statement = (
    "OPTIONAL MATCH (m:Meta {id: 'meta'}) RETURN m.data_version AS version, m.state AS state, m.load AS load",
    {},
)
"""Read in every transaction that answers a question."""
LOADS: Statement = ("MATCH (l:Load) RETURN properties(l) AS load ORDER BY l.id", {})
"""What was delivered last from each source; keys as in `loading.journal.record_load`."""


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
    """The rows of `LOADS`, for loading."""
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
        {"seen": seen, "now": written_at()},
    )
    if not rows:
        raise LoadConflict(
            "另一个导入同时改动了数据，本次未导入，请重试。",
            "another load changed the graph meanwhile; nothing was imported, run it again.",
        )


def written_at() -> str:
    """The time of a write, as text with its zone."""
    return datetime.now(UTC).isoformat(timespec="seconds")
