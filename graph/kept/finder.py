"""Finding the rows of a file: as a whole, or those that a change may have touched; packed as a unit.

Where things lie is known by the digest of the unit of the file that says so: who asks gives digests, and is
told with `LackingError` which of them are not known here (`learn`).
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from graph.kept.file import Aftermath, Edge, File, Placed
from graph.kept.mending import rows_of_areas, rows_of_origins
from graph.kept.packing import order_of, pack, patched
from graph.kept.placing import ChangedPlaces, Places, Placing, changed_places, gathered
from graph.kept.source import LackingError, Source
from graph.kept.spreading import Gone, gone_of, origins
from graph.kept.unit import PackedUnit, Row
from graph.pausing import PAUSE

PLACINGS = 8
"""Days and states of the data of which it is known where things lie."""
SUBJECTS = 4_000_000
"""Of which it is known where they lie, in all that files said; at least `LAST` of these stand."""
LAST = 24
UNCHANGED = b""
"""For a unit that is as it was."""


class Finder:
    """Finds units, as one source answers; what it knows of places outlives a state of the data."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._places: OrderedDict[bytes, Places] = OrderedDict()
        self._placings: OrderedDict[frozenset[tuple[str, bytes]], Placing] = OrderedDict()
        self._gone: tuple[str, Gone] = ("", {})

    async def learn(self, content: bytes) -> None:
        """Where things lie, by the unit of a file that says so."""
        unit = PackedUnit(content)
        with PAUSE:
            self._know(content, gathered(unit.rows(range(unit.count)), self._source.known_id))

    async def learn_edges(self, name: str, edges: Sequence[Edge]) -> None:
        """What changed since another state of the data; of the state that is held."""
        self._gone = name, gone_of(edges, self._source)

    async def places(self, file: File) -> bytes:
        """What a file under `scopes/` says, as a unit."""
        rows = await self._source.rows(file.text, file.parameters)
        content = await self._source.work(pack_rows, file, rows, None)
        self._know(content, await self._source.work(gathered, rows, self._source.known_id))
        return content

    async def mended_places(self, file: File, changed: Aftermath, old: bytes, digest: bytes) -> bytes | None:
        """The same, made of what it said; as `mended`. `digest` is that of `old`."""
        before = self._known_places([digest])[0]
        ids = await origins(changed, self._source, self._gone_since(changed))
        rows = None if ids is None else await rows_of_origins(self._source, file, changed, ids)
        if ids is None or rows is None:
            return None
        unit = PackedUnit(old)
        gone = [n for n, subject in enumerate(unit.read_origins()) if subject in ids] if ids else []
        if not gone and not rows:
            return UNCHANGED
        content = await self._source.work(patched, unit, gone, rows, [()] * len(rows))
        if content is not None:
            self._know(content, changed_places(before, ids, rows))
        return content

    async def whole(self, file: File, placed: Placed) -> bytes:
        """The rows of a file, as a unit."""
        placing = self._placing(placed)
        rows = await self._source.rows(file.text, file.parameters)
        return await self._source.work(pack_rows, file, rows, placing)

    async def packed(self, file: File, placed: Placed, rows: Sequence[Row]) -> bytes:
        """Rows that who asks has, as a unit."""
        return await self._source.work(pack_rows, file, rows, self._placing(placed))

    async def placed_anew(self, file: File, placed: Placed, old: bytes) -> bytes:
        """The rows of a unit, which lie elsewhere now."""
        unit = PackedUnit(old)
        return await self.packed(file, placed, [*unit.rows(range(unit.count))])

    async def mended(
        self, file: File, changed: Aftermath, placed: tuple[Placed, Placed], old: bytes
    ) -> bytes | None:
        """The unit made of an older one, with those rows read again that may be others; sorted as before.

        `placed`: where things lie, and where they lay. `UNCHANGED` where it is as it was; None where it has
        to be found as a whole.
        """
        placing, then = (self._placing(one) for one in placed)
        ids = await origins(changed, self._source, self._gone_since(changed))
        if ids is None:
            return None
        moved = placing.moved(file.placed_by, then)
        if not ids and not moved:
            return UNCHANGED
        unit = PackedUnit(old)
        known = unit.read_origins()
        ids |= moved.intersection(known)
        numbers = {n for n, id_ in enumerate(known) if id_ in ids}
        rows = await rows_of_origins(self._source, file, changed, ids)
        if rows is None:
            rows = await rows_of_areas(self._source, file, changed, (unit, numbers, ids), placing)
        elif file.root is not None:
            inside = placing.areas_of(file.placed_by, rows)
            rows = [row for row, areas in zip(rows, inside, strict=True) if file.root in areas]
        if rows is None:
            return None
        if not numbers and not rows:
            return UNCHANGED
        return await self._source.work(_patch, file, unit, numbers, rows, placing)

    def _gone_since(self, changed: Aftermath) -> Gone:
        if not changed.since:
            return {}
        if self._gone[0] != changed.since:
            raise LackingError([changed.since])
        return self._gone[1]

    def _placing(self, placed: Placed) -> Placing:
        key = frozenset(placed.items())
        found = self._placings.pop(key, None)
        if found is None:
            found = Placing(dict(zip(placed, self._known_places(placed.values()), strict=True)))
        self._placings[key] = found
        while len(self._placings) > PLACINGS:
            self._placings.popitem(last=False)
        return found

    def _known_places(self, digests: Collection[bytes]) -> list[Places]:
        if lacking := [digest for digest in digests if digest not in self._places]:
            raise LackingError(lacking)
        for digest in digests:
            self._places.move_to_end(digest)
        return [self._places[digest] for digest in digests]

    def _know(self, content: bytes, places: Places) -> None:
        self._places[digest_of(content)] = places
        while len(self._places) > LAST and _subjects(self._places.values()) > SUBJECTS:
            self._places.popitem(last=False)


def _subjects(known: Iterable[Places]) -> int:
    """How many subjects are held, those of tables that are shared once."""
    bases = [places.base if isinstance(places, ChangedPlaces) else places for places in known]
    return sum(len(base) for base in {id(base): base for base in bases}.values())


def digest_of(content: bytes) -> bytes:
    """Tells what one file under `scopes/` said from what another one did, or the same one at another time."""
    return hashlib.blake2b(content, digest_size=16).digest()


def pack_rows(file: File, rows: Sequence[Row], placing: Placing | None) -> bytes:
    """Rows as a unit; they lie nowhere where `placing` is None."""
    with PAUSE:
        areas = [()] * len(rows) if placing is None else placing.areas_of(file.placed_by, rows)
        if file.cut:
            staying = [n for n, of in enumerate(areas) if file.root in of]
            rows, areas = [rows[n] for n in staying], [areas[n] for n in staying]
        return pack(rows, areas, file.head, origin=file.origin, order=file.order)


def _patch(file: File, unit: PackedUnit, gone: Collection[int], rows: list[Row], placing: Placing) -> bytes:
    content = patched(unit, gone, rows, placing.areas_of(file.placed_by, rows))
    if content is None:
        staying = unit.rows(n for n in range(unit.count) if n not in gone)
        order: Any = unit.head["order"]
        content = pack_rows(file, sorted([*staying, *rows], key=lambda row: order_of(row, order)), placing)
    return content
