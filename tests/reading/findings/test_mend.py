"""What is made of an older unit after changes and on other days is what would be found anew."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.appointments.rehearse import carry_out
from graph.model import OPEN_END, edge_id
from graph.reading.findings import find
from graph.reading.findings import mend as mending
from graph.reading.findings.asked import Ask, slot_of
from graph.reading.findings.compute import scope_slot
from graph.reading.findings.find import find_cuts
from graph.reading.findings.placing import Placing, gathered
from graph.reading.findings.shelf import Shelf
from graph.reading.findings.ways import ways_of
from graph.reading.graph import Graph, Known
from graph.store import Transaction
from graph.store.changes import Change
from graph.store.history import ChangeSet, last_number, read_sets, read_undo, record
from graph.store.version import DERIVED as DERIVED_NOW
from graph.store.version import META, check_meta, new_mark, take_version
from tests.builder import SOURCE, GraphBuilder
from tests.conftest import Opener, emptied, require_neo4j, unmasked
from tests.oracle.asking import store
from tests.reading.findings.direct import CATALOGUE, FILES, asked_directly
from tests.strategies import DAY, DISTRICT, graphs

DERIVED = ("CROSS_APPOINTMENT", "WITHIN")
KEPT = {
    *("id", "spell", "since", "until", "since_known", "source", "synthetic", "role", "subject", "relation")
}
"""Properties that an edge keeps: those of every edge, and those of its id."""
ROUNDS = 2
ENGINE, EXAMPLES = os.environ.get("COBUILD_MENDED", "embedded:2").split(":")
"""Of the longer run, `make mended`: the engine, and how many graphs are drawn."""
UNDONE = 0.5
"""Of later rounds, the share that takes the last one back."""
RARE = 0.05
"""Of places that move, the share: then everything is found as a whole."""


async def first_version(graph: Graph) -> None:
    """The graph as one that was loaded: with a version and a mark."""

    async def work(tx: Transaction) -> None:
        values = {"version": 1, "derived": DERIVED_NOW, "mark": new_mark()}
        await tx.run(
            "MATCH (m:Meta) SET m.data_version = $version, m.derived = $derived, m.mark = $mark", values
        )

    await graph.store.write(work)


async def standing(graph: Graph) -> list[dict[str, Any]]:
    """Every recorded edge, with its type and ends."""
    text = (
        "MATCH (a)-[e]->(b) WHERE NOT type(e) IN $derived "
        "RETURN type(e) AS kind, properties(e) AS e, a.id AS a, b.id AS b ORDER BY e.id"
    )
    (rows,) = await graph.store.read([(text, {"derived": DERIVED})])
    return rows


async def change_some(graph: Graph, draw: random.Random) -> int:
    """Edges end, begin, lose or gain a property, go and come, as loads and appointments would have it."""
    rows = [r for r in await standing(graph) if r["kind"] != "PART_OF" or draw.random() < RARE]
    changes: dict[str, Change] = {}
    for row in draw.sample(rows, min(len(rows), draw.randint(3, 10))):
        before, kind = row["e"], row["kind"]
        optional = sorted(set(before) - KEPT)
        after: dict[str, Any] | None = {**before, "until": max(DAY, before["since"] + timedelta(days=1))}
        match draw.choice(["go", "go", "end", "open", "less", "other"]):
            case "go":
                after = None
            case "open":
                after = {**before, "until": OPEN_END}
            case "less" if optional:
                after = {n: v for n, v in before.items() if n != draw.choice(optional)}
            case "other":
                like = draw.choice([r for r in rows if r["kind"] == kind])
                new = edge_id(kind, row["a"], like["b"], _key(kind, before), 1)
                if new in {r["e"]["id"] for r in rows}:
                    continue
                made = {**before, "id": new, "spell": 1}
                changes[new] = Change(kind, None, made, row["a"], like["b"])
                continue
        changes[before["id"]] = Change(kind, before, after, row["a"], row["b"])
    if changes:
        await write(graph, list(changes.values()), "load")
    return len(changes)


async def write(graph: Graph, changes: list[Change], kind: Literal["load", "undo"]) -> None:
    """Changes as a version of their own, on record."""

    async def work(tx: Transaction) -> None:
        version = check_meta(await tx.run(*META))
        await take_version(tx, version)
        await carry_out(tx, changes)
        last = await last_number(tx)
        undoes = last if kind == "undo" else None
        made = ChangeSet(last + 1, kind, SOURCE, "test", version=version + 1, undoes=undoes)
        await record(tx, made, changes)

    await graph.store.write(work)


async def undo_last(graph: Graph) -> None:
    """The last version taken back, as a version of its own."""
    last = (await read_sets(graph.store))[-1]
    await write(graph, await read_undo(graph.store, last.number), "undo")


def _key(kind: str, row: dict[str, Any]) -> Any:
    return row.get("role" if kind == "HOLDS_POST" else "subject" if kind == "COMPLETE_IN" else "relation")


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
    placing, slot = Placing(), slot_of(graph, graph.known.edition or "", asks[0])
    for scope in CATALOGUE.folder("scopes"):
        direct = await asked_directly(graph, scope, graph.bind_known(scope, {"as_of": day}))
        kept = await scope_slot(slot, scope).take()
        if kept is not None:
            assert list(kept.rows(range(kept.count))) == direct, f"{scope.name} on {day}"
        placing.add(scope.name, gathered(direct))
    for ask, cut in zip(asks, cuts, strict=True):
        lies = [cut.unit.areas(number) for number in range(cut.unit.count)]
        assert lies == placing.areas_of(ask.query, list(cut.rows())), f"{ask.query.name} on {day}"


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mended]:
    """Over all drawn graphs something was mended."""
    monkeypatch.setattr(mending, "LEAST", 8)  # a drawn graph has two communities
    counted = Mended(monkeypatch)
    yield counted
    assert counted.made


@pytest.fixture(params=[ENGINE])
async def drawn_on(request: pytest.FixtureRequest, scratches: Opener) -> Graph:
    """An empty graph on the embedded engine, or on that of the longer run."""
    if request.param == "neo4j":
        require_neo4j()
    return await emptied(await scratches(request.param))


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


UNBOUNDED = {
    "party_member_head_not_parttime_commissioner",
    "concurrent_post_paid",
    "quarter_outside_service_circle",
    "double_report_gap",
    "service_station",
}
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
    assert {("q", "s"), ("above", "s"), ("a", "above"), ("q", "above")} <= ways.flows
