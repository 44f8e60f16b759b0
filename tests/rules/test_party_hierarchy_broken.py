"""R09: Party organizations whose chain of subordination is broken."""

from __future__ import annotations

from typing import Any

from graph.reading.graph import Graph
from tests.builder import SOURCE
from tests.oracle.scene import COMMUNITY, DISTRICT, ORG, STREET, Scene
from tests.rules.scenes.ask import again, rows_of
from tests.rules.scenes.party import (
    OTHER,
    SPELLS,
    TODAY,
    assert_places,
    assert_registers,
    place,
    two_communities,
    verdicts,
)

RULE = "party_hierarchy_broken"
COLUMNS = ("verdict", "severity", "findings", "missing")
TOP, WORK, SECOND = "po-990101-top", "po-990101-work", "po-990101-second"
REGISTER = f"{DISTRICT}~COMPLETE_IN~{SOURCE}~party_organization"


def chain(*, complete: bool = True) -> Scene:
    """A district's organization, a work committee, two communities' ones, each where it belongs."""
    scene = two_communities(1)
    add = scene.builder
    add.node(TOP, level="district", tier="committee")
    add.node(WORK, level="subdistrict", tier="work_committee")
    add.node(SECOND, level="community", tier="committee")
    for body, place_, superior in (
        (TOP, DISTRICT, None),
        (WORK, STREET, TOP),
        (ORG, COMMUNITY, WORK),
        (SECOND, OTHER, WORK),
    ):
        add.edge(body, "COVERS", place_)
        if superior:
            add.edge(body, "SUBORDINATE_TO", superior)
    if complete:
        scene.complete(DISTRICT, "party_organization")
    return scene


def under(scene: Scene, slug: str, *superiors: str, covers: str | None = None, **props: Any) -> str:
    """An organization with these superiors, by default a quarter's branch."""
    body = scene.builder.node(f"po-990101-{slug}", **{"level": "quarter", "tier": "branch", **props})
    for superior in superiors:
        scene.builder.edge(body, "SUBORDINATE_TO", superior)
    if covers:
        scene.builder.edge(body, "COVERS", covers)
    return body


def without_chain(rows: dict[str, Any]) -> dict[str, Any]:
    """Rows but for those of the four upper organizations."""
    return {k: v for k, v in rows.items() if k not in ("top", "work", "community", "second")}


def verdict(severity: str | None, *findings: str) -> tuple[str, str | None, list[str], list[str]]:
    """What a row says that has these findings, or none."""
    return "fail" if findings else "pass", severity, list(findings), []


async def test_the_upper_levels_pass_and_the_top_needs_no_superior(graph: Graph) -> None:
    """District, work committee and communities are in order; all edges are evidence."""
    rows = await rows_of(graph, chain(), RULE)
    assert verdicts(rows, *COLUMNS) == {
        "top": ("not_applicable", None, [], []),
        "work": ("pass", None, [], []),
        "community": ("pass", None, [], []),
        "second": ("pass", None, [], []),
    }
    assert verdicts(rows, "superiors", "evidence") == {
        "top": (0, [TOP]),
        "work": (1, [f"{WORK}~SUBORDINATE_TO~{TOP}"]),
        "community": (1, [f"{ORG}~SUBORDINATE_TO~{WORK}", f"{WORK}~COVERS~{STREET}"]),
        "second": (1, [f"{SECOND}~SUBORDINATE_TO~{WORK}", f"{WORK}~COVERS~{STREET}"]),
    }


async def test_no_superior_several_and_a_cycle_are_violations(graph: Graph) -> None:
    """No one above, two above, or oneself above, however long the way round."""
    scene = chain()
    q = scene.quarters[0]
    none = under(scene, "none", covers=q)
    two = under(scene, "two", ORG, SECOND, covers=q)
    one = under(scene, "one", level="unit")
    for slug, superior in (("three", one), ("four", "po-990101-three")):
        under(scene, slug, superior, level="unit")
    scene.builder.edge(one, "SUBORDINATE_TO", "po-990101-four")
    under(scene, "beside", one, level="unit")
    scene.builder.edge(two, "SUBORDINATE_TO", ORG, spell=2)
    rows = await rows_of(graph, scene, RULE)
    found = without_chain(verdicts(rows, *COLUMNS))
    loop = verdict("violation", "cycle")
    assert found == {
        "none": ("fail", "violation", ["no_superior"], []),
        "two": ("fail", "violation", ["several_superiors"], []),
        "one": loop,
        "three": loop,
        "four": loop,
        "beside": ("pass", None, [], []),
    }
    edges = {
        s: f"po-990101-{s}~SUBORDINATE_TO~po-990101-{t}"
        for s, t in (("one", "four"), ("three", "one"), ("four", "three"))
    }
    assert rows["po-990101-none",]["evidence"] == [REGISTER]
    assert rows["po-990101-one",]["evidence"] == [edges["one"], edges["four"], edges["three"]]
    both = [f"{two}~SUBORDINATE_TO~{ORG}", f"{two}~SUBORDINATE_TO~{ORG}~2"]
    assert rows[two,]["evidence"] == [*both, f"{two}~SUBORDINATE_TO~{SECOND}"]
    assert rows[two,]["superiors"] == 2
    assert rows[none,]["superiors"] == 0


