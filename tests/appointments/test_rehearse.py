"""A rehearsal says what a proposal changes, on both engines, and leaves nothing behind."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from graph.appointments.proposal import ProposalRejected, read_proposal
from graph.appointments.rehearse import REHEARSED, Effects, rehearse
from graph.appointments.rehearse import effects as effects_in
from graph.private import MASK
from graph.reading.findings.find import find_kept
from graph.reading.graph import Graph
from graph.reading.places import everywhere
from graph.rules.check import check_rules
from graph.rules.pages import find_runs
from graph.store import Transaction
from graph.store.derived import verify
from tests.appointments.scenes import appointment, dump, proposal, relief, scene_of_conflict
from tests.conftest import unmasked
from tests.oracle.asking import store
from tests.oracle.scene import COMMUNITY, RESIDENTS, post
from tests.strategies import DAY


async def effects(graph: Graph, *changes: dict[str, Any], **options: Any) -> dict[str, Any]:
    """Findings by effect, as sets of ids."""
    answer = await rehearse(unmasked(graph), proposal(*changes), **options)
    return {
        kind: {row["finding"] for row in answer.data[kind]}
        for kind in ("appear", "disappear", "stay", "changed")
    }


async def test_findings_appear_and_disappear_with_evidence(graph: Graph) -> None:
    """Relieving the stranger ends R14; the firm's employee brings R27, and is no answer to R18."""
    await store(graph, scene_of_conflict().builder)
    stranger = post(1, "member", "oc-1")
    newcomer = post(2, "chair", "oc-1")
    changes = proposal(relief(stranger), appointment(2, "chair", "oc-1"))
    answer = await rehearse(unmasked(graph), changes)
    appear = {row["code"]: row for row in answer.data["appear"]}
    gone = {row["finding"] for row in answer.data["disappear"]}
    assert f"R14:p-990101-1|{stranger}" in gone
    assert appear["R27"]["finding"] == f"R27:p-990101-2|{newcomer}|q-990101-01|pp-990101-1"
    assert {newcomer, "p-990101-2~EMPLOYED_BY~pf-990101-1"} <= set(appear["R27"]["evidence"])
    masked = {row["code"]: row for row in (await rehearse(graph, changes)).data["appear"]}
    assert masked["R27"]["evidence"] == [MASK]
    assert masked["R27"]["verdict"] == "fail"
    assert "R14" not in appear
    assert answer.data["areas"] == [COMMUNITY]
    assert {c["action"] for c in answer.data["changes"]} == {"create", "set"}


async def test_a_unified_post_ends_the_gap(graph: Graph) -> None:
    """Making the secretary chair turns R17 from fail to pass, through the derived edge."""
    scene = scene_of_conflict()
    scene.seat(2, "chair", "oc-1")
    await store(graph, scene.builder)
    found = await effects(graph, relief(post(2, "chair", "oc-1")), appointment(3, "chair", "oc-1"))
    assert "R17:q-990101-01|po-990101-1|oc-990101-1" in found["disappear"]
    assert not [f for f in found["appear"] if f.startswith(("R14", "R17", "R18", "R27"))]


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "pay", "post": post(1, "member", "oc-1"), "paid": True},
        {"kind": "extend", "post": post(1, "member", "oc-1"), "until": "2026-06-30"},
        {"kind": "extend", "body": "oc-990101-1", "until": "2026-06-30", "approved_by": "街道"},
        {"kind": "relieve", "person": "p-990101-1", "body": "oc-990101-1", "role": "member"},
        appointment(3, "part_time_member", "po-990101-community", concurrent=True, paid=True),
        appointment(2, "director", RESIDENTS),
    ],
)
async def test_nothing_is_written(change: dict[str, Any], graph: Graph) -> None:
    """After a rehearsal the graph is what it was, to the last property and version."""
    await store(graph, scene_of_conflict().builder)
    before = await dump(graph)
    await rehearse(graph, proposal(change))
    assert before == await dump(graph)
    assert await verify(graph.store) == []


async def test_nothing_is_written_when_the_caller_goes_away(graph: Graph) -> None:
    """A rehearsal that is cancelled in the middle leaves nothing, and blocks no one."""
    await store(graph, scene_of_conflict().builder)
    before = await dump(graph)
    written = asyncio.Event()

    async def work(tx: Transaction) -> None:
        await tx.run("MATCH (p:Person) SET p.note = 'x'")
        written.set()
        await asyncio.sleep(60)

    task = asyncio.create_task(graph.store.rehearse(work))
    await written.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert before == await dump(graph)
    await asyncio.wait_for(graph.store.write(_touch), 20)


