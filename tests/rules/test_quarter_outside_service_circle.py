"""R38: stations in reach of a quarter, by walking time, else by distance."""

from __future__ import annotations

from math import cos, radians
from random import Random

import pytest

from graph.reading.graph import Graph
from tests.oracle.asking import store, view_of
from tests.oracle.scene import COMMUNITY, DISTRICT, STREET, Scene
from tests.oracle.services import service_circle
from tests.rules.scenes.ask import again, rows_of, verdicts_of
from tests.rules.scenes.services import (
    OTHER,
    SHUT,
    by_number,
    community,
    move,
    quarter,
    register,
    serves,
    shut_registers,
    subjects_by_area,
)
from tests.strategies import DAY, TOMORROW, YESTERDAY

RULE = "quarter_outside_service_circle"
METRE = 1 / 111_195.08
"""A metre to the north, in degrees."""


def placed(quarters: int) -> Scene:
    """A scene of quarters on one parallel, a degree apart; station lists complete everywhere."""
    scene = Scene(quarters, bodies="")
    for number, id_ in enumerate(scene.quarters, start=1):
        scene.builder.nodes[id_].update(lat=28.0, lon=100.0 + number)
        scene.complete(id_, "station")
    return scene


def station(scene: Scene, slug: str, near: int, metres: float = 0.0, **properties: float) -> str:
    """A station so many metres north of the entrance of a quarter; it belongs to a far centre."""
    place = {"lat": 28.0 + metres * METRE, "lon": 100.0 + near, **properties}
    if "st-990101-0" not in scene.builder.nodes:
        scene.builder.node("st-990101-0")
    id_ = scene.builder.node(f"st-990101-{slug}", **place)
    scene.builder.edge(id_, "SUBORDINATE_TO", "st-990101-0")
    return id_


async def test_a_walking_time_wins_over_a_distance(graph: Graph) -> None:
    """15 minutes are in reach, 15.5 are not, however near; without a time a kilometre counts."""
    scene = placed(7)
    for number, metres, walk in (
        (1, 0.0, 15.5),
        (2, 5000.0, 15.0),
        (3, 999.9, None),
        (4, 1000.1, None),
        (7, 2000.0, 15.5),
    ):
        station(scene, f"{number}a", number, metres)
        scene.link(f"st-{number}a", "SERVES", quarter(number), walk_minutes=walk)
    station(scene, "5b", 5, -999.9)
    scene.link("st-7a", "SERVES", quarter(7), spell=2)
    rows = await rows_of(graph, scene, RULE)
    assert {q: (r["verdict"], r["severity"], r["findings"]) for (q,), r in rows.items()} == {
        quarter(1): ("fail", "info", ["too_far"]),
        quarter(2): ("pass", None, []),
        quarter(3): ("pass", None, []),
        quarter(4): ("fail", "info", ["too_far"]),
        quarter(5): ("pass", None, []),
        quarter(6): ("fail", "warning", ["none_serves"]),
        quarter(7): ("fail", "info", ["too_far"]),
    }
    evidence = {n: rows[quarter(n),]["evidence"] for n in range(1, 7)}
    assert evidence == {
        1: [serves("st-1a", quarter(1)), register(quarter(1), "station")],
        2: [serves("st-2a", quarter(2))],
        3: ["st-990101-3a"],
        4: [serves("st-4a", quarter(4)), register(quarter(4), "station")],
        5: ["st-990101-5b"],
        6: [register(quarter(6), "station")],
    }
    nearest = {n: tuple(rows[quarter(n),][c] for c in ("nearest", "minutes", "metres")) for n in (1, 3, 6)}
    assert nearest == {
        1: ("st-990101-1a", 15.5, None),
        3: ("st-990101-3a", None, 1000),
        6: (None, None, None),
    }


