"""What of a state of the data turns on which day, so that what was found one day can serve another.

A file that is asked for another day gives the same rows, unless a day on which something that it reads
begins, ends or falls due lies in between (`graph.catalogue.turns`). The days are read from the engine
once for a state of the data and word, and kept with its findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import orjson

from graph.catalogue import Query, Select
from graph.catalogue.turns import DATES, Turn
from graph.kept.unit import checksum
from graph.model import EDGES, NODES, OPEN_END, OPEN_START
from graph.reading.findings.facts import facts
from graph.reading.findings.reach import FOLLOWS, words_of
from graph.reading.findings.shelf import Shelf
from graph.reading.graph import Graph
from graph.store.changes import Change

KEY = "days-by-kind"
ONE = timedelta(days=1)
Days = Mapping[str, Sequence[date]]
"""By edge type, dated property, and property with what has it (`term_until HOLDS_POST`) every day that is
in the graph, in order; some days more where edges or nodes with them went since they were read."""


async def known_days(shelf: Shelf, edition: str) -> Days:
    """The days that were read of a state of the data."""
    content = await shelf.take(edition, KEY)
    return {} if content is None else read_days(content)


async def days_of(graph: Graph, shelf: Shelf, edition: str, queries: Iterable[Query]) -> Days:
    """The days of everything that these files read, in the state of the data that the graph is in."""
    known = dict(await known_days(shelf, edition))
    words = {turn.word for query in queries for turn in query.header.turns or ()}
    missing = sorted(words - set(known))
    for word in missing:
        known |= await _read(graph, word)
    if missing and graph.known.edition == edition:
        await shelf.put(edition, KEY, _packed(known))
    return known


@lru_cache(maxsize=2)
def read_days(content: bytes) -> dict[str, list[date]]:
    """Back from the shelf; none where a file is cut short or damaged, and they are read anew."""
    return {word: [date.fromisoformat(d) for d in days] for word, days in _unpacked(content).items()}


def _packed(days: Mapping[str, Sequence[Any]]) -> bytes:
    """A checksum, and the days by word."""
    content = orjson.dumps(days)
    return checksum(content) + content


def _unpacked(content: bytes) -> dict[str, list[str]]:
    told, days = content[:4], content[4:]
    found: dict[str, list[str]] = orjson.loads(days) if days and checksum(days) == told else {}
    return found


def carried_days(content: bytes, changes: Iterable[Change]) -> bytes:
    """The days for the next state of the data: with those of what changed; derived edges are read anew."""
    changes = list(changes)
    derived = words_of(changes).intersection(FOLLOWS.values())
    found: dict[str, set[str]] = {w: set(d) for w, d in _unpacked(content).items() if w not in derived}
    for change in changes:
        for name, day in [*(change.before or {}).items(), *(change.after or {}).items()]:
            if isinstance(day, date) and day not in (OPEN_START, OPEN_END):
                word = change.kind if name in ("since", "until") else name
                for key in found.keys() & {word, f"{word} {change.kind}"}:
                    found[key].add(day.isoformat())
    return _packed({word: sorted(days) for word, days in found.items()})


def turns_between(query: Query, parameters: Mapping[str, Any], days: Days, one: date, other: date) -> bool:
    """Whether rows of a file may be others on two days; `days` has all of its words."""
    if one == other:
        return False
    if query.header.turns is None:
        return True
    first, last = sorted((one, other))
    for turn in query.header.turns:
        if turn.turning(days[turn.word], parameters, after=least_of(turn, first), until=last):
            return True
    return False


def least_of(turn: Turn, first: date) -> date:
    """After which day in the graph something turns for who was asked for the `first` of two days.

    Edges are compared by `since <= day < until`; a date may be the last day, and the next one turns.
    """
    return first if turn.word in EDGES and not turn.shifts else first - ONE


def kinds_of(word: str, turned: Iterable[date], days: Days) -> list[str]:
    """The edge types and labels that have one of these days of a word."""
    if word in EDGES:
        return [word]
    return [kind for kind in DATES[word] if not set(turned).isdisjoint(days[f"{word} {kind}"])]


async def _read(graph: Graph, word: str) -> dict[str, list[date]]:
    """Every day of a word, and by what has it, without those that stand for an open end."""
    texts = {}
    if word in EDGES:
        texts[word] = f"MATCH ()-[e:{word}]->() UNWIND [e.since, e.until] AS day RETURN DISTINCT day"
    for kind in DATES.get(word, ()):
        element = f"(x:{kind})" if kind in NODES else f"()-[x:{kind}]->()"
        key = f"{word} {kind}"
        texts[key] = f"MATCH {element} WHERE x.{word} IS NOT NULL RETURN DISTINCT x.{word} AS day"
    found: dict[str, list[date]] = {}
    for key, text in texts.items():
        rows = await facts(graph, Select(text, {}, ()))
        found[key] = sorted({row["day"] for row in rows} - {OPEN_START, OPEN_END})
    return {word: sorted(set().union(*found.values())), **found}
