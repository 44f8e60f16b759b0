"""R28: no relative of an owners' committee member works for the firm that serves the quarter."""

from __future__ import annotations

from typing import Any

from graph.reading.graph import Graph
from tests.oracle.asking import Row
from tests.oracle.scene import RESIDENTS, SOURCE, Scene, post
from tests.oracle.view import Identity
from tests.rules.scenes.ask import again, rows_of
from tests.rules.scenes.communities import assert_spells, community, linked, quarter
from tests.rules.scenes.posts import AREAS, WITHIN, moved_quarters, register
from tests.strategies import DAY, TOMORROW

RULE = "coi_owners_committee_kin_property_staff"


def key(n: int) -> Identity:
    """Who sits on the committee of quarter `n`, with the post, the quarter and the project."""
    return f"p-990101-{n}", post(n, "member", f"oc-{n}"), f"q-990101-{n}", f"pp-990101-{n}"


def member(scene: Scene, n: int, relation: str | None = None, **related: Any) -> None:
    """Quarter `n` of community `n`; `p-<n>` sits there and is related to `p-k<n>`."""
    community(scene, n, bodies="")
    quarter(scene, n)
    scene.person(n)
    scene.builder.node(f"p-990101-k{n}")
    scene.seat(n, "member", f"oc-{n}")
    if relation:
        scene.link(f"p-{n}", "RELATED_TO", f"p-k{n}", relation=relation, **related)


def employed(scene: Scene, n: int, relation: str, kind: str = "employee", **related: Any) -> None:
    """As `member`; the relative works for the firm, and the kinship of the member is listed."""
    member(scene, n, relation, **related)
    scene.link(f"p-k{n}", "EMPLOYED_BY", f"pf-{n}", kind=kind)
    scene.complete(f"p-{n}", "kinship")


def said(rows: dict[Identity, Row]) -> dict[int, str]:
    """Verdicts by the number of the quarter."""
    return {int(str(k[2]).rsplit("-", 1)[1]): row["verdict"] for k, row in rows.items()}


async def test_relatives_with_a_tie_fail_as_far_as_the_scope_reaches(graph: Graph) -> None:
    """Either end of the kinship; a job or a post in the project; as the parameters say."""
    scene = Scene(0)
    for number, relation in enumerate(("spouse", "parent", "grandparent"), start=1):
        employed(scene, number, relation)
    for number, relation in enumerate(("sibling", "parent_in_law", "other"), start=4):
        employed(scene, number, relation)
    employed(scene, 7, "spouse", kind="seconded", disclosed=False)
    employed(scene, 8, "spouse", kind="shareholder", disclosed=True)
    employed(scene, 9, "spouse", disclosed=True)
    for number, role in ((10, "project_manager"), (11, "staff")):
        member(scene, number)
        scene.link(f"p-k{number}", "RELATED_TO", f"p-{number}", relation="parent")
        scene.builder.post(f"p-990101-k{number}", role, f"pp-990101-{number}")
    for number in (12, 13, 14):
        member(scene, number, "spouse")
        scene.builder.node(f"pf-990101-g{number}")
        scene.link(f"p-k{number}", "EMPLOYED_BY", f"pf-g{number}", kind="employee")
        scene.complete(f"p-{number}", "kinship")
    scene.link("pf-g12", "SUBORDINATE_TO", "pf-12")
    scene.link("pf-13", "SUBORDINATE_TO", "pf-g13")
    scene.complete("p-k14", "employment")
    found = await rows_of(graph, scene, RULE)
    fails = {1, 2, 3, 7, 9, 10, 11, 12, 13}
    assert said(found) == {
        **dict.fromkeys(fails, "fail"),
        **dict.fromkeys((4, 5, 6, 14), "pass"),
        8: "unknown",
    }
    assert found[key(8)]["missing"] == ["employment@p-990101-k8"]
    runs = ["pp-990101-{0}~SERVES~q-990101-{0}", "pp-990101-{0}~OPERATED_BY~pf-990101-{0}"]
    assert found[key(1)]["evidence"] == [
        key(1)[1],
        *(e.format(1) for e in runs),
        "p-990101-1~RELATED_TO~p-990101-k1~spouse",
        "p-990101-k1~EMPLOYED_BY~pf-990101-1",
    ]
    assert found[key(11)]["evidence"][3:] == [
        "p-990101-k11~HOLDS_POST~pp-990101-11~staff~1",
        "p-990101-k11~RELATED_TO~p-990101-11~parent",
    ]
    assert (found[key(1)]["firm"], found[key(1)]["missing"]) == ("pf-990101-1", [])
    near = await again(graph, RULE, kin_scope="near_relatives")
    assert said(near) == {**said(found), 4: "fail"}
    shown = await again(graph, RULE, disclose_only=True)
    assert said(shown) == {**said(found), 8: "pass", 9: "pass"}
    owners = await again(graph, RULE, kinds=["shareholder"])
    assert {n for n, v in said(owners).items() if v == "fail"} == {8, 10, 11}
    alone = await again(graph, RULE, affiliates=False)
    assert said(alone) == {**said(found), 12: "unknown", 13: "unknown"}


