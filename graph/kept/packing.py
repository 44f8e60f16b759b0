"""Making the bytes of a unit: of all rows, or of an older unit with some rows in the place of others.

What changes little costs little: blocks in which no row goes or comes are taken over as they are.
"""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson

from graph.kept.groups import Group, PlacedRows
from graph.kept.unit import DATE, MAGIC, PackedUnit, Row, checksum

BLOCK = 64
"""Rows of a block: a page of one area may need one block per row."""
PATCHES = 64
"""How often a unit is made of an older one before all of its rows are packed anew."""
Order = list[list[Any]]


def pack(
    rows: Sequence[Row],
    areas: Sequence[tuple[str, ...]],
    head: Mapping[str, Any],
    *,
    origin: str | None = None,
    order: Sequence[str] = (),
) -> bytes:
    """Rows with the areas in which each counts, as one text of bytes; `head` says what they are.

    `origin` is the column by which they are placed, `order` those by which they are sorted.
    """
    columns = list(rows[0]) if rows else []
    dated = [c for c in columns if {type(row[c]) for row in rows} | {type(None)} == {date, type(None)}]
    described = {**head, "columns": columns, "dated": dated, "origin": origin, "order": list(order)}
    made = _Making(described)
    made.groups_of(rows, areas)
    made.add_rows(rows)
    if origin is not None:
        made.origins += [origin_of(row, origin) for row in rows]
    return made.whole()


def patched(
    old: PackedUnit, gone: Collection[int], rows: Sequence[Row], areas: Sequence[tuple[str, ...]]
) -> bytes | None:
    """The unit without the rows of some numbers, and with others; None where it has to be packed anew."""
    head, order = old.head, old.head["order"]
    done = head.get("patches", 0)
    if not old.count or not order or done == PATCHES or any(list(row) != old.columns for row in rows):
        return None
    kept = {k: head[k] for k in head if k not in _OF_ROWS}
    made = _Making({**kept, "patches": done + 1}, deep=head["deep"])
    made.take_over(old)
    firsts, origins = orjson.loads(head["firsts"]), old.read_origins()
    coming: dict[int, list[tuple[Order, Row, int]]] = defaultdict(list)
    numbers = made.numbers_of(rows, areas)
    for row, group in zip(rows, numbers, strict=True):
        key = order_of(row, order)
        coming[max(0, bisect_right(firsts, key) - 1)].append((key, row, group))
    going: dict[int, set[int]] = defaultdict(set)
    for number in gone:
        going[bisect_right(old.ends, number)].add(number)
    start = 0
    for block, end in enumerate(old.ends):
        if block in going or block in coming:
            staying = [n for n in range(start, end) if n not in going[block]]
            mixed = [
                (order_of(row, order), row, old.group_of_row[n])
                for n, row in zip(staying, old.rows(staying), strict=True)
            ]
            mixed = sorted([*mixed, *coming[block]], key=lambda one: one[0])
            made.add_rows([row for _, row, _ in mixed])
            made.group_of_row.extend(group for _, _, group in mixed)
            made.origins += [origin_of(row, head["origin"]) for _, row, _ in mixed]
        else:
            made.add_packed(old.packed(block), end - start, firsts[block])
            made.group_of_row.extend(iter(old.group_of_row[start:end]))
            made.origins += origins[start:end]
        start = end
    return made.whole()


_OF_ROWS = ("places", "groups", "rows", "sizes", "blocks", "firsts", "origins", "deep")
"""What a head says of rows, and not of what they are."""


@dataclass
class _Making:
    """A unit that is being made."""

    head: dict[str, Any]
    deep: bool = False
    places: dict[PlacedRows, int] = field(default_factory=dict)
    groups: dict[Group, int] = field(default_factory=dict)
    group_of_row: array[int] = field(default_factory=lambda: array("I"))
    origins: list[str] = field(default_factory=list)
    blocks: list[bytes | memoryview] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    firsts: list[Order] = field(default_factory=list)

    def take_over(self, old: PackedUnit) -> None:
        """The places and groups of a unit, under their numbers."""
        self.places = {place: n for n, place in enumerate(old.places)}
        self.groups = {group: n for n, group in enumerate(old.groups)}

    def groups_of(self, rows: Sequence[Row], areas: Sequence[tuple[str, ...]]) -> None:
        self.group_of_row.extend(self.numbers_of(rows, areas))

    def numbers_of(self, rows: Sequence[Row], areas: Sequence[tuple[str, ...]]) -> list[int]:
        """The group of each row, numbered where it is new."""
        found = []
        for row, counted in zip(rows, areas, strict=True):
            place = self.places.setdefault((row.get("area"), counted), len(self.places))
            state = row["verdict"] if "verdict" in row else row.get("state", "")
            group = Group(place, state, row.get("severity"))
            found.append(self.groups.setdefault(group, len(self.groups)))
        return found

    def add_rows(self, rows: Sequence[Row]) -> None:
        """Rows in their order, as blocks of their own."""
        columns, dated, order = self.head["columns"], self.head["dated"], self.head["order"]
        for at in range(0, len(rows), BLOCK):
            part = rows[at : at + BLOCK]
            values = [
                [row[c].isoformat() if row[c] is not None and c in dated else row[c] for c in columns]
                for row in part
            ]
            text = orjson.dumps(values, default=self._inner, option=orjson.OPT_PASSTHROUGH_DATETIME)
            self.add_packed(zlib.compress(text, 1), len(part), order_of(part[0], order))

    def add_packed(self, block: bytes | memoryview, rows: int, first: Order) -> None:
        self.blocks.append(block)
        self.sizes.append(rows)
        self.firsts.append(first)

    def _inner(self, value: Any) -> Any:
        if isinstance(value, date):
            self.deep = True
            return {DATE: value.isoformat()}
        raise TypeError(f"{type(value)} cannot be kept")

    def whole(self) -> bytes:
        """All of it as one text of bytes."""
        origins = zlib.compress("\n".join(self.origins).encode(), 1) if self.origins else b""
        described = {
            **self.head,
            "deep": self.deep,
            "places": [[*place] for place in self.places],
            "groups": [[*group] for group in self.groups],
            "rows": len(self.group_of_row),
            "sizes": self.sizes,
            "blocks": [len(block) for block in self.blocks],
            # As one text: read by who patches, and no work for who only reads rows.
            "firsts": orjson.dumps(self.firsts if self.head["order"] else []).decode(),
            "origins": len(origins),
        }
        body = orjson.dumps(described)
        length = len(body).to_bytes(8, "big")
        rest = b"".join((length, body, self.group_of_row.tobytes(), origins, *self.blocks))
        return MAGIC + checksum(rest) + rest


def origin_of(row: Row, column: str) -> str:
    """The id by which a row is placed."""
    return str(row[column]).partition("#")[0]


def order_of(row: Row, columns: Iterable[str]) -> Order:
    """As both engines sort texts: by their characters, nothing last."""
    return [[row[c] is None, str(row[c])] for c in columns]
