"""R26: a resource that would meet an open need can be reached."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from graph.reading.graph import Graph
from tests.oracle.asking import Row
from tests.oracle.scene import DISTRICT, SOURCE, STREET, Scene
from tests.oracle.view import Identity
from tests.rules.scenes.ask import again, rows_of
from tests.rules.scenes.communities import (
    STREETS,
    area,
    assert_areas,
    assert_spells,
    community,
    linked,
    street_of,
)
from tests.rules.scenes.needs import (
    bare,
    key,
    need,
    offer,
    quarter_org,
    reached,
    street,
    team,
    two_places,
    unlisted,
)
from tests.strategies import DAY, TOMORROW, YESTERDAY

RULE = "need_without_resource_path"
CITY = "990100000000"


def said(found: dict[Identity, Row], *columns: str) -> dict[int, Any]:
    """The verdict, or some columns, by the number of the need."""
    rows = {int(str(k).rpartition("-")[2]): r for (k,), r in found.items()}
    return {n: [r[c] for c in columns] if columns else r["verdict"] for n, r in rows.items()}


def registers(*places: str) -> list[str]:
    return sorted(f"{p}~COMPLETE_IN~{SOURCE}~{s}" for p in places for s in ("resource", "co_building"))


async def test_a_path_or_a_project_passes_and_two_lists_make_it_a_gap(graph: Graph) -> None:
    """What covers or serves the place or community, a co-builder, a project that is not over."""
    scene = Scene(0)
    for number in range(2, 15):
        need(scene, number, listed=number not in (7, 8, 9))
    team(scene, 2, "q-2")
    offer(scene, "po-c3")
    offer(scene, "rc-c4")
    scene.builder.node("u-990101-5")
    scene.link("u-5", "CO_BUILDS", "po-c5")
    offer(scene, "u-5")
    scene.complete(area(8), "resource")
    scene.complete(area(9), "co_building")
    for number, status in ((10, None), (11, "planned"), (12, "active"), (13, "done"), (14, "stopped")):
        scene.builder.node(f"pj-990101-{number}", status=status)
        scene.link(f"pj-{number}", "MEETS", f"n-{number}")
    found = await rows_of(graph, scene, RULE)
    assert said(found, "verdict", "missing", "resource", "cost") == {
        2: ["pass", [], "r-990101-01", 2],
        3: ["pass", [], "r-990101-02", 4],
        4: ["pass", [], "r-990101-03", 4],
        5: ["pass", [], "r-990101-04", 5],
        6: ["fail", [], None, None],
        7: ["unknown", ["co_building@q-990101-7", "resource@q-990101-7"], None, None],
        8: ["unknown", ["co_building@q-990101-8"], None, None],
        9: ["unknown", ["resource@q-990101-9"], None, None],
        10: ["pass", [], None, None],
        11: ["pass", [], None, None],
        12: ["pass", [], None, None],
        13: ["fail", [], None, None],
        14: ["fail", [], None, None],
    }
    assert found[key(5)]["evidence"] == [
        "n-990101-5~CONCERNS~q-990101-5",
        f"q-990101-5~PART_OF~{area(5)}",
        f"po-990101-c5~COVERS~{area(5)}",
        "u-990101-5~CO_BUILDS~po-990101-c5",
        "u-990101-5~OFFERS~r-990101-04",
    ]
    assert found[key(6)]["evidence"] == registers(area(6))
    assert found[key(10)]["evidence"] == ["pj-990101-10~MEETS~n-990101-10"]
    assert [found[key(6)][c] for c in ("category", "area")] == ["elderly", area(6)]


async def test_only_categories_that_would_meet_it_count(graph: Graph) -> None:
    """Unknown categories leave it open; the nearest other category is reported unless it passes."""
    scene = Scene(0)
    for number, wanted in ((2, ["medical"]), (3, None), (4, []), (5, ["medical", "venue"]), (6, ["medical"])):
        need(scene, number, wanted=wanted)
        team(scene, number, f"q-{number}", "venue")
        team(scene, f"{number}a", area(number), "mediation")
        team(scene, f"{number}b", f"q-{number}", "tool_share")
    scene.builder.nodes["r-990101-13"]["category"] = "venue"  # of need 6, both near it
    scene.builder.nodes["r-990101-15"]["category"] = "legal_aid"
    found = await rows_of(graph, scene, RULE)
    columns = ("verdict", "missing", "alternative", "alternative_cost")
    assert said(found, *columns) == {
        2: ["fail", [], "tool_share", 2],
        3: ["unknown", ["n-990101-3.resource_categories"], "tool_share", 2],
        4: ["fail", [], "tool_share", 2],
        5: ["pass", [], None, None],
        6: ["fail", [], "legal_aid", 2],
    }
    assert found[key(5)]["resource"] == "r-990101-10"


async def test_a_need_is_grave_once_it_is_older_than_the_limit(graph: Graph) -> None:
    """Thirty days are not more than thirty; an unknown start makes nothing grave; first of two."""
    scene = Scene(0)
    limit = DAY - timedelta(days=30)
    for number, since in ((2, limit), (3, limit - timedelta(days=1)), (4, None), (5, DAY)):
        need(scene, number, since=since)
    need(scene, 6, "q-6", since=DAY)
    scene.link("n-6", "CONCERNS", area(6), since=date(2025, 1, 1))
    need(scene, 7, "q-7", since=None)
    scene.link("n-7", "CONCERNS", area(7), since=limit)
    team(scene, 8, "q-2")
    need(scene, 8, "q-2", since=date(2025, 1, 1))
    scene.builder.nodes["n-990101-2"]["resource_categories"] = ["venue"]
    found = await rows_of(graph, scene, RULE)
    assert said(found, "severity", "raised") == {
        2: ["info", limit],
        3: ["warning", limit - timedelta(days=1)],
        4: ["info", None],
        5: ["info", DAY],
        6: ["warning", date(2025, 1, 1)],
        7: ["info", limit],
        8: [None, date(2025, 1, 1)],
    }
    assert (await again(graph, RULE, TOMORROW))[key(2)]["severity"] == "warning"
    assert said(await again(graph, RULE, age_days=0), "severity")[5] == ["info"]
    assert said(await again(graph, RULE, age_days=31), "severity")[3] == ["info"]


async def test_hops_and_levels_bound_the_path(graph: Graph) -> None:
    """Each edge is a hop; above the community only the levels named; three steps up at most."""
    scene = Scene(0)
    scene.builder.node(CITY, level="city")
    scene.link(DISTRICT, "PART_OF", CITY)
    wanted = ("medical", "venue", "legal_aid", "tool_share", "mediation", "funding")
    for number, category in enumerate(wanted, start=2):
        need(scene, number, wanted=[category])
    team(scene, "q", "q-2", "medical")
    offer(scene, "po-c3", "venue")
    scene.builder.node("u-990101-1")
    scene.builder.node("po-990101-street", level="subdistrict")
    scene.link("po-street", "COVERS", STREET)
    scene.link("u-1", "CO_BUILDS", "po-street")
    offer(scene, "po-street", "legal_aid")
    offer(scene, "u-1", "tool_share")
    team(scene, "d", DISTRICT, "mediation")
    team(scene, "c", CITY, "funding")
    need(scene, 8, DISTRICT, wanted=["funding"], listed=False)
    need(scene, 9, wanted=["x"])
    scene.builder.node("b-990101-1", level="building")
    scene.link("b-1", "PART_OF", "q-2")
    need(scene, 10, "b-1", wanted=["mediation"], listed=False)
    need(scene, 11, "b-1", wanted=["legal_aid"], listed=False)
    need(scene, 12, "b-1", listed=False)
    need(scene, 13, STREET, wanted=["legal_aid"], listed=False)
    found = await rows_of(graph, scene, RULE)
    assert said(found, "verdict", "cost") == {
        2: ["pass", 2],
        3: ["pass", 4],
        4: ["pass", 6],
        5: ["pass", 7],
        6: ["pass", 8],
        7: ["fail", None],
        8: ["unknown", None],
        9: ["fail", None],
        10: ["fail", None],
        11: ["pass", 8],
        12: ["pass", 4],
        13: ["pass", 2],
    }
    longest = {2: 3, 3: 4, 4: 5, 5: 6, 6: 6}
    for hops in (2, 3, 4, 5):
        few = said(await again(graph, RULE, max_hops=hops), "verdict", "alternative")
        assert {n: few[n][0] == "pass" for n in longest} == {n: longest[n] <= hops for n in longest}
        assert few[9] == ["fail", "legal_aid" if hops == 5 else None]
    district = said(await again(graph, RULE, fallback_levels=["district"]))
    assert [district[n] for n in (3, 4, 5, 6, 11)] == ["pass", "fail", "fail", "pass", "fail"]
    none = said(await again(graph, RULE, fallback_levels=[]), "verdict", "alternative")
    assert [none[n][0] for n in (2, 3, 4, 6, 12, 13)] == ["pass", "pass", "fail", "fail", "pass", "pass"]
    assert none[4][1] is None
    every = said(await again(graph, RULE, fallback_levels=["city"], max_hops=7))
    assert [every[n] for n in (7, 8)] == ["fail", "pass"]
    offer(scene, "u-1", "x")
    scene.builder.node("po-990101-district", level="district")
    scene.link("po-district", "COVERS", DISTRICT)
    scene.link("u-1", "CO_BUILDS", "po-district")
    del scene.builder.edges["u-990101-1~CO_BUILDS~po-990101-street"]
    assert said(await rows_of(graph, scene, RULE))[9] == "fail"
    assert said(await again(graph, RULE, max_hops=7))[9] == "pass"


async def test_the_nearest_of_several_places_and_resources(graph: Graph) -> None:
    """By cost, then id; both places of a need have to be listed for a gap."""
    scene = Scene(0)
    for number in (2, 3, 4):
        need(scene, number, listed=number != 4)
    scene.link("n-2", "CONCERNS", "q-3")
    scene.link("n-3", "CONCERNS", "q-4")
    far, near = team(scene, 1, area(2)), team(scene, 2, "q-3")
    also = team(scene, 3, "q-3")
    scene.builder.nodes["n-990101-3"]["resource_categories"] = ["venue"]
    found = await rows_of(graph, scene, RULE)
    assert said(found, "verdict", "missing", "resource", "alternative") == {
        2: ["pass", [], near, None],
        3: ["unknown", ["co_building@q-990101-4", "resource@q-990101-4"], None, "medical"],
        4: ["unknown", ["co_building@q-990101-4", "resource@q-990101-4"], None, None],
    }
    assert near < also
    assert far < near
    assert found[key(2)]["evidence"][0] == "n-990101-2~CONCERNS~q-990101-3"
    scene.complete(area(4), "resource", "co_building")
    found = await rows_of(graph, scene, RULE)
    assert found[key(3)]["evidence"] == registers(area(3), area(4))


async def test_every_edge_counts_within_its_spell_only(graph: Graph) -> None:
    """The need itself, each hop of its path, projects and registers have their days."""
    cases = [
        linked(bare, "n-# CONCERNS q-#", without=None, expect="fail"),
        linked(two_places, "n-# CONCERNS q-y#", without="fail", expect="pass"),
        linked(bare, "pj-# MEETS n-#", without="fail", expect="pass"),
        linked(bare, "u-# CO_BUILDS po-c#", without="fail", expect="pass"),
        linked(reached, "u-# OFFERS r-u#", without="fail", expect="pass"),
        linked(reached, "po-c# COVERS @#", without="fail", expect="pass"),
        linked(quarter_org, "po-q# COVERS q-#", without="fail", expect="pass"),
        linked(bare, "u-# SERVES q-#", without="fail", expect="pass"),
        linked(
            unlisted("resource"),
            f"@# COMPLETE_IN {SOURCE}",
            without="unknown",
            expect="fail",
            subject="co_building",
        ),
        linked(
            unlisted("co_building"),
            f"q-# COMPLETE_IN {SOURCE}",
            without="unknown",
            expect="fail",
            subject="resource",
        ),
        linked(street, "@# PART_OF @^", without="unknown", expect="fail"),
        linked(reached, "q-# PART_OF @#", without="unknown", expect="pass"),
    ]
    await assert_spells(graph, RULE, cases, key)


async def test_bodies_of_other_kinds_are_not_walked(graph: Graph) -> None:
    """COVERS only from Party organizations and residents' committees; one co-builder, not two."""
    scene = Scene(0)
    need(scene, 2)
    scene.builder.node("oc-990101-2", kind="owners_committee")
    scene.link("oc-2", "COVERS", "q-2")
    scene.builder.node("po-990101-q", level="quarter")
    scene.link("po-q", "CO_BUILDS", "po-c2")
    scene.builder.node("u-990101-2")
    scene.link("u-2", "CO_BUILDS", "po-q")
    offer(scene, "u-2")
    assert said(await rows_of(graph, scene, RULE)) == {2: "fail"}


