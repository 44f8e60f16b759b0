"""R43: what member units offer and join, by hand-made cases with exact ids."""

from __future__ import annotations

from datetime import date, timedelta

from graph.reading.graph import Graph
from tests.oracle.scene import COMMUNITY, DISTRICT, ORG, SOURCE, STREET, Scene
from tests.rules.scenes.ask import again, rows_of
from tests.strategies import DAY, TOMORROW, YESTERDAY

RULE = "member_unit_without_resource"
OTHER = "990101001002"
FIRST, SECOND = "q-990101-01", "q-990101-02"
BEGIN = date(2024, 6, 30)
"""First day of the twelve months before `DAY`."""


def unit(n: int) -> str:
    return f"u-990101-{n}"


def co_builds(n: int) -> str:
    return f"{unit(n)}~CO_BUILDS~{ORG}"


def co_builders(*serials: int, listed: bool = True) -> Scene:
    """Units based in the community that co-build with its organization."""
    scene = Scene(2, bodies="")
    b = scene.builder
    for serial in serials:
        b.node(unit(serial))
        b.edge(unit(serial), "CO_BUILDS", ORG)
        b.edge(unit(serial), "BASED_IN", COMMUNITY)
    b.node("r-990101-1", category="venue")
    b.node("r-990101-2", category="venue")
    b.node("pj-990101-1")
    b.node("k-990101-1", kind="three_lists")
    if listed:
        scene.complete(COMMUNITY, "resource")
    return scene


async def test_an_offer_or_a_project_within_the_months_passes(graph: Graph) -> None:
    """Offer, project, and what the unit's own organization offers count; a mechanism does not."""
    scene = co_builders(*range(1, 10))
    b = scene.builder
    b.node("po-990101-9", level="unit", tier="branch")
    b.edge("po-990101-9", "COVERS", unit(9), since=DAY)
    helps = b.edge("po-990101-9", "TAKES_PART_IN", "pj-990101-1")
    b.node("pf-990101-1")
    b.edge("pf-990101-1", "CO_BUILDS", ORG)
    b.edge("pf-990101-1", "BASED_IN", FIRST)
    b.node("po-990101-5", level="unit", tier="branch")
    b.node("po-990101-6", level="sector", tier="committee")
    b.edge("po-990101-5", "COVERS", unit(4))
    b.edge("po-990101-6", "COVERS", unit(5))
    b.edge("po-990101-5", "COVERS", unit(6), until=DAY)
    b.edge("po-990101-5", "COVERS", unit(7), since=TOMORROW)
    offer = b.edge(unit(1), "OFFERS", "r-990101-1")
    joint = b.edge(unit(2), "TAKES_PART_IN", "pj-990101-1")
    b.edge(unit(3), "TAKES_PART_IN", "k-990101-1")
    own = b.edge("po-990101-5", "OFFERS", "r-990101-2")
    b.edge("po-990101-6", "OFFERS", "r-990101-2")
    b.edge("po-990101-5", "CO_BUILDS", ORG)  # an organization is no member unit
    register = f"{COMMUNITY}~COMPLETE_IN~{SOURCE}~resource"
    found = await rows_of(graph, scene, RULE)
    assert {key[0]: (row["verdict"], row["evidence"]) for key, row in found.items()} == {
        unit(1): ("pass", [co_builds(1), offer]),
        unit(2): ("pass", [co_builds(2), joint]),
        unit(3): ("fail", [co_builds(3), register]),
        unit(4): ("pass", [co_builds(4), own]),
        **{unit(n): ("fail", [co_builds(n), register]) for n in (5, 6, 7, 8)},
        unit(9): ("pass", [co_builds(9), helps]),
        "pf-990101-1": ("fail", [f"pf-990101-1~CO_BUILDS~{ORG}", register]),
    }
    assert {COMMUNITY, FIRST} >= {row["area"] for row in found.values()} == {COMMUNITY}


async def test_the_months_begin_with_a_day_that_counts(graph: Graph) -> None:
    """Open on the first day passes, ended before it fails, not begun yet fails."""
    scene = co_builders(*range(1, 9))
    b = scene.builder
    day = timedelta(days=1)
    spells = {
        1: ("OFFERS", "r-990101-1", BEGIN - 9 * day, BEGIN),
        2: ("OFFERS", "r-990101-1", BEGIN - 9 * day, BEGIN + day),
        3: ("OFFERS", "r-990101-2", TOMORROW, date(9999, 12, 31)),
        4: ("OFFERS", "r-990101-2", DAY, TOMORROW),
        5: ("TAKES_PART_IN", "pj-990101-1", BEGIN - 9 * day, BEGIN),
        6: ("TAKES_PART_IN", "pj-990101-1", BEGIN - 9 * day, BEGIN + day),
        7: ("TAKES_PART_IN", "pj-990101-1", TOMORROW, date(9999, 12, 31)),
        8: ("TAKES_PART_IN", "pj-990101-1", DAY, TOMORROW),
    }
    for serial, (type_, end, since, until) in spells.items():
        b.edge(unit(serial), type_, end, since, until)
    found = await rows_of(graph, scene, RULE)
    assert {serial for serial in spells if found[unit(serial),]["verdict"] == "pass"} == {2, 4, 6, 8}
    longer = await again(graph, RULE, months=13)
    assert {longer[unit(n),]["verdict"] for n in (1, 5)} == {"pass"}
    shorter = await again(graph, RULE, months=1)
    assert {shorter[unit(n),]["verdict"] for n in (2, 6)} == {"fail"}


