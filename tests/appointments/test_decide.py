"""A decision changes the graph in one transaction and is kept, with what was waived."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.appointments.decide import Excuse, FindingsNotDecided, decide, read_decisions
from graph.appointments.proposal import ProposalRejected
from graph.appointments.rehearse import rehearse
from graph.appointments.waivers import end_waiver, read_waivers, waive
from graph.errors import BadParameter, NotFound
from graph.ledger.times import new_id
from graph.reading.graph import Graph
from graph.rules.check import check_rules, tally
from graph.store.derived import verify
from tests.appointments.scenes import appointment, dump, proposal, relief, scene_of_conflict
from tests.appointments.signing import FAR, signed
from tests.conftest import unmasked
from tests.oracle.asking import store
from tests.oracle.scene import DISTRICT, post
from tests.strategies import DAY, TOMORROW

R27 = f"R27:p-990101-2|{post(2, 'chair', 'oc-1')}|q-990101-01|pp-990101-1"
R18 = "R18:q-990101-01|po-990101-1|oc-990101-1"


async def fails(graph: Graph, day: date = DAY, **options: Any) -> dict[str, Any]:
    """Failing rows of the district by finding."""
    answer = await check_rules(unmasked(graph), area=DISTRICT, verdict="fail", as_of=day, **options)
    return {row["finding"]: row for row in answer.data}


async def test_a_decision_does_what_its_rehearsal_said(graph: Graph) -> None:
    """The graph after it has the findings announced, derived edges that are true, a source."""
    await store(graph, scene_of_conflict().builder)
    changes = proposal(relief(post(1, "member", "oc-1")), appointment(3, "chair", "oc-1"))
    before = await fails(graph)
    announced = (await rehearse(unmasked(graph), changes)).data
    done = await decide(graph, changes, signed())
    after = await fails(graph)
    assert {r["finding"] for r in announced["appear"]} == set(after) - set(before)
    assert {r["finding"] for r in announced["disappear"]} == set(before) - set(after)
    assert await verify(graph.store) == []
    (rows,) = await graph.store.read(
        [
            (
                "MATCH (:Person {id: 'p-990101-3'})-[h:HOLDS_POST {role: 'chair'}]->(), "
                "(d:SourceDocument {id: $id}) RETURN h.source AS source, d.kind AS kind, h.since AS since",
                {"id": done.data["document"]},
            )
        ]
    )
    assert rows == [{"source": done.data["document"], "kind": "decision", "since": DAY}]
    decided = next(d for d in await read_decisions(graph) if d.id == done.data["decision"])
    assert (decided.state, decided.decided_by, decided.as_of) == ("applied", "示例科", DAY)
    assert decided.data_version == await graph.version()
    assert {f["finding"] for f in decided.findings} >= set(before) - set(after)


async def test_a_grave_finding_has_to_be_waived(graph: Graph) -> None:
    """Without an excuse nothing is written; with one the finding stands as waived."""
    await store(graph, scene_of_conflict().builder)
    changes = proposal(appointment(2, "chair", "oc-1"))
    before = await dump(graph)
    with pytest.raises(FindingsNotDecided) as caught:
        await decide(graph, changes, signed())
    assert R27 in {row["finding"] for row in caught.value.findings}
    assert before == await dump(graph)
    grave = [row["finding"] for row in caught.value.findings]
    await decide(graph, changes, signed(*grave))
    rows = await fails(graph)
    assert rows[R27]["waiver"]["reason"] == "测试"
    counts = {r["code"]: r for r in tally(list(rows.values()))}
    assert (counts["R27"]["fail"], counts["R27"]["waived"]) == (0, 1)
    later = await fails(graph, FAR)
    assert later[R27]["waiver"] is None  # the end is exclusive


async def test_an_excuse_is_for_a_finding_that_there_is(graph: Graph) -> None:
    """A waiver for something else, or one that ends at once, is refused; nothing is written."""
    await store(graph, scene_of_conflict().builder)
    before = await dump(graph)
    changes = proposal(appointment(3, "chair", "oc-1"))
    with pytest.raises(ProposalRejected) as caught:
        await decide(graph, changes, signed("R27:nobody", until=DAY))
    assert [p.where for p in caught.value.problems] == ["waivers[0].finding", "waivers[0].until"]
    assert before == await dump(graph)
    assert (await read_decisions(graph))[0].state == "void"


async def test_a_standing_finding_is_waived_and_the_waiver_ended(graph: Graph) -> None:
    """A waiver needs a finding that stands on its first day; ending it brings the finding back."""
    await store(graph, scene_of_conflict().builder)
    standing = next(f for f in await fails(graph) if f.startswith("R14"))
    excuse = Excuse(finding=standing, reason="已报批", until=FAR)
    kept = (await waive(graph, excuse, "示例科", DAY)).data
    assert (await fails(graph))[standing]["waiver"]["id"] == kept["id"]
    assert [w["id"] for w in (await read_waivers(graph, DAY)).data] == [kept["id"]]
    await end_waiver(graph, kept["id"], TOMORROW)
    assert (await fails(graph))[standing]["waiver"] is not None
    assert (await fails(graph, TOMORROW))[standing]["waiver"] is None
    with pytest.raises(NotFound):
        await waive(graph, Excuse(finding="R14:x|y", reason="-", until=FAR), "示例科", DAY)
    with pytest.raises(BadParameter):
        await waive(graph, Excuse(finding=standing, reason="-", until=DAY), "示例科", DAY)
    with pytest.raises(NotFound):
        await end_waiver(graph, new_id(), DAY)


async def test_pay_and_terms_are_changed_in_place(graph: Graph) -> None:
    """Pay and term of a post, and the term of a body, keep their ids and name the decision."""
    build = scene_of_conflict().builder
    build.nodes["oc-990101-1"] |= {
        "extended_until": DAY,
        "elected_on": date(2020, 7, 1),
        "date_precision": ["elected_on:month", "extended_until:month"],
    }
    await store(graph, build)
    id_ = post(1, "member", "oc-1")
    done = await decide(
        graph,
        proposal(
            {"kind": "pay", "post": id_, "paid": True, "pay_basis": "owners_assembly"},
            {"kind": "extend", "post": id_, "until": str(FAR)},
            {"kind": "extend", "body": "oc-990101-1", "until": str(FAR), "approved_by": "街道"},
        ),
        signed(),
    )
    (rows,) = await graph.store.read(
        [
            (
                "MATCH (:Person {id: 'p-990101-1'})-[h:HOLDS_POST {id: $id}]->(o) RETURN h.paid AS paid, "
                "h.pay_basis AS basis, h.term_until AS term, h.source AS source, "
                "o.extended_until AS extended, o.extension_approved_by AS by, o.date_precision AS known",
                {"id": id_},
            )
        ]
    )
    assert rows == [
        {
            "paid": True,
            "basis": "owners_assembly",
            "term": FAR,
            "extended": FAR,
            "by": "街道",
            "known": ["elected_on:month"],
            "source": done.data["document"],
        }
    ]
