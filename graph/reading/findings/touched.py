"""What changed between two states of the data, and what turns between two days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from graph.catalogue import Query, Select
from graph.model import NODES
from graph.reading.findings.between import MOST
from graph.reading.findings.days import Days, kinds_of, least_of
from graph.reading.findings.facts import facts
from graph.reading.findings.memory import Memory
from graph.reading.findings.neighbours import Neighbours, Touched, crossings
from graph.reading.findings.reach import FOLLOWS, words_of
from graph.reading.graph import Graph
from graph.store.changes import Change
from graph.store.within import moves_places


def touched_by(changes: Sequence[Change]) -> list[Touched] | None:
    """The edges and nodes of changes; None where areas moved, or they are too many."""
    if len(changes) > MOST or moves_places(changes):
        return None
    return [Touched(c.kind, c.start or c.id, c.end, words_of([c])) for c in changes]


async def turning(
    graph: Graph,
    memory: Memory,
    query: Query,
    given: Mapping[str, Any],
    *,
    days: Days,
    between: tuple[date, date],
) -> list[Touched] | None:
    """What a file reads of which something begins, ends or falls due between two days; None: everything."""
    if query.header.turns is None:
        return None
    first, last = sorted(between)
    by_word: dict[str, set[date]] = {}
    for turn in query.header.turns:
        least = least_of(turn, first)
        found = turn.turning(days[turn.word], given, after=least, until=last)
        by_word.setdefault(turn.word, set()).update(found)
    touched: list[Touched] = []
    posts: list[tuple[str, str, tuple[date, ...]]] = []
    for word, turned in sorted(by_word.items()):
        for kind in kinds_of(word, turned, days) if turned else ():
            key = kind, word, tuple(sorted(turned))
            touched += await _of_days(graph, memory, *key)
            if FOLLOWS.get(kind) == "CROSS_APPOINTMENT":
                posts.append(key)
    if len(touched) > MOST:
        return None
    for key in posts:
        touched += await _crossings_of_days(graph, memory, *key)
    return touched


def neighbours_now(graph: Graph, memory: Memory) -> Neighbours:
    """Who is joined to whom in this state of the data, asked once for all files."""
    if memory.note("near") is None:
        memory.add_note("near", Neighbours(graph))
    found: Neighbours = memory.note("near")
    return found


async def _of_days(
    graph: Graph, memory: Memory, kind: str, word: str, days: tuple[date, ...]
) -> list[Touched]:
    """The edges or nodes of a kind that have one of these days, looked up once for all files."""
    key = "of days", kind, word, days
    if memory.note(key) is None:
        memory.add_note(key, (await _look_up(graph, kind, word, days),))
    found: tuple[list[Touched]] = memory.note(key)
    return found[0]


async def _crossings_of_days(
    graph: Graph, memory: Memory, kind: str, word: str, days: tuple[date, ...]
) -> list[Touched]:
    """The cross-appointments that follow posts of these days."""
    key = "crossings of days", kind, word, days
    if memory.note(key) is None:
        posts = await _of_days(graph, memory, kind, word, days)
        memory.add_note(key, (await crossings(posts, neighbours_now(graph, memory)),))
    found: tuple[list[Touched]] = memory.note(key)
    return found[0]


async def _look_up(graph: Graph, kind: str, word: str, days: tuple[date, ...]) -> list[Touched]:
    if kind in NODES:
        text = f"MATCH (x:{kind}) WHERE x.{word} IN $days RETURN x.id AS start, '' AS end"
    else:
        where = "e.since IN $days OR e.until IN $days" if word == kind else f"e.{word} IN $days"
        text = f"MATCH (a)-[e:{kind}]->(b) WHERE {where} RETURN a.id AS start, b.id AS end"
    rows = await facts(graph, Select(text, {"days": [*days]}, ()))
    return [Touched(kind, row["start"], row["end"], frozenset({word})) for row in rows]
