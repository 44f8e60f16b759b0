"""How far changes reach: which rules read what they change, and in which areas.

A rule that mentions nothing of what is changed gives the same rows as before. A row changes only
if it is about a changed body or about a person whose posts changed, so the areas of all bodies in
which these persons hold posts are enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from graph.catalogue import Query
from graph.store import Statement
from graph.store.changes import Change

FOLLOWS = {"HOLDS_POST": "CROSS_APPOINTMENT", "PART_OF": "WITHIN"}
"""By edge type: the derived one that follows it."""
_COMMENT = re.compile(r"//[^\n]*")
_WORD = re.compile(r"\w+")


def words_of(changes: Iterable[Change]) -> frozenset[str]:
    """The edge types and properties that changes touch, as a query would have to name them."""
    words: set[str] = set()
    for change in changes:
        types = {change.kind, FOLLOWS[change.kind]} if change.kind in FOLLOWS else {change.kind}
        if change.before is None or change.after is None:
            words |= types
            continue
        names = {
            n for n in {*change.before, *change.after} if change.before.get(n) != change.after.get(n)
        } - {"source"}
        if change.kind == "Area" and "level" in names:
            names |= {"WITHIN", "height"}
        words |= types if names & {"since", "until"} else names
    return frozenset(words)


def reads(query: Query, words: frozenset[str]) -> bool:
    """Whether a file can notice: it names one of the words, or takes whole property maps."""
    found = set(_WORD.findall(_COMMENT.sub("", query.text)))
    return bool(found & words) or bool(found & {"properties", "keys"})


def bodies_and_persons(changes: Iterable[Change]) -> dict[str, list[str]]:
    """The parameters of `areas_of_bodies` for changes."""
    persons = {c.start for c in changes if c.start}
    bodies = {c.end or c.id for c in changes}
    return {"persons": sorted(persons), "bodies": sorted(bodies)}


def area_statement(query: Query, changes: Sequence[Change], as_of: object) -> Statement:
    """Asks where the changed bodies, and all bodies of the changed persons, are."""
    return query.text, {"as_of": as_of, **bodies_and_persons(changes)}
