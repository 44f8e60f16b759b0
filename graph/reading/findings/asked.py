"""What is asked of the findings, and where what is found is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from graph.catalogue import Query
from graph.catalogue.queries import ITSELF
from graph.kept.placing import AREAS
from graph.kept.unit import PackedUnit
from graph.reading.findings.shelf import Shelf
from graph.reading.graph import Graph
from graph.store.version import version_of

NOWHERE: frozenset[str] = frozenset()
OTHER_DAYS = 3
"""Of the days for which something is kept, how many of the nearest are tried for another one."""


@dataclass(frozen=True)
class Ask:
    """A file asked for an area; rows whose own area is in `elsewhere` are left out.

    `root` is the area, or one round it, that is asked with the same parameters.
    """

    query: Query
    parameters: Mapping[str, Any]
    root: str | None
    elsewhere: frozenset[str] = NOWHERE

    @property
    def area(self) -> str | None:
        """The area that is asked for; None for everywhere."""
        found: str | None = self.parameters["area"]
        return found

    @cached_property
    def for_root(self) -> dict[str, Any]:
        """The parameters with which the file is run for the root."""
        return {**self.parameters, "area": self.root}


@dataclass(frozen=True)
class Slot:
    """Where a unit is kept."""

    shelf: Shelf
    edition: str
    family: str
    day: date

    @property
    def key(self) -> str:
        """The unit's own name."""
        return f"{self.family}{self.day.isoformat()}"

    def of(self, day: date) -> Slot:
        """Where the same is kept for another day."""
        return replace(self, day=day)

    async def take(self) -> PackedUnit | None:
        """What stands on the shelf; what is not whole does not stand there."""
        content = await self.shelf.take(self.edition, self.key)
        try:
            return None if content is None else self.unit(content)
        except (ValueError, KeyError):
            return None

    def unit(self, content: bytes) -> PackedUnit:
        """A unit that stands here."""
        unit = PackedUnit(content)
        unit.stand(self.shelf.path(self.edition, self.key))
        return unit


def slot_of(graph: Graph, edition: str, ask: Ask) -> Slot:
    """Where the answer to a question is kept, in a state of the data."""
    return Slot(Shelf(graph.settings, graph.ledger), edition, family_of(graph, ask), ask.parameters["as_of"])


def other_days(slot: Slot, there: Mapping[str, Iterable[str]]) -> list[date]:
    """The days for which the same is kept, the nearest first."""
    family, asked = slot.family, slot.day
    found = [
        day
        for key in there.get(slot.edition, ())
        if key.startswith(family)
        and len(key) == len(slot.key)
        and (day := date.fromisoformat(key[len(family) :])) != asked
    ]
    return sorted(found, key=lambda day: (abs(day - asked), day))[:OTHER_DAYS]


def family_of(graph: Graph, ask: Ask) -> str:
    """Names a unit but for its day: the file as it stands, parameters, root, and what places its rows."""
    scopes: Iterable[str] = (f"{s}@{graph.catalogue[s].revision}" for s in scopes_of(ask.query))
    given = {k: v for k, v in ask.for_root.items() if k != "as_of"}
    parts = [ask.query.name, ask.query.revision, *scopes, sorted(given.items())]
    return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()[:32] + "-"


def scopes_of(query: Query) -> list[str]:
    """The files under `scopes/` that place the rows of a file, with `AREAS`."""
    return sorted({scope for _, scope in query.header.places if scope != ITSELF} | {AREAS})


def kept_before(slot: Slot, there: Mapping[str, list[str]]) -> Iterator[Slot]:
    """Where the same is kept: for other days, then of the state of the data before."""
    for day in other_days(slot, there):
        yield slot.of(day)
    version = version_of(slot.edition)
    older = [e for e in there if version_of(e) < version]
    if older:
        last = replace(slot, edition=max(older, key=version_of))
        if slot.key in there[last.edition]:
            yield last
        for day in other_days(last, there):
            yield last.of(day)
