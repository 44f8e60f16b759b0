"""R21: Party members who chair a committee or manage a project are part-time members."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graph.reading.graph import Graph
from tests.oracle.asking import Row
from tests.oracle.scene import DISTRICT, SOURCE, STREET, Scene, post
from tests.oracle.view import Identity
from tests.rules.scenes.ask import again, rows_of
from tests.rules.scenes.communities import (
    STREETS,
    area,
    assert_areas,
    assert_spells,
    community,
    linked,
    quarter,
    street_of,
)
from tests.strategies import DAY, TOMORROW

RULE = "party_member_head_not_parttime_commissioner"


def chair(
    scene: Scene,
    number: int,
    status: str | None = "full",
    role: str = "chair",
    *,
    listed: bool = True,
    **given: Any,
) -> None:
    """Community `n` with a quarter of all bodies; person `n` chairs its committee."""
    community(scene, number, **given)
    quarter(scene, number)
    scene.person(number, party_status=status)
    scene.seat(number, role, f"oc-{number}")
    if listed:
        scene.complete(area(number), "post")


def key(number: int, role: str = "chair", body: str = "oc") -> Identity:
    return f"p-990101-{number}", post(number, role, f"{body}-{number}")


def part_time(number: int, organization: str = "") -> str:
    return post(number, "part_time_member", organization or f"po-c{number}")


def register(at: str, subject: str = "post") -> str:
    return f"{at}~COMPLETE_IN~{SOURCE}~{subject}"


def said(found: dict[Identity, Row]) -> dict[Identity, tuple[Any, ...]]:
    """Verdict, what bars and what is missing, by identity."""
    return {k: (r["verdict"], r["blocked_by"], r["missing"]) for k, r in found.items()}


async def test_a_party_member_at_the_head_has_to_be_a_part_time_member(graph: Graph) -> None:
    """Of the community's organization: passes, fails where posts are listed, else unknown."""
    scene = Scene(0)
    for number in (2, 3, 6):
        chair(scene, number)
    for number in (4, 5):
        chair(scene, number, listed=False)
    scene.seat(2, "part_time_member", "po-c2")
    scene.seat(3, "part_time_member", "po-c2")
    scene.builder.node("po-990101-q6", level="quarter")
    scene.link("po-q6", "COVERS", "q-6")
    scene.seat(6, "part_time_member", "po-q6")
    scene.complete("po-c4", "post")
    scene.complete(area(3), "party_organization")
    scene.complete("q-5", "post")  # closes the posts of the quarter's bodies, not of this one
    scene.person(7, party_status="probationary")
    scene.seat(7, "project_manager", "pp-2")
    found = await rows_of(graph, scene, RULE)
    manager = "p-990101-7", post(7, "project_manager", "pp-2")
    assert said(found) == {
        key(2): ("pass", [], []),
        key(3): ("fail", [], []),
        key(4): ("fail", [], []),
        key(5): ("unknown", [], ["post@po-990101-c5"]),
        key(6): ("fail", [], []),
        manager: ("fail", [], []),
    }
    assert found[key(2)]["evidence"] == [part_time(2)]
    assert found[key(3)]["evidence"] == [key(3)[1], register(area(3))]
    assert found[key(4)]["evidence"] == [key(4)[1], register("po-990101-c4")]
    assert [found[manager][c] for c in ("body", "area")] == ["pp-990101-2", area(2)]


async def test_only_party_members_are_asked(graph: Graph) -> None:
    """No member, or not yet: not applicable; status or day not known: unknown, whatever else is."""
    scene = Scene(0)
    for number, status in enumerate(("none", None, None, "full", "full", None, "full"), start=2):
        chair(scene, number, status)
    scene.seat(3, "part_time_member", "po-c3")
    scene.builder.nodes["p-990101-5"]["party_joined_on"] = TOMORROW
    scene.builder.nodes["p-990101-6"]["party_joined_on"] = DAY
    scene.builder.nodes["p-990101-7"]["party_joined_on"] = TOMORROW
    scene.builder.nodes["p-990101-8"] |= {"party_joined_on": DAY, "date_precision": ["party_joined_on:month"]}
    found = await rows_of(graph, scene, RULE)
    not_known = "p-990101-{}.party_status".format
    assert said(found) == {
        key(2): ("not_applicable", [], []),
        key(3): ("unknown", [], [not_known(3)]),
        key(4): ("unknown", [], [not_known(4)]),
        key(5): ("not_applicable", [], []),
        key(6): ("fail", [], []),
        key(7): ("unknown", [], [not_known(7)]),
        key(8): ("unknown", [], ["p-990101-8.party_joined_on"]),
    }
    assert found[key(2)]["evidence"] == ["p-990101-2"]
    assert (await again(graph, RULE, TOMORROW))[key(5)]["verdict"] == "fail"


