"""Putting a backup into a data folder: made beside it, checked, then moved in; or nothing is moved."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import BadParameter, EnvironmentFault, RestoreUnfinished, StoreUnavailable
from graph.ledger import Entry, Ledger
from graph.ledger.glance import NOTE
from graph.ledger.times import now
from graph.loading.load import rebuild_derived
from graph.loading.register.forms import FOLDER as FORMS
from graph.loading.register.forms import path_of
from graph.model import EDGES, NODES
from graph.private import PRIVATE_FOLDER
from graph.reading.deployment import join
from graph.reading.findings.shelf import drop_findings
from graph.settings import Settings
from graph.store import Store, Transaction, open_store
from graph.store.changes import CHUNK, Change, apply_changes
from graph.store.engine import EmbeddedEngine
from graph.store.engine.folder import write_whole
from graph.store.schema import OPERATIONAL, apply_schema
from graph.store.version import read_state
from graph.upkeep.archive import LEDGER, META, BackupManifest, BadBackup, Reader
from graph.upkeep.forget import forget_again

JUMP = 100_000
"""Added to the data version: no answer from between backup and restore is taken for a new one."""
WITH_FORMS = 3
"""The first format of a backup that holds forms."""
_MOVED = ("engine", LEDGER, f"{LEDGER}-wal", f"{LEDGER}-shm", NOTE, "copies", "kept_copy", FORMS)
_FIRST = ("engine", LEDGER)
_TAKEN = (*_FIRST, FORMS)


@dataclass(frozen=True)
class Restored:
    """What was restored; `before` holds what stood there, `erased` counts persons erased again."""

    manifest: BackupManifest
    before: Path | None
    erased: int


async def restore(settings: Settings, path: Path, entry: Entry) -> Restored:
    """Make a data folder what it was when a backup was made; erasures since then are repeated.

    The service has to be stopped. Everything is written into a folder inside the data folder and
    checked there; what stood is kept in `before`. Raises `BadBackup` or `EnvironmentFault`; then
    the data folder is as it was.
    """
    reader = Reader(path)
    reader.check()
    data = settings.data_dir.absolute()
    if settings.neo4j_uri is not None or settings.ledger_url is not None:
        raise EnvironmentFault(
            "cobuild restore 用于嵌入式引擎；Neo4j 与 PostgreSQL 的恢复见 docs/operations.md。",
            "`cobuild restore` is for the embedded engine; docs/operations.md says how Neo4j and "
            "PostgreSQL are restored.",
        )
    check_stopped(data)
    data.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    finish(data)
    beside = data / f"restoring-{secrets.token_hex(4)}"
    try:
        erased = await _fill(settings.model_copy(update={"data_dir": beside}), reader, data, entry)
        check_stopped(data)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    stands = [name for name in _MOVED if (data / name).exists()]
    before = data / f"before-{now().strftime('%Y%m%d-%H%M%S')}" if stands else None
    order = {"from": beside.name, "before": None if before is None else before.name}
    write_whole(data / RestoreUnfinished.MARK, json.dumps(order))
    finish(data)
    return Restored(reader.manifest, before, erased)


def finish(data: Path) -> None:
    """Move in what was made, also where an earlier call was ended in the middle of it."""
    mark = data / RestoreUnfinished.MARK
    if not mark.exists():
        return
    order = json.loads(mark.read_bytes())
    beside = data / order["from"]
    if order["before"] is not None:
        before = data / order["before"]
        before.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        for name in _MOVED:
            # What was moved before the interruption has its new one in place already.
            if (data / name).exists() and not (before / name).exists() and _still_old(data, beside, name):
                (data / name).rename(before / name)
    for name in _TAKEN:
        if (beside / name).exists():
            (beside / name).rename(data / name)
    shutil.rmtree(beside, ignore_errors=True)
    drop_findings(data)
    mark.unlink()


def _still_old(data: Path, beside: Path, name: str) -> bool:
    """Nothing is moved in before all is moved out, so what is still beside says how far that went."""
    return all((beside / taken).exists() for taken in _FIRST)


def check_stopped(data: Path) -> None:
    """Raises `EnvironmentFault` while an engine runs in a folder."""
    if (data / "engine").exists() and EmbeddedEngine(data).describe()["running"]:
        raise EnvironmentFault(
            f"服务正在使用 {data}；请先停止服务和其他 cobuild 命令，再恢复。",
            f"the service is using {data}: stop it and every other cobuild command, then restore.",
            subject=str(data),
        )


async def _fill(settings: Settings, reader: Reader, data: Path, entry: Entry) -> int:
    """Graph and ledger of a backup in a folder of their own, checked; how many were erased again.

    The backup of an older version gets the derived edges that it lacks.
    """
    settings.data_dir.mkdir(mode=PRIVATE_FOLDER)
    reader.take(LEDGER, settings.data_dir / LEDGER)
    _take_forms(reader, data, settings.data_dir)
    async with open_store(settings) as store, _opened(settings.data_dir) as ledger:
        await apply_schema(store)
        await _write_graph(store, reader)
        if (await read_state(store)).outdated:
            await rebuild_derived(store)
        if await join(store, ledger) != reader.manifest.deployment:
            raise _wrong("deployment")
        checked = await ledger.audit.verify()
        if not checked.ok:
            raise _wrong(f"audit: {checked.why_en}")
        if (data / LEDGER).exists():
            await ledger.erasures.add(await _standing_erasures(data))
        erased = await forget_again(store, ledger, in_history=True)
        await ledger.audit.append(entry)
    return erased


def _take_forms(reader: Reader, data: Path, beside: Path) -> None:
    """The forms of the backup; those that stand, where it is of an older format, which had none."""
    if reader.manifest.format < WITH_FORMS:
        if (data / FORMS).is_dir():
            shutil.copytree(data / FORMS, beside / FORMS)
        return
    for name in reader.names(FORMS):
        try:
            path = path_of(beside, name)
        except BadParameter:
            raise _wrong(f"{FORMS}/{name}") from None
        path.parent.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        reader.take(f"{FORMS}/{path.name}", path)


async def _standing_erasures(data: Path) -> Any:
    """Who was erased since the backup, by the ledger that is replaced; raises where it is damaged."""
    try:
        async with _opened(data) as standing:
            return await standing.erasures.read()
    except (EnvironmentFault, StoreUnavailable) as error:
        path = data / LEDGER
        raise EnvironmentFault(
            f"现有记录库 {path} 已损坏，读不出备份之后抹去了哪些人；未恢复任何内容。请把它移到别处保存，"
            "再恢复，然后对备份之后要求抹去的人重新执行 cobuild forget。",
            f"the ledger {path} is damaged, so who was erased since the backup cannot be read; nothing was "
            "restored. Move it away and keep it, restore, then run `cobuild forget` again for those who were "
            "erased since the backup.",
            subject=str(path),
        ) from error


@asynccontextmanager
async def _opened(folder: Path) -> AsyncIterator[Ledger]:
    ledger = Ledger(folder)
    try:
        yield ledger
    finally:
        await ledger.close()


HISTORY = frozenset(OPERATIONAL) - {"Meta"}
"""Operational nodes that come back as they were."""


async def _write_graph(store: Store, reader: Reader) -> None:
    for label in reader.names("graph/nodes"):
        _known(label, NODES)
        name = f"graph/nodes/{label}.jsonl"
        await _write(store, (Change(label, None, row[0]) for row in reader.rows(name)))
    for type_ in reader.names("graph/edges"):
        _known(type_, EDGES)
        name = f"graph/edges/{type_}.jsonl"
        await _write(store, (Change(type_, None, row[2], row[0], row[1]) for row in reader.rows(name)))

    async def work(tx: Transaction) -> None:
        for label, values in reader.rows(META):
            if label in HISTORY:
                await tx.run(f"CREATE (n:{label}) SET n = $values", {"values": values})
                continue
            schema = await tx.run("MATCH (m:Meta {id: 'meta'}) RETURN m.schema AS schema")
            values |= {"data_version": values["data_version"] + JUMP, "schema": schema[0]["schema"]}
            await tx.run("MATCH (m:Meta {id: 'meta'}) SET m = $values", {"values": values})

    await store.write(work)


def _known(name: str, model: Any) -> None:
    if name not in model:
        raise _wrong(name)


async def _write(store: Store, changes: Any) -> None:
    part: list[Change] = []

    async def work(tx: Transaction) -> None:
        await apply_changes(tx, part)

    for change in changes:
        part.append(change)
        if len(part) == CHUNK:
            await store.write(work)
            part.clear()
    if part:
        await store.write(work)


def _wrong(what: str) -> BadBackup:
    return BadBackup(
        f"备份内容不一致（{what}）；未恢复任何内容。",
        f"what the backup holds does not fit together ({what}); nothing was restored.",
        subject=what,
    )
