"""The graph in columns is the graph, whatever happened to it or to the process that holds it."""

from __future__ import annotations

import asyncio
import random
import stat
from dataclasses import replace
from datetime import date
from pathlib import Path

import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.catalogue import Select
from graph.ledger.entries import entry_now
from graph.model import EDGES, NODES
from graph.reading.findings import scan as scanning
from graph.reading.findings.asked import Ask
from graph.reading.findings.facts import facts
from graph.reading.findings.find import find_cuts
from graph.reading.findings.holding import bring, rows_from
from graph.reading.findings.scan import scan, wanted_of
from graph.reading.findings.shelf import Shelf, columns_in
from graph.reading.graph import Graph
from graph.upkeep.forget import forget
from tests.builder import GraphBuilder, district
from tests.conftest import Opener, unmasked
from tests.oracle.asking import store
from tests.reading.findings.changing import change_some, first_version
from tests.reading.findings.counting import Counting
from tests.reading.findings.direct import FILES, asked_directly
from tests.reading.findings.holding_columns import anew, elements, held, holding, read_alike
from tests.strategies import DAY, graphs

QUARTERS = Select("MATCH (q:Quarter) RETURN q.id AS id ORDER BY id", {}, ())


async def drawn(graph: Graph) -> Graph:
    """A district with three quarters and a person, as one that was loaded."""
    await Shelf(graph.settings, graph.ledger).clear()
    builder = GraphBuilder()
    quarters = district(builder, 3)
    builder.edge(builder.node("p-990101-1"), "LIVES_IN", quarters[0])
    await store(graph, builder)
    await first_version(graph)
    return unmasked(anew(graph))


