"""R17: one person as secretary and chair."""

from __future__ import annotations

from graph.answers import Graph
from tests.oracle.scene import COMMUNITY, DISTRICT, Scene
from tests.rules.asking import rows_of, verdicts_of

R17 = "secretary_chair_not_unified"
FIRST, SECOND, THIRD, FOURTH = (f"q-990101-{n:02}" for n in range(1, 5))
Q = FIRST, "po-990101-1", "oc-990101-1"


async def test_unified_post_passes_and_two_persons_fail_where_posts_are_listed(
    graph: Graph,
) -> None:
    """Same person passes; two persons are a fail only where both lists are complete."""
    scene = Scene(4)
    scene.people(1, 2, 3, 4, 5)
    for number, secretary, chair in ((1, 1, 1), (2, 2, 3), (3, 4, 5)):
        scene.seat(secretary, "secretary", f"po-{number}")
        scene.seat(chair, "chair", f"oc-{number}")
    scene.complete(SECOND, "post")
    scene.complete("oc-3", "post")
    expected = {
        (FIRST, "po-990101-1", "oc-990101-1"): "pass",
        (SECOND, "po-990101-2", "oc-990101-2"): "fail",
        (THIRD, "po-990101-3", "oc-990101-3"): "unknown",
        (FOURTH, "po-990101-4", "oc-990101-4"): "unknown",
    }
    found = await rows_of(graph, scene, R17)
    assert expected == {key: row["verdict"] for key, row in found.items()}
    assert found[THIRD, "po-990101-3", "oc-990101-3"]["missing"] == ["post@po-990101-3"]


async def test_secretary_who_is_no_owner_is_not_a_gap(graph: Graph) -> None:
    """Known not to own a home: not possible, blocked by R14; not known: an ordinary gap."""
    scene = Scene(2)
    scene.people(1, 2, 3, 4)
    for number, secretary, chair in ((1, 1, 2), (2, 3, 4)):
        scene.seat(secretary, "secretary", f"po-{number}")
        scene.seat(chair, "chair", f"oc-{number}")
    scene.complete(COMMUNITY, "post")
    scene.complete(FIRST, "ownership")
    found = await rows_of(graph, scene, R17)
    assert found[Q]["verdict"] == "not_possible"
    assert found[Q]["blocked_by"] == ["R14"]
    assert found[SECOND, "po-990101-2", "oc-990101-2"]["verdict"] == "fail"
    freely = await verdicts_of(graph, scene, R17, respect_r14=False)
    assert freely[Q] == "fail"


async def test_secretary_who_works_for_the_firm_cannot_be_chair(graph: Graph) -> None:
    """R27 beats R17: a secretary in the firm's pay makes it not possible, even as chair."""
    scene = Scene(2)
    scene.people(1, 2)
    for number in (1, 2):
        scene.seat(number, "secretary", f"po-{number}")
        scene.seat(number, "chair", f"oc-{number}")
        scene.link(f"p-{number}", "OWNS_HOME_IN", f"q-990101-{number:02}")
    scene.link("p-1", "EMPLOYED_BY", "pf-1", kind="employee")
    scene.link("p-2", "EMPLOYED_BY", "pf-1", kind="employee")
    scene.complete(DISTRICT, "post", "ownership", "employment")
    found = await rows_of(graph, scene, R17)
    assert found[Q]["verdict"] == "not_possible"
    assert "R27" in found[Q]["blocked_by"]
    assert found[SECOND, "po-990101-2", "oc-990101-2"]["verdict"] == "pass"


async def test_missing_body_is_not_applicable_only_where_known_absent(graph: Graph) -> None:
    """Without a committee: unknown, until a register says that there is none."""
    scene = Scene(2, bodies="po")
    scene.complete(SECOND, "owners_committee")
    assert await verdicts_of(graph, scene, R17) == {
        (FIRST, "po-990101-1", None): "unknown",
        (SECOND, "po-990101-2", None): "not_applicable",
    }
