"""Rules on persons' posts, on drawn graphs."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import POSTS, label_of
from graph.reading.graph import Graph
from tests.builder import GraphBuilder
from tests.oracle.asking import embedded_only, store
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
    draw_bodies,
    draw_places,
    draw_property,
)

VERDICTS = {
    "civil_servant_concurrent_post_unapproved": {"pass", "fail", "unknown"},
    "supervision_body_overlap": {"pass", "fail", "unknown"},
    "too_many_posts_per_person": {"pass", "fail", "unknown"},
}


def draw_units(d: Drawing) -> None:
    """Units of some categories with their organizations, a team, more supervision committees."""
    for _ in range(2):
        unit = d.node("u", category=d.one([None, "bank", "bank", "government_organ"]))
        d.edge(unit, "BASED_IN", d.one([*d.all("q"), *COMMUNITIES]))
        d.edge(d.node("po", level="unit", tier="branch"), "COVERS", unit)
    d.edge(d.node("t", kind="volunteer_team"), "SERVES", d.one([*d.all("q"), STREET]))
    d.edge(d.node("pp", mode=d.one([None, "self"])), "SERVES", d.one(d.all("q")))
    d.edge(d.node("sc", kind="residents"), "COVERS", d.one([*d.all("q"), *COMMUNITIES]))
    d.edge(d.node("sc", kind="owners"), "COVERS", d.one([*d.all("q") * 3, *COMMUNITIES]))


def draw_officials(d: Drawing) -> None:
    """Few persons with many posts and employments, most of them civil servants or cadres."""
    public = [None, "none", "public_employee", "civil_servant", "leading_cadre", "leading_cadre"]
    for _ in range(d.number(3, 5)):
        d.node("p", public_post=d.one(public))
    persons = d.all("p")
    for body in d.all("po", "rc", "oc", "sc", "pp", "t", "u", "pf", "b", "g"):
        for person in d.some(persons, 2, 1 if body.startswith("sc") else 0):
            d.edge(
                person,
                "HOLDS_POST",
                body,
                role=d.one(POSTS[label_of(body)]),
                approved=d.one([None, False, True, True]),
            )
    d.links(persons, "EMPLOYED_BY", d.all("pf", "u"), 6, kind=["employee", "seconded", "shareholder"])


def draw_lists(d: Drawing) -> None:
    """Registers of posts and bodies, closed at persons, bodies, places and areas."""
    places = [*d.all("q", "oc", "rc", "po", "pp", "p"), *COMMUNITIES, DISTRICT]
    for subject in ("post", "owners_committee", "property_project", "party_organization"):
        for place in d.some(places, 3):
            since, until = d.spell().values()
            d.builder.edge(place, "COMPLETE_IN", "d-990101-register", since, until, subject=subject)
        if d.chance(3):
            d.builder.complete(DISTRICT, subject)


def draw_kin(d: Drawing) -> None:
    """Kinship among the persons, and its registers at persons and communities."""
    persons = d.all("p")
    for one in persons:
        for two in persons:
            if one < two and d.chance(4):
                d.edge(one, "RELATED_TO", two, relation=d.one(["spouse", "sibling", "other"]))
    for place in d.some([*persons * 2, *COMMUNITIES], 4):
        since, until = d.spell().values()
        d.builder.edge(place, "COMPLETE_IN", "d-990101-register", since, until, subject="kinship")
    if d.chance(3):
        d.builder.complete(DISTRICT, "kinship")


PARTS = (draw_places, draw_bodies, draw_property, draw_units, draw_officials, draw_lists, draw_kin)


@st.composite
def person_graphs(draw: st.DrawFn) -> GraphBuilder:
    """Two communities with bodies of all kinds, and persons who sit in many of them."""
    drawing = Drawing(draw)
    for part in PARTS:
        part(drawing)
    return drawing.builder


PARAMS = st.fixed_dictionaries(
    {},
    optional={
        "civil_servant_concurrent_post_unapproved": st.sampled_from(
            [
                {"kinds": ["shareholder"]},
                {"max_enterprise_posts": 0},
                {"enterprise_categories": ["government_organ"]},
            ]
        ),
        "supervision_body_overlap": st.sampled_from(
            [{"kin_scope": "none", "residents_barred": False}, {"kin_scope": "spouse_lineal"}]
        ),
        "too_many_posts_per_person": st.sampled_from(
            [{"max_posts": 1}, {"max_posts": 9, "max_quarters_as_secretary": 1}]
        ),
    },
)


@settings(max_examples=25)
@given(builder=person_graphs(), as_of=st.sampled_from([YESTERDAY, DAY, DAY, TOMORROW]), params=PARAMS)
async def test_each_rule_equals_its_recomputation(
    graph: Graph, builder: GraphBuilder, as_of: Any, params: dict[str, dict[str, Any]]
) -> None:
    """Three rules give the verdicts of a recomputation, row by row, on any drawn graph."""
    embedded_only(graph)
    await store(graph, builder)
    await agree(graph, builder, as_of, VERDICTS, params)


def test_such_graphs_hold_every_verdict() -> None:
    """They are nasty enough: each rule says all that it can say."""
    assert dealt_verdicts(PARTS, VERDICTS) == VERDICTS
