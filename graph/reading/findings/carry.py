"""What is found of one state of the data and holds for the next: files that read nothing of what changed.

Change sets say what every version changed. Where one is missing (a load that was discarded, an
erasure), nothing is carried over, and everything is found anew when it is asked for.
"""

from __future__ import annotations

from graph.catalogue import Query
from graph.errors import NotFound
from graph.kept.unit import PackedUnit, said_by
from graph.reading.findings.asked import scopes_of
from graph.reading.findings.between import changes_between
from graph.reading.findings.days import KEY as DAYS
from graph.reading.findings.days import carried_days
from graph.reading.findings.memory import Memory
from graph.reading.findings.reach import reads, words_of
from graph.reading.findings.shelf import Shelf
from graph.reading.graph import Graph
from graph.store.version import version_of


async def carry_over(graph: Graph, memory: Memory, shelf: Shelf, edition: str) -> int:
    """Put on the shelf of a state of the data what holds of the one before; how many units."""
    there = await shelf.keys()
    before = [e for e in there if version_of(e) < version_of(edition)]
    if edition in there or not before:
        return 0
    last = max(before, key=version_of)
    changes = await changes_between(graph, version_of(last), version_of(edition))
    words = None if changes is None else words_of(changes)
    carried = 0
    for key in there[last] if words is not None else []:
        unit = memory.unit(key, last)
        content = b"" if unit is not None else await shelf.take(last, key)
        if content is None:
            continue
        if key == DAYS:
            await shelf.put(edition, key, carried_days(content, changes or []))
        elif _holds(graph, content if unit is None else unit, words or frozenset()):
            await shelf.share((last, key), (edition, key))
            if unit is not None:
                unit.stand(shelf.path(edition, key))
                memory.add(key, unit)
            carried += 1
    return carried


def _holds(graph: Graph, unit: PackedUnit | bytes, words: frozenset[str]) -> bool:
    """Whether a unit is of a file as it still stands, which reads nothing of what changed."""
    try:
        name, revision = unit.said_by if isinstance(unit, PackedUnit) else said_by(unit)
        query = graph.catalogue[name]
    except (ValueError, NotFound):
        return False
    return query.revision == revision and not any(reads(q, words) for q in _read_by(graph, query))


def _read_by(graph: Graph, query: Query) -> list[Query]:
    """The file, and those that place its rows."""
    return [query, *(graph.catalogue[name] for name in scopes_of(query) if query.folder != "scopes")]
