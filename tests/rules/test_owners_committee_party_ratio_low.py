"""R15: share of Party members on owners' committees."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from graph.answers import Graph
from tests.oracle.scene import COMMUNITY, DAY, Scene
from tests.rules.asking import rows_of
from tests.strategies import TOMORROW

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
        (3, 5, (3, 5), "pass"), (3, 5, (1, 2), "pass"), (2, 5, (3, 5), "fail"),
        (4, 7, (3, 5), "fail"), (4, 7, (1, 2), "pass"), (5, 7, (3, 5), "pass"),
        (2, 3, (3, 5), "pass"), (1, 3, (3, 5), "fail"), (6, 9, (2, 3), "pass"),
        (5, 9, (3, 5), "fail"), (7, 11, (3, 5), "pass"), (6, 11, (3, 5), "fail"),
    ],
)  # fmt: skip
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


async def test_unknown_status_counts_as_possible_and_a_later_joiner_not_yet(
    graph: Graph,
) -> None:
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
