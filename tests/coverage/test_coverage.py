"""Coverage dimensions: hand-made states on both engines, and drawn graphs against Python."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.coverage.count import find_coverage
from graph.model import OPEN_END
from graph.reading.graph import Graph
from tests.builder import BEGIN, GraphBuilder
from tests.oracle.areas import roll_up, total_complete
from tests.oracle.asking import Row, add, ask, ask_all, is_enough, store, view_of
from tests.oracle.coverage import DIMENSIONS, recompute
from tests.oracle.scene import COMMUNITY, DISTRICT, ORG, RESIDENTS, SOURCE, Scene
from tests.strategies import DAY, TOMORROW, YESTERDAY, graphs

FIRST, SECOND, THIRD, FOURTH = (f"q-990101-{n:02}" for n in range(1, 5))


async def subjects_of(
    graph: Graph, scene: Scene, dimension: str, as_of: date = DAY, **params: Any
) -> dict[str, Row]:
    """Rows of a dimension on a scene, by subject."""
    await store(graph, scene.builder)
    return by_subject(await ask(graph, dimension, as_of, **params))


def by_subject(rows: list[Row]) -> dict[str, Row]:
    """Rows by subject; each stands once."""
    found = {row["subject"]: row for row in rows}
    assert len(rows) == len(found), "a subject is counted twice"
    return found


def states(rows: dict[str, Row]) -> dict[str, str]:
    """State by subject."""
    return {subject: row["state"] for subject, row in rows.items()}


async def states_of(
    graph: Graph, scene: Scene, dimension: str, as_of: date = DAY, **params: Any
) -> dict[str, str]:
    """States of a dimension on a scene, by subject."""
    return states(await subjects_of(graph, scene, dimension, as_of, **params))


# One relation to a quarter ---------------------------------------------------------------------

COVERING: dict[str, tuple[str, str, dict[str, Any], str]] = {
    "party_branch": (
        "po-990101-x",
        "COVERS",
        {"level": "quarter", "tier": "functional_branch"},
        "party_organization",
    ),
    "owners_committee": ("oc-990101-x", "COVERS", {"kind": "owners_committee"}, "owners_committee"),
    "property_service": ("pp-990101-x", "SERVES", {"mode": "self"}, "property_project"),
    "volunteer_team": ("t-990101-x", "SERVES", {"kind": "volunteer_team"}, "team"),
    "service_station": ("st-990101-x", "SERVES", {}, "station"),
}
"""Per dimension: the body that covers, by which edge, its properties, and the register."""


@pytest.mark.parametrize("dimension", COVERING)
async def test_quarter_is_covered_a_gap_or_unknown(graph: Graph, dimension: str) -> None:
    """Covered by an open edge; without one a gap where a register is complete, else unknown."""
    body, type_, properties, subject = COVERING[dimension]
    scene = Scene(4, bodies="")
    scene.builder.node(body, **properties)
    scene.link(body, type_, FIRST)
    scene.link(body, type_, SECOND, until=DAY)
    scene.complete(SECOND, subject)
    scene.complete(THIRD, subject, since=TOMORROW)
    scene.complete(FOURTH, "area")
    found = await subjects_of(graph, scene, dimension)
    assert states(found) == {FIRST: "covered", SECOND: "gap", THIRD: "unknown", FOURTH: "unknown"}
    assert [f"{subject}@{THIRD}"] == found[THIRD]["missing"]
    assert {COMMUNITY} == {row["area"] for row in found.values()}


@pytest.mark.parametrize("dimension", COVERING)
async def test_state_follows_the_day(graph: Graph, dimension: str) -> None:
    """Before the first day, on it, on the last, and on the exclusive end."""
    body, type_, properties, subject = COVERING[dimension]
    scene = Scene(1, bodies="")
    scene.builder.node(body, **properties)
    first, end = date(2024, 1, 1), date(2025, 1, 1)
    scene.link(body, type_, FIRST, since=first, until=end)
    scene.link(body, type_, FIRST, since=DAY, until=OPEN_END, spell=2)
    scene.complete(DISTRICT, subject)
    await store(graph, scene.builder)
    days = {
        first - timedelta(days=1): "gap",
        first: "covered",
        end - timedelta(days=1): "covered",
        end: "gap",
        DAY: "covered",
        BEGIN - timedelta(days=1): "unknown",
    }
    for day, state in days.items():
        assert {FIRST: state} == states(by_subject(await ask(graph, dimension, day))), day


@pytest.mark.parametrize("dimension", COVERING)
async def test_gap_begins_when_the_last_edge_ended_or_the_register_began(
    graph: Graph, dimension: str
) -> None:
    """A gap's `since` is the end of the last edge, else the first day of the register."""
    body, type_, properties, subject = COVERING[dimension]
    scene = Scene(2, bodies="")
    scene.builder.node(body, **properties)
    scene.link(body, type_, FIRST, until=date(2024, 3, 1))
    scene.complete(DISTRICT, subject, since=date(2023, 6, 30))
    found = await subjects_of(graph, scene, dimension)
    assert [date(2024, 3, 1), date(2023, 6, 30)] == [found[q]["since"] for q in (FIRST, SECOND)]


