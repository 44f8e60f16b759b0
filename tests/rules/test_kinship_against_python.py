"""Relatives at the property firm, and three posts in one person, on drawn graphs."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.reading.graph import Graph
from tests.builder import GraphBuilder
from tests.oracle.asking import embedded_only, store
from tests.rules.scenes.ask import agree
from tests.rules.scenes.drawn_graphs import dealt_verdicts
from tests.strategies import (
    COMMUNITIES,
    DAY,
    DISTRICT,
    TOMORROW,
    YESTERDAY,
    Drawing,
    draw_places,
    draw_property,
)

KIN, HATS = "coi_owners_committee_kin_property_staff", "triple_hat_secretary_chair_manager"
VERDICTS = {
    KIN: {"pass", "fail", "unknown", "not_applicable"},
    HATS: {"pass", "fail", "unknown", "not_applicable"},
}
SUBJECTS = ["post", "employment", "kinship", "party_organization", "owners_committee", "property_project"]


def draw_bodies(d: Drawing) -> None:
    """Branches, and committees of owners, of some quarters."""
    for _ in range(d.number(0, 2)):
        level = d.one(["quarter", "quarter", "quarter", "community"])
        branch = d.node("po", level=level, tier=d.one([None, "branch", "branch", "group"]))
        d.edge(branch, "COVERS", d.one(d.all("q")))
    for _ in range(d.number(0, 2)):
        kind = d.one(["owners_committee", "owners_committee", "property_management_committee"])
        d.edge(d.node("oc", kind=kind), "COVERS", d.one(d.all("q")))
    if d.chance(3):
        d.node("rc")


def draw_core(d: Drawing) -> None:
    """One quarter that has all bodies, as far as their spells are open."""
    quarter = d.all("q")[0]
    d.edge(d.node("po", level="quarter", tier="branch"), "COVERS", quarter)
    d.edge(d.node("oc", kind="owners_committee"), "COVERS", quarter)
    project = d.node("pp", mode="contract")
    d.edge(project, "SERVES", quarter)
    d.edge(project, "OPERATED_BY", d.node("pf"))


def draw_people(d: Drawing) -> None:
    """Few persons with many posts, their relatives and employers."""
    for _ in range(d.number(2, 3)):
        d.node("p")
    persons = d.all("p")
    posts = {
        "po": ["secretary", "secretary", "deputy_secretary"],
        "oc": ["chair", "chair", "member", "alternate"],
        "pp": ["project_manager", "project_manager", "staff"],
    }
    for prefix, roles in posts.items():
        for body in d.all(prefix):
            for person in d.some(persons, 2, 1):
                d.edge(person, "HOLDS_POST", body, role=d.one(roles))
    d.links(
        persons,
        "EMPLOYED_BY",
        [*d.all("pf", "u"), *d.all("pf")[-1:] * 2],
        4,
        kind=["employee", "employee", "seconded", "shareholder"],
    )
    pairs = [(a, b) for a in persons for b in persons if a < b]
    relations = ["spouse", "spouse", "parent", "parent", "grandparent", "sibling", "parent_in_law", "other"]
    for one, two in d.some(pairs, 3, 1):
        start, end = (one, two) if d.chance(2) else (two, one)
        d.edge(start, "RELATED_TO", end, relation=d.one(relations), disclosed=d.one([None, False, True]))


def draw_lists(d: Drawing) -> None:
    """Registers at persons, firms, bodies, quarters and areas."""
    places = [*d.all("p", "pf", "oc", "po", "pp", "q"), *COMMUNITIES, DISTRICT]
    for subject in SUBJECTS:
        for place in d.some(places, 3):
            since, until = d.spell().values()
            d.builder.edge(place, "COMPLETE_IN", "d-990101-register", since, until, subject=subject)
        if d.chance(2):
            d.builder.complete(DISTRICT, subject)


PARTS = (draw_places, draw_bodies, draw_property, draw_core, draw_people, draw_lists)


@st.composite
def kinship_graphs(draw: st.DrawFn) -> GraphBuilder:
    """Quarters with few people in many posts, related to each other."""
    drawing = Drawing(draw)
    for part in PARTS:
        part(drawing)
    return drawing.builder


PARAMS = st.fixed_dictionaries(
    {},
    optional={
        KIN: st.fixed_dictionaries(
            {},
            optional={
                "kin_scope": st.just("near_relatives"),
                "kinds": st.just(["shareholder"]),
                "affiliates": st.just(False),
                "disclose_only": st.just(True),
            },
        )
    },
)


@settings(max_examples=25)
@given(builder=kinship_graphs(), as_of=st.sampled_from([YESTERDAY, DAY, DAY, TOMORROW]), params=PARAMS)
async def test_each_rule_equals_its_recomputation(
    graph: Graph, builder: GraphBuilder, as_of: Any, params: dict[str, dict[str, Any]]
) -> None:
    """Two rules give the verdicts of a recomputation, row by row, on any drawn graph."""
    embedded_only(graph)
    await store(graph, builder)
    await agree(graph, builder, as_of, VERDICTS, params)


def test_such_graphs_hold_every_verdict() -> None:
    """They are nasty enough: each rule says all that it can say."""
    assert dealt_verdicts(PARTS, VERDICTS) == VERDICTS
