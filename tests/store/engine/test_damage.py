"""Disks that are full and files that are damaged: said plainly, with what to do."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from graph.errors import FolderFull
from graph.ledger import Ledger
from graph.ledger.entries import entry_now
from graph.reading.wiring import open_graph
from graph.settings import Settings
from graph.store import Store, Transaction, open_store
from graph.store.engine import EmbeddedEngine
from graph.store.schema import apply_schema
from tests.builder import GraphBuilder
from tests.cli.running import cobuild
from tests.oracle.scene import Scene

__all__ = ["cobuild"]
HEAP = "256m"


def settings_of(folder: Path) -> Settings:
    return Settings(data_dir=folder, heap=HEAP, engine_compiler="quick")


def small_graph() -> GraphBuilder:
    """A district with two persons."""
    scene = Scene(2)
    scene.people(1, 2)
    return scene.builder


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 80 MB in memory; needs the right to mount one."""
    where = tmp_path / "disk"
    where.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("a small disk can be made by root only")
    made = subprocess.run([mount, "-t", "tmpfs", "-o", "size=80m", "tmpfs", str(where)], check=False)
    if made.returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    yield where
    subprocess.run(["umount", "--lazy", str(where)], check=True)


async def fill(store: Store) -> None:
    """Write until something goes wrong."""
    rows = [{"id": f"{number:06}", "note": "满" * 300} for number in range(2_000)]

    async def work(tx: Transaction) -> None:
        await tx.run("UNWIND $rows AS row CREATE (l:Load) SET l = row", {"rows": rows})

    for number in range(200):
        for row in rows:
            row["id"] = f"{number}-{row['id'][-6:]}"
        await store.write(work)


def fill_rest(path: Path) -> None:
    """A file as large as the disk lets it be."""
    file = os.open(path, os.O_CREAT | os.O_WRONLY)
    try:
        with pytest.raises(OSError, match="space"):
            write_on(file)
    finally:
        os.close(file)


def write_on(file: int) -> None:
    while True:
        os.write(file, bytes(4_096))


async def append_many(ledger: Ledger) -> None:
    for number in range(5_000):
        await ledger.audit.append(entry_now("x", str(number), reason="满" * 5_000))


async def test_a_full_disk_is_called_that_and_work_goes_on_after(small_disk: Path) -> None:
    """The engine and the ledger say that the folder is full; with room again both are as before."""
    settings = settings_of(small_disk / "data")
    ballast = small_disk / "ballast"
    async with open_store(settings) as store:
        await apply_schema(store)
        ledger = Ledger(settings.data_dir)
        await ledger.audit.append(entry_now("x", "before"))
        ballast.write_bytes(bytes(10_000_000))
        with pytest.raises(FolderFull, match=r"数据目录已满.*the data folder is full"):
            await fill(store)
        fill_rest(small_disk / "rest")
        with pytest.raises(FolderFull):
            await append_many(ledger)
        ballast.unlink()
        assert (await ledger.audit.verify()).ok
        await ledger.audit.append(entry_now("x", "after"))
        await ledger.close()

        async def work(tx: Transaction) -> None:
            await tx.run("CREATE (l:Load {id: 'after'})")

        await store.write(work)


def test_commands_on_a_full_disk_say_so(cobuild: Any, small_disk: Path, made: Path) -> None:
    """Neither the engine nor the ledger can even begin: each command says why, and doctor does."""
    folder = small_disk / "data"
    shutil.copytree(made, folder)
    fill_rest(small_disk / "rest")
    given = {"COBUILD_DATA_DIR": str(folder), "COBUILD_HEAP": HEAP, "COBUILD_ENGINE_COMPILER": "quick"}
    for command in (("account", "list"), ("query", "nodes_by_type")):
        ran = cobuild(*command, **given)
        assert ran.code == 3, command
        assert "数据目录已满" in ran.err, command
    code, rows = rows_of(cobuild, folder)
    assert code == 3
    assert "数据目录已满" in rows["数据目录 / data folder"]["mend"]


