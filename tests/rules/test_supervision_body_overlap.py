"""R32: who supervises does not sit in what is supervised; hand-made cases with exact ids."""

from __future__ import annotations

from typing import Any

from graph.reading.graph import Graph
from tests.oracle.scene import COMMUNITY, DISTRICT, ORG, RESIDENTS, STREET, Scene, post
from tests.rules.scenes.ask import again, rows_of
from tests.rules.scenes.posts import AREAS, WITHIN, moved_quarters, quarter
from tests.strategies import DAY, TOMORROW, YESTERDAY

RULE = "supervision_body_overlap"
EARLIER: dict[str, Any] = {"kin_scope": "none", "residents_barred": False}
"""As before 2026: relatives are not looked at, and the residents' side is only worth a look."""
OTHER = "990101001002"


def person(n: int) -> str:
    return f"p-990101-{n}"


def board(n: int) -> str:
    return f"sc-990101-{n}"


def boards(quarters: int = 2) -> Scene:
    """An owners' supervision committee per quarter, number 90 for the residents."""
    scene = Scene(quarters)
    for number in range(1, quarters + 1):
        scene.builder.node(board(number), kind="owners")
        scene.builder.edge(board(number), "COVERS", quarter(number))
    scene.builder.node(board(90), kind="residents")
    scene.builder.edge(board(90), "COVERS", COMMUNITY)
    scene.people(*range(1, 30))
    return scene


async def test_overlap_fails_in_the_same_place_only(graph: Graph) -> None:
    """Each body that is supervised makes a fail; other places, other kinds and alternates none."""
    scene = boards()
    own = {
        1: ("chair", "oc-1"),
        2: ("staff", "pp-1"),
        3: ("alternate", "oc-1"),
        4: ("member", "oc-2"),
        5: ("member", RESIDENTS),
        6: ("secretary", "po-1"),
    }
    for serial, (role, body) in own.items():
        scene.seat(serial, "member", "sc-1")
        scene.seat(serial, role, body)
    residents = {
        11: ("committee_member", ORG),
        12: ("director", RESIDENTS),
        13: ("member", "oc-1"),
        14: ("community_worker", RESIDENTS),
        15: ("part_time_member", ORG),
        16: ("secretary", "po-1"),
    }
    for serial, (role, body) in residents.items():
        scene.seat(serial, "chair", "sc-90")
        scene.seat(serial, role, body)
    scene.seat(1, "chair", "sc-1")
    scene.seat(1, "project_manager", "pp-1")
    scene.seat(20, "chair", "oc-1")
    scene.complete(COMMUNITY, "post")
    found = await rows_of(graph, scene, RULE, **EARLIER)
    assert {key: row["findings"] for key, row in found.items() if row["verdict"] == "fail"} == {
        (person(1), board(1)): ["owners_committee", "property"],
        (person(2), board(1)): ["property"],
        (person(11), board(90)): ["party_committee"],
        (person(12), board(90)): ["residents_committee"],
    }
    passed = {(person(n), board(1)) for n in (3, 4, 5, 6)}
    passed |= {(person(n), board(90)) for n in (13, 14, 15, 16)}
    assert {key for key, row in found.items() if row["verdict"] == "pass"} == passed
    assert len(found) == 12
    assert found[person(1), board(1)]["evidence"] == [
        post(1, "chair", "sc-1"),
        post(1, "member", "sc-1"),
        post(1, "chair", "oc-1"),
        post(1, "project_manager", "pp-1"),
    ]
    assert found[person(1), board(1)]["area"] == COMMUNITY


