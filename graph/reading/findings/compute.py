"""Units found as wholes, and where things lie on a day, by which rows are placed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from graph.catalogue import Query
from graph.kept.file import Placed
from graph.kept.finder import UNCHANGED, digest_of
from graph.kept.unit import PackedUnit
from graph.reading.findings.asked import Ask, Slot, kept_before, other_days, scopes_of
from graph.reading.findings.days import days_of, turns_between
from graph.reading.findings.facts import facts, is_wide
from graph.reading.findings.files import changed_of, file_of, scope_file
from graph.reading.findings.finding import Finders
from graph.reading.findings.since import changed_since, turned_since
from graph.reading.graph import Graph
from graph.store import Row


async def run_file(
    graph: Graph, query: Query, parameters: Mapping[str, Any], *, text: str | None = None
) -> list[Row]:
    """Rows as they are, for what is kept serves every viewer; `text` replaces the file's own."""
    select = query.select(parameters)
    if text is not None:
        select = select._replace(text=text)
    return await facts(graph, select, worth=text is not None or is_wide(graph, parameters.get("area")))


async def packed_rows(finding: Finders, slot: Slot, ask: Ask, rows: list[Row]) -> bytes:
    """Rows as a unit, each with the areas in which it counts on the day."""
    placed = await placed_for(finding, slot, ask.query)
    found: bytes = await finding.ask("packed", file_of(ask.query, ask.for_root, ask.root), placed, rows)
    return found


async def placed_anew(finding: Finders, slot: Slot, ask: Ask, old: PackedUnit) -> bytes:
    """The rows of a unit of another day, which lie elsewhere on this one."""
    placed = await placed_for(finding, slot, ask.query)
    file = file_of(ask.query, ask.for_root, ask.root)
    found: bytes = await finding.ask("placed_anew", file, placed, old.content)
    return found


async def whole_unit(finding: Finders, slot: Slot, ask: Ask) -> bytes:
    """What the file says for the root, as a unit.

    Where the root is the only place that was loaded the file is asked for everywhere, and what lies
    outside is left out: to begin at an area is up to a quarter of the work.
    """
    cut = {load["area"] for load in finding.graph.known.loads if load.get("area")} == {ask.root}
    given = {**ask.for_root, "area": None} if cut else ask.for_root
    placed = await placed_for(finding, slot, ask.query)
    found: bytes = await finding.ask("whole", file_of(ask.query, given, ask.root, cut=cut), placed)
    return found


async def placed_for(finding: Finders, slot: Slot, query: Query) -> Placed:
    """Where what the rows of a file name is, on the day of a slot; found where it is not kept."""
    return {
        name: await _digest_kept(finding, slot, name) or await _digest_found(finding, slot, name)
        for name in scopes_of(query)
    }


async def placed_then(finding: Finders, slot: Slot, query: Query) -> Placed | None:
    """The same of another day or state of the data, as far as it is kept; None where it is not."""
    placed: dict[str, bytes] = {}
    for name in scopes_of(query):
        digest = await _digest_kept(finding, slot, name)
        if digest is None:
            return None
        placed[name] = digest
    return placed


async def _digest_kept(finding: Finders, slot: Slot, name: str) -> bytes | None:
    """Of what a file under `scopes/` said for the day and state of the data of a slot, where it is kept."""
    memory, key = finding.memory, ("placed", slot.edition, slot.day, name)
    digest: bytes | None = memory.note(key)
    if digest is None:
        own = scope_slot(slot, finding.graph.catalogue[name])
        unit = await own.take()
        if unit is not None:
            digest = digest_of(unit.content)
            memory.note_standing(digest, own)
            memory.add_note(key, digest)
    return digest


async def _digest_found(finding: Finders, slot: Slot, name: str) -> bytes:
    """The same, found and kept now."""
    graph, memory = finding.graph, finding.memory
    scope = graph.catalogue[name]
    own = scope_slot(slot, scope)
    content = await _places(finding, own, scope)
    digest = digest_of(content)
    if graph.known.edition == slot.edition:
        # Under its own day too: what is mended from here compares where things lay.
        await slot.shelf.put(slot.edition, own.key, content)
        memory.add_note(("placed", slot.edition, slot.day, name), digest)
        if memory.standing(digest) is None:
            memory.note_standing(digest, own)
    return digest


def scope_slot(slot: Slot, scope: Query) -> Slot:
    """Where the rows of a file under `scopes/` are kept."""
    family = hashlib.sha256(f"{scope.name}@{scope.revision}".encode()).hexdigest()[:32] + "-"
    return replace(slot, family=family)


async def _places(finding: Finders, slot: Slot, scope: Query) -> bytes:
    """What a file under `scopes/` says, by what is kept of other days and states of the data, or found."""
    for day in other_days(slot, await slot.shelf.keys()):
        days = await days_of(finding.graph, slot.shelf, slot.edition, [scope])
        if not turns_between(scope, {}, days, day, slot.day):
            unit = await slot.of(day).take()
            if unit is not None:
                finding.memory.note_standing(digest_of(unit.content), slot.of(day))
                return unit.content
    given = finding.graph.bind_known(scope, {"as_of": slot.day})
    content = await _mended_places(finding, slot, scope, given)
    if content is None:
        content = await finding.ask("places", scope_file(scope, given), worth=True)
    return content


async def _mended_places(
    finding: Finders, slot: Slot, scope: Query, given: Mapping[str, Any]
) -> bytes | None:
    """Where things lie, made of where they lay: only what changed or turned is asked for."""
    graph, memory = finding.graph, finding.memory
    for before in kept_before(slot, await slot.shelf.keys()):
        since = await changed_since(graph, memory, before.edition, slot.edition)
        turned = await turned_since(graph, memory, (before, slot), scope, given) if since else None
        old = await before.take() if turned is not None else None
        if since is None or turned is None or old is None:
            continue
        changed = changed_of(scope, since, turned, max(500, old.count // 5))
        if changed is None:
            return None
        digest = digest_of(old.content)
        memory.note_standing(digest, before)
        file = scope_file(scope, given)
        content: bytes | None = await finding.ask(
            "mended_places", file, changed, old.content, digest, edges=since.edges, worth=True
        )
        return old.content if content == UNCHANGED else content
    return None
