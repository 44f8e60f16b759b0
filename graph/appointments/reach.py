"""How far changes of appointments reach: in which areas a row may be another.

Which rules read what they change is in `graph.reading.findings.reach`. A row changes only
if it is about a changed body or about a person whose posts changed, so the areas of all bodies in
which these persons hold posts are enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.catalogue import Query
from graph.store import Statement
from graph.store.changes import Change


def bodies_and_persons(changes: Iterable[Change]) -> dict[str, list[str]]:
    """The parameters of `areas_of_bodies` for changes."""
    persons = {c.start for c in changes if c.start}
    bodies = {c.end or c.id for c in changes}
    return {"persons": sorted(persons), "bodies": sorted(bodies)}


def area_statement(query: Query, changes: Sequence[Change], as_of: object) -> Statement:
    """Asks where the changed bodies, and all bodies of the changed persons, are."""
    return query.text, {"as_of": as_of, **bodies_and_persons(changes)}
