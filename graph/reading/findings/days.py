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
from graph.model import EDGES, NODES, OPEN_END, OPEN_START
from graph.reading.findings.shelf import Shelf
from graph.reading.graph import Graph
from graph.reading.viewer import Viewer

KEY = "days"
ONE = timedelta(days=1)
Days = Mapping[str, Sequence[date]]
"""By edge type or dated property every day that is in the graph, in order."""


async def days_of(graph: Graph, shelf: Shelf, edition: str, queries: Iterable[Query]) -> Days:
    """The days of everything that these files read, in the state of the data that the graph is in."""
    content = await shelf.take(edition, KEY)
    known = {} if content is None else dict(read_days(content))
    words = {turn.word for query in queries for turn in query.header.turns or ()}
    missing = sorted(words - set(known))
    for word in missing:
        known[word] = await _read(graph, word)
    if missing and graph.known.edition == edition:
        await shelf.put(edition, KEY, orjson.dumps(known))
    return known


@lru_cache(maxsize=2)
def read_days(content: bytes) -> dict[str, list[date]]:
    """Back from the shelf."""
    return {word: [date.fromisoformat(d) for d in days] for word, days in orjson.loads(content).items()}


def untouched(content: bytes, words: frozenset[str]) -> bytes:
    """The days that hold for the next state of the data, of which `words` were changed."""
    kept = {
        word: days
        for word, days in orjson.loads(content).items()
        if word not in words and not words.intersection(DATES.get(word, ()))
    }
    return orjson.dumps(kept)


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


async def _read(graph: Graph, word: str) -> list[date]:
    """Every day of a word, without those that stand for an open end."""
    texts = []
    if word in EDGES:
        texts.append(f"MATCH ()-[e:{word}]->() UNWIND [e.since, e.until] AS day RETURN DISTINCT day")
    for kind in DATES.get(word, ()):
        element = f"(x:{kind})" if kind in NODES else f"()-[x:{kind}]->()"
        texts.append(f"MATCH {element} WHERE x.{word} IS NOT NULL RETURN DISTINCT x.{word} AS day")
    found: set[date] = set()
    for text in texts:
        _, (rows,) = await graph.under(Viewer(personal=True)).read([Select(text, {}, ())])
        found.update(row["day"] for row in rows)
    return sorted(found - {OPEN_START, OPEN_END})
