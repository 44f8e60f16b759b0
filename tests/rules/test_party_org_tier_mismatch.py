"""R06: Party organizations whose tier does not fit the number of members."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.reading.graph import Graph
from tests.builder import SOURCE
from tests.oracle.scene import DISTRICT, Scene
from tests.rules.scenes.ask import again, rows_of
from tests.rules.scenes.party import (
    ENDED,
    LATER,
    SPELLS,
    TODAY,
    assert_places,
    assert_registers,
    building,
    enrol,
    organization,
    two_communities,
    verdicts,
)
from tests.strategies import DAY, TOMORROW

RULE = "party_org_tier_mismatch"
UNIT: dict[str, Any] = {"level": "unit", "tier": "branch"}


def of_tiers(sizes: dict[str, tuple[str, int]]) -> Scene:
    """Unit organizations of a tier with so many full members, all lists complete."""
    scene = Scene(1, "")
    scene.complete(DISTRICT, "membership", "party_organization")
    for slug, (tier, size) in sizes.items():
        body = organization(scene, slug, scene.quarters[0], level="unit", tier=tier)
        enrol(scene, body, *["full"] * size)
    return scene


async def test_a_body_of_many_members_is_answered_with_each_of_them(graph: Graph) -> None:
    """1,300 members, all evidence or all of unknown status: both engines count lists that they sort."""
    scene = of_tiers({"large": ("general_branch", 1300)})
    body = organization(scene, "unclear", scene.quarters[0], level="unit", tier="branch")
    enrol(scene, body, *[None] * 1300)
    rows = {row["subject"]: row for row in (await rows_of(graph, scene, RULE)).values()}
    large, unclear = rows["po-990101-large"], rows["po-990101-unclear"]
    assert (large["members"], large["findings"]) == (1300, ["too_many"])
    members = [id_ for id_ in large["evidence"] if id_ != large["subject"]]
    assert len(members) == 1300
    assert members == sorted(set(members))
    assert (unclear["verdict"], unclear["not_known"], len(unclear["missing"])) == ("unknown", 1300, 1300)
    assert unclear["missing"] == sorted(unclear["missing"])


async def test_each_tier_has_its_span_of_members(graph: Graph) -> None:
    """Branch below 50, general branch from 50 below 100, committee from 100; bounds exact."""
    spans = {"branch": (0, 49), "joint_branch": (0, 49), "general_branch": (50, 99)}
    sizes = {"committee-low": ("committee", 99), "committee-first": ("committee", 100)}
    for tier, (low, high) in spans.items():
        slug = tier.replace("_", "-")
        sizes |= {f"{slug}-last": (tier, high), f"{slug}-over": (tier, high + 1)}
        if low:
            sizes |= {f"{slug}-low": (tier, low - 1), f"{slug}-first": (tier, low)}
    rows = await rows_of(graph, of_tiers(sizes), RULE)
    expected = {
        slug: ("pass", [])
        if slug.endswith(("first", "last"))
        else ("fail", ["too_few"] if slug.endswith("low") else ["too_many"])
        for slug in sizes
    }
    found = verdicts(rows, "verdict", "findings", "tier", "members", "missing")
    del found["community"]
    assert {k: v[:2] for k, v in found.items()} == expected
    assert {k: v[2:] for k, v in found.items()} == {k: (*v, []) for k, v in sizes.items()}
    moved = await again(graph, RULE, general_branch_min=51, committee_min=101)
    assert {k for k, v in verdicts(moved).items() if expected.get(k, ("", []))[0] not in ("", v)} == {
        "general-branch-first",
        "general-branch-over",
        "committee-first",
        "branch-over",
        "joint-branch-over",
    }


async def test_members_of_all_below_count_and_their_lists_must_be_complete(graph: Graph) -> None:
    """Persons of the whole tree, each once; evidence are their affiliations and the registers."""
    scene = Scene(1, "")
    top = organization(scene, "top", scene.quarters[0], level="unit", tier="general_branch")
    middle = organization(scene, "middle", level="quarter", tier="branch")
    group = organization(scene, "group", level="building", tier="group")
    for lower, upper in ((middle, top), (group, middle)):
        del scene.builder.edges[f"{lower}~SUBORDINATE_TO~po-990101-community"]
        scene.builder.edge(lower, "SUBORDINATE_TO", upper)
    edges = enrol(scene, top, "full") + enrol(scene, middle, "probationary")
    edges += [*enrol(scene, group, "full"), scene.link("p-1", "MEMBER_OF", middle)]
    enrol(scene, middle, "none")
    enrol(scene, middle, None, party_joined_on=TOMORROW)
    enrol(scene, middle, "full", party_joined_on=TOMORROW)
    enrol(scene, middle, "full", type_="REPORTED_TO")
    enrol(scene, middle, "full", party_full_on=TOMORROW, party_joined_on=DAY)
    edges += ["p-990101-8~MEMBER_OF~po-990101-middle"]
    few: dict[str, Any] = {"general_branch_min": 5, "committee_min": 6}
    columns = ("verdict", "members", "missing")
    open_ = ["party_organization@po-990101-top", "membership@po-990101-middle", "membership@po-990101-top"]
    rows = await rows_of(graph, scene, RULE, **few)
    assert verdicts(rows, *columns)["top"] == ("unknown", 4, open_)
    enough = await again(graph, RULE, general_branch_min=3, committee_min=4)
    assert verdicts(enough, *columns)["top"] == ("fail", 4, [])
    scene.complete(top, "membership", "party_organization")
    rows = await rows_of(graph, scene, RULE, **few)
    assert verdicts(rows, *columns)["top"] == ("unknown", 4, ["membership@po-990101-middle"])
    scene.complete(middle, "membership")
    rows = await rows_of(graph, scene, RULE, **few)
    register = "~COMPLETE_IN~d-990101-register~"
    lists = [
        f"{top}{register}party_organization",
        f"{middle}{register}membership",
        f"{top}{register}membership",
    ]
    assert verdicts(rows, "verdict", "findings", "evidence")["top"] == (
        "fail",
        ["too_few"],
        [top, *sorted(edges), *lists],
    )
    assert verdicts(await again(graph, RULE, general_branch_min=4, committee_min=5))["top"] == "pass"


async def test_unknown_statuses_and_tiers_leave_it_open(graph: Graph) -> None:
    """The bounds straddle 50 or 100 by possible members; without a tier nothing is compared."""
    scene = of_tiers(
        {
            "b": ("branch", 1),
            "g": ("general_branch", 1),
            "h": ("general_branch", 3),
            "c": ("committee", 2),
            "d": ("committee", 1),
            "untold": ("branch", 2),
            "work": ("work_committee", 1),
            "group": ("group", 1),
            "functional": ("functional_branch", 9),
        }
    )
    for slug in "bghcd":
        enrol(scene, f"po-990101-{slug}", None)
    for slug in ("untold", "work", "group", "functional"):
        enrol(scene, f"po-990101-{slug}", None)
    del scene.builder.nodes["po-990101-untold"]["tier"]
    organization(scene, "quarter", scene.quarters[0], level="quarter", tier="branch")
    rows = await rows_of(graph, scene, RULE, general_branch_min=2, committee_min=3)
    status = {k: v[0] for k, v in verdicts(rows, "missing").items() if k != "community"}
    assert status.pop("untold") == ["po-990101-untold.tier"]
    assert {k for k, v in status.items() if v} == {"b", "g", "c"}
    assert all(m.endswith(".party_status") for v in status.values() for m in v)
    assert {k: v for k, v in verdicts(rows).items() if k != "community"} == {
        "b": "unknown",
        "g": "unknown",
        "h": "fail",
        "c": "unknown",
        "d": "fail",
        "untold": "unknown",
        "work": "not_applicable",
        "group": "not_applicable",
        "functional": "not_applicable",
    }
    assert rows["po-990101-work",]["evidence"] == ["po-990101-work"]


async def test_affiliations_and_subordination_count_on_their_days(graph: Graph) -> None:
    """Whoever and whatever came today counts; what ended today or begins tomorrow does not."""
    scene = of_tiers({})
    expected: dict[str, str] = {}
    for name, spell in SPELLS.items():
        body = organization(scene, name, scene.quarters[0], **UNIT)
        enrol(scene, body, "full", spell=spell)
        above = organization(scene, f"above-{name}", scene.quarters[0], **UNIT)
        below = organization(scene, f"below-{name}", scene.quarters[0])
        scene.builder.edge(below, "SUBORDINATE_TO", above, **spell)
        enrol(scene, below, "full")
        found = "fail" if name == "today" else "pass"
        expected |= {name: found, f"above-{name}": found}
    # One that has too many names who counts today, and nobody else.
    several = organization(scene, "several", scene.quarters[0], **UNIT)
    counted = [edge for spell in SPELLS.values() for edge in enrol(scene, several, "full", spell=spell)][:1]
    for name in SPELLS:
        scene.builder.edge(f"po-990101-below-{name}", "SUBORDINATE_TO", several, **SPELLS[name])
    counted += [edge for edge in scene.builder.edges if edge.endswith("~MEMBER_OF~po-990101-below-today")]
    rows = await rows_of(graph, scene, RULE, general_branch_min=1)
    assert {k: v for k, v in verdicts(rows).items() if k != "community"} == expected | {"several": "fail"}
    assert verdicts(rows, "evidence")["several"] == ([several, *sorted(counted)],)


async def test_whoever_joined_in_the_month_of_the_day_counts_perhaps(graph: Graph) -> None:
    """Joined in June: not yet in May, perhaps on the 15th, for certain on the 30th."""
    scene = of_tiers({})
    body = organization(scene, "june", scene.quarters[0], **UNIT)
    june = {"party_joined_on": date(2025, 6, 1), "date_precision": ["party_joined_on:month"]}
    enrol(scene, body, "full", **june)
    found = [
        verdicts(await rows_of(graph, scene, RULE, day, general_branch_min=1), "verdict", "missing")["june"]
        for day in (date(2025, 5, 31), date(2025, 6, 15), DAY)
    ]
    assert found == [("pass", []), ("unknown", ["p-990101-1.party_joined_on"]), ("fail", [])]


async def test_rows_stand_where_the_organization_does(graph: Graph) -> None:
    """Existence and area come from what is covered today, and an area gives only its rows."""
    await assert_places(graph, RULE, **UNIT)


async def test_a_register_of_organizations_closes_the_tree(graph: Graph) -> None:
    """At the organization, its place or an area above, and only while it is open."""
    await assert_registers(
        graph,
        RULE,
        "party_organization",
        "pass",
        prepare=lambda s, b: s.builder.complete(b, "membership"),
        **UNIT,
    )


async def test_a_register_of_members_closes_each_organization_of_the_tree(graph: Graph) -> None:
    """For a subordinate one as well: at it, what it covers, or above, while all edges are open."""
    scene = two_communities(1)
    scene.builder.edge(DISTRICT, "COMPLETE_IN", SOURCE, subject="party_organization")
    scene.builder.edge("990101001002", "COMPLETE_IN", SOURCE, subject="membership", **TODAY)
    expected: dict[str, str] = {}

    def case(slug: str, closed: bool) -> str:
        top = organization(scene, slug, scene.quarters[0], level="unit", tier="general_branch")
        scene.complete(top, "membership")
        low = scene.builder.node(f"po-990101-low-{slug}", level="quarter", tier="branch")
        scene.builder.edge(low, "SUBORDINATE_TO", top)
        expected[slug] = "fail" if closed else "unknown"
        return low

    there = "q-990101-other"
    for name, spell in SPELLS.items():
        today = name == "today"
        scene.builder.edge(case(f"own-{name}", today), "COMPLETE_IN", SOURCE, subject="membership", **spell)
        scene.builder.edge(case(f"covers-{name}", today), "COVERS", there, **spell)
        unit = scene.builder.node(f"u-990101-{name}")
        scene.builder.edge(unit, "BASED_IN", there, **spell)
        scene.builder.edge(case(f"based-{name}", today), "COVERS", unit)
        unit = scene.builder.node(f"u-990101-here-{name}")
        scene.builder.edge(unit, "BASED_IN", there)
        scene.builder.edge(case(f"unit-{name}", today), "COVERS", unit, **spell)
        house = building(scene, f"b-990101-{name}", there)
        scene.builder.edge(case(f"house-{name}", today), "COVERS", house, **spell)
        house = building(scene, f"b-990101-built-{name}", there, **spell)
        scene.builder.edge(case(f"built-{name}", today), "COVERS", house)
    for slug, spell in (("gone", ENDED), ("coming", LATER), ("brief", TODAY)):
        quarter = scene.builder.node(f"q-990101-{slug}")
        scene.builder.edge(quarter, "PART_OF", "990101001002", **spell)
        scene.builder.edge(case(slug, slug == "brief"), "COVERS", quarter)
        unit = scene.builder.node(f"u-990101-{slug}")
        scene.builder.edge(unit, "BASED_IN", quarter)
        scene.builder.edge(case(f"unit-{slug}", slug == "brief"), "COVERS", unit)
    for slug, spell in (("own-shut", ENDED), ("own-soon", LATER)):
        low = case(slug, closed=False)
        quarter = scene.builder.node(f"q-990101-{slug}")
        scene.builder.edge(quarter, "COMPLETE_IN", SOURCE, subject="membership", **spell)
        scene.builder.edge(low, "COVERS", quarter)
        unit = scene.builder.node(f"u-990101-{slug}")
        scene.builder.edge(unit, "BASED_IN", quarter)
        scene.builder.edge(case(f"unit-{slug}", closed=False), "COVERS", unit)
    scene.complete(case("wrong", closed=False), "report")
    rows = await rows_of(graph, scene, RULE)
    found = {k: v for k, v in verdicts(rows).items() if k != "community"}
    assert found == expected
    tree = f"{DISTRICT}~COMPLETE_IN~{SOURCE}~party_organization"
    for slug in (s for s, verdict in expected.items() if verdict == "fail"):
        top, low = f"po-990101-{slug}", f"po-990101-low-{slug}"
        at = low if slug.startswith("own") else "990101001002"
        lists = sorted(f"{x}~COMPLETE_IN~{SOURCE}~membership" for x in (top, at))
        assert rows[top,]["evidence"] == [top, tree, *lists]