async def test_heads_are_chairs_and_project_managers_or_all_who_sit(graph: Graph) -> None:
    """Alternates, staff and interim committees never."""
    scene = Scene(0)
    chair(scene, 2)
    for number, role, body in (
        (3, "vice_chair", "oc-2"),
        (4, "member", "oc-2"),
        (5, "alternate", "oc-2"),
        (6, "staff", "pp-2"),
    ):
        scene.person(number, party_status="full")
        scene.seat(number, role, body)
    chair(scene, 7)
    scene.builder.nodes["oc-990101-7"]["kind"] = "property_management_committee"
    assert set(await rows_of(graph, scene, RULE)) == {key(2)}
    every = await again(graph, RULE, who="all")
    others = [(f"p-990101-{n}", post(n, role, "oc-2")) for n, role in ((3, "vice_chair"), (4, "member"))]
    assert {k: v[0] for k, v in said(every).items()} == dict.fromkeys((key(2), *others), "fail")


async def test_a_missing_organization(graph: Graph) -> None:
    """Not applicable where the list of the community or above says so, else unknown."""
    scene = Scene(0)
    for number in (2, 3, 4, 6):
        chair(scene, number, bodies="rc")
    scene.complete(area(3), "party_organization")
    scene.complete("q-4", "party_organization")  # what covers the quarter, not the community
    chair(scene, 5)
    scene.builder.node(street_of(5), level="subdistrict")
    scene.complete(street_of(5), "party_organization")
    scene.link("q-5", "PART_OF", street_of(5))
    scene.link("oc-5", "COVERS", "q-5", since=DAY)
    scene.link("oc-5", "COVERS", "q-2", until=DAY)
    scene.link("oc-5", "COVERS", "q-3", since=TOMORROW)
    del scene.builder.edges[f"q-990101-5~PART_OF~{area(5)}"]
    scene.builder.nodes["p-990101-6"].pop("party_status")
    chair(scene, 7)
    scene.builder.nodes["po-990101-c7"]["level"] = "quarter"
    found = await rows_of(graph, scene, RULE)
    organization = "party_organization@{}".format
    assert said(found) == {
        key(2): ("unknown", [], [organization(area(2))]),
        key(3): ("not_applicable", [], []),
        key(4): ("unknown", [], [organization(area(4))]),
        key(5): ("unknown", [], ["area@q-990101-5"]),
        key(6): ("unknown", [], ["p-990101-6.party_status", organization(area(6))]),
        key(7): ("unknown", [], [organization(area(7))]),
    }
    assert found[key(3)]["evidence"] == [register(area(3), "party_organization")]
    assert found[key(5)]["area"] == street_of(5)


def tie(scene: Scene, number: int, kind: str = "employee", firm: str = "") -> None:
    scene.link(f"p-{number}", "EMPLOYED_BY", firm or f"pf-{number}", kind=kind)


