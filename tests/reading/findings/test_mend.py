"""What is made of an older unit after changes and on other days is what would be found anew."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.kept import mending
from graph.kept.placing import Placing, gathered
from graph.model import NODES
from graph.reading.findings import find, since
from graph.reading.findings.asked import Ask, slot_of
from graph.reading.findings.compute import scope_slot
from graph.reading.findings.files import file_of
from graph.reading.findings.find import find_cuts
from graph.reading.findings.narrowed import narrowed
from graph.reading.findings.shelf import Shelf
from graph.reading.findings.ways import ways_of
from graph.reading.graph import Graph, Known
from graph.store.history import read_sets, read_undo
from tests.builder import GraphBuilder, district
from tests.conftest import Opener, emptied, require_neo4j, unmasked
from tests.oracle.asking import store
from tests.reading.findings.changing import change_some, first_version, write
from tests.reading.findings.direct import CATALOGUE, FILES, asked_directly
from tests.strategies import DAY, DISTRICT, graphs

ROUNDS = 2
ENGINE, EXAMPLES = os.environ.get("COBUILD_MENDED", "embedded:2").split(":")
"""Of the longer run, `make mended`: the engine, and how many graphs are drawn."""
UNDONE = 0.5
"""Of later rounds, the share that takes the last one back."""


async def undo_last(graph: Graph) -> None:
    """The last version taken back, as a version of its own."""
    last = (await read_sets(graph.store))[-1]
    await write(graph, await read_undo(graph.store, last.number), "undo")


class Mended:
    """Counts what was made of older units, and what was found as a whole."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.made: list[str] = []
        self.whole: list[str] = []
        original = find.mend

        async def counted(*given: Any) -> bytes | None:
            content = await original(*given)
            (self.whole if content is None else self.made).append(given[-1].query.name)
            return content

        monkeypatch.setattr(find, "mend", counted)


async def compared(graph: Graph, day: date) -> None:
    """Every rule and dimension for the district, and where its rows lie, as kept and as the files answer."""
    graph = unmasked(replace(graph, known=Known()))
    asks = [Ask(q, graph.bind_known(q, {"as_of": day, "area": DISTRICT}), DISTRICT) for q in FILES]
    _, cuts = await find_cuts(graph, asks)
    for ask, cut in zip(asks, cuts, strict=True):
        direct = await asked_directly(graph, ask.query, dict(ask.parameters))
        assert list(cut.rows()) == direct, f"{ask.query.name} on {day}"
    places, slot = {}, slot_of(graph, graph.known.edition or "", asks[0])
    for scope in CATALOGUE.folder("scopes"):
        direct = await asked_directly(graph, scope, graph.bind_known(scope, {"as_of": day}))
        kept = await scope_slot(slot, scope).take()
        if kept is not None:
            assert list(kept.rows(range(kept.count))) == direct, f"{scope.name} on {day}"
        places[scope.name] = gathered(direct)
    placing = Placing(places)
    for ask, cut in zip(asks, cuts, strict=True):
        lies = [cut.unit.areas(number) for number in range(cut.unit.count)]
        assert lies == placing.areas_of(file_of(ask.query, {}, None).placed_by, list(cut.rows())), (
            f"{ask.query.name} on {day}"
        )


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mended]:
    """Over all drawn graphs something was mended."""
    monkeypatch.setattr(mending, "LEAST", 8)  # a drawn graph has two communities; of what this process finds
    counted = Mended(monkeypatch)
    yield counted
    assert counted.made


@pytest.fixture(params=[True, False], ids=[f"{ENGINE}-columns", f"{ENGINE}-asked"])
async def drawn_on(request: pytest.FixtureRequest, scratches: Opener) -> Graph:
    """An empty graph on the embedded engine, or that of the longer run; found in columns, or by it."""
    if ENGINE == "neo4j":
        require_neo4j()
    graph = await emptied(await scratches(ENGINE))
    return replace(graph, settings=graph.settings.model_copy(update={"columns": request.param}))


