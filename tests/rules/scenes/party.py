"""What the tests of rules on Party organizations share: members, places, registers.

Beside the tests of rules; above the scene.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from graph.model import OPEN_END
from graph.reading.graph import Graph
from tests.builder import BEGIN, SOURCE
from tests.oracle.scene import COMMUNITY, ORG, STREET, Scene
from tests.rules.scenes.ask import again, rows_of
from tests.strategies import DAY, TOMORROW

OTHER = "990101001002"
TODAY = {"since": DAY, "until": TOMORROW}
ENDED = {"since": BEGIN, "until": DAY}
LATER = {"since": TOMORROW, "until": OPEN_END}
SPELLS = {"today": TODAY, "ended": ENDED, "later": LATER}


def two_communities(quarters: int = 1, bodies: str = "") -> Scene:
    """A scene whose street has a second community with one quarter, `q-990101-other`."""
    scene = Scene(quarters, bodies)
    scene.builder.node(OTHER, level="community")
    scene.builder.edge(OTHER, "PART_OF", STREET)
    place(scene, "q-990101-other", OTHER)
    return scene


def place(scene: Scene, quarter: str, area: str, **spell: Any) -> str:
    """A quarter in an area."""
    scene.builder.node(quarter)
    scene.builder.edge(quarter, "PART_OF", area, **spell)
    return quarter


def building(scene: Scene, house: str, quarter: str, **spell: Any) -> str:
    """A building of a quarter."""
    scene.builder.node(house, level="building")
    scene.builder.edge(house, "PART_OF", quarter, **spell)
    return house


def organization(scene: Scene, slug: str, *covered: str, **properties: Any) -> str:
    """A quarter's branch under the community's organization, unless reported otherwise."""
    given = {"level": "quarter", "tier": "branch", **properties}
    body = scene.builder.node(f"po-990101-{slug}", **given)
    scene.builder.edge(body, "SUBORDINATE_TO", ORG)
    for node in covered:
        scene.builder.edge(body, "COVERS", node)
    return body


def somebody(scene: Scene, **properties: Any) -> str:
    """The next person."""
    serial = sum(i.startswith("p-") for i in scene.builder.nodes) + 1
    return scene.person(serial, **properties)


def enrol(
    scene: Scene,
    body: str,
    *statuses: str | None,
    type_: str = "MEMBER_OF",
    spell: Mapping[str, date] = MappingProxyType({}),
    **properties: Any,
) -> list[str]:
    """Persons of these statuses, affiliated with a body or reported to it; the edges' ids."""
    persons = [somebody(scene, party_status=s, **properties) for s in statuses]
    return sorted(scene.builder.edge(p, type_, body, **spell) for p in persons)


def verdicts(rows: dict[Any, dict[str, Any]], *columns: str) -> dict[str, Any]:
    """Verdict of each row, or several columns of it, by the short end of its subject."""
    names = columns or ("verdict",)
    found = {r["subject"].removeprefix("po-990101-"): tuple(r[n] for n in names) for r in rows.values()}
    return {key: value if columns else value[0] for key, value in found.items()}


