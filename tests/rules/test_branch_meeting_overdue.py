"""R46: general meetings and committee meetings of branches, in time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from graph.reading.graph import Graph
from tests.oracle.scene import COMMUNITY, DISTRICT, STREET, Scene, post
from tests.rules.scenes.ask import again, rows_of, verdicts_of
from tests.rules.scenes.party import assert_places
from tests.rules.scenes.services import OTHER, SHUT, city, community, move, quarter, register
from tests.strategies import DAY, TOMORROW, YESTERDAY

RULE = "branch_meeting_overdue"
GENERAL, COMMITTEE = "general_meeting_overdue", "branch_committee_overdue"


def branch(number: int) -> str:
    """The id of a scene's branch."""
    return f"po-990101-{number}"


def meeting(
    scene: Scene,
    number: int,
    kind: str,
    ago: int | None,
    *,
    role: str | None = "convener",
    status: str = "held",
    **spell: Any,
) -> str:
    """A meeting so many days ago that a branch takes part in; the meeting's id."""
    held_on = None if ago is None else DAY - timedelta(days=ago)
    slug = "g" if kind == "general_meeting" else "c"
    id_ = f"m-990101-{number}{slug}"
    while id_ in scene.builder.nodes:
        id_ += "x"
    scene.builder.node(id_, kind=kind, held_on=held_on, status=status)
    scene.builder.edge(branch(number), "TAKES_PART_IN", id_, role=role, **spell)
    return id_


def both(scene: Scene, number: int, general: int | None = 0, committee: int | None = 0) -> None:
    """A general meeting and one of the committee, so many days ago."""
    meeting(scene, number, "general_meeting", general)
    meeting(scene, number, "branch_committee", committee)


def with_committees(branches: int) -> Scene:
    """Branches that have a committee member each; lists of meetings complete."""
    scene = Scene(branches, bodies="po")
    for number in range(1, branches + 1):
        scene.person(number)
        scene.seat(number, "committee_member", f"po-{number}")
        scene.complete(quarter(number), "meeting")
    return scene


async def test_periods_are_inclusive(graph: Graph) -> None:
    """92 days ago is in time for the members, 31 for the committee; a day more is overdue."""
    scene = with_committees(6)
    for number, days in enumerate([(92, 31), (93, 31), (92, 32), (93, 32)], start=1):
        both(scene, number, *days)
    meeting(scene, 4, "general_meeting", -1)
    meeting(scene, 2, "general_meeting", 200)
    meeting(scene, 6, "theme_day", 0)
    rows = await rows_of(graph, scene, RULE)
    found = {b: (r["verdict"], r["findings"], r["missing"]) for (b,), r in rows.items()}
    assert found == {
        branch(1): ("pass", [], []),
        branch(2): ("fail", [GENERAL], []),
        branch(3): ("fail", [COMMITTEE], []),
        branch(4): ("fail", [GENERAL, COMMITTEE], []),
        branch(5): ("fail", [GENERAL, COMMITTEE], []),
        branch(6): ("fail", [GENERAL, COMMITTEE], []),
    }
    seat = post(3, "committee_member", "po-3")
    listed = {n: register(quarter(n), "meeting") for n in range(1, 7)}
    assert [rows[branch(n),]["evidence"] for n in (1, 2, 3)] == [
        ["m-990101-1g", "m-990101-1c"],
        [listed[2]],
        [listed[3], seat],
    ]
    last = {n: (rows[branch(n),]["last_general_on"], rows[branch(n),]["last_committee_on"]) for n in (2, 5)}
    assert last == {2: (DAY - timedelta(days=93), DAY - timedelta(days=31)), 5: (None, None)}
    assert {r["area"] for r in rows.values()} == {COMMUNITY}