async def test_what_has_to_be_listed_for_a_pass(graph: Graph) -> None:
    """Each body's posts, or that there is none; the person's own list; what is supervised."""
    scene = boards(9)
    b = scene.builder
    for number in (4, 5, 6):  # bare quarters
        for edge in (
            f"oc-990101-{number}~COVERS~{quarter(number)}",
            f"pp-990101-{number}~SERVES~{quarter(number)}",
        ):
            del b.edges[edge]
    for number in range(1, 10):
        scene.seat(number, "member", f"sc-{number}")
    scene.complete("oc-2", "post")
    scene.complete("pp-2", "post")
    scene.complete("oc-3", "post")
    scene.complete(quarter(5), "owners_committee", "property_project")
    scene.complete(quarter(6), "post")
    scene.complete(person(7), "post")
    del b.edges[f"{board(8)}~COVERS~{quarter(8)}"]
    scene.seat(7, "member", "sc-8")
    b.edge(quarter(9), "COMPLETE_IN", "d-990101-register", until=DAY, subject="post")
    for body in ("oc-990101-9", "pp-990101-9"):
        b.edge(body, "COMPLETE_IN", "d-990101-register", since=TOMORROW, subject="post")
    scene.seat(20, "chair", "sc-90")
    found = await rows_of(graph, scene, RULE, **EARLIER)
    nine = ["post@oc-990101-9", "post@pp-990101-9"]
    assert {(key[1], key[0]): row["missing"] for key, row in found.items()} == {
        (board(1), person(1)): ["post@oc-990101-1", "post@pp-990101-1"],
        (board(2), person(2)): [],
        (board(3), person(3)): ["post@pp-990101-3"],
        (board(4), person(4)): [f"owners_committee@{quarter(4)}", f"property_project@{quarter(4)}"],
        (board(5), person(5)): [],
        (board(6), person(6)): [],
        (board(7), person(7)): [],
        (board(8), person(8)): [f"quarter@{board(8)}"],
        (board(8), person(7)): [f"quarter@{board(8)}"],
        (board(9), person(9)): nine,
        (board(90), person(20)): [f"post@{ORG}", f"post@{RESIDENTS}"],
    }
    for as_of in (YESTERDAY, TOMORROW):
        assert (await again(graph, RULE, as_of, **EARLIER))[person(9), board(9)]["verdict"] == "pass"


async def test_residents_committees_that_are_not_there(graph: Graph) -> None:
    """Without the two committees a list has to say so; without a community nothing is known."""
    scene = boards(1)
    b = scene.builder
    for serial, (area, level) in enumerate(
        (("990101001002", "community"), ("990101001003", "community"), (STREET, "subdistrict")), 1
    ):
        if area != STREET:
            b.node(area, level=level)
            b.edge(area, "PART_OF", STREET)
        b.node(board(50 + serial), kind="residents")
        b.edge(board(50 + serial), "COVERS", area)
        scene.seat(serial, "member", f"sc-{50 + serial}")
    scene.complete("990101001003", "party_organization")
    b.node("po-990101-50", level="quarter", tier="branch")
    b.edge("po-990101-50", "COVERS", "990101001002")
    found = await rows_of(graph, scene, RULE, **EARLIER)
    assert {key[1]: row["missing"] for key, row in found.items()} == {
        board(51): ["party_organization@990101001002", "post@990101001002"],
        board(52): ["post@990101001003"],
        board(53): [f"area@{board(53)}"],
    }


async def test_days_and_places(graph: Graph) -> None:
    """Ends of seats and of what bodies cover are exclusive; an area has the rows of its boards."""
    scene = moved_quarters()
    b = scene.builder
    for number in AREAS:
        b.node(board(number), kind="owners")
        b.edge(board(number), "COVERS", quarter(number))
        scene.people(number)
        scene.seat(number, "member", f"sc-{number}")
    b.node("oc-990101-1", kind="owners_committee")
    b.edge("oc-990101-1", "COVERS", quarter(1), until=DAY)
    b.edge("oc-990101-1", "COVERS", quarter(4), since=DAY)
    scene.seat(1, "member", "oc-1")
    scene.seat(4, "member", "oc-1", until=DAY)
    scene.seat(4, "chair", "oc-1", since=TOMORROW)
    for serial, spell in ((11, {"until": DAY}), (12, {"since": TOMORROW})):
        scene.people(serial)
        scene.seat(serial, "member", "sc-1", **spell)
        b.node(board(serial), kind="owners")
        b.edge(board(serial), "COVERS", quarter(1), **spell)
        scene.people(serial + 10)
        scene.seat(serial + 10, "member", f"sc-{serial}")
        b.edge(person(serial + 10), "COMPLETE_IN", "d-990101-register", subject="post", **spell)
    b.edge(person(1), "COMPLETE_IN", "d-990101-register", subject="post", until=DAY)
    b.edge(person(2), "COMPLETE_IN", "d-990101-register", subject="post", since=TOMORROW)
    found = await rows_of(graph, scene, RULE, **EARLIER)
    areas = {(person(n), board(n)): area for n, area in AREAS.items()}
    ended = {(person(21), board(11)): None, (person(22), board(12)): None}
    assert {key: row["area"] for key, row in found.items()} == {**areas, **ended}
    assert {row["verdict"] for row in found.values()} == {"unknown"}
    for area in (DISTRICT, STREET, COMMUNITY, OTHER):
        within = {(person(n), board(n)) for n in WITHIN[area]}
        assert await again(graph, RULE, area=area, **EARLIER) == {
            k: row for k, row in found.items() if k in within
        }
    before = await again(graph, RULE, YESTERDAY, **EARLIER)
    assert before[person(1), board(1)]["verdict"] == "fail"
    assert before[person(4), board(4)]["verdict"] == "unknown"
    assert (person(11), board(1)) in before
    after = await again(graph, RULE, TOMORROW, **EARLIER)
    assert after[person(4), board(4)]["evidence"] == [post(4, "member", "sc-4"), post(4, "chair", "oc-1")]


