"""A person who is erased is nowhere afterwards, and everything else is what it was."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph.appointments.decide import Signature, decide, read_decisions
from graph.appointments.rehearse import rehearse
from graph.errors import BadParameter, NotFound
from graph.ledger import KeptRun, Ledger, SavedQuery
from graph.ledger.entries import entry_now
from graph.ledger.roles import LOCAL
from graph.loading.merging.carry_out import merge, settle
from graph.private import MASK
from graph.reading.graph import Graph
from graph.reading.scoped.kept import FOLDER as KEPT_COPY
from graph.reading.scoped.kept import open_kept_copy
from graph.reading.wiring import open_graph
from graph.store.derived import verify
from graph.store.history import read_undo
from graph.upkeep.backup import back_up
from graph.upkeep.files import hide_in_files
from graph.upkeep.forget import forget, forget_again, person_called
from graph.upkeep.restore import restore
from tests.appointments.scenes import appointment, dump, proposal, scene_of_conflict
from tests.appointments.signing import signed
from tests.builder import GraphBuilder, district
from tests.ledger.conftest import Place, ledgers, place, postgres
from tests.oracle.asking import store
from tests.strategies import DAY
from tests.upkeep.folders import settings_of

__all__ = ["ledgers", "place", "postgres"]
WHO, NAME, OTHER = "p-990101-2", "虚构甲", "p-990101-22"
NAMED = re.compile(rf"(?<![\w-]){WHO}(?!\d)")
"""The id where it stands whole: neither another person's nor a body's that ends alike."""
TABLES = ("decisions", "waivers", "runs", "saved_queries", "audit", "audit_texts", "intentions", "erasures")


async def fill(graph: Graph) -> None:
    """Records of every kind that name the person, and one that names another."""
    scene = scene_of_conflict()
    scene.builder.nodes[WHO]["name"] = NAME
    body = next(id_ for id_ in scene.builder.nodes if id_.startswith("oc-"))
    scene.builder.nodes[body]["note"] = f"{NAME}经手，另有{NAME}签字"
    await store(graph, scene.builder)
    changes = proposal(appointment(2, "chair", "oc-1"))
    waived = [row["finding"] for row in (await rehearse(graph, changes)).data["appear"]]
    signature = signed(*waived)
    await decide(graph, changes, Signature(**{**signature.model_dump(), "reason": f"{NAME}接任"}))
    findings = [{"finding": f"R14:{WHO}|q"}, {"finding": f"R14:{OTHER}|q"}]
    await graph.ledger.keep(KeptRun(f"{NAME}名下", "科", None, DAY, 1, {"about": WHO}, findings))
    query = SavedQuery(
        "q", "local", "某人", f"MATCH (p {{id: '{WHO}'}}) RETURN p", [], {"who": {"default": NAME}}
    )
    await graph.ledger.saved.keep(query, LOCAL)
    for what in (WHO, OTHER, NAME):
        await graph.ledger.audit.append(entry_now("u", "GET /nodes", parameters={"id": what}, reason=what))


async def everything(graph: Graph, place: Place) -> str:
    """All that is stored anywhere, as text."""
    await graph.ledger.revision()
    rows = [str(row) for table in TABLES for row in place.run(f"SELECT * FROM {table}")]
    return "\n".join([*rows, *await dump(graph)])


@pytest.fixture
async def kept(graph: Graph, place: Place, ledgers: Callable[[Place], Ledger]) -> Graph:
    """A graph that is joined to an empty ledger, on each database."""
    return replace(graph, ledger=ledgers(place))


async def test_nothing_names_who_was_erased(kept: Graph, place: Place) -> None:
    """Neither id nor name are in graph, decisions, waivers, runs, saved queries, audit trail."""
    await fill(kept)
    head = await kept.ledger.audit.head()
    count = len(await kept.ledger.audit.read())
    before = await everything(kept, place)
    assert len(NAMED.findall(before)) > 10
    assert NAME in before
    done = await forget(kept, WHO, entry_now("local:x", "cobuild forget"))
    after = await everything(kept, place)
    assert NAMED.search(after) is None
    assert NAME not in after
    assert NAME.encode("unicode_escape").decode() not in after
    assert OTHER in after  # an id that only begins alike
    assert done.edges > 0
    assert done.texts == 1
    assert f"{MASK}经手，另有{MASK}签字" in after
    assert await verify(kept.store) == []
    assert (await kept.ledger.audit.verify(head)).ok
    entries = await kept.ledger.audit.read()
    assert len(entries) == count + 1
    assert entries[-1].what == "cobuild forget"
    assert WHO not in str(entries[-1])
    assert [e.parameters for e in entries if e.parameters == {"id": OTHER}] == [{"id": OTHER}]
    (run,) = await kept.ledger.runs()
    assert run.title == f"{MASK}名下"
    found = [row["finding"] for row in (await kept.ledger.run(run.id)).findings]
    assert len(found) == 2
    assert found[0].startswith("R14:p-000000-erased")
    assert [d.state for d in await read_decisions(kept)] == ["applied"]
    assert len(await kept.ledger.waivers()) > 0


async def test_who_was_two_is_erased_as_both(embedded: Graph) -> None:
    """Two nodes of one person were merged: the id that went is in no record, and does not come back."""
    build = GraphBuilder()
    district(build)
    for id_, name in ((WHO, NAME), (OTHER, "虚构乙")):
        build.node(id_, name=name)
        build.edge(id_, "LIVES_IN", "q-990101-01")
    await build.write(embedded.store)
    await embedded.ledger.names.keep("990101", {"Person|1": OTHER})
    done = await merge(embedded.store, embedded.ledger, WHO, OTHER, reason=f"{NAME}的旧名", who="科")
    assert done.number is not None
    await embedded.ledger.audit.append(entry_now("u", "GET /nodes", parameters={"id": OTHER}))
    with pytest.raises(BadParameter, match=WHO):
        await forget(embedded, OTHER, entry_now("local:x", "cobuild forget"))
    await forget(embedded, WHO, entry_now("local:x", "cobuild forget"))
    undo = await read_undo(embedded.store, done.number)
    merges = await embedded.ledger.merges.all()
    left = "\n".join([*await dump(embedded), repr(undo), repr(merges)])
    assert NAMED.search(left) is None
    assert not any(name in left for name in (NAME, "虚构乙", OTHER))
    assert OTHER not in str(await embedded.ledger.audit.read())
    assert await settle(embedded.store, embedded.ledger) == 0
    await embedded.store.write(lambda tx: tx.run("CREATE (:Person {id: $id, name: '虚构乙'})", {"id": OTHER}))
    assert await forget_again(embedded.store, embedded.ledger) == 1


async def test_the_copy_of_the_command_line_goes_with_the_person(kept: Graph) -> None:
    """What the kept copy held of the person is no longer in the data folder."""
    await fill(kept)
    folder = kept.settings.data_dir / KEPT_COPY
    async with open_kept_copy(kept) as copy:
        assert await copy.store.read([("MATCH (p:Person {id: $id}) RETURN p.id AS id", {"id": WHO})]) == [
            [{"id": WHO}]
        ]
    assert [path for path in folder.iterdir() if path.is_dir()]
    await forget(kept, WHO, entry_now("local:x", "cobuild forget"))
    assert [path for path in folder.iterdir() if path.is_dir()] == []


FORM = 'kind = "小区台账"\n[columns]\n"小区名称" = "quarter.name"\n[constants]\n"manager.name" = "{}"\n'


async def test_files_beside_the_graph_name_no_one(kept: Graph, place: Place) -> None:
    """Forms and their names, typed queries, and the ledger's own file while it is open."""
    await fill(kept)
    data = kept.settings.data_dir
    (data / "forms").mkdir()
    (data / f"forms/{NAME}的表.toml").write_text(FORM.format(NAME))
    (data / "forms/党员花名册.toml").write_text(FORM.format(OTHER))
    (data / "cypher_history").write_text(f"RETURN '{NAME}';\nRETURN '{WHO}';\nRETURN '{OTHER}';\n")
    done = await forget(kept, WHO, entry_now("local:x", "cobuild forget"))
    assert done.texts == 1 + 4
    left = {p.name: p.read_text() for p in (*data.glob("forms/*"), data / "cypher_history")}
    assert left == {
        f"{MASK}的表.toml": "".join(FORM.splitlines(keepends=True)[:-1]),
        "党员花名册.toml": FORM.format(OTHER),
        "cypher_history": f"RETURN '{OTHER}';\n",
    }
    files = b"".join(path.read_bytes() for path in place.folder.glob("ledger.db*"))
    assert NAMED.search(files.decode("latin-1")) is None
    assert NAME.encode() not in files


