"""Comparing a delivery with the graph: what is new, changed, emptied, gone, and whose it is.

An element is that of the source that it names. What another source gave stays as it is, and what
the delivery says instead is listed beside it, unless the load is told to take it over. What that source
left empty is filled in, and stays that of who filled it in.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import Any, Literal, TypeVar

from graph.loading.blocks import Rows
from graph.loading.changes import Changes
from graph.loading.delivery import Delivery
from graph.loading.present import Present
from graph.loading.rows import EdgeRow, NodeRow
from graph.loading.together import Around
from graph.model import label_of
from graph.model.precision import MARKS, START, lies_within, put_value, same_value, with_day
from graph.store.changes import Change
from graph.store.history import Touch

R = TypeVar("R", NodeRow, EdgeRow)
Missing = Literal["report", "end", "remove"]
_UNSAID = {"id", "source", "synthetic", "spell", "named", MARKS, *START}
"""What the import fills in: no statement of a source that could be in conflict with another's."""


@dataclass(frozen=True)
class Options:
    """What a load may do beside what its delivery says.

    `missing` says what becomes of rows and values that are gone: `end` closes gone edges on
    `ended_on`; `remove` deletes gone edges, gone nodes that nothing else holds on to, and emptied
    values, with `history` (a reason) also edges that had ended; `report` leaves everything.
    `restore` puts back what others changed of the source's own, but for decisions on appointments,
    `take_over` makes what another source gave its own. `gone` confirms how many edges are ended or removed,
    where they are many.
    """

    missing: Missing = "report"
    ended_on: date | None = None
    history: str | None = None
    restore: bool = False
    take_over: bool = False
    gone: int | None = None

    def __str__(self) -> str:
        said = [f"missing={self.missing}"] if self.missing != "report" else []
        said += [f"ended_on={self.ended_on}"] if self.ended_on else []
        said += [f"gone={self.gone}"] if self.gone is not None else []
        said += [name for name in ("restore", "take_over") if getattr(self, name)]
        return " ".join([*said, *([f"history={self.history}"] if self.history else [])])


@dataclass(frozen=True)
class Difference:
    """A value in the graph that the delivery does not change, and what the delivery says.

    `by` says whose it is: the source in a conflict, the change set of another's change.
    """

    kind: str
    id: str
    property: str
    stands: Any
    delivered: Any
    by: str
    put_back: bool = False


@dataclass
class Plan:
    """The changes to make, and what the person who loads should know.

    `emptied` and `gone` name properties and elements that an earlier delivery of the same source
    gave and this one does not; `taken_over` those that another source had given; `filled` those of
    another source that get values which it left empty; `held` gone nodes that stay because something
    else needs them. `results` has the elements that will differ from what the delivery says, `left` those
    that others removed and that stay away.
    """

    changes: Changes = field(default_factory=Changes)
    unchanged: int = 0
    emptied: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    taken_over: list[str] = field(default_factory=list)
    filled: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    conflicts: list[Difference] = field(default_factory=list)
    changed_since: list[Difference] = field(default_factory=list)
    results: dict[str, dict[str, Any]] = field(default_factory=dict)
    left: dict[str, tuple[Change, Touch]] = field(default_factory=dict)

    def steps(self) -> tuple[Changes, list[Change]]:
        """In order: what comes before the derived edges are made anew, and what after.

        A node that goes may still have derived edges, so nodes are removed last.
        """
        return self.changes.in_order()

    def persons(self) -> set[str]:
        """Persons whose posts change: their cross-appointments have to be derived anew."""
        return {c.start for c in self.changes.of("HOLDS_POST")}

    def bodies(self, persons: Collection[str] | None = None) -> set[str]:
        """Bodies of the posts that change, of some persons; needed where a post goes and leaves no trace."""
        posts = self.changes.of("HOLDS_POST")
        return {c.end for c in posts if persons is None or c.start in persons}