async def test_a_board_watches_the_quarters_of_the_day(graph: Graph) -> None:
    """What it covers, or what lies there; the lists of an area count for what lies in it."""
    scene = moved_quarters()
    b = scene.builder
    covers: dict[int, tuple[str, dict[str, Any]]] = {
        50: (COMMUNITY, {}),
        51: (quarter(1), {"until": DAY}),
        52: (quarter(1), {"since": TOMORROW}),
        53: (quarter(2), {}),
        54: (quarter(3), {}),
    }
    for number, (place, spell) in covers.items():
        b.node(board(number), kind="owners")
        b.edge(board(number), "COVERS", place, **spell)
        scene.people(number)
        scene.seat(number, "member", f"sc-{number}")
    scene.people(55)
    scene.seat(55, "member", "sc-50", until=DAY)
    scene.seat(55, "chair", "sc-50", since=DAY)

    def missing(*numbers: int) -> list[str]:
        subjects = ("owners_committee", "property_project")
        return [f"{subject}@{quarter(n)}" for subject in subjects for n in numbers]

    found = await rows_of(graph, scene, RULE, **EARLIER)
    open_lists = {
        50: missing(1, 4),
        51: [f"quarter@{board(51)}"],
        52: [f"quarter@{board(52)}"],
        53: missing(2),
        54: missing(3),
    }
    expected = {(person(n), board(n)): lists for n, lists in open_lists.items()}
    assert {key: row["missing"] for key, row in found.items()} == {
        **expected,
        (person(55), board(50)): missing(1, 4),
    }
    assert found[person(55), board(50)]["evidence"] == [post(55, "chair", "sc-50")]
    scene.complete(COMMUNITY, "post")
    listed = await rows_of(graph, scene, RULE, **EARLIER)
    assert {key[1] for key, row in listed.items() if row["verdict"] == "pass"} == {board(50)}


async def test_a_seat_on_the_residents_committee_is_a_breach_since_2026(graph: Graph) -> None:
    """Art. 36 (2025) names the residents' committee; the Party committee and owners are a look."""
    scene = boards(1)
    for serial, (role, body, board_) in enumerate(
        (("director", RESIDENTS, "sc-90"), ("secretary", ORG, "sc-90"), ("chair", "oc-1", "sc-1")), 1
    ):
        scene.seat(serial, "member", board_)
        scene.seat(serial, role, body)
    found = await rows_of(graph, scene, RULE)
    assert [(key[0], row["findings"], row["severity"]) for key, row in found.items()] == [
        (person(3), ["owners_committee"], "warning"),
        (person(1), ["residents_committee"], "violation"),
        (person(2), ["party_committee"], "warning"),
    ]
    before = await again(graph, RULE, **EARLIER)
    assert {row["severity"] for row in before.values()} == {"warning"}


async def test_near_relatives_of_the_residents_committee_may_not_supervise_it(graph: Graph) -> None:
    """From either end of the kinship; in-laws, workers, and the Party committee do not count."""
    scene = boards(1)
    kin = {1: "spouse", 2: "parent", 3: "grandparent", 4: "sibling", 5: "parent_in_law"}
    for serial in (*kin, 6, 7, 8):
        scene.seat(serial, "member", "sc-90")
    scene.seat(20, "deputy_director", RESIDENTS)
    scene.seat(21, "community_worker", RESIDENTS)
    scene.seat(22, "secretary", ORG)
    for serial, relation in kin.items():
        ends = ("p-20", f"p-{serial}") if serial % 2 else (f"p-{serial}", "p-20")
        scene.link(ends[0], "RELATED_TO", ends[1], relation=relation)
    scene.link("p-6", "RELATED_TO", "p-21", relation="spouse")
    scene.link("p-7", "RELATED_TO", "p-22", relation="spouse")
    scene.complete(COMMUNITY, "post", "kinship")
    found = await rows_of(graph, scene, RULE)
    barred = {k[0]: r["findings"] for k, r in found.items() if r["verdict"] == "fail"}
    assert barred == {person(n): ["relative"] for n in (1, 2, 3, 4)}
    assert [found[person(n), board(90)]["verdict"] for n in (5, 6, 7, 8)] == ["pass"] * 4
    row = found[person(2), board(90)]
    assert (row["severity"], row["relatives"]) == ("violation", [post(20, "deputy_director", RESIDENTS)])
    assert row["evidence"] == [post(2, "member", "sc-90"), f"{person(2)}~RELATED_TO~{person(20)}~parent"]
    lineal = await again(graph, RULE, kin_scope="spouse_lineal")
    assert {k[0] for k, r in lineal.items() if r["verdict"] == "fail"} == {person(n) for n in (1, 2, 3)}
    nobody = await again(graph, RULE, kin_scope="none")
    assert {r["verdict"] for r in nobody.values()} == {"pass"}


