"""R44: units and employed Party members register where they are; exact ids."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.reading.graph import Graph
from tests.oracle.scene import COMMUNITY, DISTRICT, ORG, SOURCE, STREET, Scene
from tests.rules.scenes.ask import again, rows_of
from tests.strategies import DAY, TOMORROW, YESTERDAY

RULE = "double_report_gap"
OTHER = "990101001002"
FIRST, SECOND, THIRD = (f"q-990101-{n:02}" for n in range(1, 4))
EMPLOYED = {"party_status": "full", "party_category": "employed"}
MONTH = {**EMPLOYED, "date_precision": ["party_joined_on:month"]}
REGISTER = f"{FIRST}~COMPLETE_IN~{SOURCE}~report"


def person(n: int) -> str:
    return f"p-990101-{n}"


def unit(n: int) -> str:
    return f"u-990101-{n}"


def lives(n: int, quarter: str = FIRST) -> str:
    return f"{person(n)}~LIVES_IN~{quarter}"


def residents(people: dict[int, dict[str, Any]], quarter: str = FIRST, **spell: Any) -> Scene:
    scene = Scene(3, bodies="")
    for serial, values in people.items():
        scene.person(serial, **values)
        scene.builder.edge(person(serial), "LIVES_IN", quarter, **spell)
    return scene


async def test_employed_members_who_live_here_register(graph: Graph) -> None:
    """A registration passes; none fails where listed; who may be employed stays unknown."""
    scene = residents(
        {
            1: EMPLOYED,
            2: EMPLOYED,
            3: {"party_status": "probationary"},
            4: {**EMPLOYED, "party_category": "retired"},
            5: {"party_category": "employed"},
            6: {**EMPLOYED, "party_status": "none"},
            7: {**EMPLOYED, "party_joined_on": TOMORROW},
            8: {"party_status": "full"},
            11: {**MONTH, "party_joined_on": DAY},
            12: {**MONTH, "party_joined_on": date(2025, 1, 1)},
        }
    )
    b = scene.builder
    report = b.edge(person(1), "REPORTED_TO", ORG)
    b.edge(person(8), "REPORTED_TO", ORG)
    scene.person(9, **EMPLOYED)
    scene.person(10, party_status="full")
    for serial in (9, 10):
        b.edge(person(serial), "LIVES_IN", SECOND)
    b.edge(person(2), "LIVES_IN", SECOND)
    scene.complete(FIRST, "report")
    found = await rows_of(graph, scene, RULE)
    assert {key: row["verdict"] for key, row in found.items()} == {
        (FIRST, person(1)): "pass",
        (FIRST, person(2)): "fail",
        (FIRST, person(3)): "unknown",
        (FIRST, person(8)): "pass",
        (FIRST, person(11)): "unknown",
        (FIRST, person(12)): "fail",
        (SECOND, person(2)): "unknown",
        (SECOND, person(9)): "unknown",
        (SECOND, person(10)): "unknown",
    }
    assert [lives(1), report] == found[FIRST, person(1)]["evidence"]
    assert [lives(2), REGISTER] == found[FIRST, person(2)]["evidence"]
    assert {key: row["findings"] for key, row in found.items() if row["findings"]} == {
        (FIRST, person(2)): ["member"],
        (FIRST, person(12)): ["member"],
    }
    assert [f"{person(3)}.party_category"] == found[FIRST, person(3)]["missing"]
    assert [f"report@{SECOND}"] == found[SECOND, person(9)]["missing"]
    both = [f"{person(10)}.party_category", f"report@{SECOND}"]
    assert both == found[SECOND, person(10)]["missing"]
    assert {COMMUNITY} == {row["area"] for row in found.values()}
    assert (FIRST, person(7)) in await again(graph, RULE, TOMORROW)


async def test_a_resident_counts_while_homes_reports_and_lists_last(graph: Graph) -> None:
    """Ends are exclusive for homes, registrations, registers and the quarter's place."""
    scene = residents(dict.fromkeys((1, 2, 3, 4), EMPLOYED))
    b = scene.builder
    b.edge(person(1), "REPORTED_TO", ORG, until=DAY)
    b.edge(person(2), "REPORTED_TO", ORG, since=TOMORROW)
    b.edge(person(3), "REPORTED_TO", ORG, until=TOMORROW)
    b.edge(person(4), "REPORTED_TO", ORG, since=DAY)
    b.edge(person(1), "LIVES_IN", SECOND, until=DAY)
    b.edge(person(2), "LIVES_IN", SECOND, since=TOMORROW)
    scene.complete(FIRST, "report")
    b.edge(SECOND, "COMPLETE_IN", SOURCE, until=DAY, subject="report")
    b.edge(THIRD, "COMPLETE_IN", SOURCE, since=TOMORROW, subject="report")
    b.edge(THIRD, "COMPLETE_IN", SOURCE, subject="membership")
    for serial, quarter in ((5, SECOND), (6, THIRD), (7, "q-990101-50"), (8, "q-990101-51")):
        scene.person(serial, **EMPLOYED)
        b.nodes.get(quarter) or b.node(quarter)
        b.edge(person(serial), "LIVES_IN", quarter)
    b.node(OTHER, level="community")
    b.edge(OTHER, "PART_OF", STREET)
    scene.complete(OTHER, "report")
    b.edge("q-990101-50", "PART_OF", OTHER, until=DAY)
    b.edge("q-990101-50", "PART_OF", COMMUNITY, since=DAY)
    b.edge("q-990101-51", "PART_OF", OTHER, since=DAY)
    b.node("q-990101-52")
    b.edge("q-990101-52", "PART_OF", OTHER, since=TOMORROW)
    for serial in (50, 51, 52):
        b.node(unit(serial))
        b.edge(unit(serial), "BASED_IN", f"q-990101-{serial}")
    found = await rows_of(graph, scene, RULE)
    assert {key: row["verdict"] for key, row in found.items()} == {
        (FIRST, person(1)): "fail",
        (FIRST, person(2)): "fail",
        (FIRST, person(3)): "pass",
        (FIRST, person(4)): "pass",
        (SECOND, person(5)): "unknown",
        (THIRD, person(6)): "unknown",
        ("q-990101-50", person(7)): "unknown",
        ("q-990101-51", person(8)): "fail",
        (unit(50), None): "unknown",
        (unit(51), None): "fail",
        (unit(52), None): "unknown",
    }
    areas = {serial: found[unit(serial), None]["area"] for serial in (50, 51, 52)}
    assert areas == {50: COMMUNITY, 51: OTHER, 52: None}
    before, after = await again(graph, RULE, YESTERDAY), await again(graph, RULE, TOMORROW)
    assert before[SECOND, person(1)]["verdict"] == "pass"
    assert before["q-990101-50", person(7)]["verdict"] == "fail"
    assert before["q-990101-51", person(8)]["area"] is None
    assert after[SECOND, person(2)]["verdict"] == "pass"
    assert after[THIRD, person(6)]["verdict"] == "fail"


