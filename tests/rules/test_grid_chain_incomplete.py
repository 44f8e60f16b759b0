"""R39: grids with workers, buildings and entrances with heads."""

from __future__ import annotations

from typing import Any

from graph.model import OPEN_END
from graph.reading.graph import Graph
from tests.builder import BEGIN
from tests.oracle.scene import COMMUNITY, DISTRICT, Scene, post
from tests.rules.scenes.ask import again, rows_of, verdicts_of
from tests.rules.scenes.services import (
    OTHER,
    SHUT,
    community,
    move,
    quarter,
    register,
    shut_registers,
    subjects_by_area,
)
from tests.strategies import DAY, TOMORROW, YESTERDAY

RULE = "grid_chain_incomplete"
LISTS = ("grid", "building", "post")


def complete_chain(quarters: int, *lists: str) -> Scene:
    """Quarters with a grid, a building and an entrance each, all posts filled, lists closed."""
    scene = Scene(quarters, bodies="")
    b = scene.builder
    for n, id_ in enumerate(scene.quarters, start=1):
        b.node(f"g-990101-{n}", households=500)
        b.edge(f"g-990101-{n}", "PART_OF", DISTRICT)
        b.edge(f"g-990101-{n}", "COVERS", id_)
        b.node(f"b-990101-{n}", level="building")
        b.edge(f"b-990101-{n}", "PART_OF", id_)
        b.node(f"b-990101-{n}e", level="entrance")
        b.edge(f"b-990101-{n}e", "PART_OF", f"b-990101-{n}")
        scene.person(n)
        for role, place in (("grid_worker", "g"), ("building_head", "b"), ("entrance_head", "b")):
            scene.seat(n, role, f"{place}-{n}{'e' if role[0] == 'e' else ''}")
        scene.complete(id_, *(lists or LISTS))
    return scene


def vacate(scene: Scene, number: int, role: str) -> None:
    """No one holds this post in a quarter."""
    place = {"grid_worker": f"g-{number}", "building_head": f"b-{number}"}
    del scene.builder.edges[post(number, role, place.get(role, f"b-{number}e"))]


async def test_each_vacant_post_is_found(graph: Graph) -> None:
    """A missing grid or worker is a warning, a missing head or too large a grid information."""
    scene = complete_chain(8)
    b = scene.builder
    for number, role in ((2, "grid_worker"), (3, "building_head"), (4, "entrance_head")):
        vacate(scene, number, role)
    del b.edges["g-990101-5~COVERS~q-990101-05"]
    b.nodes["g-990101-6"]["households"] = 501
    vacate(scene, 7, "building_head")
    scene.seat(7, "entrance_head", "b-7")  # the post of another place
    b.node("g-990101-8x", households=1)
    b.edge("g-990101-8x", "COVERS", "b-990101-8")
    b.edge("g-990101-8x", "PART_OF", DISTRICT)
    rows = await rows_of(graph, scene, RULE)
    found = {q: (r["verdict"], r["severity"], r["findings"], r["at"]) for (q,), r in rows.items()}
    assert found == {
        quarter(1): ("pass", None, [], []),
        quarter(2): ("fail", "warning", ["grid_worker_missing"], ["g-990101-2"]),
        quarter(3): ("fail", "info", ["building_head_missing"], ["b-990101-3"]),
        quarter(4): ("fail", "info", ["entrance_head_missing"], ["b-990101-4e"]),
        quarter(5): ("fail", "warning", ["no_grid"], [quarter(5)]),
        quarter(6): ("fail", "info", ["grid_too_large"], ["g-990101-6"]),
        quarter(7): ("fail", "info", ["building_head_missing"], ["b-990101-7"]),
        quarter(8): ("fail", "warning", ["grid_worker_missing"], ["g-990101-8x"]),
    }
    evidence = {n: rows[quarter(n),]["evidence"] for n in (1, 2, 5, 6)}
    assert evidence == {
        1: [
            "g-990101-1",
            "b-990101-1",
            "b-990101-1e",
            register(quarter(1), "grid"),
            register(quarter(1), "building"),
        ],
        2: [register(quarter(2), "post")],
        5: [register(quarter(5), "grid")],
        6: ["g-990101-6"],
    }
    counts = {n: tuple(rows[quarter(n),][c] for c in ("grids", "buildings", "entrances")) for n in (1, 5, 8)}
    assert counts == {1: (1, 1, 1), 5: (0, 1, 1), 8: (2, 1, 1)}


