"""R33: posts per person, and quarters of one secretary; hand-made cases with exact ids."""

from __future__ import annotations

from graph.reading.graph import Graph
from tests.oracle.scene import COMMUNITY, DISTRICT, ORG, RESIDENTS, STREET, Scene, post
from tests.rules.scenes.ask import again, rows_of
from tests.strategies import DAY, TOMORROW, YESTERDAY

RULE = "too_many_posts_per_person"
OTHER = "990101001002"


def person(n: int) -> str:
    return f"p-990101-{n}"


def posts_scene() -> Scene:
    """Six quarters of a community; a grid, a building and a unit with its Party organization."""
    scene = Scene(6)
    b = scene.builder
    b.node(OTHER, level="community")
    b.edge(OTHER, "PART_OF", STREET)
    b.node("g-990101-1")
    b.edge("g-990101-1", "PART_OF", COMMUNITY)
    b.node("b-990101-1", level="building")
    b.edge("b-990101-1", "PART_OF", "q-990101-01")
    b.node("u-990101-1")
    b.edge("u-990101-1", "BASED_IN", OTHER)
    b.node("po-990101-50", level="unit", tier="branch")
    b.edge("po-990101-50", "COVERS", "u-990101-1")
    for prefix in ("sc", "t"):
        b.node(f"{prefix}-990101-1", kind={"sc": "owners", "t": "volunteer_team"}[prefix])
    b.edge("sc-990101-1", "COVERS", "q-990101-01")
    b.edge("t-990101-1", "SERVES", "q-990101-01")
    scene.people(*range(1, 40))
    return scene


async def test_which_posts_count_and_how_many_are_too_many(graph: Graph) -> None:
    """Three posts pass, four are an info, five a warning; posts of no weight do not count."""
    scene = posts_scene()
    held = [
        ("group_leader", "po-1"),
        ("grid_worker", "g-1"),
        ("building_head", "b-1"),
        ("part_time_member", ORG),
        ("staff", "pp-1"),
    ]
    light = [
        ("instructor", "po-1"),
        ("community_worker", RESIDENTS),
        ("alternate", "oc-1"),
        ("contact_cadre", "g-1"),
        ("entrance_head", "b-1"),
        ("member", "sc-1"),
        ("member", "t-1"),
        ("head", "u-1"),
        ("chair", "sc-1"),
    ]
    for serial, number in ((3, 3), (4, 4), (5, 5)):
        for role, body in held[:number]:
            scene.seat(serial, role, body)
    for role, body in light:
        scene.seat(3, role, body)
        scene.seat(6, role, body)
    for role in ("director", "deputy_director", "member"):
        scene.seat(7, role, RESIDENTS)
    for role in ("chair", "vice_chair", "member"):
        scene.seat(8, role, "oc-1")
    for role in ("secretary", "deputy_secretary", "committee_member"):
        scene.seat(9, role, "po-1")
    scene.seat(9, "project_manager", "pp-1")
    scene.complete(COMMUNITY, "post")
    found = await rows_of(graph, scene, RULE)
    assert {
        key[0]: (row["posts"], row["verdict"], row["severity"], row["findings"]) for key, row in found.items()
    } == {
        person(3): (3, "pass", None, []),
        person(4): (4, "fail", "info", ["posts"]),
        person(5): (5, "fail", "warning", ["posts"]),
        person(7): (3, "pass", None, []),
        person(8): (3, "pass", None, []),
        person(9): (4, "fail", "info", ["posts"]),
    }
    assert found[person(4),]["evidence"] == [
        post(4, "building_head", "b-1"),
        post(4, "grid_worker", "g-1"),
        post(4, "group_leader", "po-1"),
        post(4, "part_time_member", ORG),
    ]
    strict = await again(graph, RULE, max_posts=4, warn_above=0)
    assert {key[0]: row["severity"] for key, row in strict.items() if row["severity"]} == {
        person(5): "warning"
    }


