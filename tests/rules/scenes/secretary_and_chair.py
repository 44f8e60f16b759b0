"""What the tests of R17 and R18 share: a secretary and a chair, and what bars them from one seat.

Beside the tests of rules; above communities.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graph.reading.graph import Graph
from tests.oracle.scene import SOURCE, Scene
from tests.oracle.view import Identity
from tests.rules.scenes.ask import rows_of, verdicts_of
from tests.rules.scenes.communities import Case, area, community, linked, quarter

FIRST, SECOND, THIRD, FOURTH = (f"q-990101-{n:02}" for n in range(1, 5))
Q = FIRST, "po-990101-1", "oc-990101-1"


async def assert_one_person_passes(graph: Graph, rule: str) -> None:
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
    found = await rows_of(graph, scene, rule)
    assert expected == {key: row["verdict"] for key, row in found.items()}
    assert found[THIRD, "po-990101-3", "oc-990101-3"]["missing"] == ["post@po-990101-3"]


async def assert_missing_body(graph: Graph, rule: str) -> None:
    """Without a body: unknown, until a register says that there is none; a group is no branch."""
    scene = Scene(5)
    b = scene.builder
    for number in (1, 2):
        del b.edges[f"oc-990101-{number}~COVERS~q-990101-{number:02}"]
    del b.edges[f"po-990101-3~COVERS~{THIRD}"]
    b.nodes["po-990101-4"]["tier"] = "group"
    b.nodes["oc-990101-5"]["kind"] = "property_management_committee"
    scene.complete(SECOND, "owners_committee")
    scene.complete(THIRD, "party_organization", "owners_committee")
    scene.complete(FOURTH, "owners_committee")
    found = await rows_of(graph, scene, rule)
    assert {key: (row["verdict"], row["missing"]) for key, row in found.items()} == {
        (FIRST, "po-990101-1", None): ("unknown", [f"owners_committee@{FIRST}"]),
        (SECOND, "po-990101-2", None): ("not_applicable", []),
        (THIRD, None, "oc-990101-3"): ("not_applicable", []),
        (FOURTH, None, "oc-990101-4"): ("unknown", [f"party_organization@{FOURTH}"]),
        ("q-990101-05", "po-990101-5", None): ("unknown", ["owners_committee@q-990101-05"]),
    }
    assert found[THIRD, None, "oc-990101-3"]["evidence"] == [
        f"{THIRD}~COMPLETE_IN~{SOURCE}~party_organization"
    ]


async def assert_conflict_beats_the_post(graph: Graph, rule: str) -> None:
    """R27 bars who holds both posts already; kinds and affiliates are the profile's."""
    scene = Scene(0)
    for number in (10, 11, 12):
        unified(scene, number)
    scene.link("p-10", "EMPLOYED_BY", "pf-10", kind="shareholder")
    scene.builder.node("u-990101-11")
    scene.link("pf-11", "SUBORDINATE_TO", "u-11")
    scene.link("p-11", "EMPLOYED_BY", "u-11", kind="seconded")
    scene.link("p-12", "EMPLOYED_BY", "pf-10", kind="employee")
    shown: list[tuple[dict[str, Any], list[str]]] = [
        ({}, ["pass", "not_possible", "pass"]),
        ({"kinds": ["shareholder"]}, ["not_possible", "pass", "pass"]),
        ({"affiliates": False}, ["pass", "pass", "pass"]),
    ]
    for params, verdicts in shown:
        found = await verdicts_of(graph, scene, rule, **params)
        assert [found[key(n)] for n in (10, 11, 12)] == verdicts, params


def key(n: int) -> Identity:
    """Quarter, branch and committee of number `n`."""
    return f"q-990101-{n}", f"po-990101-{n}", f"oc-990101-{n}"


def apart(scene: Scene, n: int) -> None:
    """Quarter `n`: `p-<n>` is secretary and owner, `p-<n>b` chair and in no Party; all listed."""
    b = scene.builder
    community(scene, n, bodies="")
    quarter(scene, n)
    b.node(f"po-990101-{n}", level="quarter", tier="branch")
    scene.link(f"po-{n}", "COVERS", f"q-{n}")
    b.node(f"p-990101-{n}", party_status="full")
    b.node(f"p-990101-{n}b", party_status="none")
    scene.link(f"p-{n}", "HOLDS_POST", f"po-{n}", role="secretary")
    scene.link(f"p-{n}b", "HOLDS_POST", f"oc-{n}", role="chair")
    scene.link(f"p-{n}", "OWNS_HOME_IN", f"q-{n}")
    scene.complete(f"q-{n}", "post", "ownership")


