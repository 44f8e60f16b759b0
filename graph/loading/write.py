"""Writing a plan: in one transaction, or in batches under a load record; with what takes it back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from graph.loading import journal
from graph.loading.batches import Batches
from graph.loading.made import Newcomers
from graph.loading.plan import Plan
from graph.model import EDGES
from graph.store import Row, Store, Transaction
from graph.store.beside import beside, can_stand_beside
from graph.store.changes import CHUNK, Change, apply_changes
from graph.store.derived import rederive
from graph.store.history import ChangeSet, last_number, record
from graph.store.places import Run, moved
from graph.store.version import take_version
from graph.store.within import moved_places

Progress = Callable[[str, int, int], None]
"""Called with a step (`read`, `check`, `compare`, `copy`, `write`, `derive`), done and total."""


@dataclass
class Work:
    """A plan on its way into the graph.

    `digest` names it while it is under way, `seen` is the data version that it was made for. `made`
    is its change set without number, counts and version. `remember` writes what is known of the
    source's last delivery afterwards, given the set.
    """

    plan: Plan
    digest: str
    seen: int
    made: ChangeSet
    remember: Callable[[Transaction, ChangeSet], Awaitable[None]]
    persons: Collection[str] = field(default_factory=set)
    """Whose posts an interrupted part of it may have changed."""


async def write_work(
    store: Store, work: Work, progress: Progress, *, most: int, begun: bool = False, in_place: bool = False
) -> int:
    """Write a plan: up to `most` changes at once, more in batches; the number of derived changes.

    Batches are written beside the graph that readers ask. In its place are written those that were
    `begun` there, and where there is no second database or no room on the disk for one.
    """
    if not begun and len(work.plan.changes) <= most:
        return await write_at_once(store, work, progress)
    if begun or in_place or not can_stand_beside(store):
        return await write_in_batches(store, work, progress)
    progress("copy", 0, 1)
    async with beside(store) as other:
        progress("copy", 1, 1)
        return await write_in_batches(other, work, progress, apart=True)


async def write_at_once(store: Store, work: Work, progress: Progress) -> int:
    """Everything in one transaction: it is all there, or nothing is. The number of derived changes."""
    plan = work.plan

    async def write(tx: Transaction) -> int:
        changes, last = plan.steps()
        if plan.changes:
            await take_version(tx, work.seen)
        for i in range(0, len(changes), CHUNK):
            progress("write", i, len(changes))
            await apply_changes(tx, changes[i : i + CHUNK])
        progress("write", len(changes), len(changes))
        derived = await rederive(tx, plan.persons(), plan.bodies()) if plan.persons() else []
        if places := set(moved_places(plan.changes.of("PART_OF", "Area"))):
            parts = moved(tx.run, places, {c.id for c in last})
            derived += [change async for part in parts for change in part]
        await apply_changes(tx, derived)
        await apply_changes(tx, last)
        version = work.seen + bool(plan.changes)
        number, before = await last_number(tx) + 1, await _known_before(tx, work)
        made = replace(work.made, number=number, version=version, before=before, **plan.changes.counts())
        await record(tx, made, [*changes, *last])
        await work.remember(tx, made)
        return len(derived)

    return await store.write(write)


async def write_in_batches(store: Store, work: Work, progress: Progress, *, apart: bool = False) -> int:
    """Batches under a load record: who reads this graph has to wait until the last one.

    `apart`: no one reads it, and whatever breaks off leaves nothing of it.
    """
    plan = work.plan

    async def begin(tx: Transaction) -> int:
        await journal.begin_batches(tx, work.seen, work.digest, len(plan.changes))
        return await last_number(tx) + 1

    number = await store.write(begin)
    position = await journal.journal_length(store)
    before = _done_before(await journal.written_so_far(store))
    found = plan.changes.counts(before)
    places = {*moved_places(before), *moved_places(plan.changes.of("PART_OF", "Area"))}
    changes, last = plan.steps()
    begun = position
    batches = Batches(store, number, position, apart=apart)
    progress("write", 0, len(changes))
    await batches.write(changes, lambda done: progress("write", done, len(changes)))
    derived = 0
    made = Newcomers(changes) if apart else None
    if made is not None:
        progress("derive", 0, 1)
        derived += await batches.follow(made.crossed())
        derived += await batches.follow([change async for change in made.within(_each(store))])
        places -= made.places
    persons = sorted((set(work.persons) | plan.persons()) - (made.persons if made else set()))
    for i in range(0, len(persons), CHUNK):
        progress("derive", i, len(persons))
        some = set(persons[i : i + CHUNK])
        # Of an interrupted part it is not known any more whose posts it removed.
        bodies = plan.bodies() if begun else plan.bodies(some)
        derived += await batches.derive(some, bodies)
    if places:
        async for part in moved(_each(store), places, {c.id for c in last}):
            derived += await batches.follow(part)
    progress("derive", len(persons), len(persons))
    await batches.write(last)

    async def end(tx: Transaction) -> None:
        before = await _known_before(tx, work)
        made = replace(work.made, number=number, version=work.seen + 1, before=before, **found)
        await record(tx, made)
        await work.remember(tx, made)
        await journal.end_batches(tx)

    await store.write(end)
    return derived


def _each(store: Store) -> Run:
    """Statements in transactions of their own: between batches there is nothing to keep together."""

    async def run(text: str, parameters: Mapping[str, Any]) -> list[Row]:
        return (await store.read([(text, parameters)]))[0]

    return run


async def _known_before(tx: Transaction, work: Work) -> str:
    return journal.load_as_text(await journal.read_load(tx, work.made.source))


def _done_before(undo: list[Change]) -> list[Change]:
    """What batches of an interrupted part did, from what takes them back."""
    return [c.inverse() for c in undo if c.kind not in EDGES or not EDGES[c.kind].derived]
