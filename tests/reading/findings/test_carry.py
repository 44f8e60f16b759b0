"""What is carried over to the next state of the data is what would be found anew."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from graph.appointments.rehearse import carry_out
from graph.loading.load import load_delivery
from graph.loading.order import seed_folders
from graph.reading.findings.asked import Ask
from graph.reading.findings.days import KEY, days_of, read_days
from graph.reading.findings.find import find_cuts, is_kept, know_days
from graph.reading.findings.shelf import Shelf
from graph.reading.graph import Graph, Known
from graph.store import Transaction
from graph.store.changes import Change
from graph.store.history import ChangeSet, last_number, record
from graph.store.version import META, check_meta, take_version
from tests.conftest import TODAY, unmasked
from tests.reading.findings.counting import Counting
from tests.reading.findings.direct import FILES, asked_directly

AREA = "990101000000"
TYPES = ("KIN_OF", "CO_BUILDS", "REPORTED_TO", "MEMBER_OF", "LIVES_IN", "HOLDS_POST", "PART_OF")
"""From what few files read to what nearly all do: what is not carried over is gone for the next one."""


async def change_edges(graph: Graph, kind: str, draw: random.Random, *, noted: bool = True) -> int:
    """Some edges of a type end, change their note or go, as a load would have it; how many."""
    text = f"MATCH (a)-[e:{kind}]->(b) RETURN properties(e) AS e, a.id AS a, b.id AS b ORDER BY e.id"
    (rows,) = await graph.store.read([(text, {})])
    changes = []
    for row in draw.sample(rows, min(5, len(rows))):
        before = row["e"]
        after = draw.choice([None, {**before, "until": TODAY - timedelta(days=3)}])
        changes.append(Change(kind, before, after, row["a"], row["b"]))

    async def work(tx: Transaction) -> None:
        version = check_meta(await tx.run(*META))
        await take_version(tx, version)
        await carry_out(tx, changes)
        if noted:
            made = ChangeSet(await last_number(tx) + 1, "load", "d-990101-x", "test", version=version + 1)
            await record(tx, made, changes)

    await graph.store.write(work)
    return len(changes)


async def kept_now(graph: Graph, asks: list[Ask]) -> list[Ask]:
    """Of these questions the ones that need not be found."""
    return [ask for ask in asks if await is_kept(graph, ask)]


async def test_what_is_carried_over_is_what_would_be_found(
    embedded: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After ends and removals of edges of seven types: the same rows, and no file asked that reads none."""
    await Shelf(embedded.settings, embedded.ledger).clear()
    await load_delivery(embedded.store, next(d for d in seed_folders() if "worked_example" in str(d)))
    graph = unmasked(replace(embedded, known=Known()))
    asks = [Ask(q, graph.bind_known(q, {"as_of": TODAY, "area": AREA}), AREA) for q in FILES]
    await find_cuts(graph, asks)
    await know_days(graph, asks)
    draw = random.Random(15)
    left = [len(asks)]
    for kind in TYPES:
        if not await change_edges(graph, kind, draw):
            continue
        graph = replace(graph, known=Known())
        carried = await kept_now(graph, asks)
        left.append(len(carried))
        engine = Counting(graph, monkeypatch)
        _, cuts = await find_cuts(graph, carried)
        assert not engine.of(graph), "a rule was run that reads nothing of the change"
        for ask, cut in zip(carried, cuts, strict=True):
            direct = await asked_directly(graph, ask.query, dict(ask.parameters))
            assert list(cut.rows()) == direct, f"{ask.query.name} after {kind}"
            assert f":{kind}" not in ask.query.text
    assert left[0] > left[1] > len(asks) // 2
    assert left == sorted(left, reverse=True)
    shelf = Shelf(graph.settings, graph.ledger)
    carried_days = read_days(await shelf.take(graph.known.edition or "", KEY) or b"")
    read_anew = await days_of(graph, shelf, "none", FILES)
    assert {"LIVES_IN", "HOLDS_POST", "term_until"} <= set(carried_days) < set(read_anew)
    for word, days in carried_days.items():
        assert set(read_anew[word]) <= set(days), f"a day of {word} is not known"


async def test_nothing_is_carried_over_where_it_is_not_known_what_changed(embedded: Graph) -> None:
    """A version without a change set: all is found anew."""
    await Shelf(embedded.settings, embedded.ledger).clear()
    await load_delivery(embedded.store, next(d for d in seed_folders() if "worked_example" in str(d)))
    graph = unmasked(replace(embedded, known=Known()))
    query = graph.catalogue["community_households_out_of_range"]
    ask = Ask(query, graph.bind_known(query, {"as_of": TODAY, "area": AREA}), AREA)
    await find_cuts(graph, [ask])
    await change_edges(graph, "CO_BUILDS", random.Random(1))
    assert await kept_now(replace(graph, known=Known()), [ask]) == [ask]
    await change_edges(graph, "CO_BUILDS", random.Random(2), noted=False)
    assert await kept_now(replace(graph, known=Known()), [ask]) == []
