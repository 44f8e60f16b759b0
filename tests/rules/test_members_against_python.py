"""Rules on members of the Party, of committees and of extended committees, on drawn graphs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import OPEN_END
from graph.reading.graph import Graph
from tests.builder import BEGIN, GraphBuilder
from tests.oracle.asking import embedded_only, store
from tests.oracle.members import months_before
from tests.rules.scenes.ask import agree
from tests.rules.scenes.drawn_graphs import dealt_verdicts
from tests.strategies import (
    COMMUNITIES,
    DAY,
    DISTRICT,
    STREET,
    TOMORROW,
    YESTERDAY,
    Drawing,
    draw_months,
    draw_places,
)

VERDICTS = {
    "party_member_double_counted": {"pass", "fail", "unknown"},
    "two_committees_overlap_low": {"pass", "fail", "unknown", "not_applicable"},
    "member_unit_without_resource": {"pass", "fail", "unknown"},
    "double_report_gap": {"pass", "fail", "unknown"},
    "party_member_category_missing": {"pass", "fail", "unknown"},
}
ENDS = [months_before(DAY, 12), months_before(DAY, 12) + timedelta(days=1), DAY, OPEN_END]
"""Ends around the first day of the twelve months, and today."""


def draw_organizations(d: Drawing) -> None:
    """The two committees of the communities, branches, and the organizations of units."""
    for community in COMMUNITIES:
        for _ in range(d.one([0, 1, 1, 1, 2])):
            body = d.node("po", level="community", tier="committee", **_term(d))
            d.edge(body, "COVERS", community)
        for _ in range(d.one([0, 1, 1, 1, 2])):
            d.edge(d.node("rc", **_term(d)), "COVERS", community)
    tiers = [None, "branch", "functional_branch", "group"]
    for _ in range(d.number(1, 2)):
        d.edge(d.node("po", level="quarter", tier=d.one(tiers)), "COVERS", d.one(d.all("q")))
    categories = [None, "merchant", "bank"]
    for _ in range(d.number(1, 3)):
        unit = d.node(d.one(["u", "u", "pf"]), category=d.one(categories))
        if not d.chance(4):
            d.edge(unit, "BASED_IN", d.one([*d.all("q"), *COMMUNITIES, STREET]))
        if d.chance(2):
            level = d.one(["unit", "unit", "sector"])
            d.edge(d.node("po", level=level, tier="branch"), "COVERS", unit)


def _term(d: Drawing) -> dict[str, Any]:
    return {"seats": d.one([None, 1, 2, 3]), "elected_on": d.one([None, BEGIN, DAY, TOMORROW])}


def draw_members(d: Drawing) -> None:
    """Persons with Party status, membership, homes and seats."""
    for _ in range(d.number(2, 5)):
        d.node(
            "p",
            party_status=d.one([None, "none", "full", "full", "probationary"]),
            party_joined_on=d.one([None, BEGIN, DAY, TOMORROW]),
            party_category=d.one([None, "employed", "employed", "retired", "other"]),
        )
    persons, bodies = d.all("p"), d.all("po")
    d.links(persons, "MEMBER_OF", bodies, 6)
    d.links(persons, "LIVES_IN", d.all("q"), 5)
    d.links([*persons, *bodies, *d.all("u", "pf")], "REPORTED_TO", bodies, 5)
    party = ["secretary", "deputy_secretary", "committee_member", "part_time_member"]
    council = ["director", "deputy_director", "member", "community_worker"]
    for prefix, roles in (("po", party), ("rc", council)):
        for body in d.all(prefix):
            for person in d.some(persons, 3):
                d.edge(person, "HOLDS_POST", body, role=d.one(roles))


def draw_lists(d: Drawing) -> None:
    """Co-building, what is offered and joined in the last months, and registers."""
    units, bodies = d.all("u", "pf"), d.all("po")
    d.links([*units * 3, *bodies], "CO_BUILDS", bodies, 6)
    for prefix, type_ in (("r", "OFFERS"), ("pj", "TAKES_PART_IN"), ("k", "TAKES_PART_IN")):
        for _ in range(d.number(0, 3)):
            kind = {"r": {"category": "venue"}, "k": {"kind": "joint_meeting"}}.get(prefix, {})
            since, until = d.one([BEGIN, YESTERDAY, DAY, TOMORROW]), d.one(ENDS)
            if since < until:
                giver = d.one([*units * 3, *bodies])
                d.builder.edge(giver, type_, d.node(prefix, **kind), since, until)
    subjects = ["membership", "resource", "report", "post", "party_organization"]
    places = [*d.all("q", "p", "u", "pf", "po", "rc"), *COMMUNITIES, DISTRICT]
    for subject in subjects:
        for place in d.some(places, 2):
            since, until = d.spell().values()
            d.builder.edge(place, "COMPLETE_IN", "d-990101-register", since, until, subject=subject)
        if d.chance(3):
            d.builder.complete(DISTRICT, subject)


PARTS = (draw_places, draw_organizations, draw_members, draw_lists, draw_months)


@st.composite
def member_graphs(draw: st.DrawFn) -> GraphBuilder:
    """Two communities with their committees, units and Party members."""
    drawing = Drawing(draw)
    for part in PARTS:
        part(drawing)
    return drawing.builder


PARAMS = st.fixed_dictionaries(
    {},
    optional={
        "party_member_double_counted": st.just({"most": 2}),
        "two_committees_overlap_low": st.sampled_from([{"num": 1, "den": 2}, {"num": 0, "den": 1}]),
        "member_unit_without_resource": st.just({"months": 1}),
        "double_report_gap": st.just({"exempt": ["bank", "merchant"]}),
        "party_member_category_missing": st.just({"categories": ["other"]}),
    },
)


@settings(max_examples=25)
@given(builder=member_graphs(), as_of=st.sampled_from([YESTERDAY, DAY, DAY, TOMORROW]), params=PARAMS)
async def test_each_rule_equals_its_recomputation(
    graph: Graph, builder: GraphBuilder, as_of: Any, params: dict[str, dict[str, Any]]
) -> None:
    """Five rules give the verdicts of a recomputation, row by row, on any drawn graph."""
    embedded_only(graph)
    await store(graph, builder)
    await agree(graph, builder, as_of, VERDICTS, params)


def test_such_graphs_hold_every_verdict() -> None:
    """They are nasty enough: each rule says all that it can say."""
    assert dealt_verdicts(PARTS, VERDICTS) == VERDICTS
