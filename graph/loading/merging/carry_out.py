"""Two things that turn out to be one: one is kept with all that hung on both, and they can be taken apart.

The graph first, as one change set that takes it back; then the ledger, of which `settle` makes up for
whatever the graph has and the ledger has not, as where a process ended in between.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from graph.errors import BadParameter
from graph.ledger import Ledger
from graph.ledger.merges import Alias
from graph.loading.changes import Changes
from graph.loading.merging.plan import Merging, plan_merge
from graph.loading.plan import Plan
from graph.loading.undo import undo_load
from graph.loading.write import Work, write_at_once
from graph.store import Store, Transaction, from_writer
from graph.store.history import ChangeSet, read_sets
from graph.store.schema import apply_schema
from graph.store.version import read_state


@from_writer
async def merge(store: Store, ledger: Ledger, kept: str, gone: str, *, reason: str, who: str) -> Merging:
    """Let `gone` be `kept`, in graph and ledger; raises as `plan_merge` does, and for a missing reason."""
    _require(reason)
    await apply_schema(store)
    await settle(store, ledger)
    found = await plan_merge(store, kept, gone)
    title = f"{gone} 并入 {kept}：{reason.strip()}"
    made = ChangeSet(0, "merge", gone, title, who=who, options=f"{kept} {gone}")

    async def nothing(_: Transaction, __: ChangeSet) -> None:
        return None

    work = Work(Plan(Changes(found.changes)), f"merge-{kept}-{gone}", found.version, made, nothing)
    await write_at_once(store, work, lambda *_: None)
    number = (await read_sets(store))[-1].number
    records = await settle(store, ledger, found.aliases)
    return replace(found, number=number, records=records, version=(await read_state(store)).version)


@from_writer
async def take_apart(store: Store, ledger: Ledger, number: int, *, reason: str, who: str) -> ChangeSet:
    """Take a merge back: both things and all that hung on each, as before.

    What came to the kept one since stays there. Raises `NotFound`, `BadParameter`, and `UndoRefused` where
    something that would be put back was changed since.
    """
    _require(reason)
    await settle(store, ledger)
    made = await undo_load(store, number, who=f"{who}（{reason.strip()}）", kind="merge")
    await settle(store, ledger)
    return made


@from_writer
async def settle(store: Store, ledger: Ledger, aliases: Iterable[Alias] = ()) -> int:
    """Bring the ledger in line with merges made and undone in the graph; how many records changed."""
    kept = {m.number: m for m in await ledger.merges.all()}
    changed = 0
    for made in await read_sets(store):
        if made.kind != "merge":
            continue
        there = made.number in kept
        if made.undone_by is None and not there:
            kept_id, gone = made.options.split()
            changed += await ledger.merges.move(made.number, kept_id, gone, aliases)
        elif made.undone_by is not None and there:
            changed += await ledger.merges.move_back(made.number)
    return changed


def _require(reason: str) -> None:
    if not reason.strip():
        raise BadParameter("请写明理由。", "give a reason.", subject="reason")
