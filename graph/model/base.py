"""The words in which the model is declared: properties, flags, nodes, edges, cardinalities.

Knows pydantic and nothing of the project but its vocabulary's base.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, ClassVar, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict
from pydantic.fields import FieldInfo

Flag = Literal["personal", "sensitive"]
PropertyKind = Literal["text", "int", "float", "bool", "date", "enum", "list"]
Level = Literal["error", "warning"]
Line = Literal["solid", "dashed", "dotted"]
"""How an edge is drawn."""
Scalar = str | int | float | bool | date | list[str]

OPEN_START = date(1, 1, 1)
"""Start of an edge whose true start is not known (`since_known` is then false)."""
OPEN_END = date(9999, 12, 31)
"""End of an edge that has not ended; all ends are exclusive."""


class Term(StrEnum):
    """An enumeration whose members carry a Chinese display name: `name = "value", "中文"`."""

    zh: str

    def __new__(cls, value: str, zh: str) -> Term:
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        return member


@dataclass(frozen=True)
class Prop:
    """What the data dictionary, the import and the masking know of one property."""

    zh: str
    en: str = ""
    flag: Flag | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Property:
    """One property as read from a class: name, type, whether it must be given, its `Prop`."""

    name: str
    kind: PropertyKind
    required: bool
    vocabulary: type[Term] | None
    prop: Prop


@dataclass(frozen=True)
class Cardinality:
    """How many edges of a type one node may have at one date, seen from one side.

    `labels` narrows to nodes of those labels at `side`; `other` to edges whose other end has one
    of those labels; `roles` to edges with one of those roles. `low` is checked over all time.
    """

    side: Literal["from", "to"]
    labels: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    low: int = 0
    high: int | None = 1
    level: Level = "error"


@dataclass(frozen=True)
class Walk:
    """That resource paths may walk an edge, at a cost.

    From→to (`up`), to→from (`down`), or from→to as the first step of a body or person (`out`).
    """

    direction: Literal["up", "down", "out"]
    cost: int
    at: tuple[str, ...] = ()
    """Labels of the `from` end from which it may be walked; empty: all."""
    out: bool = False
    """Whether an edge that is walked down may also be walked `out`."""


class Element(BaseModel):
    """Common to nodes and edges: strict, immutable, unknown properties refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    zh: ClassVar[str] = ""
    en: ClassVar[str] = ""
    head: ClassVar[tuple[str, ...]] = ()
    tail: ClassVar[tuple[str, ...]] = ()
    """The properties that every type has: `head` begins, `tail` ends a file of the import."""

    @classmethod
    def properties(cls) -> dict[str, Property]:
        """Name to property, in the order of the import format."""
        found = _PROPERTIES.get(cls)
        if found is None:
            own = [n for n in cls.model_fields if n not in cls.head + cls.tail]
            names = [*cls.head, *own, *cls.tail]
            found = {name: _property(name, cls.model_fields[name]) for name in names}
            _PROPERTIES[cls] = found
        return found


class Node(Element):
    """A node type: `label` is the class name, `prefix` begins its ids."""

    head = ("id", "name")
    tail = ("name_en", "named", "source", "note", "synthetic")
    prefix: ClassVar[str] = ""
    drawn: ClassVar[tuple[str, str]]
    """Colour key of `views/legend.py` and shape; no other type has both."""
    body: ClassVar[bool] = False
    """Whether it is a body in which persons hold posts and which the area views list."""

    id: Annotated[str, Prop("编号", "id")]
    name: Annotated[str, Prop("名称", "name, Chinese")]
    name_en: Annotated[str | None, Prop("英文名称", "English name")] = None
    named: Annotated[bool, Prop("来源有名称", "whether the source names it")] = True
    source: Annotated[str, Prop("来源", "id of the source document")]
    note: Annotated[str | None, Prop("备注", "note", flag="personal")] = None
    synthetic: Annotated[bool, Prop("虚构数据", "invented, not a record")]

    @classmethod
    def label(cls) -> str:
        """The label in the graph."""
        return cls.__name__


class Edge(Element):
    """An edge type: `type` in the graph, which labels it may join, how it is identified."""

    tail = ("spell", "since", "until", "date_precision", "source", "note", "since_known", "synthetic")
    type: ClassVar[str] = ""
    ends: ClassVar[tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]] = ()
    drawn: ClassVar[tuple[str, Line]]
    """Colour key of `views/legend.py` and line; no other type has both."""
    sentence: ClassVar[tuple[str, str] | None] = None
    """An edge from {a} to {b} in Chinese and English; None: “a”—name—“b”."""
    key: ClassVar[str | None] = None
    """The required property that is part of the id: role, subject or relation."""
    spell_in_id: ClassVar[bool] = False
    """Whether the spell is always part of the id, not only from the second on."""
    flag: ClassVar[Flag | None] = None
    """Set where the very existence of the edge is personal or sensitive."""
    walk: ClassVar[Walk | None] = None
    chain: ClassVar[int | None] = None
    """What a hop of a contact chain costs, either way; None: chains do not walk it."""
    tie: ClassVar[int | None] = None
    """What a hop between any two nodes costs, either way; None: connections do not walk it."""
    cardinalities: ClassVar[tuple[Cardinality, ...]] = ()
    acyclic: ClassVar[bool] = False
    derived: ClassVar[bool] = False
    """Whether the load keeps it; it is never delivered."""
    auxiliary: ClassVar[bool] = False
    """Whether it repeats, as a shortcut, what other edges say: left out wherever edges are shown
    that no one asked for by type."""

    spell: Annotated[int, Prop("任次", "which period between the same ends")] = 1
    since: Annotated[date, Prop("起始日", "first day")] = OPEN_START
    until: Annotated[date, Prop("终止日", "first day on which it no longer holds")] = OPEN_END
    date_precision: Annotated[
        list[str] | None, Prop("日期精度", "dates known to the month or year, as property:month")
    ] = None
    source: Annotated[str, Prop("来源", "id of the source document")]
    note: Annotated[str | None, Prop("备注", "note", flag="personal")] = None
    since_known: Annotated[bool, Prop("起始日已知", "whether the start is known")] = True
    synthetic: Annotated[bool, Prop("虚构数据", "invented, not a record")]

    @classmethod
    def joins(cls, start: str, end: str) -> bool:
        """Whether an edge of this type may go from a `start` label to an `end` label."""
        return any(start in froms and end in tos for froms, tos in cls.ends)


_PROPERTIES: dict[type[Element], dict[str, Property]] = {}


def _property(name: str, info: FieldInfo) -> Property:
    prop = next(m for m in info.metadata if isinstance(m, Prop))
    kind = info.annotation
    if get_origin(kind) in (Union, UnionType):
        kind = next(a for a in get_args(kind) if a is not type(None))
    return Property(name, _kind(kind), info.is_required(), _vocabulary(kind), prop)


def _vocabulary(kind: Any) -> type[Term] | None:
    inner = get_args(kind)[0] if get_origin(kind) is list else kind
    return inner if isinstance(inner, type) and issubclass(inner, Term) else None


def _kind(kind: Any) -> PropertyKind:
    if get_origin(kind) is list:
        return "list"
    if isinstance(kind, type) and issubclass(kind, Term):
        return "enum"
    plain: dict[type, PropertyKind] = {str: "text", int: "int", float: "float", bool: "bool", date: "date"}
    return plain[kind]
