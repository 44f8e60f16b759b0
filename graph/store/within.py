"""WITHIN: from every quarter, grid and area to every area that it is in, derived from PART_OF.

A query that asks in which areas a place lies, or which registers count there, reads one edge
instead of walking. An area is within itself too, so that one pattern serves quarters and areas.
A subdistrict that moves takes along everything in it, places that no row names included: `places` finds
these, and `verify` derives the whole anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.model import EDGES, OPEN_END, OPEN_START, edge_id, label_of
from graph.model.vocabulary import AreaLevel
from graph.store import Row, Statement, Transaction
from graph.store.changes import Change, differences

PLACES: tuple[str, ...] = tuple(label for starts, _ in EDGES["WITHIN"].ends for label in starts)
"""The labels from which WITHIN starts; a building's quarter is one step away."""

AREAS: Statement = ("MATCH (a:Area) RETURN a.id AS area, a.level AS level, a.synthetic AS synthetic", {})
PART = (
    "-[e:PART_OF]->(b) RETURN p.id AS place, b.id AS above, e.since AS since, "
    "e.until AS until, e.since_known AS since_known, e.synthetic AS synthetic"
)
STANDING = "-[e:WITHIN]->(b:Area) RETURN properties(e) AS edge, p.id AS start, b.id AS end"
_PARTS: list[Statement] = [(f"MATCH (p:{label}){PART}", {}) for label in PLACES]
_STANDING: list[Statement] = [(f"MATCH (p:{label}){STANDING}", {}) for label in PLACES]


@dataclass(frozen=True)
class _Period:
    """For how long a place is in an area, by one way up; `known`: whether its start is."""

    since: date
    until: date
    known: bool
    synthetic: bool


def derive_within(
    parts: Iterable[Mapping[str, Any]],
    areas: Iterable[Mapping[str, Any]],
    places: Collection[str] | None = None,
) -> Iterator[Change]:
    """Every place to every area that it is in, for each unbroken period, as creations.

    `parts` are PART_OF edges with the keys of `PART`; `areas` have those of `AREAS`. `places` are those
    asked for, None all: of each of them `parts` has every way up.
    """
    heights = {area["area"]: AreaLevel.height(area["level"]) for area in areas}
    invented = {area["area"] for area in areas if area["synthetic"]}
    above: dict[str, list[tuple[str, _Period]]] = defaultdict(list)
    for part in parts:
        period = _Period(part["since"], part["until"], part["since_known"], part["synthetic"])
        above[part["place"]].append((part["above"], period))
    always = _Period(OPEN_START, OPEN_END, known=True, synthetic=False)
    for place in places if places is not None else {**dict.fromkeys(heights), **dict.fromkeys(above)}:
        found: dict[str, list[_Period]] = defaultdict(list)
        if place in heights:
            itself = _Period(OPEN_START, OPEN_END, known=False, synthetic=place in invented)
            found[place].append(itself)
        for area, period in _climb(above, place, always, frozenset({place})):
            if area in heights:
                found[area].append(period)
        for area, periods in found.items():
            for spell, period in enumerate(_unbroken(periods), start=1):
                edge = {
                    "id": edge_id("WITHIN", place, area, spell=spell),
                    "height": heights[area],
                    "spell": spell,
                    "since": period.since,
                    "until": period.until,
                    "since_known": period.known,
                    "synthetic": period.synthetic,
                    "source": "derived",
                }
                yield Change("WITHIN", None, edge, place, area)


def _climb(
    above: Mapping[str, Sequence[tuple[str, _Period]]], place: str, during: _Period, met: frozenset[str]
) -> Iterator[tuple[str, _Period]]:
    """Whatever a place is part of while it is; `met` ends what goes round over the years."""
    for upper, step in above.get(place, ()):
        since, until = max(during.since, step.since), min(during.until, step.until)
        if upper in met or since >= until:
            continue
        known, synthetic = during.known and step.known, during.synthetic or step.synthetic
        period = _Period(since, until, known, synthetic)
        yield upper, period
        yield from _climb(above, upper, period, met | {upper})


def _unbroken(periods: Iterable[_Period]) -> list[_Period]:
    """Periods that abut or overlap as one: its start is known if that of its first part is."""
    merged: list[_Period] = []
    for period in sorted(periods, key=lambda p: (p.since, not p.known, p.until)):
        last = merged[-1] if merged else None
        if last is None or last.until < period.since:
            merged.append(period)
            continue
        synthetic = last.synthetic or period.synthetic
        merged[-1] = _Period(last.since, max(last.until, period.until), last.known, synthetic)
    return merged


def place_statements() -> list[Statement]:
    """All areas, all PART_OF between places, all WITHIN."""
    return [AREAS, *_PARTS, *_STANDING]


def differing_places(results: Sequence[Sequence[Row]], going: Collection[str] = ()) -> list[Change]:
    """What has to change so that WITHIN is true; rows of `place_statements`.

    `going` are nodes that are removed next, which have to be free of edges by then.
    """
    areas = [row for row in results[0] if row["area"] not in going]
    parts = [row for rows in results[1 : 1 + len(_PARTS)] for row in rows]
    standing = [row for rows in results[1 + len(_PARTS) :] for row in rows]
    return differences("WITHIN", derive_within(parts, areas), standing)


async def rederive_places(tx: Transaction, going: Collection[str] = ()) -> list[Change]:
    """The changes of WITHIN that the places ask for as they now are, without those `going`."""
    return differing_places([await tx.run(*statement) for statement in place_statements()], going)


def moves_places(changes: Iterable[Change]) -> bool:
    """Whether WITHIN may have to follow: a place moved, an area came, went or changed its level."""
    return any(True for _ in moved_places(changes))


def moved_places(changes: Iterable[Change]) -> Iterator[str]:
    """The places whose own place above, or whose level as an area, the changes touch."""
    for change in changes:
        if change.kind == "PART_OF":
            if label_of(change.start) in PLACES:
                yield change.start
        elif change.kind == "Area" and _graded(change.before) != _graded(change.after):
            yield change.id


def _graded(area: Mapping[str, Any] | None) -> tuple[Any, ...]:
    return () if area is None else (area.get("level"), area.get("synthetic"))
