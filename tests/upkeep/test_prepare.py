"""Preparation: everything is found beforehand, one at a time, told and cancelled from elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from datetime import date

import httpx
import pytest

from api.http import preparer
from graph.errors import BadParameter, StoreUnavailable
from graph.loading.load import load_delivery
from graph.loading.order import seed_folders
from graph.model import NODES
from graph.reading.findings import progress
from graph.reading.findings.days import KEY, read_days
from graph.reading.findings.narrowed import narrowed
from graph.reading.findings.progress import PreparationCancelled
from graph.reading.findings.shelf import Shelf
from graph.reading.findings.ways import ways_of
from graph.reading.graph import Graph, Known
from graph.rules.check import check_rules
from graph.upkeep.prepare import cancel_preparation, prepare, read_preparation
from graph.upkeep.shapes import PreparationShape
from tests.api.conftest import client_of, get, make_app
from tests.conftest import unmasked
from tests.reading.findings.counting import Counting

AREA = "990101000000"


@pytest.fixture
async def district(embedded: Graph) -> AsyncIterator[Graph]:
    """The invented district, of which nothing is kept."""
    await Shelf(embedded.settings, embedded.ledger).clear()
    await load_delivery(embedded.store, next(d for d in seed_folders() if "worked_example" in str(d)))
    yield replace(embedded, known=Known())
    await Shelf(embedded.settings, embedded.ledger).clear()


async def test_everything_is_found_once_and_told(district: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two at once: one finds, the other hears how far it is; afterwards a check runs no rule."""
    heard: list[PreparationShape] = []
    waiting: list[PreparationShape] = []
    assert read_preparation(district.settings)["state"] == "idle"
    first, second = await asyncio.gather(
        prepare(district, report=heard.append),
        prepare(replace(district, known=Known()), report=waiting.append),
    )
    assert first.data["state"] == second.data["state"] == "complete"
    steps = [state["done"] for state in heard if state["total"]]
    assert steps == sorted(steps) == list(range(first.data["total"] + 1))
    assert {state["file"] for state in heard} > {"owners_committee_party_ratio_low", "party_branch"}
    assert any(0 < state["done"] < state["total"] for state in waiting[: len(waiting) // 2])
    assert read_preparation(district.settings) == second.data

    shelf, edition = Shelf(district.settings, district.ledger), district.known.edition or ""
    words = {turn.word for q in district.catalogue.folder("coverage") for turn in q.header.turns or ()}
    assert words <= set(read_days(await shelf.take(edition, KEY) or b"")), "the days that turn are known"

    engine = Counting(district, monkeypatch)
    found = await check_rules(unmasked(district), area=AREA)
    assert 0 < len(found.data) <= first.data["rows"]
    again: list[PreparationShape] = []
    await prepare(district, report=again.append)
    assert not engine.of(district), "a rule was run again"
    files = [district.catalogue[state["file"]] for state in heard if state["file"] is not None]
    mending = {narrowed(query, label) for query in files if ways_of(query) for label in NODES} - {None, ""}
    assert len(mending) > len(files) / 2
    assert mending <= {*engine.texts, *engine.held}, (
        "a text by which files are mended was not asked beforehand"
    )
    assert again[1]["seconds_left"] is not None, "what it took the last time is known"


async def test_it_is_cancelled_from_elsewhere(district: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stops after the file under way; what was found stays, and the next one goes on from there."""

    async def stopped_at(done: int) -> PreparationShape:
        def cancel(state: PreparationShape) -> None:
            if state["done"] == done:
                assert cancel_preparation(district.settings)["state"] == "under_way"

        with pytest.raises(PreparationCancelled):
            await prepare(district, report=cancel)
        return read_preparation(district.settings)

    first = await stopped_at(3)
    assert (first["state"], first["done"]) == ("cancelled", 3)
    engine = Counting(district, monkeypatch)
    assert (await stopped_at(5))["done"] == 5
    assert len(engine.of(district)) == 2, "the first three were run again"


async def test_a_preparation_that_was_killed_is_not_under_way(district: Graph) -> None:
    """A task that ends in the middle leaves no state behind that says it goes on."""
    task = asyncio.create_task(prepare(district))
    while read_preparation(district.settings)["state"] != "under_way":  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert read_preparation(district.settings)["state"] == "cancelled"


async def test_a_question_that_takes_long_is_told_of_and_cancelled(
    district: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """File by file, as a preparation, of which is told again afterwards; who asks again goes on."""
    monkeypatch.setattr(progress, "DELAY", 0.01)
    await prepare(district, as_of=date(2024, 6, 30))
    before = read_preparation(district.settings)
    seen: list[PreparationShape] = []
    said = Shelf(district.settings, district.ledger).folder / progress.CANCEL
    said.touch()  # as a caller who cancelled the last one left it

    async def look(*, cancel: bool) -> None:
        while True:
            now = read_preparation(district.settings)
            if now["state"] == "under_way" and now["done"] > 2:
                seen.append(cancel_preparation(district.settings) if cancel else now)
                return
            await asyncio.sleep(0)

    looking = asyncio.create_task(look(cancel=True))
    with pytest.raises(PreparationCancelled):
        await check_rules(district, area=AREA, as_of=date(2025, 6, 30))
    await looking
    assert read_preparation(district.settings) == before
    looking = asyncio.create_task(look(cancel=False))
    answer = await check_rules(district, area=AREA, as_of=date(2025, 6, 30))
    await looking
    assert answer.data
    first, second = (state["total"] for state in seen)
    assert 0 < second < first, "what was found stays"
    assert [state["as_of"] for state in seen] == [date(2025, 6, 30)] * 2
    assert said.exists()
    assert read_preparation(district.settings) == before


async def test_nothing_to_prepare_where_nothing_is_kept(district: Graph) -> None:
    """It is said which setting is in the way."""
    none = replace(district, settings=district.settings.model_copy(update={"kept": 0}))
    with pytest.raises(BadParameter, match="COBUILD_KEPT"):
        await prepare(none)


async def test_over_http_and_others_are_answered_meanwhile(district: Graph) -> None:
    """Started, looked at, cancelled; a point query is answered while it runs."""
    app = make_app(district)
    async with client_of(app) as client:
        assert (await get(client, "/api/v1/preparation"))["data"]["state"] == "idle"
        nothing = await client.delete("/api/v1/preparation")
        assert nothing.json()["data"]["state"] == "idle"
        started = await client.post("/api/v1/preparation", json={})
        assert started.json()["data"]["state"] == "under_way"
        node = await client.get("/api/v1/nodes/q-990101-001")
        assert node.status_code == httpx.codes.OK
        assert (await get(client, "/api/v1/preparation"))["data"]["state"] == "under_way"
        await client.delete("/api/v1/preparation")
        await app.state.preparer._task
        assert (await get(client, "/api/v1/preparation"))["data"]["state"] == "cancelled"


async def test_who_waits_for_it_is_cancelled_with_it(district: Graph) -> None:
    """Both told the same progress: what was cancelled does not begin anew by who came second."""
    waited = asyncio.Event()
    first = asyncio.create_task(prepare(district))
    while read_preparation(district.settings)["state"] != "under_way":  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    second = asyncio.create_task(prepare(replace(district, known=Known()), report=lambda _: waited.set()))
    await waited.wait()
    assert cancel_preparation(district.settings)["state"] == "under_way"
    third = asyncio.create_task(prepare(replace(district, known=Known())))
    ended = await asyncio.gather(first, second, return_exceptions=True)
    assert [type(error) for error in ended] == [PreparationCancelled] * 2
    assert (await third).data["state"] == "complete", "what is begun after it goes on"


@pytest.mark.parametrize(("how", "state"), [("killed", "complete"), ("cancelled", "cancelled")])
async def test_what_was_cancelled_is_left_alone_and_what_was_killed_is_not(
    how: str, state: str, district: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A service that prepares by itself goes on with what ended with its process."""

    def stop(found: PreparationShape) -> None:
        if found["done"] == 3:
            if how == "killed":
                raise asyncio.CancelledError
            cancel_preparation(district.settings)

    with pytest.raises((PreparationCancelled, asyncio.CancelledError)):
        await prepare(district, report=stop, warm=False)
    assert read_preparation(district.settings)["seconds_left"] is None
    monkeypatch.setattr(preparer, "LOOK", 0.05)
    watcher = preparer.Preparer(replace(district, known=Known()))
    watcher.watch()
    for _ in range(20 if how == "cancelled" else 600):
        if (told := read_preparation(district.settings)["state"]) == "complete":
            break
        await asyncio.sleep(0.1)
    await watcher.close()
    assert told == state


async def test_what_fails_is_not_begun_for_ever(district: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """A preparation that fails each time is begun three times for a day and state of the data."""
    begun = 0

    async def fails(*_: object, **__: object) -> None:
        nonlocal begun
        begun += 1
        raise StoreUnavailable("坏", "bad")

    monkeypatch.setattr(preparer, "LOOK", 0.01)
    monkeypatch.setattr(preparer, "prepare", fails)
    watcher = preparer.Preparer(district)
    watcher.watch()
    await asyncio.sleep(1)
    await watcher.close()
    assert begun == preparer.MOST