async def test_quarters_of_one_secretary(graph: Graph) -> None:
    """Two quarters pass, three do not, however many organizations; a deputy's do not count."""
    scene = posts_scene()
    for number in (1, 2, 3):
        scene.seat(1, "deputy_secretary" if number == 3 else "secretary", f"po-{number}")
        scene.seat(2, "secretary", f"po-{number}")
    scene.seat(3, "secretary", "po-4")
    scene.seat(4, "secretary", "po-5")
    scene.seat(5, "secretary", ORG)
    scene.seat(5, "secretary", "po-1")
    scene.link("po-4", "COVERS", "q-990101-05")
    scene.link("po-4", "COVERS", "q-990101-06")
    scene.link("po-5", "COVERS", "q-990101-06", until=DAY)
    scene.link("po-5", "COVERS", "q-990101-01", since=TOMORROW)
    scene.link("po-5", "COVERS", "q-990101-02", since=DAY)
    scene.complete(COMMUNITY, "post")
    found = await rows_of(graph, scene, RULE)
    assert {key[0]: (row["quarters"], row["verdict"]) for key, row in found.items()} == {
        person(1): (2, "pass"),
        person(2): (3, "fail"),
        person(3): (3, "fail"),
        person(4): (2, "pass"),
        person(5): (1, "pass"),
    }
    row = found[person(2),]
    assert (row["severity"], row["findings"]) == ("info", ["quarters"])
    assert row["evidence"] == [post(2, "secretary", f"po-{n}") for n in (1, 2, 3)]
    one = await again(graph, RULE, max_quarters_as_secretary=1)
    assert {key[0] for key, row in one.items() if row["verdict"] == "fail"} == {
        person(n) for n in (1, 2, 3, 4)
    }


async def test_lists_of_posts_close_the_count(graph: Graph) -> None:
    """Each area of the person's, or the person, has to be listed; a quarter is too small."""
    scene = posts_scene()
    b = scene.builder
    b.node("oc-990101-60", kind="owners_committee")  # covers nothing today
    b.edge("oc-990101-60", "COVERS", "q-990101-01", until=DAY)
    b.edge("oc-990101-60", "COVERS", "q-990101-02", since=TOMORROW)
    scene.seat(1, "member", "oc-1")
    for body in ("oc-1", "po-50"):
        scene.seat(2, "member" if body == "oc-1" else "secretary", body)
    for serial in (3, 4):
        scene.seat(serial, "secretary", "po-50")
    scene.seat(5, "member", "oc-60")
    b.node("q-990101-70")  # left the other community, which has a list, today
    b.edge("q-990101-70", "PART_OF", OTHER, until=DAY)
    b.edge("q-990101-70", "PART_OF", COMMUNITY, since=DAY)
    b.node("oc-990101-70", kind="owners_committee")
    b.edge("oc-990101-70", "COVERS", "q-990101-70")
    scene.seat(6, "member", "oc-70")
    scene.complete("q-990101-01", "post")
    scene.complete("oc-1", "post")
    scene.complete(OTHER, "post")
    scene.complete(COMMUNITY, "membership")
    b.edge(person(1), "COMPLETE_IN", "d-990101-register", until=DAY, subject="post")
    b.edge(person(2), "COMPLETE_IN", "d-990101-register", since=TOMORROW, subject="post")
    scene.complete(person(5), "membership")
    found = await rows_of(graph, scene, RULE)
    here = [f"post@{COMMUNITY}"]
    assert {key[0]: (row["verdict"], row["missing"], row["area"]) for key, row in found.items()} == {
        person(1): ("unknown", here, COMMUNITY),
        person(2): ("unknown", here, COMMUNITY),
        person(3): ("pass", [], OTHER),
        person(4): ("pass", [], OTHER),
        person(5): ("unknown", [f"post@{person(5)}"], None),
        person(6): ("unknown", here, COMMUNITY),
    }
    before = await again(graph, RULE, YESTERDAY)
    after = await again(graph, RULE, TOMORROW)
    assert [before[person(1),]["verdict"], after[person(2),]["verdict"]] == ["pass", "pass"]
    b.edge(OTHER, "COMPLETE_IN", "d-990101-register", until=DAY, subject="post")
    b.edge(DISTRICT, "COMPLETE_IN", "d-990101-register", since=TOMORROW, subject="post")
    ended = await rows_of(graph, scene, RULE)
    assert ended[person(3),]["verdict"] == "unknown"


