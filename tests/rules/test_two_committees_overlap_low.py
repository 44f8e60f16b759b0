"""R42: the share of the Party committee on the residents' committee, by bounds; exact ids."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.reading.graph import Graph
from tests.builder import BEGIN
from tests.oracle.scene import COMMUNITY, DISTRICT, ORG, RESIDENTS, SOURCE, STREET, Scene, post
from tests.rules.scenes.ask import again, rows_of
from tests.strategies import DAY, TOMORROW, YESTERDAY

RULE = "two_committees_overlap_low"
YEAR = date(2025, 1, 1)
POSTS = f"{COMMUNITY}~COMPLETE_IN~{SOURCE}~post"


PARTY = ("secretary", "deputy_secretary", "committee_member")
COUNCIL = ("director", "deputy_director", "member")


class Communities:
    """Communities with their two committees and who sits in both, one or the other."""

    def __init__(self) -> None:
        self.builder = Scene(1, bodies="").builder
        self.builder.edges.pop(f"{ORG}~COVERS~{COMMUNITY}")
        self.builder.edges.pop(f"{RESIDENTS}~COVERS~{COMMUNITY}")
        self.persons = 0

    def add(
        self,
        n: int,
        both: int,
        party: int = 0,
        council: int = 0,
        *,
        listed: bool = True,
        party_seats: int | None = None,
        council_seats: int | None = None,
        bodies: str = "po rc",
        since: date = BEGIN,
        **term: Any,
    ) -> str:
        b, area = self.builder, f"990101001{n:03}"
        if area not in b.nodes:
            b.node(area, level="community")
            b.edge(area, "PART_OF", STREET)
        seats = {"po": party_seats, "rc": council_seats}
        for prefix in bodies.split():
            level = {"level": "community"} if prefix == "po" else {}
            b.node(f"{prefix}-990101-{n}", seats=seats[prefix], **level, **term)
            b.edge(f"{prefix}-990101-{n}", "COVERS", area, since)
            if listed:
                b.complete(f"{prefix}-990101-{n}", "post", since=since)
        for number in range(both + party + council):
            self.persons += 1
            who = b.node(f"p-990101-{self.persons}")
            if number < both + party:
                b.post(who, PARTY[min(number, 2)], f"po-990101-{n}", since=since)
            if not both <= number < both + party:
                b.post(who, COUNCIL[min(number, 2)], f"rc-990101-{n}", since=since)
        return area


async def asked(graph: Graph, places: Communities, **params: Any) -> dict[str, dict[str, Any]]:
    scene = Scene(1, bodies="")
    scene.builder = places.builder
    return {key[0] or "": row for key, row in (await rows_of(graph, scene, RULE, **params)).items()}


async def test_share_is_inclusive_and_exact(graph: Graph) -> None:
    """Three of five are three fifths, two of five are not; two of four pass at one half."""
    places = Communities()
    cases = {(3, 2): "pass", (2, 3): "fail", (2, 2): "fail", (2, 1): "pass", (0, 0): "not_applicable"}
    areas = {
        places.add(n, *case, since=DAY if n > 10 else BEGIN): case for n, case in enumerate(cases, start=10)
    }
    found = await asked(graph, places)
    assert {a: cases[c] for a, c in areas.items()} == {a: found[a]["verdict"] for a in areas}
    row = found["990101001011"]
    assert {k: row[k] for k in ("n", "both", "not_known", "short")} == {
        "n": 5,
        "both": 2,
        "not_known": 0,
        "short": 1,
    }
    half = await again(graph, RULE, num=1, den=2)
    assert [half[a,]["verdict"] for a in areas] == ["pass", "fail", "pass", "pass", "not_applicable"]


async def test_seats_without_a_holder_are_possible_members(graph: Graph) -> None:
    """Open lists are bounded by the seats of both committees; without seats of the term nothing is known."""
    places = Communities()
    opened: dict[str, Any] = {"listed": False}
    cases = [
        (places.add(10, 3, 2, **opened, party_seats=5), "pass"),
        (places.add(11, 3, 1, **opened, party_seats=6), "unknown"),
        (places.add(12, 1, 2, **opened, party_seats=3, council_seats=1), "fail"),
        (places.add(13, 1, 2, **opened, party_seats=3, council_seats=2), "unknown"),
        (places.add(14, 1, 2, **opened, party_seats=3), "unknown"),
        (places.add(15, 5, 0, **opened), "unknown"),
        (places.add(16, 0, 1, 1, **opened, party_seats=3, council_seats=1), "fail"),
        (places.add(17, 0, 1, 2, **opened, party_seats=3, council_seats=2), "unknown"),
        (places.add(18, 3, 2, **opened, party_seats=4), "pass"),
        (places.add(19, 3, 0, **opened, party_seats=4, elected_on=TOMORROW), "unknown"),
        (places.add(20, 3, 0, **opened, party_seats=4, elected_on=DAY), "pass"),
        (places.add(21, 1, 2, **opened, party_seats=3, council_seats=1, elected_on=DAY), "fail"),
        # As 20 and 21, of this year: the Party committee, the residents' committee.
        (places.add(22, 3, 0, **opened, party_seats=4, elected_on=YEAR), "unknown"),
        (places.add(23, 1, 2, **opened, party_seats=3, council_seats=1, elected_on=YEAR), "unknown"),
    ]
    for body in ("po-990101-22", "rc-990101-23"):
        places.builder.nodes[body]["date_precision"] = ["elected_on:year"]
    found = await asked(graph, places)
    assert dict(cases) == {a: found[a]["verdict"] for a, _ in cases}
    for n, body in ((11, None), (22, "po-990101-22"), (23, "rc-990101-23")):
        days = [f"{body}.elected_on"] if body else []
        lists = [f"post@po-990101-{n}", f"post@rc-990101-{n}"]
        assert found[f"990101001{n:03}"]["missing"] == lists + days
    bounds = {a: (found[a]["n"], found[a]["not_known"]) for a, _ in cases[:9]}
    assert bounds == {
        "990101001010": (5, 2),
        "990101001011": (6, 3),
        "990101001012": (3, 0),
        "990101001013": (3, 1),
        "990101001014": (3, 2),
        "990101001015": (5, 0),
        "990101001016": (3, 1),
        "990101001017": (3, 2),
        "990101001018": (5, 2),
    }
    first = post(6, "secretary", "po-11")
    assert first in found["990101001011"]["evidence"]
    assert {"po-990101-12", "rc-990101-12"} <= set(found["990101001012"]["evidence"])


async def test_lists_count_at_the_committees_and_above(graph: Graph) -> None:
    """One list at the community closes both; only one committee's leaves it unknown."""
    places = Communities()
    areas = [places.add(n, 1, 2, listed=False) for n in range(10, 16)]
    b = places.builder
    b.edge("po-990101-15", "COMPLETE_IN", SOURCE, until=DAY, subject="post")
    b.edge("rc-990101-15", "COMPLETE_IN", SOURCE, since=TOMORROW, subject="post")
    b.complete(areas[0], "post")
    b.complete("po-990101-11", "post")
    b.complete("rc-990101-12", "post")
    b.edge(areas[3], "COMPLETE_IN", SOURCE, until=DAY, subject="post")
    b.edge(areas[4], "COMPLETE_IN", SOURCE, since=TOMORROW, subject="post")
    found = await asked(graph, places)
    assert [found[a]["verdict"] for a in areas] == ["fail"] + ["unknown"] * 5
    assert [f"post@{b}-990101-15" for b in ("po", "rc")] == found[areas[5]]["missing"]
    assert found[areas[1]]["missing"] == ["post@rc-990101-11"]
    assert found[areas[2]]["missing"] == ["post@po-990101-12"]
    posts = [
        post(1, "secretary", "po-10"),
        post(2, "deputy_secretary", "po-10"),
        post(3, "committee_member", "po-10"),
        post(1, "director", "rc-10"),
    ]
    assert {*posts, f"{areas[0]}~COMPLETE_IN~{SOURCE}~post"} == set(found[areas[0]]["evidence"])
    assert (await again(graph, RULE, YESTERDAY))[areas[3],]["verdict"] == "fail"
    assert (await again(graph, RULE, TOMORROW))[areas[4],]["verdict"] == "fail"


