"""R11: owners' committees whose number of seats is not valid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.reading.graph import Graph
from tests.oracle.asking import Row
from tests.oracle.scene import COMMUNITY, DAY, Scene, post
from tests.rules.scenes.ask import again, rows_of
from tests.rules.scenes.posts import SPELLS, TOMORROW, check_committees, committee, quarter, register

R11 = "owners_committee_size_invalid"
Shown = tuple[Any, ...]


def shown(row: Row) -> Shown:
    """Verdict, findings, missing and evidence of a row."""
    return row["verdict"], row["findings"], row["missing"], row["evidence"]


def judged(rows: dict[Any, Row]) -> dict[int, str]:
    """By number of the committee: what was found, or the verdict."""
    found = {}
    for (subject,), row in rows.items():
        found[int(subject.rpartition("-")[2])] = " ".join(row["findings"]) or row["verdict"]
    return found


def seated(sizes: Mapping[int, tuple[int | None, int | None]]) -> Scene:
    """Committees by number, with their seats and the households of their quarter."""
    scene = Scene(max(sizes), bodies="oc")
    for number, (seats, households) in sizes.items():
        scene.builder.node(committee(number), kind="owners_committee", seats=seats)
        scene.builder.node(quarter(number), households=households)
    return scene


async def test_five_to_eleven_odd_and_three_in_a_small_quarter(graph: Graph) -> None:
    """Bounds are inclusive; up to 100 households three are enough, below three never."""
    scene = seated(
        {
            1: (5, 101),
            2: (4, 101),
            3: (6, 101),
            4: (3, 100),
            5: (3, 101),
            6: (3, None),
            7: (1, None),
            8: (11, 101),
            9: (12, 101),
            10: (13, 101),
            11: (5, None),
            12: (2, 100),
            13: (4, None),
        }
    )
    found = await rows_of(graph, scene, R11)
    assert judged(found) == {
        1: "pass",
        2: "even too_few",
        3: "even",
        4: "pass",
        5: "too_few",
        6: "unknown",
        7: "too_few",
        8: "pass",
        9: "even too_many",
        10: "too_many",
        11: "pass",
        12: "even too_few",
        13: "even",
    }
    oc, q = committee, quarter
    assert shown(found[oc(1),]) == ("pass", [], [], [oc(1)])
    assert shown(found[oc(4),]) == ("pass", [], [], [oc(4), q(4)])
    assert shown(found[oc(5),]) == ("fail", ["too_few"], [], [oc(5), q(5)])
    assert shown(found[oc(6),]) == ("unknown", [], [f"{q(6)}.households"], [oc(6), q(6)])
    assert shown(found[oc(10),]) == ("fail", ["too_many"], [], [oc(10)])
    severities = {n: found[oc(n),]["severity"] for n in (1, 3, 5, 6, 9, 10)}
    assert severities == {1: None, 6: None} | dict.fromkeys((3, 5, 9, 10), "violation")
    loose = await again(graph, R11, max_enforced=False)
    assert [loose[oc(n),]["severity"] for n in (5, 9, 10)] == ["violation", "violation", "info"]


async def test_every_local_variant_is_a_parameter(graph: Graph) -> None:
    """No maximum to speak of, three at least, even numbers allowed, no case for small quarters."""
    await rows_of(graph, seated({1: (13, 100), 2: (3, 100), 3: (4, 100), 4: (3, None)}), R11)
    variants: tuple[tuple[dict[str, Any], list[str]], ...] = (
        ({"max": 13}, ["pass", "pass", "even", "unknown"]),
        ({"min": 3}, ["too_many", "pass", "even", "pass"]),
        ({"odd": False}, ["too_many", "pass", "pass", "unknown"]),
        ({"odd": False, "small_min": 4}, ["too_many", "too_few", "pass", "too_few"]),
        ({"small_if_households_below": 0}, ["too_many", "too_few", "even too_few", "too_few"]),
        ({"small_if_households_below": 100}, ["too_many", "too_few", "even too_few", "unknown"]),
    )
    for params, expected in variants:
        assert expected == list(judged(await again(graph, R11, **params)).values()), params


async def test_a_quarter_is_small_by_households_or_by_floor_area(graph: Graph) -> None:
    """Up to 10,000 m² is small where the place says so; either measure is enough, both may lack."""
    scene = seated(dict.fromkeys(range(1, 7), (3, 101)) | {6: (3, 100)})
    for number, floor in ((1, 10000.0), (2, 10000.5), (3, None), (4, 1.0), (5, None), (6, 20000.0)):
        scene.builder.nodes[quarter(number)].update({} if floor is None else {"floor_area_m2": floor})
    del scene.builder.nodes[quarter(5)]["households"]
    del scene.builder.nodes[quarter(4)]["households"]
    given: dict[str, Any] = {"small_if_floor_area_at_most": 10000}
    found = await rows_of(graph, scene, R11, **given)
    assert judged(found) == {1: "pass", 2: "too_few", 3: "unknown", 4: "pass", 5: "unknown", 6: "pass"}
    q = quarter(5)
    assert found[committee(5),]["missing"] == [f"{q}.households", f"{q}.floor_area_m2"]
    assert found[committee(3),]["missing"] == [f"{quarter(3)}.floor_area_m2"]
    by_floor = judged(await again(graph, R11, **given, small_if_households_below=0))
    assert {**judged(found), 6: "too_few"} == by_floor
    by_households = judged(await again(graph, R11))
    assert dict.fromkeys((1, 2, 3), "too_few") | {4: "unknown", 5: "unknown", 6: "pass"} == by_households


async def test_the_quarters_of_one_committee_are_added_up(graph: Graph) -> None:
    """Known parts that reach the bound decide; what lacks below it leaves the row open."""
    scene = Scene(8, bodies="")
    pairs = {1: (50, 51), 3: (50, 50), 5: (50, None), 7: (101, None)}
    for number, sizes in pairs.items():
        scene.builder.node(committee(number), kind="owners_committee", seats=3)
        for offset, households in enumerate(sizes):
            scene.builder.node(quarter(number + offset), households=households)
            scene.link(committee(number), "COVERS", quarter(number + offset))
    scene.builder.node(quarter(4), households=50, floor_area_m2=6000.0)
    scene.builder.node(quarter(3), households=50, floor_area_m2=6000.0)
    found = await rows_of(graph, scene, R11)
    assert judged(found) == {1: "too_few", 3: "pass", 5: "unknown", 7: "too_few"}
    assert found[committee(5),]["missing"] == [f"{quarter(6)}.households"]
    assert found[committee(3),]["evidence"] == [committee(3), quarter(3), quarter(4)]
    by_floor: dict[str, Any] = {"small_if_floor_area_at_most": 10000, "small_if_households_below": 0}
    assert judged(await again(graph, R11, **by_floor))[3] == "too_few"


async def test_members_who_sit_count_where_seats_are_not_recorded(graph: Graph) -> None:
    """Only where all posts are listed; each person once, alternates never, vacancies reported."""
    scene = Scene(6, bodies="oc")
    scene.people(*range(1, 10))
    for number in (1, 2):
        for serial, role in enumerate(["chair", "vice_chair", "member", "member"], start=1):
            scene.seat(serial, role, f"oc-{number}")
        scene.seat(1, "member", f"oc-{number}")
        scene.seat(9, "alternate", f"oc-{number}")
    terms: dict[int, dict[str, Any]] = {
        3: {"seats": 4, "elected_on": TOMORROW},
        4: {"seats": 4, "elected_on": DAY},
        5: {"seats": 5},
    }
    for number, term in terms.items():
        scene.builder.nodes[committee(number)].update(term)
    scene.seat(5, "member", "oc-5")
    for node in (committee(1), quarter(5), committee(6)):
        scene.complete(node, "post")
    found = await rows_of(graph, scene, R11)
    posts = [
        post(1, "chair", "oc-1"),
        post(1, "member", "oc-1"),
        post(2, "vice_chair", "oc-1"),
        post(3, "member", "oc-1"),
        post(4, "member", "oc-1"),
    ]
    oc = committee
    assert shown(found[oc(1),]) == ("fail", ["even"], [], [*posts, register(oc(1), "post"), quarter(1)])
    assert shown(found[oc(2),]) == ("unknown", [], [f"{oc(2)}.seats", f"post@{oc(2)}"], [])
    assert shown(found[oc(3),]) == ("unknown", [], [f"{oc(3)}.seats", f"post@{oc(3)}"], [])
    assert shown(found[oc(4),]) == ("fail", ["even"], [], [oc(4), quarter(4)])
    assert shown(found[oc(6),]) == ("fail", ["even", "too_few"], [], [register(oc(6), "post")])
    numbers = {
        n: tuple(found[oc(n),][c] for c in ("n", "seats", "sitting", "vacancies")) for n in (1, 2, 3, 4, 5, 6)
    }
    assert numbers == {
        1: (4, None, 4, None),
        2: (None, None, 4, None),
        3: (None, None, 0, None),
        4: (4, 4, 0, None),
        5: (5, 5, 1, 4),
        6: (0, None, 0, None),
    }


async def test_only_posts_and_registers_of_the_day_count(graph: Graph) -> None:
    """Posts and lists that ended today or begin tomorrow count no more, or not yet."""
    scene = Scene(5, bodies="oc")
    scene.people(1, 2, 3, 4)
    for number, spell in SPELLS.items():
        scene.seat(number, "member", "oc-5", **spell)
        scene.link(committee(number), "COMPLETE_IN", "d-990101-register", subject="post", **spell)
        scene.complete(quarter(number), "meeting")
    scene.complete(quarter(5), "post")
    found = await rows_of(graph, scene, R11)
    assert found[committee(5),]["sitting"] == 2
    listed = {n: found[committee(n),]["n"] for n in SPELLS}
    assert listed == {1: 0, 2: None, 3: None, 4: 0}
    scene.complete(COMMUNITY, "post")
    above = await rows_of(graph, scene, R11)
    assert {row["n"] for row in above.values()} == {0, 2}


async def test_committees_stand_where_they_cover(graph: Graph) -> None:
    """A committee has a row if it covers a quarter on the day, in the areas of its quarters."""
    await check_committees(graph, R11)