async def test_other_kinds_do_not_cover(graph: Graph) -> None:
    """A group is no branch, a club no volunteer team, nor a team of the whole community."""
    scene = Scene(1, bodies="")
    b = scene.builder
    b.node("po-990101-g", level="building", tier="group")
    b.edge("po-990101-g", "COVERS", FIRST)
    b.node("t-990101-c", kind="interest_group")
    b.edge("t-990101-c", "SERVES", FIRST)
    b.node("t-990101-v", kind="volunteer_team")
    b.edge("t-990101-v", "SERVES", COMMUNITY)
    scene.complete(FIRST, "party_organization", "team")
    await store(graph, b)
    for dimension in ("party_branch", "volunteer_team"):
        assert states(by_subject(await ask(graph, dimension, DAY))) == {FIRST: "gap"}


async def test_branch_of_unknown_tier_leaves_it_open(graph: Graph) -> None:
    """An organization that may be a branch is neither a cover nor a gap."""
    scene = Scene(1, bodies="")
    scene.builder.node("po-990101-1", level="quarter")
    scene.link("po-1", "COVERS", FIRST)
    scene.complete(FIRST, "party_organization")
    found = await subjects_of(graph, scene, "party_branch")
    assert (found[FIRST]["state"], found[FIRST]["missing"]) == ("unknown", ["po-990101-1.tier"])


async def test_interim_committee_counts_by_parameter(graph: Graph) -> None:
    """A property management committee covers, unless the profile says that it does not."""
    scene = Scene(1, bodies="")
    scene.builder.node("oc-990101-1", kind="property_management_committee")
    scene.link("oc-1", "COVERS", FIRST)
    scene.complete(FIRST, "owners_committee")
    assert await states_of(graph, scene, "owners_committee") == {FIRST: "covered"}
    assert await states_of(graph, scene, "owners_committee", interim=False) == {FIRST: "gap"}


async def test_station_in_reach_covers(graph: Graph) -> None:
    """A station 556 m away covers within 1,000 m, not within 500; one that has gone does not."""
    scene = Scene(2, bodies="")
    for quarter, lat in ((FIRST, 28.0), (SECOND, 28.5)):
        scene.builder.nodes[quarter] |= {"lat": lat, "lon": 113.0}
    for name, lat, until in (("1", 28.005, OPEN_END), ("2", 28.505, DAY)):
        scene.builder.node(f"st-990101-{name}", lat=lat, lon=113.0)
        scene.link(f"st-{name}", "BASED_IN", COMMUNITY, until=until)
    scene.complete(DISTRICT, "station")
    assert await states_of(graph, scene, "service_station") == {FIRST: "covered", SECOND: "gap"}
    near = await states_of(graph, scene, "service_station", distance_m=500)
    assert near == {FIRST: "gap", SECOND: "gap"}


async def test_moved_quarter_takes_the_registers_of_its_place_on_the_day(graph: Graph) -> None:
    """A register of the old community says nothing once the quarter has moved."""
    scene = Scene(1, bodies="")
    other = scene.builder.node("990101001002", level="community")
    scene.link(other, "PART_OF", "990101001000")
    scene.builder.edges[f"{FIRST}~PART_OF~{COMMUNITY}"]["until"] = DAY
    scene.link(FIRST, "PART_OF", other, since=DAY)
    scene.complete(COMMUNITY, "team")
    await store(graph, scene.builder)
    for day, area, state in ((YESTERDAY, COMMUNITY, "gap"), (DAY, other, "unknown")):
        (row,) = await ask(graph, "volunteer_team", day)
        assert (area, state) == (row["area"], row["state"])


