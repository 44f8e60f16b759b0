"""R34: who manages a quarter's property neither chairs its committee nor leads its branch."""

from __future__ import annotations

from graph.reading.graph import Graph
from tests.oracle.scene import SOURCE, Scene, post
from tests.oracle.view import Identity
from tests.rules.scenes.ask import again, rows_of
from tests.rules.scenes.communities import assert_spells, community, linked, quarter
from tests.rules.scenes.posts import check_quarters, register
from tests.rules.scenes.services import by_number

RULE = "triple_hat_secretary_chair_manager"
HATS = (("secretary", "po"), ("chair", "oc"), ("project_manager", "pp"))
BODIES = {"po": "party_organization", "oc": "owners_committee", "pp": "property_project"}


def seats(scene: Scene, n: int, wearers: str) -> None:
    """Secretary, chair and manager of quarter `n`, each a letter; `-` is no one."""
    for letter, (role, prefix) in zip(wearers, HATS, strict=True):
        if letter != "-":
            scene.builder.node(f"p-990101-{letter}{n}")
            scene.builder.post(f"p-990101-{letter}{n}", role, f"{prefix}-990101-{n}")


async def test_manager_with_another_hat_fails(graph: Graph) -> None:
    """All three, manager and chair, manager and secretary; secretary and chair alone pass."""
    wearers = ["aaa", "baa", "aba", "aab", "abc", "---", "aaa", "aba", "abb"]
    scene = Scene(len(wearers))
    for number, letters in enumerate(wearers, start=1):
        seats(scene, number, letters)
    for number in range(1, 7):
        scene.complete(f"q-990101-{number:02}", "post")
    b = scene.builder
    b.nodes["po-990101-7"]["tier"] = "group"
    b.nodes["oc-990101-7"]["kind"] = "property_management_committee"
    b.nodes["po-990101-8"]["level"] = "community"
    b.nodes["pp-990101-9"]["mode"] = "community"
    b.node("pp-990101-9b")
    b.edge("pp-990101-9b", "SERVES", scene.quarters[8])
    b.post("p-990101-a9", "project_manager", "pp-990101-9b")
    for role, body in (
        ("staff", "pp-990101-5"),
        ("deputy_secretary", "po-990101-5"),
        ("vice_chair", "oc-990101-5"),
    ):
        for letter in "abc":
            b.post(f"p-990101-{letter}5", role, body)
    found = by_number(await rows_of(graph, scene, RULE))
    assert {n: (r["verdict"], r["findings"], r["severity"]) for n, r in found.items()} == {
        1: ("fail", ["triple"], None),
        2: ("fail", ["manager_chair"], None),
        3: ("fail", ["secretary_manager"], "info"),
        **dict.fromkeys((4, 5, 6), ("pass", [], None)),
        7: ("fail", ["manager_chair"], None),
        8: ("unknown", [], None),
        9: ("fail", ["manager_chair", "secretary_manager"], None),
    }
    assert found[1]["persons"] == ["p-990101-a1"]
    assert found[9]["persons"] == ["p-990101-a9", "p-990101-b9"]
    assert found[4]["persons"] == []
    assert found[2]["evidence"] == [
        post_of("a2", "chair", "oc-990101-2"),
        post_of("a2", "project_manager", "pp-990101-2"),
    ]
    assert found[4]["evidence"] == [register("q-990101-04", "post")]
    assert found[8]["missing"] == ["party_organization@q-990101-08", "post@oc-990101-8", "post@pp-990101-8"]


def post_of(person: str, role: str, body: str) -> str:
    """The id of a post of a person of `seats`."""
    return post(0, role, body).replace("p-990101-0~", f"p-990101-{person}~")


