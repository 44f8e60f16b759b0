"""One unit of what is kept: the rows of one file in one place on one day, cut by area and verdict.

Rows are packed in blocks, so that a page unpacks a few of them whatever stands before it. Rows that
lie in the same areas and say the same form a group: a tally is a sum over groups, and the rows of an
area are those of its groups.
"""

from __future__ import annotations

import re
import zlib
from array import array
from bisect import bisect_right
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from heapq import merge
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import orjson

from graph.kept.groups import PlacedRows, shared_group, shared_places
from graph.kept.standing import SMALL, InFile, InMemory
from graph.pausing import PAUSE

Row = dict[str, Any]
"""By column; dates are `datetime.date`."""
UNPACKED = 4
"""Blocks that a unit keeps unpacked: with 32, a city that was read once stays in memory as a whole."""
FEW = 1 << 16
"""Groups whose numbers are held in two bytes."""
CUTS = 32
"""Cuts (area, verdict) whose row numbers a unit keeps."""
MAGIC = b"cobuild findings 4\n"
START = len(MAGIC) + 4 + 8
"""Where the head begins: behind a checksum of all that follows it, and the length of the head."""
DATE = "$date"
"""The key of a date inside of lists and maps."""


_SAID = re.compile(rb'\{"file":"([^"\\]+)","revision":"([^"\\]+)"')
"""What a unit says of itself stands first in its head (`compute.head_of`)."""


def said_by(content: bytes) -> tuple[str, str]:
    """Of which file a unit is, and of which revision, without reading the rest; raises `ValueError`."""
    found = _SAID.match(content, START) if content.startswith(MAGIC) else None
    if found is None:
        raise ValueError("no kept findings")
    return found[1].decode(), found[2].decode()


def checksum(content: bytes | memoryview) -> bytes:
    """Four bytes that are others where a disk has lost some of the content or changed it."""
    return zlib.crc32(content).to_bytes(4, "big")


