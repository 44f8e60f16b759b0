"""One node or edge held against the model: its values, its id, its ends, its period.

What the import refuses in a file is refused here in the graph; each finding is a pair, Chinese and English.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from math import isfinite
from typing import Any, TypeGuard

from graph.loading.cells import BadCell, possible
from graph.model import EDGES, NODES, OPEN_START, edge_id, is_valid_id
from graph.model.base import Element, Property
from graph.model.precision import MARKS

Said = Iterator[tuple[str, str]]

_KINDS: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "enum": (str,),
    "int": (int,),
    "float": (float, int),
    "bool": (bool,),
    "date": (date,),
    "list": (list,),
}
_ALWAYS = ("spell", "since", "until", "since_known")
"""What the import writes on every edge."""


class Judge:
    """Judges elements of one kind after the other; knows the documents that may be their source."""

    def __init__(self, documents: Collection[str]) -> None:
        self._documents = documents
        self._met: set[int] = set()

    def node(self, label: str, properties: Mapping[str, Any]) -> Said:
        """What is wrong with a node; `label` is the one under which it was found."""
        yield from self._known(properties)
        yield from _values(NODES[label], properties)
        if not is_valid_id(label, str(properties.get("id"))):
            yield "编号不是这一类型的", "the id is not one of this type"

    def edge(
        self, type_: str, properties: Mapping[str, Any], ends: list[str], labels: list[str | None]
    ) -> Said:
        """What is wrong with an edge between two nodes of these ids and first labels."""
        edge, (start, end) = EDGES[type_], ends
        yield from self._known(properties, derived=edge.derived)
        yield from _values(edge, properties, _ALWAYS)
        if not edge.joins(*(str(label) for label in labels)):
            yield "不应从 {} 连到 {}".format(*labels), "does not go from {} to {}".format(*labels)
        since, until = properties.get("since"), properties.get("until")
        if _is_day(since) and _is_day(until) and until <= since:
            yield "终止日不晚于起始日", "ends no later than it begins"
        if edge.derived:
            if not isinstance(properties.get("id"), str):
                yield "缺少 id", "id is missing"
            return
        known = properties.get("since_known")
        if _is_day(since) and isinstance(known, bool) and known == (since == OPEN_START):
            yield "since_known 与起始日不符", "since_known does not agree with since"
        key = properties.get(edge.key) if edge.key else None
        given = [start, end, *([key] if edge.key else [])]
        whole = all(isinstance(part, str) for part in given)
        if not whole or properties.get("id") != edge_id(type_, start, end, key, properties.get("spell") or 1):
            yield f"编号与两端不符：{start} → {end}", f"the id is not that of its ends: {start} → {end}"

    def next_kind(self) -> None:
        """Forget the ids met so far: another kind follows."""
        self._met = set()

    def _known(self, properties: Mapping[str, Any], *, derived: bool = False) -> Said:
        """Whether the id was met before, and the source is a document that the graph has."""
        mark = hash(properties.get("id"))  # a number each: a province has a million persons
        if mark in self._met and properties.get("id") is not None:
            yield "编号重复", "another one has the same id"
        self._met.add(mark)
        source = properties.get("source")
        if (
            isinstance(source, str)
            and source not in self._documents
            and not (derived and source == "derived")
        ):
            yield f"来源 {source} 不在图中", f"the source {source} is not in the graph"


def _values(element: type[Element], properties: Mapping[str, Any], computed: Collection[str] = ()) -> Said:
    known = element.properties()
    for name in properties.keys() - known.keys() - {"id"}:
        yield f"模型中没有属性 {name}", f"the model has no property {name}"
    for name, column in known.items():
        value = properties.get(name)
        if value is None or value == "":
            if column.required or name in computed:
                yield f"缺少 {name}", f"{name} is missing"
        elif not _fits(value, column):
            yield f"{name} 的值不是 {column.kind}", f"the value of {name} is not of kind {column.kind}"
        elif name == MARKS:
            yield from _precisions(value, known)
        else:
            yield from _impossible(value, column)


def _fits(value: Any, column: Property) -> bool:
    """Whether a value is of the kind of its column; a truth value is no number, a moment no day."""
    if not isinstance(value, _KINDS[column.kind]) or isinstance(value, datetime):
        return False
    if isinstance(value, bool) != (column.kind == "bool"):
        return False
    items: list[Any] = value if isinstance(value, list) else [value]
    if isinstance(value, list) and not all(isinstance(item, str) for item in items):
        return False
    return column.vocabulary is None or all(item in column.vocabulary.__members__.values() for item in items)


def _impossible(value: Any, column: Property) -> Said:
    if column.kind in ("int", "float"):
        try:
            if not isfinite(value):
                raise BadCell("不是数", "no number")
            possible(value, column)
        except BadCell as bad:
            yield f"{column.name} 的值不可能：{bad.zh}", f"the value of {column.name} cannot be: {bad.en}"


def _precisions(marks: list[str], known: Mapping[str, Property]) -> Said:
    for mark in marks:
        name, _, precision = mark.partition(":")
        if name not in known or known[name].kind != "date" or precision not in ("month", "year"):
            yield f"日期精度“{mark}”不成立", f"the date precision {mark!r} says nothing"


def _is_day(value: Any) -> TypeGuard[date]:
    return isinstance(value, date) and not isinstance(value, datetime)