async def test_without_a_tie_the_lists_decide(graph: Graph) -> None:
    """Kinship of the person or place, and jobs of each relative, the firm or the place."""
    scene = Scene(0)
    for number in (1, 2, 3):
        member(scene, number)
    for number in range(4, 10):
        member(scene, number, "spouse")
    member(scene, 10, "sibling")
    for number in (1, 4, 6, 7, 9):
        scene.complete(f"p-{number}", "kinship")
    for place in ("q-2", "990101001005", "990101001008", "q-10"):
        scene.complete(place, "kinship")
    scene.complete("p-k5", "employment")
    scene.complete("pf-6", "employment")
    scene.complete("990101001007", "employment")
    scene.complete("p-9", "employment")
    scene.builder.node("p-990101-z8")
    scene.link("p-z8", "RELATED_TO", "p-8", relation="parent")
    scene.complete("p-z8", "employment")
    scene.seat(1, "chair", "oc-9")
    scene.seat(2, "vice_chair", "oc-9")
    scene.seat(3, "alternate", "oc-9")
    found = await rows_of(graph, scene, RULE)
    assert len(found) == 12
    seats = {n: found[key(n)] for n in range(1, 11)}
    assert {n: (row["verdict"], row["missing"]) for n, row in seats.items()} == {
        **{n: ("pass", []) for n in (1, 2, 5, 6, 7, 10)},
        3: ("unknown", ["kinship@p-990101-3"]),
        4: ("unknown", ["employment@p-990101-k4"]),
        8: ("unknown", ["employment@p-990101-k8"]),
        9: ("unknown", ["employment@p-990101-k9"]),
    }
    assert seats[2]["evidence"][3:] == [register("q-990101-2", "kinship")]
    assert seats[5]["evidence"][3:] == [
        register("990101001005", "kinship"),
        register("p-990101-k5", "employment"),
    ]
    assert seats[6]["evidence"][3:] == [
        register("p-990101-6", "kinship"),
        register("pf-990101-6", "employment"),
    ]
    chair = found["p-990101-1", post(1, "chair", "oc-9"), "q-990101-9", "pp-990101-9"]
    assert (chair["verdict"], chair["area"]) == ("pass", "990101001009")
    del scene.builder.edges[register("p-990101-4", "kinship")]
    both = await rows_of(graph, scene, RULE)
    assert both[key(4)]["missing"] == ["kinship@p-990101-4", "employment@p-990101-k4"]


async def test_only_property_that_a_firm_runs_is_asked_for(graph: Graph) -> None:
    """Run by others or known not to be there is not applicable; who runs it may be unknown."""
    scene = Scene(7, bodies="oc")
    for number in range(1, 8):
        scene.person(number)
        scene.seat(number, "member", f"oc-{number}")
        scene.complete(f"p-{number}", "kinship")
    for number, mode in ((1, None), (2, "contract"), (3, "self"), (4, None)):
        scene.builder.node(f"pp-990101-{number}", mode=mode)
        scene.link(f"pp-{number}", "SERVES", f"q-990101-0{number}")
    scene.builder.edge("pp-990101-4", "OPERATED_BY", RESIDENTS)
    lists = {5: {"until": DAY}, 6: {"since": TOMORROW}, 7: {"since": DAY}}
    for number, spell in lists.items():
        scene.builder.edge(f"q-990101-0{number}", "COMPLETE_IN", SOURCE, subject="property_project", **spell)
    found = await rows_of(graph, scene, RULE)
    by_number = {int(k[2][-1]): row for k, row in found.items() if k[2]}
    assert {n: (row["verdict"], row["missing"]) for n, row in by_number.items()} == {
        1: ("unknown", ["pp-990101-1.mode", "property_project@pp-990101-1"]),
        2: ("unknown", ["property_project@pp-990101-2"]),
        3: ("not_applicable", []),
        4: ("not_applicable", []),
        5: ("unknown", ["property_project@q-990101-05"]),
        6: ("unknown", ["property_project@q-990101-06"]),
        7: ("not_applicable", []),
    }
    seat = post(7, "member", "oc-7")
    assert by_number[7]["evidence"] == [seat, register("q-990101-07", "property_project")]
    assert by_number[4]["firm"] is None


