"""R10-R13, R16, R35 and R36 on drawn graphs: every verdict equals a recomputation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.reading.graph import Graph
from tests.builder import BEGIN, SOURCE, GraphBuilder
from tests.oracle.asking import embedded_only, store
from tests.oracle.owners_committees import shifted
from tests.rules.scenes.ask import agree
from tests.rules.scenes.drawn_graphs import Dealt, dealt_verdicts
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

R10, R11 = "quarter_without_owners_committee", "owners_committee_size_invalid"
R12, R13 = "owners_committee_term_expired", "owners_committee_quorum_lost"
R16, R35 = "owners_committee_filing_overdue", "quarter_without_property_service"
R36 = "property_company_without_party_org"

REGISTERS = ("owners_committee", "post", "meeting", "property_project", "employment", "party_organization")
THREE = frozenset({"pass", "fail", "unknown"})
VERDICTS = {R10: THREE | {"not_applicable"}} | dict.fromkeys((R11, R12, R13, R16, R35, R36), THREE)
"""What each rule can say; every word of it has to occur in the run."""

PARAMS: tuple[Mapping[str, Mapping[str, Any]], ...] = (
    {},
    {
        R10: {"exempt_if_single_owner": False, "pmc_substitute": False},
        R11: {"min": 3, "max_enforced": False, "odd": False},
        R12: {"report_before_days": 60, "min_term_years": 3},
        R13: {"num": 2, "den": 3},
        R16: {"report_late": True},
        R35: {"accept": ["contract"], "prewarn_days": 0},
        R36: {"min": 1, "need_instructor_if_none": False},
    },
    {
        R10: {"pmc_max_years": 2},
        R11: {"max": 5, "small_if_floor_area_at_most": 10000, "small_if_households_below": 0},
        R12: {"report_before_months": 3, "max_term_years": 3, "extension_max_years": 2},
        R13: {"num": 1, "den": 1},
        R16: {"days": 60},
        R35: {"accept": ["community", "self"]},
        R36: {"min": 2, "sector_counts": False, "kinds": ["shareholder"]},
    },
)
"""The files' own defaults, and two other choices of each parameter."""


def near(day: date) -> list[date]:
    """A day and the two beside it."""
    return [day - timedelta(days=1), day, day + timedelta(days=1)]


ELECTED = (
    None,
    None,
    BEGIN,
    date(2023, 1, 1),
    TOMORROW,
    *near(shifted(DAY, years=-3)),
    *near(shifted(DAY, years=-5)),
    *near(DAY - timedelta(days=30)),
)
UNTIL = (
    None,
    None,
    None,
    date(2027, 1, 1),
    date(2030, 1, 1),
    date(2024, 1, 1),
    *near(DAY),
    *near(DAY + timedelta(days=90)),
    *near(shifted(DAY, months=3)),
)


def put(row: dict[str, Any], **values: Any) -> None:
    """Give a drawn node or edge properties; None is not stored."""
    row.update({k: v for k, v in values.items() if v is not None})


