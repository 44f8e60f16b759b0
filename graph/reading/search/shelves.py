"""Shelves: the names of each type in one text, so that one search passes over all of them.

Read once for a data version, at its first search, however many search then: persons only for whom they are
shown. A hundred thousand names take some seconds, most of them in the driver, and 25 MiB; a search in them
milliseconds.
Lines are ordered as hits are shown: short names first, then by id.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from graph.errors import keeps_changing
from graph.model import NODES
from graph.reading.graph import Graph
from graph.reading.search.pinyin import Classes, read_classes
from graph.reading.search.words import Value, properties_of_kind
from graph.spelling import fold

END = "\n"
"""After each line; no folded text holds it."""
TRIES = 3
_PLAIN = ("id", "name", "name_en", "code", "about", "steps")


class Lines:
    """Folded texts, one after the other, each with its number."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.starts = array("L", [0])
        for text in texts:
            self.starts.append(self.starts[-1] + len(text) + 1)
        self.joined = "".join(f"{text}{END}" for text in texts)

    def line(self, number: int) -> str:
        return self.joined[self.starts[number] : self.starts[number + 1] - 1]

    def holding(self, word: str) -> Iterator[int]:
        """Numbers of the lines that hold a word, in their order."""
        at = self.joined.find(word)
        while at >= 0:
            number = bisect_right(self.starts, at) - 1
            yield number
            at = self.joined.find(word, self.starts[number + 1])

    def matching(self, pattern: re.Pattern[str]) -> Iterator[int]:
        """Numbers of the lines that a pattern, which matches no line end, occurs in."""
        found = pattern.search(self.joined)
        while found is not None:
            number = bisect_right(self.starts, found.start()) - 1
            yield number
            found = pattern.search(self.joined, self.starts[number + 1])


@dataclass(frozen=True)
class NameShelf:
    """The nodes of a label, by the number of the line on which each stands."""

    label: str
    ids: list[str]
    names: list[str]
    """As they are written."""
    folded: Lines
    english: Lines
    numbers: Mapping[str, int]
    """Official codes, of areas only."""
    said: Mapping[int, tuple[str, ...]]
    """What is said of a thing in words: `about`, then the steps."""
    kinds: Mapping[tuple[str, Value], array[int]] = field(default_factory=dict)

    @property
    def prefix(self) -> str:
        """What the ids of the label begin with."""
        return NODES[self.label].prefix

    @cached_property
    def said_lines(self) -> tuple[list[int], Lines]:
        """Where something is said: the numbers, and the folded words."""
        return list(self.said), Lines(["".join(map(fold, parts)) for parts in self.said.values()])


@dataclass
class Shelves:
    """All shelves of one data version."""

    version: int
    of: dict[str, NameShelf] = field(default_factory=dict)
    _classes: dict[tuple[str, ...], tuple[Classes, Classes]] = field(default_factory=dict)

    def classes(self, labels: Sequence[str]) -> tuple[Classes, Classes]:
        """Characters of the names of these labels, by syllable and by first letter.

        Made when letters are first looked for, in 0.1 s for the five thousand characters in use.
        """
        key = tuple(labels)
        if key not in self._classes:
            self._classes[key] = read_classes(c for x in labels for c in set(self.of[x].folded.joined))
        return self._classes[key]


async def read_shelves(graph: Graph, labels: Sequence[str]) -> Shelves:
    """The shelves of these labels in the present data version, read where they are not known yet.

    Raises `StoreUnavailable` if loads keep getting in between, and what reading raises.
    """
    held: Shelves | None = graph.known.shelves
    if held is not None and held.of.keys() >= set(labels) and held.version == await graph.version():
        return held  # without waiting for those who read other labels
    async with graph.known.reading_shelves:
        for _ in range(TRIES):
            version = await graph.version()
            held = graph.known.shelves
            if held is None or held.version != version:
                held = graph.known.shelves = Shelves(version)
            missing = [label for label in labels if label not in held.of]
            read = {label: await _read(graph, label) for label in missing}
            if not missing or await graph.version() == version:
                held.of.update(read)
                return held
    raise keeps_changing()


async def _read(graph: Graph, label: str) -> NameShelf:
    """One shelf, from the store as it is: which labels a viewer is given is asked before."""
    has = NODES[label].properties()
    columns = [p for p in dict.fromkeys((*_PLAIN, *properties_of_kind(label))) if p in has]
    assert all(has[p].prop.flag is None or p == "name" for p in columns)
    text = f"MATCH (n:{label}) RETURN " + ", ".join(f"n.{p}" for p in columns)
    rows: list[list[Any]] = []  # not dicts: there may be a million
    async with graph.store.cursor(text, {}, time_limit=None) as cursor:
        while not cursor.finished:
            rows += await cursor.batch()
    at = {column: number for number, column in enumerate(columns)}
    names, ids = at["name"], at["id"]
    rows.sort(key=lambda row: (len(row[names] or ""), row[ids]))
    kinds: dict[tuple[str, Value], array[int]] = defaultdict(lambda: array("L"))
    for name in properties_of_kind(label):
        for number, row in enumerate(rows):
            value = row[at[name]]
            for one in value if isinstance(value, list) else () if value is None else (value,):
                kinds[name, one].append(number)

    def texts(column: str) -> list[str]:
        """What the nodes have there, empty where that is nothing."""
        return [row[at[column]] or "" for row in rows] if column in at else [""] * len(rows)

    return NameShelf(
        label,
        texts("id"),
        texts("name"),
        Lines([fold(name) for name in texts("name")]),
        Lines([fold(name) for name in texts("name_en")]),
        {code: number for number, code in enumerate(texts("code")) if code},
        {number: said for number, row in enumerate(rows) if (said := _said(row, at))},
        dict(kinds),
    )


def _said(row: Sequence[Any], at: Mapping[str, int]) -> tuple[str, ...]:
    about = row[at["about"]] if "about" in at else None
    steps = (row[at["steps"]] if "steps" in at else None) or ()
    return tuple(filter(None, (about, *steps)))
