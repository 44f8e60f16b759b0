"""How far changes reach: which files read what they change.

A file that mentions nothing of what is changed gives the same rows as before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from graph.catalogue import Query
from graph.store.changes import Change

FOLLOWS = {"HOLDS_POST": "CROSS_APPOINTMENT", "PART_OF": "WITHIN"}
"""By edge type: the derived one that follows it."""
_COMMENT = re.compile(r"//[^\n]*")
_SOURCE = re.compile(r"->\(\w*:SourceDocument\)")
"""The end of a register's edge: a document that comes or goes alone changes no such edge."""
_WORD = re.compile(r"\w+")
_MAPS = frozenset({"properties", "keys"})
_NAMED: dict[str, frozenset[str]] = {}
"""By text of a file the words in it."""


def words_of(changes: Iterable[Change]) -> frozenset[str]:
    """The edge types and properties that changes touch, as a query would have to name them."""
    words: set[str] = set()
    for change in changes:
        types = {change.kind, FOLLOWS[change.kind]} if change.kind in FOLLOWS else {change.kind}
        if change.kind == "Area":
            types.add("WITHIN")  # from an area to itself
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
    if query.text not in _NAMED:
        _NAMED[query.text] = frozenset(_WORD.findall(_SOURCE.sub("->()", _COMMENT.sub("", query.text))))
    found = _NAMED[query.text]
    return not found.isdisjoint(words) or not found.isdisjoint(_MAPS)