def damage(folder: Path) -> None:
    """Zeros in place of the persons, as a bad disk leaves them."""
    (file,) = (folder / "engine/databases").glob("*/Area_0.*.bucket")
    size = file.stat().st_size
    file.write_bytes(bytes(size))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a small graph, whose engine has stopped; to be copied."""
    folder = tmp_path_factory.mktemp("made") / "data"
    make(folder)
    return folder


@pytest.fixture
def stopped(made: Path, tmp_path: Path) -> Path:
    """A copy of that folder, to be harmed."""
    shutil.copytree(made, tmp_path / "data")
    return tmp_path / "data"


def make(folder: Path) -> None:
    """Fill a data folder and stop its engine."""

    async def work() -> None:
        async with open_graph(settings_of(folder)) as graph:
            await small_graph().write(graph.store)
            await graph.ledger.audit.append(entry_now("x", "y"))

    with asyncio.Runner() as runner:
        runner.run(work())


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """The engine of a folder runs meanwhile, so that no command has to start it."""
    engine = EmbeddedEngine(folder, heap=HEAP, compiler="quick", time_limit_ms=60_000)
    with asyncio.Runner() as runner:
        runner.run(engine.acquire())
        try:
            runner.run(engine.ensure())
            yield
        finally:
            runner.run(engine.release())


def rows_of(cobuild: Any, folder: Path) -> tuple[int, dict[str, dict[str, str]]]:
    """What doctor says, by item."""
    ran = cobuild("doctor", "--format", "json", COBUILD_DATA_DIR=str(folder), COBUILD_HEAP=HEAP)
    return ran.code, {row["item"]: row for row in ran.json}


def test_doctor_sees_damaged_files(cobuild: Any, stopped: Path) -> None:
    """Sound files are called sound; zeros in a bucket are damage, with the way to mend it."""
    code, rows = rows_of(cobuild, stopped)
    assert code == 0, rows
    assert rows["数据文件 / data files"]["value"] == "完好 / sound"
    damage(stopped)
    code, rows = rows_of(cobuild, stopped)
    assert code == 3
    found = rows["数据文件 / data files"]
    assert "damaged" in found["value"]
    assert "cobuild restore" in found["mend"]


def test_verify_sees_an_index_that_the_engine_left_out(cobuild: Any, stopped: Path) -> None:
    """Zeros in its file: the engine opens without it and finds nothing wrong; --rebuild makes it anew."""
    (file,) = (stopped / "engine/databases").glob("*/Area_0_*.umtidx")
    file.write_bytes(bytes(file.stat().st_size))
    given = {"COBUILD_DATA_DIR": str(stopped), "COBUILD_HEAP": HEAP, "COBUILD_ENGINE_COMPILER": "quick"}
    found = cobuild("verify", "--format", "json", **given)
    assert found.code == 1
    assert "area_id" in {row["element"] for row in found.json}
    cobuild("verify", "--rebuild", **given)
    mended = cobuild("verify", "--format", "json", **given).json
    assert "area_id" not in {row["element"] for row in mended}


def test_doctor_may_be_the_first_command(cobuild: Any, tmp_path: Path) -> None:
    """A data folder that nothing has used yet is well, and bears an id afterwards."""
    code, rows = rows_of(cobuild, tmp_path / "new")
    assert code == 0, rows
    assert len(rows["图与记录库 / graph and ledger"]["value"]) == 24


@pytest.fixture(scope="module")
def running(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of that folder whose engine runs, for what is done to the ledger beside it."""
    folder = tmp_path_factory.mktemp("running") / "data"
    shutil.copytree(made, folder)
    with held(folder):
        yield folder


@pytest.mark.parametrize("how", ["removed", "truncated", "exchanged"])
def test_an_emptied_ledger_is_not_taken_for_a_new_one(cobuild: Any, running: Path, how: str) -> None:
    """Commands refuse, doctor says what to do, and `cobuild pair` goes on where that is wanted."""
    file = running / "ledger.db"
    for beside in running.glob("ledger.db-*"):
        beside.unlink()
    file.unlink()
    if how == "truncated":
        file.touch()
    if how == "exchanged":
        with asyncio.Runner() as runner:
            runner.run(Ledger(running).identity.make())
    environment = {"COBUILD_DATA_DIR": str(running), "COBUILD_HEAP": HEAP}
    # The last two do not ask the graph.
    for command in ("decisions",), ("audit", "verify"), ("account", "add", "科", "--role", "viewer"):
        ran = cobuild(*command, **environment)
        assert (command, ran.code) == (command, 3)
        assert "记录库" in ran.err
        assert "cobuild pair" in ran.err
    code, rows = rows_of(cobuild, running)
    assert code == 3
    assert [i for i, row in rows.items() if row["mend"]] == ["图与记录库 / graph and ledger"]
    assert cobuild("pair", **environment).code == 2
    assert cobuild("pair", "--yes", **environment).code == 0
    assert cobuild("decisions", **environment).code == 0
    assert cobuild("audit", "verify", **environment).code == 0
