"""Published figures beside the graph's own counts: what differs, and why.

A claim without records never becomes a count; it is shown beside, with the reason for the difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, cast

from graph.catalogue import Query
from graph.coverage.claim_words import beside_claim
from graph.coverage.read import DayReading, Dimension
from graph.coverage.shapes import ClaimBeside, DerivedFigure
from graph.reading.areas import AreaTree
from graph.reading.findings.remembered import Asked, read_remembered
from graph.reading.graph import Graph
from graph.store import Row

CLAIMS, COMPARED = "coverage_claims", "claims_compared"
_SHOWN = (
    "claim",
    "name",
    "metric",
    "value",
    "unit",
    "qualifier",
    "nature",
    "as_of_date",
    "scope",
    "quote",
    "source",
    "concerns",
    "concerns_name",
)
_DERIVED = ("metric", "figure", "low", "high", "from", "meaning_zh", "place")


class Published(NamedTuple):
    """Published figures beside one count, and what they imply."""

    claims: list[ClaimBeside]
    derived: list[DerivedFigure]


@dataclass(frozen=True)
class Beside:
    """Published figures beside the counts: per dimension and area."""

    claims: Mapping[tuple[str, str], list[ClaimBeside]] = field(default_factory=dict)
    derived: Mapping[tuple[str, str], list[DerivedFigure]] = field(default_factory=dict)
    queries: Sequence[Query] = ()

    def of(self, dimension: str, area: str) -> Published:
        """The published figures of a row, and what they imply when set side by side."""
        key = dimension, area
        return Published(self.claims.get(key, []), self.derived.get(key, []))


async def read_claims(graph: Graph, reading: DayReading, area: str | None) -> Beside:
    """The published figures of the dimensions in an area and below it."""
    query, compared = graph.catalogue[CLAIMS], graph.catalogue[COMPARED]
    parameters = graph.bind_known(query, {"area": area, "as_of": reading.day})
    (rows,) = await read_remembered(graph, [(query, parameters)])
    wanted = [
        (dim, found, row)
        for dim, found in zip(reading.dimensions, reading.rows, strict=True)
        for row in rows
        if row["area"] is not None and _belongs(dim, row["metric"])
    ]
    areas = sorted({row["area"] for _, _, row in wanted})
    listed = {_listing(dim, row) for dim, _, row in wanted} - {None}
    statements: list[Asked] = [_about(graph, compared, a, reading.day) for a in areas]
    asked = sorted(item for item in listed if item)
    statements += [_about(graph, graph.catalogue[q], a, reading.day) for q, a in asked]
    results = await read_remembered(graph, statements) if statements else []
    lengths = {key: len(r) for key, r in zip(asked, results[len(areas) :], strict=True)}
    claims: dict[tuple[str, str], list[ClaimBeside]] = {}
    for dim, found, row in wanted:
        own = _own(dim, found, row, reading, lengths)
        beside = beside_claim(
            row,
            own,
            count=dim.query.header.claims.get(row["metric"], "none"),
            area_name=reading.tree.name(row["area"]),
            day=reading.day,
        )
        shown = cast("ClaimBeside", {**{n: row[n] for n in _SHOWN}, **beside})
        claims.setdefault((dim.name, row["area"]), []).append(shown)
    derived = _derived(reading.dimensions, areas, results[: len(areas)])
    names = [query, compared, *(graph.catalogue[q] for q in sorted({q for q, _ in asked}))]
    return Beside(claims, derived, names if wanted else [query])


def _belongs(dim: Dimension, metric: str) -> bool:
    """A figure belongs to the dimension whose name or declared metric it begins with."""
    base = metric.rpartition(".")[0]
    return base == dim.name or metric in dim.query.header.claims


def _listing(dim: Dimension, row: Row) -> tuple[str, str] | None:
    """The query whose rows in an area are counted, and that area."""
    count = dim.query.header.claims.get(row["metric"], "")
    listed = count.startswith("rows ") and row["concerns"] == row["area"]
    return (count.removeprefix("rows "), row["area"]) if listed else None


def _about(graph: Graph, query: Query, area: str, day: date) -> Asked:
    return query, graph.bind_known(query, {"area": area, "as_of": day})


def _own(
    dim: Dimension,
    found: Iterable[Row],
    claim: Row,
    reading: DayReading,
    lengths: Mapping[tuple[str, str], int],
) -> float | None:
    """The graph's own count of what a figure is about; None where there is none."""
    count = dim.query.header.claims.get(claim["metric"], "none")
    listing = _listing(dim, claim)
    if listing is not None:
        return lengths[listing]
    rows = _within(found, claim["concerns"], reading.tree)
    if rows is None or count == "none" or count.startswith("rows "):
        return None
    if count == "share" and not reading.frame.complete(claim["area"], dim.denominators):
        return None
    return _counted(count, rows)


def _counted(count: str, rows: Sequence[Row]) -> float | None:
    covered = [r for r in rows if r["state"] == "covered"]
    counts = {
        "covered": len(covered),
        "total": len(rows),
        "share": 100 * len(covered) / len(rows) if rows else None,
        "bodies": len({item.partition("~")[0] for r in covered for item in r["evidence"]}),
    }
    if count in counts:
        return counts[count]
    known = [float(r[count]) for r in rows if r[count] is not None]
    return sum(known)


def _within(found: Iterable[Row], place: str, tree: AreaTree) -> list[Row] | None:
    """The subjects in an area, or those of a quarter; None for another thing."""
    if place in tree:
        return [r for r in found if place in tree.above(r["area"])]
    rows = [r for r in found if r["subject"].partition("#")[0] == place]
    return rows or None


def _derived(
    dimensions: Sequence[Dimension], areas: Sequence[str], results: Sequence[list[Row]]
) -> dict[tuple[str, str], list[DerivedFigure]]:
    """What figures of one place imply, where that place is the area itself."""
    derived: dict[tuple[str, str], list[DerivedFigure]] = {}
    for area, rows in zip(areas, results, strict=True):
        for row in (r for r in rows if r["place"] == area):
            for dim in dimensions:
                if row["metric"].rpartition(".")[0] == dim.name:
                    figure = cast("DerivedFigure", {n: row[n] for n in _DERIVED})
                    derived.setdefault((dim.name, area), []).append(figure)
    return derived
