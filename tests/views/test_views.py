"""What the views hold, against plain Python over all edges."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from math import hypot
from typing import Any

import networkx as nx
import pytest

from graph.errors import BadParameter, NotFound
from graph.formulas import harmless
from graph.model import OPEN_END, label_of
from graph.private import MASK
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.masking import flagged_types
from graph.reading.nodes import read_neighbours
from graph.reading.viewer import Viewer
from graph.views import View, Wanted, find_format, read_view
from tests.builder import GraphBuilder, district
from tests.views.plain import DAY, every_edge

Item = dict[str, Any]
DISTRICT, COMMUNITY = "990101000000", "990101001001"
PLACES = ("Area", "Quarter", "Building", "Grid")


@pytest.fixture(scope="session")
async def edges(loaded: Graph) -> list[Item]:
    """All edges of the seed data."""
    return await every_edge(loaded)


def in_force(edges: list[Item], day: date = DAY) -> list[Item]:
    """The edges of a day that a view shows unasked: WITHIN is a shortcut past all that lies between."""
    return [e for e in edges if e["since"] <= day < e["until"] and e["type"] != "WITHIN"]


async def see(graph: Graph, day: date = DAY, *, shown: bool = False, **wanted: Any) -> Answer:
    """The answer for a request."""
    viewer = Viewer(personal=shown)
    return await read_view(graph.under(viewer), Wanted(**wanted), as_of=day)


def ids(view: View) -> tuple[set[str], set[str]]:
    """Ids of the nodes and of the edges; none stands there twice."""
    nodes, edges = [n.id for n in view.nodes], [e.id for e in view.edges]
    assert len(nodes) == len(set(nodes))
    assert len(edges) == len(set(edges))
    return set(nodes), set(edges)


def area_edges(edges: list[Item], area: str, *, ended: bool = False) -> set[str]:
    """The edges of an area's view, by hand."""
    now = in_force(edges)
    places, todo = set(), [area]
    while todo:
        here = todo.pop()
        places.add(here)
        todo += [e["from"] for e in now if e["type"] == "PART_OF" and e["to"] == here]
    bodies = {e["from"] for e in now if e["type"] in ("COVERS", "SERVES") and e["to"] in places}
    units = {e["from"] for e in now if e["type"] == "CO_BUILDS" and e["to"] in bodies}
    begun = [e for e in edges if e["since"] <= DAY] if ended else now
    return {
        e["id"]
        for e in begun
        if (
            e["type"] in ("PART_OF", "COVERS", "SERVES", "BASED_IN", "CONCERNS")
            and e["to"] in places
            and label_of(e["from"]) not in ("Claim", "Meeting")
        )
        or (e["type"] in ("SUBORDINATE_TO", "OPERATED_BY", "OFFERS") and e["from"] in bodies)
        or (e["type"] == "CO_BUILDS" and e["to"] in bodies)
        or (e["type"] == "OFFERS" and e["from"] in units)
    }


@pytest.mark.parametrize("ended", [False, True])
@pytest.mark.parametrize("area", [COMMUNITY, "990101001000", "441303000000"])
async def test_an_area_holds_its_organizations(
    area: str, ended: bool, loaded: Graph, edges: list[Item]
) -> None:
    """Places, bodies, providers, units, resources, needs; no person; what has ended on demand."""
    answer = await see(loaded, area=area, ended=ended)
    nodes, found = ids(answer.data)
    expected = area_edges(edges, area, ended=ended)
    assert found == expected
    ends = {e[end] for e in edges if e["id"] in expected for end in ("from", "to")}
    assert nodes == ends | {area}
    assert not {n for n in nodes if label_of(n) == "Person"}
    assert not answer.stamp.truncated
    gone = {e["id"] for e in edges if e["until"] <= DAY}
    assert {e.id for e in answer.data.edges if e.ended} == expected & gone


async def test_a_place_in_the_view_is_the_parent(loaded: Graph, edges: list[Item]) -> None:
    """Places nest by PART_OF, bodies stand where they cover; a body of two places in none."""
    view = (await see(loaded, area=COMMUNITY)).data
    up = {e["from"]: e["to"] for e in in_force(edges) if e["type"] == "PART_OF"}
    covered = defaultdict(set)
    for edge in view.edges:
        if edge.edge_type == "COVERS":
            covered[edge.source].add(edge.target)
    for node in view.nodes:
        if node.node_type in PLACES and node.id != COMMUNITY:
            assert node.parent == up[node.id]
        elif node.node_type == "OwnersCommittee":
            assert node.parent == (covered[node.id].pop() if len(covered[node.id]) == 1 else None)
    assert next(n for n in view.nodes if n.id == COMMUNITY).parent is None