async def test_the_superior_is_of_the_next_level_and_the_same_place(graph: Graph) -> None:
    """Another community, a level left out, or a branch of the same level above are warnings."""
    scene = chain()
    q = scene.quarters[0]
    general = under(scene, "general", ORG, covers=q, tier="general_branch")
    party = under(scene, "committee", ORG, covers=q, tier="committee")
    under(scene, "good", ORG, covers=q)
    under(scene, "other", SECOND, covers=q)
    under(scene, "skips", WORK, covers=q)
    under(scene, "below-general", general, covers=q)
    under(scene, "below-committee", party, covers=q)
    under(scene, "below-branch", "po-990101-good", covers=q)
    under(scene, "joint", SECOND, covers=q)
    scene.builder.edge("po-990101-joint", "COVERS", "q-990101-other")
    under(scene, "community-skips", TOP, covers=COMMUNITY, level="community")
    under(scene, "community-below", ORG, covers=COMMUNITY, level="community")
    under(scene, "unit", WORK, level="unit")
    under(scene, "building", WORK, level="building")
    rows = await rows_of(graph, scene, RULE)
    wrong = verdict("warning", "superior_level")
    good = verdict(None)
    found = without_chain(verdicts(rows, *COLUMNS))
    assert {k for k, v in found.items() if v == good} == {
        "general",
        "committee",
        "good",
        "below-general",
        "below-committee",
        "joint",
        "community-below",
        "unit",
        "building",
    }
    assert {k: v for k, v in found.items() if v != good} == {
        "other": ("fail", "warning", ["other_place"], []),
        "skips": wrong,
        "below-branch": wrong,
        "community-skips": wrong,
    }
    assert rows["po-990101-other",]["evidence"] == [f"po-990101-other~SUBORDINATE_TO~{SECOND}", REGISTER]
    without = {
        "community": {"general", "committee", "good", "other", "joint", "below-branch"},
        "subdistrict": {"other", "skips", "below-branch"},
        "quarter": {"community-skips"},
    }
    for level, failing in without.items():
        kept = [x for x in ("subdistrict", "community", "quarter") if x != level]
        changed = without_chain(verdicts(await again(graph, RULE, required_chain=kept)))
        assert {k for k, v in changed.items() if v == "fail"} == failing, level
    only = without_chain(verdicts(await again(graph, RULE, required_chain=["quarter"])))
    assert set(only.values()) == {"pass"}


