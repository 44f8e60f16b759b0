"""R23: the number of part-time members is within the range of the organization's tier."""

from __future__ import annotations

from typing import Any

from graph.reading.graph import Graph
from tests.oracle.asking import Row
from tests.oracle.scene import DISTRICT, ORG, SOURCE, STREET, Scene, post
from tests.oracle.view import Identity
from tests.rules.scenes.ask import again, rows_of
from tests.rules.scenes.communities import (
    STREETS,
    Case,
    Spell,
    area,
    assert_areas,
    assert_spells,
    community,
    street_of,
)
from tests.strategies import DAY, TOMORROW, YESTERDAY

RULE = "big_committee_parttime_count_out_of_range"
BY_TIER: dict[str, Any] = {
    "branch_min": 1,
    "branch_max": 2,
    "general_branch_min": 2,
    "general_branch_max": 3,
    "committee_min": 3,
    "committee_max": 5,
    "expect_odd_total": True,
}
"""A local text by tier: branch 1 to 2, general branch 2 to 3, committee 3 to 5, odd in total."""


def staff(scene: Scene, number: int, part_time: int, full: int = 0, *, listed: bool = True) -> None:
    """Part-time members of `po-c<n>`, full ones (the first of them secretary), and the register."""
    roles = ["part_time_member"] * part_time + ["secretary"] * (full > 0)
    for serial, role in enumerate(roles + ["committee_member"] * (full - 1), start=number * 100):
        scene.person(serial)
        scene.seat(serial, role, f"po-c{number}")
    if listed:
        scene.complete(f"po-c{number}", "post")


def body(number: int) -> str:
    return f"po-990101-c{number}"


def said(found: dict[Identity, Row]) -> dict[str, tuple[Any, ...]]:
    """Verdict, severity and findings of every organization but the scene's own."""
    return {
        key: (r["verdict"], r["severity"], *r["findings"])
        for (key,), r in found.items()
        if key != ORG and key is not None
    }


async def test_one_to_nine_is_the_envelope(graph: Graph) -> None:
    """No one is a warning, ten are one too many; both ends of the range are inside."""
    scene = Scene(0)
    for number, part_time in ((2, 0), (3, 1), (4, 9), (5, 10), (6, 4)):
        community(scene, number)
        staff(scene, number, part_time, full=1)
    found = await rows_of(graph, scene, RULE)
    assert said(found) == {
        body(2): ("fail", "warning", "no_parttime_member"),
        body(3): ("pass", None),
        body(4): ("pass", None),
        body(5): ("fail", "info", "above_max"),
        body(6): ("pass", None),
    }
    columns = ("area", "tier", "part_time", "total", "low", "high", "missing", "evidence")
    register = f"{body(3)}~COMPLETE_IN~{SOURCE}~post"
    assert [found[body(3),][c] for c in columns] == [
        area(3),
        "general_branch",
        1,
        2,
        1,
        9,
        [],
        [post(300, "part_time_member", "po-c3"), register],
    ]
    assert found[body(2),]["evidence"] == [
        post(200, "secretary", "po-c2"),
        f"{body(2)}~COMPLETE_IN~{SOURCE}~post",
    ]
    narrow = said(await again(graph, RULE, min=4, max=4))
    assert narrow[body(3)] == ("fail", "info", "below_min")
    assert narrow[body(4)] == ("fail", "info", "above_max")
    assert narrow[body(6)] == ("pass", None)


async def test_three_under_a_general_branch_pass_one_local_text_and_not_another(graph: Graph) -> None:
    """Two to three by tier: pass; seven to nine: information only, never a warning."""
    scene = Scene(0)
    community(scene, 2)
    staff(scene, 2, part_time=3, full=2)
    found = await rows_of(graph, scene, RULE, **BY_TIER)
    assert said(found) == {body(2): ("pass", None)}
    assert [found[body(2),][c] for c in ("low", "high", "total")] == [2, 3, 5]
    other = await again(graph, RULE, min=7, max=9)
    assert said(other) == {body(2): ("fail", "info", "below_min")}


