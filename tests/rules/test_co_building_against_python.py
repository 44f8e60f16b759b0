"""R21 to R26 on drawn graphs: every verdict equals a recomputation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import label_of
from graph.reading.graph import Graph
from tests.builder import BEGIN, SOURCE, GraphBuilder
from tests.oracle.asking import embedded_only, store
from tests.rules.scenes.ask import agree
from tests.rules.scenes.drawn_graphs import Dealt, dealt_verdicts
from tests.strategies import (
    COMMUNITIES,
    DAY,
    DISTRICT,
    STREET,
    TOMORROW,
    YESTERDAY,
    draw_bodies,
    draw_months,
    draw_persons,
    draw_places,
    draw_property,
    draw_services,
)

R21 = "party_member_head_not_parttime_commissioner"
R22 = "community_secretary_director_not_unified"
R23, R24 = "big_committee_parttime_count_out_of_range", "parttime_commissioner_ineligible"
R25, R26 = "big_committee_category_gap", "need_without_resource_path"

THREE = frozenset({"pass", "fail", "unknown"})
VERDICTS = {
    R21: THREE | {"not_applicable", "not_possible"},
    R22: THREE | {"not_applicable", "not_possible"},
    R23: THREE | {"not_applicable"},
    R24: THREE,
    R25: THREE | {"not_applicable"},
    R26: THREE,
}
"""What each rule can say; every word of it has to occur in the run."""

PARAMS: tuple[Mapping[str, Mapping[str, Any]], ...] = (
    {},
    {
        R21: {"who": "all", "affiliates": False},
        R22: {"resident_required": True},
        R23: {"min": 2, "max": 2, "branch_max": 1, "committee_min": 3, "expect_odd_total": True},
        R24: {"allowed_categories": ["police", "unit_party_head"], "check_pay": False},
        R25: {"required_categories": ["enterprise", "property"]},
        R26: {"max_hops": 4, "fallback_levels": ["district"]},
    },
    {
        R21: {"who": "all", "kinds": ["shareholder"]},
        R23: {"branch_min": 0, "general_branch_min": 3, "general_branch_max": 3},
        R24: {"allowed_categories": ["project_manager"], "same_term_as_body": False},
        R25: {"required_categories": ["organ"]},
        R26: {"max_hops": 7, "fallback_levels": []},
    },
)
"""The files' own defaults, and two other choices of each parameter."""

REGISTERS = ("post", "party_organization", "residence", "co_building", "resource")
CATEGORIES = (
    None,
    "government_organ",
    "police_station",
    "public_institution",
    "state_enterprise",
    "bank",
    "new_economic_organization",
    "merchant",
    "other",
)
CAPACITIES = (None, None, "unit_party_head", "unit_party_head", "police", "other")


def put(row: dict[str, Any], **values: Any) -> None:
    """Give a drawn node or edge properties; None is not stored."""
    row.update({k: v for k, v in values.items() if v is not None})


def draw_organizations(d: Dealt) -> None:
    """Tiers, terms and extended committees of Party organizations; their two heads' homes."""
    ends = (None, None, DAY, TOMORROW, date(2030, 1, 1))
    for body in d.all("po"):
        row = d.builder.nodes[body]
        if row["level"] == "community":
            row.pop("tier", None)
            put(
                row,
                tier=d.one([None, "branch", "joint_branch", "general_branch", "committee"]),
                extended_committee=d.one([None, False, True]),
                extended_since=d.one([None, None, DAY, TOMORROW]),
            )
        put(
            row,
            elected_on=d.one([None, BEGIN, DAY, TOMORROW]),
            term_until=d.one(ends),
            extended_until=d.one(ends),
        )
    heads = d.all("p")[:2]
    for community in (b for b in d.all("po") if d.builder.nodes[b]["level"] == "community"):
        d.links(heads, "HOLDS_POST", [community], 2, role=["secretary"])
    for committee in d.all("rc"):
        d.links(heads, "HOLDS_POST", [committee], 2, role=["director"])
    d.links(d.all("p"), "LIVES_IN", d.all("q"), 3)


