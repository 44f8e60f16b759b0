"""R12: owners' committees whose term is over, or whose renewal is late."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from graph.reading.graph import Graph
from tests.oracle.asking import Row
from tests.oracle.scene import COMMUNITY, DAY, Scene
from tests.rules.scenes.ask import again, rows_of
from tests.rules.scenes.posts import SPELLS, TOMORROW, check_committees, committee, quarter, register

R12 = "owners_committee_term_expired"
ELECTED = date(2023, 1, 1)
LATER = date(2027, 1, 1)
Term = dict[str, Any]


def elected(terms: dict[int, Term]) -> Scene:
    """Committees by number with their terms."""
    scene = Scene(max(terms), bodies="oc")
    for number, term in terms.items():
        scene.builder.node(committee(number), kind="owners_committee", **term)
    return scene


def ends_in(days: int) -> Term:
    """A term whose exclusive end lies so many days ahead."""
    return {"elected_on": ELECTED, "term_until": DAY + timedelta(days=days)}


def judged(rows: dict[Any, Row]) -> dict[int, str]:
    """By number of the committee: what was found, or the verdict."""
    found = {}
    for (subject,), row in rows.items():
        found[int(subject.rpartition("-")[2])] = " ".join(row["findings"]) or row["verdict"]
    return found


async def test_over_on_the_day_after_the_last(graph: Graph) -> None:
    """The end is exclusive; without one the longest term counts, and without both nothing."""
    scene = elected(
        {
            1: ends_in(0),
            2: {"elected_on": date(2020, 6, 30)},
            3: {"elected_on": date(2020, 7, 1)},
            4: {"term_until": DAY},
            5: {"term_until": LATER},
            6: {},
            7: {"elected_on": TOMORROW, "term_until": LATER},
            8: {"elected_on": DAY, "term_until": LATER},
            9: ends_in(1),
        }
    )
    scene.complete(COMMUNITY, "meeting")
    found = await rows_of(graph, scene, R12)
    assert judged(found) == {
        1: "expired",
        2: "expired",
        3: "no_election",
        4: "expired",
        5: "pass",
        6: "unknown",
        7: "unknown",
        8: "pass",
        9: "no_election",
    }
    columns = ("verdict", "severity", "last_day", "missing", "evidence")
    oc = committee
    shown = {n: tuple(found[oc(n),][c] for c in columns) for n in (1, 2, 5, 6, 7, 9)}
    last = DAY - timedelta(days=1)
    dates = {n: [f"{oc(n)}.elected_on", f"{oc(n)}.term_until"] for n in (6, 7)}
    assert shown == {
        1: ("fail", "violation", last, [], [oc(1)]),
        2: ("fail", "violation", last, [], [oc(2)]),
        5: ("pass", None, date(2026, 12, 31), [], [oc(5)]),
        6: ("unknown", None, None, dates[6], [oc(6)]),
        7: ("unknown", None, None, dates[7], [oc(7)]),
        9: ("fail", "warning", DAY, [], [oc(9), register(COMMUNITY, "meeting")]),
    }
    assert (found[oc(8),]["elected_on"], found[oc(8),]["last_day"]) == (DAY, date(2026, 12, 31))
    three = judged(await again(graph, R12, max_term_years=3))
    assert (three[3], three[8]) == ("expired", "pass")


async def test_the_time_before_the_end(graph: Graph) -> None:
    """From ninety days before the end an election has to be planned; or from months before."""
    scene = elected(
        {
            1: ends_in(91),
            2: ends_in(90),
            3: ends_in(1),
            4: ends_in(61),
            5: ends_in(60),
            6: {"elected_on": ELECTED, "term_until": date(2025, 12, 31)},
            7: {"elected_on": ELECTED, "term_until": date(2025, 12, 30)},
        }
    )
    scene.complete(COMMUNITY, "meeting")
    found = await rows_of(graph, scene, R12)
    assert judged(found) == {1: "pass", 6: "pass", 7: "pass"} | dict.fromkeys((2, 3, 4, 5), "no_election")
    assert found[committee(2),]["window_from"] == DAY
    sixty = judged(await again(graph, R12, report_before_days=60))
    assert [sixty[n] for n in (2, 3, 4, 5)] == ["pass", "no_election", "pass", "no_election"]
    # Six months before 31 December is 30 June; the days no longer count.
    half_a_year = await again(graph, R12, report_before_months=6, report_before_days=400)
    assert judged(half_a_year) == dict.fromkeys(range(1, 8), "no_election")
    assert half_a_year[committee(6),]["window_from"] == DAY
    five_months = await again(graph, R12, report_before_months=5)
    assert judged(five_months)[7] == "pass"
    one_month = judged(await again(graph, R12, report_before_months=1))
    assert [n for n, what in one_month.items() if what != "pass"] == [3]


async def test_a_term_of_three_to_five_years(graph: Graph) -> None:
    """Five years to the same date are five years; a day more is too long, a day less too short."""
    terms = {
        1: date(2028, 1, 1),
        2: date(2028, 1, 2),
        3: date(2028, 1, 3),
        4: date(2026, 1, 1),
        5: date(2025, 12, 31),
        6: DAY,
    }
    scene = elected({n: {"elected_on": ELECTED, "term_until": end} for n, end in terms.items()})
    scene.complete(COMMUNITY, "meeting")
    found = await rows_of(graph, scene, R12)
    five = {1: "pass", 2: "pass", 3: "too_long", 4: "pass", 5: "pass", 6: "expired"}
    assert judged(found) == five
    assert (found[committee(3),]["verdict"], found[committee(3),]["severity"]) == ("fail", "violation")
    three_to_five = await again(graph, R12, min_term_years=3)
    assert judged(three_to_five) == five | {5: "too_short", 6: "expired too_short"}
    late = await again(graph, R12, max_term_years=2, report_before_days=200, min_term_years=3)
    assert judged(late)[5] == "too_long too_short no_election"
    assert late[committee(5),]["severity"] == "violation"


async def test_an_extension_by_the_assembly_moves_the_end_where_the_place_allows_it(graph: Graph) -> None:
    """青岛 Art. 41: by five years at most; whether it was approved has to be on record."""
    old = {"elected_on": date(2018, 1, 1), "term_until": date(2023, 1, 1)}
    approved = {"extension_approved_by": "业主大会"}
    scene = elected(
        {
            1: {**old, "extended_until": date(2028, 1, 1), **approved},
            2: {**old, "extended_until": date(2028, 1, 2), **approved},
            3: {**old, "extended_until": date(2028, 1, 1)},
            4: {**old, "extended_until": date(2028, 1, 1), "extension_approved_by": "none"},
            5: {**old, "extended_until": DAY, **approved},
            6: old,
            7: {"elected_on": date(2018, 1, 1), "extended_until": date(2028, 1, 1), **approved},
            8: {**ends_in(120), "extended_until": date(2028, 1, 1)},
            9: {**old, "extended_until": DAY + timedelta(days=30), **approved},
        }
    )
    scene.complete(COMMUNITY, "meeting")
    found = await rows_of(graph, scene, R12, extension_max_years=5)
    assert judged(found) == {
        1: "pass",
        2: "extension_too_long",
        3: "unknown",
        4: "expired",
        5: "expired",
        6: "expired",
        7: "pass",
        8: "pass",
        9: "no_election",
    }
    assert found[committee(3),]["missing"] == [f"{committee(3)}.extension_approved_by"]
    assert found[committee(1),]["last_day"] == date(2027, 12, 31)
    assert found[committee(2),]["severity"] == "violation"
    elsewhere = judged(await again(graph, R12))
    assert {n for n, what in elsewhere.items() if what == "expired"} == {1, 2, 3, 4, 5, 6, 7, 9}


async def test_an_election_that_is_planned(graph: Graph) -> None:
    """The committee takes part in it, it lies ahead, it is not cancelled; else the row is open."""
    meetings: dict[int, Term] = {
        1: {"kind": "election", "status": "planned"},
        2: {"kind": "election", "status": "planned", "held_on": DAY},
        3: {"kind": "election", "status": "planned", "held_on": DAY - timedelta(days=1)},
        4: {"kind": "election", "status": "cancelled"},
        5: {"kind": "talk", "status": "planned"},
        6: {"kind": "election", "status": "planned", "held_on": TOMORROW},
        7: {"kind": "election", "status": "planned"},
        8: {"kind": "election", "status": "planned"},
    }
    scene = elected(dict.fromkeys(range(1, 10), ends_in(30)) | {10: ends_in(-1)})
    for number, meeting in meetings.items():
        scene.builder.node(f"m-990101-{number}", **meeting)
        spell = {6: {"since": TOMORROW}, 7: {"until": DAY}, 8: {"until": TOMORROW}}.get(number, {})
        scene.link(committee(number), "TAKES_PART_IN", f"m-990101-{number}", **spell)
    scene.link(committee(10), "TAKES_PART_IN", "m-990101-1")
    found = await rows_of(graph, scene, R12)
    assert judged(found) == dict.fromkeys((1, 2, 6, 8), "pass") | dict.fromkeys(
        (3, 4, 5, 7, 9), "unknown"
    ) | {10: "expired"}
    assert found[committee(9),]["missing"] == [f"meeting@{committee(9)}"]
    assert found[committee(1),]["evidence"] == [committee(1), f"{committee(1)}~TAKES_PART_IN~m-990101-1"]
    first_day = await again(graph, R12, report_before_days=30)
    assert found[committee(1),]["evidence"] == first_day[committee(1),]["evidence"]
    early = await again(graph, R12, report_before_days=29)
    assert early[committee(1),]["evidence"] == [committee(1)]


async def test_only_registers_of_the_day_close_the_list_of_meetings(graph: Graph) -> None:
    """Lists that ended today or begin tomorrow close nothing; at the body or at its quarter."""
    scene = elected(dict.fromkeys(range(1, 6), ends_in(30)))
    for number, spell in SPELLS.items():
        scene.link(committee(number), "COMPLETE_IN", "d-990101-register", subject="meeting", **spell)
        scene.complete(quarter(number), "post")
    scene.complete(quarter(5), "meeting")
    found = await rows_of(graph, scene, R12)
    assert judged(found) == dict.fromkeys((1, 4, 5), "no_election") | dict.fromkeys((2, 3), "unknown")
    assert found[committee(5),]["evidence"] == [committee(5), register(quarter(5), "meeting")]


async def test_committees_stand_where_they_cover(graph: Graph) -> None:
    """A committee has a row if it covers a quarter on the day, in the areas of its quarters."""
    await check_committees(graph, R12)