async def test_days_and_places(graph: Graph) -> None:
    """Ends are exclusive; an area shows a person with the posts held elsewhere counted."""
    scene = posts_scene()
    b = scene.builder
    spells = {"61": {"until": DAY}, "62": {"since": DAY}, "63": {"since": TOMORROW}}
    for number, (name, spell) in enumerate(spells.items(), start=1):
        b.node(f"q-990101-{name}")
        b.edge(f"q-990101-{name}", "PART_OF", OTHER, **spell)
        b.node(f"oc-990101-{name}", kind="owners_committee")
        b.edge(f"oc-990101-{name}", "COVERS", f"q-990101-{name}")
        scene.seat(number, "member", f"oc-{name}")
        b.node(f"oc-990101-{name}b", kind="owners_committee")
        b.edge(f"oc-990101-{name}b", "COVERS", "q-990101-62", **spell)
        scene.seat(number + 3, "chair", f"oc-{name}b")
        scene.seat(number + 6, "chair", "oc-62", **spell)
        b.node(f"b-990101-{name}", level="building")
        b.edge(f"b-990101-{name}", "PART_OF", "q-990101-62", **spell)
        scene.seat(number + 9, "building_head", f"b-{name}")
        scene.seat(number + 12, "building_head", "b-62", **spell)
        b.node(f"u-990101-{name}")
        b.edge(f"u-990101-{name}", "BASED_IN", "q-990101-62", **spell)
        for label, unit, covered in (("", f"u-990101-{name}", {}), ("b", "u-990101-62", spell)):
            b.node(f"po-990101-{name}{label}", level="unit", tier="branch")
            b.edge(f"po-990101-{name}{label}", "COVERS", unit, **covered)
        scene.seat(number + 15, "secretary", f"po-{name}")
        scene.seat(number + 18, "secretary", f"po-{name}b")
        scene.seat(number + 21, "secretary", "po-62", **spell)
    scene.seat(30, "instructor", "po-62")
    for role, body in (("chair", "oc-62"), ("member", "oc-1"), ("secretary", "po-2"), ("staff", "pp-3")):
        scene.seat(31, role, body)
    found = await rows_of(graph, scene, RULE)
    there = {person(n) for n in (2, 5, 8, 11, 14, 17, 20, 23, 31)}
    held = {person(n) for n in range(1, 7)} | {person(n) for n in (8, 10, 11, 12, 14)}
    held |= {person(n) for n in (16, 17, 18, 19, 20, 21, 23, 31)}
    assert {key[0] for key in found} == held
    assert {key[0] for key, row in found.items() if row["area"] == OTHER} == there - {person(31)}
    at_other = await again(graph, RULE, area=OTHER)
    assert at_other == {key: row for key, row in found.items() if key[0] in there}
    assert list(at_other) == sorted(at_other)
    assert (at_other[person(31),]["posts"], at_other[person(31),]["area"]) == (4, COMMUNITY)
    at_home = await again(graph, RULE, area=COMMUNITY)
    assert at_home == {(person(31),): found[person(31),]}
    assert await again(graph, RULE, area=DISTRICT) == at_other


