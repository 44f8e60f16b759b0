"""Every file that finds gives, compiled, the rows of the engine: on drawn graphs, and after drawn changes."""

from __future__ import annotations

import os
import random
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import label_of
from graph.reading.findings.narrowed import narrowed
from graph.reading.graph import Graph
from graph.store import Statement
from tests.builder import GraphBuilder
from tests.conftest import TODAY
from tests.executor.comparing import FILES, exact, executor_of, rows_of
from tests.oracle.asking import store
from tests.reading.findings.changing import change_some, first_version
from tests.strategies import COMMUNITIES, DAY, DISTRICT, PARTS, TOMORROW, YESTERDAY, Drawing, draw_months

EXAMPLES = int(os.environ.get("COBUILD_DRAWN", "3"))
"""How many graphs are drawn: three in half a minute; more in the longer run, `make mended`."""
LATER = date(2026, 3, 1)
"""Long after all that is drawn: terms have run out, meetings are overdue."""


@st.composite
def months(draw: st.DrawFn) -> GraphBuilder:
    """A drawn graph of which some dates are known by month or year."""
    drawing = Drawing(draw)
    for part in (*PARTS, draw_months):
        part(drawing)
    return drawing.builder


def asked_of(builder: GraphBuilder, days: tuple[date, ...], areas: tuple[str | None, ...]) -> list[Statement]:
    """Every file on some days in some areas, and begun at the ids of every label that it takes."""
    ids: dict[str, list[str]] = {}
    for id_ in builder.nodes:
        ids.setdefault(label_of(id_), []).append(id_)
    asked: list[Statement] = []
    for query in FILES:
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
