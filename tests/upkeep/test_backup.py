"""A backup made while others write holds graph and ledger together; what is not whole is not restored."""

from __future__ import annotations

import asyncio
import json
import shutil
import zipfile
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph.appointments.decide import decide, read_decisions
from graph.errors import EnvironmentFault, LoadIncomplete
from graph.ledger import Ledger, SavedQuery
from graph.ledger.entries import entry_now
from graph.ledger.roles import LOCAL
from graph.reading.graph import Graph
from graph.reading.wiring import open_graph
from graph.reports.kept import keep_run
from graph.store import Transaction
from graph.store.version import read_state
from graph.upkeep.archive import FORMAT, LEDGER, MANIFEST, META, ArchiveMember, BadBackup, Reader, Writer
from graph.upkeep.backup import back_up
from graph.upkeep.restore import JUMP, finish, restore
from tests.appointments.scenes import appointment, proposal, scene_of_conflict
from tests.appointments.signing import signed
from tests.oracle.scene import DISTRICT
from tests.strategies import DAY
from tests.upkeep.folders import settings_of

NODES = "MATCH (n) WHERE NOT n:Meta RETURN labels(n) AS l, properties(n) AS p"
EDGES = "MATCH (a)-[e]->(b) RETURN type(e) AS t, properties(e) AS p, a.id AS a, b.id AS b"


FORM, FORM_TEXT = "forms/小区台账.toml", 'kind = "小区台账"\n[columns]\n"小区名称" = "quarter.name"\n'


async def content(graph: Graph) -> dict[str, Any]:
    """All that a deployment holds, but for audit entries."""
    found = await graph.store.read([(NODES, {}), (EDGES, {})])
    return {
        "graph": [sorted(map(repr, rows)) for rows in found],
        "decisions": await read_decisions(graph),
        "waivers": await graph.ledger.waivers(),
        "runs": [await graph.ledger.run(run.id) for run in await graph.ledger.runs()],
        "saved": await graph.ledger.saved.list(LOCAL),
        "accounts": await graph.ledger.accounts.accounts(),
    }


@pytest.fixture(scope="module")
async def kept(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Graph]:
    """A deployment with something of everything."""
    folder = tmp_path_factory.mktemp("kept") / "data"
    async with open_graph(settings_of(folder), today=lambda: DAY) as graph:
        await scene_of_conflict().builder.write(graph.store)
        await decide(graph, proposal(appointment(3, "chair", "oc-1")), signed())
        await keep_run(graph, "六月", "示例科", area=DISTRICT)
        await graph.ledger.saved.keep(SavedQuery("q", "local", "标题", "RETURN 1 AS one"), LOCAL)
        (folder / "forms").mkdir()
        (folder / FORM).write_text(FORM_TEXT)
        yield graph


