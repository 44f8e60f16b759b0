"""R41: one membership per person, by hand-made cases with exact ids."""

from __future__ import annotations

from graph.reading.graph import Graph
from tests.oracle.scene import COMMUNITY, DISTRICT, ORG, SOURCE, STREET, Scene
from tests.rules.scenes.ask import again, rows_of
from tests.strategies import DAY, TOMORROW, YESTERDAY

RULE = "party_member_double_counted"
OTHER = "990101001002"
FIRST, SECOND, THIRD, FOURTH = (f"q-990101-{n:02}" for n in range(1, 5))
BRANCH, FUNCTIONAL = "po-990101-1", "po-990101-9"


def person(n: int) -> str:
    return f"p-990101-{n}"


def membership(n: int, body: str, spell: int = 1) -> str:
    tail = "" if spell == 1 else f"~{spell}"
    return f"p-990101-{n}~MEMBER_OF~{body}{tail}"


def members() -> Scene:
    """Persons 1 to 14 in quarters with and without a register of memberships."""
    scene = Scene(4, bodies="")
    b = scene.builder
    b.node(OTHER, level="community")
    b.edge(OTHER, "PART_OF", STREET)
    for body, tier in ((BRANCH, "branch"), (FUNCTIONAL, "functional_branch")):
        b.node(body, level="quarter", tier=tier)
    scene.people(*range(1, 13))
    homes = {1: FIRST, 2: FIRST, 3: SECOND, 4: FIRST, 5: FIRST, 6: FIRST, 7: FIRST, 8: FIRST, 9: SECOND}
    for serial, quarter in homes.items():
        b.edge(person(serial), "LIVES_IN", quarter)
    for serial in (1, 2, 3, 4, 5, 8, 9, 10, 11, 12):
        b.edge(person(serial), "MEMBER_OF", BRANCH)
    b.edge(person(1), "MEMBER_OF", ORG)
    b.edge(person(4), "MEMBER_OF", FUNCTIONAL)
    b.edge(person(5), "MEMBER_OF", BRANCH, spell=2)
    scene.people(15)
    b.edge(person(15), "LIVES_IN", FIRST)
    for spell in (1, 2):
        b.edge(person(15), "MEMBER_OF", FUNCTIONAL, spell=spell)
    # A home recorded twice, in a quarter without a list and in one with it; two lists of one's own.
    for serial, home in ((16, SECOND), (17, FIRST), (18, SECOND), (19, SECOND)):
        scene.people(serial)
        b.edge(person(serial), "MEMBER_OF", BRANCH)
        for spell in (1, 2):
            b.edge(person(serial), "LIVES_IN", home, spell=spell)
    for serial, spells in ((18, (1, 2)), (19, (2, 1))):
        for spell in spells:
            b.edge(person(serial), "COMPLETE_IN", SOURCE, subject="membership", spell=spell)
    b.edge(person(7), "MEMBER_OF", BRANCH, until=DAY)
    b.edge(person(7), "MEMBER_OF", ORG, since=DAY)
    b.edge(person(8), "MEMBER_OF", ORG, since=TOMORROW)
    b.edge(person(11), "LIVES_IN", FIRST, until=DAY)
    b.edge(person(12), "LIVES_IN", FIRST, since=TOMORROW)
    for serial, spell in ((13, {"until": DAY}), (14, {"since": TOMORROW})):  # no members today
        scene.people(serial)
        b.edge(person(serial), "LIVES_IN", FIRST)
        b.edge(person(serial), "MEMBER_OF", BRANCH, **spell)
    scene.complete(FIRST, "membership")
    scene.complete("p-9", "membership")
    return scene


async def test_more_than_one_membership_fails_and_one_passes_where_listed(graph: Graph) -> None:
    """Two organizations, a functional branch beside the own, two periods: three kinds of fail."""
    found = await rows_of(graph, members(), RULE)
    assert {key[0]: row["verdict"] for key, row in found.items()} == {
        person(1): "fail",
        person(2): "pass",
        person(3): "unknown",
        person(4): "fail",
        person(5): "fail",
        person(7): "pass",
        person(8): "pass",
        person(9): "pass",
        person(10): "unknown",
        person(11): "unknown",
        person(12): "unknown",
        person(15): "fail",
        person(16): "unknown",
        person(17): "pass",
        person(18): "pass",
        person(19): "pass",
    }
    assert {n: found[person(n),]["findings"] for n in (1, 2, 4, 5, 15)} == {
        1: ["organizations"],
        2: [],
        4: ["organizations", "functional"],
        5: ["periods"],
        15: ["periods"],
    }
    assert found[person(1),]["organizations"] == [BRANCH, ORG]
    assert found[person(5),]["organizations"] == [BRANCH]
    assert [membership(1, BRANCH), membership(1, ORG)] == found[person(1),]["evidence"]
    assert [membership(5, BRANCH), membership(5, BRANCH, 2)] == found[person(5),]["evidence"]
    register = f"{FIRST}~COMPLETE_IN~{SOURCE}~membership"
    assert [membership(2, BRANCH), register] == found[person(2),]["evidence"]
    own = f"{person(9)}~COMPLETE_IN~{SOURCE}~membership"
    assert [membership(9, BRANCH), own] == found[person(9),]["evidence"]
    assert [membership(17, BRANCH), register] == found[person(17),]["evidence"]
    for n in (18, 19):
        lists = [f"{person(n)}~COMPLETE_IN~{SOURCE}~membership{tail}" for tail in ("", "~2")]
        assert [membership(n, BRANCH), *lists] == found[person(n),]["evidence"]
    assert {n: found[person(n),]["missing"] for n in (2, 3, 10, 11, 16)} == {
        2: [],
        3: [f"membership@{SECOND}"],
        16: [f"membership@{SECOND}"],
        10: [f"membership@{person(10)}"],
        11: [f"membership@{person(11)}"],
    }
    assert [found[person(n),]["area"] for n in (1, 10)] == [COMMUNITY, None]


