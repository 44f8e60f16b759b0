"""Comparing a checked delivery with the graph: what is new, changed, emptied, or gone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from graph.loading.delivery import Delivery
from graph.loading.present import Present
from graph.loading.table import EdgeRow
from graph.model import label_of
from graph.store.changes import Change, in_order

Missing = Literal["report", "end", "remove"]


@dataclass
class Plan:
    """The changes to make, and what the person who loads should know.

    `emptied` and `gone` name properties and elements that an earlier delivery of the same source
    gave and this one does not; `foreign` those that another source had given; `held` gone nodes
    that stay because something else needs them.
    """

    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    emptied: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)

    def steps(self) -> tuple[list[Change], list[Change]]:
        """In order: what comes before the derived edges are made anew, and what after.

        A node that goes may still have derived edges, so nodes are removed last.
        """
        changes = in_order(self.changes)
        last = [c for c in changes if not c.start and c.action == "delete"]
        return changes[: len(changes) - len(last)], last

    def persons(self) -> set[str]:
        """Persons whose posts change: their cross-appointments have to be derived anew."""
        return {c.start for c in self.changes if c.kind == "HOLDS_POST"}

    def bodies(self) -> set[str]:
        """Bodies of the posts that change; needed where a post goes and leaves no trace."""
        return {c.end for c in self.changes if c.kind == "HOLDS_POST"}


def make_plan(
    delivery: Delivery, present: Present, *, missing: Missing, ended_on: date | None = None
) -> Plan:
    """Compare. `missing` says what becomes of rows and values that are gone.

    `end` closes gone edges on `ended_on`; `remove` deletes gone edges, gone nodes that nothing
    else holds on to, and emptied values; `report` leaves everything.
    """
    plan = Plan()
    sources = set(delivery.sources())
    for node in delivery.nodes:
        before = present.nodes.get(node.id)
        _compare(plan, Change(node.label, before, node.properties), missing, sources)
    for edge in delivery.edges:
        old = present.edges.get(edge.id)
        before = None if old is None else old.properties
        given = Change(edge.type, before, edge.properties, edge.start, edge.end)
        _compare(plan, given, missing, sources)
    if missing == "end" and ended_on is not None:
        plan.changes += _ended(present.gone_edges.values(), ended_on)
    if missing == "remove":
        plan.changes += [
            Change(e.type, e.properties, None, e.start, e.end) for e in present.gone_edges.values()
        ]
        plan.changes += [
            Change(label_of(i), p, None) for i, p in present.gone_nodes.items() if i not in present.held
        ]
    plan.held = sorted(present.held)
    plan.gone = [*sorted(present.gone_nodes), *sorted(present.gone_edges)]
    return plan


def _compare(plan: Plan, given: Change, missing: Missing, sources: set[str]) -> None:
    before, after = given.before, given.after
    if before is None or after is None:
        plan.changes.append(given)
        return
    emptied = [name for name in before if name not in after]
    plan.emptied += [f"{given.id}.{name}" for name in emptied]
    if missing != "remove":
        after = {**before, **after}
    if after == before:
        plan.unchanged += 1
        return
    if before["source"] not in sources:
        plan.foreign.append(given.id)
    plan.changes.append(replace(given, after=after))


def _ended(edges: Iterable[EdgeRow], ended_on: date) -> list[Change]:
    return [
        Change(e.type, e.properties, {**e.properties, "until": ended_on}, e.start, e.end)
        for e in edges
        if e.properties["since"] < ended_on < e.properties["until"]
    ]
