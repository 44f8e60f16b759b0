"""WITHIN after a change: made anew for the places that it moves and for all that lie in them, part by part.

Of other places nothing on any way up has changed, so their edges stand. Whatever way up there was through
an edge that has gone begins, below that edge, with ways that are still there: so what lies in a place now
is all that has to be looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Mapping
from typing import Any

from graph.model import EDGES, label_of
from graph.store.changes import CHUNK, Change, differences, in_order
from graph.store.transaction import Row
from graph.store.within import AREAS, PART, PLACES, STANDING, derive_within

Run = Callable[[str, Mapping[str, Any]], Awaitable[list[Row]]]
"""Runs a statement and gives its rows: in a transaction, or each in one of its own."""

_BELOW = {
    upper: [
        lower
        for starts, ends in EDGES["PART_OF"].ends
        for lower in starts
        if upper in ends and lower in PLACES
    ]
    for upper in PLACES
}
"""By label of a place, the labels of places that may be part of it."""


async def moved(run: Run, places: Iterable[str], going: Collection[str] = ()) -> AsyncIterator[list[Change]]:
    """The changes of WITHIN that follow from changes of these places (`within.moved_places`), in parts.

    `going` are nodes that are removed next, which have to be free of edges by then. Asked after the changes
    of PART_OF and of areas were made, and before WITHIN is changed.
    """
    areas = [row for row in await run(*AREAS) if row["area"] not in going]
    found = sorted(await _with_those_below(run, places))
    for i in range(0, len(found), CHUNK):
        part = found[i : i + CHUNK]
        parts = await ways_up(run, part)
        standing = await _at(run, part, STANDING)
        wanted = derive_within(parts, areas, [place for place in part if place not in going])
        yield in_order(differences("WITHIN", wanted, standing))


async def _with_those_below(run: Run, places: Iterable[str]) -> set[str]:
    found = set(places)
    fresh = found
    while fresh:
        below: set[str] = set()
        for upper, ids in _by_label(fresh).items():
            for lower in _BELOW[upper]:
                text = (
                    f"UNWIND $ids AS id MATCH (:{upper} {{id: id}})<-[:PART_OF]-(p:{lower}) RETURN p.id AS id"
                )
                for i in range(0, len(ids), CHUNK):
                    below |= {row["id"] for row in await run(text, {"ids": ids[i : i + CHUNK]})}
        fresh = below - found
        found |= fresh
    return found


async def ways_up(run: Run, places: Collection[str]) -> list[Row]:
    """Every PART_OF on the ways up from places, as `derive_within` takes them."""
    parts: list[Row] = []
    seen: set[str] = set()
    fresh = set(places)
    while fresh:
        seen |= fresh
        rows = await _at(run, fresh, PART)
        parts += rows
        fresh = {row["above"] for row in rows} - seen
    return parts


async def _at(run: Run, ids: Iterable[str], pattern: str) -> list[Row]:
    """The rows of a pattern that begins at places of these ids."""
    return [
        row
        for label, listed in _by_label(ids).items()
        for row in await run(
            f"UNWIND $ids AS id MATCH (p:{label} {{id: id}}) WITH p MATCH (p){pattern}", {"ids": listed}
        )
    ]


def _by_label(ids: Iterable[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for id_ in sorted(ids):
        label = label_of(id_)
        if label in PLACES:
            groups[label].append(id_)
    return groups
