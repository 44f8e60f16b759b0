"""R35: quarters without property service, or with a contract that has ended."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from graph.reading.graph import Graph
from tests.oracle.asking import Row
from tests.oracle.scene import COMMUNITY, DAY, Scene
from tests.rules.scenes.ask import again, rows_of
from tests.rules.scenes.posts import SPELLS, TOMORROW, check_quarters, quarter, register

R35 = "quarter_without_property_service"
LIST = "property_project"
LATER = date(2027, 1, 1)


def serves(number: int, project: int) -> str:
    """The id of the edge by which a project serves a quarter."""
    return f"pp-990101-{project}~SERVES~{quarter(number)}"


def project(scene: Scene, number: int, serial: int, mode: str | None, **contract: Any) -> None:
    """A project that serves a quarter."""
    scene.builder.node(f"pp-990101-{serial}", mode=mode)
    scene.link(f"pp-990101-{serial}", "SERVES", quarter(number), **contract)


def shown(row: Row) -> tuple[Any, ...]:
    """Verdict, findings, severity and missing facts of a row."""
    return row["verdict"], row["findings"], row["severity"], row["missing"]


def judged(rows: dict[Any, Row]) -> list[str]:
    """In order of the quarters: what was found, or the verdict."""
    return [" ".join(row["findings"]) or row["verdict"] for row in rows.values()]


async def test_contracts_and_other_ways(graph: Graph) -> None:
    """Its end is exclusive; ninety days before it a warning, after it what is known of it."""
    scene = Scene(17, bodies="")
    month = {"date_precision": ["contract_until:month"]}
    contracts: dict[int, tuple[str | None, dict[str, Any]]] = {
        1: ("contract", {"contract_until": DAY + timedelta(days=91)}),
        2: ("contract", {"contract_until": DAY + timedelta(days=90)}),
        3: ("contract", {"contract_until": TOMORROW}),
        4: ("contract", {"contract_until": DAY}),
        5: ("contract", {"contract_until": DAY, "contract_indefinite": True}),
        6: ("contract", {"contract_until": DAY, "contract_indefinite": False}),
        7: ("contract", {"contract_indefinite": True}),
        8: ("contract", {"contract_until": TOMORROW, "contract_indefinite": True}),
        9: ("contract", {}),
        10: ("contract", {"contract_indefinite": False}),
        11: ("community", {}),
        12: ("self", {"contract_until": DAY}),
        13: (None, {"contract_until": LATER}),
        14: (None, {"contract_until": DAY}),
        15: ("contract", {"contract_until": TOMORROW, **month}),  # until some day of June
        16: (
            "contract",
            {"contract_until": date(2025, 10, 1), **month},
        ),  # of September, the 28th is 90 days off
        17: ("contract", {"contract_until": date(2025, 11, 1), **month}),
    }
    for number, (mode, contract) in contracts.items():
        project(scene, number, number, mode, **contract)
    found = await rows_of(graph, scene, R35)
    passed: tuple[Any, ...] = ("pass", [], None, [])
    open_ends: dict[int, tuple[Any, ...]] = {
        n: ("unknown", [], None, [f"{serves(n, n)}.contract_until"]) for n in (9, 10, 15, 16)
    }
    assert {
        1: passed,
        2: ("fail", ["ends_soon"], "info", []),
        3: ("fail", ["ends_soon"], "info", []),
        4: ("fail", ["expired"], "info", []),
        5: ("fail", ["continuing"], "info", []),
        6: ("fail", ["expired"], "warning", []),
        7: passed,
        8: passed,
        **open_ends,
        11: passed,
        12: passed,
        13: passed,
        14: ("fail", ["expired"], "info", []),
        17: passed,
    } == {n: shown(found[quarter(n),]) for n in contracts}
    assert all(found[quarter(n),]["evidence"] == [serves(n, n)] for n in contracts)
    assert found[quarter(4),]["last_day"] == DAY - timedelta(days=1)
    late = await again(graph, R35, prewarn_days=1)
    assert [" ".join(late[quarter(n),]["findings"]) for n in (2, 3, 4)] == ["", "ends_soon", "expired"]


async def test_none_at_all(graph: Graph) -> None:
    """No project fails where all are listed; on the day, for the quarter or an area above."""
    scene = Scene(9, bodies="")
    for number, spell in SPELLS.items():
        scene.link(quarter(number), "COMPLETE_IN", "d-990101-register", subject=LIST, **spell)
        project(scene, number + 4, number, "self", **spell)
        scene.complete(quarter(number + 4), LIST, "post")
    found = await rows_of(graph, scene, R35)
    none: tuple[Any, ...] = ("fail", ["none"], "warning", [])
    assert shown(found[quarter(1),]) == none
    assert shown(found[quarter(2),]) == ("unknown", [], None, [f"{LIST}@{quarter(2)}"])
    assert judged(found) == ["none", "unknown", "unknown", "none", "pass", "none", "none", "pass", "unknown"]
    assert found[quarter(1),]["evidence"] == [register(quarter(1), LIST)]
    scene.complete(COMMUNITY, LIST)
    above = await rows_of(graph, scene, R35)
    assert shown(above[quarter(9),]) == none
    assert above[quarter(9),]["evidence"] == [register(COMMUNITY, LIST)]


async def test_ways_that_do_not_count(graph: Graph) -> None:
    """What is not accepted is none; whether another runs it too, only a complete list tells."""
    scene = Scene(6, bodies="")
    project(scene, 1, 1, "community")
    project(scene, 2, 2, "community")
    scene.complete(quarter(2), LIST)
    project(scene, 3, 3, None, contract_until=LATER)
    project(scene, 4, 4, "self")
    project(scene, 4, 5, "contract", contract_until=LATER)
    project(scene, 5, 6, "self")
    project(scene, 5, 7, "contract", contract_until=TOMORROW)
    project(scene, 6, 8, "contract", contract_until=LATER)
    found = await rows_of(graph, scene, R35, accept=["contract"])
    assert {
        1: ("unknown", [], None, [f"{LIST}@{quarter(1)}"]),
        2: ("fail", ["not_accepted"], "warning", []),
        3: ("unknown", [], None, ["pp-990101-3.mode"]),
        4: ("pass", [], None, []),
        5: ("fail", ["ends_soon"], "info", []),
        6: ("pass", [], None, []),
    } == {n: shown(found[quarter(n),]) for n in range(1, 7)}
    assert found[quarter(2),]["evidence"] == [serves(2, 2), register(quarter(2), LIST)]
    assert found[quarter(5),]["modes"] == ["contract", "self"]
    others = await again(graph, R35, accept=["community", "self"])
    assert judged(others) == ["pass", "pass", "unknown", "pass", "pass", "unknown"]
    assert set(judged(await again(graph, R35))) == {"pass"}


async def test_the_mildest_of_several_projects(graph: Graph) -> None:
    """One in order is enough, one not known leaves the row open; else the mildest counts."""
    ended = {"contract_until": date(2024, 1, 1), "contract_indefinite": False}
    expired = {"contract_until": date(2024, 6, 1)}
    continuing = {"contract_until": date(2024, 1, 1), "contract_indefinite": True}
    soon = {"contract_until": TOMORROW}
    pairs: list[tuple[dict[str, Any], dict[str, Any]]] = [
        (ended, {"contract_until": LATER}),
        (soon, {}),
        (continuing, soon),
        (expired, continuing),
        (ended, expired),
    ]
    scene = Scene(len(pairs), bodies="")
    for number, pair in enumerate(pairs, start=1):
        for offset, contract in enumerate(pair):
            project(scene, number, number * 10 + offset, "contract", **contract)
    found = await rows_of(graph, scene, R35)
    assert judged(found) == ["pass", "unknown", "ends_soon", "continuing", "expired"]
    assert [row["severity"] for row in found.values()] == [None, None, "info", "info", "info"]
    assert found[quarter(2),]["missing"] == [f"{serves(2, 21)}.contract_until"]
    assert found[quarter(5),]["evidence"] == [serves(5, 50), serves(5, 51)]
    assert found[quarter(5),]["last_day"] == date(2024, 5, 31)


async def test_quarters_stand_in_the_area_of_the_day(graph: Graph) -> None:
    """An area holds the quarters that are part of it on the day."""
    await check_quarters(graph, R35)
