"""Drawn graphs of services and meetings: seven rules against their recomputation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.reading.graph import Graph
from tests.builder import GraphBuilder
from tests.oracle.asking import Row, ask, embedded_only, store, view_of
from tests.rules.scenes.ask import again, agree
from tests.rules.scenes.drawn_graphs import dealt_verdicts
from tests.strategies import (
    COMMUNITIES,
    DAY,
    DISTRICT,
    TOMORROW,
    YESTERDAY,
    Drawing,
    draw_bodies,
    draw_months,
    draw_places,
    draw_property,
)

R37, R38 = "quarter_without_volunteer_team", "quarter_outside_service_circle"
R39, R40 = "grid_chain_incomplete", "joint_meeting_overdue"
R45, R46, R47 = "community_staffing_low", "branch_meeting_overdue", "duty_roster_gap"
BASIC = {"pass", "fail", "unknown"}
VERDICTS = {
    R37: BASIC,
    R38: BASIC,
    R39: BASIC,
    R40: BASIC,
    R46: BASIC,
    R45: BASIC | {"not_applicable"},
    R47: BASIC | {"not_applicable"},
}
REGISTERS = (
    "team",
    "station",
    "grid",
    "building",
    "post",
    "meeting",
    "need",
    "owners_committee",
    "party_organization",
    "property_project",
)
PARTIES = ["quarter_branch", "owners_committee", "property", "community_party_org"]
PARAMS: tuple[dict[str, dict[str, Any]], ...] = (
    {},
    {
        R37: {"min_teams": 2, "large_quarter_households": 100, "min_teams_large": 3},
        R38: {"walk_minutes": 5.0, "distance_m_fallback": 300.0, "inner_distance_m": 1000.0},
        R39: {"levels": ["quarter"], "max_households_per_grid": 0},
        R40: {"period_days": 31, "required": ["owners_committee"], "evaluation": True},
        R45: {"k": 1, "per": 50},
        R46: {"general_days": 31, "committee_days": 92, "tiers": ["branch", "joint_branch"]},
        R47: {"lookahead": 2},
    },
    {
        R37: {"min_teams": 3, "min_teams_large": 1},
        R38: {"distance_m_fallback": 0.0},
        R39: {"levels": ["unit"]},
        R40: {"required": ["property", "social_organization"], "warn_periods": 1},
    },
    {
        R39: {"levels": ["building"]},
        R40: {"required": [], "evaluation": True},
        R46: {"general_days": 91},
        R47: {"lookahead": 1},
    },
)
"""The files' own defaults, and other choices of each parameter."""


def draw_sizes(d: Drawing) -> None:
    """Households and residents, some at the thresholds of the rules, some not known."""
    nodes = d.builder.nodes
    for quarter in d.all("q"):
        nodes[quarter].update(_known(households=d.one([1999, 2000, 100, None])))
    for grid in d.all("g"):
        nodes[grid].update(_known(households=d.one([500, 500, 501, None])))
    for community in COMMUNITIES:
        residents = d.one([50, None, 0, 555, 556, 0, 1112, 1111])
        nodes[community].update(_known(population_resident=residents))


def _known(**properties: Any) -> dict[str, Any]:
    return {k: v for k, v in properties.items() if v is not None}


def draw_people(d: Drawing) -> None:
    """Persons, and their posts in places, stations, residents' committees and branches."""
    for _ in range(4):
        status = d.one(["full", "full", "probationary", "none", None])
        joined = d.one([None, None, DAY, TOMORROW]) if status in ("full", "probationary") else None
        d.node("p", party_status=status, party_joined_on=joined)
    roles = {
        "g": ["grid_worker"],
        "b": ["building_head", "entrance_head"],
        "rc": ["community_worker", "community_worker", "member"],
        "po": ["committee_member", "secretary"],
        "st": ["duty_member", "duty_member", "head"],
    }
    for prefix, chosen in roles.items():
        for body in d.all(prefix):
            if not d.chance(3):
                level = d.builder.nodes[body].get("level")
                fitting = [r for r in chosen if r == f"{level}_head"]
                wanted = fitting if fitting and not d.chance(5) else chosen
                d.links(d.all("p"), "HOLDS_POST", [body], 3, role=wanted)


