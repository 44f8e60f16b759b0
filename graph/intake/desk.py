"""The desk of one running service: takes deliveries in, has them looked at and loaded, one load at a time.

Nothing of a delivery outlives its service: files lie in a folder that goes with it. What is written to the
graph is on record before (`begun`) and after (`applied` or `void`); where service or machine ended in
between, the next start says which, and takes back batches that were written (`recovery.py`).
"""

from __future__ import annotations

import asyncio
import json
import logging
import shutil
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from graph.appointments.sheets.read import is_sheet
from graph.errors import BadParameter, NotFound
from graph.intake.incoming import Incoming, file_name, receive
from graph.intake.item import Item
from graph.intake.kept import MARKED
from graph.intake.order import Order, settings_as_json
from graph.intake.recovery import Intention, recover
from graph.intake.shapes import Kind
from graph.intake.unpack import MANIFEST, TABLE
from graph.ledger import Entry
from graph.ledger.times import new_id, now
from graph.reading.graph import Graph
from graph.store.history import read_sets

LOG = logging.getLogger("cobuild.intake")
MOST_FILE, MOST_ALL = 64 << 20, 256 << 20
"""Bytes of one body, and of all files of a delivery."""
MOST_OF_ONE, MOST_KEPT = 10, 40
"""Deliveries that one caller, and all together, may have here at a time."""
AT_ONCE = 2
"""Processes at a time: each takes a processor."""
PATIENCE = 30.0
"""Seconds that a process has to take back what it was doing."""
PAUSES = (1, 2, 5, 10, 20, 40, 60, 60)
"""Seconds between attempts to take back what was half written; afterwards the next start does it."""
_LONGEST_LINE = 16 << 20
WHOLE = (".xlsx", ".zip")
"""What a delivery may be as one file."""


class Desk:
    """What was handed in to one service."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._incoming = Incoming(graph.settings.data_dir)
        self._items: dict[str, Item] = {}
        self._room = asyncio.Semaphore(AT_ONCE)

    async def recover(self) -> None:
        """Remove what services that are gone left behind; conclude what they had begun to load."""
        await recover(self._graph, self._incoming.root)
        await asyncio.to_thread(self._incoming.sweep)

    async def close(self) -> None:
        """Stop what runs, take it back, and remove all files."""
        for item in self._items.values():
            item.stop.set()
        running = [item.running for item in self._items.values() if item.running is not None]
        if running:
            await asyncio.wait(running, timeout=2 * PATIENCE)
        await asyncio.to_thread(self._incoming.close)

    def all(self, owner: str) -> list[Item]:
        """What one caller handed in, the latest last."""
        return [i for i in self._items.values() if i.owner == owner and not i.gone]

    def find(self, id_: str, owner: str) -> Item:
        """One of them; raises `NotFound`, also for what somebody else handed in."""
        item = self._items.get(id_)
        if item is None or item.owner != owner or item.gone:
            raise NotFound(
                f"没有编号为 {id_} 的交付；它可能已过期、已取消，或服务重启过，请重新上传。",
                f"there is no delivery {id_}: it may have been removed, or the service was started anew; "
                "hand it in again.",
                subject="id",
            )
        item.touched_at = now()
        return item

    def begin(self, kind: Kind, owner: str, name: str) -> Item:
        """A new delivery without files; raises `BadParameter` where there are too many."""
        self._expire()
        here = [i for i in self._items.values() if not i.gone]
        if len(self.all(owner)) >= MOST_OF_ONE or len(here) >= MOST_KEPT:
            raise BadParameter(
                f"已有过多未处理的交付（每人至多 {MOST_OF_ONE} 份）；请先导入或删除一些。",
                f"too many deliveries are waiting (at most {MOST_OF_ONE} each): load or delete some.",
                subject="deliveries",
            )
        id_ = new_id()
        item = Item(id_, kind, owner, name, self._incoming.folder(id_))
        self._items[id_] = item
        return item

    async def take(self, item: Item, name: str, body: AsyncIterator[bytes]) -> None:
        """Receive one file of a delivery; raises `BadParameter`, `FolderFull`, or what the body raises."""
        item.require("received", "proposed", "rejected", "checked", "failed", "cancelled")
        place = _place(name)
        size = await receive(body, item.folder / "files" / place)
        if size == 0 or size + sum(n for f, n in item.files.items() if f != place) > MOST_ALL:
            (item.folder / "files" / place).unlink(missing_ok=True)
            item.files.pop(place, None)
            if size == 0:
                raise BadParameter(f"文件“{name}”是空的。", f"the file {name!r} is empty.", subject="name")
            raise BadParameter(
                f"一份交付的文件合计至多 {MOST_ALL >> 20} MiB；请分成几次交付。",
                f"the files of a delivery are {MOST_ALL >> 20} MiB at most: split it.",
                subject="name",
            )
        item.files[place] = size
        item.state, item.found = "received", {}

    async def start(
        self, item: Item, order: Order, entry: Entry | None = None, ended: Callable[[int], None] | None = None
    ) -> None:
        """Have a task done by a process; of what writes, `entry` is put on record before and after.

        `ended` is told the data version after a load.
        """
        item.begin(order.task)
        order = replace(
            order,
            path=order.path or (str(item.path) if item.files else ""),
            out=str(item.folder),
            settings=settings_as_json(self._graph.settings),
            today=self._graph.today(),
        )
        intention = None
        if entry is not None:
            try:
                order, intention = await self._intend(item, order, entry)
            except BaseException:
                item.ended({"stopped": True})
                raise
        item.running = asyncio.create_task(self._run(item, order, intention, ended))

    async def _intend(self, item: Item, order: Order, entry: Entry) -> tuple[Order, Intention]:
        """Put on record what is begun; raises `EnvironmentFault` where that cannot be, or the engine's."""
        sets = await read_sets(self._graph.store)
        after = sets[-1].number if sets else 0
        intention = Intention(item.id, entry, order.who, after, self._incoming.service)
        path = await intention.begin(self._graph.ledger, self._incoming.root)
        return replace(order, intention=str(path)), intention

    async def drop(self, item: Item) -> Item:
        """Cancel what runs and remove the files; the item says what became of it."""
        item.stop.set()
        if item.running is not None:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(asyncio.shield(item.running), PATIENCE)
        item.gone = True
        if item.state in ("received", "proposed", "rejected", "questions", "checked", "failed"):
            item.state = "cancelled"
        self._items.pop(item.id, None)
        await asyncio.to_thread(shutil.rmtree, item.folder, True)
        return item

    async def _run(
        self, item: Item, order: Order, intention: Intention | None, ended: Callable[[int], None] | None
    ) -> None:
        said: dict[str, Any] = {"stopped": True}
        try:
            async with self._room:
                if not item.stop.is_set():
                    said = await self._process(item, order)
            if intention is not None:
                said = await self._concluded(item, said, intention)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            LOG.error("a delivery could not be worked on: %s", type(error).__name__)
            said = {"error": {"code": getattr(error, "code", "unexpected"), "zh": "", "en": ""}}
        item.ended(said)
        if ended is not None and item.state == "loaded":
            ended(int((item.found.get("report") or {}).get("version", 0)))

    async def _concluded(self, item: Item, said: dict[str, Any], intention: Intention) -> dict[str, Any]:
        if "result" not in said:
            return await self._settled(item, said)
        version = said["result"]["report"]["version"]
        await intention.conclude(self._graph.ledger, self._incoming.root, "applied", version)
        return said

    async def _settled(self, item: Item, said: dict[str, Any]) -> dict[str, Any]:
        """What became of a load that did not end well: taken back, or there nevertheless.

        The engine may be away: until it is back readers are told so anyway.
        """
        item.at("discard", 0, 0)
        for pause in (0, *PAUSES):
            await asyncio.sleep(pause)
            settled = await recover(self._graph, self._incoming.root, only=item.id)
            if item.id in settled:
                made = settled[item.id]
                if made is None:
                    return said
                names = ("created", "changed", "ended", "removed", "version")
                return {"result": {"report": {n: getattr(made, n) for n in names}, "number": made.number}}
        return said

    async def _process(self, item: Item, order: Order) -> dict[str, Any]:
        """What the process said last; that it ended without a word is an error of its own."""
        (item.folder / MARKED).unlink(missing_ok=True)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "graph.intake.worker",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=_LONGEST_LINE,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        item.at("start", 0, 0)
        stopping = asyncio.create_task(_stop(item.stop, process))
        said: dict[str, Any] = {}
        try:
            process.stdin.write(order.to_json())
            await process.stdin.drain()
            async for line in process.stdout:
                found = json.loads(line)
                if "step" in found:
                    item.at(found["step"], found["done"], found["total"])
                else:
                    said = found
            await process.wait()
        finally:
            stopping.cancel()
            with suppress(asyncio.CancelledError):
                await stopping
            process.stdin.close()
            if process.returncode is None:
                process.kill()
                await process.wait()
        if "error" in said and said["error"]["code"] == "unexpected":
            LOG.error("a delivery could not be worked on: %s", said["error"].get("kind"))
        return said or {"error": {"code": "unexpected", "zh": "", "en": ""}}

    def _expire(self) -> None:
        for item in list(self._items.values()):
            if item.kept_until < now() and item.state != "working":
                self._items.pop(item.id)
                shutil.rmtree(item.folder, ignore_errors=True)


