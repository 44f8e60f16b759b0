"""Coverage: per dimension and area how many are covered, a gap, or not known; and the gaps.

Above answers; one catalogue file per dimension gives a row per subject, which is summed here over
the areas above it. A percentage is given only where a register closes the total.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from graph.answers import Answer, Graph
from graph.areas import AreaTree, require_area
from graph.catalogue import Query
from graph.errors import BadParameter
from graph.masking import mask_rows
from graph.names import add_names
from graph.scopes import profile_of
from graph.store import Row

State = Literal["covered", "gap", "unknown"]
STATES: tuple[State, ...] = ("covered", "gap", "unknown")


@dataclass(frozen=True)
class Dimension:
    """A coverage dimension with the parameters that apply."""

    query: Query
    params: Mapping[str, Any]

    @property
    def name(self) -> str:
        return self.query.name

    @property
    def denominators(self) -> list[str]:
        """The registers that all have to be complete for the total to be known."""
        return [d.strip() for d in self.query.header.tags["denominator"].split(",")]

    @property
    def order(self) -> int:
        return int(self.query.header.tags["dimension"])


async def find_coverage(
    graph: Graph,
    *,
    area: str | None = None,
    dimension: str | None = None,
    as_of: date | None = None,
) -> Answer:
    """Counts per dimension and area, the area itself and every area below it.

    Rows: dimension, title, title_zh, unit (label of what is counted), area, name, level, covered,
    gap, unknown, total, total_complete, share_low, share_high (fractions, null where the total
    is not known to be complete). Raises `NotFound`, `BadParameter`.
    """
    day = as_of or graph.today()
    tree, version, dimensions, rows, registers = await _read(graph, area, dimension, day)
    closed = {(r["area"], r["subject"]) for r in registers}
    areas = tree.below(area)
    data: list[Row] = []
    for dim, found in zip(dimensions, rows, strict=True):
        counts = _sum_up(found, tree, areas)
        for a in areas:
            complete = all(any((x, d) in closed for x in tree.above(a)) for d in dim.denominators)
            data.append(_row(dim, tree, a, counts[a], complete=complete))
    parameters = {"area": area, "dimension": dimension, "as_of": day}
    queries = [d.query for d in dimensions]
    profile = profile_of(graph, tree, area)
    stamp = graph.stamp(queries, parameters, version, len(data), profile=profile.name)
    return Answer(data, stamp)


async def find_gaps(
    graph: Graph,
    *,
    area: str | None = None,
    dimension: str | None = None,
    state: str = "gap",
    as_of: date | None = None,
    show_personal: bool = False,
) -> Answer:
    """The subjects in one state, by default the gaps.

    Rows: dimension, title_zh, subject, subject_name, area, area_name, state, since, missing,
    evidence, and what the dimension's file adds. Raises as `find_coverage`.
    """
    if state not in STATES:
        words = ", ".join(STATES)
        raise BadParameter(f"state 应为：{words}。", f"state is one of {words}.", subject="state")
    day = as_of or graph.today()
    tree, version, dimensions, rows, _ = await _read(graph, area, dimension, day)
    data: list[Row] = []
    for dim, found in zip(dimensions, rows, strict=True):
        kept = [r for r in found if r["state"] == state]
        head = {"dimension": dim.name, "title_zh": dim.query.header.title_zh}
        masked = mask_rows(dim.query.columns, kept, show=show_personal)
        data += [{**head, **row} for row in masked]
    for row in data:
        row["area_name"] = tree.name(row["area"])
    await add_names(graph, data, "subject", show_personal=show_personal)
    parameters = {"area": area, "dimension": dimension, "state": state, "as_of": day}
    stamp = graph.stamp([d.query for d in dimensions], parameters, version, len(data),
                        profile=profile_of(graph, tree, area).name)  # fmt: skip
    return Answer(data, stamp)


async def _read(
    graph: Graph, area: str | None, dimension: str | None, day: date
) -> tuple[AreaTree, int, list[Dimension], list[list[Row]], list[Row]]:
    """Everything in one transaction: the areas, the registers, one result per dimension."""
    tree_before = await require_area(graph, area, day)
    profile = profile_of(graph, tree_before, area)
    queries = graph.catalogue.folder("coverage")
    if dimension is not None:
        queries = [q for q in queries if q.name == dimension]
        if not queries:
            names = "、".join(q.name for q in graph.catalogue.folder("coverage"))
            raise BadParameter(
                f"没有覆盖维度 {dimension!r}；可用：{names}。",
                f"no coverage dimension {dimension!r}; known: {names}.",
                subject="dimension",
            )
    given = {"as_of": day, "area": area}
    dimensions = sorted(
        (Dimension(q, graph.bind_known(q, given, profile.dimension(q.name, day))) for q in queries),
        key=lambda d: d.order,
    )
    helpers = [graph.catalogue["area_tree"], graph.catalogue["area_registers"]]
    statements = [(q.text, graph.bind_known(q, given)) for q in helpers]
    statements += [(d.query.text, dict(d.params)) for d in dimensions]
    version, results = await graph.read(statements)
    return AreaTree(results[0]), version, dimensions, results[2:], results[1]


def _sum_up(rows: Iterable[Row], tree: AreaTree, areas: Sequence[str]) -> dict[str, dict[str, int]]:
    """Count each subject in its area and in every area above it."""
    counts: dict[str, dict[str, int]] = {a: dict.fromkeys(STATES, 0) for a in areas}
    for row in rows:
        for a in tree.above(row["area"]):
            if a in counts:
                counts[a][row["state"]] += 1
    return counts


def _row(
    dim: Dimension, tree: AreaTree, area: str, count: Mapping[str, int], *, complete: bool
) -> Row:
    total = sum(count.values())
    known = complete and total > 0
    return {
        "dimension": dim.name,
        "title": dim.query.header.title,
        "title_zh": dim.query.header.title_zh,
        "unit": dim.query.header.tags["subject"],
        "area": area,
        "name": tree.name(area),
        "level": tree.level(area),
        **count,
        "total": total,
        "total_complete": complete,
        "share_low": count["covered"] / total if known else None,
        "share_high": (count["covered"] + count["unknown"]) / total if known else None,
    }
