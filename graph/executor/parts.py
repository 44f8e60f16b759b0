"""Some nodes or edges of one kind as lists, and values as they are held: days as ordinals, words once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

T = TypeVar("T")


class CannotHoldError(Exception):
    """The graph is damaged, or not one of the model: the engine is asked."""


@dataclass(slots=True)
class Portion:
    """Some nodes or edges of one kind; `starts` and `ends` are ids, None of nodes.

    Every list of `columns` has one value for each id, days as ordinals; edges have `since` and `until`.
    """

    kind: str
    ids: list[str]
    columns: dict[str, list[Any]]
    starts: list[str] | None = None
    ends: list[str] | None = None


def days(texts: Sequence[str]) -> list[int | None]:
    """Days from texts; an empty one is nothing."""
    return _each(texts, lambda text: date.fromisoformat(text).toordinal() if text else None)


def words(texts: Sequence[str]) -> list[str | None]:
    """Texts, of which equal ones are one; an empty one is nothing."""
    return _each(texts, lambda text: sys.intern(text) or None)


def truths(texts: Sequence[str]) -> list[bool | None]:
    """From `true`, `false` and nothing."""
    return [*map({"true": True, "false": False, "": None}.__getitem__, texts)]


def numbers(texts: Sequence[str]) -> list[float | None]:
    """Whole numbers and others, as they are written."""
    return _each(texts, lambda text: (int if text.lstrip("-").isdigit() else float)(text) if text else None)


def lists(values: Iterable[Sequence[str] | None]) -> list[list[str] | None]:
    """Lists of words, of which equal ones are one."""
    table: dict[tuple[str, ...], list[str]] = {}
    return [None if v is None else table.setdefault((*v,), [*map(sys.intern, v)]) for v in values]


def _each(texts: Sequence[str], read: Callable[[str], T]) -> list[T]:
    """Each different text is read once."""
    table = {text: read(text) for text in set(texts)}
    return [*map(table.__getitem__, texts)]