async def test_days_and_number_allowed(graph: Graph) -> None:
    """Ends are exclusive, and the number of memberships allowed is inclusive."""
    scene = members()
    await rows_of(graph, scene, RULE)
    tomorrow = await again(graph, RULE, TOMORROW)
    before = await again(graph, RULE, YESTERDAY)
    assert {n: tomorrow[person(n),]["verdict"] for n in (7, 8, 12)} == {7: "pass", 8: "fail", 12: "pass"}
    assert {n: before[person(n),]["verdict"] for n in (7, 11)} == {7: "pass", 11: "pass"}
    two = await again(graph, RULE, most=2)
    assert {"pass", "unknown"} == {row["verdict"] for row in two.values()}
    assert two[person(1),]["verdict"] == "pass"


async def test_registers_and_places_count_while_they_last(graph: Graph) -> None:
    """A list closed at the area counts below it; ended today or begun tomorrow it does not."""
    scene = members()
    b = scene.builder
    b.edge(SECOND, "COMPLETE_IN", SOURCE, until=DAY, subject="membership")
    b.edge(THIRD, "COMPLETE_IN", SOURCE, since=TOMORROW, subject="membership")
    b.edge(OTHER, "COMPLETE_IN", SOURCE, since=DAY, subject="membership")
    scene.complete(SECOND, "report")
    homes = {20: THIRD, 21: FOURTH, 22: "q-990101-50", 23: "q-990101-51", 24: THIRD, 25: THIRD}
    for serial, quarter in homes.items():
        scene.people(serial)
        if quarter not in b.nodes:
            b.node(quarter)
        b.edge(person(serial), "LIVES_IN", quarter)
        b.edge(person(serial), "MEMBER_OF", BRANCH)
    b.edge(f"{FOURTH}", "PART_OF", OTHER)  # two areas: a mistake that asks for the nearer one
    b.edge("q-990101-50", "PART_OF", COMMUNITY, until=DAY)
    b.edge("q-990101-50", "PART_OF", OTHER, since=DAY)
    b.edge("q-990101-51", "PART_OF", OTHER, since=TOMORROW)
    b.edge(person(23), "COMPLETE_IN", SOURCE, until=DAY, subject="membership")
    b.edge(person(24), "COMPLETE_IN", SOURCE, since=TOMORROW, subject="membership")
    b.edge(person(25), "COMPLETE_IN", SOURCE, since=DAY, subject="membership")
    found = await rows_of(graph, scene, RULE)
    assert {n: found[person(n),]["verdict"] for n in (3, *homes)} == {
        3: "unknown",
        20: "unknown",
        21: "pass",
        22: "pass",
        23: "unknown",
        24: "unknown",
        25: "pass",
    }
    assert {n: found[person(n),]["area"] for n in (21, 22, 23)} == {21: COMMUNITY, 22: OTHER, 23: None}


async def test_area_gives_the_rows_of_its_residents(graph: Graph) -> None:
    """With an area come the same rows as filtered, of a second home too; others are left out."""
    scene = members()
    b = scene.builder
    places = {"50": {"since": DAY}, "51": {"until": DAY}, "52": {"since": TOMORROW}}
    for number, (name, spell) in enumerate(places.items(), start=31):
        quarter = b.node(f"q-990101-{name}")
        b.edge(quarter, "PART_OF", OTHER, **spell)
        scene.people(number)
        b.edge(person(number), "MEMBER_OF", BRANCH)
        b.edge(person(number), "LIVES_IN", quarter)
    homes = {30: {"since": DAY}, 34: {"until": DAY}, 35: {"since": TOMORROW}}
    for serial, spell in homes.items():
        scene.people(serial)
        b.edge(person(serial), "MEMBER_OF", BRANCH)
        b.edge(person(serial), "LIVES_IN", "q-990101-50", **spell)
    b.edge(person(30), "LIVES_IN", FIRST)
    everywhere = await rows_of(graph, scene, RULE)
    here = {(person(n),) for n in (1, 2, 3, 4, 5, 7, 8, 9, *range(15, 20), 30)}
    assert {k: v for k, v in everywhere.items() if k in here} == await again(graph, RULE, area=COMMUNITY)
    there = {(person(n),): everywhere[person(n),] for n in (30, 31)}
    assert there == await again(graph, RULE, area=OTHER)
    assert {*here, *there} == set(await again(graph, RULE, area=DISTRICT))
