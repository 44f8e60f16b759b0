"""Deliveries handed in over HTTP: their files received, then checked and loaded by processes of their own.

Files are kept in a folder of the running service and removed with it. A load is on record before (`begun`)
and after (`applied` or `void`); if the service or the machine stops in between, the next start finds out
which, and undoes what was written (`recovery.py`).
"""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

from graph.errors import BadParameter, NotFound
from graph.intake.file_names import file_name, is_table
from graph.intake.incoming import Incoming, receive
from graph.intake.item import IntakeItem
from graph.intake.order import Order, settings_as_json
from graph.intake.process import PATIENCE, run_worker
from graph.intake.recovery import Intention, recover
from graph.intake.shapes import Kind
from graph.ledger import Entry
from graph.ledger.times import new_id, now
from graph.reading.graph import Graph
from graph.store.history import read_sets

LOG = logging.getLogger("cobuild.intake")
MOST_FILE, MOST_ALL = 64 << 20, 256 << 20
"""Bytes of one request body, and of all files of a delivery."""
MOST_OF_ONE, MOST_KEPT = 10, 40
"""Deliveries that one caller may have here at a time, and all callers together."""
AT_ONCE = 2
"""Processes at a time: each takes a processor."""
PAUSES = (1, 2, 5, 10, 20, 40, 60, 60)
"""Seconds between attempts to undo a load that broke off; after the last, the next start does it."""


class Desk:
    """The deliveries of one running service, by id."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._incoming = Incoming(graph.settings.data_dir)
        self._items: dict[str, IntakeItem] = {}
        self._processes = asyncio.Semaphore(AT_ONCE)

    async def recover(self) -> None:
        """Conclude loads that an earlier service began, and remove the files that it left."""
        await recover(self._graph, self._incoming.root)
        await asyncio.to_thread(self._incoming.sweep)

    async def close(self) -> None:
        """Stop the processes, which undo what they have written, and remove all files."""
        for item in self._items.values():
            item.stop.set()
        running = [item.running for item in self._items.values() if item.running is not None]
        if running:
            await asyncio.wait(running, timeout=2 * PATIENCE)
        await asyncio.to_thread(self._incoming.close)

    def all(self, owner: str) -> list[IntakeItem]:
        """What one caller handed in, the latest last."""
        return [i for i in self._items.values() if i.owner == owner and not i.gone]

    def find(self, id_: str, owner: str) -> IntakeItem:
        """One delivery of a caller; raises `NotFound`, also for another caller's."""
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

    def begin(self, kind: Kind, owner: str, name: str) -> IntakeItem:
        """A new delivery without files; raises `BadParameter` where there are too many."""
        self._expire()
        kept = sum(not item.gone for item in self._items.values())
        if len(self.all(owner)) >= MOST_OF_ONE or kept >= MOST_KEPT:
            raise BadParameter(
                f"已有过多未处理的交付（每人至多 {MOST_OF_ONE} 份）；请先导入或删除一些。",
                f"too many deliveries are waiting (at most {MOST_OF_ONE} each): load or delete some.",
                subject="deliveries",
            )
        id_ = new_id()
        item = IntakeItem(id_, kind, owner, name, self._incoming.folder(id_))
        self._items[id_] = item
        return item

    async def take(self, item: IntakeItem, name: str, body: AsyncIterator[bytes]) -> None:
        """Receive one file of a delivery; raises `BadParameter`, `FolderFull`, or what the body raises."""
        item.require("received", "proposed", "rejected", "checked", "failed", "cancelled")
        path = name if is_table(name) else file_name(name)
        size = await receive(body, item.folder / "files" / path)
        others = sum(bytes_ for file, bytes_ in item.files.items() if file != path)
        if size == 0 or size + others > MOST_ALL:
            (item.folder / "files" / path).unlink(missing_ok=True)
            item.files.pop(path, None)
            if size == 0:
                raise BadParameter(f"文件“{name}”是空的。", f"the file {name!r} is empty.", subject="name")
            raise BadParameter(
                f"一份交付的文件合计至多 {MOST_ALL >> 20} MiB；请分成几次交付。",
                f"the files of a delivery are {MOST_ALL >> 20} MiB at most: split it.",
                subject="name",
            )
        item.files[path] = size
        item.state, item.found = "received", {}

    async def start(self, item: IntakeItem, order: Order, entry: Entry | None = None) -> None:
        """Start a task in a process; of a task that writes, `entry` goes on record before and after.

        Raises `LoadConflict` while another task of this delivery runs, and what `_intend` raises.
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
        item.running = asyncio.create_task(self._run(item, order, intention))

    async def _intend(self, item: IntakeItem, order: Order, entry: Entry) -> tuple[Order, Intention]:
        """Put on record that a load begins; raises `EnvironmentFault` where it cannot, or as the engine."""
        sets = await read_sets(self._graph.store)
        last = sets[-1].number if sets else 0
        intention = Intention(item.id, entry, order.who, last, self._incoming.service)
        path = await intention.begin(self._graph.ledger, self._incoming.root)
        return replace(order, intention=str(path)), intention

    async def drop(self, item: IntakeItem) -> IntakeItem:
        """Cancel the task that runs and remove the files; the item's state says how it ended."""
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

    async def _run(self, item: IntakeItem, order: Order, intention: Intention | None) -> None:
        said: dict[str, Any] = {"stopped": True}
        try:
            async with self._processes:
                if not item.stop.is_set():
                    said = await run_worker(item, order)
            if intention is not None:
                said = await self._conclude(item, said, intention)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            LOG.error("a delivery could not be worked on: %s", type(error).__name__)
            said = {"error": {"code": getattr(error, "code", "unexpected"), "zh": "", "en": ""}}
        item.ended(said)

    async def _conclude(self, item: IntakeItem, said: dict[str, Any], intention: Intention) -> dict[str, Any]:
        """Put on record how a load ended; what the process said, or what the graph shows where it failed."""
        if "result" not in said:
            return await self._recover_load(item, said)
        version = said["result"]["report"]["version"]
        await intention.conclude(self._graph.ledger, self._incoming.root, "applied", version)
        return said

    async def _recover_load(self, item: IntakeItem, said: dict[str, Any]) -> dict[str, Any]:
        """Undo a load that failed; its result if all of it had been written, else what the process said.

        It is tried again while the engine cannot be reached.
        """
        item.at("discard", 0, 0)
        for pause in (0, *PAUSES):
            await asyncio.sleep(pause)
            recovered = await recover(self._graph, self._incoming.root, only=item.id)
            if item.id in recovered:
                made = recovered[item.id]
                if made is None:
                    return said
                names = ("created", "changed", "ended", "removed", "version")
                report = {name: getattr(made, name) for name in names}
                return {"result": {"report": report, "number": made.number}}
        return said

    def _expire(self) -> None:
        for item in list(self._items.values()):
            if item.kept_until < now() and item.state != "working":
                self._items.pop(item.id)
                shutil.rmtree(item.folder, ignore_errors=True)