def test_forms_of_two_erased_persons_are_both_kept(tmp_path: Path) -> None:
    """What is masked in the name of a form takes the place of no other form."""
    (tmp_path / "forms").mkdir()
    for name in ("虚构丙", "虚构丁"):
        (tmp_path / f"forms/{name}的表.toml").write_text(FORM.format(OTHER))
        assert hide_in_files(tmp_path, [WHO], name) == 1
    assert {p.name for p in tmp_path.glob("forms/*")} == {f"{MASK}的表.toml", f"{MASK}的表2.toml"}


async def test_an_erasure_is_repeated_and_told_apart_from_a_deletion(kept: Graph, place: Place) -> None:
    """Again does nothing; a text that goes without an erasure breaks the chain."""
    await fill(kept)
    await forget(kept, WHO, entry_now("local:x", "cobuild forget"))
    again = await forget(kept, WHO, entry_now("local:x", "cobuild forget"))
    assert (again.in_graph, again.edges, again.ledger.records, again.ledger.entries) == (False, 0, 0, 0)
    assert (await kept.ledger.audit.verify()).ok
    with pytest.raises(NotFound):
        await forget(kept, "p-990101-77", entry_now("x", "y"))
    with pytest.raises(BadParameter):
        await forget(kept, "oc-990101-1", entry_now("x", "y"))
    seq = place.run("SELECT min(seq) FROM audit_texts WHERE text IS NOT NULL")[0][0]
    place.run(f"UPDATE audit_texts SET text = NULL, salt = '' WHERE seq = {seq}")
    found = await kept.ledger.audit.verify()
    assert (found.ok, found.first_bad_seq) == (False, seq)


