"""Rows of a file from the engine, and the areas in which each counts on a day."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from graph.catalogue import Query
from graph.reading.findings.asked import NOWHERE, Ask, Slot, other_days
from graph.reading.findings.days import days_of, turns_between
from graph.reading.findings.memory import Memory
from graph.reading.findings.placing import Placing
from graph.reading.findings.unit import Unit, pack
from graph.reading.graph import Graph
from graph.reading.viewer import Viewer
from graph.store import Row


async def placed_rows(graph: Graph, memory: Memory, slot: Slot, ask: Ask, rows: list[Row]) -> bytes:
    """Rows as a unit, each with the areas in which it counts on the day."""
    placing = await placing_for(graph, memory, slot, ask)
    return await asyncio.to_thread(pack, rows, placing.areas_of(ask.query, rows), head_of(ask))


def head_of(ask: Ask) -> dict[str, str | None]:
    """What a unit says of itself."""
    return {"file": ask.query.name, "revision": ask.query.revision, "root": ask.root}


async def placing_for(graph: Graph, memory: Memory, slot: Slot, ask: Ask) -> Placing:
    """Where what the rows of a file name is, on the day."""
    placing = memory.placing(ask.parameters["as_of"])
    for name in placing.missing(ask.query):
        scope = graph.catalogue[name]
        family = hashlib.sha256(f"{name}@{scope.revision}".encode()).hexdigest()[:32] + "-"
        own = replace(slot, family=family)
        unit = await own.take() or await _places_of_another_day(graph, own, scope)
        if unit is None:
            rows = await run_file(graph, scope, graph.bind_known(scope, ask.parameters))
            unit = Unit(pack(rows, [()] * len(rows), {"file": name, "revision": scope.revision}))
            if graph.known.edition == slot.edition:
                await slot.shelf.put(slot.edition, own.key, unit.content)
        placing.add(name, unit.rows(unit.numbers(None, NOWHERE)))
    return placing


async def _places_of_another_day(graph: Graph, slot: Slot, scope: Query) -> Unit | None:
    for day in other_days(slot, await slot.shelf.keys()):
        days = await days_of(graph, slot.shelf, slot.edition, [scope])
        if not turns_between(scope, {}, days, day, slot.day):
            return await slot.of(day).take()
    return None


async def run_file(graph: Graph, query: Query, parameters: Mapping[str, Any]) -> list[Row]:
    """Rows as they are: what is kept serves every viewer."""
    _, (rows,) = await graph.under(Viewer(personal=True)).read_facts([query.select(parameters)])
    return rows