async def test_an_area_gathers_who_has_a_post_there_that_counts(graph: Graph) -> None:
    """Not by a post that has ended or is still to come, nor by one of no weight."""
    scene = posts_scene()
    b = scene.builder
    for number, spell in (("60", {}), ("61", {"until": DAY}), ("62", {"since": TOMORROW})):
        b.node(f"q-990101-{number}")
        b.edge(f"q-990101-{number}", "PART_OF", OTHER, **spell)
        b.node(f"u-990101-{number}")
        b.edge(f"u-990101-{number}", "BASED_IN", f"q-990101-{number}")
        b.node(f"po-990101-{number}", level="unit", tier="branch")
        b.edge(f"po-990101-{number}", "COVERS", f"u-990101-{number}")
    b.node("b-990101-60", level="building")
    b.edge("b-990101-60", "PART_OF", "q-990101-60")
    b.node("oc-990101-60", kind="owners_committee")
    b.edge("oc-990101-60", "COVERS", "q-990101-60")
    b.node("rc-990101-60")
    b.edge("rc-990101-60", "COVERS", OTHER)
    b.node("po-990101-63", level="quarter", tier="branch")
    b.edge("po-990101-63", "COVERS", "q-990101-60")
    spells = ({"since": DAY}, {"until": TOMORROW}, {"until": DAY}, {"since": TOMORROW})
    posts = (("building_head", "b-60"), ("member", "oc-60"), ("secretary", "po-60"))
    for first, (role, body) in enumerate(posts):
        for number, spell in enumerate(spells, start=1 + 4 * first):
            scene.seat(number, role, body, **spell)
    light = {
        13: ("director", "rc-60"),
        14: ("community_worker", "rc-60"),
        15: ("alternate", "oc-60"),
        16: ("instructor", "po-60"),
        17: ("secretary", "po-61"),
        18: ("secretary", "po-62"),
        19: ("group_leader", "po-63"),
        20: ("instructor", "po-63"),
    }
    for number, (role, body) in light.items():
        scene.seat(number, role, body)
    for number in range(1, 29):
        scene.seat(number, "staff", "pp-2")
    # Grids of the community, organizations of buildings; what left it today, and what joined it.
    b.edge("q-990101-61", "PART_OF", COMMUNITY, since=DAY)
    for name, first, then in (
        ("g-990101-60", OTHER, OTHER),
        ("g-990101-61", OTHER, COMMUNITY),
        ("b-990101-61", "q-990101-61", "q-990101-61"),
        ("b-990101-62", "q-990101-60", "q-990101-02"),
        ("b-990101-63", "q-990101-02", "q-990101-60"),
    ):
        b.node(name, level="building" if name.startswith("b-") else None)
        b.edge(name, "PART_OF", first, until=DAY)
        b.edge(name, "PART_OF", then, since=DAY, spell=2)
    for house in ("60", "61", "62", "63"):
        b.node(f"po-990101-b{house}", level="building", tier="group")
        b.edge(f"po-990101-b{house}", "COVERS", f"b-990101-{house}")
    scene.seat(21, "grid_worker", "g-60")
    scene.seat(22, "grid_worker", "g-60", until=DAY)
    scene.seat(23, "grid_worker", "g-61")
    scene.seat(24, "building_head", "b-61")
    scene.seat(25, "group_leader", "po-b60")
    scene.seat(26, "group_leader", "po-b60", until=DAY)
    scene.seat(27, "group_leader", "po-b61")
    scene.seat(28, "group_leader", "po-b62")
    scene.seat(29, "group_leader", "po-b63")
    found = await rows_of(graph, scene, RULE)
    assert set(found) == {(person(n),) for n in range(1, 30)}
    assert found[person(29),]["area"] == OTHER
    inside = {(person(n),) for n in (1, 2, 5, 6, 9, 10, 13, 19, 21, 25, 29)}
    assert await again(graph, RULE, area=OTHER) == {k: found[k] for k in inside}
    assert {k[0]: row["posts"] for k, row in found.items() if row["posts"] != 2} == {
        person(n): 1 for n in (3, 4, 7, 8, 11, 12, 14, 15, 16, 20, 22, 26, 29)
    }
