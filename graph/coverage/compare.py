"""Coverage on two days: the counts then and now, and which subjects changed.

Subjects are the same by their id; every subject of either day is counted once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from graph.coverage.count import counted_row, sum_up
from graph.coverage.read import DayReading, Dimension, read_coverage
from graph.coverage.shapes import (
    ChangeCounts,
    Counted,
    CoverageCauses,
    CoverageChangeCount,
    CoverageChangeRow,
    DayCount,
    NewlyKnown,
    NewlyUnknown,
)
from graph.errors import BadParameter
from graph.reading.answer import Answer
from graph.reading.areas import AreaTree
from graph.reading.changes import cause_of
from graph.reading.graph import Graph
from graph.reading.names import add_names
from graph.reading.open_dates import with_known_starts
from graph.reading.rows import rows_as
from graph.reading.snapshot import ask_once
from graph.store import Row

CHANGES = ("newly_covered", "newly_gap", "newly_unknown", "gone")
"""What a subject has become since the first day; it may have been none then, or be none now."""


async def find_changes(
    graph: Graph,
    *,
    since: date,
    until: date | None = None,
    area: str | None = None,
    dimension: str | None = None,
) -> Answer[ChangeCounts]:
    """What changed between two days; `until` is today if absent, and not before `since`.

    Counts are of the area (everywhere: of each topmost area) and those directly below it:
    `after.total` = unchanged + newly_*, and `before.total` = unchanged + gone + newly_* that were
    subjects before. Rows are the subjects that changed, as of the later day, or of the earlier for
    what is gone; a state is null where it was or is no subject. `causes` and `cause` say of what is
    new whether it happened, or only became known (`graph.reading.changes`).
    Raises `NotFound`, `BadParameter`.
    """
    later = graph.day(until)
    if later < since:
        raise BadParameter(
            f"起始日 {since} 晚于截止日 {later}。", f"from {since} is after to {later}.", subject="from"
        )

    async def ask(graph: Graph) -> Answer[ChangeCounts]:
        old = await read_coverage(graph, area, dimension, since)
        new = await read_coverage(graph, area, dimension, later)
        counts: list[CoverageChangeCount] = []
        rows: list[Row] = []
        for i, dim in enumerate(new.dimensions):
            counts += _counts(dim, old, new, i, _shown(new.tree, area))
            changed = _changed(old.rows[i], new.rows[i])
            masked = with_known_starts(graph.viewer.rows(dim.query.columns, changed))
            rows += [{**dim.head, **row} for row in masked]
        for row in rows:
            tree = old.tree if row["change"] == "gone" else new.tree
            row["area_name"] = tree.name(row["area"])
        await add_names(graph, rows, "subject")
        parameters = {"area": area, "dimension": dimension, "from": since, "to": later, "as_of": later}
        stamp = graph.stamp(
            new.queries, parameters, new.version, len(rows), profile=new.profile.name, withheld=new.withheld
        )
        return Answer({"counts": counts, "rows": rows_as(CoverageChangeRow, rows)}, stamp)

    return await ask_once(graph, ask)


def _shown(tree: AreaTree, area: str | None) -> list[str]:
    """The area and those directly below it; everywhere the topmost ones."""
    if area is None:
        return [a for a in tree.below(None) if len(tree.above(a)) == 1]
    return [area, *sorted(row["area"] for row in tree.children(area))]


def _counts(
    dim: Dimension, old: DayReading, new: DayReading, i: int, areas: list[str]
) -> Iterable[CoverageChangeCount]:
    before = sum_up(old.dimensions[i], old.rows[i], old.tree, areas)
    after = sum_up(dim, new.rows[i], new.tree, areas)
    for a in areas:
        after_row = counted_row(dim, new.frame, a, after[a])
        before_row = counted_row(old.dimensions[i], old.frame, a, before[a])
        states = _states(old.rows[i], old.tree, a), _states(new.rows[i], new.tree, a)
        moved = _moved(*states)
        yield {
            **dim.head,
            "area": after_row["area"],
            "name": after_row["name"],
            "level": after_row["level"],
            "before": _of_day(before_row),
            "after": _of_day(after_row),
            "unchanged": moved["unchanged"],
            "newly_covered": moved["newly_covered"],
            "newly_gap": moved["newly_gap"],
            "newly_unknown": moved["newly_unknown"],
            "gone": moved["gone"],
            "causes": _causes(*states),
        }


def _of_day(row: Counted) -> DayCount:
    return {
        "covered": row["covered"],
        "gap": row["gap"],
        "unknown": row["unknown"],
        "total": row["total"],
        "total_complete": row["total_complete"],
    }


def _states(rows: Iterable[Row], tree: AreaTree, area: str) -> dict[str, str]:
    return {r["subject"]: r["state"] for r in rows if area in tree.above(r["area"])}


def _moved(before: dict[str, str], after: dict[str, str]) -> Counter[str]:
    return Counter(_change(before.get(subject), after.get(subject)) for subject in before | after)


def _causes(before: dict[str, str], after: dict[str, str]) -> CoverageCauses:
    """Of each kind of what is new, how many of each cause that it can have."""
    new = [(before.get(s), state) for s, state in after.items() if before.get(s) != state]
    found = Counter((state, cause_of(was, state)) for was, state in new)

    def known(state: str) -> NewlyKnown:
        return {
            "occurred": found[state, "occurred"],
            "established": found[state, "established"],
            "appeared": found[state, "appeared"],
        }

    unknown: NewlyUnknown = {
        "obscured": found["unknown", "obscured"],
        "appeared": found["unknown", "appeared"],
    }
    return {"newly_covered": known("covered"), "newly_gap": known("gap"), "newly_unknown": unknown}


def _change(before: str | None, after: str | None) -> str:
    if before == after:
        return "unchanged"
    return "gone" if after is None else f"newly_{after}"


def _changed(before: Iterable[Row], after: Iterable[Row]) -> Iterable[Row]:
    """The rows of subjects whose state is not what it was, the later row where there is one."""
    then, now = ({r["subject"]: r for r in rows} for rows in (before, after))
    for subject in sorted(then | now):
        states = [rows[subject]["state"] if subject in rows else None for rows in (then, now)]
        if states[0] != states[1]:
            row = now.get(subject) or then[subject]
            kept = {n: v for n, v in row.items() if n != "state"}
            yield {
                **kept,
                "before": states[0],
                "after": states[1],
                "change": _change(*states),
                "cause": cause_of(*states),
            }