async def test_kinship_that_is_not_listed_is_unknown_never_guessed(graph: Graph) -> None:
    """A pass needs the list of the person, of the place, or of every member of the committee."""
    scene = boards(1)
    for serial in (1, 2, 3):
        scene.seat(serial, "member", "sc-90")
    scene.seat(20, "director", RESIDENTS)
    scene.seat(21, "member", RESIDENTS)
    scene.complete(COMMUNITY, "post")
    scene.complete(person(1), "kinship")
    scene.complete(person(20), "kinship")
    b = scene.builder
    b.edge(person(2), "COMPLETE_IN", "d-990101-register", until=DAY, subject="kinship")
    b.edge(person(21), "COMPLETE_IN", "d-990101-register", since=TOMORROW, subject="kinship")
    found = await rows_of(graph, scene, RULE)
    assert {key[0]: (row["verdict"], row["missing"]) for key, row in found.items()} == {
        person(1): ("pass", []),
        person(2): ("unknown", [f"kinship@{person(2)}"]),
        person(3): ("unknown", [f"kinship@{person(3)}"]),
    }
    before, after = await again(graph, RULE, YESTERDAY), await again(graph, RULE, TOMORROW)
    assert [before[person(n), board(90)]["verdict"] for n in (2, 3)] == ["pass", "unknown"]
    assert {row["verdict"] for row in after.values()} == {"pass"}


async def test_the_list_of_a_place_counts_within_its_spell(graph: Graph) -> None:
    """A list of kinship that ended today, and one that begins tomorrow."""
    scene = boards(1)
    scene.seat(1, "member", "sc-90")
    scene.seat(20, "director", RESIDENTS)
    scene.complete(COMMUNITY, "post")
    for place, spell in ((COMMUNITY, {"until": DAY}), (STREET, {"since": TOMORROW})):
        scene.builder.edge(place, "COMPLETE_IN", "d-990101-register", subject="kinship", **spell)
    await rows_of(graph, scene, RULE)
    found = {day: (await again(graph, RULE, day))[person(1), board(90)] for day in (YESTERDAY, DAY, TOMORROW)}
    assert [row["verdict"] for row in found.values()] == ["pass", "unknown", "pass"]
    assert found[DAY]["missing"] == [f"kinship@{person(1)}"]


async def test_who_is_known_to_sit_nowhere_else_may_still_have_a_relative_there(graph: Graph) -> None:
    """A person's own list of posts says nothing of who sits on the residents' committee."""
    scene = boards(1)
    scene.seat(1, "member", "sc-90")
    scene.complete(person(1), "post", "kinship")
    found = await rows_of(graph, scene, RULE)
    assert found[person(1), board(90)]["missing"] == [f"post@{RESIDENTS}"]
    scene.complete(RESIDENTS, "post")
    found = await rows_of(graph, scene, RULE)
    assert found[person(1), board(90)]["verdict"] == "pass"


async def test_kinship_and_the_relatives_seat_count_within_their_spells(graph: Graph) -> None:
    """Ends are exclusive: a kinship that ended today and a seat that begins tomorrow bar no one."""
    scene = boards(1)
    spells: dict[int, dict[str, Any]] = {1: {"until": DAY}, 2: {"since": TOMORROW}, 3: {}, 4: {}}
    seats: dict[int, dict[str, Any]] = {3: {"until": DAY}, 4: {"since": TOMORROW}}
    for serial, spell in spells.items():
        scene.seat(serial, "member", "sc-90")
        scene.seat(serial + 10, "member", RESIDENTS, **seats.get(serial, {}))
        scene.link(f"p-{serial}", "RELATED_TO", f"p-{serial + 10}", relation="sibling", **spell)
    scene.complete(COMMUNITY, "post", "kinship")
    today = await rows_of(graph, scene, RULE)
    assert {row["verdict"] for row in today.values()} == {"pass"}
    before, after = await again(graph, RULE, YESTERDAY), await again(graph, RULE, TOMORROW)
    assert {k[0] for k, r in before.items() if r["verdict"] == "fail"} == {person(1), person(3)}
    assert {k[0] for k, r in after.items() if r["verdict"] == "fail"} == {person(2), person(4)}
