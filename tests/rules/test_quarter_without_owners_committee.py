"""R10: quarters without an owners' committee."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.reading.graph import Graph
from tests.oracle.scene import COMMUNITY, DAY, Scene
from tests.rules.scenes.ask import again, rows_of, verdicts_of
from tests.rules.scenes.posts import SPELLS, TOMORROW, check_quarters, committee, quarter, register

R10 = "quarter_without_owners_committee"
LIST = "owners_committee"


def shown(row: dict[str, Any]) -> tuple[Any, ...]:
    """Verdict, findings, missing and evidence of a row."""
    return row["verdict"], row["findings"], row["missing"], row["evidence"]


def covers(number: int) -> str:
    return f"{committee(number)}~COVERS~{quarter(number)}"


def interim(scene: Scene, number: int, **term: date | None) -> None:
    """An interim committee that covers a quarter."""
    scene.builder.node(committee(number), kind="property_management_committee", **term)
    scene.link(committee(number), "COVERS", quarter(number))


async def test_a_committee_none_or_not_known(graph: Graph) -> None:
    """One committee passes; none fails where the list is complete and more than one owner known."""
    scene = Scene(7, bodies="")
    owners = {1: None, 2: False, 3: False, 4: None, 5: True, 6: True, 7: None}
    for number, single in owners.items():
        scene.builder.node(quarter(number), single_owner=single)
    for number in (1, 6):
        scene.builder.node(committee(number), kind="owners_committee")
        scene.link(committee(number), "COVERS", quarter(number))
    for number in (2, 4, 5):
        scene.complete(quarter(number), LIST)
    found = await rows_of(graph, scene, R10)
    assert {
        1: ("pass", [], [], [covers(1)]),
        2: ("fail", ["none"], [], [register(quarter(2), LIST)]),
        3: ("unknown", [], [f"{LIST}@{quarter(3)}"], []),
        4: ("unknown", [], [f"{quarter(4)}.single_owner"], []),
        5: ("not_applicable", [], [], [quarter(5)]),
        6: ("pass", [], [], [covers(6)]),
        7: ("unknown", [], [f"{LIST}@{quarter(7)}", f"{quarter(7)}.single_owner"], []),
    } == {n: shown(found[quarter(n),]) for n in owners}
    assert [committee(1)] == found[quarter(1),]["committees"]
    strict = await again(graph, R10, exempt_if_single_owner=False)
    assert [row["verdict"] for row in strict.values()] == [
        "pass",
        "fail",
        "unknown",
        "fail",
        "fail",
        "pass",
        "unknown",
    ]


async def test_an_interim_committee_counts_for_three_years(graph: Graph) -> None:
    """Its last day is the one before the third anniversary, or before the end of its own term."""
    scene = Scene(8, bodies="")
    for number in range(1, 9):
        scene.builder.node(quarter(number), single_owner=False)
    scene.complete(COMMUNITY, LIST)
    interim(scene, 1, elected_on=date(2022, 7, 1))
    interim(scene, 2, elected_on=date(2022, 6, 30))
    interim(scene, 3, elected_on=date(2024, 1, 1), term_until=DAY)
    interim(scene, 4, elected_on=date(2024, 1, 1), term_until=TOMORROW)
    interim(scene, 5)
    interim(scene, 6, elected_on=TOMORROW)
    interim(scene, 7, elected_on=DAY)
    interim(scene, 8, term_until=DAY)
    found = await rows_of(graph, scene, R10)
    over: tuple[Any, ...] = ("fail", ["interim_over"], [])
    closed = register(COMMUNITY, LIST)
    assert {
        1: ("pass", [], [], [covers(1)]),
        2: (*over, [covers(2), closed]),
        3: (*over, [covers(3), closed]),
        4: ("pass", [], [], [covers(4)]),
        5: ("unknown", [], [f"{committee(5)}.elected_on"], [covers(5)]),
        6: ("unknown", [], [f"{committee(6)}.elected_on"], [covers(6)]),
        7: ("pass", [], [], [covers(7)]),
        8: (*over, [covers(8), closed]),
    } == {n: shown(found[quarter(n),]) for n in range(1, 9)}
    two_years = await again(graph, R10, pmc_max_years=2)
    assert "interim_over" in two_years[quarter(1),]["findings"]
    assert two_years[quarter(4),]["verdict"] == "pass"
    none = await again(graph, R10, pmc_substitute=False)
    assert {("fail", ("interim_not_counted",))} == {
        (row["verdict"], tuple(row["findings"])) for row in none.values()
    }


async def test_only_what_is_open_on_the_day_counts(graph: Graph) -> None:
    """Committees and registers that ended today or begin tomorrow count no more, or not yet."""
    scene = Scene(8, bodies="")
    for number in range(1, 9):
        scene.builder.node(quarter(number), single_owner=False)
    for number, spell in SPELLS.items():
        scene.builder.node(committee(number), kind="owners_committee")
        scene.link(committee(number), "COVERS", quarter(number), **spell)
        scene.complete(quarter(number), LIST, "post")
        scene.link(quarter(number + 4), "COMPLETE_IN", "d-990101-register", subject=LIST, **spell)
    found = await verdicts_of(graph, scene, R10)
    assert [found[quarter(n),] for n in range(1, 5)] == ["pass", "fail", "fail", "pass"]
    assert [found[quarter(n),] for n in range(5, 9)] == ["fail", "unknown", "unknown", "fail"]


async def test_quarters_stand_in_the_area_of_the_day(graph: Graph) -> None:
    """An area holds the quarters that are part of it on the day."""
    await check_quarters(graph, R10)