# The other subjects ----------------------------------------------------------------------------


async def test_party_groups_of_buildings(graph: Graph) -> None:
    """Buildings by default, entrances on request; the quarter's register closes both."""
    scene = Scene(2, bodies="")
    b = scene.builder
    for n, level, place in (
        (1, "building", FIRST),
        (2, "building", FIRST),
        (3, "building", SECOND),
        (4, "entrance", "b-990101-1"),
    ):
        b.node(f"b-990101-{n}", level=level)
        b.edge(f"b-990101-{n}", "PART_OF", place)
    b.node("po-990101-g", level="building", tier="group")
    b.edge("po-990101-g", "COVERS", "b-990101-1")
    scene.complete(FIRST, "party_organization")
    expected = {"b-990101-1": "covered", "b-990101-2": "gap", "b-990101-3": "unknown"}
    assert expected == await states_of(graph, scene, "party_group")
    expected["b-990101-4"] = "gap"
    assert expected == await states_of(graph, scene, "party_group", entrances=True)


async def test_grid_building_and_entrance_posts(graph: Graph) -> None:
    """Each place needs its own role; another role or an ended spell does not fill it."""
    scene = Scene(2, bodies="")
    b = scene.builder
    b.node("g-990101-1", kind="grid")
    b.edge("g-990101-1", "PART_OF", FIRST)
    for n, level in ((1, "building"), (2, "entrance")):
        b.node(f"b-990101-{n}", level=level)
    b.edge("b-990101-1", "PART_OF", SECOND)
    b.edge("b-990101-2", "PART_OF", "b-990101-1")
    scene.people(1, 2, 3)
    scene.seat(1, "contact_cadre", "g-1")
    scene.seat(2, "building_head", "b-1")
    scene.seat(3, "entrance_head", "b-2", until=DAY)
    scene.complete(SECOND, "post")
    assert await states_of(graph, scene, "grid_post") == {
        "g-990101-1#grid_worker": "unknown",
        "b-990101-1#building_head": "covered",
        "b-990101-2#entrance_head": "gap",
    }


async def test_cross_appointments_by_admissible_pair(graph: Graph) -> None:
    """One row per pair whose bodies exist; a person whom R27 bars makes no link."""
    scene = Scene(3)
    scene.people(1, 2, 3, 4)
    scene.seat(1, "secretary", "po-1")
    scene.seat(1, "member", "oc-1")
    scene.seat(2, "project_manager", "pp-1")
    scene.seat(2, "part_time_member", ORG)
    scene.seat(3, "committee_member", "po-2")
    scene.seat(3, "chair", "oc-2")
    scene.link("p-3", "EMPLOYED_BY", "pf-2", kind="employee")
    scene.complete(SECOND, "post")
    for edge in [e for e in scene.builder.edges.values() if e["to"] == THIRD]:
        edge["until"] = DAY if edge["from"] == "pp-990101-3" else OPEN_END
    assert {
        f"{FIRST}#branch-committee": "covered",
        f"{FIRST}#branch-property": "unknown",
        f"{FIRST}#community-committee": "unknown",
        f"{FIRST}#community-property": "covered",
        f"{SECOND}#branch-committee": "gap",
        f"{SECOND}#branch-property": "gap",
        f"{SECOND}#community-committee": "unknown",
        f"{SECOND}#community-property": "unknown",
        f"{THIRD}#branch-committee": "unknown",
        f"{THIRD}#community-committee": "unknown",
    } == await states_of(graph, scene, "cross_appointment")


async def test_party_share_of_committees(graph: Graph) -> None:
    """Three of five is covered at three fifths, two of five a gap, an open list unknown."""
    scene = Scene(3, bodies="oc")
    for number, party in ((1, 3), (2, 2), (3, 3)):
        for i in range(5):
            scene.person(number * 10 + i, party_status="full" if i < party else "none")
            scene.seat(number * 10 + i, "member", f"oc-{number}")
    for number in (1, 2):
        scene.complete(f"oc-{number}", "post")
    assert (await states_of(graph, scene, "oc_party_ratio")) == {
        "oc-990101-1": "covered",
        "oc-990101-2": "gap",
        "oc-990101-3": "unknown",
    }


