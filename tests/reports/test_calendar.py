"""The calendar: what ends after the day and within the days asked for; ends are exclusive."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from graph.errors import BadParameter, NotFound
from graph.private import MASK
from graph.reading.graph import Graph
from graph.reports.calendar import MOST_DAYS, read_calendar
from tests.conftest import unmasked
from tests.oracle.asking import store
from tests.oracle.scene import COMMUNITY, Scene
from tests.reports.scenes import DAY


def scene_of_terms() -> Scene:
    """Terms of a member, a committee and a contract that end on, after and before the last day."""
    scene = Scene(1)
    scene.people(1, 2)
    for serial, days in ((1, 30), (2, 31)):
        scene.seat(serial, "member", "oc-1", term_until=DAY + timedelta(days=days))
    scene.builder.nodes["oc-990101-1"]["term_until"] = DAY  # over since the day itself
    scene.builder.nodes["po-990101-1"] |= {
        "term_until": DAY - timedelta(days=1),
        "extended_until": DAY + timedelta(days=1),
    }
    scene.link("pp-1", "SERVES", "q-990101-01", spell=2, contract_until=date(2025, 7, 10))
    return scene


async def read(graph: Graph, **options: Any) -> dict[str, dict[str, Any]]:
    """Entries by what ends."""
    answer = await read_calendar(graph, days=30, as_of=DAY, **options)
    return {row["subject"]: row for row in answer.data}


async def test_the_calendar_lists_what_ends_within_the_days(graph: Graph) -> None:
    """The last day counts, the day after it and the day itself do not; extensions hold."""
    await store(graph, scene_of_terms().builder)
    found = await read(graph)
    post = "p-990101-1~HOLDS_POST~oc-990101-1~member~1"
    contract = "pp-990101-1~SERVES~q-990101-01~2"
    assert list(found) == ["po-990101-1", contract, post]
    assert found[post]["ends_on"] == date(2025, 7, 30)
    assert found[post]["last_day"] == date(2025, 7, 29)
    assert (found[post]["days_left"], found[post]["month"]) == (30, "2025-07")
    assert (found[post]["body"], found[post]["person"]) == ("oc-990101-1", "p-990101-1")
    assert (found[post]["role_zh"], found[post]["person_name"]) == ("委员（成员）", MASK)
    assert (found[contract]["kind_zh"], found[contract]["place"]) == ("物业合同", "q-990101-01")
    assert found["po-990101-1"]["kind_zh"] == "党组织任期"
    assert found == await read(graph, area=COMMUNITY)
    shown = await read(unmasked(graph))
    assert shown[post]["person_name"] == "p-990101-1"


async def test_a_month_is_that_of_the_last_day(graph: Graph) -> None:
    """A term that ends with June is a term of June, as its last day says."""
    scene = Scene(1)
    scene.people(1)
    scene.seat(1, "member", "oc-1", term_until=date(2025, 7, 1))
    await store(graph, scene.builder)
    (entry,) = (await read_calendar(graph, days=30, as_of=DAY)).data
    assert (entry["last_day"], entry["month"]) == (date(2025, 6, 30), "2025-06")


@pytest.mark.parametrize(
    ("until", "precision", "missing"),
    [
        (date(2025, 8, 1), "month", []),  # some day of July, or the first after it
        (date(2025, 7, 1), "month", ["oc-990101-1.term_until"]),  # may be over
        (date(2025, 10, 1), "month", None),  # ends in September
        (date(2026, 1, 1), "year", ["oc-990101-1.term_until"]),
        (date(2025, 6, 1), "month", None),
    ],
)
async def test_an_end_of_a_month_may_be_any_of_its_days(
    graph: Graph, until: date, precision: str, missing: list[str] | None
) -> None:
    """Listed where it may end within the days; the day is named where it decides."""
    scene = Scene(1)
    scene.builder.nodes["oc-990101-1"] |= {"term_until": until, "date_precision": [f"term_until:{precision}"]}
    await store(graph, scene.builder)
    found = (await read_calendar(graph, days=40 if not missing else 30, as_of=DAY)).data
    assert [row["missing"] for row in found if row["subject"] == "oc-990101-1"] == (
        [] if missing is None else [missing]
    )


async def test_only_a_sensible_number_of_days_is_asked(loaded: Graph) -> None:
    """From one day to ten years; an unknown area is reported."""
    for days in (0, -1, MOST_DAYS + 1):
        with pytest.raises(BadParameter):
            await read_calendar(loaded, days=days)
    with pytest.raises(NotFound):
        await read_calendar(loaded, area="110101000000")
