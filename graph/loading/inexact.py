"""Periods of edges that a source knows to the month or year alone, counted with its delivery.

An answer for a day in such a month says so (`reading.deliveries`); to find them again it would have to look
at every edge.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from graph.loading.delivery import Delivery
from graph.loading.plan import Plan
from graph.loading.present import Present
from graph.model.precision import MARKS, precision_of, shown_day

PERIOD = ("since", "until")


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


def _count(found: Counter[str], kind: str, edge: dict[str, Any] | None) -> None:
    for name in PERIOD if edge is not None and edge.get(MARKS) else ():
        if edge is not None and precision_of(edge, name) != "day":
            found[f"{kind}.{name}:{shown_day(edge, name)}"] += 1
