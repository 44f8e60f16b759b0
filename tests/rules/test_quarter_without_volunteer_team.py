"""R37: volunteer teams of a quarter, and how many a large one needs."""

from __future__ import annotations

from graph.reading.graph import Graph
from tests.oracle.scene import COMMUNITY, DISTRICT, Scene
from tests.rules.scenes.ask import again, rows_of, verdicts_of
from tests.rules.scenes.services import (
    OTHER,
    SHUT,
    community,
    move,
    quarter,
    register,
    serves,
    shut_registers,
    subjects_by_area,
)
from tests.strategies import DAY, TOMORROW, YESTERDAY

RULE = "quarter_without_volunteer_team"


def small(scene: Scene) -> None:
    """Every quarter is known to be a small one."""
    for id_ in scene.quarters:
        scene.builder.nodes[id_]["households"] = 100


def teams(scene: Scene, number: int, count: int, kind: str = "volunteer_team") -> None:
    """Teams `t-<quarter><letter>` that serve a quarter."""
    for letter in "abc"[:count]:
        scene.builder.node(f"t-990101-{number}{letter}", kind=kind)
        scene.link(f"t-{number}{letter}", "SERVES", quarter(number))


async def test_a_missing_team_is_a_fail_only_where_teams_are_listed(graph: Graph) -> None:
    """A team passes; none is a fail at a complete list, else unknown; other teams do not count."""
    scene = Scene(5, bodies="")
    small(scene)
    teams(scene, 1, 1)
    teams(scene, 4, 1, kind="interest_group")
    scene.builder.node("t-990101-5a", kind="volunteer_team")
    scene.link("t-5a", "SERVES", COMMUNITY)
    for number in (2, 4, 5):
        scene.complete(quarter(number), "team")
    rows = await rows_of(graph, scene, RULE)
    columns = ("verdict", "severity", "missing", "evidence")
    assert {q: tuple(r[c] for c in columns) for (q,), r in rows.items()} == {
        quarter(1): ("pass", None, [], [serves("t-1a", quarter(1))]),
        quarter(2): ("fail", "warning", [], [register(quarter(2), "team")]),
        quarter(3): ("unknown", None, [f"team@{quarter(3)}"], []),
        quarter(4): ("fail", "warning", [], [register(quarter(4), "team")]),
        quarter(5): ("fail", "warning", [], [register(quarter(5), "team")]),
    }
    assert {r["area"] for r in rows.values()} == {COMMUNITY}


async def test_a_large_quarter_needs_two_teams(graph: Graph) -> None:
    """From 2,000 households on two; where the size is not known, one is not known to be enough."""
    scene = Scene(8, bodies="")
    cases = [(1999, 1), (2000, 1), (2000, 2), (None, 1), (None, 1), (None, 2), (None, 0), (2000, 1)]
    for number, (households, count) in enumerate(cases, start=1):
        if households is not None:
            scene.builder.nodes[quarter(number)]["households"] = households
        teams(scene, number, count)
        if number not in (5, 8):
            scene.complete(quarter(number), "team")
    scene.link("t-2a", "SERVES", quarter(2), spell=2)
    rows = await rows_of(graph, scene, RULE)
    found = {q: (r["verdict"], r["severity"], r["teams"], r["short"]) for (q,), r in rows.items()}
    assert found == {
        quarter(1): ("pass", None, 1, 0),
        quarter(2): ("fail", "info", 1, 1),
        quarter(3): ("pass", None, 2, 0),
        quarter(4): ("unknown", None, 1, 0),
        quarter(5): ("unknown", None, 1, 0),
        quarter(6): ("pass", None, 2, -1),
        quarter(7): ("fail", "warning", 0, 1),
        quarter(8): ("unknown", None, 1, 1),
    }
    assert rows[quarter(4),]["missing"] == [f"{quarter(4)}.households"]
    assert rows[quarter(5),]["missing"] == [f"team@{quarter(5)}", f"{quarter(5)}.households"]
    assert rows[quarter(8),]["missing"] == [f"team@{quarter(8)}"]
    assert rows[quarter(2),]["evidence"] == [
        serves("t-2a", quarter(2)),
        serves("t-2a", quarter(2), 2),
        register(quarter(2), "team"),
    ]


async def test_numbers_are_parameters(graph: Graph) -> None:
    """A larger minimum holds for all; the one for large quarters never lowers it."""
    scene = Scene(3, bodies="")
    for number, households in ((1, 99), (2, 100), (3, None)):
        if households:
            scene.builder.nodes[quarter(number)]["households"] = households
        teams(scene, number, 2)
        scene.complete(quarter(number), "team")
    one, two, three = ((quarter(n),) for n in (1, 2, 3))
    found = await verdicts_of(
        graph, scene, RULE, min_teams=2, large_quarter_households=100, min_teams_large=3
    )
    assert found == {one: "pass", two: "fail", three: "unknown"}
    lower = await again(graph, RULE, min_teams=3, large_quarter_households=100, min_teams_large=1)
    assert {k: (r["verdict"], r["severity"]) for k, r in lower.items()} == dict.fromkeys(
        (one, two, three), ("fail", "warning")
    )
    same = await again(graph, RULE, min_teams=2, large_quarter_households=100, min_teams_large=2)
    assert {r["verdict"] for r in same.values()} == {"pass"}


async def test_ends_are_exclusive(graph: Graph) -> None:
    """Teams and lists that ended today or begin tomorrow count on neither day as open."""
    scene = Scene(4, bodies="")
    small(scene)
    for number, (since, until) in enumerate(SHUT, start=1):
        scene.builder.node(f"t-990101-{number}a", kind="volunteer_team")
        scene.link(f"t-{number}a", "SERVES", quarter(number), since=since, until=until)
        scene.complete(quarter(number), "team")
    shut_registers(scene, "team", quarter(3), quarter(4))
    scene.complete(COMMUNITY, "station")
    found = await verdicts_of(graph, scene, RULE)
    assert found == {
        (quarter(1),): "fail",
        (quarter(2),): "fail",
        (quarter(3),): "unknown",
        (quarter(4),): "unknown",
    }
    yesterday, tomorrow = await again(graph, RULE, YESTERDAY), await again(graph, RULE, TOMORROW)
    assert [yesterday[quarter(n),]["verdict"] for n in (1, 3)] == ["pass", "fail"]
    assert [tomorrow[quarter(n),]["verdict"] for n in (2, 4)] == ["pass", "fail"]


async def test_a_list_of_the_area_above_counts_while_the_quarter_is_there(graph: Graph) -> None:
    """The list of a community closes for the quarters in it that day; an area has its quarters."""
    scene = Scene(4, bodies="")
    community(scene)
    move(scene, quarter(2), on=DAY)
    move(scene, quarter(3), on=TOMORROW)
    scene.builder.edge(quarter(4), "PART_OF", COMMUNITY, until=DAY)
    scene.complete(COMMUNITY, "team")
    found = await verdicts_of(graph, scene, RULE)
    one, two, three, four = ((quarter(n),) for n in range(1, 5))
    assert found == {one: "fail", two: "unknown", three: "fail", four: "unknown"}
    assert (await again(graph, RULE))[four]["area"] is None
    assert await subjects_by_area(graph, RULE) == {
        COMMUNITY: {quarter(1), quarter(3)},
        OTHER: {quarter(2)},
        DISTRICT: {quarter(1), quarter(2), quarter(3)},
    }
