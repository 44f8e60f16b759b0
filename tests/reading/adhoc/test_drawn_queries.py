"""Queries of several clauses, drawn at random: what is not refused is answered alike by both engines."""

from __future__ import annotations

import os

import pytest

from graph.errors import GraphError, QueryTimedOut
from graph.reading.adhoc import QueryLimits, open_query
from graph.reading.adhoc.refusals import WronglyAnswered
from graph.reading.graph import Graph
from tests.reading.adhoc.drawing import Drawer

FIRST, COUNT = (int(n) for n in os.environ.get("COBUILD_QUERIES", "0:120").split(":"))
"""The number of the first query and how many there are: `COBUILD_QUERIES=1000:5000` draws others."""
PORTION = 40
LIMITS = QueryLimits(rows=2_000, seconds=8)
"""A longer answer is left, and one that takes longer: some of these patterns lead to a great many rows."""


async def answer(graph: Graph, text: str) -> list[str] | None:
    """Rows as texts, in one order; None where they are too many, or take too long."""
    try:
        async with open_query(graph, text, limits=LIMITS) as running:
            rows = [repr(row) async for row in running]
    except QueryTimedOut:
        return None
    return None if running.cut else sorted(rows)


@pytest.mark.parametrize("first", range(FIRST, FIRST + COUNT, PORTION))
async def test_both_engines_say_the_same(first: int, both: tuple[Graph, Graph]) -> None:
    """Or it is refused by name; more than half are answered in time."""
    answered = 0
    for seed in range(first, min(first + PORTION, FIRST + COUNT)):
        text = Drawer(seed).query()
        try:
            one = await answer(both[0], text)
            other = None if one is None else await answer(both[1], text)
        except WronglyAnswered:
            continue
        except GraphError as error:
            raise AssertionError(f"query {seed}: {text}") from error
        if one is not None and other is not None:
            assert one == other, f"query {seed}: {text}"
            answered += 1
    assert answered > PORTION / 2
