"""Coverage as answered: measures, published figures, changes, months, and one gap with closers."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from graph.coverage.closers import closers_of
from graph.coverage.compare import find_changes
from graph.coverage.count import find_coverage
from graph.coverage.gap_rules import fillable
from graph.coverage.gaps import describe_gap, find_gaps
from graph.coverage.read import find_queries
from graph.coverage.series import LONGEST, find_series, months_between, read_month
from graph.errors import BadParameter, Forbidden, NotFound
from graph.reading.graph import Graph
from tests.builder import GraphBuilder
from tests.conftest import unmasked
from tests.oracle.areas import roll_up
from tests.oracle.asking import is_enough, store, view_of
from tests.oracle.coverage import recompute
from tests.oracle.scene import COMMUNITY, DISTRICT, Scene
from tests.strategies import DAY, YESTERDAY, graphs

FIRST, SECOND, THIRD = (f"q-990101-{n:02}" for n in range(1, 4))
STATES = ("covered", "gap", "unknown")
ROOT = Path(__file__).parents[2]
FIGURES = [
    # area, metric, published, recorded, relation
    ("430211000000", "party_branch.covered", 244, 2, "fewer"),
    ("430211000000", "party_branch.bodies", 117, 2, "fewer"),
    ("430211000000", "party_branch.share", 72, None, "not_compared"),
    ("430407000000", "service_station.bodies", 41, 2, "fewer"),
    ("430407000000", "oc_party_ratio.share", 60, None, "not_compared"),
    ("441303001000", "big_committee.total", 20, 3, "fewer"),
    ("441303001000", "big_committee.persons", 86, 0, "fewer"),
    ("441303001-baiyun", "party_branch.total", 60, 1, "fewer"),
    ("511702005-shilongxi", "interest_group.persons", 120, 0, "fewer"),
]


@pytest.mark.parametrize("figure", FIGURES, ids=lambda f: f"{f[0]}-{f[1]}")
async def test_published_figures_stand_beside_what_is_recorded(
    loaded: Graph, figure: tuple[str, str, float, float | None, str]
) -> None:
    """A claim is shown with the graph's own count and the reason; it never becomes a count."""
    area, metric, published, own, relation = figure
    dimension = metric.partition(".")[0]
    rows = (await find_coverage(loaded, area=area, dimension=dimension, as_of=DAY)).data
    (row,) = [r for r in rows if r["area"] == area]
    (claim,) = [c for c in row["claims"] if c["metric"] == metric]
    assert (claim["value"], claim["own"], claim["relation"]) == (published, own, relation)
    assert claim["reason_zh"]
    assert claim["reason_en"]
    assert row["total"] < published


@pytest.mark.parametrize("dimension", ["cross_appointment", "grid_post"])
async def test_rows_of_one_place_are_told_apart(loaded: Graph, dimension: str) -> None:
    """By names alone, with the pair of bodies or the post in words."""
    asked = {"area": "990101001000", "dimension": dimension, "as_of": DAY}
    rows = (await find_gaps(loaded, **asked)).data  # type: ignore[arg-type]
    names = [row["subject_name"] or "" for row in rows]
    assert len(rows) == len(set(names)) > 10
    assert [name for name in names if not name.endswith("）") or "_" in name or "-" in name] == []


async def test_the_areas_near_are_those_of_the_whole(loaded: Graph) -> None:
    """An area and those directly below it have the figures that they have among all below."""
    area, asked = "990101000000", {"dimension": "party_branch", "as_of": DAY}
    rows = (await find_coverage(loaded, area=area, **asked)).data  # type: ignore[arg-type]
    near = (await find_coverage(loaded, area=area, near=True, **asked)).data  # type: ignore[arg-type]
    shown = {area, "990101001000", "990101002000", "990101003000"}
    assert near == [row for row in rows if row["area"] in shown]
    assert {row["area"] for row in near} == shown


async def test_the_total_of_tianyuan_follows_from_the_share_alone(loaded: Graph) -> None:
    """244 at 72 % imply about 339 quarters, 337 to 341, and 95 uncovered, 93 to 97."""
    answer = await find_coverage(loaded, area="430211000000", dimension="party_branch", as_of=DAY)
    (row,) = [r for r in answer.data if r["area"] == "430211000000"]
    found = {d["metric"]: (d["figure"], d["low"], d["high"]) for d in row["derived"]}
    assert found["party_branch.implied_total"] == (339, 337, 341)
    assert found["party_branch.implied_uncovered"] == (95, 93, 97)
    assert row["share_low"] is None


async def test_figures_of_a_quarter_are_held_against_that_quarter(loaded: Graph) -> None:
    """Six teams published of one quarter and one of another are compared each with its own."""
    answer = await find_coverage(loaded, area="430407000000", dimension="volunteer_team", as_of=DAY)
    (row,) = [r for r in answer.data if r["area"] == "430407000000"]
    found = {c["value"]: c["own"] for c in row["claims"] if c["metric"] == "volunteer_team.bodies"}
    assert found == {6: 1, 1: 1}


