"""R15: share of Party members on owners' committees."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from graph.reading.graph import Graph
from tests.oracle.scene import COMMUNITY, DAY, SOURCE, Scene
from tests.oracle.view import Identity
from tests.rules.scenes.ask import rows_of
from tests.rules.scenes.communities import area, assert_spells, community, linked, quarter
from tests.rules.scenes.posts import check_committees
from tests.strategies import TOMORROW, YESTERDAY

R15 = "owners_committee_party_ratio_low"
FIRST, SECOND = (f"q-990101-{n:02}" for n in range(1, 3))


def committee(scene: Scene, number: int, party: int, others: int, unknown: int = 0) -> None:
    """Seats on committee `number`: Party members, persons who are none, and unknown ones."""
    statuses = ["full"] * party + ["none"] * others + [None] * unknown
    for serial, status in enumerate(statuses, start=number * 100):
        scene.person(serial, party_status=status)
        scene.seat(serial, "member", f"oc-{number}")


@pytest.mark.parametrize(
    ("party", "size", "share", "verdict"),
    [
        (3, 5, (3, 5), "pass"),
        (3, 5, (1, 2), "pass"),
        (2, 5, (3, 5), "fail"),
        (4, 7, (3, 5), "fail"),
        (4, 7, (1, 2), "pass"),
        (5, 7, (3, 5), "pass"),
        (2, 3, (3, 5), "pass"),
        (1, 3, (3, 5), "fail"),
        (6, 9, (2, 3), "pass"),
        (5, 9, (3, 5), "fail"),
        (7, 11, (3, 5), "pass"),
        (6, 11, (3, 5), "fail"),
    ],
)
async def test_party_share_is_inclusive_and_exact(
    graph: Graph, party: int, size: int, share: tuple[int, int], verdict: str
) -> None:
    """Three of five are three fifths; four of seven are not, but more than half."""
    scene = Scene()
    committee(scene, 1, party, size - party)
    scene.builder.nodes["oc-990101-1"]["seats"] = size
    num, den = share
    (row,) = (await rows_of(graph, scene, R15, num=num, den=den)).values()
    short = -(-num * size // den) - party
    assert (verdict, size, party, short) == (row["verdict"], row["n"], row["party"], row["short"])


async def test_seats_without_a_holder_make_the_share_unknown(graph: Graph) -> None:
    """Vacant seats count as possible members until a register says that the list is complete."""
    scene = Scene(4)
    committee(scene, 1, party=2, others=1)
    committee(scene, 2, party=2, others=1)
    committee(scene, 3, party=3, others=0)
    committee(scene, 4, party=2, others=1)
    for number, seats in ((1, 5), (2, 5), (3, 5)):
        scene.builder.nodes[f"oc-990101-{number}"]["seats"] = seats
    scene.complete(SECOND, "post")
    found = await rows_of(graph, scene, R15)
    assert {key: row["verdict"] for key, row in found.items()} == {
        ("oc-990101-1",): "unknown",  # 2 of 5, two seats open
        ("oc-990101-2",): "pass",  # 2 of the 3 that are all there are
        ("oc-990101-3",): "pass",  # 3 of 5 at least
        ("oc-990101-4",): "unknown",  # how many seats there are is not known
    }
    assert found["oc-990101-1",]["missing"] == ["post@oc-990101-1"]


async def test_unknown_status_counts_as_possible_and_a_later_joiner_not_yet(graph: Graph) -> None:
    """Bounds: an unknown status keeps the verdict open only while it could change it."""
    scene = Scene(4)
    committee(scene, 1, party=2, others=2, unknown=1)
    committee(scene, 2, party=1, others=3, unknown=1)
    committee(scene, 3, party=2, others=1)
    scene.builder.nodes["p-990101-300"]["party_joined_on"] = TOMORROW
    scene.builder.nodes["p-990101-301"]["party_status"] = "probationary"
    scene.complete(COMMUNITY, "post")
    found = await rows_of(graph, scene, R15)
    assert {key: row["verdict"] for key, row in found.items()} == {
        ("oc-990101-1",): "unknown",
        ("oc-990101-2",): "fail",
        ("oc-990101-3",): "fail",
        ("oc-990101-4",): "not_applicable",
    }
    assert found["oc-990101-1",]["missing"] == ["p-990101-104.party_status"]
    later = await rows_of(graph, scene, R15, TOMORROW)
    assert later["oc-990101-3",]["verdict"] == "pass"


async def test_share_follows_the_spells_of_the_members(graph: Graph) -> None:
    """Before, within and after a spell; a second counts again; who sits twice counts once."""
    scene = Scene()
    scene.person(1, party_status="full")
    scene.person(2, party_status="none")
    first, last = date(2024, 1, 1), date(2024, 12, 31)
    scene.seat(1, "member", "oc-1", since=first, until=last)
    scene.seat(1, "member", "oc-1", since=DAY, spell=2)
    scene.seat(1, "chair", "oc-1", since=DAY)
    scene.seat(2, "member", "oc-1")
    scene.complete(FIRST, "post")
    days = {first - timedelta(days=1): 0, first: 1, last - timedelta(days=1): 1, last: 0, DAY: 1}
    for day, party in days.items():
        (row,) = (await rows_of(graph, scene, R15, day)).values()
        assert (party, 1 + party) == (row["party"], row["n"]), day


async def test_seats_and_membership_count_from_their_day_on(graph: Graph) -> None:
    """Seats of a committee elected tomorrow are not known today; who joins today is a member."""
    scene = Scene(7)
    for number in (1, 2, 3, 6, 7):
        committee(scene, number, party=3, others=0)
        scene.builder.nodes[f"oc-990101-{number}"]["seats"] = 5
    year = {"elected_on": date(2025, 1, 1), "date_precision": ["elected_on:year"]}
    month = {"elected_on": date(2025, 6, 1), "date_precision": ["elected_on:month"]}
    scene.builder.nodes["oc-990101-6"] |= year  # perhaps tomorrow
    scene.builder.nodes["oc-990101-7"] |= month  # today, which is the last of June, at the latest
    committee(scene, 4, party=3, others=3)
    scene.builder.nodes["oc-990101-4"]["seats"] = 5  # fewer than sit
    committee(scene, 5, party=3, others=2)
    for number, day in ((1, YESTERDAY), (2, DAY), (3, TOMORROW)):
        scene.builder.nodes[f"oc-990101-{number}"]["elected_on"] = day
    for serial, day in ((500, YESTERDAY), (501, DAY), (502, TOMORROW)):
        scene.builder.nodes[f"p-990101-{serial}"]["party_joined_on"] = day
    scene.complete("oc-5", "post")
    found = await rows_of(graph, scene, R15, num=3, den=5)
    columns = ("verdict", "n", "party", "not_known", "short", "missing")
    assert {key[0]: tuple(row[c] for c in columns) for key, row in found.items()} == {
        "oc-990101-1": ("pass", 5, 3, 2, 0, ["post@oc-990101-1"]),
        "oc-990101-2": ("pass", 5, 3, 2, 0, ["post@oc-990101-2"]),
        "oc-990101-3": ("unknown", 3, 3, 0, -1, ["post@oc-990101-3"]),
        "oc-990101-4": ("fail", 6, 3, 0, 1, []),
        "oc-990101-5": ("fail", 5, 2, 0, 1, []),
        "oc-990101-6": ("unknown", 3, 3, 0, -1, ["post@oc-990101-6", "oc-990101-6.elected_on"]),
        "oc-990101-7": ("pass", 5, 3, 2, 0, ["post@oc-990101-7"]),
    }


def key(n: int) -> Identity:
    """The committee of number `n`."""
    return (f"oc-990101-{n}",)


def of_two(scene: Scene, n: int) -> None:
    """A committee with a Party member and one who is none; its posts are listed."""
    community(scene, n, bodies="")
    quarter(scene, n, bodies="oc")
    scene.person(n, party_status="full")
    scene.builder.node(f"p-990101-{n}b", party_status="none")
    scene.seat(n, "chair", f"oc-{n}")
    scene.link(f"p-{n}b", "HOLDS_POST", f"oc-{n}", role="member")
    scene.complete(f"oc-{n}", "post")


def unlisted(scene: Scene, n: int) -> None:
    """As `of_two`, but posts are not listed."""
    of_two(scene, n)
    del scene.builder.edges[f"oc-990101-{n}~COMPLETE_IN~{SOURCE}~post"]


def listed_above(scene: Scene, n: int) -> None:
    """As `of_two`, but posts are listed for the community only."""
    unlisted(scene, n)
    scene.complete(area(n), "post")


async def test_every_edge_counts_within_its_spell_only(graph: Graph) -> None:
    """Seats, what is covered, places and lists have days."""
    cases = [
        linked(of_two, "oc-# COVERS q-#", without=None, expect="fail"),
        linked(of_two, "p-#b HOLDS_POST oc-#", without="pass", expect="fail", role="member"),
        linked(unlisted, f"oc-# COMPLETE_IN {SOURCE}", without="unknown", expect="fail", subject="post"),
        linked(unlisted, f"q-# COMPLETE_IN {SOURCE}", without="unknown", expect="fail", subject="post"),
        linked(listed_above, "q-# PART_OF @#", without="unknown", expect="fail"),
    ]
    await assert_spells(graph, R15, cases, key, num=3, den=5)


async def test_each_committee_has_a_row_where_its_quarter_lies(graph: Graph) -> None:
    """Also where a quarter moved today or moves tomorrow, and where it lies in no area."""
    await check_committees(graph, R15)
