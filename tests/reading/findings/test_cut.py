"""What is found for a place, cut for an area, is what the file itself answers for that area."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from graph.catalogue import Query
from graph.kept.unit import PackedUnit
from graph.reading.areas import require_area
from graph.reading.findings.asked import Ask, slot_of
from graph.reading.findings.compute import whole_unit
from graph.reading.findings.find import find_cuts
from graph.reading.findings.finding import Finders
from graph.reading.findings.memory import memory_of
from tests.conftest import TODAY, Opener, unmasked
from tests.reading.findings.direct import FILES, asked_directly

DAYS = (TODAY, date(2022, 3, 4), TODAY + timedelta(days=400))
EACH = 4
"""Of the areas every fourth, another quarter for each file; whole places always."""


@pytest.mark.parametrize("query", FILES, ids=lambda q: q.name)
async def test_a_cut_is_what_the_file_answers_for_the_area(query: Query, loader: Opener) -> None:
    """Rows, values and order are the same: found once for the place, or asked of the engine."""
    graph = unmasked(await loader("embedded"))
    number = FILES.index(query)
    day = DAYS[number % len(DAYS)]
    tree = await require_area(graph, None, day)
    for at, area in enumerate(tree.below(None)):
        if at % EACH != number % EACH and len(tree.above(area)) != len(DAYS):
            continue
        root = tree.above(area)[-1]
        parameters = graph.bind_known(query, {"as_of": day, "area": area})
        await find_cuts(graph, [Ask(query, {**parameters, "area": root}, root)])
        _, (cut,) = await find_cuts(graph, [Ask(query, parameters, root)])
        assert cut.area == (None if area == root else area), "it was not cut"
        assert list(cut.rows()) == await asked_directly(graph, query, parameters), area
        states = [row.get("verdict", row.get("state")) for row in cut.rows()]
        assert sum(cut.counts().values()) == len(states) == cut.count()
        for state in set(states):
            assert cut.count(state) == states.count(state)


async def test_the_only_place_is_asked_everywhere_and_cut(loader: Opener) -> None:
    """As if one place alone were loaded: what its files answer is theirs, though others lie beside it."""
    graph = unmasked(await loader("embedded"))
    tree = await require_area(graph, None, TODAY)
    places = {tree.above(area)[-1] for area in tree.below(None)}
    left_out = 0
    for number, query in enumerate(FILES[::5]):
        root = sorted(places)[number % len(places)]
        parameters = graph.bind_known(query, {"as_of": TODAY, "area": root})
        alone = replace(graph, known=replace(graph.known, loads=({"area": root},)))
        ask, edition = Ask(query, parameters, root), str(graph.known.edition)
        memory = memory_of(graph).of(edition)
        unit = PackedUnit(
            await whole_unit(Finders(alone, memory, worth=True), slot_of(graph, edition, ask), ask)
        )
        rows = await asked_directly(graph, query, parameters)
        assert list(unit.rows(range(unit.count))) == rows, query.name
        left_out += len(await asked_directly(graph, query, {**parameters, "area": None})) - len(rows)
    assert left_out > 0, "nothing lay outside"