async def test_a_unit_or_its_own_organization_registers(graph: Graph) -> None:
    """Units by their seat; an exempt category is not asked; lists close at unit, seat or above."""
    scene = Scene(3, bodies="")
    b = scene.builder
    for serial in range(1, 21):
        category = {9: "merchant", 10: "bank"}.get(serial)
        b.node(unit(serial), category=category)
        spell = {11: {"until": DAY}, 12: {"since": TOMORROW}}.get(serial, {})
        b.edge(unit(serial), "BASED_IN", SECOND if serial > 12 else FIRST, **spell)
    b.node("pf-990101-1")
    b.edge("pf-990101-1", "BASED_IN", FIRST)
    levels = {4: "unit", 5: "sector", 6: "unit", 7: "unit", 8: "unit", 15: "unit", 16: "unit"}
    covers = {6: {"until": DAY}, 7: {"since": TOMORROW}, 15: {"since": DAY}}
    reports = {8: {"until": DAY}, 15: {"since": DAY}, 16: {"since": TOMORROW}}
    for serial, level in levels.items():
        body = b.node(f"po-990101-{serial}", level=level, tier="branch")
        b.edge(body, "COVERS", unit(serial), **covers.get(serial, {}))
        b.edge(body, "REPORTED_TO", ORG, **reports.get(serial, {}))
    report = b.edge(unit(1), "REPORTED_TO", ORG)
    b.edge(unit(17), "REPORTED_TO", ORG, since=DAY)
    lists = {18: {"since": DAY}, 19: {"since": TOMORROW}, 20: {"until": DAY}}
    for serial, spell in lists.items():
        b.edge(unit(serial), "COMPLETE_IN", SOURCE, subject="report", **spell)
    b.edge(unit(2), "REPORTED_TO", ORG, until=DAY)
    b.edge(unit(3), "REPORTED_TO", ORG, since=TOMORROW)
    scene.complete(FIRST, "report")
    b.edge(unit(13), "COMPLETE_IN", SOURCE, subject="report")
    found = await rows_of(graph, scene, RULE)
    assert {key: row["verdict"] for key, row in found.items()} == {
        **{(unit(n), None): "pass" for n in (1, 4, 15, 17)},
        **{(unit(n), None): "fail" for n in (2, 3, 5, 6, 7, 8, 10, 13, 18)},
        **{(unit(n), None): "unknown" for n in (14, 16, 19, 20)},
    }
    assert [report] == found[unit(1), None]["evidence"]
    assert found[unit(4), None]["evidence"] == ["po-990101-4~REPORTED_TO~" + ORG]
    assert found[unit(2), None]["evidence"] == [REGISTER]
    assert found[unit(2), None]["findings"] == ["unit"]
    assert [f"report@{unit(14)}"] == found[unit(14), None]["missing"]
    asked = await again(graph, RULE, exempt=["bank"])
    assert [(unit(9), None) in asked, (unit(10), None) in asked] == [True, False]