def make_plan(
    delivery: Delivery,
    present: Present,
    options: Options,
    touched: Mapping[str, Touch] | None = None,
    added: Mapping[str, Mapping[str, str]] | None = None,
) -> Plan:
    """Compare. `touched` says which elements others changed since this source's last delivery.

    `added` has, by id, the properties that another source than the element's filled in, with that source.
    """
    comparison = _Comparison(delivery, present, options, touched or {}, added or {})
    for node in comparison.met(delivery.nodes, present.nodes):
        before = present.nodes.get(node.id)
        comparison.compare(Change(node.label, before, node.properties))
    for edge in comparison.met(delivery.edges, present.edges):
        old = present.edges.get(edge.id)
        before = None if old is None else old.properties
        comparison.compare(Change(edge.type, before, edge.properties, edge.start, edge.end))
    comparison.settle()
    plan = comparison.plan
    if options.ended_on is not None:
        plan.changes += [
            Change(e.type, e.properties, with_day(e.properties, "until", options.ended_on), e.start, e.end)
            for e in ending(present, options)
        ]
    if options.missing == "remove":
        plan.changes += [Change(e.type, e.properties, None, e.start, e.end) for e in removing(present)]
        plan.changes += [
            Change(label_of(i), p, None) for i, p in present.gone_nodes.items() if i not in present.held
        ]
    plan.held = sorted(present.held & present.gone_nodes.keys())
    # What has a name that everybody may read comes first.
    nodes = sorted(present.gone_nodes, key=lambda id_: (label_of(id_) == "Person", id_))
    plan.gone = [*nodes, *sorted(present.gone_edges)]
    return plan


