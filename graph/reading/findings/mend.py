"""Bringing kept rows of a file up to date: only those that a change may touch are read again.

From what changed, the file's paths are walked back to the things whose rows may differ now
(`graph.kept.spreading`). The file is run for these things alone (`narrowed.py`) or, if its form does not
allow that, for the lowest areas in which they lie now or lay before. All other rows stay: the cost follows
the change, not the place.
"""

from __future__ import annotations

from dataclasses import replace

from graph.kept.file import Aftermath
from graph.kept.finder import UNCHANGED
from graph.kept.low_areas import LowAreas
from graph.kept.unit import PackedUnit
from graph.reading.areas import read_areas
from graph.reading.findings.asked import Ask, Slot, kept_before
from graph.reading.findings.compute import placed_for, placed_then
from graph.reading.findings.files import changed_of, file_of
from graph.reading.findings.finding import Finders
from graph.reading.findings.neighbours import Touched
from graph.reading.findings.since import Since, changed_since, turned_since
from graph.reading.findings.ways import ways_of

WIDE = 4
"""Changes per row that may differ: with more, the walk back costs more than running the file."""


async def mend(finding: Finders, slot: Slot, ask: Ask) -> bytes | None:
    """The file's rows for the root, made from rows kept before; None if the file has to be run as a whole."""
    graph, memory = finding.graph, finding.memory
    ways = ways_of(ask.query)
    if ways is None or {column for column, _ in ask.query.header.places} != {ways.column}:
        return None
    there = await slot.shelf.keys()
    for before in kept_before(slot, there):
        since = await changed_since(graph, memory, before.edition, slot.edition)
        if since is None:
            continue
        turned = await turned_since(graph, memory, (before, slot), ask.query, ask.for_root)
        old = None if turned is None else memory.unit(before.key, before.edition) or await before.take()
        if old is not None and turned is not None:
            return await _mended(finding, (before, slot), ask, old=old, since=since, turned=turned)
    return None


async def _mended(
    finding: Finders,
    slots: tuple[Slot, Slot],
    ask: Ask,
    *,
    old: PackedUnit,
    since: Since,
    turned: list[Touched],
) -> bytes | None:
    """The old rows, with those that the changes may touch read again; sorted as the file sorts."""
    before, slot = slots
    most = max(500, old.count // 5)
    changed = changed_of(ask.query, since, turned, most)
    if changed is None or len(changed.touched) > WIDE * most:
        return None
    then = await placed_then(finding, before, ask.query)
    if then is None:
        return None
    placed = await placed_for(finding, slot, ask.query), then
    if None in changed.begun.values():
        changed = await _by_area(finding, ask, changed)
    file = file_of(ask.query, ask.for_root, ask.root)
    content: bytes | None = await finding.ask("mended", file, changed, placed, old.content, edges=since.edges)
    return old.content if content == UNCHANGED else content


async def _by_area(finding: Finders, ask: Ask, changed: Aftermath) -> Aftermath:
    """With the lowest areas of the root, which a file is asked for that cannot be asked for some things."""
    key = "low areas", ask.root, ask.parameters["as_of"]
    found: LowAreas | None = finding.memory.note(key)
    if found is None:
        tree = await read_areas(finding.graph, ask.parameters["as_of"])
        inside = frozenset(tree.below(ask.root))
        above = {area: tree.above(area)[1:] for area in inside}
        upper = {area for areas in above.values() for area in areas}
        found = LowAreas(inside, above, len(inside - upper))
        finding.memory.add_note(key, found)
    return replace(changed, low=found)
