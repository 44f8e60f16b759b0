"""Counts per dimension and area, at every level: covered, gap, unknown, and second measures.

A percentage is given only where a register closes the total.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from graph.catalogue.headers import Measure
from graph.coverage.claims import Beside, read_claims
from graph.coverage.read import STATES, Dimension, DimensionRows, Frame, read_coverage
from graph.coverage.shapes import Counted, CoverageRow, MeasureShape
from graph.reading.answer import Answer
from graph.reading.areas import AreaTree
from graph.reading.graph import Graph
from graph.reading.snapshot import ask_once


@dataclass
class Count:
    """What is counted of one dimension in one area."""

    states: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STATES, 0))
    measures: dict[str, list[int]] = field(default_factory=dict)
    """Per column: yes, no, not known; of a column of numbers the sum, nothing, not known."""

    def add(self, other: Count) -> None:
        """Take in what is counted elsewhere."""
        for state, n in other.states.items():
            self.states[state] += n
        for column, numbers in other.measures.items():
            mine = self.measures.setdefault(column, [0, 0, 0])
            for i, n in enumerate(numbers):
                mine[i] += n


async def find_coverage(
    graph: Graph,
    *,
    area: str | None = None,
    dimension: str | None = None,
    as_of: date | None = None,
    claims: bool = True,
    levels: bool = True,
    near: bool = False,
) -> Answer[list[CoverageRow]]:
    """Counts per dimension and area, the area itself and every area below it; with `near` those directly so.

    Without `levels` it is the area alone (everywhere: every area all the same). Shares are fractions,
    null where the total is not known to be complete; a summed measure has neither yes nor no. Without
    `claims` no published figures are read, and the rows have none. Raises `NotFound`, `BadParameter`.

        await find_coverage(graph, area="430407000000", dimension="party_branch")
    """
    day = graph.day(as_of)

    async def ask(graph: Graph) -> Answer[list[CoverageRow]]:
        reading = await read_coverage(graph, area, dimension, day)
        beside = await read_claims(graph, reading, area) if claims else Beside()
        areas = _areas(reading.tree, area, levels=levels, near=near)
        data: list[CoverageRow] = []
        for dim, found in zip(reading.dimensions, reading.rows, strict=True):
            counts = sum_up(dim, found, reading.tree, areas)
            for a in areas:
                row = counted_row(dim, reading.frame, a, counts[a])
                published = beside.of(dim.name, a)
                data.append({**row, "claims": published.claims, "derived": published.derived})
        parameters = {"area": area, "dimension": dimension, "as_of": day}
        queries = [*reading.queries, *beside.queries]
        stamp = graph.stamp(queries, parameters, reading.version, len(data), profile=reading.profile.name)
        return Answer(data, stamp)

    return await ask_once(graph, ask)


def _areas(tree: AreaTree, area: str | None, *, levels: bool, near: bool) -> Sequence[str]:
    if near and area is None:
        return [a for a in tree.below(None) if len(tree.above(a)) == 1]
    if near and area is not None:
        return [area, *(str(row["area"]) for row in tree.children(area))]
    return tree.below(area) if levels or area is None else [area]


def sum_up(dim: Dimension, rows: DimensionRows, tree: AreaTree, areas: Sequence[str]) -> dict[str, Count]:
    """What is counted in each area: its own subjects and those of the areas below.

    Subjects are counted once for all areas cut from the same rows: each counts where its own area is.
    """
    measures = dim.query.header.measures
    counts = {a: Count() for a in areas}
    for cut in rows.cuts:
        columns = ["area", "state", *(measure.column for measure in measures)]
        own = cut.whole().remembered("counts", columns, partial(_own, measures))
        for place, count in own.items():
            for a in tree.above(place) if place not in cut.elsewhere else ():
                if a in counts:
                    counts[a].add(count)
    return counts


def _own(measures: Sequence[Measure], values: Iterable[Sequence[Any]]) -> dict[str, Count]:
    """What is counted in each area of its own subjects alone, by their area, state and what is measured."""
    found: dict[str, Count] = {}
    for (area, state, *measured), times in Counter(map(tuple, values)).items():
        count = found.setdefault(area, Count())
        count.states[state] += times
        for measure, value in zip(measures, measured, strict=True):
            numbers = count.measures.setdefault(measure.column, [0, 0, 0])
            _measure(numbers, measure, (state, value), times)
    return found


def _measure(numbers: list[int], measure: Measure, found: tuple[str, Any], times: int) -> None:
    state, value = found
    # A number beside an unknown subject is what is on record, and how much is missing unknown.
    if value is None or (measure.kind == "sum" and state == "unknown"):
        numbers[2] += times
    if value is not None:
        if measure.kind == "sum":
            numbers[0] += value * times
        else:
            numbers[0 if value else 1] += times


def counted_row(dim: Dimension, frame: Frame, area: str, count: Count) -> Counted:
    """One dimension in one area, as people see it."""
    total, covered = sum(count.states.values()), count.states["covered"]
    complete = frame.complete(area, dim.denominators)
    known = complete and total > 0
    return {
        **dim.head,
        "unit": dim.query.dimension.subject,
        "area": area,
        "name": frame.tree.name(area),
        "level": frame.tree.level(area),
        "covered": count.states["covered"],
        "gap": count.states["gap"],
        "unknown": count.states["unknown"],
        "total": total,
        "total_complete": complete,
        "share_low": covered / total if known else None,
        "share_high": (covered + count.states["unknown"]) / total if known else None,
        "measures": [_measured(m, count) for m in dim.query.header.measures],
    }


def _measured(measure: Measure, count: Count) -> MeasureShape:
    first, no, unknown = count.measures.get(measure.column, (0, 0, 0))
    summed = measure.kind == "sum"
    return {
        "name": measure.column,
        "title": measure.title,
        "title_zh": measure.title_zh,
        "yes": None if summed else first,
        "no": None if summed else no,
        "unknown": unknown,
        "sum": first if summed else None,
    }
