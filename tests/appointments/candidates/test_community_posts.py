"""Candidates for a community's organizations (R21 to R23): bars, missing facts, order."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.reading.graph import Graph
from tests.appointments.candidates.helpers_candidates import again, rows_of, state
from tests.oracle.scene import COMMUNITY, DISTRICT, ORG, RESIDENTS, SOURCE, STREET, Scene, post
from tests.strategies import DAY, TOMORROW

R21, R22 = "candidates_part_time_member", "candidates_unified_community_post"
R23 = "candidates_extended_committee"
FIRST, SECOND = "q-990101-01", "q-990101-02"


def person(n: int) -> str:
    return f"p-990101-{n}"


def part_time(n: int) -> tuple[str, str, str, str]:
    """The key of a head's row for part-time member."""
    return person(n), ORG, "part_time_member", person(n)


async def test_heads_in_the_party_for_part_time_member(graph: Graph) -> None:
    """Chairs and managers; a full seat bars, and the firm of an owner's seat; no other rows."""
    scene = Scene(6)
    statuses = {1: "full", 2: "probationary", 3: None, 4: "none", 5: "full", 6: "full", 7: "full", 8: "full"}
    for serial, status in statuses.items():
        scene.person(serial, party_status=status)
    for n in range(1, 6):
        scene.seat(n, "chair", f"oc-{n}")
    scene.seat(6, "project_manager", "pp-1")
    scene.seat(7, "member", "oc-1")
    scene.seat(8, "chair", "oc-6")
    scene.seat(8, "part_time_member", ORG)
    scene.seat(1, "member", RESIDENTS)
    scene.link("p-6", "EMPLOYED_BY", "pf-1", kind="employee")
    job = scene.link("p-5", "EMPLOYED_BY", "pf-5", kind="employee")
    runs = scene.seat(5, "staff", "pp-5")
    found = await rows_of(graph, scene, R21)
    assert {k: (state(row), row["from_body"]) for k, row in found.items()} == {
        part_time(1): (["R24"], "oc-990101-1"),
        part_time(2): ("free", "oc-990101-2"),
        part_time(3): ([f"{person(3)}.party_status"], "oc-990101-3"),
        part_time(5): (["R27", "R29"], "oc-990101-5"),
        part_time(6): ("free", "pp-990101-1"),
    }
    assert [post(5, "chair", "oc-5"), job, runs] == found[part_time(5)]["evidence"]
    assert found[part_time(2)]["owner"] is None
    everybody = await again(graph, R21, who="all")
    assert {*found, part_time(7)} == set(everybody)
    one = await again(graph, R21, subject=person(2))
    assert one == {part_time(2): found[part_time(2)]}
    assert found == await again(graph, R21, area=COMMUNITY)
    assert await again(graph, R21, area=STREET, subject=person(4)) == {}


async def test_heads_as_of_the_day(graph: Graph) -> None:
    """Posts of head, part-time and full member, and Party dates, with exclusive ends."""
    scene = Scene(5)
    spells: dict[int, dict[str, Any]] = {1: {"until": DAY}, 2: {"since": TOMORROW}, 3: {"since": DAY}}
    for serial, spell in spells.items():
        scene.person(serial, party_status="full")
        scene.seat(serial, "chair", f"oc-{serial}", **spell)
    scene.person(4, party_status="full", party_full_on=TOMORROW)
    scene.person(5, party_status="full", party_joined_on=TOMORROW)
    for serial in (4, 5):
        scene.seat(serial, "chair", f"oc-{serial}")
    scene.seat(4, "part_time_member", ORG, until=DAY)
    scene.seat(3, "secretary", ORG, since=TOMORROW)
    found = await rows_of(graph, scene, R21)
    assert {k: (state(row), row["party"]) for k, row in found.items()} == {
        part_time(3): ("free", "full"),
        part_time(4): ("free", "probationary"),
    }
    later = await again(graph, R21, TOMORROW)
    assert {k: state(row) for k, row in later.items()} == {
        part_time(2): "free",
        part_time(3): ["R24"],
        part_time(4): "free",
        part_time(5): "free",
    }


def unify(scene: Scene, n: int, **secretary: Any) -> str:
    """A further community with a secretary and a director, both by number."""
    b, area = scene.builder, f"990101001{n:03}"
    b.node(area, level="community")
    b.edge(area, "PART_OF", STREET)
    b.node(f"po-990101-c{n}", level="community", tier="committee")
    b.node(f"rc-990101-c{n}")
    for prefix, serial, role in (("po", n, "secretary"), ("rc", n + 50, "director")):
        b.edge(f"{prefix}-990101-c{n}", "COVERS", area)
        if person(serial) not in b.nodes:
            scene.person(serial, **secretary)
        scene.seat(serial, role, f"{prefix}-990101-c{n}")
    quarter = b.node(f"q-990101-c{n}")
    b.edge(quarter, "PART_OF", area)
    return area


def director(n: int) -> tuple[str, str, str, str]:
    return f"990101001{n:03}", f"rc-990101-c{n}", "director", person(n)


def secretary(n: int) -> tuple[str, str, str, str]:
    return f"990101001{n:03}", f"po-990101-c{n}", "secretary", person(n + 50)