async def _touch(tx: Transaction) -> None:
    await tx.run("MATCH (p:Person) SET p.note = 'y'")


async def test_every_mistake_of_a_proposal_is_told_at_once(graph: Graph) -> None:
    """Unknown ids, roles that a body lacks, posts not held, spells that overlap: all in one."""
    scene = scene_of_conflict()
    scene.seat(2, "staff", "pp-1", since=date(2020, 1, 1), until=DAY)
    await store(graph, scene.builder)
    before = await dump(graph)
    with pytest.raises(ProposalRejected) as caught:
        await rehearse(
            graph,
            proposal(
                appointment(99, "member", "oc-1"),
                appointment(1, "director", "oc-1"),
                appointment(1, "member", "oc-1"),
                appointment(1, "member", "q-990101-01"),
                relief(post(2, "staff", "pp-1")),
                relief("p-990101-1~HOLDS_POST~oc-990101-1~chair~1"),
                {"kind": "extend", "body": "oc-990101-1", "until": str(DAY)},
                appointment(1, "member", "oc-2", until=str(DAY)),
            ),
        )
    assert [p.where for p in caught.value.problems] == [
        "changes[0].person",
        "changes[1].role",
        "changes[2].person",
        "changes[3].role",
        "changes[4].post",
        "changes[5].post",
        "changes[6].until",
        "changes[7].until",
    ]
    assert before == await dump(graph)


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ({"as_of": "2025-06-31", "changes": [relief("x")]}, "as_of"),
        ({"as_of": "2025-06-30", "changes": []}, "changes"),
        ({"as_of": "2025-06-30", "changes": [{"kind": "promote"}]}, "changes[0]"),
        ({"as_of": "2025-06-30", "changes": [{"kind": "relieve"}]}, "changes[0]"),
        ({"as_of": "2025-06-30", "changes": [appointment(1, "king", "oc-1")]}, "changes[0].role"),
        ({"as_of": "2025-06-30", "changes": [relief("x") | {"pay": 1}]}, "changes[0].pay"),
    ],
)
def test_a_malformed_proposal_names_the_field(value: dict[str, Any], where: str) -> None:
    """What does not fit the form of a proposal is refused before the graph is asked."""
    with pytest.raises(ProposalRejected) as caught:
        read_proposal(value)
    assert where in {p.where for p in caught.value.problems}


async def test_a_second_spell_gets_its_number(graph: Graph) -> None:
    """Who held the post before gets spell 2; the change says so."""
    scene = scene_of_conflict()
    scene.seat(2, "member", "oc-1", until=date(2024, 1, 1))
    await store(graph, scene.builder)
    answer = await rehearse(graph, proposal(appointment(2, "member", "oc-1")))
    assert [c["id"] for c in answer.data["changes"]] == [post(2, "member", "oc-1", spell=2)]


async def test_what_stands_before_is_taken_from_what_is_kept(loaded: Graph) -> None:
    """Asked once for a day and an area, and the answer stays that of a service that keeps nothing."""
    day = date(2025, 5, 19)  # that no other test asks for
    swap = [
        {"kind": "appoint", "person": "p-990101-0022", "body": f"oc-990101-{n:03}", "role": "member"}
        for n in (1, 9)
    ]
    graph = unmasked(loaded)
    nothing = replace(graph, settings=graph.settings.model_copy(update={"kept": 0}))
    places = await everywhere(graph)

    async def asked(of: Graph, number: int) -> set[str]:
        """The rules that were asked for what stands before."""

        async def work(tx: Transaction) -> Effects:
            return await effects_in(of, tx, proposal(swap[number], as_of=day), places, REHEARSED)

        return {run.query.name for run, _ in (await loaded.store.rehearse(work)).asked_before}

    for number in (0, 1):
        first = await rehearse(graph, proposal(swap[number], as_of=day))
        assert await asked(nothing, number)
        assert not await asked(graph, number)
        again = await rehearse(graph, proposal(swap[number], as_of=day))
        directly = await rehearse(nothing, proposal(swap[number], as_of=day))
        assert first.data == again.data == directly.data


async def test_what_is_kept_of_another_state_is_not_taken(loaded: Graph) -> None:
    """Also where it lies in memory."""
    await check_rules(loaded, area=COMMUNITY, rule="R15")
    assert loaded.known.edition is not None
    (run,) = (await find_runs(loaded, area=COMMUNITY, rule="R15", as_of=None)).runs
    here = await find_kept(loaded, loaded.known.edition, [run[0].ask])
    assert [cut is not None for cut in here] == [True]
    assert await find_kept(loaded, f"{loaded.known.edition}x", [run[0].ask]) == [None]
