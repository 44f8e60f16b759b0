"""R36: property service companies without a Party organization."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graph.reading.graph import Graph
from tests.oracle.asking import Row
from tests.oracle.scene import COMMUNITY, DAY, DISTRICT, STREET, Scene
from tests.rules.scenes.ask import again, rows_of
from tests.rules.scenes.posts import AREAS, SPELLS, TOMORROW, WITHIN, moved_quarters, quarter, register

R36 = "property_company_without_party_org"
SUBJECTS = ("employment", "party_organization", "post")


def firm(number: int) -> str:
    """The id of a firm of a scene."""
    return f"pf-990101-{number}"


class Firms:
    """A community with property firms that are based in it, all their lists complete there."""

    def __init__(self, number: int, *, listed: Sequence[str] = SUBJECTS) -> None:
        self.scene = Scene(1, bodies="")
        self.serial = 0
        for n in range(1, number + 1):
            self.scene.builder.node(firm(n))
            self.scene.link(firm(n), "BASED_IN", COMMUNITY)
        self.scene.complete(COMMUNITY, *listed)
        for slug, level, tier in (
            ("own", "unit", "branch"),
            ("group", "unit", "group"),
            ("bare", "unit", None),
            ("joint", "community", "joint_branch"),
            ("sector", "sector", "committee"),
        ):
            self.scene.builder.node(f"po-990101-{slug}", level=level, tier=tier)

    def staff(self, number: int, *statuses: str | None, **job: Any) -> list[str]:
        """Employees of a firm by their Party status; their ids."""
        hired = []
        for status in statuses:
            self.serial += 1
            hired.append(self.scene.person(self.serial, party_status=status))
            self.scene.link(hired[-1], "EMPLOYED_BY", firm(number), **{"kind": "employee", **job})
        return hired

    def cover(self, slug: str, *numbers: int, **spell: Any) -> None:
        """A Party organization covers firms."""
        for number in numbers:
            self.scene.link(f"po-{slug}", "COVERS", firm(number), **spell)


def shown(row: Row) -> tuple[Any, ...]:
    """Verdict, findings, severity and missing facts of a row."""
    return row["verdict"], row["findings"], row["severity"], row["missing"]


def judged(rows: dict[Any, Row]) -> list[str]:
    """In order of the firms' numbers: what was found, or the verdict."""
    ordered = [rows[firm(n),] for n in range(1, len(rows) + 1)]
    return [" ".join(row["findings"]) or row["verdict"] for row in ordered]


async def test_by_the_number_of_full_members(graph: Graph) -> None:
    """Three need their own, one or two a joint one, none an instructor; probationers are none."""
    firms = Firms(5)
    firms.staff(1, "full", "full", "full")
    firms.staff(2, "full", "full", "probationary", "none")
    firms.staff(3, "full")
    firms.staff(4, "none")
    found = await rows_of(graph, firms.scene, R36)
    assert {n: shown(found[firm(n),]) for n in range(1, 6)} == {
        1: ("fail", ["no_branch"], "warning", []),
        2: ("fail", ["not_joined"], "info", []),
        3: ("fail", ["not_joined"], "info", []),
        4: ("fail", ["no_instructor"], "info", []),
        5: ("fail", ["no_instructor"], "info", []),
    }
    lists = [register(COMMUNITY, s) for s in SUBJECTS]
    assert found[firm(1),]["evidence"] == [firm(1), *lists[:2]]
    assert found[firm(2),]["evidence"] == [firm(2), *lists[:2]]
    assert found[firm(5),]["evidence"] == [firm(5), *lists]
    assert [row["full_members"] for row in found.values()] == [3, 2, 1, 0, 0]
    two = await again(graph, R36, min=2, need_instructor_if_none=False)
    assert judged(two) == ["no_branch", "no_branch", "not_joined", "pass", "pass"]
    one = await again(graph, R36, min=1)
    assert judged(one) == ["no_branch"] * 3 + ["no_instructor"] * 2