def draw_committees(d: Drawing) -> None:
    """Sizes of quarters; seats, terms, filings and members of committees; elections."""
    b = d.builder
    for quarter in d.all("q"):
        put(
            b.nodes[quarter],
            households=d.one([None, 50, 100, 101, 500]),
            floor_area_m2=d.one([None, 5000.0, 10000.0, 10001.0]),
            single_owner=d.one([None, False, False, True]),
        )
    for _ in range(4):
        d.node(
            "p",
            party_status=d.one([None, "none", "full", "full", "probationary"]),
            party_full_on=d.one([None, None, DAY, TOMORROW]),
        )
    for committee in d.all("oc"):
        row = b.nodes[committee]
        began = d.one(ELECTED)
        put(
            row,
            elected_on=began,
            term_until=d.one(UNTIL),
            filed=d.one([None, False, True]),
            filed_on=d.one([None, *near(DAY), *near((began or BEGIN) + timedelta(days=30))]),
            seats=d.one([None, 1, 2, 3, 4, 5, 13]),
            extended_until=d.one([None, None, *near(DAY), date(2026, 1, 1), date(2033, 1, 1)]),
            extension_approved_by=d.one([None, "none", "业主大会"]),
        )
        if d.chance(4):
            row.pop("seats", None)
        d.links(
            d.all("p"),
            "HOLDS_POST",
            [committee],
            4,
            role=["chair", "vice_chair", "member", "member", "alternate"],
        )
        d.links([committee], "COVERS", d.all("q"), 1)
    for _ in range(d.number(0, 2)):
        d.node(
            "m",
            kind=d.one(["election", "election", "talk"]),
            status=d.one(["planned", "planned", "held", "cancelled"]),
            held_on=d.one([None, *near(DAY)]),
        )
    d.links(d.all("oc"), "TAKES_PART_IN", d.all("m"), 3)


def draw_service(d: Drawing) -> None:
    """Contracts, projects of unknown mode; firms with staff, organizations and instructors."""
    b = d.builder
    for project in d.all("pp"):
        if d.chance(4) and not any(
            e["type"] == "OPERATED_BY" for e in b.edges.values() if e["from"] == project
        ):
            b.nodes[project].pop("mode")
    for edge in [e for e in b.edges.values() if e["type"] == "SERVES"]:
        put(edge, contract_until=d.one([None, *UNTIL]), contract_indefinite=d.one([None, None, False, True]))
    organizations = [
        d.node("po", level=level, tier=tier)
        for level, tier in (
            ("unit", "branch"),
            ("unit", "group"),
            ("sector", "committee"),
            ("community", "joint_branch"),
        )
    ]
    for firm in d.all("pf"):
        if not d.chance(4):
            d.edge(firm, "BASED_IN", d.one([*d.all("q"), *COMMUNITIES, DISTRICT]))
        for body in d.some(organizations, 1):
            d.edge(body, "COVERS", firm)
        d.links(
            d.all("p"), "EMPLOYED_BY", [firm], 4, kind=["employee", "employee", "seconded", "shareholder"]
        )
        d.links(d.all("p"), "HOLDS_POST", [firm], 1, role=["instructor", "head"])


def draw_registers(d: Drawing) -> None:
    """Lists that are complete everywhere, at single nodes, or no longer."""
    for subject in d.some(REGISTERS, 5):
        d.builder.complete(DISTRICT, subject)
    for node in d.some([*d.all("q", "oc", "pf"), *COMMUNITIES], 5):
        d.builder.edge(node, "COMPLETE_IN", SOURCE, **d.spell(), subject=d.one(REGISTERS))


PARTS = (draw_places, draw_bodies, draw_property, draw_committees, draw_service, draw_registers, draw_months)


@st.composite
def graphs(draw: st.DrawFn) -> GraphBuilder:
    """A district with what the seven rules read."""
    drawing = Dealt(draw(st.randoms(use_true_random=True)))
    for part in PARTS:
        part(drawing)
    return drawing.builder


@settings(max_examples=25)
@given(
    builder=graphs(), as_of=st.sampled_from([DAY, DAY, YESTERDAY, TOMORROW]), params=st.sampled_from(PARAMS)
)
async def test_committees_and_service_agree_with_plain_python(
    graph: Graph, builder: GraphBuilder, as_of: date, params: Mapping[str, Mapping[str, Any]]
) -> None:
    """All seven rules give the verdicts of a recomputation on any drawn graph."""
    embedded_only(graph)
    await store(graph, builder)
    await agree(graph, builder, as_of, list(VERDICTS), params)


def test_such_graphs_hold_every_verdict() -> None:
    """They are nasty enough: each rule says all that it can say."""
    assert dealt_verdicts(PARTS, VERDICTS, PARAMS) == VERDICTS