class PackedUnit:
    """What `pack` made, read again; it is never changed."""

    def __init__(self, content: bytes) -> None:
        """Raises `ValueError` for bytes that are not those that were packed."""
        view = memoryview(content)
        if not content.startswith(MAGIC) or len(content) < START:
            raise ValueError("no kept findings")
        if checksum(view[len(MAGIC) + 4 :]) != content[len(MAGIC) : len(MAGIC) + 4]:
            raise ValueError("kept findings that are damaged")
        at = START + int.from_bytes(view[len(MAGIC) + 4 : START], "big")
        self.head: dict[str, Any] = orjson.loads(view[START:at])
        self.columns: list[str] = self.head["columns"]
        with PAUSE:
            places, groups = self.head.pop("places"), self.head.pop("groups")
            self.places: list[PlacedRows] = [shared_places(area, *counted) for area, counted in places]
            self.groups = [shared_group(*group) for group in groups]
        self._rows: int = self.head["rows"]
        numbers = array("I", content[at : at + 4 * self._rows])
        self._group_of_row = array("H", numbers) if len(self.groups) <= FEW else numbers
        at += 4 * self._rows
        self._origins = at, at + self.head["origins"]
        self._blocks = array("Q", accumulate(self.head.pop("blocks"), initial=self._origins[1]))
        """Where each block begins, and where the last one ends."""
        self.ends = array("I", accumulate(self.head.pop("sizes")))
        """The number after the last row of each block."""
        if self._blocks[-1] != len(content) or len(self._group_of_row) != self._rows:
            raise ValueError("kept findings that are not whole")
        self._bytes: InMemory | InFile = InMemory(content)
        self.made: dict[Any, Any] = {}
        """What was made of its rows and is small, as sums (`cut.Cut.remembered`)."""
        self._unpacked: OrderedDict[int, list[Row]] = OrderedDict()
        self._cuts: OrderedDict[Any, Sequence[int]] = OrderedDict()

    def stand(self, path: Path | None) -> None:
        """It stands in a file: of a large one the rows are read from there when they are asked for."""
        if path is not None and self._bytes.size > SMALL:
            with suppress(OSError):
                file = InFile(path)
                if file.size == self._bytes.size:
                    self._bytes = file

    @property
    def said_by(self) -> tuple[str, str]:
        """Of which file it is, and of which revision; raises `ValueError` where that is not said."""
        if "file" not in self.head:
            raise ValueError("of no file")
        return self.head["file"], self.head["revision"]

    @property
    def content(self) -> bytes:
        """All of it, as it stands on the shelf."""
        return bytes(self._bytes.read(0, self._bytes.size))

    @property
    def size(self) -> int:
        """Bytes that it takes in memory, about."""
        head: int = self._origins[0]
        return max(self._bytes.resident, head)

    @property
    def gone(self) -> bool:
        """Whether its rows cannot be read any more."""
        return self._bytes.gone

    @cached_property
    def _members(self) -> list[array[int]]:
        """By group the numbers of its rows, in their order."""
        found = [array("I") for _ in self.groups]
        for number, group in enumerate(self._group_of_row):
            found[group].append(number)
        return found

    @cached_property
    def _sizes(self) -> Counter[int]:
        """By group how many rows it has."""
        return Counter(self._group_of_row)

    @cached_property
    def _groups_of_area(self) -> dict[str, list[int]]:
        """By area the groups that count in it."""
        of_place: dict[int, list[int]] = {}
        for number, group in enumerate(self.groups):
            of_place.setdefault(group.place, []).append(number)
        found: dict[str, list[int]] = {}
        for place, groups in of_place.items():
            for area in self.places[place][1]:
                found.setdefault(area, []).extend(groups)
        return found

    def groups_in(self, area: str | None, elsewhere: frozenset[str], state: str | None = None) -> list[int]:
        """The groups that count in an area (None: all), but those whose own area is elsewhere."""
        found: Iterable[int]
        found = range(len(self.groups)) if area is None else self._groups_of_area.get(area, ())
        return [
            n
            for n in found
            if state in (None, self.groups[n].state)
            and (not elsewhere or self.places[self.groups[n].place][0] not in elsewhere)
        ]

    def counts(self, groups: Iterable[int]) -> Counter[tuple[str, str | None]]:
        """How many rows of each verdict or state and severity."""
        found: Counter[tuple[str, str | None]] = Counter()
        for n in groups:
            if size := self._sizes[n]:
                found[self.groups[n].state, self.groups[n].severity] += size
        return found

    def numbers(self, area: str | None, elsewhere: frozenset[str], state: str | None = None) -> Sequence[int]:
        """The numbers of the rows of a cut, in their order."""
        key = area, elsewhere, state
        if key not in self._cuts:
            groups = self.groups_in(area, elsewhere, state)
            if len(groups) == len(self.groups):
                self._cuts[key] = range(self._rows)
            else:
                self._cuts[key] = array("I", merge(*(self._members[n] for n in groups)))
        self._cuts.move_to_end(key)
        while len(self._cuts) > CUTS:
            self._cuts.popitem(last=False)
        return self._cuts[key]

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._rows

    @property
    def group_of_row(self) -> array[int]:
        """The group of each row, by number."""
        return self._group_of_row

    def read_origins(self) -> list[str]:
        """By row the id by which it is placed; none where the file says of no column that it places.

        They are unpacked each time: as texts they take more memory than all that is kept packed.
        """
        packed = self._bytes.read(*self._origins)
        return self._unzipped(packed).decode().split("\n") if packed and self._rows else []

    def areas(self, number: int) -> tuple[str, ...]:
        """The areas in which a row counts."""
        return self.places[self.groups[self._group_of_row[number]].place][1]

    def members(self, area: str) -> Iterator[int]:
        """The numbers of the rows that count in an area, group by group."""
        for group in self._groups_of_area.get(area, ()):
            yield from self._members[group]

    def packed(self, block: int) -> bytes | memoryview:
        """A block as it is kept."""
        return self._bytes.read(self._blocks[block], self._blocks[block + 1])

    def values(self, columns: Sequence[str]) -> Iterator[list[Any]]:
        """All rows in their order, of each the values of some columns, dates as they are packed."""
        at = [self.columns.index(column) for column in columns] if self._rows else []
        packed = memoryview(self._bytes.read(self._blocks[0], self._blocks[-1]))
        for start, stop in pairwise(begin - self._blocks[0] for begin in self._blocks):
            for row in orjson.loads(self._unzipped(packed[start:stop])):
                yield [row[n] for n in at]

    def rows(self, numbers: Iterable[int]) -> Iterator[Row]:
        """The rows of these numbers, each a new dictionary; values in it are shared."""
        at: int = -1
        rows: list[Row] = []
        for number in numbers:
            block = bisect_right(self.ends, number)
            if block != at:
                at, rows = block, self._block(block)
            yield dict(rows[number - self.ends[block]])  # counted from the end of the block

    def _unzipped(self, packed: bytes | memoryview) -> bytes:
        """Raises `UnitGone` where the file was damaged since its unit was read: it is found anew then."""
        try:
            return zlib.decompress(packed)
        except zlib.error as error:
            raise self._bytes.lose() from error

    def _block(self, number: int) -> list[Row]:
        found = self._unpacked.get(number)
        if found is None:
            found = self._unpacked[number] = self._unpack(number)
            while len(self._unpacked) > UNPACKED:
                self._unpacked.popitem(last=False)
        return found

    def _unpack(self, number: int) -> list[Row]:
        values = orjson.loads(self._unzipped(self.packed(number)))
        if self.head["deep"]:
            values = _dated(values)
        rows = [dict(zip(self.columns, row, strict=True)) for row in values]
        for column in self.head["dated"]:
            for row in rows:
                if row[column] is not None:
                    row[column] = date.fromisoformat(row[column])
        return rows


def _dated(value: Any) -> Any:
    """Dates inside of lists and maps, as they were."""
    if isinstance(value, list):
        return [_dated(v) for v in value]
    if isinstance(value, dict):
        return date.fromisoformat(value[DATE]) if DATE in value else {k: _dated(v) for k, v in value.items()}
    return value
