"""A decision is in graph and ledger or in neither, whatever ends while it is carried out."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine

from graph.appointments.decide import Signature, decide, read_decisions
from graph.appointments.recovery import recover
from graph.appointments.rehearse import rehearse
from graph.appointments.waivers import read_waivers
from graph.errors import EnvironmentFault, LoadConflict
from graph.ledger import Intentions, Ledger
from graph.reading.graph import Graph
from graph.store.derived import verify
from tests.appointments.killed import STEPS
from tests.appointments.scenes import appointment, dump, proposal, scene_of_conflict
from tests.appointments.signing import signed
from tests.ledger.conftest import Place
from tests.oracle.asking import embedded_only, store

LONG_AGO = "UPDATE decisions SET decided_at = '2020-01-01T00:00:00+00:00'"
Opens = Callable[[Place], Ledger]


@pytest.fixture
def kept(graph: Graph, place: Place, ledgers: Opens) -> Graph:
    """An empty graph with an empty ledger, on each database."""
    embedded_only(graph)
    return replace(graph, ledger=ledgers(place))


async def grave(graph: Graph, changes: Any) -> list[str]:
    """The findings that a proposal brings."""
    return [row["finding"] for row in (await rehearse(graph, changes)).data["appear"]]


async def holders(graph: Graph) -> int:
    """How many posts as chair person 2 has."""
    asked = "MATCH (:Person {id: 'p-990101-2'})-[h:HOLDS_POST {role: 'chair'}]->() RETURN count(h) AS n"
    (rows,) = await graph.store.read([(asked, {})])
    return int(rows[0]["n"])


async def steps_on_record(graph: Graph) -> Counter[str]:
    """How often each step of decisions is in a chain that holds."""
    assert (await graph.ledger.audit.verify()).ok
    return Counter(e.what for e in await graph.ledger.audit.read() if e.what.startswith("decide "))


@pytest.mark.parametrize("step", STEPS)
async def test_a_kill_at_any_step_loses_and_doubles_nothing(kept: Graph, place: Place, step: str) -> None:
    """Graph, waivers, record and audit entry are all there afterwards, or none of them."""
    await store(kept, scene_of_conflict().builder)
    changes = proposal(appointment(2, "chair", "oc-1"))
    waived = await grave(kept, changes)
    assert waived
    given = {
        "settings": {"data_dir": str(kept.settings.data_dir), "heap": kept.settings.heap},
        "folder": str(place.folder),
        "url": place.url,
        "proposal": changes.model_dump(mode="json", exclude_none=True),
        "signature": signed(*waived).model_dump(mode="json"),
        "step": step,
    }
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.appointments.killed", json.dumps(given)
    )
    assert await child.wait() == -signal.SIGKILL
    came_about = STEPS[step]
    assert await holders(kept) == came_about
    for _ in range(2):  # to recover twice changes nothing
        await recover(kept)
        decisions = await read_decisions(kept)
        assert sorted(w["finding"] for w in (await read_waivers(kept)).data) == sorted(waived * came_about)
        seen = await steps_on_record(kept)
        if step == "before the intention":
            assert (decisions, seen) == ([], {})
        elif came_about:
            assert [(d.state, d.data_version) for d in decisions] == [("applied", await kept.version())]
            assert {f["finding"] for f in decisions[0].findings if f["effect"] == "appear"} == set(waived)
            assert seen == {"decide begun": 1, "decide applied": 1}
        else:  # others may be deciding just now: what is young is left alone
            assert [d.state for d in decisions] == ["pending"]
            assert seen == {"decide begun": 1}
    if not came_about:
        place.run(LONG_AGO)
        done = await decide(kept, changes, signed(*waived))
        states = {d.id: d.state for d in await read_decisions(kept)}
        assert states.pop(done.data["decision"]) == "applied"
        assert set(states.values()) <= {"void"}
        assert (await steps_on_record(kept))["decide void"] == len(states)
    assert await holders(kept) == 1
    assert await verify(kept.store) == []


@contextmanager
def locked(place: Place) -> Iterator[None]:
    """No one can write to the ledger."""
    engine = create_engine(f"sqlite:///{place.folder / 'ledger.db'}")
    with engine.connect() as connection:
        _lock(connection)
        yield
        connection.rollback()
    engine.dispose()


def _lock(connection: Connection) -> None:
    connection.exec_driver_sql("UPDATE revision SET value = value")


async def test_a_ledger_locked_after_the_commit_is_made_up_for(
    graph: Graph, place: Place, ledgers: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The caller reads that it is carried out and still pending; the next decision completes it."""
    if place.url is not None:
        pytest.skip("PostgreSQL lets writers wait for as long as the server is told to")
    monkeypatch.setattr("graph.ledger.connection.BUSY", 100)
    kept = replace(graph, ledger=ledgers(place))
    await store(kept, scene_of_conflict().builder)
    changes = proposal(appointment(2, "chair", "oc-1"))
    waived = await grave(kept, changes)
    real = Intentions.conclude

    async def while_locked(self: Intentions, *given: Any, **named: Any) -> bool:
        with locked(place):
            return await real(self, *given, **named)

    monkeypatch.setattr(Intentions, "conclude", while_locked)
    done = await decide(kept, changes, signed(*waived))
    assert done.data["state"] == "pending"
    assert await kept.ledger.waivers() == []
    monkeypatch.setattr(Intentions, "conclude", real)
    await decide(kept, proposal(appointment(3, "chair", "oc-1")), signed())
    assert sorted(w.finding for w in await kept.ledger.waivers()) == sorted(waived)
    assert [d.state for d in await kept.ledger.decisions()] == ["applied", "applied"]
    assert await steps_on_record(kept) == {"decide begun": 2, "decide applied": 2}


