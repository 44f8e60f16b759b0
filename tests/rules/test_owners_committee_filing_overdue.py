"""R16: owners' committees not filed in time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from graph.reading.graph import Graph
from tests.oracle.asking import Row
from tests.oracle.scene import DAY, Scene
from tests.rules.scenes.ask import again, rows_of
from tests.rules.scenes.posts import TOMORROW, check_committees, committee

R16 = "owners_committee_filing_overdue"
LAST = DAY - timedelta(days=30)
"""An election on this day is to be filed today at the latest."""
BEFORE = LAST - timedelta(days=1)
LONG_AGO = date(2024, 1, 1)


def shown(row: Row) -> tuple[Any, ...]:
    """Verdict, findings and missing properties of a row, without the committee's id."""
    missing = [m.rpartition(".")[2] for m in row["missing"]]
    return row["verdict"], row["findings"], missing


def elected(terms: dict[int, dict[str, Any]]) -> Scene:
    """Committees by number with their properties."""
    scene = Scene(max(terms), bodies="oc")
    for number, term in terms.items():
        scene.builder.node(committee(number), kind="owners_committee", **term)
    return scene


async def test_thirty_days_from_the_election(graph: Graph) -> None:
    """On day 30 there is time left, on day 31 it is over; a filing dated tomorrow is not made."""
    scene = elected(
        {
            1: {"elected_on": LAST, "filed": False},
            2: {"elected_on": BEFORE, "filed": False},
            3: {"elected_on": BEFORE, "filed_on": TOMORROW},
            4: {"elected_on": BEFORE, "filed_on": DAY},
            5: {"elected_on": LAST, "filed_on": TOMORROW, "filed": True},
            6: {"elected_on": LONG_AGO, "filed": True},
            7: {"elected_on": LONG_AGO, "filed": True, "filed_on": TOMORROW},
        }
    )
    found = await rows_of(graph, scene, R16)
    assert {n: shown(found[committee(n),]) for n in range(1, 8)} == {
        1: ("pass", [], []),
        2: ("fail", ["not_filed"], []),
        3: ("fail", ["not_filed"], []),
        4: ("pass", [], []),
        5: ("pass", [], []),
        6: ("pass", [], []),
        7: ("fail", ["not_filed"], []),
    }
    columns = ("elected_on", "due_on", "filed_on", "evidence")
    assert tuple(found[committee(2),][c] for c in columns) == (
        BEFORE,
        DAY - timedelta(days=1),
        None,
        [committee(2)],
    )
    assert [found[committee(n),]["filed_on"] for n in (4, 5)] == [DAY, None]
    longer = await again(graph, R16, days=31)
    assert [longer[committee(n),]["verdict"] for n in (2, 3)] == ["pass", "pass"]


async def test_what_is_not_known(graph: Graph) -> None:
    """Without the election's day, or without a word on the filing, nothing is said."""
    scene = elected(
        {
            1: {"filed": False},
            2: {"elected_on": LONG_AGO},
            3: {},
            4: {"elected_on": TOMORROW, "filed": False},
            5: {"elected_on": DAY, "filed": False},
            6: {"elected_on": LONG_AGO, "filed": False, "filed_on": DAY},
        }
    )
    found = await rows_of(graph, scene, R16)
    assert {n: shown(found[committee(n),]) for n in range(1, 7)} == {
        1: ("unknown", [], ["elected_on"]),
        2: ("unknown", [], ["filed", "filed_on"]),
        3: ("unknown", [], ["elected_on", "filed", "filed_on"]),
        4: ("unknown", [], ["elected_on"]),
        5: ("pass", [], []),
        6: ("pass", [], []),
    }
    assert found[committee(2),]["missing"] == [f"{committee(2)}.filed", f"{committee(2)}.filed_on"]


async def test_late_filings_only_where_the_place_asks_for_them(graph: Graph) -> None:
    """A filing on day 31 passes by default; reported, it fails, and one without a day is open."""
    scene = elected(
        {
            1: {"elected_on": LONG_AGO, "filed_on": LONG_AGO + timedelta(days=30)},
            2: {"elected_on": LONG_AGO, "filed_on": LONG_AGO + timedelta(days=31)},
            3: {"elected_on": LONG_AGO, "filed": True},
            4: {"elected_on": LAST, "filed_on": TOMORROW},
            5: {"elected_on": LONG_AGO, "filed": False},
        }
    )
    found = await rows_of(graph, scene, R16)
    assert [row["verdict"] for row in found.values()] == ["pass"] * 4 + ["fail"]
    strict = await again(graph, R16, report_late=True)
    assert {n: shown(strict[committee(n),]) for n in range(1, 6)} == {
        1: ("pass", [], []),
        2: ("fail", ["filed_late"], []),
        3: ("unknown", [], ["filed_on"]),
        4: ("pass", [], []),
        5: ("fail", ["not_filed"], []),
    }


async def test_committees_stand_where_they_cover(graph: Graph) -> None:
    """A committee has a row if it covers a quarter on the day, in the areas of its quarters."""
    await check_committees(graph, R16)