async def test_what_is_not_recorded_makes_it_unknown(graph: Graph) -> None:
    """An open list, a day or a convener that is not known; what is certain decides before."""
    scene = with_committees(8)
    for number in (1, 2):
        del scene.builder.edges[register(quarter(number), "meeting")]
    both(scene, 2)
    both(scene, 3, None, 0)
    for number, kind, role in ((4, "branch_committee", None), (5, "branch_committee", "invited")):
        meeting(scene, number, "general_meeting", 92)
        meeting(scene, number, kind, 31, role=role)
    both(scene, 6, 93, None)
    meeting(scene, 7, "general_meeting", 93, role=None)
    meeting(scene, 7, "branch_committee", 0)
    meeting(scene, 8, "general_meeting", 0, status="planned")
    meeting(scene, 8, "branch_committee", 0)
    rows = await rows_of(graph, scene, RULE)
    assert {b: (r["verdict"], r["findings"], r["missing"]) for (b,), r in rows.items()} == {
        branch(1): ("unknown", [], [f"meeting@{branch(1)}"]),
        branch(2): ("pass", [], []),
        branch(3): ("unknown", [], ["m-990101-3g.held_on"]),
        branch(4): ("unknown", [], [f"{branch(4)}~TAKES_PART_IN~m-990101-4c.role"]),
        branch(5): ("fail", [COMMITTEE], []),
        branch(6): ("fail", [GENERAL], []),
        branch(7): ("fail", [GENERAL], []),
        branch(8): ("fail", [GENERAL], []),
    }
    assert rows[branch(3),]["last_general_on"] is None


async def test_a_branch_without_a_committee_owes_no_meeting_of_it(graph: Graph) -> None:
    """Known to have no member: not asked; not known whether: unknown; a held one passes."""
    scene = Scene(5, bodies="po")
    for number in range(1, 6):
        scene.person(number)
        scene.seat(number, "secretary", f"po-{number}")
        scene.complete(quarter(number), "meeting")
        meeting(scene, number, "general_meeting", 0)
    scene.complete(quarter(1), "post")
    scene.complete(branch(2), "post")
    meeting(scene, 4, "branch_committee", 31)
    scene.complete(quarter(5), "post")
    scene.seat(1, "committee_member", "po-5")
    rows = await rows_of(graph, scene, RULE)
    assert {b: (r["verdict"], r["missing"], r["evidence"]) for (b,), r in rows.items()} == {
        branch(1): ("pass", [], ["m-990101-1g", register(quarter(1), "post")]),
        branch(2): ("pass", [], ["m-990101-2g", register(branch(2), "post")]),
        branch(3): ("unknown", [f"post@{branch(3)}"], []),
        branch(4): ("pass", [], ["m-990101-4g", "m-990101-4c"]),
        branch(5): ("fail", [], [register(quarter(5), "meeting"), post(1, "committee_member", "po-5")]),
    }


async def test_ends_are_exclusive(graph: Graph) -> None:
    """Parts taken, seats and lists that ended today or begin tomorrow do not count today."""
    scene = with_committees(8)
    edges = scene.builder.edges
    for shut, (since, until) in enumerate(SHUT):
        spell: dict[str, Any] = {"since": since, "until": until}
        meeting(scene, 1 + shut, "general_meeting", 0, **spell)
        meeting(scene, 1 + shut, "branch_committee", 0)
        for number in (3, 5, 7):
            meeting(scene, number + shut, "general_meeting", 0)
        edges[post(3 + shut, "committee_member", f"po-{3 + shut}")].update(spell)
        scene.complete(quarter(3 + shut), "post")
        del edges[post(5 + shut, "committee_member", f"po-{5 + shut}")]
        for number, subject in ((5 + shut, "post"), (7 + shut, "meeting")):
            scene.builder.edge(
                quarter(number), "COMPLETE_IN", "d-990101-register", since, until, subject=subject
            )
    found = [v for _, v in sorted((await verdicts_of(graph, scene, RULE)).items())]
    assert found == ["fail"] * 2 + ["pass"] * 2 + ["unknown"] * 4
    tomorrow = await again(graph, RULE, TOMORROW)
    assert [tomorrow[branch(n),]["verdict"] for n in (2, 4, 6, 8)] == ["pass", "fail", "pass", "fail"]