@pytest.mark.parametrize("step", ["begin", "prepare"])
async def test_a_ledger_locked_before_the_commit_lets_nothing_happen(
    graph: Graph, place: Place, ledgers: Opens, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """What cannot be recorded is not done."""
    if place.url is not None:
        pytest.skip("PostgreSQL lets writers wait for as long as the server is told to")
    monkeypatch.setattr("graph.ledger.connection.BUSY", 100)
    kept = replace(graph, ledger=ledgers(place))
    await store(kept, scene_of_conflict().builder)
    await kept.ledger.revision()
    before = await dump(kept)
    real = getattr(Intentions, step)

    async def while_locked(self: Intentions, *given: Any) -> Any:
        with locked(place):
            return await real(self, *given)

    monkeypatch.setattr(Intentions, step, while_locked)
    with pytest.raises(EnvironmentFault):
        await decide(kept, proposal(appointment(3, "chair", "oc-1")), signed())
    assert await dump(kept) == before
    assert {d.state for d in await kept.ledger.decisions()} <= {"void"}


async def test_a_decision_that_was_given_up_does_not_commit(
    kept: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who finds the intention gone, because it took too long, changes nothing."""
    await store(kept, scene_of_conflict().builder)
    before = await dump(kept)
    real = Intentions.prepare

    async def late(self: Intentions, id_: str, outcome: Any) -> None:
        await self.conclude(id_, "void", recovered=True)
        await real(self, id_, outcome)

    monkeypatch.setattr(Intentions, "prepare", late)
    with pytest.raises(LoadConflict):
        await decide(kept, proposal(appointment(3, "chair", "oc-1")), Signature(decided_by="科", reason="-"))
    assert await dump(kept) == before
    assert await steps_on_record(kept) == {"decide begun": 1, "decide void": 1}


async def test_an_answer_that_was_lost_is_not_a_decision_that_was_lost(
    kept: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the driver tries a commit again that had been carried out, the graph tells so."""
    await store(kept, scene_of_conflict().builder)
    real = kept.store.write

    async def twice(work: Any) -> Any:
        await real(work)
        return await real(work)

    monkeypatch.setattr(kept.store, "write", twice)
    done = await decide(kept, proposal(appointment(3, "chair", "oc-1")), signed())
    assert [d.state for d in await kept.ledger.decisions()] == ["applied"]
    assert done.data["state"] == "applied"
    assert await steps_on_record(kept) == {"decide begun": 1, "decide applied": 1}


async def test_pending_decisions_of_an_older_version_are_concluded(kept: Graph, place: Place) -> None:
    """A ledger that kept no intentions has the decision, and the graph has what it did."""
    await store(kept, scene_of_conflict().builder)
    done = await decide(kept, proposal(appointment(3, "chair", "oc-1")), signed())
    place.run("UPDATE decisions SET state = 'pending'")
    assert await recover(kept) == 1
    (found,) = await read_decisions(kept)
    assert (found.id, found.state) == (done.data["decision"], "applied")
    last = (await kept.ledger.audit.latest(limit=1))[0]
    assert (last.who, last.what) == ("示例科", "decide applied")
    assert last.parameters == {"decision": found.id, "recovered": True}