async def test_open_lists_make_it_unknown(graph: Graph) -> None:
    """Who is not listed may be there: posts where one is vacant; grids and buildings always."""
    scene = complete_chain(8)
    edges = scene.builder.edges
    for number, subject in (
        (1, "grid"),
        (2, "building"),
        (3, "post"),
        (4, "post"),
        (5, "post"),
        (6, "post"),
        (8, "grid"),
    ):
        del edges[register(quarter(number), subject)]
    vacate(scene, 4, "grid_worker")
    vacate(scene, 5, "building_head")
    vacate(scene, 6, "entrance_head")
    del scene.builder.nodes["g-990101-7"]["households"]
    del edges["g-990101-8~COVERS~q-990101-08"]
    rows = await rows_of(graph, scene, RULE)
    assert {q: (r["verdict"], r["missing"]) for (q,), r in rows.items()} == {
        quarter(1): ("unknown", [f"grid@{quarter(1)}"]),
        quarter(2): ("unknown", [f"building@{quarter(2)}"]),
        quarter(3): ("pass", []),
        quarter(4): ("unknown", ["post@g-990101-4"]),
        quarter(5): ("unknown", ["post@b-990101-5"]),
        quarter(6): ("unknown", ["post@b-990101-6e"]),
        quarter(7): ("unknown", ["g-990101-7.households"]),
        quarter(8): ("unknown", [f"grid@{quarter(8)}"]),
    }


async def test_a_list_of_posts_at_the_place_itself_counts(graph: Graph) -> None:
    """Posts are closed at the building, at the one above an entrance, at the grid or its area."""
    scene = complete_chain(6, "grid", "building")
    community(scene)
    for number, role, node in (
        (1, "grid_worker", "g-990101-1"),
        (2, "building_head", "b-990101-2"),
        (3, "entrance_head", "b-990101-3"),
        (4, "grid_worker", OTHER),
        (5, "building_head", "b-990101-5e"),
        (6, "building_head", "b-990101-6"),
    ):
        vacate(scene, number, role)
        scene.complete(node, "post", since=DAY)
    scene.builder.edge("g-990101-4", "PART_OF", OTHER)
    del scene.builder.edges[f"g-990101-4~PART_OF~{DISTRICT}"]
    vacate(scene, 6, "grid_worker")
    rows = await rows_of(graph, scene, RULE)
    assert {q: (r["verdict"], r["evidence"], r["findings"]) for (q,), r in rows.items()} == {
        quarter(1): ("fail", [register("g-990101-1", "post")], ["grid_worker_missing"]),
        quarter(2): ("fail", [register("b-990101-2", "post")], ["building_head_missing"]),
        quarter(3): ("fail", [register("b-990101-3", "post")], ["entrance_head_missing"]),
        quarter(4): ("fail", [register(OTHER, "post")], ["grid_worker_missing"]),
        quarter(5): ("unknown", [], []),
        quarter(6): ("fail", [register("b-990101-6", "post")], ["building_head_missing"]),
    }


