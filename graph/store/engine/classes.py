"""Keeps Java's classes as they are once read: `python -m graph.store.engine.classes`, once per installation.

The wheel's Java comes without such an archive and reads 4,000 classes from 63 jars at every start. An engine
that finds none starts as ever.
"""

from __future__ import annotations

import asyncio
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

from graph.data_files import data_folder
from graph.errors import EnvironmentFault, GraphError
from graph.settings import Settings
from graph.store.connection import open_store
from graph.store.engine.folder import EngineFolder
from graph.store.engine.launch import check_wheel, spawn
from graph.store.engine.locks import FileLock
from graph.store.engine.tuning import CLASS_ARCHIVE
from graph.store.schema import apply_schema
from graph.store.transaction import Transaction

_SECONDS = 120.0
# What the wheel starts Java with (`arcadedb_embedded.jvm`): an archive made with other flags is not used.
_FLAGS = (
    "--add-modules=jdk.incubator.vector",
    "--enable-native-access=ALL-UNNAMED",
    "-XX:+UseCompactObjectHeaders",
)


def make_archive(target: Path = CLASS_ARCHIVE) -> None:
    """List what an engine loads that is asked every rule once, and keep it at `target` (some 55 MB).

    Raises `EnvironmentFault` where there is no engine, or where the archive cannot be written.
    """
    check_wheel()
    draft, said = target.with_suffix(f".{os.getpid()}"), ""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="cobuild-") as place:
            listing = Path(place) / "classes"
            _list_classes(Path(place) / "data", listing)
            said = _dump(listing, draft)
        draft.replace(target)
    except OSError as error:
        raise EnvironmentFault(
            f"无法写入 Java 类的存档 {target}：{error.strerror}。",
            f"The archive of Java's classes {target} cannot be written: {error.strerror}. {said[-500:]}",
            subject=str(target),
        ) from error
    finally:
        with suppress(OSError):  # it has the other name by now, or was never made
            draft.unlink()


def _list_classes(data: Path, listing: Path) -> None:
    """Run an engine of its own, and have it write down its classes."""
    folder = EngineFolder(data)
    folder.prepare()
    lease = FileLock(folder.lease)
    lease.take(shared=True)
    child = spawn(folder, heap="512m", compiler="quick", time_limit_ms=60_000, listing=listing)
    try:
        # Who asks before this engine is up would start another one, and that would list nothing.
        until = time.monotonic() + _SECONDS
        while folder.state() is None and child.poll() is None and time.monotonic() < until:
            time.sleep(0.1)
        asyncio.run(_ask_everything(data))
    finally:
        lease.release()
        child.wait(_SECONDS)


async def _ask_everything(data: Path) -> None:
    async def write(tx: Transaction) -> None:
        await tx.run("CREATE (:Area {id: 'a', name: 'a'})-[:PART_OF {id: 'e'}]->(:Area {id: 'b', name: 'b'})")

    async with open_store(Settings(data_dir=data, heap="512m", engine_compiler="quick")) as store:
        await apply_schema(store)
        await store.write(write)
        for path in sorted((data_folder("cypher") / "rules").glob("*.cypher")):
            text = path.read_text(encoding="utf-8")
            given = dict.fromkeys(re.findall(r"\$(\w+)", text)) | {"as_of": date(2025, 6, 30)}
            with suppress(GraphError):  # a parameter that may not be missing
                await store.read([(text, given)])


def _dump(listing: Path, target: Path) -> str:
    """Have the wheel's Java write its archive; what it said."""
    found = importlib.util.find_spec("arcadedb_embedded")
    assert found is not None
    assert found.origin is not None
    wheel = Path(found.origin).parent
    # In the order in which the wheel names them: it decides whether the archive fits.
    jars = os.pathsep.join(
        str(wheel / "jars" / name) for name in os.listdir(wheel / "jars") if name.endswith(".jar")
    )
    command = [str(wheel / "jre" / "bin" / "java"), "-Xshare:dump", *_FLAGS, "-cp", jars]
    command += [f"-XX:SharedClassListFile={listing}", f"-XX:SharedArchiveFile={target}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  (the wheel's Java)
    return done.stdout + done.stderr


if __name__ == "__main__":
    try:
        make_archive()
    except GraphError as error:
        sys.exit(str(error))