async def test_a_cut_area_keeps_what_is_above(loaded: Graph) -> None:
    """Areas and quarters come before bodies, and buildings are not even asked for."""
    whole = (await see(loaded, area=DISTRICT, limit=5000)).data
    answer = await see(loaded, area=DISTRICT, limit=70)
    assert answer.stamp.truncated
    assert len(answer.data.nodes) == answer.stamp.rows == 70
    upper = {n.id for n in whole.nodes if n.node_type in ("Area", "Quarter")}
    assert len(upper) > 60
    kept = [n.id for n in answer.data.nodes]
    assert upper >= set(kept[: len(upper)]) or set(kept) >= upper
    assert set(ids(answer.data)[1]) <= {e.id for e in whole.edges}


@pytest.mark.parametrize("shown", [False, True])
@pytest.mark.parametrize(
    ("node", "hops"), [("q-990101-001", 1), ("q-990101-001", 2), ("p-990101-0022", 3), ("u-990101-001", 2)]
)
async def test_a_neighbourhood_is_what_walks_reach(
    node: str, hops: int, shown: bool, loaded: Graph, edges: list[Item]
) -> None:
    """The nodes within so many hops by networkx, with every edge on the way; no cap in play."""
    secret = set() if shown else flagged_types()
    open_ones = [e for e in in_force(edges) if e["type"] not in secret]
    plain = nx.MultiGraph()
    plain.add_edges_from((e["from"], e["to"], e["id"]) for e in open_ones)
    cap, limit = 2000, 5000
    answer = await see(loaded, node=node, hops=hops, cap=cap, limit=limit, shown=shown)
    far: dict[str, int] = nx.single_source_shortest_path_length(plain, node, cutoff=hops)
    inner = {n for n, d in far.items() if d < hops}
    nodes, found = ids(answer.data)
    assert nodes == set(far)
    assert found == {e["id"] for e in open_ones if e["from"] in inner or e["to"] in inner}
    assert not answer.stamp.truncated
    order = [far[n.id] for n in answer.data.nodes]
    assert order == sorted(order)
    assert answer.stamp.parameters["hidden"] == sorted(secret)
    persons = [n for n in answer.data.nodes if n.node_type == "Person"]
    assert all((n.name == MASK) is n.masked is not shown for n in persons)


async def test_a_cap_says_how_many_more(loaded: Graph, edges: list[Item]) -> None:
    """Per node and type the first edges by id; what is missing of each type is counted."""
    answer = await see(loaded, node=DISTRICT, hops=2, cap=3)
    view = answer.data
    assert answer.stamp.truncated
    shown: dict[tuple[str, str], int] = defaultdict(int)
    for edge in view.edges:
        for end in (edge.source, edge.target):
            shown[end, edge.edge_type] += 1
    there: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in in_force(edges):
        if row["type"] not in flagged_types():
            for end in (row["from"], row["to"]):
                there[end, row["type"]].append(row["id"])
    near = {DISTRICT} | {
        i for e in view.edges if DISTRICT in (e.source, e.target) for i in (e.source, e.target)
    }
    for node in view.nodes:
        expected = {
            t: len(found) - shown[n, t]
            for (n, t), found in there.items()
            if n == node.id and node.id in near and len(found) > shown[n, t]
        }
        assert node.more == expected
    own = {e.id for e in view.edges if DISTRICT in (e.source, e.target)}
    assert own == {i for (n, _), f in there.items() if n == DISTRICT for i in sorted(f)[:3]}


async def test_only_some_types_are_walked(loaded: Graph, edges: list[Item]) -> None:
    """What is left out on purpose is not counted as more."""
    answer = await see(loaded, node="q-990101-001", types=("COVERS",))
    expected = {e["id"] for e in in_force(edges) if e["type"] == "COVERS" and "q-990101-001" in e.values()}
    assert ids(answer.data)[1] == expected
    assert not answer.stamp.truncated


async def test_a_shortcut_is_met_only_by_name(loaded: Graph, edges: list[Item]) -> None:
    """WITHIN is in no neighbourhood and no list of neighbours that does not name it."""
    quarter = "q-990101-001"
    shortcuts = {e["id"] for e in edges if e["type"] == "WITHIN" and e["from"] == quarter}
    assert len(shortcuts) > 2
    plain = (await read_neighbours(loaded, quarter, as_of=DAY)).data
    assert shortcuts.isdisjoint(row["edge"] for row in plain)
    named = (await read_neighbours(loaded, quarter, as_of=DAY, types=["WITHIN"])).data
    assert {row["edge"] for row in named} == shortcuts
    assert shortcuts.isdisjoint(ids((await see(loaded, node=quarter, hops=1)).data)[1])
    assert ids((await see(loaded, node=quarter, types=("WITHIN",))).data)[1] == shortcuts