async def test_tiers_and_days_are_parameters(graph: Graph) -> None:
    """Only branches of the tiers asked for; the days for each kind of meeting."""
    scene = with_committees(4)
    nodes = scene.builder.nodes
    for number, tier in ((2, "joint_branch"), (3, "functional_branch"), (4, "group")):
        nodes[branch(number)]["tier"] = tier
        both(scene, number, 93, 32)
    both(scene, 1, 93, 32)
    fail = {(branch(n),): "fail" for n in (1, 2, 3)}
    assert await verdicts_of(graph, scene, RULE) == fail
    cases: tuple[tuple[dict[str, Any], str], ...] = (
        ({"general_days": 93}, "fail"),
        ({"committee_days": 32}, "fail"),
        ({"general_days": 93, "committee_days": 32}, "pass"),
    )
    for given, verdict in cases:
        rows = await again(graph, RULE, **given)
        assert {k: r["verdict"] for k, r in rows.items()} == dict.fromkeys(fail, verdict), given
    assert set(await again(graph, RULE, tiers=["joint_branch"])) == {(branch(2),)}


async def test_where_a_branch_is_and_which_lists_reach_it(graph: Graph) -> None:
    """A branch of a unit is where the unit is based; one that covers nothing has no area."""
    scene = Scene(3, bodies="po")
    b = scene.builder
    community(scene)
    move(scene, quarter(2), on=DAY)
    move(scene, quarter(3), on=TOMORROW)
    province, above = city(scene)
    units: list[tuple[int, str, dict[str, date]]] = [
        (4, OTHER, {"since": DAY}),
        (5, OTHER, {"until": DAY}),
        (6, OTHER, {"since": TOMORROW}),
        (12, STREET, {}),
        (13, DISTRICT, {}),
        (14, above, {}),
        (15, province, {}),
    ]
    for number, place, spell in units:
        b.node(f"u-990101-{number}")
        b.node(branch(number), level="unit", tier="branch")
        b.edge(branch(number), "COVERS", f"u-990101-{number}", since=DAY)
        scene.link(f"u-{number}", "BASED_IN", place, **spell)
    for number, spell in ((7, {"since": DAY}), (8, {"until": DAY}), (9, {"since": TOMORROW})):
        b.node(branch(number), level="quarter", tier="branch")
        b.edge(branch(number), "SUBORDINATE_TO", branch(1), **spell)
    for number, spell in ((10, {"until": DAY}), (11, {"since": TOMORROW})):
        b.node(branch(number), level="quarter", tier="branch")
        b.edge(branch(number), "COVERS", quarter(1), **spell)
    scene.complete(OTHER, "meeting")
    rows = await rows_of(graph, scene, RULE)
    assert {int(str(k[0])[10:]): (r["area"], r["verdict"]) for k, r in rows.items()} == {
        1: (COMMUNITY, "unknown"),
        2: (OTHER, "fail"),
        3: (COMMUNITY, "unknown"),
        4: (OTHER, "fail"),
        5: (None, "unknown"),
        6: (None, "unknown"),
        7: (None, "unknown"),
        12: (STREET, "unknown"),
        13: (DISTRICT, "unknown"),
        14: (above, "unknown"),
        15: (province, "unknown"),
    }
    assert await again(graph, RULE, YESTERDAY, area=OTHER) == {
        k: r for k, r in (await again(graph, RULE, YESTERDAY)).items() if r["area"] == OTHER
    }


async def test_rows_stand_where_the_branch_does(graph: Graph) -> None:
    """Existence and area come from what is covered today, and an area gives only its rows."""
    await assert_places(graph, RULE, tier="branch", level="quarter")