async def test_a_branch_of_its_own_is_a_second_measure(graph: Graph) -> None:
    """One branch over two quarters covers both and is no one's own; a register tells the rest."""
    scene = Scene(3, bodies="")
    b = scene.builder
    for name, quarters in (("a", (FIRST, SECOND)), ("b", (THIRD,))):
        b.node(f"po-990101-{name}", level="quarter", tier="branch")
        for quarter in quarters:
            b.edge(f"po-990101-{name}", "COVERS", quarter)
    scene.complete(DISTRICT, "party_organization", "quarter")
    await store(graph, b)
    answer = await find_coverage(graph, area=COMMUNITY, dimension="party_branch", as_of=DAY)
    (row,) = answer.data
    (measure,) = row["measures"]
    assert (row["covered"], row["share_low"]) == (3, 1.0)
    assert (measure["yes"], measure["no"], measure["unknown"], measure["sum"]) == (1, 2, 0, None)


def causes(then: dict[str, str], now: dict[str, str], state: str) -> dict[str, int]:
    """Of the subjects that have come into a state: was it another one, not known, or no subject."""
    came = [then.get(s) for s in now if now[s] == state != then.get(s)]
    fresh = sum(was is None for was in came)
    if state == "unknown":
        return {"obscured": len(came) - fresh, "appeared": fresh}
    known = sum(was in {"covered", "gap"} for was in came)
    return {"occurred": known, "established": len(came) - fresh - known, "appeared": fresh}


@settings(max_examples=8)
@given(builder=graphs())
async def test_changes_are_a_partition(graph: Graph, builder: GraphBuilder) -> None:
    """Every subject of either day is counted once, as plain Python counts it."""
    if is_enough(graph):
        return
    await store(graph, builder)
    answer = await find_changes(unmasked(graph), since=YESTERDAY, until=DAY, area=DISTRICT)
    views = [view_of(builder, day) for day in (YESTERDAY, DAY)]
    profile = graph.profiles["worked_example"]  # the district's own
    for row in (r for r in answer.data["counts"] if r["area"] == DISTRICT):
        states: list[dict[str, str]] = []
        for view, day in zip(views, (YESTERDAY, DAY), strict=True):
            params = profile.dimension(graph.catalogue[row["dimension"]], day)
            found = recompute(view, row["dimension"], **params).values()
            states.append({s.id: s.state for s in found if s.area and DISTRICT in view.above(s.area)})
        then, now = states
        moved = Counter(
            "unchanged" if then.get(s) == now.get(s) else "gone" if s not in now else f"newly_{now[s]}"
            for s in then | now
        )
        reported = {n: row[n] for n in ("unchanged", "gone", *(f"newly_{s}" for s in STATES))}
        assert reported == {n: moved[n] for n in reported}, row["dimension"]
        assert row["causes"] == {f"newly_{state}": causes(then, now, state) for state in STATES}
        assert row["before"]["total"] == len(then)
        assert row["after"]["total"] == len(now)
        changed = {r["subject"] for r in answer.data["rows"] if r["dimension"] == row["dimension"]}
        assert {s for s in then | now if then.get(s) != now.get(s)} <= changed


@settings(max_examples=5)
@given(builder=graphs())
async def test_a_series_has_each_month_as_recomputed(graph: Graph, builder: GraphBuilder) -> None:
    """The counts of every month are those of an independent count on its first day."""
    if is_enough(graph):
        return
    await store(graph, builder)
    for dimension in ("volunteer_team", "joint_meeting"):
        found = await find_series(graph, "2025-04", "2025-08", area=DISTRICT, dimension=dimension)
        months = [row["month"] for row in found.data]
        assert months == [date(2025, m, 1) for m in range(4, 9)]
        for row in found.data:
            view = view_of(builder, row["month"])
            params = graph.profiles["worked_example"].dimension(graph.catalogue[dimension], row["month"])
            counts = roll_up(view, recompute(view, dimension, **params).values())
            expected = counts.get(DISTRICT, Counter())
            assert {s: row[s] for s in STATES} == {s: expected[s] for s in STATES}


async def test_a_series_follows_registers_and_covers(graph: Graph) -> None:
    """Unknown before the register, a gap from then on, covered from the first of the next month."""
    scene = Scene(1, bodies="")
    scene.builder.node("t-990101-1", kind="volunteer_team")
    scene.link("t-1", "SERVES", FIRST, since=date(2025, 3, 2))
    scene.complete(COMMUNITY, "team", since=date(2025, 2, 1))
    await store(graph, scene.builder)
    reported: list[tuple[int, int]] = []
    found = await find_series(
        graph,
        "2025-01",
        "2025-04",
        area=COMMUNITY,
        dimension="volunteer_team",
        progress=lambda done, of: reported.append((done, of)),
    )
    states = [[s for s in STATES if row[s]] for row in found.data]
    assert states == [["unknown"], ["gap"], ["gap"], ["covered"]]
    assert reported == [(n, 4) for n in range(1, 5)]


