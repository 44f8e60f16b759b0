"""R53: the term of a residents' committee is five years, and it is renewed in time."""

from __future__ import annotations

from datetime import date, timedelta

from graph.reading.graph import Graph
from tests.oracle.scene import RESIDENTS
from tests.rules.scenes.ask import again, rows_of
from tests.rules.scenes.communities import assert_spells
from tests.rules.scenes.councils import check_places, council, councils, covering
from tests.strategies import DAY, TOMORROW

R53 = "residents_committee_term_expired"


async def test_over_on_the_day_after_the_last(graph: Graph) -> None:
    """The end is exclusive; five years where it is not recorded; extensions do not count."""
    began = date(2022, 1, 1)
    scene = councils(
        {
            2: {"elected_on": date(2020, 6, 30)},
            3: {"elected_on": date(2020, 7, 1)},
            4: {"elected_on": began, "term_until": DAY},
            5: {"elected_on": began, "term_until": TOMORROW},
            6: {"elected_on": began, "term_until": date(2027, 1, 2)},
            7: {"elected_on": began, "term_until": date(2027, 1, 3)},
            8: {"term_until": DAY},
            9: {"elected_on": TOMORROW, "term_until": date(2030, 1, 1)},
            10: {},
            11: {
                "elected_on": date(2020, 1, 1),
                "extended_until": date(2026, 1, 1),
                "extension_approved_by": "街道办事处",
            },
            12: {"elected_on": DAY},
            13: {"elected_on": date(2018, 1, 1), "term_until": date(2023, 6, 1)},
        }
    )
    found = await rows_of(graph, scene, R53)
    del found[RESIDENTS,]
    expected = {
        2: "expired",
        3: "pass",
        4: "expired",
        5: "pass",
        6: "pass",
        7: "too_long",
        8: "expired",
        9: "unknown",
        10: "unknown",
        11: "expired",
        12: "pass",
        13: "expired too_long",
    }
    said = {key[0]: " ".join(row["findings"]) or row["verdict"] for key, row in found.items()}
    assert said == {council(n): what for n, what in expected.items()}
    yesterday = DAY - timedelta(days=1)
    columns = ("elected_on", "last_day", "missing", "evidence")
    assert tuple(found[council(2),][c] for c in columns) == (
        date(2020, 6, 30),
        date(2025, 6, 29),
        [],
        [council(2)],
    )
    assert found[council(4),]["last_day"] == yesterday
    dates = [f"{council(10)}.elected_on", f"{council(10)}.term_until"]
    assert (found[council(10),]["missing"], found[council(10),]["evidence"]) == (dates, [])
    three = await again(graph, R53, term_years=3)
    assert [three[council(n),]["findings"] for n in (3, 5, 12)] == [["expired"], ["too_long"], []]


async def test_every_edge_counts_within_its_spell_only(graph: Graph) -> None:
    """A committee has a row while it covers its community."""
    await assert_spells(graph, R53, [covering("unknown")], lambda n: (council(n),))


async def test_committees_stand_where_they_cover(graph: Graph) -> None:
    """A committee has a row in the area of the day, and is found by the areas above."""
    await check_places(graph, R53)