async def test_each_tier_has_its_range_and_the_total_may_have_to_be_odd(graph: Graph) -> None:
    """The three kinds of branch share a range; other tiers have the general one."""
    scene = Scene(0)
    expected: dict[str, tuple[Any, ...]] = {}
    cases: list[tuple[Any, ...]] = [
        ("branch", 2, 3),
        ("branch", 3, 2, "above_max"),
        ("joint_branch", 2, 1),
        ("joint_branch", 3, 2, "above_max"),
        ("functional_branch", 3, 2, "above_max"),
        ("functional_branch", 1, 2),
        ("general_branch", 1, 2, "below_min"),
        ("general_branch", 2, 1),
        ("general_branch", 4, 3, "above_max"),
        ("committee", 2, 1, "below_min"),
        ("committee", 3, 2),
        ("committee", 5, 4),
        ("committee", 6, 3, "above_max"),
        ("work_committee", 9, 2),
        ("work_committee", 10, 1, "above_max"),
        ("committee", 3, 1, "total_even"),
        ("committee", 2, 2, "below_min", "total_even"),
    ]
    for number, (tier, part_time, full, *what) in enumerate(cases, start=2):
        community(scene, number, tier=tier)
        staff(scene, number, part_time, full)
        expected[body(number)] = ("fail", "info", *what) if what else ("pass", None)
    assert said(await rows_of(graph, scene, RULE, **BY_TIER)) == expected
    zero: dict[str, Any] = {"general_branch_min": 0, "general_branch_max": 0}
    found = said(await again(graph, RULE, max=1, expect_odd_total=True, **zero))
    assert found[body(8)] == ("fail", "info", "above_max")
    assert found[body(2)] == ("fail", "info", "above_max")


async def test_nobody_passes_where_zero_is_allowed_and_an_empty_total_is_not_even(graph: Graph) -> None:
    """A lower end of zero is met by no one; without any member there is no total to judge."""
    scene = Scene(0)
    for number, full in ((2, 0), (3, 1), (4, 2)):
        community(scene, number)
        staff(scene, number, 0, full)
    found = said(await rows_of(graph, scene, RULE, min=0, expect_odd_total=True))
    assert found == {
        body(2): ("pass", None),
        body(3): ("pass", None),
        body(4): ("fail", "info", "total_even"),
    }


async def test_without_a_list_only_too_many_is_known(graph: Graph) -> None:
    """More than the range is known at once; all else and an unknown tier with two answers, not."""
    scene = Scene(0)
    for number, tier, part_time, listed in (
        (2, "committee", 4, False),
        (3, "committee", 6, False),
        (4, None, 3, True),
        (5, None, 6, True),
        (6, None, 0, True),
        (7, None, 2, False),
        (8, None, 6, False),
    ):
        community(scene, number, tier=tier)
        staff(scene, number, part_time, full=1, listed=listed)
    found = await rows_of(graph, scene, RULE, **{**BY_TIER, "expect_odd_total": False})
    posts = [post(200 + n, "part_time_member", "po-c2") for n in range(4)]
    assert found[body(2),]["evidence"] == posts
    assert {
        k: (r["verdict"], r["missing"], r["findings"], r["low"]) for (k,), r in found.items() if k != ORG
    } == {
        body(2): ("unknown", [f"post@{body(2)}"], [], 3),
        body(3): ("fail", [], ["above_max"], 3),
        body(4): ("unknown", [f"{body(4)}.tier"], [], None),
        body(5): ("fail", [], ["above_max"], None),
        body(6): ("fail", [], ["no_parttime_member"], None),
        body(7): ("unknown", [f"post@{body(7)}", f"{body(7)}.tier"], [], None),
        body(8): ("fail", [], ["above_max"], None),
    }
    assert found[body(6),]["severity"] == "warning"
    plain = await again(graph, RULE)
    assert [plain[body(4),][c] for c in ("verdict", "low", "high")] == ["pass", 1, 9]
    assert plain[body(7),]["missing"] == [f"post@{body(7)}"]
    odd = await again(graph, RULE, expect_odd_total=True)
    assert odd[body(4),]["findings"] == ["total_even"]
    assert odd[body(2),]["verdict"] == "unknown"


