"""Running only the rules and areas that a change can touch gives what the full check gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.appointments.decide import Excuse, Signature, decide
from graph.appointments.proposal import Proposal, ProposalRejected, read_proposal
from graph.appointments.rehearse import rehearse
from graph.catalogue.profiles import Profiles
from graph.model import POSTS, label_of
from graph.reading.findings.reach import reads, words_of
from graph.reading.graph import Graph
from graph.rules.check import check_with_tally
from graph.store.changes import Change
from tests.builder import GraphBuilder
from tests.conftest import unmasked
from tests.oracle.asking import embedded_only, store
from tests.strategies import DAY, TOMORROW, graphs

KINDS = ("appear", "disappear", "changed")
FAR = date(2030, 1, 1)
PAID = (None, True, False)


@pytest.fixture
def strict(graph: Graph, tmp_path: Path) -> Graph:
    """The graph under a profile that switches every rule on."""
    rules = "".join(f"[rules.{q.name}]\non = true\n" for q in graph.catalogue.folder("rules"))
    (tmp_path / "national.toml").write_text(f'title = "all"\ntitle_zh = "全部"\n{rules}', "utf-8")
    return replace(graph, profiles=Profiles.load(graph.catalogue, tmp_path))


@st.composite
def proposals(draw: st.DrawFn) -> tuple[GraphBuilder, Proposal]:
    """A drawn graph, and up to three changes of its posts and terms."""
    builder = draw(graphs())
    persons = [i for i in builder.nodes if label_of(i) == "Person"]
    bodies = [i for i in builder.nodes if label_of(i) in POSTS]
    posts = [i for i, e in builder.edges.items() if e["type"] == "HOLDS_POST"]
    changes: list[dict[str, Any]] = []
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["appoint", "appoint", "relieve", "pay", "extend", "term"]))
        if kind == "appoint":
            body = draw(st.sampled_from(bodies))
            role = draw(st.sampled_from(POSTS[label_of(body)]))
            changes.append(
                {
                    "kind": kind,
                    "person": draw(st.sampled_from(persons)),
                    "body": body,
                    "role": role,
                    "paid": draw(st.sampled_from(PAID)),
                }
            )
        elif kind == "term":
            changes.append({"kind": "extend", "body": draw(st.sampled_from(bodies)), "until": FAR})
        elif posts:
            more = {"relieve": {}, "pay": {"paid": draw(st.booleans())}, "extend": {"until": FAR}}
            changes.append({"kind": kind, "post": draw(st.sampled_from(posts)), **more[kind]})
    return builder, read_proposal(
        {
            "as_of": DAY,
            "changes": changes
            or [
                {
                    "kind": "appoint",
                    "person": persons[0],
                    "body": bodies[0],
                    "role": POSTS[label_of(bodies[0])][0],
                }
            ],
        }
    )


@settings(max_examples=20)
@given(drawn=proposals())
async def test_the_shortcut_equals_the_full_check(
    strict: Graph, drawn: tuple[GraphBuilder, Proposal]
) -> None:
    """Whatever is changed in a drawn graph, no finding outside the shortcut's reach moves."""
    embedded_only(strict)
    builder, proposal = drawn
    await store(strict, builder)
    try:
        quick = (await rehearse(unmasked(strict), proposal)).data
    except ProposalRejected:
        return
    full = (await rehearse(unmasked(strict), proposal, full=True)).data
    for kind in KINDS:
        assert {r["finding"]: r["verdict"] for r in quick[kind]} == {
            r["finding"]: r["verdict"] for r in full[kind]
        }, (kind, proposal, builder)
    assert {r["finding"] for r in quick["stay"]} <= {r["finding"] for r in full["stay"]}
    assert len(quick["rules"]) <= len(full["rules"])


@settings(max_examples=10)
@given(drawn=proposals())
async def test_what_is_announced_comes_about(strict: Graph, drawn: tuple[GraphBuilder, Proposal]) -> None:
    """The check after a decision differs from the one before by what the rehearsal said."""
    embedded_only(strict)
    builder, proposal = drawn
    await store(strict, builder)
    try:
        announced = (await rehearse(unmasked(strict), proposal)).data
    except ProposalRejected:
        return
    before = await _verdicts(strict)
    excuses = tuple(Excuse(finding=r["finding"], reason="-", until=TOMORROW) for r in announced["appear"])
    await decide(strict, proposal, Signature(decided_by="-", reason="-", waivers=excuses))
    after = await _verdicts(strict)
    moved = {k: after.get(k) for k in {*before, *after} if before.get(k) != after.get(k)}
    assert moved == {r["finding"]: r["verdict"] for kind in KINDS for r in announced[kind]} | {
        r["finding"]: None for r in announced["disappear"] if r["finding"] not in after
    }


async def _verdicts(graph: Graph) -> dict[str, str]:
    answer = await check_with_tally(unmasked(graph), as_of=DAY)
    return {row["finding"]: row["verdict"] for row in answer.data["rows"]}


def test_rules_that_read_no_posts_are_left_out(graph: Graph) -> None:
    """A changed pay touches fewer rules than a new post, and a new post not all of them."""
    rules = graph.catalogue.folder("rules")
    post = {"id": "p~HOLDS_POST~b~chair~1", "role": "chair", "since": DAY, "until": FAR}
    made = [Change("HOLDS_POST", None, post, "p-990101-1", "oc-990101-1")]
    paid = [Change("HOLDS_POST", post, {**post, "paid": True}, "p-990101-1", "oc-990101-1")]
    for_post = {q.name for q in rules if reads(q, words_of(made))}
    for_pay = {q.name for q in rules if reads(q, words_of(paid))}
    assert "concurrent_post_paid" in for_pay
    assert for_pay < for_post < {q.name for q in rules} | {"beyond"}
