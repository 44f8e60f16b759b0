"""Periods of edges that a source knows to the month or year alone, or not at all, counted with its delivery.

An answer for a day in such a month says so (`reading.deliveries`); to find them again it would have to look
at every edge.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from graph.loading.delivery import Delivery
from graph.loading.plan import Plan
from graph.loading.present import Present
from graph.model import EDGES, OPEN_START, label_of
from graph.model.base import Cardinality
from graph.model.precision import MARKS, precision_of, shown_day
from graph.store.changes import Change
from graph.store.history import is_end

PERIOD = ("since", "until")
FOLLOWS = ".follows:"


def inexact_periods(delivery: Delivery, present: Present, plan: Plan) -> list[str]:
    """`HOLDS_POST.since:2015.07:3` for three posts whose first month alone is known, as the load leaves them.

    With those that stand from an earlier delivery of the source.
    """
    found: Counter[str] = Counter()
    changed = {c.id: c for c in plan.changes.others() if c.start}
    for block in delivery.edges.blocks:
        if not block.has(MARKS):
            continue
        for edge in block.rows(block.having(MARKS)):
            change = changed.get(edge.id)
            as_is = plan.results.get(edge.id, edge.properties)
            _count(found, edge.kind, as_is if change is None else change.after)
    for edge in present.gone_edges.values():
        change = changed.get(edge.id)
        _count(found, edge.kind, edge.properties if change is None else change.after)
    return [f"{what}:{count}" for what, count in sorted(found.items())]


def followed_ties(plan: Plan, before: Iterable[str]) -> list[str]:
    """`HOLDS_POST.follows:2025-07-01:3` for three new posts without a known start, held by one at a time.

    The load ends by that day who held them. When the new ones began nobody said, so for a day before both
    count, and the answer says so. `before` are those of earlier loads, which stay.
    """
    found: Counter[str] = Counter()
    for known in before:
        what, _, count = str(known).rpartition(":")
        found[what] += int(count) if FOLLOWS in what else 0
    ended = [c for c in plan.changes.others() if c.start and c.before and c.after and is_end(c)]
    last = {key: c.after["until"] for c in ended if c.after for key in _alone(c)}
    for new in plan.changes.of(*{c.kind for c in ended}) if last else ():
        if _follows(new):
            days = [last[key] for key in _alone(new) if key in last]
            found.update(f"{new.kind}{FOLLOWS}{day}" for day in days[:1])
    return [f"{what}:{count}" for what, count in sorted(found.items()) if count]


def _follows(change: Change) -> bool:
    """Whether an edge begins nobody knows when: it is new, or holds again after an end, without a day."""
    before, after = change.before, change.after
    if after is None or after["since"] != OPEN_START:
        return False
    return before is None or before["until"] < after["until"]


def _alone(edge: Change) -> Iterator[tuple[Cardinality, str]]:
    """Where a node may have one edge of this kind at a time: the rule and the node."""
    for rule in EDGES[edge.kind].cardinalities:
        here, there = (edge.start, edge.end) if rule.side == "from" else (edge.end, edge.start)
        fits = not rule.labels or label_of(here) in rule.labels
        fits = fits and (not rule.other or label_of(there) in rule.other)
        role = (edge.after or {}).get("role")
        if rule.high == 1 and fits and (not rule.roles or role in rule.roles):
            yield rule, here


def _count(found: Counter[str], kind: str, edge: dict[str, Any] | None) -> None:
    for name in PERIOD if edge is not None and edge.get(MARKS) else ():
        if edge is not None and precision_of(edge, name) != "day":
            found[f"{kind}.{name}:{shown_day(edge, name)}"] += 1