@pytest.mark.parametrize("area", [COMMUNITY, DISTRICT])
async def test_bodies_are_joined_by_the_persons_they_share(
    area: str, loaded: Graph, edges: list[Item]
) -> None:
    """Counted from the posts themselves: who holds substantive posts in both bodies."""
    now = in_force(edges)
    crossing = [e for e in now if e["type"] == "CROSS_APPOINTMENT"]
    posts: dict[str, set[str]] = defaultdict(set)
    for e in now:
        if e["type"] == "HOLDS_POST":
            posts[e["to"]].add(e["from"])
    view = (await see(loaded, appointments=area)).data
    held = area_edges(edges, area)
    inside = {e["from"] for e in now if e["type"] in ("COVERS", "SERVES") and e["id"] in held}
    expected = {(e["from"], e["to"]) for e in crossing if e["from"] in inside or e["to"] in inside}
    assert {(e.source, e.target) for e in view.edges} == expected
    assert expected
    for edge in view.edges:
        pairs = [e for e in crossing if (e["from"], e["to"]) == (edge.source, edge.target)]
        persons = {e["person"] for e in pairs}
        assert edge.weight == len(persons)
        assert persons <= posts[edge.source] & posts[edge.target]
        assert set(edge.roles) == {f"{e['role_a']}/{e['role_b']}" for e in pairs}
        assert set(edge.documents) == {e["source"] for e in pairs}
    assert all(n.node_type != "Person" for n in view.nodes)


@pytest.mark.parametrize("shown", [False, True])
async def test_rings_around_an_extended_committee(shown: bool, loaded: Graph, edges: list[Item]) -> None:
    """Who is in which ring, by hand; employers only where personal data is shown."""
    centre = "po-990101-c01"
    now = in_force(edges)
    posts = [e for e in now if e["type"] == "HOLDS_POST" and e["to"] == centre]
    regular = ("secretary", "deputy_secretary", "committee_member")
    first = {e["from"] for e in posts if e["role"] in regular}
    second = {e["from"] for e in posts if e["role"] == "part_time_member"}
    third = {e["from"] for e in now if e["type"] == "CO_BUILDS" and e["to"] == centre}
    fourth = {e["to"] for e in now if e["type"] == "OFFERS" and e["from"] in third}
    jobs = [e for e in now if e["type"] == "EMPLOYED_BY" and e["from"] in second]
    assert first and second and third and fourth  # noqa: PT018
    employers: set[str] = {e["to"] for e in jobs} - third if shown else set()
    answer = await see(loaded, rings=centre, shown=shown)
    by_ring: dict[int | None, set[str]] = defaultdict(set)
    for node in answer.data.nodes:
        by_ring[node.ring].add(node.id)
    assert by_ring == {0: {centre}, 1: first, 2: second - first | employers, 3: third, 4: fourth}
    assert answer.stamp.parameters["hidden"] == ([] if shown else ["EMPLOYED_BY"])
    for node in answer.data.nodes:
        assert node.masked is (node.node_type == "Person" and not shown)
        assert (node.name == MASK) is node.masked
    assert (await see(loaded, rings=COMMUNITY, shown=shown)).data == answer.data


async def test_a_ring_does_not_tell_who_is_employed_where(graph: Graph, builder: GraphBuilder) -> None:
    """Employers and their edges are left out, uncounted; a co-building one is in ring 3."""
    district(builder)
    centre = builder.node("po-990101-1", level="community")
    builder.edge(centre, "COVERS", COMMUNITY)
    person = builder.node("p-990101-1")
    partner, employer = builder.node("u-990101-1"), builder.node("u-990101-2")
    builder.post(person, "part_time_member", centre)
    builder.edge(partner, "CO_BUILDS", centre)
    for unit in (partner, employer):
        builder.edge(person, "EMPLOYED_BY", unit, kind="employee")
    await builder.write(graph.store)
    masked = await see(graph, rings=centre)
    rings = {centre: 0, person: 2, partner: 3}
    assert {n.id: n.ring for n in masked.data.nodes} == rings
    assert {e.edge_type for e in masked.data.edges} == {"HOLDS_POST", "CO_BUILDS"}
    assert masked.stamp.parameters["hidden"] == ["EMPLOYED_BY"]
    open_ = await see(graph, rings=centre, shown=True)
    assert {n.id: n.ring for n in open_.data.nodes} == {**rings, employer: 2}
    assert sum(e.edge_type == "EMPLOYED_BY" for e in open_.data.edges) == 2
    assert open_.stamp.parameters["hidden"] == []