async def test_a_missing_committee_is_not_applicable_only_where_known_absent(graph: Graph) -> None:
    """Without an organization the list of organizations decides, without a council the posts."""
    places = Communities()
    none, listed = (places.add(n, 0, bodies="rc") for n in (10, 11))
    alone, known = (places.add(n, 0, 2, bodies="po") for n in (12, 13))
    places.builder.complete(listed, "party_organization")
    places.builder.complete(known, "post")
    found = await asked(graph, places)
    areas = (none, listed, alone, known)
    assert {a: (found[a]["verdict"], found[a]["missing"]) for a in areas} == {
        none: ("unknown", [f"party_organization@{none}"]),
        listed: ("not_applicable", []),
        alone: ("unknown", [f"post@{alone}"]),
        known: ("not_applicable", []),
    }
    assert [f"{listed}~COMPLETE_IN~{SOURCE}~party_organization"] == found[listed]["evidence"]
    assert [f"{known}~COMPLETE_IN~{SOURCE}~post"] == found[known]["evidence"]


@pytest.mark.parametrize("spell", [{"until": DAY}, {"since": TOMORROW}], ids=str)
async def test_only_seats_held_today_count(graph: Graph, spell: dict[str, Any]) -> None:
    """Posts, and what the committees cover, as of the day; part-time members and staff are none."""
    places = Communities()
    b = places.builder
    areas = [places.add(n, 3, 2) for n in (10, 11, 12, 13)]
    b.post("p-990101-1", "part_time_member", "po-990101-13")
    b.post("p-990101-16", "community_worker", "rc-990101-10")
    b.post("p-990101-4", "community_worker", "rc-990101-10")
    for edge, change in ((post(1, "director", "rc-10"), spell), (post(6, "secretary", "po-11"), spell)):
        b.edges[edge].update(change)
    b.node("po-990101-50", level="community")
    b.edge("po-990101-50", "COVERS", areas[2], **spell)
    b.node("po-990101-51", level="quarter")
    b.edge("po-990101-51", "COVERS", areas[2])
    for number, body in ((50, "po-990101-50"), (51, "po-990101-51")):
        b.post(b.node(f"p-990101-{number}"), "committee_member", body)
    b.node("rc-990101-50")
    b.edge("rc-990101-50", "COVERS", areas[3], **spell)
    b.post("p-990101-19", "member", "rc-990101-50")
    found = await asked(graph, places)
    assert {a: (found[a]["both"], found[a]["n"]) for a in areas} == {
        areas[0]: (2, 5),
        areas[1]: (2, 4),
        areas[2]: (3, 5),
        areas[3]: (3, 5),
    }