def draw_units(d: Dealt) -> None:
    """Units with a category, a seat and a Party organization; who co-builds with whom."""
    for _ in range(d.number(1, 3)):
        d.node("u")
    places = [*d.all("q"), *COMMUNITIES, STREET, DISTRICT]
    for unit in d.all("u"):
        put(d.builder.nodes[unit], category=d.one(CATEGORIES))
        if d.chance(2):
            d.edge(unit, "BASED_IN", d.one(places))
        if d.chance(3):
            d.edge(unit, "SERVES", d.one(places))
        if d.chance(2):
            own = d.node("po", level="unit", tier="branch")
            d.edge(own, "COVERS", unit)
            d.links(d.all("p"), "HOLDS_POST", [own], 2, role=["secretary", "secretary", "member"])
    hosts = levels(d, "community", "community", "quarter", "subdistrict")
    d.links(d.all("u", "pf"), "CO_BUILDS", hosts, 5)
    d.links(levels(d, "quarter"), "CO_BUILDS", hosts, 1)
    d.links(d.all("p"), "EMPLOYED_BY", d.all("u"), 3, kind=["employee", "seconded", "shareholder"])


def levels(d: Dealt, *wanted: str) -> list[str]:
    """Party organizations of some levels, those of a level named twice twice."""
    return [b for level in wanted for b in d.all("po") if d.builder.nodes[b]["level"] == level]


def draw_part_time_members(d: Dealt) -> None:
    """Part-time members, most of them eligible but for one thing; memberships that begin then."""
    hosts = levels(d, "community", "community", "quarter", "subdistrict")
    for _ in range(d.number(2, 5) if hosts else 0):
        person, body, spell = d.one(d.all("p")), d.one(hosts), d.spell()
        d.builder.edge(
            person,
            "HOLDS_POST",
            body,
            **spell,
            role="part_time_member",
            capacity=d.one(CAPACITIES),
            paid=d.one([None, False, False, False, True]),
            term_until=d.one([None, DAY, TOMORROW, TOMORROW]),
        )
        if d.chance(4):
            since = d.one([spell["since"], BEGIN])
            d.builder.edge(person, "MEMBER_OF", body, since)


def draw_needs(d: Dealt) -> None:
    """More needs and resources, near and far; projects for some."""
    places = [*d.all("q", "b"), *COMMUNITIES, DISTRICT]
    for _ in range(d.number(1, 3)):
        wanted = d.one([None, [], ["venue"], ["venue", "medical"], ["legal_aid"]])
        need = d.node("n", kind="need", category="parking", status="open", resource_categories=wanted)
        d.links([need], "CONCERNS", places, 2)
    providers = d.all("u", "rc", "t", "st", "pp") + levels(d, "community", "subdistrict", "quarter")
    for _ in range(d.number(0, 4)):
        d.edge(d.one(providers), "OFFERS", d.node("r", category=d.one(["venue", "medical"])))
    project = d.node("pj", status=d.one([None, "planned", "active", "done", "stopped"]))
    d.links([project], "MEETS", d.all("n"), 1)


def draw_registers(d: Dealt) -> None:
    """Lists that are complete everywhere, at single nodes, or no longer."""
    for subject in d.some(REGISTERS, 4):
        d.builder.complete(DISTRICT, subject)
    for node in d.some([*d.all("q", "po", "rc", "p"), *COMMUNITIES, STREET], 6):
        subject = "residence" if label_of(node) == "Person" else d.one(REGISTERS)
        d.builder.edge(node, "COMPLETE_IN", SOURCE, **d.spell(), subject=subject)


PARTS = (
    draw_places,
    draw_bodies,
    draw_property,
    draw_persons,
    draw_services,
    draw_organizations,
    draw_units,
    draw_part_time_members,
    draw_needs,
    draw_registers,
    draw_months,
)


@st.composite
def graphs(draw: st.DrawFn) -> GraphBuilder:
    """A district with what the six rules read."""
    drawing = Dealt(draw(st.randoms(use_true_random=True)))
    for part in PARTS:
        part(drawing)
    return drawing.builder


@settings(max_examples=25)
@given(
    builder=graphs(), as_of=st.sampled_from([DAY, DAY, YESTERDAY, TOMORROW]), params=st.sampled_from(PARAMS)
)
async def test_co_building_agrees_with_plain_python(
    graph: Graph, builder: GraphBuilder, as_of: date, params: Mapping[str, Mapping[str, Any]]
) -> None:
    """All six rules give the verdicts of a recomputation on any drawn graph."""
    embedded_only(graph)
    await store(graph, builder)
    await agree(graph, builder, as_of, list(VERDICTS), params)


def test_such_graphs_hold_every_verdict() -> None:
    """They are nasty enough: each rule says all that it can say."""
    assert dealt_verdicts(PARTS, VERDICTS, PARAMS) == VERDICTS
