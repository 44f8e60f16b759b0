"""Every catalogue file gives the same rows in the same order on both engines."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.catalogue import Catalogue, Query
from graph.reading.graph import Graph
from graph.reading.places import read_places
from tests.catalogue_samples import sample
from tests.conftest import unmasked

DAYS = (date(2022, 3, 4), date(2025, 1, 1), date(2025, 6, 30))
QUERIES = list(Catalogue.load())


def comparable(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Floats to nine digits: the engines add them up in different orders."""
    return [{k: round(v, 9) if isinstance(v, float) else v for k, v in row.items()} for row in rows]


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("query", QUERIES, ids=lambda q: f"{q.folder}::{q.name}")
async def test_both_engines_agree_row_by_row(query: Query, day: date, both: tuple[Graph, Graph]) -> None:
    """Same data, same parameters, same rows, same order."""
    given = sample(query, as_of=day)
    one, two = [(await unmasked(graph).ask(query, given)).data for graph in both]
    assert comparable(one) == comparable(two)


@pytest.mark.parametrize(
    "query", [q for q in QUERIES if "area" in {p.name for p in q.parameters}], ids=lambda q: q.name
)
async def test_both_engines_agree_in_every_place(query: Query, both: tuple[Graph, Graph]) -> None:
    """The same holds in the area of each place."""
    for place in await read_places(both[0]):
        given = sample(query, area=place.area)
        one, two = [(await unmasked(graph).ask(query, given)).data for graph in both]
        assert comparable(one) == comparable(two), place.name