async def test_area_gives_its_communities(graph: Graph) -> None:
    """With an area come the same rows as filtered; a community that moved counts where it is."""
    places = Communities()
    one, two, three = (places.add(n, 1, 1) for n in (10, 11, 12))
    b = places.builder
    other = b.node("990101002000", level="subdistrict")
    b.edge(other, "PART_OF", DISTRICT)
    b.complete(other, "post")
    b.complete(STREET, "post")
    b.edges.pop(f"{two}~PART_OF~{STREET}")
    b.edge(two, "PART_OF", STREET, until=DAY)
    b.edge(two, "PART_OF", other, since=DAY)
    b.edges.pop(f"{three}~PART_OF~{STREET}")
    b.edge(three, "PART_OF", other, since=TOMORROW)
    found = await asked(graph, places)
    for area, kept in (
        (STREET, {COMMUNITY, one}),
        (other, {two}),
        (one, {one}),
        (DISTRICT, {COMMUNITY, one, two}),
    ):
        expected = {a: row for a, row in found.items() if a in kept}
        assert expected == {k[0]: r for k, r in (await again(graph, RULE, area=area)).items()}
    assert three in found
    lists = [f"{area}~COMPLETE_IN~{SOURCE}~post" for area in (STREET, other)]
    assert [[r in found[a]["evidence"] for r in lists] for a in (one, two, three)] == [
        [True, False],
        [False, True],
        [False, False],
    ]