@pytest.fixture(scope="module")
async def backup(kept: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it."""
    path = tmp_path_factory.mktemp("backup") / "a.backup"
    with path.open("xb") as file:
        await back_up(kept, file)
    return path


async def test_a_restored_folder_holds_all_that_was_backed_up(
    kept: Graph, backup: Path, tmp_path: Path
) -> None:
    """Graph, ledger, saved queries, kept runs and audit chain; the data version jumps."""
    before, head = await content(kept), await kept.ledger.audit.head()
    version = (await read_state(kept.store)).version
    done = await restore(settings_of(tmp_path / "data"), backup, entry_now("local:x", "cobuild restore"))
    assert done.before is None
    async with open_graph(settings_of(tmp_path / "data"), today=lambda: DAY) as graph:
        assert await content(graph) == before
        assert (await read_state(graph.store)).version == version + JUMP
        assert (await graph.ledger.audit.verify(head)).ok
        assert (await graph.ledger.audit.latest(limit=1))[0].what == "cobuild restore"
        assert {p.name for p in (tmp_path / "data").iterdir()} <= {
            *("engine", "ledger.db", "ledger.db-wal", "ledger.db-shm", "deployment", "forms")
        }
    assert (tmp_path / "data" / FORM).read_text() == FORM_TEXT


async def test_the_backup_of_an_older_version_gets_what_it_lacks(
    kept: Graph, backup: Path, tmp_path: Path
) -> None:
    """Without WITHIN, and without the number that says so, it would not be answered from; it has no forms."""
    standing = tmp_path / "data/forms/党员花名册.toml"
    standing.parent.mkdir(parents=True)
    standing.write_text(FORM_TEXT)
    reader, older = Reader(backup), tmp_path / "older.backup"
    reader.take(LEDGER, tmp_path / LEDGER)
    with older.open("xb") as file:
        writer = Writer(file)
        writer.add_file(LEDGER, tmp_path / LEDGER)
        for name in reader.manifest.files:
            if name in (LEDGER, FORM, "graph/edges/WITHIN.jsonl"):
                continue
            with ArchiveMember(writer, name) as member:
                for row in reader.rows(name):
                    known = {k: v for k, v in row[-1].items() if (name, k) != (META, "derived")}
                    member.row(*row[:-1], known)
        writer.finish(replace(reader.manifest, format=2))
    await restore(settings_of(tmp_path / "data"), older, entry_now("x", "restore"))
    async with open_graph(settings_of(tmp_path / "data"), today=lambda: DAY) as graph:
        assert (await content(graph))["graph"] == (await content(kept))["graph"]
        assert await graph.version() > JUMP
    assert standing.read_text() == FORM_TEXT


async def test_what_stood_is_kept_and_a_running_service_is_not_touched(
    kept: Graph, backup: Path, tmp_path: Path
) -> None:
    """A restore over an older folder moves it aside; over a running engine it is refused."""
    with pytest.raises(EnvironmentFault, match="停止"):
        await restore(kept.settings, backup, entry_now("x", "restore"))
    assert (await content(kept))["saved"]
    data = tmp_path / "data"
    data.mkdir()
    (data / "ledger.db").touch()
    for name in ("engine", "forms"):
        (data / name).mkdir()
        (data / name / "mark").touch()
    done = await restore(settings_of(data), backup, entry_now("x", "restore"))
    assert done.before is not None
    assert all((done.before / name / "mark").exists() for name in ("engine", "forms"))
    assert not any((data / name / "mark").exists() for name in ("engine", "forms"))
    assert (data / FORM).read_text() == FORM_TEXT


@pytest.mark.parametrize("harm", ["cut", "flipped", "newer", "missing", "other rows", "no zip"])
async def test_what_is_not_whole_is_not_restored(backup: Path, tmp_path: Path, harm: str) -> None:
    """Nothing is in the data folder afterwards, not even half."""
    path = harmed(backup, tmp_path / "harmed", harm)
    data = tmp_path / "data"
    with pytest.raises(BadBackup) as found:
        await restore(settings_of(data), path, entry_now("x", "restore"))
    assert (harm == "newer") == ("格式" in found.value.zh)
    assert not data.exists() or list(data.iterdir()) == []


def harmed(backup: Path, path: Path, harm: str) -> Path:
    """A backup with something wrong."""
    content = backup.read_bytes()
    if harm == "cut":
        path.write_bytes(content[: len(content) // 2])
    elif harm == "flipped":
        place = len(content) // 3
        path.write_bytes(content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :])
    elif harm == "no zip":
        path.write_text("PK")
    else:
        rewrite(backup, path, harm)
    return path


def rewrite(source: Path, target: Path, harm: str) -> None:
    """The same members, with one thing changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            given = old.read(name)
            if harm == "missing" and name == "ledger.db":
                continue
            if harm == "other rows" and name == "graph/nodes/Person.jsonl":
                given = given.replace(b"p-990101-1", b"p-990101-9")
            if harm == "newer" and name == MANIFEST:
                given = json.dumps({**json.loads(given), "format": FORMAT + 1, "more": 1}).encode()
            new.writestr(name, given)


async def test_a_backup_made_while_others_write_is_of_one_moment(kept: Graph, tmp_path: Path) -> None:
    """Every decision that its ledger calls applied is in its graph, however many come meanwhile."""
    path = tmp_path / "busy.backup"
    stop = asyncio.Event()

    async def write() -> None:
        for number in range(3):
            pay = {"kind": "pay", "post": "p-990101-1~HOLDS_POST~oc-990101-1~member~1"}
            await decide(kept, proposal({**pay, "paid": bool(number % 2)}), signed())
            if stop.is_set():
                return

    async def make() -> None:
        with path.open("xb") as file:
            await back_up(kept, file)
        stop.set()

    await asyncio.gather(write(), make())
    await restore(settings_of(tmp_path / "data"), path, entry_now("x", "restore"))
    async with open_graph(settings_of(tmp_path / "data"), today=lambda: DAY) as graph:
        asked = "MATCH (d:SourceDocument {kind: 'decision'}) RETURN d.id AS id"
        (rows,) = await graph.store.read([(asked, {})])
        documents = {row["id"].rpartition("-")[2] for row in rows}
        states = {d.id: d.state for d in await read_decisions(graph)}
        assert {id_ for id_, state in states.items() if state == "applied"} == documents
        assert "void" not in states.values()


async def test_a_damaged_ledger_is_not_replaced_unsaid(backup: Path, tmp_path: Path) -> None:
    """Who was erased since the backup stands only in it: what to do is said, and nothing is moved."""
    data = tmp_path / "data"
    data.mkdir()
    (data / LEDGER).write_text("damaged")
    with pytest.raises(EnvironmentFault, match="cobuild forget"):
        await restore(settings_of(data), backup, entry_now("x", "restore"))
    assert [p.name for p in data.iterdir()] == [LEDGER]
    assert (data / LEDGER).read_text() == "damaged"


async def test_a_restore_ended_while_it_moves_is_completed(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until then nothing starts; `finish` moves the rest, from wherever it stopped."""
    real, data = Path.rename, tmp_path / "data"
    data.mkdir()
    for name in ("engine", "copies"):
        (data / name).mkdir()
    old = Ledger(data)
    await old.audit.append(entry_now("x", "before the restore"))
    await old.close()
    moves = 0

    def few(self: Path, target: Path) -> Path:
        nonlocal moves
        moves += 1
        if moves > limit:
            raise KeyboardInterrupt
        return real(self, target)

    limit = 2
    monkeypatch.setattr(Path, "rename", few)
    with pytest.raises(KeyboardInterrupt):
        await restore(settings_of(data), backup, entry_now("x", "restore"))
    with pytest.raises(EnvironmentFault, match="--finish"):
        async with open_graph(settings_of(data)):
            pass
    for _ in range(6):
        moves, limit = 0, 1
        if not (data / "restoring.json").exists():
            break
        try:
            finish(data)
        except KeyboardInterrupt:
            continue
    monkeypatch.setattr(Path, "rename", real)
    (before,) = data.glob("before-*")
    old = Ledger(before)
    assert [entry.what for entry in await old.audit.read()] == ["before the restore"]
    await old.close()
    async with open_graph(settings_of(data), today=lambda: DAY) as graph:
        assert len(await read_decisions(graph)) >= 1
    shutil.rmtree(before)


async def test_no_backup_during_a_load(kept: Graph, tmp_path: Path) -> None:
    """Half a load is nothing to come back to."""

    async def mark(state: str) -> None:
        async def work(tx: Transaction) -> None:
            await tx.run("MATCH (m:Meta) SET m.state = $state", {"state": state})

        await kept.store.write(work)

    await mark("loading")
    try:
        with (tmp_path / "x").open("xb") as file, pytest.raises(LoadIncomplete):
            await back_up(kept, file)
    finally:
        await mark("complete")


def test_a_backup_names_its_members(backup: Path) -> None:
    """The manifest says what a backup holds, without opening the rest."""
    reader = Reader(backup)
    assert reader.manifest.files["graph/nodes/Person.jsonl"]["rows"] == 3
    assert reader.manifest.data_version > 0
