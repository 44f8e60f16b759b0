"""The data version, and which deliveries are in the graph: the operational nodes `Meta` and `Load`.

`Meta` holds the data version and the load state; one `Load` per source holds what was delivered
last. Every transaction that answers a question reads `Meta`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any, NoReturn

from graph.errors import GraphOutdated, LoadConflict, LoadIncomplete
from graph.store.connection import Statement, Store
from graph.store.position import leading
from graph.store.transaction import Row, Transaction

DERIVED = 2
"""Which derived edges a graph has: 1 cross-appointments, 2 also WITHIN. Counted up with every type
that queries rely on: a graph without it would answer wrongly, and nothing would show it."""

META: Statement = (
    "OPTIONAL MATCH (m:Meta {id: 'meta'}) RETURN m.data_version AS version, m.state AS state, "
    "m.load AS load, m.derived AS derived, m.mark AS mark, m.begun AS begun, m.done AS done, "
    "m.total AS total",
    {},
)
"""Read in every transaction that answers a question."""
LOADS: Statement = ("MATCH (l:Load) RETURN properties(l) AS load ORDER BY l.id", {})
"""What was delivered last from each source; keys as in `loading.journal.record_load`."""


@dataclass(frozen=True)
class GraphState:
    """Data version (0: nothing loaded), the digest of a load under way, if any.

    `outdated`: the derived edges are not those that queries rely on.
    """

    version: int
    loading: str | None
    outdated: bool = False


async def read_state(store: Store) -> GraphState:
    """The state as it stands, on a cluster as the member that writes has it.

    Raises `MemberNotReady` where that is behind what was already answered.
    """
    with leading():
        row = (await store.read([META]))[0][0]
    if store.position is not None:
        store.position.check(row["version"] or 0)
    loading = row["load"] if row["state"] == "loading" else None
    return GraphState(row["version"] or 0, loading, _outdated(row))


def _outdated(row: Row) -> bool:
    return bool(row["version"]) and row["derived"] != DERIVED


def refuse_outdated() -> NoReturn:
    """Raises `GraphOutdated`, with the command that mends it."""
    raise GraphOutdated(
        "图是由另一版本的程序导入的，缺少本版本所用的推导关系；请先运行 cobuild verify --rebuild。",
        "the graph was loaded by another version of the program and lacks derived edges that this one "
        "relies on: run `cobuild verify --rebuild` first.",
    )


def check_meta(rows: list[Row]) -> int:
    """The data version from the rows of `META`.

    Raises `LoadIncomplete` during a load, `GraphOutdated` where derived edges are missing.
    """
    if rows[0]["state"] == "loading":
        raise _incomplete(rows[0])
    if _outdated(rows[0]):
        refuse_outdated()
    return rows[0]["version"] or 0


def _incomplete(meta: Row) -> LoadIncomplete:
    """That a load is not complete, with the end that is to be expected by how far it came."""
    zh = en = ""
    soonest = None
    if meta["done"] and meta["begun"]:
        now, begun = datetime.now(UTC), datetime.fromisoformat(meta["begun"])
        left = (now - begun) / meta["done"] * max(meta["total"] - meta["done"], 0)
        soonest = max(int(left.total_seconds()), 1)
        end = (now + left).astimezone()
        zh = f"已写 {meta['done']}/{meta['total']}，若仍在进行，预计 {end:%m-%d %H:%M} 结束；"
        en = (
            f"{meta['done']} of {meta['total']} changes are written; if it still runs, it is expected to end "
            f"at {end:%Y-%m-%d %H:%M}; "
        )
    return LoadIncomplete(
        f"导入未完成，暂不能查询；{zh}已中断的，请用 cobuild load --resume 继续，或 --discard 撤销。",
        f"a load is not complete, so nothing is answered: {en}if it broke off, end it with "
        "`cobuild load --resume` or `--discard`.",
        soonest=soonest,
    )


def edition_of(rows: list[Row]) -> str | None:
    """What distinguishes this state of the data from every other, of any graph, by the rows of `META`.

    None for a graph into which nothing was loaded. A version alone would not do: a graph that is
    emptied and loaded anew counts from the beginning.
    """
    version, mark = rows[0]["version"], rows[0]["mark"]
    return f"{version}-{mark or 'unmarked'}" if version else None


def version_of(edition: str) -> int:
    """The data version of an edition."""
    return int(edition.partition("-")[0])


def new_mark() -> str:
    """A mark that no other state of any graph has."""
    return token_hex(8)


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
        "SET m.data_version = $seen + 1, m.mark = $mark RETURN m.id AS id",
        {"seen": seen, "now": written_at(), "mark": new_mark()},
    )
    if not rows:
        raise LoadConflict(
            "另一个导入同时改动了数据，本次未导入，请重试。",
            "another load changed the graph meanwhile; nothing was imported, run it again.",
        )


def written_at() -> str:
    """The time of a write, as text with its zone."""
    return datetime.now(UTC).isoformat(timespec="seconds")


async def write_derived_number(tx: Transaction) -> None:
    """Note that the derived edges are those of this version of the program."""
    await tx.run("MATCH (m:Meta {id: 'meta'}) SET m.derived = $derived", {"derived": DERIVED})
