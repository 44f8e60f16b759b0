"""Queries of several clauses, drawn at random: what is not refused is answered alike by both engines."""

from __future__ import annotations

import os

import pytest

from graph.errors import GraphError
from graph.reading.adhoc import open_query
from graph.reading.adhoc.refusals import WronglyAnswered
from graph.reading.graph import Graph
from tests.reading.adhoc.drawing import Drawer

FIRST, COUNT = (int(n) for n in os.environ.get("COBUILD_QUERIES", "0:120").split(":"))
"""The number of the first query and how many there are: `COBUILD_QUERIES=1000:5000` draws others."""
PORTION = 40
LONGEST = 2_000
"""Rows; a longer answer is left."""


async def answer(graph: Graph, text: str) -> list[str] | None:
    """Rows as texts, in one order; None where they are too many."""
    rows = []
    async with open_query(graph, text) as running:
        async for row in running:
            rows.append(repr(row))
            if len(rows) > LONGEST:
                return None
    return sorted(rows)


@pytest.mark.parametrize("first", range(FIRST, FIRST + COUNT, PORTION))
async def test_both_engines_say_the_same(first: int, both: tuple[Graph, Graph]) -> None:
    """Or it is refused by name; nine of ten are answered."""
    answered = 0
    for seed in range(first, min(first + PORTION, FIRST + COUNT)):
        text = Drawer(seed).query()
        try:
            one, other = [await answer(graph, text) for graph in both]
        except WronglyAnswered:
            continue
        except GraphError as error:
            raise AssertionError(f"query {seed}: {text}") from error
        assert one == other, f"query {seed}: {text}"
        answered += one is not None
    assert answered > PORTION / 2