@pytest.mark.parametrize("text", ["2025", "2025-13", "2025-1", "x"])
def test_a_month_is_written_with_year_and_month(text: str) -> None:
    """Anything else is refused with the parameter's name."""
    with pytest.raises(BadParameter) as caught:
        read_month(text, "from")
    assert caught.value.subject == "from"


def test_a_series_has_at_most_ten_years() -> None:
    """1 to 120 months; none and more are refused."""
    first = date(2015, 1, 1)
    assert len(months_between(first, date(2024, 12, 1))) == LONGEST
    for last in (date(2025, 1, 1), date(2014, 12, 1)):
        with pytest.raises(BadParameter):
            months_between(first, last)


# One gap ---------------------------------------------------------------------------------------


def test_every_dimension_can_be_closed_by_something(graph: Graph) -> None:
    """Each has a file of closers, or rules for whose gaps persons are proposed."""
    for query in find_queries(graph, None):
        codes = query.dimension.rules
        assert closers_of(graph, query.name) or fillable(graph, codes), query.name


def test_the_documented_table_is_that_of_the_files(graph: Graph) -> None:
    """Order, subject, registers, measures, rules and closers stand as the headers say."""
    text = (ROOT / "docs" / "coverage.md").read_text("utf-8")
    for query in find_queries(graph, None):
        dimension = query.dimension
        measures = ", ".join(f"`{m.column}`" for m in query.header.measures) or "–"
        closers = ", ".join(f"`{c.closer.kind}`" for c in closers_of(graph, query.name))
        cells = [
            str(dimension.number),
            f"`{query.name}`",
            query.header.title_zh,
            dimension.subject,
            ", ".join(dimension.closes),
            measures,
            ", ".join(dimension.rules) or "–",
            closers or "– (`/candidates`)",
        ]
        assert f"| {' | '.join(cells)} |" in text, query.name


def _metres(a: dict[str, Any], b: dict[str, Any]) -> float:
    (p, q), (r, s) = ((radians(n["lat"]), radians(n["lon"])) for n in (a, b))
    half = sin((r - p) / 2) ** 2 + cos(p) * cos(r) * sin((s - q) / 2) ** 2
    return 2 * 6_371_008.8 * asin(sqrt(half))


