"""The batches of a load: written in transactions with what takes them back, or made by the engine itself.

The engine creates rows in its own process in a third of the time that statements take. That is done beside
the graph alone, where what breaks off is dropped: what takes the rows back is written after them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from graph.loading import journal
from graph.loading.changes import Changes, Created
from graph.store import Store, Transaction
from graph.store.beside import fill
from graph.store.changes import CHUNK, Change, Step, apply_steps, in_order, steps_of
from graph.store.derived import rederive
from graph.store.history import undo_of, undo_of_part, write_undo
from graph.store.parts import NewRows, parts_of

Told = Callable[[int], None]
"""Called with how many changes are written."""
TOGETHER = 10
"""Parts of what takes rows back that are written in one transaction."""


class Batches:
    """Batches of one change set, from a position on; `apart`: beside the graph, where no one reads them."""

    def __init__(self, store: Store, number: int, position: int, *, apart: bool) -> None:
        self._store = store
        self._number = number
        self._position = position
        self._apart = apart

    async def write(self, changes: Changes | Sequence[Change], told: Told = lambda _: None) -> None:
        """Write changes that are in order."""
        if not self._apart or not isinstance(changes, Changes):
            await self._write(changes, told)
            return
        begun = 0
        for run in changes.runs():
            before = begun

            def so_far(done: int, before: int = before) -> None:
                told(before + done)

            created = [each for each in run if isinstance(each, Created)]
            if created:
                await self._fill(partial(_parts_of, created), _needed(created), so_far)
                begun += sum(map(len, created))
            else:
                await self._write([each for each in run if isinstance(each, Change)], so_far)
                begun += len(run)

    async def derive(self, persons: set[str], bodies: set[str]) -> int:
        """Make the cross-appointments of persons anew; how many changed."""

        async def found(tx: Transaction) -> list[Change]:
            return await rederive(tx, persons, bodies)

        async def work(tx: Transaction) -> int:
            changes = await found(tx)
            await apply_steps(tx, steps_of(changes))
            await write_undo(tx, self._number, self._position, undo_of(changes))
            return len(changes)

        if self._apart:
            return await self.follow(await self._store.write(found))
        count = await self._store.write(work)
        self._position += 1
        return count

    async def follow(self, changes: Sequence[Change]) -> int:
        """Write derived edges that follow from what was written, in any order; how many."""
        new = [change for change in changes if change.before is None]
        if not self._apart or len(new) < CHUNK:
            await self._write(in_order(changes))
            return len(changes)
        await self._write(in_order(change for change in changes if change.before is not None))
        ends = {id_ for change in new for id_ in (change.start, change.end)}
        await self._fill(partial(parts_of, new), ends)
        return len(changes)

    async def _write(self, changes: Sequence[Change], told: Told = lambda _: None) -> None:
        """Statements, batch by batch. While the engine writes one, the next is made ready."""
        ready = await asyncio.to_thread(_made_ready, changes[:CHUNK])
        for i in range(0, len(changes), CHUNK):
            steps, undo = ready
            following = changes[i + CHUNK : i + 2 * CHUNK]
            preparing = asyncio.create_task(asyncio.to_thread(_made_ready, following))
            part = len(changes[i : i + CHUNK])

            async def write(
                tx: Transaction, steps: list[Step] = steps, undo: str = undo, part: int = part
            ) -> None:
                await apply_steps(tx, steps)
                await write_undo(tx, self._number, self._position, undo)
                await journal.note_done(tx, part)

            try:
                await self._store.write(write)
            finally:
                ready = await preparing
            self._position += 1
            told(min(i + CHUNK, len(changes)))

    async def _fill(
        self, parts: Callable[[], Iterator[NewRows]], there: set[str], told: Told = lambda _: None
    ) -> None:
        """New rows, by the engine itself; what takes them back is made meanwhile and written then."""
        undoing = asyncio.create_task(asyncio.to_thread(lambda: [_undo(part) for part in parts()]))
        try:
            await fill(self._store, parts(), there, told)
        finally:
            undo = await undoing
        told(sum(count for count, _ in undo))
        for i in range(0, len(undo), TOGETHER):
            some = undo[i : i + TOGETHER]

            async def write(tx: Transaction, some: list[tuple[int, str]] = some) -> None:
                for at, (_, text) in enumerate(some, start=self._position):
                    await write_undo(tx, self._number, at, text)
                await journal.note_done(tx, sum(count for count, _ in some))

            await self._store.write(write)
            self._position += len(some)


def _made_ready(changes: Sequence[Change]) -> tuple[list[Step], str]:
    return steps_of(changes), undo_of(changes)


def _undo(part: NewRows) -> tuple[int, str]:
    """How many rows a part has, and what takes them back."""
    return len(part.columns["id"]), undo_of_part(part)


def _parts_of(created: Sequence[Created]) -> Iterator[NewRows]:
    for each in created:
        yield from each.parts(CHUNK)


def _needed(created: Sequence[Created]) -> set[str]:
    """The nodes at which new edges begin or end and which are not new themselves."""
    found: set[str] = set()
    for each in created:
        for ids in each.block.joins_at(each.positions):
            found.update(ids)
    for each in created:
        if not each.block.ends:
            found.difference_update(each.block.ids_at(each.positions))
    return found