async def test_what_matters_and_is_not_known(graph: Graph) -> None:
    """An open list, the entrance's or a station's place: unknown, unless one is in reach."""
    scene = placed(8)
    nodes = scene.builder.nodes
    del scene.builder.edges[register(quarter(1), "station")]
    for number, lacking in ((2, "lat"), (3, "lon"), (7, "lat")):
        del nodes[quarter(number)][lacking]
    for number, lacking in ((4, "lat"), (5, "lon"), (6, "lat")):
        del nodes[station(scene, f"{number}a", number)][lacking]
        edge = "BASED_IN" if number == 6 else "SERVES"
        scene.link(f"st-{number}a", edge, quarter(number))
    station(scene, "7a", 7)
    scene.link("st-7a", "SERVES", quarter(7), walk_minutes=15.0)
    del nodes[station(scene, "8a", 8)]["lat"]
    scene.link("st-8a", "SERVES", quarter(8), walk_minutes=15.5)
    scene.link("st-8a", "BASED_IN", quarter(8))
    rows = await rows_of(graph, scene, RULE)
    assert {q: r["missing"] for (q,), r in rows.items()} == {
        quarter(1): [f"station@{quarter(1)}"],
        quarter(2): [f"{quarter(2)}.lat"],
        quarter(3): [f"{quarter(3)}.lon"],
        quarter(4): ["st-990101-4a.lat"],
        quarter(5): ["st-990101-5a.lon"],
        quarter(6): ["st-990101-6a.lat"],
        quarter(7): [],
        quarter(8): [],
    }
    assert [rows[quarter(n),]["verdict"] for n in (7, 8)] == ["pass", "fail"]


@pytest.mark.parametrize("edge", ["SERVES", "BASED_IN"])
async def test_a_station_of_the_community_without_a_place(graph: Graph, edge: str) -> None:
    """It may stand next door: unknown, while it serves the community or stands there; info."""
    scene = placed(3)
    community(scene)
    move(scene, quarter(2), on=DAY)
    scene.builder.edge(quarter(3), "PART_OF", DISTRICT)
    del scene.builder.edges[f"{quarter(3)}~PART_OF~{COMMUNITY}"]
    scene.builder.node("st-990101-a")
    scene.link("st-a", edge, COMMUNITY, since=DAY)
    found = await verdicts_of(graph, scene, RULE)
    assert found == {(quarter(1),): "unknown", (quarter(2),): "fail", (quarter(3),): "fail"}
    scene.builder.nodes["st-990101-a"].update(lat=0.0, lon=0.0)
    rows = await rows_of(graph, scene, RULE)
    assert {q: (r["severity"], r["evidence"][0].partition("~")[0]) for (q,), r in rows.items()} == {
        quarter(1): ("info", "st-990101-a"),
        quarter(2): ("warning", quarter(2)),
        quarter(3): ("warning", quarter(3)),
    }
    for edge_row in scene.builder.edges.values():
        if edge_row["type"] == edge:
            edge_row["until"] = DAY
    closed = await rows_of(graph, scene, RULE)
    assert {r["severity"] for r in closed.values()} == {"warning"}


async def test_ends_are_exclusive(graph: Graph) -> None:
    """Services, stations and lists that ended today or begin tomorrow are not there today."""
    scene = placed(10)
    for shut, (since, until) in enumerate(SHUT):
        spell = {"since": since, "until": until}
        station(scene, f"{1 + shut}a", 0, 90_000.0)
        scene.link(f"st-{1 + shut}a", "SERVES", quarter(1 + shut), walk_minutes=1.0, **spell)
        for number, type_, end in (
            (3, "SERVES", DISTRICT),
            (5, "BASED_IN", STREET),
            (7, "SUBORDINATE_TO", "st-990101-0"),
        ):
            id_ = scene.builder.node(f"st-990101-{number + shut}a", lat=28.0, lon=100.0 + number + shut)
            scene.builder.edge(id_, type_, end, **spell)
    for number in (9, 10):
        del scene.builder.edges[register(quarter(number), "station")]
    shut_registers(scene, "station", quarter(9), quarter(10))
    found = await verdicts_of(graph, scene, RULE)
    assert found == {(quarter(n),): "unknown" if n > 8 else "fail" for n in range(1, 11)}
    yesterday = await verdicts_of(graph, scene, RULE, YESTERDAY)
    assert yesterday == {
        (quarter(n),): "unknown" if n == 10 else "pass" if n % 2 and n < 9 else "fail" for n in range(1, 11)
    }
    tomorrow = await again(graph, RULE, TOMORROW)
    assert [tomorrow[quarter(n),]["verdict"] for n in (2, 4, 6, 8, 10)] == ["pass"] * 4 + ["fail"]