async def test_groups_stand_below_a_branch_and_may_be_required(graph: Graph) -> None:
    """A group below anything else is a warning; a branch without one a remark where asked."""
    scene = chain()
    scene.complete(ORG, "party_organization")
    q = scene.quarters[0]
    for slug, tier in (("a", "branch"), ("b", "joint_branch"), ("c", "functional_branch")):
        body = under(scene, slug, ORG, covers=q, tier=tier)
        under(scene, f"group-{slug}", body, level="building", tier="group")
    for name, spell in SPELLS.items():
        body = under(scene, name, ORG, covers=q)
        group = under(scene, f"group-{name}", "po-990101-a", level="building", tier="group")
        scene.builder.edge(group, "SUBORDINATE_TO", body, **spell)
    under(scene, "bare", ORG, covers=q)
    under(scene, "no-group-below", "po-990101-bare", level="building", tier="branch")
    under(scene, "lost", ORG, level="building", tier="group", covers=q)
    untold = under(scene, "untold", ORG, covers=q, tier=None)
    under(scene, "open", untold, level="building", tier="group")
    rows = await rows_of(graph, scene, RULE)
    found = without_chain(verdicts(rows, *COLUMNS))
    assert {k: v for k, v in found.items() if v[0] != "pass"} == {
        "lost": ("fail", "warning", ["group_not_under_branch"], []),
        "open": ("unknown", None, [], ["po-990101-untold.tier"]),
        "group-today": ("fail", "violation", ["several_superiors"], []),
    }
    asked: dict[str, Any] = {"required_chain": ["subdistrict", "community", "quarter", "group"]}
    rows = await again(graph, RULE, **asked)
    found = without_chain(verdicts(rows, *COLUMNS))
    assert {k for k, v in found.items() if v == ("pass", None, [], [])} == {
        "a",
        "b",
        "c",
        "group-a",
        "group-b",
        "group-c",
        "untold",
        "no-group-below",
        "today",
        "group-ended",
        "group-later",
    }
    assert found["bare"] == found["ended"] == found["later"] == verdict("info", "no_group")
    assert rows["po-990101-bare",]["evidence"][-1] == REGISTER
    link = "po-990101-group-today~SUBORDINATE_TO~po-990101-a"
    assert rows["po-990101-a",]["evidence"][-1] == link


async def test_what_is_not_on_record_leaves_it_open(graph: Graph) -> None:
    """No register: no superior, no shared place, no group are unknown, with what is missing."""
    scene = chain(complete=False)
    q = scene.quarters[0]
    under(scene, "none", covers=q)
    under(scene, "apart", SECOND, covers=q)
    drifting = place(scene, "q-990101-drift", DISTRICT)
    under(scene, "drift", ORG, covers=drifting)
    under(scene, "nowhere", ORG)
    untold = under(scene, "untold", ORG, covers=q, tier=None)
    under(scene, "below", untold, covers=q)
    under(scene, "cycle", "po-990101-cycle", covers=q)
    scene.builder.node(SECOND, level="community")
    under(scene, "known", SECOND, covers="q-990101-other")
    plain = under(scene, "plain", WORK, level="unit", tier=None)
    under(scene, "unit", plain, level="unit")
    rows = await rows_of(graph, scene, RULE)
    open_ = without_chain(verdicts(rows, "verdict", "missing"))
    assert open_ == {
        "none": ("unknown", ["party_organization@po-990101-none"]),
        "apart": ("unknown", [f"party_organization@{SECOND}"]),
        "drift": ("unknown", [f"area@{drifting}"]),
        "nowhere": ("unknown", ["party_organization@po-990101-nowhere"]),
        "untold": ("pass", []),
        "below": ("unknown", ["po-990101-untold.tier"]),
        "cycle": ("fail", []),
        "known": ("pass", []),
        "plain": ("pass", []),
        "unit": ("pass", []),
    }
    rows = await again(graph, RULE, required_chain=["community", "quarter", "group"])
    assert verdicts(rows, "missing")["none"] == (["party_organization@po-990101-none"],)
    assert verdicts(rows, "verdict", "missing")["cycle"] == ("fail", [])
    assert verdicts(rows, "missing")["drift"] == (["party_organization@po-990101-drift", f"area@{drifting}"],)
    scene.complete("po-990101-nowhere", "party_organization")
    scene.complete("po-990101-drift", "party_organization")
    rows = await rows_of(graph, scene, RULE)
    assert verdicts(rows, "verdict", "missing")["nowhere"] == ("pass", [])
    assert verdicts(rows, "verdict", "missing")["drift"] == ("unknown", [f"area@{drifting}"])


