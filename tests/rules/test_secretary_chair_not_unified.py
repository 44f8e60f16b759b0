"""R17: one person as secretary and chair."""

from __future__ import annotations

from graph.reading.graph import Graph
from tests.oracle.scene import COMMUNITY, DISTRICT, SOURCE, Scene, post
from tests.rules.scenes.ask import again, rows_of
from tests.rules.scenes.communities import assert_spells
from tests.rules.scenes.posts import check_quarters
from tests.rules.scenes.secretary_and_chair import (
    FIRST,
    SECOND,
    SPELLS,
    Q,
    assert_conflict_beats_the_post,
    assert_missing_body,
    assert_one_person_passes,
    key,
)
from tests.strategies import DAY, TOMORROW

R17 = "secretary_chair_not_unified"


async def test_unified_post_passes_and_two_persons_fail_where_posts_are_listed(graph: Graph) -> None:
    """Same person passes; two persons are a fail only where both lists are complete."""
    await assert_one_person_passes(graph, R17)


async def test_secretary_who_is_no_owner_is_not_a_gap(graph: Graph) -> None:
    """Known not to own a home: not possible, blocked by R14; not known: an ordinary gap."""
    scene = Scene(3)
    scene.people(*range(1, 7))
    for number in (1, 2, 3):
        scene.seat(2 * number - 1, "secretary", f"po-{number}")
        scene.seat(2 * number, "chair", f"oc-{number}")
    scene.link("p-5", "OWNS_HOME_IN", "q-990101-03")
    scene.complete(COMMUNITY, "post")
    scene.complete(FIRST, "ownership")
    found = await rows_of(graph, scene, R17)
    listed = [f"{COMMUNITY}~COMPLETE_IN~{SOURCE}~post"]
    columns = ("verdict", "severity", "outcome", "blocked_by", "candidates", "unconfirmed", "evidence")
    assert {k: tuple(row[c] for c in columns) for k, row in found.items()} == {
        Q: ("not_possible", None, "different", ["R14"], [], [], [post(1, "secretary", "po-1")]),
        (SECOND, "po-990101-2", "oc-990101-2"): ("fail", "info", "different", [], [], ["p-990101-3"], listed),
        ("q-990101-03", "po-990101-3", "oc-990101-3"): (
            "fail",
            "info",
            "different",
            [],
            ["p-990101-5"],
            [],
            listed,
        ),
    }
    freely = await again(graph, R17, respect_r14=False, mode="required")
    assert (freely[Q]["verdict"], freely[Q]["severity"]) == ("fail", "warning")
    practised = await again(graph, R17, respect_r14=False, mode="practised")
    assert (practised[Q]["verdict"], practised[Q]["severity"]) == ("fail", "info")


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
    assert (found[Q]["blocked_by"], found[Q]["outcome"]) == (["R27"], "same")
    assert found[SECOND, "po-990101-2", "oc-990101-2"]["verdict"] == "pass"
    await assert_conflict_beats_the_post(graph, R17)


async def test_missing_body_is_not_applicable_only_where_known_absent(graph: Graph) -> None:
    """Without a body: unknown, until a register says that there is none; a group is no branch."""
    await assert_missing_body(graph, R17)


async def test_outcome_says_who_is_missing_where_posts_are_listed(graph: Graph) -> None:
    """Same, different, or one of the two missing; nothing where a list is open. Posts have days."""
    scene = Scene(9)
    scene.people(1, 2)
    spells = {
        2: {},
        3: {"since": DAY},
        4: {"until": TOMORROW},
        5: {"until": DAY},
        6: {"since": TOMORROW},
        9: {"until": DAY},
    }
    for number in range(1, 10):
        scene.seat(1, "secretary", f"po-{number}", **({"until": DAY} if number == 8 else {}))
        if number not in (1, 7):
            scene.seat(2, "chair", f"oc-{number}", **spells.get(number, {}))
    scene.seat(1, "chair", "oc-1")
    scene.seat(2, "vice_chair", "oc-7")
    for number in range(2, 9):
        scene.complete(f"q-990101-{number:02}", "post")
    found = await rows_of(graph, scene, R17)
    assert [row["outcome"] for row in found.values()] == [
        "same",
        "different",
        "different",
        "different",
        "one_missing",
        "one_missing",
        "one_missing",
        "one_missing",
        None,
    ]
    assert {row["verdict"] for row in found.values()} == {"pass", "fail", "unknown"}
    assert found[Q]["evidence"] == [f"{post(1, 'chair', 'oc-1')}&{post(1, 'secretary', 'po-1')}"]
    assert (found[Q]["candidates"], found[Q]["unconfirmed"]) == ([], [])


async def test_every_edge_counts_within_its_spell_only(graph: Graph) -> None:
    """Posts, homes, employers, what is covered, served and run, places and lists have days."""
    await assert_spells(graph, R17, SPELLS, key)


async def test_each_quarter_has_a_row_in_its_area(graph: Graph) -> None:
    """Also where it moved today or moves tomorrow, and where it lies in no area."""
    await check_quarters(graph, R17)
