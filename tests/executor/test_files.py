"""Every file that finds gives, compiled, the rows that the engine gives."""

from __future__ import annotations

from datetime import date

import pytest

from graph.catalogue import Query
from graph.executor.run import Executor
from graph.model import NODES
from graph.reading.findings.narrowed import narrowed
from graph.reading.findings.scan import BESIDE, FOLDERS
from graph.reading.graph import Graph
from graph.reading.places import read_places
from tests.conftest import TODAY, Opener
from tests.executor.comparing import FILES, exact, executor_of, rows_of

DAYS = (date(2022, 3, 4), date(2025, 1, 1), date(2025, 6, 30))
NARROWED = [(query, label) for query in FILES for label in NODES if narrowed(query, label)]
SOME = 40
"""Things of a label for which the rows are asked."""


@pytest.fixture(scope="module")
async def seeds(loader: Opener) -> Graph:
    """All of `seed_data/` on the embedded engine: what it answers itself both engines answer alike."""
    return await loader("embedded")


@pytest.fixture(scope="module")
async def executor(seeds: Graph) -> Executor:
    """The same graph in columns."""
    return await executor_of(seeds)


async def compare(graph: Graph, executor: Executor, text: str, parameters: dict[str, object]) -> int:
    """Ask both for a text; how many rows it has."""
    (rows,) = await graph.store.read([(text, parameters)])
    assert exact(rows_of(executor, text, parameters)) == exact(rows)
    return len(rows)


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("query", FILES, ids=lambda q: q.name)
async def test_a_file_compiled_gives_the_rows_of_the_engine(
    query: Query, day: date, seeds: Graph, executor: Executor
) -> None:
    """Everywhere, and in every place that was loaded: the same rows in the same order."""
    names = {p.name for p in query.parameters}
    areas = [place.area for place in await read_places(seeds)] if "area" in names else []
    everywhere = () if query.name in BESIDE and areas else (None,)  # these take one area
    for area in (*everywhere, *areas):
        given = {k: v for k, v in {"as_of": day, "area": area}.items() if k in names}
        select = query.select(query.bind(given, today=TODAY))
        await compare(seeds, executor, select.text, dict(select.parameters))


@pytest.mark.parametrize(("query", "label"), NARROWED, ids=lambda v: v if isinstance(v, str) else v.name)
async def test_a_file_begun_at_ids_gives_the_rows_of_the_engine(
    query: Query, label: str, seeds: Graph, executor: Executor
) -> None:
    """The texts by which kept rows are mended are compiled too."""
    (found,) = await seeds.store.read([(f"MATCH (n:{label}) RETURN n.id AS id ORDER BY id LIMIT {SOME}", {})])
    text = narrowed(query, label)
    assert text
    given = {**query.bind({}, today=TODAY), "origins": [row["id"] for row in found]}
    asked = {name: value for name, value in given.items() if f"${name}" in text}
    await compare(seeds, executor, text, asked)


def test_everything_was_asked() -> None:
    """Rules, dimensions and what places them, each from its file, and most of them begun at ids."""
    assert {query.folder for query in FILES} == {*FOLDERS, "queries"}
    assert len({query.name for query, _ in NARROWED}) > len(FILES) - 6
