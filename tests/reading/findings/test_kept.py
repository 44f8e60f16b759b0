"""Kept findings: found once, gone with their data, bounded, private, never whole for who may not see."""

from __future__ import annotations

import asyncio
import os
import stat
import time
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from graph.kept.packing import pack
from graph.kept.unit import MAGIC, PackedUnit
from graph.ledger.entries import entry_now
from graph.loading.load import load_delivery
from graph.loading.order import seed_folders
from graph.reading.findings.days import KEY
from graph.reading.findings.memory import memory_of
from graph.reading.findings.shelf import FOLDER, Shelf
from graph.reading.graph import Graph, Known
from graph.reading.snapshot import ask_once
from graph.rules.check import check_rules, check_with_tally, tally
from graph.store import Row
from graph.store.changes import Change
from graph.upkeep.forget import forget
from tests.conftest import unmasked
from tests.reading.findings.changing import standing, write
from tests.reading.findings.counting import Counting
from tests.reading.findings.direct import COMMUNITY

TODAY_ROW = date(2025, 6, 30)
AREA = "990101000000"


def files(graph: Graph) -> list[Path]:
    """The files that are kept."""
    return [p for p in (graph.settings.data_dir / FOLDER).glob("*/*") if p.name != KEY]


def anew(graph: Graph) -> Graph:
    """The same graph as another process sees it, with nothing in memory."""
    return replace(graph, known=Known())


async def load(graph: Graph) -> Graph:
    """The invented district."""
    await Shelf(graph.settings, graph.ledger).clear()
    await load_delivery(graph.store, next(d for d in seed_folders() if "worked_example" in str(d)))
    return unmasked(anew(graph))


