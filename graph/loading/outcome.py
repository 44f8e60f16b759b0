"""What a load changes, line by line: enough to decide by, before and after it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Annotated, Any

from graph.labels import Label
from graph.loading.delivery import Delivery
from graph.loading.plan import Difference, Plan
from graph.loading.present import Present
from graph.model import EDGES, NODES, OPEN_END, OPEN_START, label_of
from graph.model.base import Property
from graph.model.precision import MARKS, precision_of, shown_day
from graph.store.changes import Change
from graph.store.history import is_end

GROUPS = {
    "conflict": "与其他来源不一致，未改动",
    "changed_since": "上次导入后被他人改动",
    "removed": "删除",
    "ended": "终止",
    "changed": "变更",
    "taken_over": "原属其他来源，归本来源",
    "filled": "其他来源未填，由本来源补上",
    "gone": "上次有、本次没有",
    "emptied": "本次为空的值",
    "created": "新增",
}
"""What can become of an element, in the order in which it is looked at."""
_PLAIN = {None: "", True: "是", False: "否", OPEN_END: "至今", OPEN_START: "不详"}
_UNSHOWN = {"id", "since_known", "synthetic", "spell", MARKS}


@dataclass(frozen=True)
class Line:
    """One value of one element: `old` → `new`, as words.

    A `personal` name and `secret` values are shown to who has the right only. Of a created or
    removed element there is one line, with all of its values.
    """

    group: Annotated[str, Label("事项")]
    type: Annotated[str, Label("类型")]
    id: Annotated[str, Label("编号")]
    name: Annotated[str, Label("名称")]
    property: Annotated[str, Label("属性")]
    old: Annotated[str, Label("原值")]
    new: Annotated[str, Label("新值")]
    note: Annotated[str, Label("说明")] = ""
    personal: bool = False
    secret: bool = False


def lines_of(delivery: Delivery, present: Present, plan: Plan) -> Iterator[Line]:
    """Every change and every difference, by group; nothing is left out."""
    names = _Names(delivery, present, plan.left)
    yield from _differences(names, "conflict", plan.conflicts)
    yield from _differences(names, "changed_since", plan.changed_since)
    by_group: dict[str, list[Change]] = {group: [] for group in GROUPS}
    taken, filled = set(plan.taken_over), set(plan.filled)
    for change in plan.changes.others():
        by_group[_group(change, taken, filled)].append(change)
    for group in ("removed", "ended", "changed", "taken_over", "filled"):
        for change in by_group[group]:
            yield from _values(names, group, change)
    removed = {c.id for c in by_group["removed"]} | {c.id for c in by_group["ended"]}
    for id_ in plan.gone:
        if id_ not in removed:
            note = "仍被引用" if id_ in present.held else ""
            yield Line("gone", names.type(id_), id_, names.of(id_), "", "", "", note, names.personal(id_))
    for entry in plan.emptied:
        id_, _, name = entry.rpartition(".")
        column = names.properties(id_).get(name)
        old = _shown_in(names.standing(id_), name, column)
        base = ("emptied", names.type(id_), id_, names.of(id_), _word(name, column))
        yield Line(*base, old, "", "", names.personal(id_), _is_personal(column))
    for change in chain(by_group["created"], plan.changes.creations()):
        yield from _values(names, "created", change)


def shown(value: Any, column: Property | None) -> str:
    """A value in words."""
    if value is None or isinstance(value, (date, bool)):
        return _PLAIN.get(value, str(value))
    if isinstance(value, list):
        return "；".join(shown(v, column) for v in value)
    if column is not None and column.vocabulary is not None:
        return next((t.zh for t in column.vocabulary if t.value == value), str(value))
    return str(value)


def _shown_in(element: Mapping[str, Any], name: str, column: Property | None) -> str:
    """The value of an element in words; a date as precisely as it is known: 2015.07."""
    inexact = element.get(name) is not None and precision_of(element, name) != "day"
    return shown_day(element, name) if inexact else shown(element.get(name), column)


class _Names:
    """What elements are called, of delivery and graph together."""

    def __init__(self, delivery: Delivery, present: Present, left: Mapping[str, tuple[Change, Any]]) -> None:
        self._nodes: dict[str, Mapping[str, Any]] = {**present.gone_nodes, **present.nodes}
        self._nodes |= {n.id: n.properties for n in delivery.nodes if n.id not in self._nodes}
        self._nodes |= {id_: given.after for id_, (given, _) in left.items() if given.after}
        self._inexact = {n.id: n.properties for n in delivery.nodes if MARKS in n.properties}
        self._edges = {**present.standing, **present.gone_edges, **present.edges}

    def of(self, id_: str) -> str:
        if "~" not in id_:
            return str(self._nodes.get(id_, {}).get("name", id_))
        start, _, end = id_.split("~")[:3]
        return f"{self.of(start)} → {self.of(end)}"

    def kind(self, id_: str) -> str:
        return id_.split("~")[1] if "~" in id_ else label_of(id_)

    def type(self, id_: str) -> str:
        kind = self.kind(id_)
        return str((NODES.get(kind) or EDGES[kind]).zh)

    def properties(self, id_: str) -> dict[str, Property]:
        kind = self.kind(id_)
        found: dict[str, Property] = (NODES.get(kind) or EDGES[kind]).properties()
        return found

    def delivered(self, id_: str) -> Mapping[str, Any]:
        """What a delivery says of a node, where it says of a date how precise it is."""
        return self._inexact.get(id_, {})

    def standing(self, id_: str) -> Mapping[str, Any]:
        edge = self._edges.get(id_)
        return self._nodes.get(id_, {}) if edge is None else edge.properties

    def personal(self, id_: str) -> bool:
        """Whether the name of an element is that of a person, or its existence is the secret."""
        if "~" not in id_:
            return label_of(id_) == "Person"
        start, kind, end = id_.split("~")[:3]
        return "Person" in (label_of(start), label_of(end)) or EDGES[kind].flag is not None


def _group(change: Change, taken: set[str], filled: set[str]) -> str:
    if change.before is None:
        return "created"
    if change.after is None:
        return "removed"
    if change.id in taken:
        return "taken_over"
    if change.id in filled:
        return "filled"
    return "ended" if is_end(change) else "changed"


def _values(names: _Names, group: str, change: Change) -> Iterator[Line]:
    columns = names.properties(change.id)
    before, after = change.before or {}, change.after or {}
    base = (group, names.type(change.id), change.id, names.of(change.id))
    personal = names.personal(change.id)
    if not before or not after:
        whole = after or before
        said = "；".join(
            f"{_word(n, columns.get(n))} {_shown_in(whole, n, columns.get(n))}"
            for n, v in whole.items()
            if n not in _UNSHOWN and n != "name" and v not in (OPEN_START, OPEN_END)
        )
        secret = any(_is_personal(columns.get(n)) for n in after or before)
        yield Line(*base, "", said if before else "", said if after else "", "", personal, secret)
        return
    for name in dict.fromkeys([*before, *after]):
        column = columns.get(name)
        old, new = (_shown_in(values, name, column) for values in (before, after))
        if name not in _UNSHOWN and (before.get(name) != after.get(name) or old != new):
            yield Line(*base, _word(name, column), old, new, personal=personal, secret=_is_personal(column))


def _differences(names: _Names, group: str, found: Iterable[Difference]) -> Iterator[Line]:
    for one in found:
        column = names.properties(one.id).get(one.property)
        done = "，已改回" if one.put_back else "" if one.property else "，已删除"
        yield Line(
            group,
            names.type(one.id),
            one.id,
            names.of(one.id),
            _word(one.property, column),
            _shown_in({**names.standing(one.id), one.property: one.stands}, one.property, column),
            _shown_in({**names.delivered(one.id), one.property: one.delivered}, one.property, column),
            f"{one.by}{done}",
            names.personal(one.id),
            _is_personal(column),
        )


def _word(name: str, column: Property | None) -> str:
    return name if column is None else column.prop.zh


def _is_personal(column: Property | None) -> bool:
    return column is not None and column.prop.flag is not None