async def test_which_organizations_count(graph: Graph) -> None:
    """An own one for all; joint, attached and industry ones below three; an instructor for none."""
    firms = Firms(15)
    for first, statuses in ((0, ["full"] * 3), (5, ["full"]), (10, [])):
        for offset in range(1, 6):
            firms.staff(first + offset, *statuses)
        for offset, slug in enumerate(("own", "bare", "group", "joint", "sector"), start=1):
            firms.cover(slug, first + offset)
    found = await rows_of(graph, firms.scene, R36)
    assert judged(found) == ["pass"] * 2 + ["no_branch"] * 3 + ["pass"] * 10
    assert found[firm(1),]["evidence"] == [firm(1), f"po-990101-own~COVERS~{firm(1)}"]
    assert [n for n in range(1, 16) if found[firm(n),]["sector"]] == [5, 10, 15]
    strict = await again(graph, R36, sector_counts=False)
    assert (strict[firm(10),]["findings"], strict[firm(15),]["findings"]) == (
        ["not_joined"],
        ["no_instructor"],
    )


async def test_instructors_of_the_day(graph: Graph) -> None:
    """An instructor is enough for a firm without members, and for no other; on the day."""
    firms = Firms(7)
    helpers = [firms.scene.person(100 + n) for n in range(1, 8)]
    for number, spell in SPELLS.items():
        firms.scene.link(helpers[number], "HOLDS_POST", firm(number), role="instructor", **spell)
    firms.staff(5, "full")
    firms.staff(6, "full", "full", "full")
    for number, role in ((5, "instructor"), (6, "instructor"), (7, "head")):
        firms.scene.link(helpers[number - 1], "HOLDS_POST", firm(number), role=role)
    found = await rows_of(graph, firms.scene, R36)
    assert judged(found) == [
        "pass",
        "no_instructor",
        "no_instructor",
        "pass",
        "not_joined",
        "no_branch",
        "no_instructor",
    ]
    post = f"{helpers[1]}~HOLDS_POST~{firm(1)}~instructor~1"
    assert found[firm(1),]["evidence"] == [firm(1), post]


async def test_staff_and_coverage_of_the_day(graph: Graph) -> None:
    """Who left today or begins tomorrow is not counted, nor who became a full member tomorrow."""
    firms = Firms(9)
    for number, spell in SPELLS.items():
        firms.staff(number, "full", **spell)
        firms.staff(number + 4, "full")
        firms.cover("own", number + 4, **spell)
    today, tomorrow = firms.staff(9, "full", "full")
    firms.scene.builder.nodes[today]["party_full_on"] = DAY
    firms.scene.builder.nodes[tomorrow]["party_full_on"] = TOMORROW
    firms.scene.link(today, "EMPLOYED_BY", firm(9), kind="seconded", spell=2)
    firms.staff(9, "full", kind="seconded")
    firms.staff(9, "full", "full", "full", kind="shareholder")
    found = await rows_of(graph, firms.scene, R36)
    assert [found[firm(n),]["full_members"] for n in range(1, 5)] == [1, 0, 0, 1]
    assert [found[firm(n),]["verdict"] for n in range(5, 9)] == ["pass", "fail", "fail", "pass"]
    assert found[firm(9),]["full_members"] == 2
    owners = await again(graph, R36, kinds=["employee", "shareholder"])
    assert (owners[firm(9),]["full_members"], owners[firm(9),]["findings"]) == (4, ["no_branch"])