async def test_secretary_for_director_and_director_for_secretary_before_2026(graph: Graph) -> None:
    """A resident, no official, on no board; the director a full Party member of a year."""
    scene = Scene(1, bodies="")
    b = scene.builder
    fulls = {60: date(2024, 6, 30), 61: date(2024, 7, 1)}
    for serial in (60, 61, 62, 63):
        status = None if serial == 63 else "full"
        scene.person(serial, party_status=status, party_full_on=fulls.get(serial))
    scene.person(64, party_status="none")
    areas = {n: unify(scene, n) for n in (10, 11, 12, 13)}
    unify(scene, 14, public_post="civil_servant")
    for n in (10, 13, 14):
        b.edge(person(n), "LIVES_IN", f"q-990101-c{n}")
    b.edge(person(12), "LIVES_IN", "q-990101-c12", until=DAY)
    scene.complete(areas[11], "residence")
    board = b.node("sc-990101-13", kind="residents")
    b.edge(board, "COVERS", areas[13])
    watches = scene.seat(13, "chair", board)
    found = await rows_of(graph, scene, R22, resident_required=True)
    assert {k: state(row) for k, row in found.items()} == {
        director(10): "free",
        director(11): ["not_resident"],
        director(12): [f"residence@{areas[12]}"],
        director(13): ["R32"],
        director(14): ["R31"],
        secretary(10): "free",
        secretary(12): [f"{person(62)}.party_full_on"],
        secretary(13): [f"{person(63)}.party_status"],
    }
    assert found[director(11)]["evidence"] == [
        post(11, "secretary", "po-990101-c11"),
        f"{areas[11]}~COMPLETE_IN~{SOURCE}~residence",
    ]
    assert watches in found[director(13)]["evidence"]
    anybody = await again(graph, R22, min_years=0)
    assert [state(anybody[director(n)]) for n in (10, 11, 12)] == [
        "free",
        [f"residence@{areas[11]}"],
        [f"residence@{areas[12]}"],
    ]
    assert secretary(11) in anybody
    here = {k: row for k, row in found.items() if k[0] == areas[10]}
    assert here == await again(graph, R22, subject=areas[10], resident_required=True)
    assert here == await again(graph, R22, area=areas[10], resident_required=True)
    assert found == await again(graph, R22, area=DISTRICT, resident_required=True)


async def test_a_community_worker_of_six_months_is_free_for_director_since_2026(graph: Graph) -> None:
    """Who has worked there that long, from a known day on, needs no home there."""
    scene = Scene(1, bodies="")
    months = {10: date(2024, 12, 30), 11: date(2025, 1, 1), 12: None}
    for n, since in months.items():
        unify(scene, n)
        scene.seat(n, "community_worker", f"rc-990101-c{n}", since=since)
    found = await rows_of(graph, scene, R22)
    assert {n: state(found[director(n)]) for n in months} == {
        10: "free",
        11: ["residence@990101001011"],
        12: ["residence@990101001012"],
    }
    assert post(10, "community_worker", "rc-990101-c10") in found[director(10)]["evidence"]
    none = await again(graph, R22, worker_months=0)
    assert state(none[director(10)]) == ["residence@990101001010"]


async def test_who_holds_both_posts_is_no_candidate(graph: Graph) -> None:
    """One person in both posts leaves no one; the post that ended today no longer counts."""
    scene = Scene(1, bodies="")
    scene.person(1, party_status="full", party_full_on=date(2000, 1, 1))
    scene.seat(1, "secretary", ORG)
    scene.seat(1, "director", RESIDENTS, until=TOMORROW)
    assert await rows_of(graph, scene, R22) == {}
    after = await again(graph, R22, TOMORROW)
    assert {k[2]: state(row) for k, row in after.items()} == {"director": [f"residence@{COMMUNITY}"]}


async def test_heads_of_co_builders_chairs_and_managers(graph: Graph) -> None:
    """Secretaries of co-building units and quarters, chairs, managers; full members are barred."""
    scene = Scene(2)
    b = scene.builder
    for serial in range(1, 12):
        scene.person(serial, party_status={6: "none", 7: None}.get(serial, "full"))
    levels = {1: "unit", 2: "sector", 3: "unit", 4: "quarter"}
    for n, level in levels.items():
        body = b.node(f"po-990101-u{n}", level=level, tier="branch")
        scene.seat(n, "secretary", body)
        if n < 4:
            unit = b.node(f"u-990101-{n}")
            b.edge(body, "COVERS", unit)
            b.edge(unit, "CO_BUILDS", ORG, **({"until": DAY} if n == 3 else {}))
    b.edge("po-990101-u4", "CO_BUILDS", ORG)
    manager = "project_manager"
    posts = {
        5: ("chair", "oc-1"),
        6: ("chair", "oc-2"),
        7: (manager, "pp-1"),
        8: (manager, "pp-2"),
        9: ("member", "oc-1"),
        10: ("staff", "pp-1"),
    }
    for serial, (role, body) in posts.items():
        scene.seat(serial, role, body)
    scene.seat(8, "deputy_secretary", ORG)
    scene.seat(11, "secretary", "po-u1")
    scene.seat(11, "part_time_member", ORG)
    found = await rows_of(graph, scene, R23)
    assert [(row["candidate"], row["from_body"], state(row)) for row in found.values()] == [
        (person(1), "po-990101-u1", "free"),
        (person(4), "po-990101-u4", "free"),
        (person(5), "oc-990101-1", "free"),
        (person(7), "pp-990101-1", [f"{person(7)}.party_status"]),
        (person(8), "pp-990101-2", ["R24"]),
    ]
    assert {(row["subject"], row["body"], row["role"]) for row in found.values()} == {
        (ORG, ORG, "part_time_member")
    }
    assert found == await again(graph, R23, subject=ORG)
    assert found == await again(graph, R23, area=COMMUNITY)
    assert await again(graph, R23, subject="po-990101-1") == {}
