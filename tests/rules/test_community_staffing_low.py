"""R45: community workers for so many residents."""

from __future__ import annotations

from graph.reading.graph import Graph
from tests.oracle.scene import COMMUNITY, DISTRICT, RESIDENTS, STREET, Scene, post
from tests.rules.scenes.ask import again, rows_of, verdicts_of
from tests.rules.scenes.services import OTHER, SHUT, register, shut_registers
from tests.strategies import DAY, TOMORROW, YESTERDAY

RULE = "community_staffing_low"


def communities(scene: Scene, *cases: tuple[int | None, int]) -> list[str]:
    """Communities 990101001002 and on: residents, and how many community workers."""
    found = []
    for number, (residents, workers) in enumerate(cases, start=2):
        area = scene.builder.node(f"9901010010{number:02}", level="community", population_resident=residents)
        scene.builder.edge(area, "PART_OF", STREET)
        body = scene.builder.node(f"rc-990101-{number}")
        scene.builder.edge(body, "COVERS", area)
        for serial in range(number * 10, number * 10 + workers):
            scene.person(serial)
            scene.seat(serial, "community_worker", f"rc-{number}")
        found.append(area)
    return found


async def test_eighteen_for_ten_thousand(graph: Graph) -> None:
    """Two workers are enough for 1,111 residents and not for 1,112; other posts do not count."""
    scene = Scene()
    enough, short, nobody, empty, unsure, size, other = communities(
        scene, (1111, 2), (1112, 2), (1, 0), (0, 0), (1112, 2), (None, 2), (1112, 1)
    )
    scene.seat(80, "director", "rc-8")
    scene.seat(80, "community_worker", "rc-8", spell=2)
    for area in (short, nobody, empty, size, other):
        scene.complete(area, "post")
    rows = await rows_of(graph, scene, RULE)
    found = {a: (r["verdict"], r["workers"], r["short"]) for (a,), r in rows.items()}
    assert found == {
        COMMUNITY: ("unknown", 0, None),
        enough: ("pass", 2, 0),
        short: ("fail", 2, 1),
        nobody: ("fail", 0, 1),
        empty: ("not_applicable", 0, 0),
        unsure: ("unknown", 2, 1),
        size: ("unknown", 2, None),
        other: ("fail", 1, 2),
    }
    assert {a: r["missing"] for (a,), r in rows.items() if r["missing"]} == {
        COMMUNITY: [f"{COMMUNITY}.population_resident", f"post@{COMMUNITY}"],
        unsure: [f"post@{unsure}"],
        size: [f"{size}.population_resident"],
    }
    assert rows[short,]["evidence"] == [
        short,
        post(30, "community_worker", "rc-3"),
        post(31, "community_worker", "rc-3"),
        register(short, "post"),
    ]
    assert rows[empty,]["evidence"] == [empty]
    assert rows[enough,]["evidence"][0] == rows[enough,]["area"] == enough


async def test_a_list_of_the_residents_committee_closes_too(graph: Graph) -> None:
    """At every committee, or above the community; without a committee only above."""
    scene = Scene()
    one, two, three = communities(scene, (1112, 1), (1112, 1), (1112, 1))
    scene.builder.nodes[COMMUNITY]["population_resident"] = 1112
    del scene.builder.edges[f"{RESIDENTS}~COVERS~{COMMUNITY}"]
    scene.complete("rc-990101-2", "post", since=DAY)
    scene.builder.edge("rc-990101-4", "COVERS", two)
    scene.complete("rc-990101-4", "post")
    found = await verdicts_of(graph, scene, RULE)
    assert found == {(COMMUNITY,): "unknown", (one,): "fail", (two,): "unknown", (three,): "fail"}
    scene.complete(STREET, "post")
    rows = await rows_of(graph, scene, RULE)
    assert {r["verdict"] for r in rows.values()} == {"fail"}
    assert rows[COMMUNITY,]["evidence"] == [COMMUNITY, register(STREET, "post")]


async def test_ends_are_exclusive(graph: Graph) -> None:
    """Workers, committees, lists and places that ended today or begin tomorrow do not count."""
    scene = Scene()
    areas = communities(scene, *[(500, 1)] * 10)
    edges = scene.builder.edges
    for shut, (since, until) in enumerate(SHUT):
        spell = {"since": since, "until": until}
        edges[post(20 + shut * 10, "community_worker", f"rc-{2 + shut}")].update(spell)
        edges[f"rc-990101-{4 + shut}~COVERS~{areas[2 + shut]}"].update(spell)
        del edges[post(80 + shut * 10, "community_worker", f"rc-{8 + shut}")]
        scene.builder.edge(
            f"rc-990101-{8 + shut}", "COMPLETE_IN", "d-990101-register", since, until, subject="post"
        )
        del edges[post(100 + shut * 10, "community_worker", f"rc-{10 + shut}")]
        edges[f"{areas[8 + shut]}~PART_OF~{STREET}"].update(spell)
    for area in areas[:4]:
        scene.complete(area, "post")
    for number in (6, 7):
        del edges[post(number * 10, "community_worker", f"rc-{number}")]
    shut_registers(scene, "post", areas[4], areas[5])
    found = await verdicts_of(graph, scene, RULE)
    assert [found[a,] for a in areas] == ["fail"] * 4 + ["unknown"] * 6
    edges[f"{areas[8]}~PART_OF~{STREET}"].update(since=DAY, until=TOMORROW)
    scene.complete(DISTRICT, "post")
    await rows_of(graph, scene, RULE)
    inside = {k[0] for k in await again(graph, RULE, area=STREET)}
    assert inside == {COMMUNITY, *areas} - {areas[9]}
    assert {k[0] for k in await again(graph, RULE, YESTERDAY, area=STREET)} == {COMMUNITY, *areas} - {
        areas[8],
        areas[9],
    }
    then = {k[0] for k in await again(graph, RULE, TOMORROW, area=STREET)}
    assert then == {COMMUNITY, *areas} - {areas[8]}
    rows = await again(graph, RULE)
    assert [rows[a,]["verdict"] for a in areas] == ["fail"] * 9 + ["unknown"]
    yesterday, tomorrow = await again(graph, RULE, YESTERDAY), await again(graph, RULE, TOMORROW)
    assert [yesterday[areas[n],]["verdict"] for n in (0, 2)] == ["pass", "pass"]
    assert [tomorrow[areas[n],]["verdict"] for n in (1, 3)] == ["pass", "pass"]


async def test_the_ratio_is_a_parameter_and_an_area_has_its_communities(graph: Graph) -> None:
    """One worker for 500 residents; a community asked for is the only row."""
    scene = Scene()
    one, two = communities(scene, (500, 1), (501, 1))
    scene.complete(DISTRICT, "post")
    found = await verdicts_of(graph, scene, RULE, k=1, per=500)
    assert found == {(COMMUNITY,): "unknown", (one,): "pass", (two,): "fail"}
    assert one == OTHER
    none_asked = await again(graph, RULE, k=0)
    assert none_asked[two,]["verdict"] == "pass"
    for area, subjects in ((one, {one}), (STREET, {COMMUNITY, one, two}), (two, {two})):
        assert {k[0] for k in await again(graph, RULE, area=area)} == subjects
