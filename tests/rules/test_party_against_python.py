"""Rules on Party organizations against their recomputation, on drawn graphs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import label_of
from graph.reading.graph import Graph
from tests.builder import SOURCE, GraphBuilder
from tests.oracle.asking import embedded_only, store, view_of
from tests.oracle.party_organizations import places
from tests.rules.scenes.ask import again, agree
from tests.rules.scenes.drawn_graphs import dealt_verdicts
from tests.strategies import (
    COMMUNITIES,
    DAY,
    DISTRICT,
    STREET,
    TOMORROW,
    YESTERDAY,
    Drawing,
    draw_bodies,
    draw_months,
    draw_places,
)

R01, R02 = "quarter_without_party_branch", "branch_below_min_members"
R03, R04 = "branch_over_max_members", "branch_committee_structure_invalid"
R05, R06 = "joint_branch_too_many_units", "party_org_tier_mismatch"
R07, R08, R09 = "party_term_expired", "branch_secretary_ineligible", "party_hierarchy_broken"

PARAMS: dict[str, list[dict[str, Any]]] = {
    R01: [{"min_full_members": 1}, {"min_full_members": 2, "count_basis": "with_reported"}],
    R02: [{"min": 2}, {}],
    R03: [{"max": 1}, {"max": 2, "count_probationary": False}],
    R04: [
        {"committee_threshold": 2, "size_min": 2, "size_normal_max": 2, "size_max": 3},
        {"committee_threshold": 1, "size_min": 1, "portfolios": []},
    ],
    R05: [{"max_units": 2}, {"min_units": 1}],
    R06: [{"general_branch_min": 2, "committee_min": 3}, {"general_branch_min": 1}],
    R07: [{}, {"term_years_quarter_branch": 3, "prewarn_days": 0, "extension_max_months": 2}],
    R08: [{}, {"min_years": 3}],
    R09: [{}, {"required_chain": ["subdistrict", "quarter", "group"]}],
}
VERDICTS = {
    rule: {"pass", "fail", "unknown"} | ({"not_applicable"} if rule in (R01, R05, R06, R07, R09) else set())
    for rule in PARAMS
}
SUBJECTS = ("party_organization", "membership", "report", "residence", "post")
DATES = (
    None,
    DAY,
    YESTERDAY,
    TOMORROW,
    date(2024, 6, 30),
    date(2024, 7, 1),
    date(2020, 2, 29),
    date(2022, 6, 30),
    date(2020, 7, 1),
    date(2025, 8, 31),
    date(2019, 1, 1),
)
TIERS = (
    "branch",
    "joint_branch",
    "functional_branch",
    "group",
    "general_branch",
    "committee",
    "work_committee",
    None,
)
LEVELS = ("quarter", "quarter", "community", "unit", "building", "sector")


def draw_organizations(d: Drawing) -> None:
    """Units and further organizations below drawn ones; terms and chains that may be broken."""
    for _ in range(d.number(0, 2)):
        d.edge(d.node(d.one(["u", "pf"])), "BASED_IN", d.one([*d.all("q"), *COMMUNITIES, STREET]))
    for _ in range(d.number(1, 4)):
        d.node("po", level=d.one(LEVELS), tier=d.one(TIERS))
    bodies = d.all("po")
    d.links(bodies, "COVERS", [*d.all("q", "u", "pf"), *COMMUNITIES, STREET], 5)
    d.links(bodies, "SUBORDINATE_TO", bodies, 5)
    for body in bodies:
        kept = d.one([True, True, False])
        chains = [
            i for i, e in d.builder.edges.items() if e["from"] == body and e["type"] == "SUBORDINATE_TO"
        ]
        for edge in chains if not kept else chains[1:]:
            d.builder.edges[edge].update(d.spell())
            d.builder.edges[edge]["since"] = d.builder.edges[edge]["since"] or date(1, 1, 1)
        ends = d.one(DATES)
        d.builder.nodes[body] |= {
            k: v
            for k, v in {
                "elected_on": d.one(DATES),
                "term_until": ends if d.chance(2) else None,
                "extended_until": d.one([None, *DATES, DAY + timedelta(days=500)]),
                "extension_approved_by": d.one([None, "示例", "none"]),
            }.items()
            if v is not None
        }


def draw_members(d: Drawing) -> None:
    """Persons with status and dates, where they live and belong, and their seats."""
    bodies, quarters = d.all("po"), d.all("q")
    home, lived_in = d.one(bodies), d.one(quarters)
    for _ in range(d.number(4, 8)):
        person = d.node(
            "p",
            party_status=d.one([None, "none", "full", "full", "full", "probationary"]),
            party_joined_on=d.one([None, *DATES]),
            party_full_on=d.one([None, *DATES]),
        )
        d.edge(person, "MEMBER_OF", d.one([home, home, *bodies]))
        if d.chance(2):
            d.edge(person, "LIVES_IN", d.one([lived_in, lived_in, *quarters]))
    persons = d.all("p")
    d.links(persons, "REPORTED_TO", bodies, 4)
    roles = ["secretary", "deputy_secretary", "committee_member", "committee_member", "instructor"]
    portfolios = [None, "organization", "publicity", "discipline", "other"]
    for body in bodies:
        for person in d.some(persons, 3):
            role, portfolio = d.one(roles), d.one(portfolios)
            d.edge(person, "HOLDS_POST", body, role=role, portfolio=portfolio)


def draw_corners(d: Drawing) -> None:
    """What chance seldom brings: a top, a joint branch of nothing, a crowded branch in order."""
    top = d.node("po", level="district", tier="committee")
    d.edge(top, "COVERS", DISTRICT)
    joint = d.node("po", level="quarter", tier="joint_branch")
    committee = d.node("po", level="unit", tier="committee", elected_on=DATES[-1])
    crowded = d.node("po", level="unit", tier="branch")
    for body, superior in ((joint, top), (committee, top), (crowded, committee)):
        d.builder.edge(body, "SUBORDINATE_TO", superior)
        d.builder.complete(body, "party_organization", "membership")
    for _ in range(3):
        person = d.node("p", party_status="full", party_full_on=DATES[-1])
        d.builder.edge(person, "MEMBER_OF", crowded)
    if d.chance(2):
        d.edge(d.all("p")[-1], "HOLDS_POST", crowded, role="secretary")


def draw_lists(d: Drawing) -> None:
    """Registers complete everywhere, or at one node for a time."""
    for subject in SUBJECTS:
        if not d.chance(3):
            d.builder.complete(DISTRICT, subject)
    nodes = [*d.all("q", "po", "u", "pf"), *COMMUNITIES]
    for node in d.some(nodes, 8):
        since, until = d.spell().values()
        d.builder.edge(node, "COMPLETE_IN", SOURCE, since, until, subject=d.one(SUBJECTS))


PARTS = (draw_places, draw_bodies, draw_organizations, draw_members, draw_corners, draw_lists, draw_months)


@st.composite
def party_graphs(draw: st.DrawFn) -> GraphBuilder:
    """A district with Party organizations as nasty as the model allows."""
    drawing = Drawing(draw)
    for part in PARTS:
        part(drawing)
    return drawing.builder


@settings(max_examples=25)
@given(
    builder=party_graphs(), as_of=st.sampled_from((DAY, DAY, YESTERDAY, TOMORROW)), which=st.integers(0, 1)
)
async def test_rules_equal_their_recomputation(
    graph: Graph, builder: GraphBuilder, as_of: date, which: int
) -> None:
    """Each rule's verdicts are those of plain Python, and an area gives the rows of its places."""
    embedded_only(graph)
    await store(graph, builder)
    params = {rule: given_[which] for rule, given_ in PARAMS.items()}
    await agree(graph, builder, as_of, list(PARAMS), params)
    await areas_agree(graph, builder, as_of, params)


def test_such_graphs_hold_every_verdict() -> None:
    """They are nasty enough: each rule says all that it can say."""
    params = [{rule: given_[which] for rule, given_ in PARAMS.items()} for which in (0, 1)]
    assert dealt_verdicts(PARTS, VERDICTS, params) == VERDICTS


async def areas_agree(
    graph: Graph, builder: GraphBuilder, day: date, params: dict[str, dict[str, Any]]
) -> None:
    """Rows of an area are those whose subject is in it."""
    view = view_of(builder, day)
    for rule, given_ in params.items():
        rows = await again(graph, rule, day, **given_)
        for area in COMMUNITIES[:1]:
            local = await again(graph, rule, day, area=area, **given_)
            assert local == {
                key: row
                for key, row in rows.items()
                if area in {a for p in stands(view, row["subject"]) for a in view.areas(p)}
            }, (rule, area, builder)


def stands(view: Any, subject: str) -> set[str]:
    """The places of a subject: a quarter itself, or what an organization covers."""
    return {subject} if label_of(subject) == "Quarter" else places(view, subject)