def draw_stations(d: Drawing) -> None:
    """Teams and stations, near and far, with coordinates and walking times or without."""
    places = [*d.all("q"), *d.all("q"), *COMMUNITIES, DISTRICT]
    for _ in range(d.number(1, 5)):
        kind = d.one(["volunteer_team", "volunteer_team", "interest_group"])
        d.edge(d.node("t", kind=kind), "SERVES", d.one(places))
    units = [d.node("u", category=d.one(["new_social_organization", "bank", None]))]
    d.links(units, "SERVES", places, 1)
    for _ in range(d.number(1, 3)):
        lat, lon = d.one([None, 28.0, 28.0026, 28.02]), d.one([None, 113.0, 113.0, 113.011])
        d.node("st", lat=lat, lon=lon)
    for station in d.all("st"):
        if d.chance(4):
            d.builder.edge(station, "BASED_IN", d.one(places), until=TOMORROW)
            continue
        if not d.chance(4):
            walk = d.one([None, None, 5.0, 15.0, 15.5])
            d.edge(station, "SERVES", d.one(places), walk_minutes=walk)
        if d.chance(2):
            d.edge(station, "BASED_IN", d.one(places))
    if len(d.all("st")) > 1 and d.chance(2):
        one, two, *_ = d.all("st")
        d.edge(one, "SUBORDINATE_TO", two)


def draw_grids(d: Drawing) -> None:
    """What grids cover beside the place that they are part of."""
    d.links(d.all("g"), "COVERS", [*d.all("q"), *d.all("b")], 2)


def draw_meetings(d: Drawing) -> None:
    """Meetings at the edges of the periods, their arrangements and who was there; needs."""
    places = [*d.all("q"), *d.all("q"), *COMMUNITIES]
    parties = d.one([None, [], PARTIES[:3], PARTIES])
    arrangement = d.node("k", kind=d.one(["joint_meeting", "joint_meeting", "linkage"]), parties=parties)
    for _ in range(d.number(1, 3)):
        meeting = _meeting(d, ["joint_conference", "joint_conference", "joint_conference", "talk"])
        d.edge(meeting, "CONCERNS", d.one(places))
        if d.chance(2):
            d.edge(meeting, "PART_OF", arrangement)
        everyone = not d.chance(3)
        for body in d.all("po", "oc", "pp", "pf", "t", "u"):
            if everyone or d.chance(4):
                present = True if everyone and not d.chance(8) else d.one([None, False, True])
                d.edge(body, "TAKES_PART_IN", meeting, present=present)
    for _ in range(d.number(0, 4)):
        meeting = _meeting(d, ["general_meeting", "branch_committee", "theme_day"])
        d.links(
            d.all("po"),
            "TAKES_PART_IN",
            [meeting],
            2,
            role=["convener", "convener", "convener", None, "required"],
        )
    branches = [b for b in d.all("po") if d.builder.nodes[b]["level"] == "quarter"]
    for branch in branches:
        for kind in ("general_meeting", "branch_committee"):
            if not d.chance(6):
                d.edge(branch, "TAKES_PART_IN", _meeting(d, [kind]), role="convener")
    for _ in range(d.number(0, 1)):
        need = d.node(
            "n", kind="need", category="parking", status=d.one(["open", "resolved", "resolved", "evaluated"])
        )
        d.edge(need, "CONCERNS", d.one(places))


def _meeting(d: Drawing, kinds: list[str]) -> str:
    ago = d.one([0, 31, 0, 31, 0, 32, 90, 91, 92, 93, -1, None])
    held_on = None if ago is None else DAY - timedelta(days=ago)
    status = d.one(["held", "held", "held", "held", "cancelled"])
    return d.node("m", kind=d.one(kinds), held_on=held_on, status=status)