def unified(scene: Scene, n: int) -> None:
    """As `apart`, but the secretary is chair."""
    apart(scene, n)
    del scene.builder.edges[f"p-990101-{n}b~HOLDS_POST~oc-990101-{n}~chair~1"]
    scene.seat(n, "chair", f"oc-{n}")


def homeless(scene: Scene, n: int) -> None:
    """As `apart`, but the secretary owns no home there."""
    apart(scene, n)
    del scene.builder.edges[f"p-990101-{n}~OWNS_HOME_IN~q-990101-{n}"]


def unsettled(scene: Scene, n: int) -> None:
    """As `homeless`, but who owns a home is not listed."""
    homeless(scene, n)
    del scene.builder.edges[f"q-990101-{n}~COMPLETE_IN~{SOURCE}~ownership"]


def unlisted(scene: Scene, n: int) -> None:
    """As `apart`, but posts are not listed."""
    apart(scene, n)
    del scene.builder.edges[f"q-990101-{n}~COMPLETE_IN~{SOURCE}~post"]


def half_listed(scene: Scene, n: int) -> None:
    """As `unlisted`, but the committee's posts are listed."""
    unlisted(scene, n)
    scene.complete(f"oc-{n}", "post")


def listed_above(scene: Scene, n: int) -> None:
    """As `unlisted`, but posts are listed for the community."""
    unlisted(scene, n)
    scene.complete(area(n), "post")


def employed(scene: Scene, n: int) -> None:
    """As `apart`, but the secretary works for the firm."""
    apart(scene, n)
    scene.link(f"p-{n}", "EMPLOYED_BY", f"pf-{n}", kind="employee")


def affiliated(scene: Scene, n: int) -> None:
    """As `apart`, but the secretary works for a unit that is nothing to the firm."""
    apart(scene, n)
    scene.builder.node(f"u-990101-{n}")
    scene.link(f"p-{n}", "EMPLOYED_BY", f"u-{n}", kind="employee")


SPELLS: Sequence[Case] = (
    linked(apart, "oc-# COVERS q-#", without=None, expect="fail"),
    linked(apart, "po-# COVERS q-#", without=None, expect="fail"),
    linked(unlisted, f"q-# COMPLETE_IN {SOURCE}", without="unknown", expect="fail", subject="post"),
    linked(half_listed, f"po-# COMPLETE_IN {SOURCE}", without="unknown", expect="fail", subject="post"),
    linked(listed_above, "q-# PART_OF @#", without="unknown", expect="fail"),
    linked(apart, "p-# OWNS_HOME_IN q-#", without="not_possible", expect="fail"),
    linked(
        unsettled, f"q-# COMPLETE_IN {SOURCE}", without="fail", expect="not_possible", subject="ownership"
    ),
    linked(
        unsettled, f"p-# COMPLETE_IN {SOURCE}", without="fail", expect="not_possible", subject="ownership"
    ),
    linked(homeless, "p-# HOLDS_POST po-#", without="fail", expect="not_possible", role="secretary"),
    linked(apart, "p-# HOLDS_POST pp-#", without="fail", expect="not_possible", role="staff"),
    linked(apart, "p-# EMPLOYED_BY pf-#", without="fail", expect="not_possible", kind="employee"),
    linked(employed, "pp-# SERVES q-#", without="fail", expect="not_possible"),
    linked(employed, "pp-# OPERATED_BY pf-#", without="fail", expect="not_possible"),
    linked(affiliated, "pf-# SUBORDINATE_TO u-#", without="fail", expect="not_possible"),
    linked(unified, "p-# HOLDS_POST oc-#", without="fail", expect="pass", role="chair"),
    linked(unified, "p-# EMPLOYED_BY pf-#", without="pass", expect="not_possible", kind="employee"),
    linked(unified, "p-# HOLDS_POST pp-#", without="pass", expect="not_possible", role="project_manager"),
)
"""Every kind of edge that both rules read; with the lists of `apart`, what they say of it."""