async def _stop(wanted: asyncio.Event, process: asyncio.subprocess.Process) -> None:
    """Close the input of the process when its result is not wanted; end it if it does not end itself."""
    await wanted.wait()
    assert process.stdin is not None
    process.stdin.close()
    await asyncio.sleep(PATIENCE)
    process.kill()


def _place(name: str) -> str:
    """Where a file of a delivery lies; raises `BadParameter`."""
    if name == MANIFEST or TABLE.fullmatch(name):
        return name
    return file_name(name)


def check_name(kind: Kind, name: str) -> None:
    """Raises `BadParameter` for a file that cannot be a delivery as a whole."""
    file_name(name)
    if kind in ("appointments", "answers"):
        check_sheet(name)
    if kind == "delivery" and not name.lower().endswith(WHOLE):
        raise BadParameter(
            f"“{name}”不是 .xlsx 或 .zip。按模板填写的工作簿用 .xlsx；CSV 目录请压缩为 .zip，或逐个上传；"
            "本单位自己格式的台账请用 kind=register。",
            f"{name!r} is neither .xlsx nor .zip. Pack a folder of CSV as .zip, or send its files singly; "
            "for a register in its own form say kind=register.",
            subject="name",
        )


def check_sheet(name: str) -> None:
    """Raises `BadParameter` for a file that is no sheet by its name."""
    if not is_sheet(Path(name)):
        raise BadParameter(
            f"“{name}”不是表格；任免方案表、疑问清单用 .xlsx、.xls、.ods、.csv。",
            f"{name!r} is no sheet: .xlsx, .xls, .ods or .csv.",
            subject="name",
        )


def is_table(name: str) -> bool:
    """Whether a name is that of a file in a folder of CSV."""
    return name == MANIFEST or TABLE.fullmatch(name) is not None