@settings(max_examples=int(EXAMPLES))
@given(builder=graphs(), seed=st.integers(0, 1_000_000))
@pytest.mark.usefixtures("counted")
async def test_what_is_mended_is_what_would_be_found(
    drawn_on: Graph, builder: GraphBuilder, seed: int
) -> None:
    """After changes of a drawn graph, some taken back, and on the days after: rows, values and order."""
    await Shelf(drawn_on.settings, drawn_on.ledger).clear()
    await store(drawn_on, builder)
    await first_version(drawn_on)
    draw = random.Random(seed)
    await compared(drawn_on, DAY)
    for n in range(ROUNDS):
        if n and draw.random() < UNDONE:
            await undo_last(drawn_on)
        else:
            await change_some(drawn_on, draw)
        await compared(drawn_on, DAY + timedelta(days=n))


async def test_between_days_far_apart_nothing_is_looked_for(
    embedded: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two months on what turned is read; a day later files are asked as wholes, which costs less."""
    await Shelf(embedded.settings, embedded.ledger).clear()
    builder = GraphBuilder()
    for quarter in district(builder, 3):
        builder.edge("po-990101-1", "COVERS", quarter, since=DAY + timedelta(days=1))
    builder.node("po-990101-1", level="community", kind="branch")
    await store(embedded, builder)
    await first_version(embedded)
    read: list[date] = []
    turning = since.turning

    async def noted(*given: Any, **more: Any) -> Any:
        read.append(max(more["between"]))
        return await turning(*given, **more)

    monkeypatch.setattr(since, "turning", noted)
    for days, looked in ((0, False), (since.FAR.days + 1, False), (1, True)):
        await compared(embedded, DAY + timedelta(days=days))
        assert bool(read) is looked


UNBOUNDED = {"quarter_outside_service_circle", "double_report_gap", "service_station"}
"""Files that begin elsewhere than at what places their rows; docs/findings.md names them."""


def test_the_ways_of_nearly_all_files_lead_back() -> None:
    """What is not bounded is named, so that a new file that is not is seen."""
    found = set()
    for query in FILES:
        ways = ways_of(query)
        # Where an area changes, everything is found anew.
        loose = ways and {n for n in ways.loose if ways.nodes.get(n) != {frozenset({"Area"})}}
        if ways is None or loose:
            found.add(query.name)
    assert found == UNBOUNDED


def test_a_file_is_read_outwards_from_its_origin() -> None:
    """The steps of one rule, as somebody who reads its patterns would write them."""
    ways = ways_of(CATALOGUE["quarter_without_owners_committee"])
    assert ways is not None
    assert ways.origin == "q"
    found = {(s.source, *s.types, "out" if s.out else "in", *s.target_labels) for s in ways.steps}
    assert found == {
        ("q", "WITHIN", "out", "Area"),
        ("q", "WITHIN", "out"),
        ("q", "COVERS", "in", "OwnersCommittee"),
        ("s", "COMPLETE_IN", "out", "SourceDocument"),
    }
    assert {("q", "s"), ("above", "s"), ("a", "above")} <= ways.flows
    assert ("q", "above") not in ways.flows, "it is looked at, and is not in the list"
    assert ways.held["above"] == {"Area"}


BEGUN_ELSEWHERE = {
    "big_committee_category_gap",
    "big_committee_parttime_count_out_of_range",
    "member_unit_without_resource",
    "communities_of_organizations",
}
"""Files asked for some things alone that name another node first: as dear as for all, and that is little."""


def test_what_is_asked_for_some_things_begins_at_them() -> None:
    """Where another node stands before them the engine looks through all of its kind, for each thing."""
    found = set()
    for query in [*FILES, *CATALOGUE.folder("scopes")]:
        for label in NODES:
            text = narrowed(query, label) or ""
            for match in re.finditer(r"UNWIND \$origins AS origin\s+(?://.*\n\s*)*MATCH (\([^)]*\))", text):
                if "id: origin" not in match[1]:
                    found.add(query.name)
    assert found == BEGUN_ELSEWHERE