async def test_extended_committees_of_communities(graph: Graph) -> None:
    """A part-time member, a co-builder or the mark covers; a gap needs both registers."""
    scene = Scene(1, bodies="")
    b = scene.builder
    scene.people(1)
    b.node("u-990101-1", category="bank")
    communities = {COMMUNITY: ORG}
    for n in range(2, 6):
        area = b.node(f"99010100100{n}", level="community")
        b.edge(area, "PART_OF", "990101001000")
        communities[area] = b.node(f"po-990101-c{n}", level="community")
        b.edge(communities[area], "COVERS", area)
    two, three, four, five = list(communities)[1:]
    scene.seat(1, "part_time_member", ORG)
    scene.link("u-1", "CO_BUILDS", communities[two])
    b.nodes[communities[three]]["extended_committee"] = True
    scene.complete(four, "post", "co_building")
    scene.complete(five, "post")
    expected = {**dict.fromkeys((COMMUNITY, two, three), "covered"), four: "gap", five: "unknown"}
    assert expected == await states_of(graph, scene, "big_committee")


async def test_open_needs_and_what_meets_them(graph: Graph) -> None:
    """A path to a wanted resource or a running project covers; closed needs are no subjects."""
    scene = Scene(4, bodies="")
    b = scene.builder
    for n, quarter in enumerate((FIRST, SECOND, THIRD, FOURTH, FOURTH), start=1):
        b.node(
            f"n-990101-{n}", kind="need", category="elderly", status="open", resource_categories=["medical"]
        )
        scene.link(f"n-{n}", "CONCERNS", quarter, until=DAY if n == 5 else OPEN_END)
    b.node("t-990101-1", kind="volunteer_team")
    for n, category in ((1, "medical"), (2, "venue")):
        b.node(f"r-990101-{n}", category=category)
        scene.link("t-1", "OFFERS", f"r-{n}")
    scene.link("t-1", "SERVES", FIRST)
    for n, status in ((2, "active"), (3, "done")):
        b.node(f"pj-990101-{n}", status=status)
        scene.link(f"pj-{n}", "MEETS", f"n-{n}")
    scene.complete(THIRD, "resource", "co_building")
    scene.complete(FOURTH, "resource")
    assert await states_of(graph, scene, "resource_match") == {
        "n-990101-1": "covered",
        "n-990101-2": "covered",
        "n-990101-3": "gap",
        "n-990101-4": "unknown",
    }


async def test_mediation_at_hand(graph: Graph) -> None:
    """What covers or serves the quarter or its community counts, what serves a neighbour not."""
    scene = Scene(2, bodies="po")
    b = scene.builder
    for n, provider in ((1, "po-1"), (2, RESIDENTS)):
        b.node(f"r-990101-{n}", category="mediation")
        scene.link(provider, "OFFERS", f"r-{n}", until=DAY if n == 2 else OPEN_END)
    scene.complete(SECOND, "resource")
    assert await states_of(graph, scene, "mediation") == {FIRST: "covered", SECOND: "gap"}
    before = await states_of(graph, scene, "mediation", YESTERDAY)
    assert before == {FIRST: "covered", SECOND: "covered"}
    del scene.builder.edges["po-990101-1~OFFERS~r-990101-1"]
    assert await states_of(graph, scene, "mediation") == {FIRST: "unknown", SECOND: "gap"}