async def test_edges_of_the_chain_count_on_their_days(graph: Graph) -> None:
    """Subordination and what either covers: from today on, until yesterday."""
    scene = chain()
    q = scene.quarters[0]
    expected = {}
    for name, spell in SPELLS.items():
        today = name == "today"
        body = under(scene, name, covers=q)
        scene.builder.edge(body, "SUBORDINATE_TO", ORG, **spell)
        expected[name] = [] if today else ["no_superior"]
        body = under(scene, f"covers-{name}", SECOND, covers=q)
        scene.builder.edge(body, "COVERS", "q-990101-other", **spell)
        expected[f"covers-{name}"] = [] if today else ["other_place"]
        upper = under(scene, f"upper-{name}", WORK, covers=OTHER, level="community")
        scene.builder.edge(upper, "COVERS", COMMUNITY, **spell)
        under(scene, f"lower-{name}", upper, covers=q)
        expected[f"upper-{name}"] = []
        expected[f"lower-{name}"] = [] if today else ["other_place"]
        loop = under(scene, f"loop-{name}", level="unit")
        back = under(scene, f"back-{name}", loop, level="unit")
        scene.builder.edge(loop, "SUBORDINATE_TO", back, **spell)
        expected[f"loop-{name}"] = ["cycle"] if today else []
        expected[f"back-{name}"] = ["cycle"] if today else []
        moved = scene.builder.node(f"q-990101-{name}")
        scene.builder.edge(moved, "PART_OF", OTHER, **spell)
        under(scene, f"moved-{name}", SECOND, covers=moved)
        expected[f"moved-{name}"] = []
        drift = under(scene, f"drift-{name}", ORG)
        scene.builder.edge(drift, "COVERS", place(scene, f"q-990101-d-{name}", DISTRICT), **spell)
        scene.complete(drift, "party_organization")
        expected[f"drift-{name}"] = []
    rows = await rows_of(graph, scene, RULE)
    found = without_chain(verdicts(rows, "findings", "verdict"))
    open_ = {k for k, v in found.items() if v[1] == "unknown"}
    assert open_ == {"loop-ended", "loop-later", "moved-ended", "moved-later", "drift-today"}
    assert {k: v[0] for k, v in found.items()} == expected


async def test_rows_stand_where_the_organization_does(graph: Graph) -> None:
    """Existence and area come from what is covered today, and an area gives only its rows."""
    await assert_places(graph, RULE, tier="branch", level="quarter")


async def test_what_covers_a_building_stands_where_that_does(graph: Graph) -> None:
    """As long as the building is part of the quarter, and the quarter of the community."""
    scene = chain()
    expected = {}
    for name, spell in SPELLS.items():
        for which in ("building", "quarter"):
            spells = {end: spell if end == which else {} for end in ("building", "quarter")}
            quarter = place(scene, f"q-990101-{which}-{name}", OTHER, **spells["quarter"])
            building = scene.builder.node(f"b-990101-{which}-{name}", level="building")
            scene.builder.edge(building, "PART_OF", quarter, **spells["building"])
            body = under(scene, f"{which}-{name}", ORG, covers=building, level="building")
            expected[body] = OTHER if name == "today" else None
    rows = await rows_of(graph, scene, RULE)
    assert {body: rows[body,]["area"] for body in expected} == expected
    local = await again(graph, RULE, area=OTHER)
    assert {body for (body,) in local} & expected.keys() == {b for b, area in expected.items() if area}


async def test_a_register_closes_the_list_where_it_stands(graph: Graph) -> None:
    """At the organization or an area above its place, and only while it is open."""

    def cut(scene: Scene, body: str) -> None:
        scene.builder.edges[f"{body}~SUBORDINATE_TO~{ORG}"].update(until=TODAY["since"])

    await assert_registers(graph, RULE, "party_organization", "fail", prepare=cut, by_quarter=False)


async def test_a_list_of_its_own_place_says_nothing_of_what_is_above(graph: Graph) -> None:
    """A quarter's list closes what is in it; a community's that of its branches, not its own superior."""
    scene = chain(complete=False)
    q = scene.quarters[0]
    for place_ in (q, COMMUNITY):
        scene.complete(place_, "party_organization")
    under(scene, "alone", covers=q)
    under(scene, "apart", SECOND, covers=q)
    under(scene, "upper", covers=COMMUNITY, level="community")
    far = place(scene, "q-990101-far", OTHER)
    scene.complete(far, "party_organization")
    under(scene, "far-alone", covers=far)
    under(scene, "far-apart", ORG, covers=far)
    rows = await rows_of(graph, scene, RULE)
    assert without_chain(verdicts(rows, "verdict", "findings", "missing")) == {
        "alone": ("fail", ["no_superior"], []),
        "apart": ("fail", ["other_place"], []),
        "upper": ("unknown", [], ["party_organization@po-990101-upper"]),
        "far-alone": ("unknown", [], ["party_organization@po-990101-far-alone"]),
        "far-apart": ("unknown", [], [f"party_organization@{ORG}"]),
    }
    assert rows["po-990101-alone",]["evidence"] == [f"{COMMUNITY}~COMPLETE_IN~{SOURCE}~party_organization"]
    rows = await again(graph, RULE, required_chain=["community", "quarter", "group"])
    assert verdicts(rows, "findings")["far-alone"] == (["no_group"],)