def draw_lists(d: Drawing) -> None:
    """Which lists are complete: most of them everywhere or nowhere, some at single nodes."""
    everywhere = d.number(0, 2 ** len(REGISTERS) - 1)
    for bit, subject in enumerate(REGISTERS):
        if everywhere >> bit & 1:
            d.builder.complete(DISTRICT, subject)
    nodes = [*d.all("q", "po", "rc", "b", "g", "st"), *COMMUNITIES]
    for node in d.some(nodes, 6):
        since, until = d.spell().values()
        subject = d.one(["post", "meeting", *REGISTERS])
        d.builder.edge(node, "COMPLETE_IN", "d-990101-register", since, until, subject=subject)


PARTS: tuple[Callable[[Drawing], None], ...] = (
    draw_places,
    draw_bodies,
    draw_property,
    draw_stations,
    draw_people,
    draw_meetings,
    draw_grids,
    draw_sizes,
    draw_lists,
    draw_months,
)


@st.composite
def served_graphs(draw: st.DrawFn) -> GraphBuilder:
    """A small district with what the rules on services and meetings read."""
    drawing = Drawing(draw)
    for part in PARTS:
        part(drawing)
    return drawing.builder


@settings(max_examples=25)
@given(
    builder=served_graphs(),
    as_of=st.sampled_from([DAY, DAY, YESTERDAY, TOMORROW]),
    params=st.sampled_from(PARAMS),
)
async def test_rules_on_services_agree_with_plain_python(
    graph: Graph, builder: GraphBuilder, as_of: date, params: dict[str, dict[str, Any]]
) -> None:
    """Seven rules equal their recomputation; none contradicts a dimension that asks the same."""
    embedded_only(graph)
    await store(graph, builder)
    await agree(graph, builder, as_of, VERDICTS, params)
    if not params:
        await _fits_the_dimensions(graph, builder, as_of)


async def _fits_the_dimensions(graph: Graph, builder: GraphBuilder, as_of: date) -> None:
    """A gap never passes, what is covered never fails for want of it, per quarter."""
    teams = await _states(graph, "volunteer_team", as_of)
    for (quarter,), row in (await again(graph, R37, as_of)).items():
        few = row["short"] > 0 and row["teams"] > 0
        expected = {
            "covered": {"pass", "fail", "unknown"} if few else {"pass", "unknown"},
            "gap": {"fail"},
            "unknown": {"unknown"},
        }
        assert row["verdict"] in expected[teams[quarter]["state"]], (quarter, builder)
    stations = await _states(graph, "service_station", as_of)
    for (quarter,), row in (await again(graph, R38, as_of)).items():
        # The rule also asks for the coordinates of stations of the community: more is unknown.
        fitting: dict[str, list[bool | None]] = {"pass": [True], "fail": [False], "unknown": [None, False]}
        assert stations[quarter]["in_reach"] in fitting[row["verdict"]], (quarter, builder)
    meetings = await _states(graph, "joint_meeting", as_of)
    for (quarter,), row in (await again(graph, R40, as_of)).items():
        state = meetings[quarter]["state"]
        assert row["verdict"] != "pass" or state == "covered", (quarter, builder)
        assert "overdue" not in row["findings"] or state == "gap", (quarter, builder)
    posts = await _states(graph, "grid_post", as_of)
    view = view_of(builder, as_of)
    for (quarter,), row in (await again(graph, R39, as_of)).items():
        own = {r["state"] for r in posts.values() if quarter in view.above(r["place"])}
        assert row["verdict"] == "fail" or "gap" not in own, (quarter, builder)
        assert row["verdict"] != "pass" or own <= {"covered"}, (quarter, builder)


async def _states(graph: Graph, dimension: str, as_of: date) -> dict[Any, Row]:
    return {row["subject"]: row for row in await ask(graph, dimension, as_of)}


def test_such_graphs_hold_every_verdict() -> None:
    """They are nasty enough: each rule says all that it can say."""
    assert dealt_verdicts(PARTS, VERDICTS, PARAMS) == VERDICTS
