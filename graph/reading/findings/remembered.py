"""Rows that are read with many answers and are the same for all: asked once, as long as they hold.

What holds is told as for what is kept: the file reads nothing of what changed since they were read, and
nothing that it reads turns between the two days.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from graph.catalogue import Query
from graph.catalogue.turns import holds_between_turns
from graph.model import OPEN_START
from graph.reading.findings.between import MOST, changes_between
from graph.reading.findings.days import known_days, turns_between
from graph.reading.findings.holding import rows_from
from graph.reading.findings.memory import Memory, memory_of
from graph.reading.findings.reach import reads, words_of
from graph.reading.findings.shelf import Shelf
from graph.reading.graph import Graph
from graph.store import Row
from graph.store.version import version_of

Asked = tuple[Query, Mapping[str, Any]]
"""A file of the catalogue and its parameters, bound."""
DAYS = 4
"""Of one question, of which the rows are remembered."""
QUESTIONS = 64


class Read(NamedTuple):
    """Rows as they were read in a state of the data."""

    edition: str
    rows: list[Row]


async def read_remembered(graph: Graph, asked: Sequence[Asked]) -> list[list[Row]]:
    """As `Graph.read`, without the version; the rows are shared, so no caller may change them.

    For a caller limited to an area they are read each time: ids outside are numbered answer by answer.
    """
    await graph.version()
    edition, viewer = graph.known.edition, graph.viewer
    if edition is None or viewer.ids is not None:
        return (await graph.read([query.select(given) for query, given in asked]))[1]
    memory = memory_of(graph).of(edition)
    found = [await _held(graph, memory, edition, one) for one in asked]
    missing = [one for one, rows in zip(asked, found, strict=True) if rows is None]
    if missing:
        read = await _read(graph, missing)
        if graph.known.edition == edition:
            for one, rows in zip(missing, read, strict=True):
                _remember(_days(graph, memory, one), one[1].get("as_of"), Read(edition, rows))
        news = iter(read)
        found = [next(news) if rows is None else rows for rows in found]
    return [rows for rows in found if rows is not None]


async def _read(graph: Graph, asked: Sequence[Asked]) -> list[list[Row]]:
    """As the viewer may see them: from columns where they are held, and hold all that is asked for."""
    selects = [query.select(given) for query, given in asked]
    graph.check(selects)
    found = [await rows_from(graph, s.text, s.parameters, worth=False) for s in selects]
    shown = [
        None if r is None else graph.viewer.rows(s.columns, r) for s, r in zip(selects, found, strict=True)
    ]
    missing = [s for s, rows in zip(selects, shown, strict=True) if rows is None]
    read = iter((await graph.read(missing))[1] if missing else ())
    return [next(read) if rows is None else rows for rows in shown]


def remembered_files(memory: Memory) -> set[str]:
    """The names of files whose rows are remembered."""
    return {key[0] for key in memory.remembered}


def _days(graph: Graph, memory: Memory, asked: Asked) -> OrderedDict[date | None, Read]:
    """What is remembered of a question, by day."""
    query, given = asked
    other = repr(sorted((name, value) for name, value in given.items() if name != "as_of"))
    key = query.name, query.revision, other, graph.viewer.personal, graph.viewer.verdicts
    found: OrderedDict[date | None, Read] = memory.remembered.setdefault(key, OrderedDict())
    memory.remembered.move_to_end(key)
    while len(memory.remembered) > QUESTIONS:
        memory.remembered.popitem(last=False)
    return found


def _remember(days: OrderedDict[date | None, Read], day: date | None, read: Read) -> None:
    days[day] = read
    days.move_to_end(day)
    while len(days) > DAYS:
        days.popitem(last=False)


async def _held(graph: Graph, memory: Memory, edition: str, asked: Asked) -> list[Row] | None:
    """The rows of a question, of another day or state of the data if they hold here too."""
    query, given = asked
    days, day = _days(graph, memory, asked), given.get("as_of")
    for other in sorted(days, key=lambda other: abs((other or OPEN_START) - (day or OPEN_START))):
        read = days[other]
        if read.edition != edition and not await _outlives(graph, memory, query, (read.edition, edition)):
            del days[other]
        elif other == day or await _same_on(graph, edition, asked, other):
            _remember(days, day, Read(edition, read.rows))
            return read.rows
    return None


async def _outlives(graph: Graph, memory: Memory, query: Query, editions: tuple[str, str]) -> bool:
    """Whether a file reads nothing of what changed between two states of the data."""
    key = "words", editions[0]
    if memory.note(key) is None:
        before, now = map(version_of, editions)
        changes = await changes_between(graph, before, now, MOST) if before < now else None
        memory.add_note(key, (None if changes is None else words_of(changes),))
    (words,) = memory.note(key)
    return words is not None and not reads(query, words)


async def _same_on(graph: Graph, edition: str, asked: Asked, other: date | None) -> bool:
    """Whether nothing turns that a file reads between its day and another one."""
    query, given = asked
    day = given.get("as_of")
    if not holds_between_turns(query.text) or not isinstance(day, date) or other is None:
        return False
    days = await known_days(Shelf(graph.settings, graph.ledger), edition)
    if any(turn.word not in days for turn in query.header.turns or ()):
        return False
    return not turns_between(query, given, days, other, day)