async def test_months_end_with_the_month(graph: Graph) -> None:
    """One month before the 31st of March is the last day of February."""
    scene = co_builders(1, 2)
    last = date(2025, 2, 28)
    scene.builder.edge(unit(1), "OFFERS", "r-990101-1", date(2024, 1, 1), last)
    scene.builder.edge(unit(2), "OFFERS", "r-990101-2", date(2024, 1, 1), date(2025, 3, 1))
    found = await rows_of(graph, scene, RULE, date(2025, 3, 31), months=1)
    assert [found[unit(n),]["verdict"] for n in (1, 2)] == ["fail", "pass"]


async def test_member_units_and_registers_as_of_the_day(graph: Graph) -> None:
    """Who co-builds today has a row; lists count at the unit, its seat or what it helps build."""
    scene = co_builders(1, 2, 3, 4, listed=False)
    b = scene.builder
    for serial in range(5, 12):
        b.node(unit(serial))
    b.edge(unit(5), "CO_BUILDS", ORG, until=DAY)
    b.edge(unit(6), "CO_BUILDS", ORG, since=TOMORROW)
    b.edge(unit(1), "COMPLETE_IN", SOURCE, subject="resource")
    b.edge(unit(2), "COMPLETE_IN", SOURCE, until=DAY, subject="resource")
    b.edge(unit(3), "COMPLETE_IN", SOURCE, since=TOMORROW, subject="resource")
    b.edge(unit(4), "COMPLETE_IN", SOURCE, subject="report")
    scene.complete(SECOND, "resource")
    b.node("po-990101-2", level="quarter", tier="branch")
    b.edge("po-990101-2", "COVERS", SECOND)
    for serial in (7, 8, 9):
        b.edge(unit(serial), "CO_BUILDS", "po-990101-2")
    b.edge(unit(8), "BASED_IN", FIRST)
    b.edge(unit(9), "BASED_IN", FIRST, until=DAY)
    b.node("po-990101-3", level="quarter", tier="branch")
    b.edge("po-990101-3", "COVERS", SECOND, until=DAY)
    b.edge(unit(10), "CO_BUILDS", "po-990101-3")
    b.edge(unit(11), "CO_BUILDS", "po-990101-2", until=DAY)
    last = b.edge(unit(11), "CO_BUILDS", "po-990101-3", since=DAY)
    for serial in range(12, 20):
        b.node(unit(serial))
    b.edge(unit(12), "CO_BUILDS", ORG)
    b.edge(unit(12), "CO_BUILDS", "po-990101-2", since=TOMORROW)
    b.edge(unit(13), "CO_BUILDS", "po-990101-2", since=DAY)
    for serial, spell in ((14, {"since": DAY}), (15, {"since": TOMORROW})):
        body = b.node(f"po-990101-{serial}", level="quarter", tier="branch")
        b.edge(body, "COVERS", SECOND, **spell)
        b.edge(unit(serial), "CO_BUILDS", body)
    b.edge(unit(16), "COMPLETE_IN", SOURCE, since=DAY, subject="resource")
    b.node(OTHER, level="community")
    b.edge(OTHER, "PART_OF", STREET)
    scene.complete(OTHER, "resource")
    moves = {17: {"until": DAY}, 18: {"since": DAY}, 19: {"since": TOMORROW}}
    for serial, spell in moves.items():
        quarter = b.node(f"q-990101-{serial}")
        b.edge(quarter, "PART_OF", OTHER, **spell)
        b.edge(unit(serial), "BASED_IN", quarter)
    for serial in range(16, 20):
        b.edge(unit(serial), "CO_BUILDS", ORG)
    found = await rows_of(graph, scene, RULE)
    assert {key[0]: row["verdict"] for key, row in found.items()} == {
        unit(1): "fail",
        unit(2): "unknown",
        unit(3): "unknown",
        unit(4): "unknown",
        unit(7): "fail",
        unit(8): "unknown",
        unit(9): "fail",
        unit(10): "unknown",
        unit(11): "unknown",
        unit(12): "unknown",
        unit(13): "fail",
        unit(14): "fail",
        unit(15): "unknown",
        unit(16): "fail",
        unit(17): "unknown",
        unit(18): "fail",
        unit(19): "unknown",
    }
    assert [last] == found[unit(11),]["evidence"]
    assert [co_builds(12)] == found[unit(12),]["evidence"]
    assert [f"resource@{unit(2)}"] == found[unit(2),]["missing"]
    assert found[unit(1),]["missing"] == []
    assert {n: found[unit(n),]["area"] for n in (1, 7, 10)} == {1: COMMUNITY, 7: COMMUNITY, 10: None}
    assert [unit(5) in k for k in await again(graph, RULE, YESTERDAY)].count(True) == 1
    assert (unit(6),) in await again(graph, RULE, TOMORROW)


