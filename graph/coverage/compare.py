"""Coverage on two days: the counts then and now, and which subjects changed.

Above counting. Subjects are the same by their id; every subject of either day is counted once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from graph.coverage.count import counted_row, sum_up
from graph.coverage.read import Dimension, Reading, read_coverage
from graph.errors import BadParameter
from graph.reading.answer import Answer
from graph.reading.areas import AreaTree
from graph.reading.graph import Graph
from graph.reading.masking import mask_rows
from graph.reading.names import add_names
from graph.reading.snapshot import ask_once
from graph.store import Row

CHANGES = ("newly_covered", "newly_gap", "newly_unknown", "gone")
"""What a subject has become since the first day; it may have been none then, or be none now."""
_COUNTED = ("covered", "gap", "unknown", "total", "total_complete")


async def find_changes(
    graph: Graph,
    *,
    since: date,
    until: date | None = None,
    area: str | None = None,
    dimension: str | None = None,
    show_personal: bool = False,
) -> Answer:
    """What changed between two days; `until` is today if absent, and not before `since`.

    Data: `{counts, rows}`. A row of `counts` is a dimension in the area (everywhere: in each
    topmost area) or directly below it: `before` and `after` (covered, gap, unknown, total,
    total_complete), unchanged, newly_covered, newly_gap, newly_unknown, gone. So `after.total` =
    unchanged + newly_*, and `before.total` = unchanged + gone + newly_* that were subjects before.
    `rows` are the subjects that changed: dimension, title, title_zh, subject, subject_name, area,
    area_name, before, after (state, null where it was or is no subject), change, since, missing,
    evidence (of the later day; of the earlier for what is gone). Raises `NotFound`, `BadParameter`.
    """
    later = until or graph.today()
    if later < since:
        raise BadParameter(
            f"起始日 {since} 晚于截止日 {later}。", f"from {since} is after to {later}.", subject="from"
        )

    async def ask(graph: Graph) -> Answer:
        old = await read_coverage(graph, area, dimension, since)
        new = await read_coverage(graph, area, dimension, later)
        counts: list[Row] = []
        rows: list[Row] = []
        for i, dim in enumerate(new.dimensions):
            counts += _counts(dim, old, new, i, _shown(new.tree, area))
            changed = _changed(old.rows[i], new.rows[i])
            masked = mask_rows(dim.query.columns, changed, show=show_personal)
            rows += [{**dim.head, **row} for row in masked]
        for row in rows:
            tree = old.tree if row["change"] == "gone" else new.tree
            row["area_name"] = tree.name(row["area"])
        await add_names(graph, rows, "subject", show_personal=show_personal)
        parameters = {"area": area, "dimension": dimension, "from": since, "to": later, "as_of": later}
        stamp = graph.stamp(new.queries, parameters, new.version, len(rows), profile=new.profile.name)
        return Answer({"counts": counts, "rows": rows}, stamp)

    return await ask_once(graph, graph.settings, ask)


def _shown(tree: AreaTree, area: str | None) -> list[str]:
    """The area and those directly below it; everywhere the topmost ones."""
    if area is None:
        return [a for a in tree.below(None) if len(tree.above(a)) == 1]
    return [area, *sorted(row["area"] for row in tree.children(area))]


def _counts(dim: Dimension, old: Reading, new: Reading, i: int, areas: list[str]) -> Iterable[Row]:
    before = sum_up(old.dimensions[i], old.rows[i], old.tree, areas)
    after = sum_up(dim, new.rows[i], new.tree, areas)
    for a in areas:
        told_after = counted_row(dim, new.frame, a, after[a])
        told_before = counted_row(old.dimensions[i], old.frame, a, before[a])
        moved = _moved(_states(old.rows[i], old.tree, a), _states(new.rows[i], new.tree, a))
        yield {
            **dim.head,
            **{n: told_after[n] for n in ("area", "name", "level")},
            "before": {n: told_before[n] for n in _COUNTED},
            "after": {n: told_after[n] for n in _COUNTED},
            "unchanged": moved["unchanged"],
            **{n: moved[n] for n in CHANGES},
        }


def _states(rows: Iterable[Row], tree: AreaTree, area: str) -> dict[str, str]:
    return {r["subject"]: r["state"] for r in rows if area in tree.above(r["area"])}


def _moved(before: dict[str, str], after: dict[str, str]) -> Counter[str]:
    return Counter(_change(before.get(subject), after.get(subject)) for subject in before | after)


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
            yield {**kept, "before": states[0], "after": states[1], "change": _change(*states)}