async def test_rules_are_run_once(embedded: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second question, another area, another page and another process run no rule again."""
    graph = await load(embedded)
    engine = Counting(graph, monkeypatch)
    first = await check_rules(graph, area=AREA)
    ran = engine.of(graph)
    assert len(ran) == len(set(ran)) == len(first.stamp.queries)
    again = await check_rules(graph, area=AREA)
    inside = await check_with_tally(graph, area=COMMUNITY, verdict="fail")
    restarted = await check_rules(anew(graph), area=AREA)
    assert engine.of(graph) == ran
    assert again == first == restarted
    assert 0 < len(inside.data["rows"]) < len(first.data)


@pytest.mark.parametrize("columns", [True, False])
async def test_after_every_change_the_same_process_finds_what_is_so(embedded: Graph, columns: bool) -> None:
    """Asked in columns or of the engine, three times with somebody moving out in between."""
    graph = await load(embedded)
    graph = replace(graph, settings=graph.settings.model_copy(update={"columns": columns}))
    for _ in range(3):
        alone = replace(anew(graph), settings=graph.settings.model_copy(update={"kept": 0}))
        found, direct = [await ask_once(one, partial(check_with_tally, area=AREA)) for one in (graph, alone)]
        assert found.data["tally"] == direct.data["tally"]
        assert [*found.data["rows"]] == [*direct.data["rows"]]
        rows = [row for row in await standing(graph) if row["kind"] == "LIVES_IN"]
        await write(graph, [Change("LIVES_IN", r["e"], None, r["a"], r["b"]) for r in rows[:9]], "load")


@pytest.mark.parametrize("columns", [True, False])
async def test_on_a_full_disk_all_is_found_and_nothing_kept(
    embedded: Graph, monkeypatch: pytest.MonkeyPatch, columns: bool
) -> None:
    """Before and after a change, also where the process that knew where things lie has ended."""
    graph = await load(embedded)
    graph = replace(graph, settings=graph.settings.model_copy(update={"columns": columns}))
    monkeypatch.setattr(Shelf, "_put", lambda *_: None)
    for _ in range(2):
        found = await check_rules(graph, area=AREA)
        none = replace(anew(graph), settings=graph.settings.model_copy(update={"kept": 0}))
        assert found.data == (await check_rules(none, area=AREA)).data
        assert files(graph) == []
        if graph.known.columns is not None:
            graph.known.columns.client.end()
        rows = [row for row in await standing(graph) if row["kind"] == "LIVES_IN"]
        await write(graph, [Change("LIVES_IN", r["e"], None, r["a"], r["b"]) for r in rows[:9]], "load")


async def test_many_who_ask_at_once_have_it_found_once(
    embedded: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four of this process and two of others: every rule runs once."""
    graph = await load(embedded)
    engine = Counting(graph, monkeypatch)
    found = await asyncio.gather(
        *(check_rules(graph, area=AREA, rule="R15") for _ in range(4)),
        *(check_rules(anew(graph), area=AREA, rule="R15") for _ in range(2)),
    )
    assert engine.of(graph) == ["owners_committee_party_ratio_low"]
    assert all(answer.data == found[0].data for answer in found)


async def test_a_page_is_what_stands_there_among_all_rows(embedded: Graph) -> None:
    """Rows, order and tally of pages are those of the whole answer."""
    graph = await load(embedded)
    whole = await check_rules(graph, area=AREA)
    for verdict in (None, "fail", "unknown"):
        page = (await check_with_tally(graph, area=AREA, verdict=verdict)).data
        rows = [row for row in whole.data if verdict in (None, row["verdict"])]
        assert len(page["rows"]) == len(rows)
        assert page["tally"] == tally(whole.data)
        for start in (0, 7, len(rows) - 3, len(rows)):
            for shown, row in zip(page["rows"][start : start + 5], rows[start : start + 5], strict=True):
                assert shown.items() <= row.items()


async def test_a_new_state_of_the_data_has_findings_of_its_own(embedded: Graph) -> None:
    """After a person is erased nothing that names them is kept, and what is found is found anew."""
    graph = await load(embedded)
    before = await check_rules(graph, area=AREA, rule="R14", verdict="fail")
    person = before.data[0]["subject"]
    assert files(graph)
    await forget(graph, person, entry_now("local:test", "forget", reason="test"))
    assert not files(graph)
    after = await check_rules(graph, area=AREA, rule="R14")
    assert person not in {row["subject"] for row in after.data}
    assert after.stamp.data_version > before.stamp.data_version


async def test_files_are_private_bounded_and_removed(embedded: Graph) -> None:
    """Owner only; the oldest go above the bound, and what was not used for long goes."""
    graph = await load(embedded)
    await check_rules(graph, area=AREA)
    kept = files(graph)
    assert len(kept) > 40
    assert {stat.S_IMODE(p.stat().st_mode) for p in kept} == {0o600}
    old = time.time() - 3 * 86_400
    for path in kept:
        os.utime(path, (old, old))
    small = replace(graph, settings=graph.settings.model_copy(update={"kept_days": 2}))
    await check_rules(
        replace(small, known=Known()), area=AREA, rule="R15", as_of=graph.today().replace(day=1)
    )
    assert files(graph)
    assert not set(files(graph)) & set(kept)
    shelf = Shelf(graph.settings.model_copy(update={"kept": 1}), graph.ledger)
    for key in "abc":
        await shelf.put("9-edition", key * 32, bytes(600_000))
    assert [p.name for p in files(graph)] == ["c" * 32]


async def test_nothing_is_kept_where_the_setting_says_so(embedded: Graph) -> None:
    """COBUILD_KEPT=0: the same answer, no file."""
    graph = await load(embedded)
    none = replace(graph, settings=graph.settings.model_copy(update={"kept": 0}))
    found = await check_rules(none, area=AREA, rule="R15")
    assert not files(graph)
    assert found == await check_rules(graph, area=AREA, rule="R15")


async def test_a_broken_file_is_found_anew(embedded: Graph) -> None:
    """What is cut short or is something else does not stand on the shelf."""
    graph = await load(embedded)
    first = await check_rules(graph, area=AREA, rule="R15")
    rule = "owners_committee_party_ratio_low"
    (path,) = [p for p in files(graph) if PackedUnit(p.read_bytes()).head["file"] == rule]
    for broken in (path.read_bytes()[:-5], b"", MAGIC, b"something else"):
        path.write_bytes(broken)
        assert await check_rules(anew(graph), area=AREA, rule="R15") == first
        assert len(path.read_bytes()) > 100


async def test_a_damaged_file_is_found_anew(embedded: Graph) -> None:
    """Wherever a disk changed a byte, of a verdict too, what it holds is not taken for what was kept."""
    graph = await load(embedded)
    first = await check_rules(graph, area=AREA, rule="R15")
    rule = "owners_committee_party_ratio_low"
    (path,) = [p for p in files(graph) if PackedUnit(p.read_bytes()).head["file"] == rule]
    whole = path.read_bytes()
    for at in range(0, len(whole), 1 + len(whole) // 40):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert await check_rules(anew(graph), area=AREA, rule="R15") == first
        assert path.read_bytes() == whole


async def test_memory_belongs_to_one_state_of_the_data(embedded: Graph) -> None:
    """What was remembered of one state is not there for another."""
    memory = memory_of(embedded)
    unit = PackedUnit(pack([], [], {}))
    memory.of("a").add("key", unit)
    assert memory.of("a").unit("key") is unit
    assert memory.of("b").unit("key") is None


@pytest.mark.parametrize("rows", [0, 1, 63, 64, 65, 200])
def test_rows_come_back_as_they_were(rows: int, embedded_values: list[Row]) -> None:
    """Every kind of value that a file returns, whatever the number of rows."""
    given = (embedded_values * (rows // 2 + 1))[:rows]
    unit = PackedUnit(pack(given, [("a", "b") if i % 3 else ("b",) for i in range(rows)], {"file": "x"}))
    assert list(unit.rows(range(rows))) == given
    assert [type(v) for row in unit.rows(range(rows)) for v in row.values()] == [
        type(v) for row in given for v in row.values()
    ]
    assert list(unit.numbers("a", frozenset())) == [i for i in range(rows) if i % 3]
    assert list(unit.numbers("b", frozenset({"a1"}))) == [i for i in range(rows) if i % 2]


@pytest.fixture
def embedded_values() -> list[Row]:
    """Two rows with dates, texts, numbers, lists and maps."""
    day = TODAY_ROW
    return [
        {
            "area": "a1",
            "verdict": "fail",
            "severity": None,
            "on": day,
            "n": 1,
            "x": 1.0,
            "b": True,
            "l": ["甲"],
        },
        {
            "area": None,
            "verdict": "pass",
            "severity": "info",
            "on": None,
            "n": None,
            "x": 0.5,
            "b": False,
            "l": [{"on": day, "n": [day, None]}],
        },
    ]
