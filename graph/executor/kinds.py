"""What the compiler knows of a value before there is one, and how two kinds become one.

A node is its number; an edge its place among those of its type, with the type's name where several types are
possible; a date its ordinal; a map a tuple in the order of its names. So what a value is has to be known from
the text, and is: by patterns, by the model and by what an expression is made of.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from graph.executor.tokens import NotCompiled


@dataclass(frozen=True, slots=True)
class Kind:
    """Any kind; `null` where there may be no value."""

    null: bool = False


@dataclass(frozen=True, slots=True)
class Nothing(Kind):
    """Null, or the members of a list that is empty."""


@dataclass(frozen=True, slots=True)
class Scalar(Kind):
    """`name` is text, int, float, bool, date, duration or any."""

    name: str = "any"


@dataclass(frozen=True, slots=True)
class NodeKind(Kind):
    """A node with one of these labels; None: any."""

    labels: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class EdgeKind(Kind):
    """An edge of one of these types."""

    types: frozenset[str] = frozenset()

    @property
    def only(self) -> str | None:
        """The type, where there is one alone."""
        return next(iter(self.types)) if len(self.types) == 1 else None


@dataclass(frozen=True, slots=True)
class ListKind(Kind):
    """A list."""

    of: Kind = Nothing()


@dataclass(frozen=True, slots=True)
class MapKind(Kind):
    """A map, by name in order; the value is a tuple of these."""

    entries: tuple[tuple[str, Kind], ...] = ()
    loose: bool = False
    """Whether entries may be missing, which then stand as null: a map with a null in it is another one."""

    def place(self, name: str) -> int | None:
        """Where a name stands."""
        return next((n for n, (key, _) in enumerate(self.entries) if key == name), None)


NULL = Nothing(null=True)
BOOL = Scalar(name="bool")
INT = Scalar(name="int")
FLOAT = Scalar(name="float")
TEXT = Scalar(name="text")
DATE = Scalar(name="date")
NUMBERS = ("int", "float")
ORDERED = (*NUMBERS, "text", "date")
"""Kinds of which one value is less than another."""


def nullable(kind: Kind) -> Kind:
    """The same, or null."""
    return kind if kind.null else replace(kind, null=True)


def sure(kind: Kind) -> Kind:
    """The same, and not null."""
    return replace(kind, null=False) if kind.null else kind


def join(one: Kind, other: Kind) -> Kind:
    """What is either; raises `NotCompiled` where no value can stand for both."""
    if one == other:
        return one
    null = one.null or other.null
    if isinstance(one, Nothing):
        return replace(other, null=null)
    if isinstance(other, Nothing):
        return replace(one, null=null)
    if type(one) is not type(other):
        raise NotCompiled(f"{one} and {other} in one place")
    return _joined(one, other, null=null)


def _joined(one: Kind, other: Kind, *, null: bool) -> Kind:
    """Two kinds of one form."""
    found = one
    if isinstance(one, Scalar) and isinstance(other, Scalar):
        found = Scalar(null, _joined_name(one.name, other.name))
    elif isinstance(one, NodeKind) and isinstance(other, NodeKind):
        both = None if one.labels is None or other.labels is None else one.labels | other.labels
        found = NodeKind(null, both)
    elif isinstance(one, EdgeKind) and isinstance(other, EdgeKind):
        found = EdgeKind(null, one.types | other.types)
    elif isinstance(one, ListKind) and isinstance(other, ListKind):
        found = ListKind(null, join(one.of, other.of))
    elif isinstance(one, MapKind) and isinstance(other, MapKind):
        entries = _joined_entries(dict(one.entries), dict(other.entries))
        alike = [n for n, _ in one.entries] == [n for n, _ in other.entries]
        found = MapKind(null, entries, one.loose or other.loose or not alike)
    return found


def _joined_name(one: str, other: str) -> str:
    if one == other:
        return one
    if {one, other} == set(NUMBERS):
        return "float"
    if "date" in (one, other) or "duration" in (one, other):
        raise NotCompiled(f"{one} and {other} in one place")  # a date is a number here
    return "any"


def _joined_entries(one: dict[str, Kind], other: dict[str, Kind]) -> tuple[tuple[str, Kind], ...]:
    names = sorted(one.keys() | other.keys())
    return tuple((name, join(one.get(name, NULL), other.get(name, NULL))) for name in names)


def simple_hash(kind: Kind) -> bool:
    """Whether values can be compared and kept in a set as they are."""
    if isinstance(kind, MapKind):
        return all(simple_hash(k) for _, k in kind.entries)
    return not isinstance(kind, ListKind)


def is_told_apart(kind: Kind) -> bool:
    """Whether values that Python takes for equal are: it takes true for 1, and a date is a number here."""
    if isinstance(kind, Scalar):
        return kind.name not in ("any", "duration")
    if isinstance(kind, MapKind):
        return not kind.loose and all(is_told_apart(k) for _, k in kind.entries)
    return not isinstance(kind, ListKind) or is_told_apart(kind.of)


def has_nulls(kind: Kind) -> bool:
    """Whether something within a list or map, or within those in it, may be null."""
    if isinstance(kind, MapKind):
        return any(k.null or has_nulls(k) for _, k in kind.entries)
    return isinstance(kind, ListKind) and (kind.of.null or has_nulls(kind.of))


def is_one_of(kind: Kind, *names: str) -> bool:
    """Whether it is a scalar of one of these kinds, or null."""
    return isinstance(kind, Nothing) or (isinstance(kind, Scalar) and kind.name in names)


def hashed(code: str, kind: Kind) -> str:
    """Code of what tells one value from another: lists become tuples. Raises `NotCompiled`."""
    if not is_told_apart(kind):
        raise NotCompiled(f"{kind} told from another")
    if simple_hash(kind):
        return code
    if isinstance(kind, ListKind) and simple_hash(kind.of):
        return f"as_key({code})" if kind.null else f"tuple({code})"
    return f"deep_key({code})"


def same_form(one: Kind, other: Kind) -> bool:
    """Whether values of both kinds are written alike, so that none has to be rewritten for the other."""
    if isinstance(one, Nothing):
        return True
    if isinstance(one, EdgeKind) and isinstance(other, EdgeKind):
        return one.types == other.types or (one.only is None and other.only is None)
    if isinstance(one, ListKind) and isinstance(other, ListKind):
        return same_form(one.of, other.of)
    if isinstance(one, MapKind) and isinstance(other, MapKind):
        names = [n for n, _ in one.entries] == [n for n, _ in other.entries]
        return names and all(
            same_form(a, b) for (_, a), (_, b) in zip(one.entries, other.entries, strict=True)
        )
    return True


def rewritten(code: str, one: Kind, to: Kind) -> str:
    """Code of a value of one kind as one of a kind that it was joined into."""
    if same_form(one, to):
        return code
    if isinstance(one, EdgeKind):
        tagged = f"({one.only!r}, {{}})"
        if one.null:
            return f"(lambda v: None if v is None else {tagged.format('v')})({code})"
        return tagged.format(code)
    if isinstance(one, ListKind) and isinstance(to, ListKind):
        each = rewritten("v", one.of, to.of)
        return f"[{each} for v in {code}]" if not one.null else f"each_of(lambda v: {each}, {code})"
    if isinstance(one, MapKind) and isinstance(to, MapKind):
        return _rewritten_map(code, one, to)
    raise NotCompiled(f"{one} as {to}")


def _rewritten_map(code: str, one: MapKind, to: MapKind) -> str:
    parts = []
    for name, kind in to.entries:
        place = one.place(name)
        own = NULL if place is None else one.entries[place][1]
        parts.append("None" if place is None else rewritten(f"v[{place}]", own, kind))
    made = f"({', '.join(parts)},)"
    return f"(lambda v: {f'None if v is None else {made}' if one.null else made})({code})"


def kind_of(value: Any) -> Kind:
    """The kind of a parameter, as `given` writes it."""
    if value is None:
        return NULL
    if isinstance(value, list | tuple):
        found: Kind = Nothing()
        for one in value:
            found = join(found, kind_of(one))
        return ListKind(of=found)
    kind = _GIVEN.get(type(value))
    if kind is None:
        raise NotCompiled(f"a parameter {type(value).__name__}")
    return kind


_GIVEN: dict[type, Kind] = {bool: BOOL, int: INT, float: FLOAT, str: TEXT, date: DATE}
