"""Codes of a column as people say them: by the enumeration of the model that has all values of the column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from graph.model import EDGES, NODES
from graph.model.base import Element, Term
from graph.model.words import STATES, VERDICTS
from graph.private import MASK
from graph.reading.viewer import OUTSIDE_ZH

PRECISIONS = {"day": "日", "month": "月", "year": "年"}
_SAID = (MASK, OUTSIDE_ZH)


def words_of(name: str, rows: Sequence[Mapping[str, Any]]) -> Mapping[str, str]:
    """The Chinese words for the values of a column; empty where they are no codes.

    Values are texts or lists of texts. Where several enumerations have them all, a property of that name
    decides: `level` of an area and of a branch share some.
    """
    values: set[str] = set()
    for row in rows:
        value = row.get(name)
        for one in value if isinstance(value, list) else [value]:
            if one is None or one in _SAID:
                continue
            if not isinstance(one, str) or one not in _all_codes():
                return {}
            values.add(one)
    if not values:
        return {}
    fitting = [(of, words) for of, words in _enumerations() if values <= words.keys()]
    own = [words for of, words in fitting if name in of]
    return next(iter(own or (words for _, words in fitting)), {})


def in_words(value: Any, words: Mapping[str, str]) -> Any:
    """A value, or the values of a list, in these words; what has none stays."""
    if isinstance(value, list):
        return [in_words(v, words) for v in value]
    return words.get(value, value) if isinstance(value, str) else value


@cache
def _enumerations() -> list[tuple[frozenset[str], Mapping[str, str]]]:
    """Each enumeration with the names of the properties that have it."""
    types: list[type[Element]] = [*NODES.values(), *EDGES.values()]
    of: dict[type[Term], set[str]] = {}
    for type_ in types:
        for name, property_ in type_.properties().items():
            if property_.vocabulary is not None:
                of.setdefault(property_.vocabulary, set()).add(name)
    found = [(frozenset(names), {t.value: t.zh for t in terms}) for terms, names in of.items()]
    labels = {**{k: v.zh for k, v in NODES.items()}, **{k: v.zh for k, v in EDGES.items()}}
    more = (STATES, VERDICTS, PRECISIONS, dict(_marks(types)), labels)
    return [*found, *((frozenset[str](), words) for words in more)]


def _marks(types: Sequence[type[Element]]) -> Iterator[tuple[str, str]]:
    """Of dates of which the month or the year alone is known: `since:month`."""
    for type_ in types:
        for name, property_ in type_.properties().items():
            if property_.kind == "date":
                zh = property_.prop.zh
                yield from ((f"{name}:{unit}", f"{zh}：{word}") for unit, word in PRECISIONS.items())


@cache
def _all_codes() -> frozenset[str]:
    return frozenset(code for _, words in _enumerations() for code in words)
