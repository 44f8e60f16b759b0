"""WITHIN: one edge per place, area above it and unbroken period, true on every day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import OPEN_END, OPEN_START, label_of
from graph.store.changes import Change
from graph.store.within import derive_within, moves_places
from tests.builder import GraphBuilder
from tests.oracle.view import View
from tests.strategies import graphs

DISTRICT, STREET, COMMUNITY = "990101000000", "990101001000", "990101001001"
LEVELS = {DISTRICT: "district", STREET: "subdistrict", COMMUNITY: "community"}
QUARTER = "q-990101-1"
EARLY, THEN, LATER = date(2020, 1, 1), date(2023, 1, 1), date(2024, 1, 1)


def part(
    place: str,
    above: str,
    since: date = OPEN_START,
    until: date = OPEN_END,
    *,
    known: bool = True,
    synthetic: bool = False,
) -> dict[str, Any]:
    """A PART_OF edge as the derivation reads it."""
    ends = {"place": place, "above": above, "since": since, "until": until}
    return {**ends, "since_known": known, "synthetic": synthetic}


def within(*parts: dict[str, Any], levels: dict[str, str | None] | None = None) -> dict[str, dict[str, Any]]:
    """The derived edges of these places to other ones, by id."""
    found = {}
    areas = [
        {"area": area, "level": level, "synthetic": False} for area, level in (levels or dict(LEVELS)).items()
    ]
    for change in derive_within(parts, areas):
        assert change.after is not None
        if change.start != change.end:
            found[change.id] = change.after
    return found


def test_an_area_is_within_itself_at_any_time() -> None:
    """One pattern serves quarters and areas; when an area began is not known."""
    (change,) = derive_within([], [{"area": STREET, "level": "subdistrict", "synthetic": True}])
    assert (change.start, change.end) == (STREET, STREET)
    assert change.after == {
        "id": f"{STREET}~WITHIN~{STREET}",
        "height": 1,
        "spell": 1,
        "since": OPEN_START,
        "until": OPEN_END,
        "since_known": False,
        "synthetic": True,
        "source": "derived",
    }


def periods(edges: dict[str, dict[str, Any]], place: str, area: str) -> list[tuple[date, date]]:
    """The periods for which a place is in an area."""
    return [(e["since"], e["until"]) for i, e in edges.items() if i.startswith(f"{place}~WITHIN~{area}")]


def test_a_place_is_within_every_area_above_it() -> None:
    """A quarter under two areas has two edges, each with the height of its area's level."""
    edges = within(part(QUARTER, COMMUNITY), part(COMMUNITY, STREET))
    assert {i: e["height"] for i, e in edges.items()} == {
        f"{QUARTER}~WITHIN~{COMMUNITY}": 0,
        f"{QUARTER}~WITHIN~{STREET}": 1,
        f"{COMMUNITY}~WITHIN~{STREET}": 1,
    }


def test_an_area_without_a_level_comes_last() -> None:
    """Where the level is not known, every other area is lower."""
    edges = within(part(QUARTER, COMMUNITY), levels={COMMUNITY: None})
    assert [e["height"] for e in edges.values()] == [5]


def test_periods_are_cut_to_each_other() -> None:
    """A place is in an area while every step up holds; steps that never hold together give no edge."""
    steps = part(COMMUNITY, STREET, EARLY, THEN), part(STREET, DISTRICT, THEN)
    edges = within(part(QUARTER, COMMUNITY, OPEN_START, LATER), *steps)
    assert periods(edges, QUARTER, COMMUNITY) == [(OPEN_START, LATER)]
    assert periods(edges, QUARTER, STREET) == [(EARLY, THEN)]
    assert periods(edges, QUARTER, DISTRICT) == []


def test_periods_that_abut_are_one() -> None:
    """A quarter that moves between communities stays in their subdistrict without a break."""
    other = "990101001002"
    moved = part(QUARTER, COMMUNITY, EARLY, THEN), part(QUARTER, other, THEN)
    steps = part(COMMUNITY, STREET), part(other, STREET)
    edges = within(*moved, *steps, levels={**LEVELS, other: "community"})
    assert periods(edges, QUARTER, STREET) == [(EARLY, OPEN_END)]
    assert periods(edges, QUARTER, COMMUNITY) == [(EARLY, THEN)]


def test_a_break_makes_a_second_spell() -> None:
    """Who leaves an area and comes back has two edges, numbered in order."""
    edges = within(part(QUARTER, COMMUNITY, LATER), part(QUARTER, COMMUNITY, EARLY, THEN))
    first, second = f"{QUARTER}~WITHIN~{COMMUNITY}", f"{QUARTER}~WITHIN~{COMMUNITY}~2"
    assert {i: (e["spell"], e["since"]) for i, e in edges.items()} == {first: (1, EARLY), second: (2, LATER)}


