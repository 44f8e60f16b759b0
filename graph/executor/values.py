"""What Cypher's functions and operators do, for compiled code: null where an operand is null.

Dates are ordinals, durations (months, days), maps tuples, lists lists.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any


def plus(one: Any, other: Any) -> Any:
    """Sum of numbers, texts joined; null if either is."""
    return None if one is None or other is None else one + other


def text_plus(one: Any, other: Any) -> Any:
    """Texts and numbers joined as texts."""
    return None if one is None or other is None else f"{to_text(one)}{to_text(other)}"


def minus(one: Any, other: Any) -> Any:
    """Difference."""
    return None if one is None or other is None else one - other


def times(one: Any, other: Any) -> Any:
    """Product."""
    return None if one is None or other is None else one * other


def divided(one: Any, other: Any) -> Any:
    """Quotient; of whole numbers without the rest, towards nought."""
    if one is None or other is None:
        return None
    if isinstance(one, int) and isinstance(other, int):
        found = abs(one) // abs(other)
        return found if (one < 0) == (other < 0) else -found
    return one / other


def remainder(one: Any, other: Any) -> Any:
    """What is left of a division, with the sign of the first."""
    if one is None or other is None:
        return None
    return math.fmod(one, other) if isinstance(one, float) or isinstance(other, float) else _rest(one, other)


def _rest(one: int, other: int) -> int:
    return one - int(divided(one, other)) * other


def equal(one: Any, other: Any) -> bool:
    """Whether both are known, and equal."""
    return one is not None and other is not None and bool(one == other)


def unequal(one: Any, other: Any) -> bool:
    """Whether both are known, and differ."""
    return one is not None and other is not None and bool(one != other)


def less(one: Any, other: Any) -> bool:
    """Whether both are known, and one is less."""
    return one is not None and other is not None and bool(one < other)


def least(one: Any, other: Any) -> bool:
    """Whether both are known, and one is not more."""
    return one is not None and other is not None and bool(one <= other)


def more(one: Any, other: Any) -> bool:
    """Whether both are known, and one is more."""
    return one is not None and other is not None and bool(one > other)


def most(one: Any, other: Any) -> bool:
    """Whether both are known, and one is not less."""
    return one is not None and other is not None and bool(one >= other)


def is_in(one: Any, among: Sequence[Any] | None) -> bool | None:
    """Whether it is a member; null if that is not known."""
    if among is None:
        return None
    if one is None:
        return None if among else False
    if one in among:
        return True
    return None if None in among else False


def starts(one: str | None, other: str | None) -> bool | None:
    """`STARTS WITH`."""
    return None if one is None or other is None else one.startswith(other)


def ends(one: str | None, other: str | None) -> bool | None:
    """`ENDS WITH`."""
    return None if one is None or other is None else one.endswith(other)


def contains(one: str | None, other: str | None) -> bool | None:
    """`CONTAINS`."""
    return None if one is None or other is None else other in one


def at(values: Sequence[Any] | None, place: int | None) -> Any:
    """A member of a list by its place, from the end if negative; null outside."""
    if values is None or place is None:
        return None
    return values[place] if -len(values) <= place < len(values) else None


def head(values: Sequence[Any] | None) -> Any:
    """The first member."""
    return values[0] if values else None


def last(values: Sequence[Any] | None) -> Any:
    """The last member."""
    return values[-1] if values else None


def size(value: Sequence[Any] | None) -> int | None:
    """Members of a list, or characters of a text."""
    return None if value is None else len(value)


def coalesce(*values: Any) -> Any:
    """The first that is not null."""
    return next((v for v in values if v is not None), None)


def field(value: tuple[Any, ...] | None, place: int) -> Any:
    """An entry of a map."""
    return None if value is None else value[place]


def of_column(values: list[Any], first: int, node: int | None) -> Any:
    """A property of a node, by its column; null where the column does not reach."""
    if node is None:
        return None
    place = node - first
    return values[place] if 0 <= place < len(values) else None


def of_edges(columns: dict[str, Any], edge: tuple[str, int] | None) -> Any:
    """A property of an edge of one of several types."""
    if edge is None:
        return None
    values = columns.get(edge[0])
    return None if values is None else values[edge[1]]


def of_edge(values: Any, edge: int | None) -> Any:
    """A property of an edge that may be null."""
    return None if edge is None else values[edge]


def substring(text: str | None, start: int, length: int | None = None) -> str | None:
    """Part of a text."""
    if text is None:
        return None
    if start < 0 or (length or 0) < 0:
        raise ValueError("a place before the text")
    return text[start:] if length is None else text[start : start + length]


def split(text: str | None, at_: str) -> list[str] | None:
    """A text in parts."""
    return None if text is None else text.split(at_)


def to_text(value: Any) -> str | None:
    """A value as text, dates excepted (`day_text`)."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def whole(value: float | str | None) -> int | None:
    """`toInteger`; raises `ValueError` for a text that is no whole number as it is written."""
    if isinstance(value, str) and not _WHOLE.fullmatch(value):
        raise ValueError(f"{value!r} as a whole number")
    return None if value is None else int(value)


_WHOLE = re.compile("-?[0-9]{1,18}")


def most_rows(value: int) -> int:
    """What `LIMIT` says; raises `ValueError` for less than nothing."""
    if value < 0:
        raise ValueError("less than no rows")
    return value


def rounded(value: float | None) -> float | None:
    """`round`: halves upwards."""
    if value is None:
        return None
    below = math.floor(value)
    return float(below + (value - below >= HALF))


HALF = 0.5


def of_number(function: Callable[[float], float]) -> Callable[[float | None], float | None]:
    """A function of a number, null of null."""
    return lambda value: None if value is None else function(value)


def ceiling(value: float | None) -> float | None:
    """`ceil`; of what is hardly less than nought a nought with a sign."""
    return None if value is None else math.copysign(math.ceil(value), value)


def haversin(angle: float | None) -> float | None:
    """Half of the versed sine, reckoned as engines do: of small angles the square of a sine differs."""
    return None if angle is None else (1.0 - math.cos(angle)) / 2


def numbers(first: int, until: int, step: int = 1) -> list[int]:
    """`range`, whose end belongs to it; raises `TypeError` for null."""
    return [*range(first, until + (1 if step > 0 else -1), step)]


def each_of(made: Callable[[Any], Any], values: Iterable[Any] | None) -> list[Any] | None:
    """Every member made into another."""
    return None if values is None else [made(v) for v in values]


def as_key(values: Iterable[Any] | None) -> tuple[Any, ...] | None:
    """A list as what can be kept in a set."""
    return None if values is None else tuple(values)


def deep_key(value: Any) -> Any:
    """The same of lists in lists and in maps."""
    return tuple(map(deep_key, value)) if isinstance(value, list | tuple) else value


def without_repeats(rows: Iterable[Any], key: Callable[[Any], Any]) -> list[Any]:
    """Rows of which each is another, in their order."""
    found: dict[Any, Any] = {}
    for row in rows:
        found.setdefault(key(row), row)
    return list(found.values())