async def assert_places(graph: Graph, rule: str, **properties: Any) -> None:
    """Who gets a row and in which area, edge type by edge type; an area gives its own rows."""
    scene = two_communities()
    quarter = scene.quarters[0]
    moved = place(scene, "q-990101-moved", COMMUNITY, until=DAY)
    scene.builder.edge(moved, "PART_OF", OTHER, since=DAY)
    moving = place(scene, "q-990101-moving", COMMUNITY, since=TOMORROW)
    scene.builder.edge(moving, "PART_OF", OTHER, until=TOMORROW)
    brief = place(scene, "q-990101-brief", COMMUNITY, **TODAY)
    street = place(scene, "q-990101-street", STREET)
    expected: dict[str, str | None] = {}
    for name, spell in SPELLS.items():
        area = COMMUNITY if name == "today" else None
        covers = organization(scene, f"covers-{name}", **properties)
        scene.builder.edge(covers, "COVERS", quarter, **spell)
        unit = scene.builder.node(f"u-990101-covered-{name}")
        scene.builder.edge(unit, "BASED_IN", quarter)
        by_unit = organization(scene, f"unit-{name}", **properties)
        scene.builder.edge(by_unit, "COVERS", unit, **spell)
        unit = scene.builder.node(f"u-990101-based-{name}")
        scene.builder.edge(unit, "BASED_IN", quarter, **spell)
        based = organization(scene, f"based-{name}", unit, **properties)
        house = building(scene, f"b-990101-covered-{name}", quarter)
        by_house = organization(scene, f"house-{name}", **properties)
        scene.builder.edge(by_house, "COVERS", house, **spell)
        house = building(scene, f"b-990101-built-{name}", quarter, **spell)
        built = organization(scene, f"built-{name}", house, **properties)
        expected |= dict.fromkeys((covers, by_unit, based, by_house, built), area)
        alone = scene.builder.node(f"po-990101-alone-{name}", **properties)
        scene.builder.edge(alone, "COVERS", quarter, **spell)
        below = scene.builder.node(f"po-990101-below-{name}", **properties)
        scene.builder.edge(below, "SUBORDINATE_TO", ORG, **spell)
        above = scene.builder.node(f"po-990101-above-{name}", **properties)
        scene.builder.edge("po-990101-below-today", "SUBORDINATE_TO", above, **spell)
        if name == "today":
            expected |= {alone: COMMUNITY, below: None, above: None}
    for name, area, *covered in (
        ("moved", OTHER, moved),
        ("moving", OTHER, moving),
        ("brief", COMMUNITY, brief),
        ("both", COMMUNITY, quarter, moved),
        ("street", STREET, street),
        ("level", OTHER, street, moved),
    ):
        expected[organization(scene, name, *covered, **properties)] = area
        unit = scene.builder.node(f"u-990101-{name}")
        scene.builder.edge(unit, "BASED_IN", covered[-1])
        own = {"both": OTHER, "level": OTHER}.get(name, area)
        expected[organization(scene, f"unit-{name}", unit, **properties)] = own
    for name, area, quarter in (("moved", OTHER, moved), ("moving", OTHER, moving)):
        house = building(scene, f"b-990101-{name}", quarter)
        expected[organization(scene, f"house-{name}", house, **properties)] = area
    rows = await rows_of(graph, scene, rule)
    found = {r["subject"]: r["area"] for r in rows.values() if r["subject"] != ORG}
    assert expected == {i: a for i, a in found.items() if not i.endswith("community")}
    in_other = {*(i for i, a in expected.items() if a == OTHER), "po-990101-both"}
    in_community = {i for i, a in expected.items() if a == COMMUNITY}
    for area, subjects in ((COMMUNITY, in_community), (OTHER, in_other)):
        local = await again(graph, rule, area=area)
        assert local == {
            k: r
            for k, r in rows.items()
            if r["subject"] in subjects | ({ORG} if area == COMMUNITY else set())
        }


async def assert_registers(
    graph: Graph,
    rule: str,
    subject: str,
    closed: str,
    *,
    by_quarter: bool = True,
    prepare: Callable[[Scene, str], object] = lambda scene, body: None,
    **properties: Any,
) -> None:
    """Where a register has to stand, and when, so that nothing found means nothing there."""
    scene = two_communities(24)
    quarters = iter(scene.quarters)
    expected = {}

    def case(slug: str, quarter: str | None, answer: str) -> str:
        body = organization(scene, slug, *([quarter] if quarter else []), **properties)
        prepare(scene, body)
        expected[body] = answer
        return body

    for name, spell in SPELLS.items():
        body = case(f"own-{name}", next(quarters), closed if name == "today" else "unknown")
        scene.builder.edge(body, "COMPLETE_IN", SOURCE, subject=subject, **spell)
        # The register of a quarter counts where the body covers it today, or a unit or building there.
        if not by_quarter:
            continue
        answer = closed if name == "today" else "unknown"
        at, of_unit, of_house = (next(quarters) for _ in range(3))
        for register in (at, of_unit, of_house):
            scene.complete(register, subject)
        scene.builder.edge(case(f"covers-{name}", None, answer), "COVERS", at, **spell)
        unit = scene.builder.node(f"u-990101-{name}")
        scene.builder.edge(unit, "BASED_IN", of_unit, **spell)
        case(f"unit-{name}", unit, answer)
        case(f"house-{name}", building(scene, f"b-990101-{name}", of_house, **spell), answer)
    case("none", next(quarters), "unknown")
    scene.complete(case("subject", next(quarters), "unknown"), "team")
    at = next(quarters)
    case("quarter", at, closed if by_quarter else "unknown")
    scene.complete(at, subject)
    case("area", "q-990101-other", closed)
    scene.builder.edge(OTHER, "COMPLETE_IN", SOURCE, subject=subject, **TODAY)
    unit = scene.builder.node("u-990101-1")
    scene.builder.edge(unit, "BASED_IN", "q-990101-other")
    case("unit", unit, closed)
    rows = await rows_of(graph, scene, rule)
    assert expected == {r["subject"]: r["verdict"] for r in rows.values() if r["subject"] in expected}
    for row in rows.values():
        if row["subject"] in expected and row["verdict"] == "unknown":
            assert [f"{subject}@{row['subject']}"] == row["missing"]
