"""What is found for a place, cut for an area, is what the file itself answers for that area."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from graph.catalogue import Catalogue, Query
from graph.reading.areas import require_area
from graph.reading.findings.asked import Ask
from graph.reading.findings.find import find_cuts
from graph.reading.graph import Graph
from tests.conftest import TODAY, Opener, unmasked

CATALOGUE = Catalogue.load()
FILES = [*CATALOGUE.rules(), *CATALOGUE.dimensions()]
DAYS = (TODAY, date(2022, 3, 4), TODAY + timedelta(days=400))
EACH = 4
"""Of the areas every fourth, another quarter for each file; whole places always."""


async def asked_directly(graph: Graph, query: Query, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of the file itself, for the area that the parameters name."""
    _, (rows,) = await graph.read_facts([query.select(parameters)])
    return rows


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
