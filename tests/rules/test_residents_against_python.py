"""Rules on residents' committees and communities (R49 to R54), on drawn graphs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.reading.graph import Graph
from tests.builder import GraphBuilder
from tests.oracle.asking import is_enough, store
from tests.oracle.owners_committees import shifted
from tests.rules.scenes.ask import agree
from tests.rules.scenes.drawn_graphs import dealt_verdicts
from tests.strategies import COMMUNITIES, DAY, DISTRICT, STREET, TOMORROW, YESTERDAY, Drawing, draw_months

SIZE, KIN = "residents_committee_size_invalid", "residents_committee_near_relatives"
WOMAN, TERM = "residents_committee_without_woman", "residents_committee_term_expired"
HOUSEHOLDS = "community_households_out_of_range"
SUPERVISED = "community_without_supervision_committee"
THREE = frozenset({"pass", "fail", "unknown"})
VERDICTS = {
    **dict.fromkeys((SIZE, TERM, HOUSEHOLDS, SUPERVISED), THREE),
    **dict.fromkeys((KIN, WOMAN), THREE | {"not_applicable"}),
}
PARAMS = (
    {},
    {
        SIZE: {"min": 2, "max": 3},
        KIN: {"kin_scope": "spouse_lineal"},
        HOUSEHOLDS: {"min": 100, "max": 700},
        TERM: {"term_years": 3},
    },
)
NEAR = [*(shifted(DAY, years=-n) + timedelta(days=k) for n in (3, 5) for k in (-1, 0, 1))]


def draw_areas(d: Drawing) -> None:
    """Two communities, one of which may have moved, with quarters in them."""
    b = d.builder
    b.node(DISTRICT, level="district")
    b.node(STREET, level="subdistrict")
    b.edge(STREET, "PART_OF", DISTRICT)
    sizes = [None, 99, 100, 700, 701, 999, 1000, 3000, 3001]
    for community in COMMUNITIES:
        b.node(community, level="community", households=d.one(sizes))
        if d.chance(3):
            b.edge(community, "PART_OF", DISTRICT, until=DAY)
            b.edge(community, "PART_OF", STREET, since=DAY)
        else:
            b.edge(community, "PART_OF", STREET)
        b.edge(d.node("q"), "PART_OF", community, **d.spell())


def draw_councils(d: Drawing) -> None:
    """Residents' committees with their terms, and supervision committees of both kinds."""
    for area in (*COMMUNITIES, *COMMUNITIES[:1]):
        elected = d.one([None, *NEAR, TOMORROW])
        until = d.one([None, None, DAY, TOMORROW, date(2030, 7, 1), date(2031, 1, 1)])
        seats = d.one([None, 1, 2, 4, 5, 9, 10])
        body = d.node("rc", elected_on=elected, term_until=until, seats=seats)
        d.edge(body, "COVERS", area)
    for kind in ("residents", "residents", "owners"):
        if d.chance(2):
            d.edge(d.node("sc", kind=kind), "COVERS", d.one([*d.all("q"), *COMMUNITIES]))


def draw_members(d: Drawing) -> None:
    """Persons of known and unknown gender, their seats and their kinship."""
    for _ in range(d.number(2, 5)):
        d.node("p", gender=d.one([None, "female", "male", "male", "male"]))
    persons = d.all("p")
    roles = ["director", "deputy_director", "member", "member", "community_worker"]
    for body in d.all("rc"):
        for person in d.some(persons, 4):
            d.edge(person, "HOLDS_POST", body, role=d.one(roles))
    for one in persons:
        for two in persons:
            if one < two and d.chance(5):
                start, end = d.one([(one, two), (two, one)])
                relation = d.one(["spouse", "parent", "sibling", "sibling", "parent_in_law"])
                d.edge(start, "RELATED_TO", end, relation=relation)


def draw_lists(d: Drawing) -> None:
    """Registers of posts and kinship at persons, committees and areas."""
    for subject, places in (("post", [*d.all("rc"), *COMMUNITIES]), ("kinship", [*d.all("p"), *COMMUNITIES])):
        for place in d.some(places, 4):
            since, until = d.spell().values()
            d.builder.edge(place, "COMPLETE_IN", "d-990101-register", since, until, subject=subject)
        if d.chance(4):
            d.builder.complete(DISTRICT, subject)


PARTS = (draw_areas, draw_councils, draw_members, draw_lists, draw_months)


@st.composite
def council_graphs(draw: st.DrawFn) -> GraphBuilder:
    """Two communities with residents' committees in every state."""
    drawing = Drawing(draw)
    for part in PARTS:
        part(drawing)
    return drawing.builder


@settings(max_examples=40)
@given(
    builder=council_graphs(),
    as_of=st.sampled_from([YESTERDAY, DAY, DAY, TOMORROW]),
    params=st.sampled_from(PARAMS),
)
async def test_each_rule_equals_its_recomputation(
    graph: Graph, builder: GraphBuilder, as_of: date, params: dict[str, dict[str, Any]]
) -> None:
    """Six rules give the verdicts of a recomputation, row by row, on any drawn graph."""
    if is_enough(graph):
        return
    await store(graph, builder)
    await agree(graph, builder, as_of, VERDICTS, params)


def test_such_graphs_hold_every_verdict() -> None:
    """They are nasty enough: each rule says all that it can say."""
    assert dealt_verdicts(PARTS, VERDICTS, PARAMS) == VERDICTS
