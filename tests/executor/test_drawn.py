"""Every file that finds gives, compiled, the rows of the engine: on drawn graphs, and after drawn changes.

So do files that were broken (`tests.mutation`): texts near ours that nobody wrote with the compiler in mind.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.catalogue import Query
from graph.model import label_of
from graph.reading.findings.narrowed import narrowed
from graph.reading.graph import Graph
from graph.store import Statement
from tests.builder import GraphBuilder
from tests.conftest import TODAY
from tests.executor.comparing import FILES, exact, executor_of, rows_of
from tests.mutation.mutants import mutants_of
from tests.oracle.asking import store
from tests.reading.findings.changing import change_some, first_version
from tests.strategies import COMMUNITIES, DAY, DISTRICT, PARTS, TOMORROW, YESTERDAY, Drawing, draw_months

EXAMPLES = int(os.environ.get("COBUILD_DRAWN", "3"))
"""How many graphs are drawn: three in half a minute; more in the longer run, `make mended`."""
MUTANTS = int(os.environ.get("COBUILD_MUTANTS", "20"))
"""How many broken files each of three graphs is asked; all of them in the longer run."""
LATER = date(2026, 3, 1)
"""Long after all that is drawn: terms have run out, meetings are overdue."""


@st.composite
def months(draw: st.DrawFn) -> GraphBuilder:
    """A drawn graph of which some dates are known by month or year."""
    drawing = Drawing(draw)
    for part in (*PARTS, draw_months):
        part(drawing)
    return drawing.builder


def asked_of(
    builder: GraphBuilder,
    days: tuple[date, ...],
    areas: tuple[str | None, ...],
    files: Iterable[Query] = FILES,
) -> list[Statement]:
    """Files on some days in some areas, and begun at the ids of every label that they take."""
    ids: dict[str, list[str]] = {}
    for id_ in builder.nodes:
        ids.setdefault(label_of(id_), []).append(id_)
    asked: list[Statement] = []
    for query in files:
        names = {p.name for p in query.parameters}
        for day in days:
            one = query.folder == "queries"  # these take one area, not everywhere
            for area in [a for a in areas if a or not one] if "area" in names else areas[:1]:
                values = {k: v for k, v in {"as_of": day, "area": area}.items() if k in names}
                select = query.select(query.bind(values, today=TODAY))
                asked.append((select.text, dict(select.parameters)))
        for label, origins in ids.items():
            text = narrowed(query, label)
            if text:
                bound = {**query.bind({}, today=TODAY), "origins": origins}
                asked.append((text, {n: v for n, v in bound.items() if f"${n}" in text}))
    return asked


async def compare(graph: Graph, asked: list[Statement]) -> None:
    """Both give the same rows, values of the same types, in the same order, for all that is asked."""
    executor = await executor_of(graph)
    for (text, parameters), rows in zip(asked, await graph.store.read(asked), strict=True):
        assert exact(rows_of(executor, text, parameters)) == exact(rows), (text, parameters)


def broken_files() -> list[Query]:
    """Every file with one comparison turned round or one condition on the day dropped.

    Not those that no longer sort a list of two or more: its order is then the engine's own.
    """
    return [
        replace(query, text=mutant.text)
        for query in FILES
        for mutant in mutants_of(query.text)
        if mutant.before != "<" or "< 2 THEN" not in query.text.splitlines()[mutant.line - 1]
    ]


@settings(max_examples=EXAMPLES)
@given(builder=months(), seed=st.integers(0, 1_000_000))
async def test_a_file_compiled_gives_the_rows_of_the_engine_on_drawn_graphs(
    embedded: Graph, builder: GraphBuilder, seed: int
) -> None:
    """Around the day on which spells begin and end, long after, everywhere, in areas and begun at ids."""
    await store(embedded, builder)
    await first_version(embedded)
    await compare(embedded, asked_of(builder, (DAY,), (None, DISTRICT, *COMMUNITIES)))
    await compare(embedded, asked_of(builder, (YESTERDAY, LATER), (None,)))
    await change_some(embedded, random.Random(seed))
    await compare(embedded, asked_of(builder, (TOMORROW,), (None, COMMUNITIES[0])))


@settings(max_examples=3)
@given(builder=months(), seed=st.integers(0, 1_000_000))
async def test_a_broken_file_is_compiled_and_gives_the_rows_of_the_engine(
    embedded: Graph, builder: GraphBuilder, seed: int
) -> None:
    """A mistake in a rule is answered alike: everywhere, in an area and begun at ids."""
    await store(embedded, builder)
    await first_version(embedded)
    broken = broken_files()
    chosen = random.Random(seed).sample(broken, min(MUTANTS, len(broken)))
    for begin in range(0, len(chosen), 20):
        some = chosen[begin : begin + 20]
        await compare(embedded, asked_of(builder, (DAY,), (None, COMMUNITIES[0]), some))
