"""R13: owners' committees with too many vacant seats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.reading.graph import Graph
from tests.oracle.scene import COMMUNITY, DAY, Scene, post
from tests.rules.scenes.ask import again, rows_of, verdicts_of
from tests.rules.scenes.posts import SPELLS, TOMORROW, check_committees, committee, quarter, register

R13 = "owners_committee_quorum_lost"


def manned(seats: Mapping[int, tuple[int | None, int]]) -> Scene:
    """Committees by number, with their seats and how many members sit."""
    scene = Scene(max(seats), bodies="oc")
    scene.people(*range(1, 1 + max(sitting for _, sitting in seats.values())))
    for number, (count, sitting) in seats.items():
        scene.builder.node(committee(number), kind="owners_committee", seats=count)
        for serial in range(1, sitting + 1):
            scene.seat(serial, "member", committee(number))
    return scene


async def test_half_of_the_seats_is_enough(graph: Graph) -> None:
    """Exactly half passes; fewer fail where all posts are listed, else the row is open."""
    scene = manned({1: (5, 3), 2: (5, 2), 3: (5, 2), 4: (4, 2), 5: (4, 1), 6: (None, 4), 7: (7, 4)})
    for number in (2, 6):
        scene.complete(committee(number), "post")
    scene.complete(quarter(5), "post")
    found = await rows_of(graph, scene, R13)
    columns = ("verdict", "sitting", "short", "missing")
    oc = committee
    assert {
        1: ("pass", 3, 0, []),
        2: ("fail", 2, 1, []),
        3: ("unknown", 2, 1, [f"post@{oc(3)}"]),
        4: ("pass", 2, 0, []),
        5: ("fail", 1, 1, []),
        6: ("unknown", 4, None, [f"{oc(6)}.seats"]),
        7: ("pass", 4, 0, []),
    } == {n: tuple(found[oc(n),][c] for c in columns) for n in range(1, 8)}
    assert found[oc(2),]["evidence"] == [
        oc(2),
        post(1, "member", "oc-2"),
        post(2, "member", "oc-2"),
        register(oc(2), "post"),
    ]
    assert found[oc(4),]["evidence"] == [oc(4), post(1, "member", "oc-4"), post(2, "member", "oc-4")]


async def test_two_thirds_where_the_place_says_so(graph: Graph) -> None:
    """Four of six pass and three fail; two of three is exactly two thirds."""
    scene = manned({1: (6, 4), 2: (6, 3), 3: (3, 2), 4: (7, 4), 5: (7, 5)})
    scene.complete(COMMUNITY, "post")
    found = await rows_of(graph, scene, R13, num=2, den=3)
    result = {n: (found[committee(n),]["verdict"], found[committee(n),]["short"]) for n in range(1, 6)}
    assert result == {1: ("pass", 0), 2: ("fail", 1), 3: ("pass", 0), 4: ("fail", 1), 5: ("pass", 0)}
    half = await again(graph, R13)
    assert {"pass"} == {row["verdict"] for row in half.values()}


async def test_who_sits(graph: Graph) -> None:
    """Each person once, alternates never; seats of a term that begins tomorrow are not known."""
    scene = manned({1: (3, 1), 2: (3, 0), 3: (3, 0), 4: (3, 2), 5: (3, 2)})
    scene.complete(COMMUNITY, "post")
    scene.seat(1, "chair", "oc-1")
    scene.seat(2, "alternate", "oc-1")
    scene.seat(1, "chair", "oc-2")
    scene.seat(2, "vice_chair", "oc-2")
    terms: dict[int, dict[str, Any]] = {4: {"elected_on": TOMORROW}, 5: {"elected_on": DAY}}
    for number, term in terms.items():
        scene.builder.nodes[committee(number)].update(term)
    found = await rows_of(graph, scene, R13)
    result = {n: (found[committee(n),]["verdict"], found[committee(n),]["sitting"]) for n in range(1, 6)}
    assert result == {1: ("fail", 1), 2: ("pass", 2), 3: ("fail", 0), 4: ("unknown", 2), 5: ("pass", 2)}


async def test_only_posts_and_registers_of_the_day_count(graph: Graph) -> None:
    """Posts and lists that ended today or begin tomorrow count no more, or not yet."""
    scene = manned(dict.fromkeys(range(1, 9), (2, 0)))
    scene.people(1)
    for number, spell in SPELLS.items():
        scene.seat(1, "member", committee(number), **spell)
        scene.complete(committee(number), "post")
        other = committee(number + 4)
        scene.link(other, "COMPLETE_IN", "d-990101-register", subject="post", **spell)
        scene.complete(other, "meeting")
    found = await verdicts_of(graph, scene, R13)
    result = [found[committee(n),] for n in range(1, 9)]
    assert result == ["pass", "fail", "fail", "pass", "fail", "unknown", "unknown", "fail"]


async def test_committees_stand_where_they_cover(graph: Graph) -> None:
    """A committee has a row if it covers a quarter on the day, in the areas of its quarters."""
    await check_committees(graph, R13)