class _Comparison:
    """Elements of a delivery, each held against what the graph has of it."""

    def __init__(
        self,
        delivery: Delivery,
        present: Present,
        options: Options,
        touched: Mapping[str, Touch],
        added: Mapping[str, Mapping[str, str]],
    ) -> None:
        self.plan = Plan()
        self._added = added
        self._sources, self._named = set(present.sources), set(delivery.sources())
        self._options = options
        self._touched = touched

    def met(self, rows: Rows[R], present: Collection[str]) -> Iterator[R]:
        """The rows that the graph has, or of which others changed something; the rest is created."""
        for block in rows.blocks:
            met = {i for i, id_ in enumerate(block.ids) if id_ in present or id_ in self._touched}
            new = array("I", (i for i in range(len(block)) if i not in met)) if met else range(len(block))
            self.plan.changes.create(block, new)
            yield from block.rows(sorted(met))

    def compare(self, given: Change) -> None:
        before, after = given.before, given.after
        if before is None or after is None:
            touch = self._touched.get(given.id)
            if after is None or touch is None or touch.earlier is None:
                self.plan.changes.append(given)
            elif self._options.restore or any(
                not same_value(touch.earlier, after, name) for name in after if name not in _UNSAID
            ):
                self._removed(given, touch, put_back=True)
            else:
                self.plan.left[given.id] = given, touch
            return
        # A row that names another's document as its source, of a delivery that has that, speaks for it.
        own = before["source"] in self._sources or before["source"] == after["source"] in self._named
        result = self._merged(given, before, after) if own else self._foreign(given, before, after)
        if result != after and (given.start or not own):
            self.plan.results[given.id] = result
        if result == before:
            self.plan.unchanged += 1
        else:
            self.plan.changes.append(replace(given, after=result))

    def settle(self) -> None:
        """What others removed stays away, but for nodes that an edge of the delivery is to hang on."""
        if not self.plan.left:
            return
        new = chain(self.plan.changes.others(), self.plan.changes.creations())
        needed = {end for change in new if change.after for end in (change.start, change.end)}
        for id_, (given, touch) in list(self.plan.left.items()):
            back = id_ in needed or given.kind == "SourceDocument"
            if back:
                del self.plan.left[id_]
            self._removed(given, touch, put_back=back)

    def _removed(self, given: Change, touch: Touch, *, put_back: bool) -> None:
        name = (given.after or {}).get("name", given.id)
        self.plan.changed_since.append(
            Difference(given.kind, given.id, "", None, name, _whose(touch), put_back)
        )
        if put_back:
            self.plan.changes.append(given)

    def _foreign(self, given: Change, before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
        """What another source gave: its own unless taken over; where both agree nothing is said.

        What it left empty is filled in; who filled it in may say something new of it.
        """
        said = {name: value for name, value in after.items() if name not in _UNSAID}
        if after.get("since_known"):
            said["since"] = after["since"]
        if after.get("named") is False:
            said.pop("name", None)
            after = _with_real_name(before, after)
        if self._options.take_over:
            self.plan.taken_over.append(given.id)
            start = {} if "since" in said else {name: before[name] for name in START if name in before}
            return {**before, **after, **start}
        result, by = dict(before), self._added.get(given.id, {})
        touch = self._touched.get(given.id)
        if touch is not None and touch.earlier is not None and touch.earlier["source"] in self._sources:
            self.plan.changed_since.append(
                Difference(
                    given.kind,
                    given.id,
                    "source",
                    before["source"],
                    touch.earlier["source"],
                    _whose(touch, "source"),
                )
            )
        if before.get("named") is False and "name" in said:
            result |= {"name": said.pop("name"), "named": True}
        for name, value in said.items():
            if same_value(before, after, name) or lies_within(before, after, name):
                continue
            if by.get(name) in self._sources or _is_empty(before, name):
                put_value(result, name, after)
            else:
                whose = by.get(name, before["source"])
                if touch is not None and touch.of(name) is not None:
                    whose = f"{whose}（{_whose(touch, name)}）"
                self.plan.conflicts.append(
                    Difference(given.kind, given.id, name, before.get(name), value, whose)
                )
        if result != before:
            self.plan.filled.append(given.id)
        return result

    def _merged(self, given: Change, before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
        """What the source itself gave before: what it says now, and what others made of it since."""
        remove = self._options.missing == "remove"
        after = _with_real_name(before, after)
        result = dict(after)
        touch = self._touched.get(given.id)
        others = self._added.get(given.id, {})
        for name in [n for n in before if n not in after and n != MARKS]:
            added = name in others or (touch is not None and name not in (touch.earlier or {name}))
            if not added:
                self.plan.emptied.append(f"{given.id}.{name}")
            if added or not remove:
                put_value(result, name, before)
        if before.get("since_known") and not after.get("since_known"):
            if "since" not in others:
                self.plan.emptied.append(f"{given.id}.since")
            if (not remove or "since" in others) and before["since"] < after["until"]:
                result |= {name: before[name] for name in START}
        if touch is not None and touch.earlier is not None:
            self._leave(given, before, result, touch)
        return result

    def _leave(self, given: Change, before: dict[str, Any], result: dict[str, Any], touch: Touch) -> None:
        """Values that this source says as it did before, and that another source has changed."""
        earlier = touch.earlier or {}
        for name, value in list(result.items()):
            if name in _UNSAID - {"since", "source"} or same_value(before, result, name):
                continue
            if same_value(earlier, result, name):
                by = touch.of(name)
                if by is None:
                    continue
                back = self._options.restore and by.kind != "decision"
                self.plan.changed_since.append(
                    Difference(given.kind, given.id, name, before.get(name), value, _whose(touch, name), back)
                )
                if not back:
                    put_value(result, name, before)


def _with_real_name(before: Mapping[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """What is delivered, with the name that stands: one made up for want of one says nothing against it."""
    if after.get("named") is not False or not before.get("named", True):
        return after
    return {**after, "name": before["name"], "named": True}


def _is_empty(element: Mapping[str, Any], name: str) -> bool:
    """Whether nothing is known of a property; of a start, that it is not known."""
    return not element.get("since_known", True) if name == "since" else element.get(name) is None


def _whose(touch: Touch, name: str = "") -> str:
    by = touch.of(name)
    return "" if by is None else f"{by.number} {by.title} {by.who} {by.at}"


def ending(present: Present, options: Options) -> list[EdgeRow]:
    """The gone edges that end on the day given, as they stand; what begins later cannot."""
    day = options.ended_on
    if options.missing != "end" or day is None:
        return []
    return [e for e in present.gone_edges.values() if e.properties["since"] < day < e.properties["until"]]


def removing(present: Present) -> list[EdgeRow]:
    """The gone edges that can be removed: all but those that a held node could not be without."""
    kept = present.kept_with_held()
    return [e for e in present.gone_edges.values() if e.id not in kept]


def around(present: Present, options: Options) -> Around:
    """The edges that are counted with those of the delivery, in the state that the load would leave."""
    ends = ending(present, options)
    goes = removing(present) if options.missing == "remove" else []
    out = {e.id for e in [*ends, *goes]} | present.past_edges.keys()
    standing = {id_: edge for id_, edge in present.standing.items() if id_ not in out}
    after = [replace(e, properties=with_day(e.properties, "until", options.ended_on)) for e in ends]
    return Around(standing, frozenset(present.gone_edges), after, goes)