async def test_no_extended_committee_makes_it_not_applicable(graph: Graph) -> None:
    """Known to have none, or not yet, and no one in it; members that are there count anyhow."""
    scene = Scene(0)
    for number, part_time, given in (
        (2, 0, {"extended_committee": False}),
        (3, 1, {"extended_committee": False}),
        (4, 0, {"extended_committee": True}),
        (5, 0, {"extended_committee": True, "extended_since": TOMORROW}),
        (6, 0, {"extended_committee": True, "extended_since": DAY}),
        (7, 0, {"extended_since": TOMORROW}),
    ):
        community(scene, number, **given)
        staff(scene, number, part_time)
    found = await rows_of(graph, scene, RULE)
    none = ("fail", "warning", "no_parttime_member")
    assert said(found) == {
        body(2): ("not_applicable", None),
        body(3): ("pass", None),
        body(4): none,
        body(5): ("not_applicable", None),
        body(6): none,
        body(7): ("not_applicable", None),
    }
    assert [found[body(2),][c] for c in ("evidence", "missing")] == [[body(2)], []]
    before = await again(graph, RULE, YESTERDAY)
    assert before[body(6),]["verdict"] == "not_applicable"


def _post(role: str) -> Case:
    def build(scene: Scene, n: int, spell: Spell) -> None:
        community(scene, n)
        staff(scene, n, part_time=1, full=1)
        scene.person(n)
        scene.seat(n, role, f"po-c{n}", **spell)

    return build, "fail" if role != "part_time_member" else "pass", "pass"


def _covers(scene: Scene, n: int, spell: Spell) -> None:
    community(scene, n, covers=spell)
    staff(scene, n, 1, 2)


def _register(at: str) -> Case:
    def build(scene: Scene, n: int, spell: Spell) -> None:
        community(scene, n, street=spell if at == "street" else None)
        staff(scene, n, 1, 2, listed=False)
        if at == "street":
            scene.complete(street_of(n), "post")
        else:
            node = {"body": body(n), "area": area(n)}[at]
            scene.builder.edge(node, "COMPLETE_IN", SOURCE, subject="post", **spell)

    return build, "unknown", "pass"


def _second_area(scene: Scene, n: int, spell: Spell) -> None:
    community(scene, n)
    staff(scene, n, 1, 2, listed=False)
    community(scene, n + 300, bodies="")
    scene.link(f"po-c{n}", "COVERS", area(n + 300), **spell)
    scene.complete(area(n + 300), "post")


async def test_every_edge_counts_within_its_spell_only(graph: Graph) -> None:
    """Posts of four kinds, coverage, registers and what lies above."""
    seats = ["secretary", "deputy_secretary", "committee_member"]
    cases: list[Case] = [
        *map(_post, seats),
        (_covers, None, "pass"),
        _register("body"),
        _register("area"),
        _register("street"),
        (_second_area, "unknown", "pass"),
    ]
    await assert_spells(graph, RULE, cases, lambda n: (body(n),), expect_odd_total=True)

    def crowded(scene: Scene, n: int, spell: Spell) -> None:
        community(scene, n)
        staff(scene, n, 1, 1)
        scene.person(n)
        scene.seat(n, "part_time_member", f"po-c{n}", **spell)

    await assert_spells(graph, RULE, [(crowded, "pass", "fail")], lambda n: (body(n),), max=1)


async def test_persons_are_counted_once_and_other_bodies_not(graph: Graph) -> None:
    """Two posts of one person are one; groups, instructors and organizations of quarters none."""
    scene = Scene(0)
    community(scene, 2)
    staff(scene, 2, part_time=2, full=1)
    scene.seat(200, "part_time_member", "po-c2", since=YESTERDAY, spell=2)
    scene.seat(202, "part_time_member", "po-c2")
    scene.person(1)
    scene.seat(1, "instructor", "po-c2")
    for number, level, tier in ((3, "quarter", "branch"), (4, "subdistrict", "work_committee")):
        scene.builder.node(f"po-990101-x{number}", level=level, tier=tier)
        scene.link(f"po-x{number}", "COVERS", STREET if number == 4 else area(2))
    scene.builder.node("po-990101-x5", level="community")
    found = await rows_of(graph, scene, RULE)
    assert {ORG, body(2)} == {key for (key,) in found}
    assert [found[body(2),][c] for c in ("part_time", "total", "verdict")] == [3, 3, "pass"]
    for number, spell in enumerate(STREETS, start=3):
        community(scene, number, street=spell)
    await rows_of(graph, scene, RULE)
    here: list[Identity] = [(ORG,), (body(2),)]
    await assert_areas(
        graph,
        RULE,
        {
            area(2): [(body(2),)],
            STREET: here,
            DISTRICT: here,
            street_of(3): [],
            street_of(4): [],
            street_of(5): [(body(5),)],
        },
    )