@pytest.mark.parametrize("change", ["text = '{}'", "salt = 'x'", "field = 'other'"])
async def test_a_sealed_text_cannot_be_changed(kept: Graph, place: Place, change: str) -> None:
    """The chain proves what stands beside it."""
    for number in range(3):
        await kept.ledger.audit.append(entry_now("u", "x", parameters={"n": number}))
    place.run(f"UPDATE audit_texts SET {change} WHERE seq = 2")
    found = await kept.ledger.audit.verify()
    assert (found.ok, found.first_bad_seq) == (False, 2)


async def test_entries_of_an_older_version_are_read_and_counted(
    kept: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their parameters are in the chain itself: they verify, and an erasure says that they remain."""
    with monkeypatch.context() as older:
        older.setattr("graph.ledger.audit.seal", lambda connection, row: None)
        await kept.ledger.audit.append(entry_now("u", "x", parameters={"id": WHO}, reason="旧"))
    await fill(kept)
    assert (await kept.ledger.audit.read())[0].parameters == {"id": WHO}
    done = await forget(kept, WHO, entry_now("local:x", "cobuild forget"))
    assert done.ledger.unsealed == 1
    assert (await kept.ledger.audit.verify()).ok


async def test_who_is_delivered_or_restored_again_is_erased_again(tmp_path: Path) -> None:
    """An older backup brings no one back, and neither does a register that still has the person."""
    path, data = tmp_path / "older", tmp_path / "data"
    async with open_graph(settings_of(data), today=lambda: DAY) as graph:
        await fill(graph)
        with path.open("xb") as file:
            await back_up(graph, file)
        await forget(graph, WHO, entry_now("local:x", "cobuild forget"))
        assert await forget_again(graph.store, graph.ledger) == 0
    done = await restore(settings_of(data), path, entry_now("local:x", "cobuild restore"))
    assert done.erased == 1
    async with open_graph(settings_of(data), today=lambda: DAY) as graph:
        after = await everything(graph, Place(data, None))
        assert NAME not in after
        assert NAMED.search(after) is None
        assert (await graph.ledger.audit.verify()).ok

        async def deliver(tx: Any) -> None:
            await tx.run(f"CREATE (p:Person {{id: '{WHO}', name: '{NAME}', synthetic: true}})")

        await graph.store.write(deliver)
        assert await forget_again(graph.store, graph.ledger) == 1
        assert NAME not in await everything(graph, Place(data, None))


async def test_a_person_is_found_by_name_where_only_one_has_it(kept: Graph) -> None:
    """Several of one name are listed by id, and none of them is erased."""
    await fill(kept)
    assert await person_called(kept.store, WHO) == WHO
    assert await person_called(kept.store, f" {NAME} ") == WHO
    with pytest.raises(NotFound):
        await person_called(kept.store, "无此人")

    async def namesake(tx: Any) -> None:
        await tx.run(f"CREATE (p:Person {{id: 'p-990101-77', name: '{NAME}', synthetic: true}})")

    await kept.store.write(namesake)
    with pytest.raises(BadParameter, match=f"{WHO}、p-990101-77"):
        await person_called(kept.store, NAME)
