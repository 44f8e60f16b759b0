"""Derived edges of what a load creates, from the rows themselves: nothing has to be asked for them.

A person or a place that is new has no posts, places above and derived edges but those of the load.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from graph.loading.changes import Changes
from graph.store.changes import Change
from graph.store.derived import derive_edges
from graph.store.places import Run, ways_up
from graph.store.within import AREAS, PLACES, derive_within


class Newcomers:
    """The persons and places that a load creates; asked after it has created them."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self.persons = changes.created("Person")
        self.places = {id_ for label in PLACES for id_ in changes.created(label)}

    def crossed(self) -> list[Change]:
        """The cross-appointments of the new persons."""
        posts = (c for c in self._changes.of("HOLDS_POST") if c.start in self.persons)
        return list(derive_edges(_post(c) for c in posts))

    async def within(self, run: Run) -> AsyncIterator[Change]:
        """In which areas the new places are; asked are the areas and the ways up from other places."""
        if not self.places:
            return
        parts = [_part(c) for c in self._changes.of("PART_OF") if c.start in self.places]
        above = {part["above"] for part in parts} - self.places
        parts += await ways_up(run, above)
        for change in derive_within(parts, await run(*AREAS), self.places):
            yield change


def _post(change: Change) -> dict[str, Any]:
    """A new post as `derive_edges` takes it."""
    after = change.after or {}
    names = ("role", "since", "until", "since_known", "synthetic", "date_precision")
    return {"person": change.start, "body": change.end, "post": change.id} | {n: after.get(n) for n in names}


def _part(change: Change) -> dict[str, Any]:
    """A new PART_OF as `derive_within` takes it."""
    after = change.after or {}
    names = ("since", "until", "since_known", "synthetic")
    return {"place": change.start, "above": change.end} | {name: after[name] for name in names}