def test_the_start_is_known_if_that_of_the_first_part_is() -> None:
    """Of a merged period the first part decides; one unknown step makes a start unknown."""
    one = within(part(QUARTER, COMMUNITY, EARLY, THEN), part(QUARTER, COMMUNITY, THEN, known=False))
    assert [e["since_known"] for e in one.values()] == [True]
    two = within(part(QUARTER, COMMUNITY, known=False, until=THEN), part(QUARTER, COMMUNITY, THEN))
    assert [e["since_known"] for e in two.values()] == [False]
    up = within(part(QUARTER, COMMUNITY, EARLY), part(COMMUNITY, STREET, known=False))
    assert up[f"{QUARTER}~WITHIN~{STREET}"]["since_known"] is False


def test_one_invented_step_makes_the_edge_invented() -> None:
    """What rests on an invented edge is not a record."""
    edges = within(part(QUARTER, COMMUNITY), part(COMMUNITY, STREET, synthetic=True))
    assert {i.rpartition("~")[2]: e["synthetic"] for i, e in edges.items() if i.startswith(QUARTER)} == {
        COMMUNITY: False,
        STREET: True,
    }


def test_what_goes_round_over_the_years_ends() -> None:
    """One area in another and later the other way about: each is in the other in its time only."""
    edges = within(part(COMMUNITY, STREET, EARLY, THEN), part(STREET, COMMUNITY, THEN))
    assert periods(edges, COMMUNITY, STREET) == [(EARLY, THEN)]
    assert periods(edges, STREET, COMMUNITY) == [(THEN, OPEN_END)]
    assert len(edges) == 2


def test_only_moves_and_levels_touch_it() -> None:
    """A building or a meeting has no WITHIN; a name changes nothing, a level does."""
    area = {"id": STREET, "level": "subdistrict"}
    edge = {"id": "e", "since": EARLY}
    assert moves_places([Change("PART_OF", None, edge, QUARTER, COMMUNITY)])
    assert moves_places([Change("PART_OF", edge, None, "g-990101-1", QUARTER)])
    assert moves_places([Change("Area", area, {**area, "level": "district"})])
    assert moves_places([Change("Area", None, {"id": "990102001002"})])
    assert moves_places([Change("Area", area, None)])
    assert not moves_places([Change("Area", area, {**area, "name": "x"})])
    assert not moves_places([Change("PART_OF", None, edge, "b-990101-1", QUARTER)])
    assert not moves_places([Change("PART_OF", None, edge, "m-990101-1", "k-990101-1")])


def days_of(edges: Iterable[dict[str, Any]]) -> set[date]:
    """Every day on which an edge begins or ends, the day before and the day after."""
    days = {e[name] for e in edges for name in ("since", "until")} - {OPEN_START, OPEN_END}
    return {day + timedelta(days=step) for day in days for step in (-1, 0, 1)}


@settings(max_examples=150)
@given(builder=graphs(), data=st.data())
def test_within_equals_the_walk_on_every_day(builder: GraphBuilder, data: st.DataObject) -> None:
    """On each day on which anything moves, and the days beside it, WITHIN is the walk over PART_OF.

    Beside the drawn graph a second subdistrict and district, and areas and grids that move too.
    """
    street, district = builder.node("990102001000", level="subdistrict"), "990102000000"
    builder.node(district, level="district")
    builder.edge(street, "PART_OF", district)
    moved = data.draw(st.sampled_from([EARLY, THEN, LATER]))
    back = moved + timedelta(days=data.draw(st.sampled_from([1, 2, 400])))
    builder.edge(COMMUNITY, "PART_OF", STREET, until=moved)
    builder.edge(COMMUNITY, "PART_OF", street, since=moved, until=back)
    builder.edge(COMMUNITY, "PART_OF", data.draw(st.sampled_from([STREET, street])), since=back, spell=2)
    builder.edge(STREET, "PART_OF", DISTRICT, since=None, until=THEN)
    builder.edge(STREET, "PART_OF", district, since=data.draw(st.sampled_from([THEN, LATER])))
    builder.derive()
    places = [p for p in builder.nodes if label_of(p) in ("Area", "Quarter", "Grid")]
    for day in days_of(e for e in builder.edges.values() if e["type"] in ("PART_OF", "WITHIN")):
        view = View(builder.nodes, builder.edges, day)
        for place in places:
            ends = [e["to"] for e in view.out(place, "WITHIN")]
            assert sorted(ends) == sorted(view.areas(place)), (place, day)