async def test_rings_lie_on_circles(loaded: Graph) -> None:
    """One radius per ring, growing outwards, and no two nodes on one spot."""
    view = (await see(loaded, rings="po-990101-c01")).data
    radii = defaultdict(set)
    for node in view.nodes:
        assert node.x is not None
        assert node.y is not None
        radii[node.ring].add(round(hypot(node.x, node.y), 1))
    flat = [radius for _, (radius, *rest) in sorted(radii.items()) for _ in [rest]]
    assert all(max(r) - min(r) < 0.2 for r in radii.values())
    assert flat == sorted(flat)
    assert len({(n.x, n.y) for n in view.nodes}) == len(view.nodes)


async def test_a_path_view_is_the_paths_laid_over_each_other(loaded: Graph, edges: list[Item]) -> None:
    """Every edge is one of the graph, all hang together, and the verdict is reported."""
    view = (await see(loaded, path="n-990101-0001")).data
    by_id = {e["id"]: e for e in in_force(edges)}
    plain = nx.Graph()
    for edge in view.edges:
        row = by_id[edge.id]
        assert (edge.source, edge.target) == (row["from"], row["to"])
        plain.add_edge(edge.source, edge.target)
    assert nx.is_connected(plain)
    assert set(plain) == {n.id for n in view.nodes}
    assert view.about["verdict"] == "found"
    alone = (await see(loaded, date(1990, 1, 1), path="n-990101-0001")).data
    assert [n.id for n in alone.nodes] == ["n-990101-0001"]
    assert alone.about["verdict"] != "found"


async def test_an_ended_tie_is_hidden_unless_asked_for(graph: Graph, builder: GraphBuilder) -> None:
    """Ended edges say so and when; one that begins later is in neither view."""
    (quarter,) = district(builder)
    team, other, later = (builder.node(f"t-990101-{i}", kind="volunteer_team") for i in range(3))
    builder.edge(team, "SERVES", quarter, until=date(2024, 1, 1))
    builder.edge(other, "SERVES", quarter, since=None)
    builder.edge(later, "SERVES", quarter, since=date(2026, 1, 1))
    await builder.write(graph.store)
    for wanted in ({"area": COMMUNITY}, {"node": quarter}):
        now = (await see(graph, **wanted)).data
        past = (await see(graph, **wanted, ended=True)).data
        assert {team, other, later} & ids(now)[0] == {other}
        assert {team, other, later} & ids(past)[0] == {team, other}
        reported = {e.source: (e.since, e.until, e.ended) for e in past.edges if e.edge_type == "SERVES"}
        assert reported[team] == (date(2020, 1, 1), date(2024, 1, 1), True)
        assert reported[other] == (None, None, False)
        assert OPEN_END not in {e.until for e in past.edges}


async def test_which_organization_of_an_area_is_meant(graph: Graph, builder: GraphBuilder) -> None:
    """None on record is not found, several have to be chosen from; not marked is not denied."""
    district(builder)
    for i, marked in ((1, None), (2, True)):
        builder.node(f"po-990101-{i}", level="community", extended_committee=marked)
    builder.edge("po-990101-1", "COVERS", COMMUNITY)
    builder.edge("po-990101-2", "COVERS", COMMUNITY, until=date(2021, 1, 1))
    await builder.write(graph.store)
    with pytest.raises(NotFound):
        await see(graph, rings="990101001000")
    assert (await see(graph, rings=COMMUNITY)).data.about["extended_committee"] is None
    with pytest.raises(BadParameter, match=r"po-990101-1.*po-990101-2"):
        await see(graph, date(2020, 6, 1), rings=COMMUNITY)
    assert (await see(graph, rings="po-990101-2")).data.about["extended_committee"] is True


async def test_names_that_would_run_or_break_markup_come_through(graph: Graph, builder: GraphBuilder) -> None:
    """A formula stands behind an apostrophe in CSV; XML and JSON hold any name as it is."""
    (quarter,) = district(builder)
    names = ["=1+1", "+86", "-甲", "@乙", '<丙 & "丁">', "戊,己"]
    for i, name in enumerate(names):
        builder.node(f"t-990101-{i}", kind="volunteer_team", name=name)
        builder.edge(f"t-990101-{i}", "SERVES", quarter)
    await builder.write(graph.store)
    view = (await see(graph, node=quarter)).data
    table = find_format("csv").write(view).decode()
    for name in names[:4]:
        assert f",'{name}" in table or f"'{name}," in table
    assert harmless("甲") == "甲"
    for format_ in ("graphml", "gexf", "nodelink"):
        content = find_format(format_).write(view).decode()
        assert "=1+1" in content
    text = find_format("graphml").write(view).decode()
    assert "<default" not in text, "graphology reads a default of false as a text, which is true"
    back: Any = nx.parse_graphml(text)
    assert set(names) <= {data["name"] for _, data in back.nodes(data=True)}