async def test_area_gives_the_member_units_of_its_places(graph: Graph) -> None:
    """With an area come the same rows as filtered: by seat, else by what the unit helps build."""
    scene = co_builders(1, 2)
    b = scene.builder
    b.node(OTHER, level="community")
    b.edge(OTHER, "PART_OF", STREET)
    b.node("po-990101-9", level="community", tier="branch")
    b.edge("po-990101-9", "COVERS", OTHER)
    for serial in (3, 4, 5, 6):
        b.node(unit(serial))
        b.edge(unit(serial), "CO_BUILDS", "po-990101-9")
    b.edge(unit(4), "BASED_IN", COMMUNITY)
    b.edge(unit(5), "BASED_IN", COMMUNITY, until=DAY)
    b.edge(unit(6), "BASED_IN", FIRST, since=TOMORROW)
    b.node(unit(7))
    b.edge(unit(7), "BASED_IN", COMMUNITY)
    b.edge(unit(7), "CO_BUILDS", ORG, until=DAY)
    b.node(unit(8))
    b.edge(unit(8), "CO_BUILDS", "po-990101-9", until=DAY)
    b.node("po-990101-8", level="quarter", tier="branch")
    b.edge("po-990101-8", "COVERS", FIRST, until=DAY)
    b.node("q-990101-50")
    b.edge("q-990101-50", "PART_OF", COMMUNITY, until=DAY)
    for serial, place in ((9, None), (10, "q-990101-50")):
        b.node(unit(serial))
        b.edge(unit(serial), "CO_BUILDS", "po-990101-8")
        if place:
            b.edge(unit(serial), "BASED_IN", place)
    for name, spell in (("51", {"since": DAY}), ("52", {"since": TOMORROW})):
        b.node(f"q-990101-{name}")
        b.edge(f"q-990101-{name}", "PART_OF", OTHER, **spell)
    seats = {11: ("q-990101-51", {}), 12: ("q-990101-52", {}), 13: (FIRST, {"since": DAY})}
    for serial, (place, spell) in seats.items():
        b.node(unit(serial))
        b.edge(unit(serial), "BASED_IN", place, **spell)
        b.edge(unit(serial), "CO_BUILDS", "po-990101-8" if serial < 13 else "po-990101-9")
    spells = {14: {"since": DAY}, 15: {"since": TOMORROW}, 16: {"since": DAY}, 17: {"since": TOMORROW}}
    for serial, spell in spells.items():
        b.node(unit(serial))
        b.edge(unit(serial), "CO_BUILDS", "po-990101-9", **spell)
        if serial < 16:
            b.edge(unit(serial), "BASED_IN", COMMUNITY)
    covers = {
        18: (FIRST, {"since": DAY}),
        19: (FIRST, {"since": TOMORROW}),
        20: ("q-990101-51", {}),
        21: ("q-990101-52", {}),
        22: ("q-990101-50", {}),
    }
    for serial, (place, spell) in covers.items():
        b.node(unit(serial))
        body = b.node(f"po-990101-{serial}", level="quarter", tier="branch")
        b.edge(body, "COVERS", place, **spell)
        b.edge(unit(serial), "CO_BUILDS", body)
    everywhere = await rows_of(graph, scene, RULE)
    here = {(unit(n),) for n in (1, 2, 4, 13, 14, 18)}
    there = {(unit(n),) for n in (3, 5, 6, 11, 16, 20)}
    nowhere = {(unit(n),) for n in (9, 10, 12, 19, 21, 22)}
    assert here | there | nowhere == set(everywhere)
    for keys, area in ((here, COMMUNITY), (there, OTHER), (nowhere, None)):
        assert {area} == {everywhere[key]["area"] for key in keys}
    for area, keys in ((COMMUNITY, here), (OTHER, there), (DISTRICT, here | there)):
        expected = {k: v for k, v in everywhere.items() if k in keys}
        assert expected == await again(graph, RULE, area=area)