def tied(scene: Scene, n: int) -> None:
    """A spouse who works for the firm."""
    employed(scene, n, "spouse")


def free(scene: Scene, n: int) -> None:
    """A spouse who works nowhere; all listed but what the case adds."""
    member(scene, n, "spouse")


def affiliate(scene: Scene, n: int) -> None:
    """A spouse who works for a firm beside the operating one; all jobs listed."""
    member(scene, n, "spouse")
    scene.complete(f"p-{n}", "kinship")
    scene.complete(f"p-k{n}", "employment")
    scene.builder.node(f"pf-990101-g{n}")
    scene.link(f"p-k{n}", "EMPLOYED_BY", f"pf-g{n}", kind="employee")


def kin_listed(scene: Scene, n: int) -> None:
    """As `free`, with the kinship listed."""
    free(scene, n)
    scene.complete(f"p-{n}", "kinship")


def jobs_listed(scene: Scene, n: int) -> None:
    """As `free`, with the relative's employers listed."""
    free(scene, n)
    scene.complete(f"p-k{n}", "employment")


def area_listed(scene: Scene, n: int) -> None:
    """As `jobs_listed`, with the kinship listed in the community."""
    jobs_listed(scene, n)
    scene.complete(f"990101001{n:03}", "kinship")


async def test_every_edge_counts_within_its_spell_only(graph: Graph) -> None:
    """Posts, what is covered, served and run, kinship, jobs, groups and lists have their days."""
    list_ = f"COMPLETE_IN {SOURCE}"
    cases = [
        linked(tied, "p-# HOLDS_POST oc-#", without=None, expect="fail", role="member"),
        linked(tied, "oc-# COVERS q-#", without=None, expect="fail"),
        linked(tied, "pp-# SERVES q-#", without=None, expect="fail"),
        linked(tied, "pp-# OPERATED_BY pf-#", without="unknown", expect="fail"),
        linked(tied, "p-# RELATED_TO p-k#", without="pass", expect="fail", relation="spouse"),
        linked(tied, "p-k# EMPLOYED_BY pf-#", without="unknown", expect="fail", kind="employee"),
        linked(affiliate, "p-k# HOLDS_POST pp-#", without="pass", expect="fail", role="staff"),
        linked(affiliate, "pf-g# SUBORDINATE_TO pf-#", without="pass", expect="fail"),
        linked(jobs_listed, f"p-# {list_}", without="unknown", expect="pass", subject="kinship"),
        linked(jobs_listed, f"@# {list_}", without="unknown", expect="pass", subject="kinship"),
        linked(kin_listed, f"p-k# {list_}", without="unknown", expect="pass", subject="employment"),
        linked(kin_listed, f"pf-# {list_}", without="unknown", expect="pass", subject="employment"),
        linked(area_listed, "q-# PART_OF @#", without="unknown", expect="pass"),
    ]
    await assert_spells(graph, RULE, cases, key)


async def test_an_area_gives_the_rows_of_its_quarters(graph: Graph) -> None:
    """The members of the quarters that lie there on the day, in the lowest area."""
    scene = moved_quarters()
    for number in AREAS:
        scene.person(number)
        scene.builder.node(f"oc-990101-{number}", kind="property_management_committee")
        scene.link(f"oc-{number}", "COVERS", f"q-990101-0{number}")
        scene.seat(number, "chair", f"oc-{number}")
    found = await rows_of(graph, scene, RULE)
    assert {int(str(k[2])[-1]): row["area"] for k, row in found.items()} == AREAS
    for place, numbers in WITHIN.items():
        rows = await again(graph, RULE, area=place)
        assert rows == {k: row for k, row in found.items() if int(str(k[2])[-1]) in numbers}