async def test_staff_of_unknown_status_leave_the_row_open(graph: Graph) -> None:
    """Pass and fail only where every number that is possible gives the same."""
    firms = Firms(7)
    unknown = {
        1: firms.staff(1, "full", "full", None)[2:],
        2: firms.staff(2, "full", None)[1:],
        3: firms.staff(3, None),
        4: firms.staff(4, "full", "full", "full", None)[3:],
        5: firms.staff(5, "full", "full", None)[2:],
        6: firms.staff(6, "full", "full", None)[2:],
        7: firms.staff(7, None, None),
    }
    firms.cover("own", 5)
    firms.cover("joint", 6, 7)
    found = await rows_of(graph, firms.scene, R36)
    open_status = {n: [f"{p}.party_status" for p in persons] for n, persons in unknown.items()}
    assert {
        1: ("unknown", [], None, open_status[1]),
        2: ("fail", ["not_joined"], "info", []),
        3: ("unknown", [], None, open_status[3]),
        4: ("fail", ["no_branch"], "warning", []),
        5: ("pass", [], None, []),
        6: ("unknown", [], None, open_status[6]),
        7: ("pass", [], None, []),
    } == {n: shown(found[firm(n),]) for n in range(1, 8)}
    assert [row["not_known"] for row in found.values()] == [1, 1, 1, 1, 1, 1, 2]


async def test_lists_that_are_not_complete(graph: Graph) -> None:
    """Without the list of staff there may be more members, without the other lists a body."""
    firms = Firms(6, listed=[])
    for number, count in ((1, 3), (2, 1), (4, 3), (5, 1)):
        firms.staff(number, *["full"] * count)
    firms.scene.builder.edges.pop(f"{firm(6)}~BASED_IN~{COMMUNITY}")
    for number in (4, 5, 6):
        firms.scene.complete(firm(number), "party_organization")
    firms.scene.complete(firm(2), "employment")
    firms.scene.complete(firm(6), "employment")
    found = await rows_of(graph, firms.scene, R36)
    f = firm
    staff = {n: f"employment@{f(n)}" for n in range(1, 7)}
    bodies = {n: f"party_organization@{f(n)}" for n in range(1, 7)}
    assert {
        1: ("unknown", [], None, [bodies[1]]),
        2: ("unknown", [], None, [bodies[2]]),
        3: ("unknown", [], None, [staff[3], bodies[3], f"post@{f(3)}"]),
        4: ("fail", ["no_branch"], "warning", []),
        5: ("unknown", [], None, [staff[5]]),
        6: ("unknown", [], None, [f"post@{f(6)}"]),
    } == {n: shown(found[f(n),]) for n in range(1, 7)}
    assert found[f(6),]["area"] is None
    firms.scene.complete(STREET, "post")
    firms.scene.link(f(6), "BASED_IN", quarter(1))
    above = await rows_of(graph, firms.scene, R36)
    assert shown(above[f(6),]) == ("fail", ["no_instructor"], "info", [])


async def test_registers_of_the_day(graph: Graph) -> None:
    """Lists that ended today or begin tomorrow close nothing."""
    firms = Firms(4, listed=["party_organization", "post"])
    for number, spell in SPELLS.items():
        firms.scene.link(firm(number), "COMPLETE_IN", "d-990101-register", subject="employment", **spell)
    found = await rows_of(graph, firms.scene, R36)
    assert judged(found) == ["no_instructor", "unknown", "unknown", "no_instructor"]


async def test_firms_stand_where_they_are_based(graph: Graph) -> None:
    """A firm is found by the areas of the place where it is based on the day."""
    scene = moved_quarters()
    areas: dict[int, str | None] = dict(AREAS)
    for number in AREAS:
        scene.builder.node(firm(number))
        scene.link(firm(number), "BASED_IN", quarter(number))
    for number, spell in SPELLS.items():
        scene.builder.node(firm(number + 5))
        scene.link(firm(number + 5), "BASED_IN", DISTRICT, **spell)
        areas[number + 5] = DISTRICT if number in (1, 4) else None
    found = await rows_of(graph, scene, R36)
    assert {(firm(n),): area for n, area in areas.items()} == {key: row["area"] for key, row in found.items()}
    assert list(found) == sorted(found)
    for area, quarters in WITHIN.items():
        more = set(areas) if area is None else {6, 9} if area == DISTRICT else set()
        inside = await again(graph, R36, area=area)
        assert inside == {(firm(n),): found[firm(n),] for n in quarters | more}