async def test_ends_are_exclusive(graph: Graph) -> None:
    """Grids, buildings, posts and lists that ended today or begin tomorrow are not there today."""
    scene = complete_chain(14)
    edges = scene.builder.edges
    for shut, (since, until) in enumerate(SHUT):
        spell: dict[str, Any] = {"since": since, "until": until}
        edges[f"g-990101-{1 + shut}~COVERS~{quarter(1 + shut)}"].update(spell)
        edges[post(3 + shut, "grid_worker", f"g-{3 + shut}")].update(spell)
        edges[post(5 + shut, "building_head", f"b-{5 + shut}")].update(spell)
        vacate(scene, 7 + shut, "building_head")
        edges[f"b-990101-{7 + shut}~PART_OF~{quarter(7 + shut)}"].update(spell)
    for first, subject in ((9, "grid"), (11, "building"), (13, "post")):
        for number in (first, first + 1):
            del edges[register(quarter(number), subject)]
        shut_registers(scene, subject, quarter(first), quarter(first + 1))
    vacate(scene, 13, "building_head")
    vacate(scene, 14, "building_head")
    found = {int(str(k[0])[-2:]): v for k, v in (await verdicts_of(graph, scene, RULE)).items()}
    assert found == {
        **dict.fromkeys(range(1, 7), "fail"),
        7: "pass",
        8: "pass",
        **dict.fromkeys(range(9, 15), "unknown"),
    }
    yesterday, tomorrow = await again(graph, RULE, YESTERDAY), await again(graph, RULE, TOMORROW)
    expected = {1: "pass", 3: "pass", 5: "pass", 7: "fail", 9: "pass", 11: "pass", 13: "fail"}
    assert {n: yesterday[quarter(n),]["verdict"] for n in expected} == expected
    assert {n: tomorrow[quarter(n + 1),]["verdict"] for n in expected} == expected


async def test_levels_and_the_size_of_grids_are_parameters(graph: Graph) -> None:
    """Only the levels asked for are judged; 0 households: no size is asked for."""
    scene = complete_chain(4)
    edges = scene.builder.edges
    for number, role in ((1, "grid_worker"), (2, "building_head"), (3, "entrance_head")):
        vacate(scene, number, role)
    scene.builder.nodes["g-990101-4"]["households"] = 800
    del scene.builder.nodes["g-990101-3"]["households"]
    del edges[register(quarter(4), "building")]
    await rows_of(graph, scene, RULE)
    cases: tuple[tuple[dict[str, Any], set[int], set[int]], ...] = (
        ({"levels": ["quarter"]}, {1, 4}, {3}),
        ({"levels": ["quarter"], "max_households_per_grid": 800}, {1}, {3}),
        ({"levels": ["quarter"], "max_households_per_grid": 0}, {1}, set()),
        ({"levels": ["building"]}, {2}, {4}),
        ({"levels": ["unit"]}, {3}, {4}),
        ({"levels": ["building", "unit"]}, {2, 3}, {4}),
    )
    for given, failing, unknown in cases:
        rows = await again(graph, RULE, **given)
        found: dict[str, set[int]] = {"pass": set(), "fail": set(), "unknown": set()}
        for (subject,), row in rows.items():
            found[row["verdict"]].add(int(str(subject)[-2:]))
        assert (found["fail"], found["unknown"]) == (failing, unknown), given
        if "quarter" not in given["levels"]:
            assert {row["grids"] for row in rows.values()} == {0}


async def test_a_list_above_counts_while_the_quarter_is_there(graph: Graph) -> None:
    """The community's lists close for the quarters in it that day; an area has its quarters."""
    scene = Scene(4, bodies="")
    community(scene)
    move(scene, quarter(2), on=DAY)
    move(scene, quarter(3), on=TOMORROW)
    scene.builder.edge(quarter(4), "PART_OF", COMMUNITY, until=DAY)
    scene.complete(COMMUNITY, *LISTS)
    scene.builder.node("g-990101-1")
    scene.builder.edge("g-990101-1", "PART_OF", quarter(1), BEGIN, OPEN_END)
    found = await verdicts_of(graph, scene, RULE, max_households_per_grid=0)
    one, two, three, four = ((quarter(n),) for n in range(1, 5))
    assert found == {one: "fail", two: "unknown", three: "fail", four: "unknown"}
    rows = await again(graph, RULE)
    assert [rows[k]["findings"] for k in (one, three)] == [["grid_worker_missing"], ["no_grid"]]
    assert await subjects_by_area(graph, RULE) == {
        COMMUNITY: {quarter(1), quarter(3)},
        OTHER: {quarter(2)},
        DISTRICT: {quarter(1), quarter(2), quarter(3)},
    }
