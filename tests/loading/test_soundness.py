"""`cobuild verify` on a damaged graph: each kind of damage is told, and hides no other."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from graph.errors import EnvironmentFault
from graph.loading.load import load_delivery, rebuild_derived
from graph.loading.soundness import flaws
from graph.reading.graph import Graph
from graph.store import Transaction
from graph.store.schema import apply_schema
from tests.loading.samples import write_delivery

COVERS = "MATCH (a)-[e:COVERS {id: 'oc-990102-1~COVERS~q-990102-1'}]->(b)"
QUARTER = "MATCH (n:Quarter {id: 'q-990102-1'})"
META = "MATCH (m:Meta {id: 'meta'})"
WITHIN = "(:Quarter {id: 'q-990102-1'})-[e:WITHIN]->(:Area {id: '990102001000'})"
GIVEN = (
    "spell: 1, since: date('2020-01-01'), until: date('9999-12-31'), since_known: true, synthetic: true, "
    "source: 'd-990102-register'"
)
VALUES = {
    f"{QUARTER} SET n.households = false": "households is not of kind int",
    f"{QUARTER} SET n.households = -5": "households cannot be",
    f"{QUARTER} SET n.households = 1.5": "households is not of kind int",
    f"{QUARTER} SET n.name = ''": "name is missing",
    f"{QUARTER} SET n.source = 'd-990102-gone'": "the source d-990102-gone is not in the graph",
    f"{QUARTER} SET n.id = 7": "the id is not one of this type",
    f"{QUARTER} REMOVE n.id": "id is missing",
    f"{COVERS} SET e.since = '2023-01-01'": "since is not of kind date",
    f"{COVERS} SET e.since = localdatetime('2023-01-01T10:00:00')": "since is not of kind date",
    f"{COVERS} SET e.since_known = false": "since_known does not agree",
    f"{COVERS} SET e.date_precision = [1, 2]": "date_precision is not of kind list",
    f"{COVERS} SET e.date_precision = ['since:never']": "'since:never' says nothing",
    f"{COVERS} SET e.source = 'derived'": "the source derived is not in the graph",
    f"{COVERS}, (c:Quarter {{id: 'q-990102-2'}}) WITH a, c, e, properties(e) AS p DELETE e "
    "WITH a, c, p CREATE (a)-[f:COVERS]->(c) SET f = p": ("the id is not that of its ends"),
    f"MATCH {WITHIN} REMOVE e.id": "WITHIN: id is missing",
    f"MATCH {WITHIN} DELETE e": "differs from a recomputation",
    "MATCH (d:SourceDocument) DETACH DELETE d": "the source d-990102-register is not in the graph",
}
STRANGERS = {
    "CREATE (n {id: 'x-1'})": "1 nodes are of no kind",
    "CREATE (n:Zoo {id: 'x-2'})": "nodes are of no kind: Zoo",
    "MATCH (n:Person {id: 'p-990102-2'}) SET n:Zoo": "nodes are of no kind: Person:Zoo",
    "MATCH (n:Person {id: 'p-990102-2'}), (m:Meta) CREATE (n)-[:EATS {id: 'x'}]->(m)": "EATS",
}
STATES = {
    f"{META} DETACH DELETE m": "Meta is missing",
    "CREATE (m:Meta {id: 'other', data_version: 7, state: 'complete'})": "expected one",
    f"{META} REMOVE m.data_version": "data_version is no data version",
    f"{META} SET m.data_version = 'one'": "data_version is no data version",
    f"{META} SET m.state = 'odd'": "state is neither",
    f"{META} SET m.state = 'loading'": "a load is not complete",
    f"{META} SET m.mark = 7": "mark is no text",
    f"{META} REMOVE m.derived": "derived edges are not those of this version",
    "MATCH (l:Load) DELETE l": "nothing says what was delivered",
    "MATCH (l:Load) SET l = {id: l.id}": "digest is missing",
    "MATCH (c:ChangeSet) DELETE c": "the ChangeSet that it is of is missing",
    "MATCH (c:ChangeSet) SET c = {id: c.id}": "ChangeSet: kind says nothing",
    "MATCH (j:LoadJournal) SET j.undo = 'zoo'": "nothing is undone by it",
}


@pytest.fixture
async def harmed(graph: Graph) -> AsyncIterator[Graph]:
    """A graph that tests may harm: afterwards it is as one that was never loaded into."""
    yield graph

    async def work(tx: Transaction) -> None:
        await tx.run("MATCH (n) DETACH DELETE n")

    await graph.store.write(work)
    await apply_schema(graph.store)


async def spoiled(graph: Graph, *texts: str) -> list[str]:
    """What `verify` says of a graph after some statements, in English, each with its element."""

    async def spoil(tx: Transaction) -> None:
        for text in texts:
            await tx.run(text)

    await graph.store.write(spoil)
    return [f"{flaw.part} {flaw.element} {flaw.en}" async for flaw in flaws(graph.store)]


@pytest.mark.parametrize("text", [*VALUES, *STRANGERS, *STATES])
async def test_each_damage_is_told(harmed: Graph, tmp_path: Path, text: str) -> None:
    """A value, an id, an end, a type, or what the service keeps beside them: alone it is a flaw."""
    await load_delivery(harmed.store, write_delivery(tmp_path / "in"))
    told = await spoiled(harmed, text)
    assert any({**VALUES, **STRANGERS, **STATES}[text] in line for line in told), told


async def test_no_damage_hides_another(harmed: Graph, tmp_path: Path) -> None:
    """On both engines: values, strangers and states at once, posts without a day, and derived edges."""
    await load_delivery(harmed.store, write_delivery(tmp_path / "in"))
    assert [flaw async for flaw in flaws(harmed.store)] == []
    values = [text for text in VALUES if "false" in text or "never" in text or "REMOVE e.id" in text]
    states = [text for text in STATES if "other" in text or "'odd'" in text or "undo" in text]
    posts = "MATCH ()-[h:HOLDS_POST {role: 'chair'}]->() REMOVE h.since"
    gone = "MATCH (:Quarter {id: 'q-990102-2'})-[e:WITHIN]->() DELETE e"
    told = await spoiled(harmed, *values, *STRANGERS, *states, posts, gone)
    for text in (*values, *STRANGERS, *states):
        words = {**VALUES, **STRANGERS, **STATES}[text]
        assert any(words in line for line in told), (words, told)
    assert any("2 elements are damaged and cannot be compared" in line for line in told), told
    assert any("q-990102-2~WITHIN~990102001000 differs" in line for line in told), told
    with pytest.raises(EnvironmentFault, match="cobuild verify"):
        await rebuild_derived(harmed.store)


async def test_ids_that_are_there_twice_are_told(harmed: Graph, tmp_path: Path) -> None:
    """A constraint that is gone is a flaw, and so is what it let in."""
    await load_delivery(harmed.store, write_delivery(tmp_path / "in"))
    await harmed.store.define(["DROP CONSTRAINT quarter_id", "DROP CONSTRAINT covers_id"])
    told = await spoiled(
        harmed,
        f"{QUARTER} CREATE (m:Quarter) SET m = properties(n)",
        f"{COVERS} WITH a, b, properties(e) AS e LIMIT 1 CREATE (a)-[f:COVERS]->(b) SET f = e",
    )
    for words in ("quarter_id the constraint", "covers_id the constraint"):
        assert any(words in line for line in told), told
    for words in ("Quarter: another one has the same id", "COVERS: another one has the same id"):
        assert any(words in line for line in told), told