async def test_what_is_read_is_the_graph(loaded: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every node and edge of five places and a district, on both engines, as wholes or in parts."""
    wanted = wanted_of(loaded.catalogue)
    assert not {"name", "note", "about"} & {*wanted["Person"], *wanted["LIVES_IN"]}
    assert not {"note", "quote", "title", "source"} & {name for names in wanted.values() for name in names}
    alike = await read_alike(loaded)
    assert {kind for kind, _ in alike} >= {*NODES, *EDGES} - {"USES"}
    for most in (scanning.MOST, 500):
        monkeypatch.setattr(scanning, "MOST", most)
        parts = [part async for part in scan(loaded.store, wanted, 1_000_000)]
        assert elements(parts) == alike


async def test_what_the_engine_gives_is_the_graph(loader: Opener, tmp_path: Path) -> None:
    """The same as the embedded engine's process writes it into a file, which is gone afterwards."""
    graph = unmasked(anew(await loader("embedded")))
    assert await bring(graph)
    assert await held(graph, tmp_path) == await read_alike(graph)
    assert not list((graph.settings.data_dir / "engine" / "given").iterdir())


@settings(max_examples=6)
@given(builder=graphs(), seed=st.integers(0, 1_000_000))
async def test_after_changes_it_is_what_would_be_read(
    embedded: Graph, tmp_path_factory: pytest.TempPathFactory, builder: GraphBuilder, seed: int
) -> None:
    """Edges and places end, begin, go and come, and derived edges follow: the same as read anew."""
    await Shelf(embedded.settings, embedded.ledger).clear()
    await store(embedded, builder)
    await first_version(embedded)
    graph, draw, folder = unmasked(anew(embedded)), random.Random(seed), tmp_path_factory.mktemp("held")
    assert await bring(graph)
    for _ in range(5):
        await change_some(graph, draw)
        assert await rows_from(graph, QUARTERS.text, {}, worth=False) is not None
        assert holding(graph)._tried[1] == 1
        assert await held(graph, folder) == await read_alike(graph)


async def test_rules_say_what_the_engine_says(embedded: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """All files asked for a place at once are answered from columns, few by the engine."""
    graph = await drawn(embedded)
    asks = [Ask(q, graph.bind_known(q, {"as_of": DAY, "area": None}), None) for q in FILES]
    engine = Counting(graph, monkeypatch)
    _, cuts = await find_cuts(graph, asks)
    assert len(engine.held) > 4 * sum(query.asked in engine.texts for query in FILES)
    for ask, cut in zip(asks, cuts, strict=True):
        assert list(cut.rows()) == await asked_directly(graph, ask.query, dict(ask.parameters))


async def test_who_asks_for_little_asks_the_engine(embedded: Graph) -> None:
    """A file or two, or an area inside, do not have the whole graph read."""
    graph = await drawn(embedded)
    query = graph.catalogue["quarter_without_party_branch"]
    await find_cuts(graph, [Ask(query, graph.bind_known(query, {"as_of": DAY, "area": None}), None)])
    assert not holding(graph).holds
    within = [Ask(q, graph.bind_known(q, {"as_of": DAY, "area": "990101001001"}), None) for q in FILES]
    await find_cuts(graph, within)
    assert not holding(graph).holds


async def test_a_process_that_dies_is_no_error(embedded: Graph) -> None:
    """The file of columns is read again; without it the engine is asked; twice it is read anew."""
    graph = await drawn(embedded)
    assert await bring(graph)
    path = columns_in(graph.settings)
    assert path is not None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    expected = await facts(graph, QUARTERS)
    for _ in range(2):
        _kill(graph)
        assert await rows_from(graph, QUARTERS.text, {}, worth=False) is None
        assert await rows_from(graph, QUARTERS.text, {}, worth=True) == expected
    path.unlink()
    _kill(graph)
    assert await rows_from(graph, QUARTERS.text, {}, worth=True) is None
    assert await facts(graph, QUARTERS) == expected
    path.unlink(missing_ok=True)
    assert await bring(graph)
    path.unlink()
    _kill(graph)
    assert not await bring(graph)
    assert await facts(graph, QUARTERS) == expected


async def test_a_damaged_file_is_not_read(embedded: Graph) -> None:
    """Half a file, one with other values in it, or one of another catalogue, is as none."""
    graph = await drawn(embedded)
    assert await bring(graph)
    path = columns_in(graph.settings)
    assert path is not None
    content = path.read_bytes()
    other = content.replace(b"q-", b"r-", 1)
    assert other != content
    for wrong in (content[: len(content) // 2], content.replace(b"households", b"householdx"), other, b""):
        path.write_bytes(wrong)
        assert await rows_from(anew(graph), QUARTERS.text, {}, worth=True) is None
    path.write_bytes(content)
    assert await rows_from(anew(graph), QUARTERS.text, {}, worth=True) == await facts(graph, QUARTERS)


async def test_who_waits_no_longer_ends_the_process(embedded: Graph) -> None:
    """A text that is cancelled is not computed on."""
    graph = await drawn(embedded)
    assert await bring(graph)
    client = holding(graph).client
    process = client._process
    assert process is not None
    stopped = psutil.Process(process.pid)
    stopped.suspend()
    asked = asyncio.create_task(rows_from(graph, QUARTERS.text, {}, worth=True))
    await asyncio.sleep(0.2)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    assert not client.alive
    assert len(await facts(graph, QUARTERS)) == 3


async def test_a_text_has_its_time(embedded: Graph) -> None:
    """Past the time limit the process is ended, and the engine asked."""
    graph = await drawn(embedded)
    graph = replace(graph, settings=graph.settings.model_copy(update={"time_limit": 0.3}))
    assert await bring(graph)
    process = holding(graph).client._process
    assert process is not None
    psutil.Process(process.pid).suspend()
    assert len(await facts(graph, QUARTERS)) == 3
    assert not holding(graph).holds


async def test_what_took_too_long_is_left_to_the_engine(embedded: Graph) -> None:
    """Until the data change; other texts are answered."""
    graph = await drawn(embedded)
    short = replace(graph, settings=graph.settings.model_copy(update={"time_limit": 0.5}))
    assert await bring(graph)
    _suspend(graph)
    assert await rows_from(short, QUARTERS.text, {}, worth=True) is None
    assert await bring(graph)
    other = f"{QUARTERS.text} DESC"
    assert await rows_from(graph, QUARTERS.text, {}, worth=True) is None
    assert len(await rows_from(graph, other, {}, worth=True) or ()) == 3
    draw = random.Random(1)
    while not await change_some(graph, draw):
        pass
    assert await bring(graph)
    assert await rows_from(graph, QUARTERS.text, {}, worth=True) is not None


async def test_what_the_process_died_of_twice_is_left_to_the_engine(embedded: Graph) -> None:
    """Once it may have been killed by somebody else."""
    graph = await drawn(embedded)
    for _ in range(2):
        assert await bring(graph)
        _suspend(graph)
        asked = asyncio.create_task(rows_from(graph, QUARTERS.text, {}, worth=True))
        await asyncio.sleep(0.2)
        _kill(graph)
        assert await asked is None
    assert await bring(graph)
    assert await rows_from(graph, QUARTERS.text, {}, worth=True) is None
    assert holding(graph).holds


async def test_an_erased_person_is_in_no_columns(embedded: Graph, tmp_path: Path) -> None:
    """The file goes with the person, and what a process holds is not asked again."""
    graph = await drawn(embedded)
    assert await bring(graph)
    path = columns_in(graph.settings)
    assert path is not None
    assert b"p-990101-1" in path.read_bytes()
    await forget(graph, "p-990101-1", entry_now("local:test", "forget", reason="test"))
    assert not path.exists()
    assert await rows_from(graph, QUARTERS.text, {}, worth=True) is None
    assert await bring(graph)
    assert ("Person", "p-990101-1") not in await held(graph, tmp_path)
    assert b"p-990101-1" not in path.read_bytes()


@pytest.mark.parametrize("setting", [{"columns": False}, {"kept": 0}, {"columns_most": 3}])
async def test_a_deployment_may_do_without(embedded: Graph, setting: dict[str, int]) -> None:
    """Switched off, where nothing is kept, and for a graph that is too large: the engine answers."""
    graph = await drawn(embedded)
    graph = replace(graph, settings=graph.settings.model_copy(update=setting))
    assert not await bring(graph)
    assert len(await facts(graph, QUARTERS)) == 3


async def test_what_is_not_compiled_is_asked_of_the_engine(embedded: Graph) -> None:
    """A text of another form is answered all the same."""
    graph = await drawn(embedded)
    assert await bring(graph)
    text = "MATCH (q:Quarter) RETURN q.id AS id, coalesce(q.note, q.id) AS name ORDER BY id"
    select = QUARTERS._replace(text=text)
    assert await rows_from(graph, select.text, {}, worth=True) is None
    assert [row["name"] for row in await facts(graph, select)] == [
        r["id"] for r in await facts(graph, QUARTERS)
    ]


@pytest.mark.parametrize(
    ("text", "given", "x"),
    [
        ("toInteger('1.5')", {}, 1),
        ("substring('abc', $n, 1)", {"n": 1}, "b"),
        ("CASE WHEN 1.0 / $n > 5 THEN 'much' END", {"n": 0}, "much"),
        ("date('2024-02')", {}, date(2024, 2, 1)),
        ("date('9999-12-31') + duration({months: $n}) > date('2024-01-01')", {"n": 1}, True),
    ],
)
async def test_where_compiled_code_fails_the_engine_is_asked(
    embedded: Graph, text: str, given: dict[str, int], x: object
) -> None:
    """What Python raises is no answer, and the process that holds the columns goes on."""
    graph = await drawn(embedded)
    assert await bring(graph)
    process = holding(graph).client._process
    select = QUARTERS._replace(text=f"MATCH (q:Quarter) RETURN {text} AS x", parameters=given)
    assert await facts(graph, select) == [{"x": x}] * 3
    assert await rows_from(graph, QUARTERS.text, {}, worth=True) is not None
    assert holding(graph).client._process is process


def _kill(graph: Graph) -> None:
    process = holding(graph).client._process
    assert process is not None
    process.kill()
    process.wait()


def _suspend(graph: Graph) -> None:
    process = holding(graph).client._process
    assert process is not None
    psutil.Process(process.pid).suspend()