async def test_prohibition_and_eligibility_come_first(graph: Graph) -> None:
    """A full member of the two committees, and a seat held against R27 or R29: not possible."""
    scene = Scene(0)
    for number in range(2, 17):
        chair(scene, number, listed=number != 2)
    seats = {
        2: ("committee_member", "po-c2"),
        3: ("director", "rc-c3"),
        4: ("member", "rc-c2"),
        5: ("community_worker", "rc-c5"),
        6: ("staff", "pp-6"),
        7: ("staff", "pp-2"),
        8: ("project_manager", "pp-8"),
        13: ("deputy_secretary", "po-c13"),
        14: ("secretary", "po-c14"),
        15: ("deputy_director", "rc-c15"),
        16: ("member", "rc-c16"),
    }
    for number, (role, body) in seats.items():
        scene.seat(number, role, body)
    del scene.builder.edges["pp-990101-8~OPERATED_BY~pf-990101-8"]
    for number, kind in ((9, "employee"), (10, "shareholder"), (13, "seconded")):
        tie(scene, number, kind)
    tie(scene, 11, firm="pf-2")
    scene.link("pf-2", "SUBORDINATE_TO", "pf-11")
    tie(scene, 12)
    scene.seat(12, "part_time_member", "po-c12")
    manager = "p-990101-9", post(9, "project_manager", "pp-10")
    scene.seat(9, "project_manager", "pp-10")
    found = await rows_of(graph, scene, RULE)
    assert {k: v[:2] for k, v in said(found).items()} == {
        key(2): ("not_possible", ["R24"]),
        key(3): ("not_possible", ["R24"]),
        key(4): ("fail", []),
        key(5): ("fail", []),
        key(6): ("not_possible", ["R27", "R29"]),
        key(7): ("fail", []),
        key(8): ("not_possible", ["R29"]),
        key(8, "project_manager", "pp"): ("fail", []),
        key(9): ("not_possible", ["R27"]),
        key(10): ("fail", []),
        key(11): ("not_possible", ["R27"]),
        key(12): ("pass", []),
        **{key(n): ("not_possible", ["R24"]) for n in (14, 15, 16)},
        key(13): ("not_possible", ["R24", "R27"]),
        manager: ("fail", []),
    }
    assert found[key(3)]["evidence"] == [key(3)[1], post(3, "director", "rc-c3")]
    assert found[key(6)]["evidence"] == [key(6)[1], post(6, "staff", "pp-6")]
    assert found[key(9)]["evidence"] == [key(9)[1], "p-990101-9~EMPLOYED_BY~pf-990101-9"]
    assert found[key(2)]["missing"] == []
    others = await again(graph, RULE, kinds=["shareholder"], affiliates=False)
    assert [others[key(n)]["verdict"] for n in (9, 10, 11)] == ["fail", "not_possible", "fail"]
    alone = await again(graph, RULE, affiliates=False)
    assert [alone[key(n)]["blocked_by"] for n in (9, 11)] == [["R27"], []]


def unlisted(scene: Scene, n: int) -> None:
    """Nothing says that posts are listed."""
    chair(scene, n, listed=False)


def without(*bodies: str) -> Callable[[Scene, int], None]:
    """A chair in a community that has only these bodies, and other ones that cover nothing."""

    def build(scene: Scene, n: int) -> None:
        chair(scene, n, bodies=" ".join(bodies))
        scene.builder.node(f"po-990101-x{n}", level="community")
        scene.builder.node(f"rc-990101-x{n}")
        scene.seat(n, "member", f"rc-x{n}")

    return build


def firm(scene: Scene, n: int) -> None:
    """Works for a firm that is the parent of the one that runs the project."""
    chair(scene, n)
    scene.builder.node(f"pf-990101-x{n}")
    scene.link(f"pf-{n}", "SUBORDINATE_TO", f"pf-x{n}")
    tie(scene, n, firm=f"pf-x{n}")


def two_quarters(scene: Scene, n: int) -> None:
    """Part-time member of a second community, in whose quarter the person also holds a post."""
    chair(scene, n)
    community(scene, n + 300)
    for prefix, at in (("q", area(n + 300)), ("pp", "")):
        scene.builder.node(f"{prefix}-990101-y{n}")
        if at:
            scene.link(f"q-y{n}", "PART_OF", at)
    scene.link(f"pp-y{n}", "SERVES", f"q-y{n}")
    scene.complete(area(n + 300), "post")


def in_second(scene: Scene, n: int) -> None:
    """Part-time member in the second community."""
    two_quarters(scene, n)
    scene.seat(n, "part_time_member", f"po-c{n + 300}")


def staff_in_second(scene: Scene, n: int) -> None:
    """Staff of the project of the second quarter."""
    two_quarters(scene, n)
    scene.seat(n, "staff", f"pp-y{n}")