async def test_an_area_gives_the_needs_of_its_places(graph: Graph) -> None:
    """Of a building, quarter or area in it; a need in two communities is in both."""
    scene = Scene(0)
    for number in (2, 3):
        need(scene, number)
    scene.link("n-2", "CONCERNS", "q-3")
    team(scene, 2, "q-2")
    scene.builder.node("b-990101-1", level="building")
    scene.link("b-1", "PART_OF", "q-3")
    need(scene, 4, "b-1", listed=False)
    need(scene, 5, STREET, listed=False)
    need(scene, 6, until=YESTERDAY)
    # A building that left community 3 for 2 today, and one in a quarter that did.
    scene.builder.node("q-990101-98")
    for number in (2, 3):
        scene.builder.node(f"b-990101-{number}", level="building")
    for place, left, joined in (("b-2", "q-3", "q-2"), ("q-98", area(3), area(2))):
        scene.link(place, "PART_OF", left, until=DAY)
        scene.link(place, "PART_OF", joined, since=DAY)
    scene.link("b-3", "PART_OF", "q-98")
    need(scene, 7, "b-2", listed=False)
    need(scene, 9, "b-3", listed=False)
    need(scene, 14, "b-1", listed=False, until=DAY)
    for number, spell in enumerate(STREETS, start=10):
        community(scene, number, street=spell)
        scene.builder.node(f"n-990101-{number}", kind="need", category="elderly", status="open")
        scene.link(f"n-{number}", "CONCERNS", area(number))
        scene.link("n-5", "CONCERNS", area(number), **spell)
    scene.builder.node("q-990101-99")
    scene.builder.node("n-990101-8", kind="need", category="elderly", status="open")
    scene.link("n-8", "CONCERNS", "q-99")
    found = await rows_of(graph, scene, RULE)
    assert said(found, "area") == {
        2: [area(2)],
        3: [area(3)],
        4: [area(3)],
        5: [area(12)],
        7: [area(2)],
        8: [None],
        9: [area(2)],
        **{n: [area(n)] for n in (10, 11, 12)},
    }
    every = [key(n) for n in (2, 3, 4, 5, 7, 9)]
    await assert_areas(
        graph,
        RULE,
        {
            area(2): [key(2), key(7), key(9)],
            area(3): [key(2), key(3), key(4)],
            STREET: every,
            DISTRICT: every,
            street_of(10): [],
            street_of(11): [],
            street_of(12): [key(12), key(5)],
            area(10): [key(10)],
            area(11): [key(11)],
            area(12): [key(12), key(5)],
        },
    )
