"""R14, R15, R17-R20, R27, R29 and R30 on drawn graphs: every verdict equals a recomputation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.reading.graph import Graph
from tests.builder import GraphBuilder
from tests.oracle.asking import add, embedded_only, store, view_of
from tests.oracle.rules import RULES
from tests.oracle.scene import DISTRICT
from tests.rules.scenes.ask import again
from tests.rules.scenes.drawn_graphs import Dealt, dealt_verdicts
from tests.strategies import DAY, PARTS, TOMORROW, YESTERDAY

R14, R15 = "owners_committee_member_not_owner", "owners_committee_party_ratio_low"
R17, R18 = "secretary_chair_not_unified", "secretary_chair_cross_appointment_missing"
R19, R20 = "two_committee_member_not_in_owners_committee", "three_party_cross_appointment_gap"
R27, R29 = "coi_owners_committee_property_staff", "coi_self_supervision_managed_property"
R30 = "concurrent_post_paid"

THREE = frozenset({"pass", "fail", "unknown"})
FOUR = THREE | {"not_applicable"}
VERDICTS = {
    R14: THREE,
    R15: FOUR,
    R17: FOUR | {"not_possible"},
    R18: FOUR | {"not_possible"},
    R19: FOUR | {"not_possible"},
    R20: FOUR,
    R27: FOUR,
    R29: FOUR,
    R30: FOUR,
}
"""What each rule can say; every word of it has to occur in the run."""

PARAMS: tuple[Mapping[str, Mapping[str, Any]], ...] = (
    {},
    {
        R14: {"unit_representative": False, "spouse": True},
        R15: {"num": 1, "den": 2},
        R17: {"kinds": ["employee", "seconded", "shareholder"], "respect_r14": False},
        R18: {"affiliates": False},
        R19: {"min_per_quarter": 2, "affiliates": False},
        R20: {"min_links": 1, "kinds": ["shareholder"]},
        R27: {"kinds": ["shareholder"], "affiliates": False},
        R29: {"check_org_level": False},
        R30: {"allowance_ok_for_non_officials": False},
    },
)
"""The files' own defaults, and one other choice of each parameter."""


def draw_full(d: Dealt) -> None:
    """Quarters that have all three bodies; without them most rows end at a missing body."""
    for quarter in d.all("q"):
        if d.chance(2):
            continue
        branch = d.node("po", level="quarter", tier="branch")
        d.builder.edge(branch, "SUBORDINATE_TO", d.all("po")[0])
        committee = d.node("oc", kind="owners_committee", seats=d.one([None, 3]))
        project = d.node("pp", mode="contract")
        d.edge(project, "OPERATED_BY", d.node("pf"))
        for body, type_ in ((branch, "COVERS"), (committee, "COVERS"), (project, "SERVES")):
            d.builder.edge(body, type_, quarter)


def draw_doubles(d: Dealt) -> None:
    """Persons in two bodies of a quarter, and registers that say that nothing else is there."""
    pairs = (
        ("po", "secretary", "oc", "chair"),
        ("po", "secretary", "oc", "chair"),
        ("po", "committee_member", "oc", "chair"),
        ("rc", "member", "oc", "member"),
        ("po", "committee_member", "pp", "staff"),
        ("oc", "member", "pp", "project_manager"),
    )
    at: dict[tuple[str, str], list[str]] = {}
    for edge in d.builder.edges.values():
        if edge["type"] in ("COVERS", "SERVES"):
            at.setdefault((edge["from"].split("-")[0], edge["to"]), []).append(edge["from"])
    for quarter in d.all("q"):
        for one, role, two, other_role in pairs:
            firsts, seconds = at.get((one, quarter), d.all(one)), at.get((two, quarter), [])
            if firsts and seconds and d.chance(2):
                person = d.one(d.all("p"))
                d.edge(person, "HOLDS_POST", d.one(firsts), role=role)
                person = d.one([person, person, d.one(d.all("p"))])
                d.edge(person, "HOLDS_POST", d.one(seconds), role=other_role)
    if d.chance(3):
        empty = d.node("oc", kind="owners_committee")
        d.edge(empty, "COVERS", d.one(d.all("q")))
        d.builder.complete(empty, "post")
    for subject in d.some(["post", "post", "ownership", "property_project", "employment"], 5):
        d.builder.complete(DISTRICT, subject)


ALL = (*PARTS[:3], draw_full, *PARTS[3:], draw_doubles)


@st.composite
def graphs(draw: st.DrawFn) -> GraphBuilder:
    """A district with everything that rules read, and some persons in two bodies."""
    drawing = Dealt(draw(st.randoms(use_true_random=True)))
    for part in ALL:
        part(drawing)
    return drawing.builder


@settings(max_examples=25)
@given(
    builder=graphs(), as_of=st.sampled_from([DAY, DAY, YESTERDAY, TOMORROW]), params=st.sampled_from(PARAMS)
)
async def test_rules_agree_with_plain_python(
    graph: Graph, builder: GraphBuilder, as_of: date, params: Mapping[str, Mapping[str, Any]]
) -> None:
    """All nine rules give the verdicts of a recomputation, row by row, on any drawn graph."""
    embedded_only(graph)
    await store(graph, builder)
    view = view_of(builder, as_of)
    for rule in VERDICTS:
        found = await again(graph, rule, as_of, **params.get(rule, {}))
        expected = RULES[rule](view, **params.get(rule, {}))
        assert expected == {k: row["verdict"] for k, row in found.items()}, (rule, builder)
        for key, row in found.items():
            assert row["missing"] or row["verdict"] != "unknown", (rule, key)
            assert row["evidence"] or row["verdict"] not in ("fail", "not_possible"), (rule, key)


def test_such_graphs_hold_every_verdict() -> None:
    """They are nasty enough: each rule says all that it can say."""
    assert dealt_verdicts(ALL, VERDICTS, PARAMS) == VERDICTS


@settings(max_examples=15)
@given(builder=graphs())
async def test_a_register_decides_but_never_overturns(graph: Graph, builder: GraphBuilder) -> None:
    """Closing every list of posts and employers turns unknown into something, pass into nothing."""
    embedded_only(graph)
    await store(graph, builder)
    before = {rule: await again(graph, rule) for rule in VERDICTS}
    known = {*builder.nodes, *builder.edges}
    builder.complete(DISTRICT, "post", "employment")
    await add(graph, builder, known)
    for rule, rows in before.items():
        after = await again(graph, rule)
        for key, row in rows.items():
            if row["verdict"] != "unknown":
                assert row["verdict"] == after[key]["verdict"], (rule, key, builder)