def kinds(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Closers by kind."""
    return {c["kind"]: c for c in data["closers"]}


async def test_a_gap_names_branches_next_to_it_nearest_first(graph: Graph) -> None:
    """Branches of other quarters by distance, with the hops; residents are counted, not named."""
    scene = Scene(3, bodies="")
    b = scene.builder
    for n, quarter in enumerate((FIRST, SECOND, THIRD)):
        b.nodes[quarter] |= {"lat": 28.0 + (0, 0.02, 0.01)[n], "lon": 113.0, "households": 100 + n}
    for name, quarter in (("s", SECOND), ("t", THIRD)):
        b.node(f"po-990101-{name}", level="quarter", tier="branch")
        b.edge(f"po-990101-{name}", "COVERS", quarter)
    for serial, status in ((1, "full"), (2, "full"), (3, "probationary")):
        scene.person(serial, party_status=status)
        scene.link(f"p-{serial}", "LIVES_IN", FIRST)
    year = {"party_full_on": date(DAY.year, 1, 1), "date_precision": ["party_full_on:year"]}
    b.nodes["p-990101-2"] |= year
    scene.complete(COMMUNITY, "party_organization", since=date(2024, 1, 1))
    await store(graph, b)
    answer = await describe_gap(graph, "party_branch", FIRST, as_of=DAY)
    data = answer.data
    assert (data["state"], data["since"]) == ("gap", date(2024, 1, 1))
    assert data["concerns"] == {"places": [FIRST], "households": 100}
    found = kinds(data)
    neighbours = found["neighbouring_branch"]["candidates"]
    assert [c["candidate"] for c in neighbours] == ["po-990101-t", "po-990101-s"]
    expected = [_metres(b.nodes[FIRST], b.nodes[q]) for q in (THIRD, SECOND)]
    assert [c["metres"] for c in neighbours] == pytest.approx(expected)
    hops = [(h["from"], h["type"], h["to"]) for h in neighbours[0]["path"]]
    assert hops == [
        (FIRST, "PART_OF", COMMUNITY),
        (COMMUNITY, "PART_OF", THIRD),
        (THIRD, "COVERS", "po-990101-t"),
    ]
    residents = found["party_member_resident"]
    assert (residents["count"], residents["candidates"]) == (2, [])
    shown = await describe_gap(unmasked(graph), "party_branch", FIRST, as_of=DAY)
    listed = kinds(shown.data)["party_member_resident"]["candidates"]
    assert [c["candidate"] for c in listed] == ["p-990101-1", "p-990101-2"]
    assert "待确认" not in listed[0]["reason_zh"]
    assert listed[1]["reason_zh"].endswith("；待确认：p-990101-2的转正日期。")


async def test_stations_in_reach_are_those_within_the_distance(graph: Graph) -> None:
    """By coordinates inclusive of the bound; one without a tie to anything is no station there."""
    scene = Scene(2, bodies="")
    b = scene.builder
    b.nodes[FIRST] |= {"lat": 28.0, "lon": 113.0}
    far = b.node("990101001002", level="community")
    b.edge(far, "PART_OF", "990101001000")
    for n, lat in ((1, 28.01), (2, 28.02), (3, 28.012)):
        b.node(f"st-990101-{n}", lat=lat, lon=113.0)
        if n != 3:
            scene.link(f"st-{n}", "BASED_IN", far)
    scene.complete(COMMUNITY, "station")
    await store(graph, b)
    for metres, expected in ((1000.0, []), (1200.0, ["1"]), (3000.0, ["1", "2"])):
        answer = await describe_gap(graph, "service_station", FIRST, as_of=DAY, metres=metres)
        found = [c["candidate"] for c in kinds(answer.data)["near_station"]["candidates"]]
        assert found == [f"st-990101-{n}" for n in expected], metres


async def test_what_is_offered_nearby_could_meet_a_need(graph: Graph) -> None:
    """A resource of a wanted category in another quarter is shown with the whole way there."""
    scene = Scene(2, bodies="")
    b = scene.builder
    b.node("n-990101-1", kind="need", category="elderly", status="open", resource_categories=["medical"])
    scene.link("n-1", "CONCERNS", FIRST)
    b.node("t-990101-1", kind="volunteer_team")
    scene.link("t-1", "SERVES", SECOND)
    for n, category in ((1, "medical"), (2, "venue")):
        b.node(f"r-990101-{n}", category=category)
        scene.link("t-1", "OFFERS", f"r-{n}")
    scene.complete(COMMUNITY, "resource", "co_building")
    await store(graph, b)
    data = (await describe_gap(graph, "resource_match", "n-990101-1", as_of=DAY)).data
    (offer,) = kinds(data)["offer_nearby"]["candidates"]
    assert (data["state"], offer["candidate"]) == ("gap", "r-990101-1")
    types = [h["type"] for h in offer["path"]]
    assert types == ["CONCERNS", "PART_OF", "PART_OF", "SERVES", "OFFERS"]


async def test_persons_are_no_address_while_they_are_masked(loaded: Graph) -> None:
    """The dimension of persons is answered one by one only where personal data is shown."""
    with pytest.raises(Forbidden):
        await describe_gap(loaded, "party_member_activation", "p-990101-0022", as_of=DAY)


async def test_what_is_no_subject_is_not_found(loaded: Graph) -> None:
    """A quarter that there is not, a dimension that there is not, a limit out of range."""
    with pytest.raises(NotFound):
        await describe_gap(loaded, "party_branch", "q-990101-999", as_of=DAY)
    with pytest.raises(BadParameter):
        await describe_gap(loaded, "nothing", "q-990101-001", as_of=DAY)
    with pytest.raises(BadParameter):
        await describe_gap(loaded, "party_branch", "q-990101-001", as_of=DAY, limit=0)


async def test_every_gap_of_the_example_can_be_described(loaded: Graph) -> None:
    """One gap of each dimension: state, households as in the list, a path that joins its ends."""
    loaded = unmasked(loaded)
    rows = (await find_gaps(loaded, area="990101001001", as_of=DAY)).data
    first = {r["dimension"]: r for r in reversed(rows)}
    first.pop("party_member_activation", None)
    for dimension, row in first.items():
        data = (await describe_gap(loaded, dimension, row["subject"], as_of=DAY)).data
        assert (data["state"], data["since"]) == ("gap", row["since"])
        assert data["concerns"]["households"] == row["households"]
        for closer in data["closers"]:
            for candidate in closer["candidates"]:
                for one, two in zip(candidate["path"], candidate["path"][1:], strict=False):
                    assert one["to"] == two["from"]


async def test_changes_of_a_day_are_none(loaded: Graph) -> None:
    """Between a day and itself nothing changed; backwards is refused."""
    answer = await find_changes(loaded, since=DAY, until=DAY, area="990101001001")
    assert answer.data["rows"] == []
    with pytest.raises(BadParameter):
        await find_changes(loaded, since=DAY, until=DAY - timedelta(days=1))