async def test_joint_conference_within_the_period(graph: Graph) -> None:
    """Ninety days ago is within ninety days, ninety-one is not; only held conferences count."""
    scene = Scene(4, bodies="")
    b = scene.builder
    meetings = [
        (FIRST, 90, "joint_conference", "held"),
        (SECOND, 91, "joint_conference", "held"),
        (THIRD, 1, "joint_conference", "cancelled"),
        (FOURTH, 1, "talk", "held"),
    ]
    for n, (quarter, ago, kind, status) in enumerate(meetings, start=1):
        day = DAY - timedelta(days=ago)
        b.node(f"m-990101-{n}", kind=kind, held_on=day, status=status)
        b.edge(f"m-990101-{n}", "CONCERNS", quarter, since=day)
    for quarter in (FIRST, SECOND, THIRD):
        scene.complete(quarter, "meeting")
    found = await subjects_of(graph, scene, "joint_meeting")
    assert states(found) == {FIRST: "covered", SECOND: "gap", THIRD: "gap", FOURTH: "unknown"}
    assert found[SECOND]["since"] == DAY
    week = await states_of(graph, scene, "joint_meeting", period=91)
    assert week[SECOND] == "covered"


async def test_registered_employed_members(graph: Graph) -> None:
    """Resident employed members alone are asked; a person's own register closes the list."""
    scene = Scene(1)
    for serial, category in enumerate(["employed", "employed", "employed", "retired"], start=1):
        scene.person(serial, party_status="full", party_category=category)
        scene.link(f"p-{serial}", "LIVES_IN", FIRST)
    scene.person(5, party_status="full", party_category="employed")
    scene.link("p-1", "REPORTED_TO", "po-1")
    scene.link("p-2", "REPORTED_TO", "po-1", until=DAY)
    scene.complete("p-2", "report")
    assert (await states_of(graph, scene, "party_member_activation")) == {
        "p-990101-1": "covered",
        "p-990101-2": "gap",
        "p-990101-3": "unknown",
    }


async def test_interest_groups_of_communities(graph: Graph) -> None:
    """A group of the community or of one of its quarters covers the community."""
    scene = Scene(1, bodies="")
    b = scene.builder
    for n in (2, 3):
        b.node(f"99010100100{n}", level="community")
        b.edge(f"99010100100{n}", "PART_OF", "990101001000")
    b.node("t-990101-1", kind="interest_group", members=20)
    scene.link("t-1", "SERVES", FIRST)
    scene.complete("990101001002", "team")
    found = await subjects_of(graph, scene, "interest_group")
    assert states(found) == {COMMUNITY: "covered", "990101001002": "gap", "990101001003": "unknown"}
    assert (found[COMMUNITY]["groups"], found[COMMUNITY]["members"]) == (1, 20)


async def test_area_filter_keeps_what_lies_in_the_area(graph: Graph) -> None:
    """Asked for one community, a dimension has the subjects of that community alone."""
    scene = Scene(2, bodies="oc")
    other = scene.builder.node("990101001002", level="community")
    scene.link(other, "PART_OF", "990101001000")
    del scene.builder.edges[f"{SECOND}~PART_OF~{COMMUNITY}"]
    scene.link(SECOND, "PART_OF", other)
    await store(graph, scene.builder)
    for area, quarters in ((COMMUNITY, {FIRST}), (other, {SECOND}), (DISTRICT, {FIRST, SECOND})):
        found = by_subject(await ask(graph, "owners_committee", DAY, area=area))
        assert quarters == set(found), area


# Drawn graphs ----------------------------------------------------------------------------------

PARAMS: tuple[dict[str, dict[str, Any]], ...] = (
    {},
    {
        "party_group": {"entrances": True},
        "owners_committee": {"interim": False},
        "service_station": {"distance_m": 400.0},
        "cross_appointment": {"interim": False, "kinds": ["shareholder"], "affiliates": False},
        "oc_party_ratio": {"num": 1, "den": 2},
        "joint_meeting": {"period": 91},
    },
)
"""The files' own defaults, and one other choice of each parameter."""
DENOMINATORS = (
    "area",
    "quarter",
    "building",
    "grid",
    "need",
    "residence",
    "owners_committee",
    "party_organization",
    "property_project",
)


def test_every_dimension_has_a_recomputation(graph: Graph) -> None:
    """No dimension escapes the comparison."""
    assert {q.name for q in graph.catalogue.folder("coverage")} == set(DIMENSIONS)