async def test_area_gives_the_rows_of_its_places(graph: Graph) -> None:
    """With an area come the same rows as filtered, of its quarters and of units based there."""
    scene = residents({1: EMPLOYED})
    b = scene.builder
    b.node(OTHER, level="community")
    b.edge(OTHER, "PART_OF", STREET)
    places = {
        "q-990101-50": {OTHER: {"since": DAY}, COMMUNITY: {"until": DAY}},
        "q-990101-51": {OTHER: {"until": DAY}},
        "q-990101-52": {OTHER: {"since": TOMORROW}},
    }
    for n, (quarter, areas) in enumerate(places.items(), start=2):
        b.node(quarter)
        for area, spell in areas.items():
            b.edge(quarter, "PART_OF", area, **spell)
        scene.person(n, **EMPLOYED)
        b.edge(person(n), "LIVES_IN", quarter)
        b.node(unit(n))
        b.edge(unit(n), "BASED_IN", quarter)
    for serial, spell in ((5, {"since": DAY}), (6, {"until": DAY}), (7, {"since": TOMORROW})):
        b.node(unit(serial))
        b.edge(unit(serial), "BASED_IN", COMMUNITY, **spell)
        scene.person(serial, **EMPLOYED)
        b.edge(person(serial), "LIVES_IN", FIRST, **spell)
    scene.complete(DISTRICT, "report")
    everywhere = await rows_of(graph, scene, RULE)
    here = {(FIRST, person(1)), (FIRST, person(5)), (unit(5), None)}
    there = {("q-990101-50", person(2)), (unit(2), None)}
    nowhere = {(f"q-990101-5{n - 2}", person(n)) for n in (3, 4)}
    nowhere |= {(unit(n), None) for n in (3, 4)}
    assert here | there | nowhere == set(everywhere)
    for area, keys in ((COMMUNITY, here), (OTHER, there), (DISTRICT, here | there)):
        expected = {k: v for k, v in everywhere.items() if k in keys}
        assert expected == await again(graph, RULE, area=area)


async def test_proofs_come_in_order(graph: Graph) -> None:
    """Several registers, or several registrations, are named by their ids, however they were written."""
    scene = residents({1: EMPLOYED, 2: EMPLOYED, 3: EMPLOYED})
    b = scene.builder
    scene.complete(FIRST, "report")
    scene.complete(COMMUNITY, "report")
    low, high = "po-990101-1", "po-990101-2"
    for body in (low, high):
        b.node(body, level="quarter", tier="branch")
    for serial, bodies in ((1, (low, high)), (2, (high, low))):
        for body in bodies:
            b.edge(person(serial), "REPORTED_TO", body)
    found = await rows_of(graph, scene, RULE)
    for serial in (1, 2):
        reports = [f"{person(serial)}~REPORTED_TO~{body}" for body in (low, high)]
        assert found[FIRST, person(serial)]["evidence"] == [lives(serial), *reports]
    above = f"{COMMUNITY}~COMPLETE_IN~{SOURCE}~report"
    assert found[FIRST, person(3)]["evidence"] == [lives(3), above, REGISTER]