async def test_without_a_double_the_lists_decide(graph: Graph) -> None:
    """Posts of every body are listed, by the body or its place; bodies may be known to be none."""
    scene = Scene(0)
    for number in range(1, 15):
        community(scene, number, bodies="")
        quarter(scene, number, bodies="")
    there = {
        1: "po oc pp",
        2: "po oc pp",
        3: "oc pp",
        4: "oc pp",
        5: "po pp",
        6: "po pp",
        7: "po oc",
        8: "po oc",
        9: "pp",
        10: "pp",
        11: "",
        12: "oc pp",
    }
    for number, bodies in there.items():
        for prefix in bodies.split():
            level = {"level": "quarter"} if prefix == "po" else {}
            scene.builder.node(f"{prefix}-990101-{number}", **level)
            type_ = "SERVES" if prefix == "pp" else "COVERS"
            scene.link(f"{prefix}-{number}", type_, f"q-{number}")
    for prefix in BODIES:
        scene.complete(f"{prefix}-1", "post")
        if prefix != "oc":
            scene.complete(f"{prefix}-2", "post")
    for number in (3, 4, 5, 6, 7, 8, 9, 10):
        scene.complete(f"990101001{number:03}", "post")
    listed = {
        4: ["po"],
        6: ["oc"],
        8: ["pp"],
        9: ["po"],
        10: ["po", "oc"],
        12: ["po"],
        13: ["pp"],
        14: ["po", "oc"],
    }
    for number, prefixes in listed.items():
        scene.complete(f"q-{number}", *(BODIES[p] for p in prefixes))
    found = by_number(await rows_of(graph, scene, RULE))
    fine: tuple[str, list[str]] = ("pass", [])
    none: tuple[str, list[str]] = ("not_applicable", [])
    assert {n: (r["verdict"], r["missing"]) for n, r in found.items()} == {
        1: fine,
        2: ("unknown", ["post@oc-990101-2"]),
        3: ("unknown", ["party_organization@q-990101-3"]),
        4: fine,
        5: ("unknown", ["owners_committee@q-990101-5"]),
        6: fine,
        7: ("unknown", ["property_project@q-990101-7"]),
        8: none,
        9: ("unknown", ["owners_committee@q-990101-9"]),
        10: none,
        11: ("unknown", [f"{subject}@q-990101-11" for subject in BODIES.values()]),
        12: ("unknown", ["post@oc-990101-12", "post@pp-990101-12"]),
        13: none,
        14: none,
    }
    assert found[1]["evidence"] == [register(f"{p}-990101-1", "post") for p in ("oc", "po", "pp")]
    assert found[4]["evidence"] == [
        register("990101001004", "post"),
        register("q-990101-4", "party_organization"),
    ]
    assert found[8]["evidence"] == [register("q-990101-8", "property_project")]
    assert found[10]["evidence"] == [
        register("q-990101-10", "party_organization"),
        register("q-990101-10", "owners_committee"),
    ]
    assert await again(graph, RULE, area="990101001004") == {("q-990101-4",): found[4]}


def worn(scene: Scene, n: int) -> None:
    """Quarter `n` of community `n` with all bodies and one person in all three posts."""
    community(scene, n, bodies="")
    quarter(scene, n)
    scene.builder.node(f"po-990101-{n}", level="quarter", tier="branch")
    scene.link(f"po-{n}", "COVERS", f"q-{n}")
    scene.person(n)


def chaired(scene: Scene, n: int) -> None:
    """As `worn`: manager and chair, secretary is no one; posts are listed."""
    worn(scene, n)
    scene.complete(f"q-{n}", "post", "owners_committee", "property_project", "party_organization")
    scene.seat(n, "chair", f"oc-{n}")
    scene.seat(n, "project_manager", f"pp-{n}")


def led(scene: Scene, n: int) -> None:
    """As `chaired`, but secretary in place of chair."""
    chaired(scene, n)
    del scene.builder.edges[post(n, "chair", f"oc-{n}")]
    scene.seat(n, "secretary", f"po-{n}")


def listed(scene: Scene, n: int) -> None:
    """As `worn`, no one posted; the posts of branch and committee are listed."""
    worn(scene, n)
    scene.complete(f"po-{n}", "post")
    scene.complete(f"oc-{n}", "post")


def area_listed(scene: Scene, n: int) -> None:
    """As `worn`, no one posted; posts are listed for the community."""
    worn(scene, n)
    scene.complete(f"990101001{n:03}", "post")


def no_project(scene: Scene, n: int) -> None:
    """A quarter of which nothing is known."""
    community(scene, n, bodies="")
    quarter(scene, n, bodies="")


def key(n: int) -> Identity:
    """The quarter of number `n`."""
    return (f"q-990101-{n}",)


async def test_every_edge_counts_within_its_spell_only(graph: Graph) -> None:
    """Posts, what is covered and served, places and lists have their days."""
    cases = [
        linked(chaired, "p-# HOLDS_POST oc-#", without="pass", expect="fail", role="chair"),
        linked(chaired, "p-# HOLDS_POST pp-#", without="pass", expect="fail", role="project_manager"),
        linked(chaired, "oc-# COVERS q-#", without="pass", expect="fail"),
        linked(chaired, "pp-# SERVES q-#", without="not_applicable", expect="fail"),
        linked(led, "p-# HOLDS_POST po-#", without="pass", expect="fail", role="secretary"),
        linked(led, "po-# COVERS q-#", without="pass", expect="fail"),
        linked(listed, f"pp-# COMPLETE_IN {SOURCE}", without="unknown", expect="pass", subject="post"),
        linked(listed, f"@# COMPLETE_IN {SOURCE}", without="unknown", expect="pass", subject="post"),
        linked(area_listed, "q-# PART_OF @#", without="unknown", expect="pass"),
        linked(
            no_project,
            f"q-# COMPLETE_IN {SOURCE}",
            without="unknown",
            expect="not_applicable",
            subject="property_project",
        ),
    ]
    await assert_spells(graph, RULE, cases, key)


async def test_each_quarter_has_a_row_in_its_area(graph: Graph) -> None:
    """Also where it moved today or moves tomorrow, and where it lies in no area."""
    await check_quarters(graph, RULE)