def listed_in_second(scene: Scene, n: int) -> None:
    """Posts are listed in a second community only."""
    chair(scene, n, listed=False)
    community(scene, n + 300, bodies="")
    scene.complete(area(n + 300), "post")


def staff(scene: Scene, n: int) -> None:
    """Holds a post in the project that serves the quarter."""
    chair(scene, n)
    scene.seat(n, "staff", f"pp-{n}")


def above(scene: Scene, n: int) -> None:
    """The list of posts is that of a subdistrict."""
    chair(scene, n, listed=False)
    scene.builder.node(street_of(n), level="subdistrict")
    scene.complete(street_of(n), "post")
    del scene.builder.edges[f"{area(n)}~PART_OF~{STREET}"]


async def test_every_edge_counts_within_its_spell_only(graph: Graph) -> None:
    """Seats, coverage, registers, employment and what lies above have their days."""
    lists = {"subject": "post"}
    cases = [
        linked(chair, "p-# HOLDS_POST oc-#", without=None, expect="fail", role="chair"),
        linked(chair, "oc-# COVERS q-#", without=None, expect="fail"),
        linked(chair, "q-# PART_OF @#", without="unknown", expect="fail"),
        linked(without("rc"), "po-x# COVERS @#", without="unknown", expect="fail"),
        linked(without("po"), "rc-x# COVERS @#", without="fail", expect="not_possible"),
        linked(chair, "p-# HOLDS_POST po-c#", without="fail", expect="pass", role="part_time_member"),
        linked(chair, "p-# HOLDS_POST rc-c#", without="fail", expect="not_possible", role="member"),
        linked(unlisted, f"po-c# COMPLETE_IN {SOURCE}", without="unknown", expect="fail", **lists),
        linked(unlisted, f"@# COMPLETE_IN {SOURCE}", without="unknown", expect="fail", **lists),
        linked(
            without("rc"),
            f"@# COMPLETE_IN {SOURCE}",
            without="unknown",
            expect="not_applicable",
            subject="party_organization",
        ),
        linked(firm, "p-# EMPLOYED_BY pf-x#", without="fail", expect="not_possible", kind="employee"),
        linked(firm, "pf-# SUBORDINATE_TO pf-x#", without="fail", expect="not_possible"),
        linked(firm, "pp-# OPERATED_BY pf-#", without="fail", expect="not_possible"),
        linked(firm, "pp-# SERVES q-#", without="fail", expect="not_possible"),
        linked(staff, "p-# HOLDS_POST pp-#", without="fail", expect="not_possible", role="staff"),
        linked(staff, "pp-# SERVES q-#", without="fail", expect="not_possible"),
        linked(above, "@# PART_OF @^", without="unknown", expect="fail"),
        linked(in_second, "oc-# COVERS q-y#", without="fail", expect="pass"),
        linked(staff_in_second, "oc-# COVERS q-y#", without="fail", expect="not_possible"),
        linked(listed_in_second, "po-c# COVERS @+", without="unknown", expect="fail"),
    ]
    await assert_spells(graph, RULE, cases, key)


async def test_an_area_gives_the_posts_of_its_quarters(graph: Graph) -> None:
    """A committee of two quarters is in both communities, with the same row everywhere."""
    scene = Scene(0)
    for number in (2, 3):
        chair(scene, number, listed=number == 2)
        scene.person(number + 10, party_status="full")
        scene.seat(number + 10, "project_manager", f"pp-{number}")
    scene.link("oc-2", "COVERS", "q-3")
    for number, spell in enumerate(STREETS, start=4):
        chair(scene, number, street=spell)
    managers = {n: (f"p-990101-{n + 10}", post(n + 10, "project_manager", f"pp-{n}")) for n in (2, 3)}
    found = await rows_of(graph, scene, RULE)
    assert {*map(key, range(2, 7)), *managers.values()} == set(found)
    assert found[key(2)]["missing"] == ["post@po-990101-c3"]
    everything = [key(2), key(3), *managers.values()]
    await assert_areas(
        graph,
        RULE,
        {
            area(2): [key(2), managers[2]],
            area(3): [key(2), key(3), managers[3]],
            STREET: everything,
            DISTRICT: everything,
            street_of(4): [],
            street_of(5): [],
            street_of(6): [key(6)],
        },
    )
