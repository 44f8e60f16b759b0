"""Rows of an answer as a list wants them: only some, in another order, and counted by a column.

The service does it, not the page: an answer may have 100,000 rows, of which a page shows a hundred.
What is chosen is chosen among the rows as the caller sees them, so that it tells nothing that they do not.

    where   conditions, all of which hold: severity=violation,warning;area_name~示例;households>=500;waiver=
    sort    columns, the first decides first: severity,-households
    counts  columns whose values are counted: code,area_name
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import unquote

from graph.errors import BadParameter
from graph.spelling import fold
from graph.store import Row

SELECTING = ("where", "sort", "counts")
"""Parameters that choose among the rows of an answer."""
MOST_COUNTED = 500
"""Values of a column that are counted apart, the most frequent first."""
CONDITION = re.compile(r"(\w+)(!=|>=|<=|=|~)(.*)", re.DOTALL)
RANKS = {
    word: rank
    for words in (
        ("violation", "warning", "info"),
        ("fail", "unknown", "not_possible", "pass", "not_applicable"),
        ("gap", "covered"),
    )
    for rank, word in enumerate(words)
}
"""Words that have an order of their own, the most serious first."""


@dataclass(frozen=True)
class Condition:
    """One condition: a column, a sign, and values of which one suffices; no value is "not known"."""

    column: str
    sign: str
    values: tuple[str, ...]

    def holds(self, row: Row) -> bool:
        """Whether a row fulfils it; a list does where one of its items does."""
        value = row.get(self.column)
        items = value if isinstance(value, list) else [value]
        if self.sign == "!=":
            return not any(self._is(item) for item in items or [None])
        return any(self._compare(item) for item in items or [None])

    def _compare(self, item: Any) -> bool:
        if self.sign == "=":
            return self._is(item)
        if item is None:
            return False
        if self.sign == "~":
            return any(fold(value) in fold(text_of(item)) for value in self.values)
        return any(self._within(item, value) for value in self.values)

    def _is(self, item: Any) -> bool:
        return text_of(item) in self.values

    def _within(self, item: Any, bound: str) -> bool:
        left: Any = text_of(item)
        right: Any = bound
        if isinstance(item, (int, float)):
            left, right = item, _number(self.column, bound)
        return bool(left >= right if self.sign == ">=" else left <= right)


@dataclass(frozen=True)
class Selection:
    """What is chosen among the rows of an answer; empty as it is made: all rows, in their own order."""

    conditions: tuple[Condition, ...] = ()
    order: tuple[tuple[str, bool], ...] = ()
    """Columns, and whether the greatest comes first."""
    counted: tuple[str, ...] = ()

    @property
    def columns(self) -> set[str]:
        """Every column that it names."""
        return {c.column for c in self.conditions} | {name for name, _ in self.order} | set(self.counted)

    def check(self, rows: Sequence[Row]) -> None:
        """Raises `BadParameter` for a column that no row has; of no rows nothing is known."""
        known = list(dict.fromkeys(name for row in rows for name in row)) if self.columns else []
        for name in sorted(self.columns):
            if rows and name not in known:
                raise BadParameter(
                    f"没有名为 {name} 的列；可用：{'、'.join(known)}。",
                    f"there is no column {name}; known: {', '.join(known)}.",
                    subject=name,
                )

    def choose(self, rows: Sequence[Row]) -> list[Row]:
        """The rows that fulfil all conditions, in the order asked for; what is not known comes last."""
        found = [row for row in rows if all(c.holds(row) for c in self.conditions)]
        for name, greatest in reversed(self.order):
            known = [row for row in found if row.get(name) is not None]
            known.sort(key=lambda row, name=name: _key(row[name]), reverse=greatest)  # type: ignore[misc]
            found = known + [row for row in found if row.get(name) is None]
        return found

    def count(self, rows: Sequence[Row]) -> dict[str, list[dict[str, Any]]]:
        """How often each value occurs in each counted column, with all conditions but its own."""
        found = {}
        for name in self.counted:
            others = replace(self, conditions=tuple(c for c in self.conditions if c.column != name), order=())
            times = Counter(text for row in others.choose(rows) for text in _texts(row.get(name)))
            found[name] = [{"value": v or None, "rows": n} for v, n in times.most_common(MOST_COUNTED)]
        return found


def read_selection(where: str | None, sort: str | None, counts: str | None) -> Selection:
    """From the texts of the parameters; raises `BadParameter`."""
    order = [(name.removeprefix("-"), name.startswith("-")) for name in _names(sort)]
    conditions = [_condition(text) for text in (where or "").split(";") if text.strip()]
    return Selection(tuple(conditions), tuple(order), tuple(_names(counts)))


def text_of(value: Any) -> str:
    """A value as conditions name it: ISO dates, true and false, nothing for what is not known."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _texts(value: Any) -> Iterable[str]:
    return {text_of(v) for v in value} or {""} if isinstance(value, list) else (text_of(value),)


def _names(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def _condition(text: str) -> Condition:
    found = CONDITION.fullmatch(text.strip())
    if found is None:
        raise BadParameter(
            f"where 中的 {text!r} 不是条件；应如 severity=violation,warning 或 area_name~示例。",
            f"{text!r} in where is no condition: expected something like severity=violation,warning or "
            "area_name~示例.",
            subject="where",
        )
    column, sign, values = found.groups()
    return Condition(column, sign, tuple(unquote(value) for value in values.split(",")))


def _number(column: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise BadParameter(
            f"where 中 {column} 应与数字比较，而不是 {text!r}。",
            f"{column} in where is compared with numbers, not with {text!r}.",
            subject="where",
        ) from None


def _key(value: Any) -> tuple[int, float, str]:
    """Numbers before texts, words with an order of their own in it, lists by their first item."""
    if isinstance(value, list):
        return _key(value[0]) if value else (3, 0, "")
    if isinstance(value, (bool, int, float)):
        return 0, float(value), ""
    text = text_of(value)
    return (1, RANKS[text], "") if text in RANKS else (2, 0, text)
