"""A sheet of a CSV file as typed columns: every different cell of a column is read once.

What a cell says is read by `Table.value`, here as everywhere. A row with any cell that it refuses, or
an empty one where none may be, is read cell by cell (`Table.typed`), which tells what is wrong.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any

from graph.loading.blocks import Block
from graph.loading.cells import REFUSED, SCIENTIFIC, BadCell
from graph.loading.excel.layout import Layout
from graph.loading.excel.values import to_text
from graph.loading.numbered import Few, Numbered, Numbers
from graph.loading.rows import EdgeRow, NodeRow
from graph.loading.split import Sheet
from graph.loading.table import ENDS, IDENTIFIERS, Table, prefix_of, what_meets
from graph.model import EDGES, OPEN_END, OPEN_START
from graph.private import FREE

_AS_IN_WORKBOOKS = ("date", "list")
"""Kinds of cells that may be written as in a workbook; nothing else of a cell is touched."""
_NO_ID = re.compile(rf"\n(?:{SCIENTIFIC.pattern})?(?=\n)")
"""Nothing, or a number that lost its digits."""
_REFUSED = frozenset("".join(cs) for word in REFUSED for cs in product(*({c, c.upper()} for c in word)))
"""The words that say "not known", in every case."""


@dataclass
class _Typed:
    """Typed columns of a table; `full` are those that have a value in every row, `empty` those without any.

    Ids and ends are numbers.
    """

    columns: dict[str, list[Any]] = field(default_factory=dict)
    numbers: Sequence[int] = ()
    full: set[str] = field(default_factory=set)
    empty: set[str] = field(default_factory=set)

    def add(self, more: _Typed) -> None:
        """Add the rows of another part of the table."""
        if not self.columns:
            self.columns, self.numbers = more.columns, more.numbers
            self.full, self.empty = more.full, more.empty
            return
        for name, column in more.columns.items():
            self.columns[name].extend(column)
        one, two = self.numbers, more.numbers
        whole = isinstance(one, range) and isinstance(two, range)
        self.numbers = range(one[0], two[-1] + 1) if whole else [*one, *two]
        self.full &= more.full
        self.empty &= more.empty

    def fill(self, constants: dict[str, Any], defaults: Mapping[str, Any]) -> None:
        """Put a default where a row says nothing: as a constant where no row says anything."""
        for name, default in defaults.items():
            if name not in self.columns or name in self.empty:
                self.columns.pop(name, None)
                constants[name] = default
            elif name not in self.full:
                column = self.columns[name]
                self.columns[name] = [default if value is None else value for value in column]


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
        self.numbers = Numbers(_NO_ID)
        self.days = _Read()

    def nodes(self, table: Table, sheets: Iterable[Sheet], layout: Layout) -> Block[NodeRow]:
        """The nodes of a table; rows without a usable id are left out, and the table is broken then."""
        read = _Reader(self, table, layout).read(sheets, needed=("id",))
        columns = read.columns
        if layout.name == "Need" and "category" in columns:
            given = columns.get("resource_categories", [None] * len(read.numbers))
            columns["resource_categories"] = [
                what_meets(c) if g is None and c is not None else g
                for g, c in zip(given, columns["category"], strict=True)
            ]
        constants = {"synthetic": table.manifest.synthetic}
        read.fill(constants, {"source": table.manifest.source, "named": True})
        ids = Numbered(self.numbers, columns.pop("id", []))
        return Block(layout.name, read.numbers, {"id": ids, **columns}, constants)

    def edges(self, table: Table, sheets: Iterable[Sheet], layout: Layout) -> Block[EdgeRow]:
        """The edges of a table; rows without ends or key are left out, and the table is broken then."""
        key = EDGES[layout.name].key
        read = _Reader(self, table, layout).read(sheets, needed=(*ENDS, *([key] if key else [])))
        columns = read.columns
        start, end = (Numbered(self.numbers, columns.pop(name, [])) for name in ENDS)
        constants: dict[str, Any] = {"synthetic": table.manifest.synthetic}
        if "since" not in columns or "since" in read.full | read.empty:
            constants["since_known"] = "since" in read.full
        else:
            columns["since_known"] = [day is not None for day in columns["since"]]
        defaults = {"source": table.manifest.source, "since": OPEN_START, "until": OPEN_END, "spell": 1}
        read.fill(constants, defaults)
        return Block(layout.name, read.numbers, columns, constants, (start, end))


class _Reader:
    """Reads one table; what a column has said before is known."""

    def __init__(self, typist: Typist, table: Table, layout: Layout) -> None:
        self._table, self._layout = table, layout
        self._numbers, self._days = typist.numbers, typist.days
        self._known = defaultdict[str, _Read](_Read)
        self._few = {name: Few(self._numbers) for name in table.lead}

    def read(self, sheets: Iterable[Sheet], needed: Collection[str]) -> _Typed:
        """The values of a table by column; without rows that lack what is needed."""
        found = _Typed()
        for sheet in sheets:
            found.add(self._part(sheet, needed))
        return found

    def _part(self, sheet: Sheet, needed: Collection[str]) -> _Typed:
        table, doubtful, columns = self._table, set[int](), dict[str, Any]()
        found = _Typed(columns, sheet.numbers)
        raw = dict(zip(sheet.header, sheet.cells, strict=True))
        for name, cells in raw.items():
            if cells and cells[0] == "" and cells.count("") == len(cells) and not table.needs(name):
                columns[name] = [None] * len(cells)
                found.empty.add(name)
                continue
            if sheet.plain and name not in table.lead and name != "id" and "" not in cells:
                found.full.add(name)
            keys: Sequence[Any] = cells
            if name == "role" and table.lead:
                prefix = {body: prefix_of(body) for body in set(raw["to"])}
                keys = list(zip(map(prefix.__getitem__, raw["to"]), cells, strict=True))
            columns[name], bad = self._column(sheet, name, keys)
            if bad:
                doubtful.update(i for i, key in enumerate(keys) if key in bad)
        for name in FREE.intersection(columns) - found.empty:
            columns[name] = table.all_without_numbers(sheet.numbers, name, columns[name], doubtful)
        if doubtful:
            columns |= {name: list(column) for name, column in columns.items()}
            found = self._mend(sheet, needed, columns, sorted(doubtful))
        for name in table.lead or ("id",):
            found.columns[name] = Numbered.of(found.columns[name], self._numbers).rows
        return found

    def _mend(
        self, sheet: Sheet, needed: Collection[str], columns: dict[str, Any], doubtful: Iterable[int]
    ) -> _Typed:
        """Read the doubtful rows cell by cell, and leave out those that lack what is needed."""
        dropped = set()
        for i in doubtful:
            values = self._again(sheet, i)
            for name, column in columns.items():
                column[i] = values.get(name)
            if any(values.get(name) is None for name in needed):
                self._table.broken = self._table.broken or bool(values)
                dropped.add(i)
        kept = [i for i in range(len(sheet.numbers)) if i not in dropped]
        return _Typed({n: [c[i] for i in kept] for n, c in columns.items()}, [sheet.numbers[i] for i in kept])

    def _column(self, sheet: Sheet, name: str, keys: Sequence[Any]) -> tuple[Sequence[Any], set[Any]]:
        """The values of a column, and which of its cells cannot be read or may not be empty."""
        table, layout = self._table, self._layout
        if sheet.plain and (name in table.lead or name == "id"):
            return self._by_number(name, keys)
        if sheet.plain and table.columns[name].kind == "text" and name not in IDENTIFIERS:
            return _as_written(table, name, keys)
        is_day = name not in table.lead and table.columns[name].kind == "date"
        known = self._days if is_day else self._known[name]

        def read(key: Any) -> Any:
            body, cell = key if isinstance(key, tuple) else ("", key)
            day = _day(cell) if is_day else None
            return day or table.value(name, as_in_a_workbook(cell, layout, name), body)

        known.read = read
        values = [*map(known.__getitem__, keys)]
        empty = table.needs(name) and None in values
        return values, known.bad | {key for key in set(keys) if known[key] is None} if empty else known.bad

    def _by_number(self, name: str, cells: Sequence[str]) -> tuple[Numbered, set[str]]:
        """A column of ids of a plain sheet, and which of them are not what they say."""
        numbers = self._numbers
        if name in self._table.lead:
            return numbers.column(cells, self._few[name]), numbers.bad and numbers.bad.intersection(cells)
        found = numbers.new(cells)
        bad = numbers.bad | {word for word in _REFUSED if word in numbers}
        return found, bad and bad.intersection(cells)

    def _again(self, sheet: Sheet, i: int) -> dict[str, Any]:
        """A row read cell by cell, with what is wrong reported; nothing of one that is empty."""
        cells = [column[i] for column in sheet.cells]
        if not any(cell.strip() for cell in cells):
            return {}
        pairs = zip(cells, sheet.header, strict=True)
        texts = [as_in_a_workbook(cell, self._layout, name) for cell, name in pairs]
        return self._table.typed(sheet.numbers[i], sheet.header, texts)


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


def _as_written(table: Table, name: str, cells: Sequence[str]) -> tuple[Sequence[Any], set[str]]:
    """A column of texts of a plain sheet, and which of them are not what they say.

    `Table.value` is asked for what may be a word that says "not known".
    """
    suspect = {""} if "" in cells else set()
    if not _REFUSED.isdisjoint(cells):
        suspect |= _REFUSED.intersection(cells)
    bad = {text for text in suspect if not _stands(table, name, text)}
    if "" not in suspect:
        return cells, bad
    return [cell or None for cell in cells], bad if table.needs(name) else bad - {""}


def _stands(table: Table, name: str, text: str) -> bool:
    try:
        return bool(table.value(name, text) == text)
    except BadCell:
        return False