@settings(max_examples=25)
@given(
    builder=graphs(), as_of=st.sampled_from([DAY, DAY, YESTERDAY, TOMORROW]), params=st.sampled_from(PARAMS)
)
async def test_dimensions_agree_with_plain_python(
    graph: Graph, builder: GraphBuilder, as_of: date, params: dict[str, dict[str, Any]]
) -> None:
    """All dimensions give area and state of a recomputation, subject by subject."""
    if is_enough(graph):
        return
    await store(graph, builder)
    view = view_of(builder, as_of)
    for name, rows in (await ask_all(graph, "coverage", as_of, params)).items():
        found = {r["subject"]: (r["area"], r["state"]) for r in by_subject(rows).values()}
        subjects = recompute(view, name, **params.get(name, {})).values()
        assert {s.id: (s.area, s.state) for s in subjects} == found, (name, builder)
        assert all(bool(r["missing"]) == (r["state"] == "unknown") for r in rows), name


@settings(max_examples=15)
@given(builder=graphs(), closed_lists=st.sets(st.sampled_from(DENOMINATORS), min_size=3))
async def test_counts_add_up_over_areas(graph: Graph, builder: GraphBuilder, closed_lists: set[str]) -> None:
    """Counts of every area are those of the subjects in it; shares only over a closed total."""
    if is_enough(graph):
        return
    builder.complete(COMMUNITY, *sorted(closed_lists))
    await store(graph, builder)
    view = view_of(builder, DAY)
    profile = graph.profiles["worked_example"]  # the district's own
    rows = (await find_coverage(graph, as_of=DAY)).data
    for query in graph.catalogue.folder("coverage"):
        given_params = profile.dimension(query, DAY)
        counts = roll_up(view, recompute(view, query.name, **given_params).values())
        for row in (r for r in rows if r["dimension"] == query.name):
            expected = counts.pop(row["area"])
            total = expected.total()
            closed = total_complete(view, row["area"], query.dimension.denominator)
            assert (expected["covered"], expected["gap"], expected["unknown"], total) == (
                row["covered"],
                row["gap"],
                row["unknown"],
                row["total"],
            ), (query.name, builder)
            assert closed == row["total_complete"], query.name
            share = expected["covered"] / total if closed and total else None
            assert share == row["share_low"], query.name
        assert not counts


@settings(max_examples=10)
@given(builder=graphs())
async def test_a_valid_cover_never_raises_the_gaps(graph: Graph, builder: GraphBuilder) -> None:
    """One more cover for every quarter: no more gaps, and no quarter is worse off."""
    if is_enough(graph):
        return
    await store(graph, builder)
    before = await ask_all(graph, "coverage", DAY)
    known = {*builder.nodes, *builder.edges}
    for number, quarter in enumerate(n for n in list(builder.nodes) if n.startswith("q-")):
        for body, type_, properties, _ in COVERING.values():
            id_ = builder.node(f"{body}{number}", **properties)
            builder.edge(id_, type_, quarter)
    await add(graph, builder, known)
    after = await ask_all(graph, "coverage", DAY)
    for name in COVERING:
        assert {"covered"} == {r["state"] for r in after[name]}, name
    for name in set(DIMENSIONS) - {"cross_appointment", "oc_party_ratio"}:  # these gain subjects
        then, now = by_subject(before[name]), by_subject(after[name])
        assert then.keys() == now.keys()
        worse = [s for s in now if now[s]["state"] == "gap" and then[s]["state"] != "gap"]
        assert not worse, (name, builder)


@settings(max_examples=10)
@given(builder=graphs())
async def test_a_register_only_turns_unknown_into_gap(graph: Graph, builder: GraphBuilder) -> None:
    """Covered stays covered and a gap a gap, whatever lists are closed."""
    if is_enough(graph):
        return
    await store(graph, builder)
    before = await ask_all(graph, "coverage", DAY)
    known = {*builder.nodes, *builder.edges}
    for query in graph.catalogue.folder("coverage"):
        closes = query.dimension.closes
        builder.complete(DISTRICT, *closes)
    builder.complete(DISTRICT, *DENOMINATORS)
    await add(graph, builder, known)
    for name, rows in (await ask_all(graph, "coverage", DAY)).items():
        then = by_subject(before[name])
        for row in by_subject(rows).values():
            old = then[row["subject"]]["state"]
            if name != "oc_party_ratio":  # there a list also tells that no more members sit
                assert row["state"] == ("gap" if old == "unknown" else old), (name, row)
            elif old != "unknown":
                assert old == row["state"], (name, row)
    assert SOURCE in builder.nodes
