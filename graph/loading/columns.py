"""A sheet of a CSV file as typed columns: every different cell of a column is read once.

What a cell says is read by `Table.value`, here as everywhere. A row with any cell that it refuses, or
an empty one where none may be, is read cell by cell (`Table.typed`), which tells what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any

from graph.loading.blocks import Block
from graph.loading.cells import REFUSED, BadCell
from graph.loading.excel.layout import Layout
from graph.loading.excel.values import to_text
from graph.loading.rows import EdgeRow, NodeRow
from graph.loading.split import Sheet
from graph.loading.table import IDENTIFIERS, Table, prefix_of, what_meets
from graph.model import EDGES, OPEN_END, OPEN_START, edge_ids

_AS_IN_WORKBOOKS = ("date", "list")
"""Kinds of cells that may be written as in a workbook; nothing else of a cell is touched."""
_NUMERIC = frozenset("-0123456789")
_REFUSED = frozenset("".join(cs) for word in REFUSED for cs in product(*({c, c.upper()} for c in word)))
"""The words that say "not known", in every case."""


class _Read(dict[Any, Any]):
    """What cells say, each different one read when it is first met; `bad` are those that cannot be read."""

    read: Callable[[Any], Any]

    def __init__(self) -> None:
        super().__init__()
        self.bad: set[Any] = set()

    def __missing__(self, key: Any) -> Any:
        try:
            value = self.read(key)
        except BadCell:
            value = None
            self.bad.add(key)
        self[key] = value
        return value


class Typist:
    """Reads the sheets of one delivery; what one has read, it need not read again in another."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}
        """Ids that are what they say, by themselves."""
        self._days = _Read()

    def nodes(self, table: Table, sheet: Sheet, layout: Layout) -> Block[NodeRow]:
        """The nodes of a sheet; rows without a usable id are left out, and the table is broken then."""
        columns, numbers = self._columns(table, sheet, layout, needed=("id",))
        if layout.name == "Need" and "category" in columns:
            given = columns.get("resource_categories", [None] * len(numbers))
            columns["resource_categories"] = [
                what_meets(c) if g is None and c is not None else g
                for g, c in zip(given, columns["category"], strict=True)
            ]
        if sheet.plain:
            self._ids.update(zip(columns["id"], columns["id"], strict=True))
        constants = {"synthetic": table.manifest.synthetic}
        _fill(columns, constants, {"source": table.manifest.source, "named": True})
        return Block(layout.name, numbers, columns, constants)

    def edges(self, table: Table, sheet: Sheet, layout: Layout) -> Block[EdgeRow]:
        """The edges of a sheet; rows without ends or key are left out, and the table is broken then."""
        key = EDGES[layout.name].key
        columns, numbers = self._columns(table, sheet, layout, needed=("from", "to", *([key] if key else [])))
        starts, ends = columns.pop("from"), columns.pop("to")
        constants: dict[str, Any] = {"synthetic": table.manifest.synthetic}
        given = columns.get("since", ())
        columns["since_known"] = [day is not None for day in given] or [False] * len(numbers)
        defaults = {"source": table.manifest.source, "since": OPEN_START, "until": OPEN_END, "spell": 1}
        _fill(columns, constants, defaults)
        spells = columns.get("spell", [1] * len(numbers))
        ids = edge_ids(layout.name, starts, ends, columns[key] if key else None, spells)
        return Block(layout.name, numbers, {"id": ids, **columns}, constants, (starts, ends))

    def _columns(
        self, table: Table, sheet: Sheet, layout: Layout, needed: Collection[str]
    ) -> tuple[dict[str, list[Any]], Sequence[int]]:
        """Values by column, and the number of each row; without rows that lack what is needed."""
        doubtful: set[int] = set()
        columns: dict[str, Any] = {}
        raw = dict(zip(sheet.header, sheet.cells, strict=True))
        for name, cells in raw.items():
            if cells and cells[0] == "" and cells.count("") == len(cells) and not table.needs(name):
                columns[name] = [None] * len(cells)
                continue
            keys: Sequence[Any] = cells
            if name == "role" and table.lead:
                keys = list(zip(map(prefix_of, raw["to"]), cells, strict=True))
            columns[name], bad = self._column(table, sheet, layout, name, keys)
            if bad:
                doubtful.update(i for i, key in enumerate(keys) if key in bad)
        if not doubtful:
            return columns, sheet.numbers
        columns = {name: list(column) for name, column in columns.items()}
        dropped = set()
        for i in sorted(doubtful):
            values = self._again(table, sheet, layout, i)
            for name, column in columns.items():
                column[i] = values.get(name)
            if any(values.get(name) is None for name in needed):
                table.broken = table.broken or bool(values)
                dropped.add(i)
        if not dropped:
            return columns, sheet.numbers
        kept = [i for i in range(len(sheet.numbers)) if i not in dropped]
        return {n: [c[i] for i in kept] for n, c in columns.items()}, [sheet.numbers[i] for i in kept]

    def _column(
        self, table: Table, sheet: Sheet, layout: Layout, name: str, keys: Sequence[Any]
    ) -> tuple[Sequence[Any], set[Any]]:
        """The values of a column, and which of its cells cannot be read or may not be empty."""
        if sheet.plain and (name in table.lead or table.columns[name].kind == "text"):
            return self._as_written(table, name, keys)
        is_day = name not in table.lead and table.columns[name].kind == "date"
        known = self._days if is_day else _Read()

        def read(key: Any) -> Any:
            body, cell = key if isinstance(key, tuple) else ("", key)
            day = _day(cell) if is_day else None
            return day or table.value(name, as_in_a_workbook(cell, layout, name), body)

        known.read = read
        values = [*map(known.__getitem__, keys)]
        empty = None in values and table.needs(name)
        return values, known.bad | {key for key in set(keys) if known[key] is None} if empty else known.bad

    def _as_written(self, table: Table, name: str, cells: Sequence[str]) -> tuple[Sequence[Any], set[str]]:
        """A column of texts of a plain sheet, and which of them are not what they say.

        `Table.value` is asked for what may be a word that says "not known" or a number instead of an id.
        """
        if name in table.lead or name == "source":
            found = [*map(self._ids.get, cells)]
            if None not in found:
                return found, set()  # ids that were read before, each text kept once
        suspect = {""} if "" in cells else set()
        if name not in table.lead and not _REFUSED.isdisjoint(cells):
            suspect |= _REFUSED.intersection(cells)
        if name in table.lead or name in IDENTIFIERS:
            suspect |= {text for text in cells if text[:1] in _NUMERIC}
        bad = {text for text in suspect if not _stands(table, name, text)}
        if "" not in suspect:
            return cells, bad
        return [cell or None for cell in cells], bad if table.needs(name) else bad - {""}

    def _again(self, table: Table, sheet: Sheet, layout: Layout, i: int) -> dict[str, Any]:
        """A row read cell by cell, with what is wrong reported; nothing of one that is empty."""
        cells = [column[i] for column in sheet.cells]
        if not any(cell.strip() for cell in cells):
            return {}
        texts = [as_in_a_workbook(c, layout, n) for c, n in zip(cells, sheet.header, strict=True)]
        return table.typed(sheet.numbers[i], sheet.header, texts)


def as_in_a_workbook(cell: str, layout: Layout, name: str) -> str | BadCell:
    """Dates and lists may be written as in a workbook."""
    column = layout.properties.get(name)
    if cell and column is not None and column.kind in _AS_IN_WORKBOOKS:
        return to_text(cell, name, column)
    return cell


def _day(cell: str) -> date | None:
    """The day that a cell says in the form of the format; others are left to the one reader of cells."""
    if len(cell) != len("2000-01-01") or not cell[4] == cell[7] == "-":
        return None
    try:
        return date.fromisoformat(cell)
    except ValueError:
        return None


def _fill(columns: dict[str, list[Any]], constants: dict[str, Any], defaults: Mapping[str, Any]) -> None:
    """Put a default where a row says nothing: as a constant where no row says anything."""
    for name, default in defaults.items():
        column = columns.get(name)
        if column is None or column.count(None) == len(column):
            columns.pop(name, None)
            constants[name] = default
        elif None in column:
            columns[name] = [default if value is None else value for value in column]


def _stands(table: Table, name: str, text: str) -> bool:
    try:
        return bool(table.value(name, text) == text)
    except BadCell:
        return False