async def test_the_inner_circle_is_a_column(graph: Graph) -> None:
    """5 minutes or 300 m; not known where the outer one is not settled; it decides nothing."""
    scene = placed(8)
    for number, metres, walk in (
        (1, 900.0, 5.0),
        (2, 900.0, 5.5),
        (3, 299.9, None),
        (4, 300.1, None),
        (5, 900.0, 5.0),
        (6, 900.0, 15.0),
    ):
        station(scene, f"{number}a", number, metres)
        scene.link(f"st-{number}a", "SERVES", quarter(number), walk_minutes=walk)
    for number in (5, 6):
        del scene.builder.edges[register(quarter(number), "station")]
    station(scene, "8a", 8, 1500.0)
    found = by_number(await rows_of(graph, scene, RULE))
    inner = {n: row["in_inner_circle"] for n, row in found.items()}
    assert inner == {1: True, 2: False, 3: True, 4: False, 5: True, 6: None, 7: False, 8: False}
    rows = by_number(
        await again(
            graph,
            RULE,
            walk_minutes=5.0,
            distance_m_fallback=300.0,
            inner_walk_minutes=5.5,
            inner_distance_m=1500.1,
        )
    )
    assert {n for n, row in rows.items() if row["verdict"] == "pass"} == {1, 3, 5}
    assert {n for n, row in rows.items() if row["in_inner_circle"]} == {1, 2, 3, 4, 5, 8}
    station(scene, "7a", 7)
    exact = await rows_of(graph, scene, RULE, distance_m_fallback=0.0, inner_distance_m=0.0)
    assert exact[quarter(7),]["verdict"] == "pass"
    assert exact[quarter(7),]["in_inner_circle"]


@pytest.mark.parametrize(("lat", "lon"), [(28.0, 113.0), (53.4, -0.003)])
async def test_the_net_of_cells_loses_no_station(graph: Graph, lat: float, lon: float) -> None:
    """With many quarters and stations around, the answer is that of comparing all with all."""
    dice = Random(38)
    scene = placed(40)
    community(scene)
    for number in range(1, 41, 2):
        move(scene, quarter(number), on=DAY)
    spread = 4000 * METRE

    def anywhere() -> dict[str, float]:
        east = spread / cos(radians(lat))
        return {"lat": lat + dice.uniform(-spread, spread), "lon": lon + dice.uniform(-east, east)}

    for id_ in scene.quarters:
        scene.builder.nodes[id_].update(anywhere())
    for number in range(8):
        station(scene, f"{number}x", 0, **anywhere())
    await store(graph, scene.builder)
    view = view_of(scene.builder, DAY)
    for limit in (300.0, 1000.0, 2500.0):
        rows = await again(graph, RULE, distance_m_fallback=limit)
        found = {key: row["verdict"] for key, row in rows.items()}
        assert found == service_circle(view, distance_m_fallback=limit), limit
        assert {"pass", "fail"} == set(found.values()), limit
        assert len((await subjects_by_area(graph, RULE, distance_m_fallback=limit))[OTHER]) == 20


async def test_an_area_has_its_quarters_and_the_stations_around(graph: Graph) -> None:
    """Asked for one community, stations of its neighbours count as they do for the city."""
    scene = Scene(4, bodies="")
    community(scene)
    move(scene, quarter(2), on=DAY)
    move(scene, quarter(3), on=TOMORROW)
    scene.builder.edge(quarter(4), "PART_OF", COMMUNITY, until=DAY)
    for number in (1, 2):
        scene.builder.nodes[quarter(number)].update(lat=28.0, lon=113.0)
    scene.complete(COMMUNITY, "station")
    scene.builder.node("st-990101-a", lat=28.0 + 900 * METRE, lon=113.0)
    scene.link("st-a", "BASED_IN", OTHER)
    found = await verdicts_of(graph, scene, RULE)
    one, two, three, four = ((quarter(n),) for n in range(1, 5))
    assert found == {one: "pass", two: "pass", three: "unknown", four: "unknown"}
    assert await subjects_by_area(graph, RULE) == {
        COMMUNITY: {quarter(1), quarter(3)},
        OTHER: {quarter(2)},
        DISTRICT: {quarter(1), quarter(2), quarter(3)},
    }
