"""A load on record before and after; where its service or the machine ended in between, concluded later."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter

from graph.errors import GraphError
from graph.intake.incoming import OWNER
from graph.ledger import Entry, Ledger
from graph.ledger.intentions import BEGUN
from graph.ledger.times import now
from graph.loading.load import discard
from graph.loading.turn import loading_turn
from graph.private import PRIVATE_FILE, PRIVATE_FOLDER
from graph.reading.graph import Graph
from graph.store import from_writer
from graph.store.engine.locks import is_free
from graph.store.history import ChangeSet, read_sets
from graph.store.version import read_state

LOG = logging.getLogger("cobuild.intake")
_ENTRY = TypeAdapter(Entry)


@dataclass(frozen=True)
class Intention:
    """A load of a delivery: the request that it comes from, who loads, the last change set before it.

    `service` is the folder of the service, which is locked while that lives.
    """

    id: str
    entry: Entry
    who: str
    after: int
    service: str = ""

    async def begin(self, ledger: Ledger, root: Path) -> Path:
        """Put it on record and keep it in a file; where that is."""
        path = self._path(root)
        kept = {"id": self.id, "who": self.who, "after": self.after, "service": self.service}
        kept["entry"] = _ENTRY.dump_json(self.entry).decode()
        await asyncio.to_thread(_write, path, json.dumps(kept))
        await ledger.audit.append(self._about(BEGUN))
        return path

    async def conclude(
        self,
        ledger: Ledger,
        root: Path,
        state: Literal["applied", "void"],
        version: int | None = None,
        *,
        recovered: bool = False,
    ) -> None:
        """Say what became of it."""
        await ledger.audit.append(self._about(state, version, recovered=recovered))
        await asyncio.to_thread(self._path(root).unlink, missing_ok=True)

    def _path(self, root: Path) -> Path:
        return root / f"begun-{self.id}.json"

    def _about(self, state: str, version: int | None = None, *, recovered: bool = False) -> Entry:
        given: dict[str, Any] = {**(self.entry.parameters or {}), "delivery": self.id}
        if recovered:
            given["recovered"] = True
        what = f"{self.entry.what} {state}"
        return replace(self.entry, at=now(), what=what, parameters=given, data_version=version)

    def of(self, sets: list[ChangeSet]) -> ChangeSet | None:
        """The change set that it made, if it did."""
        return next((s for s in sets if s.number > self.after and s.who == self.who), None)


@from_writer
async def recover(graph: Graph, root: Path, *, only: str | None = None) -> dict[str, ChangeSet | None]:
    """Conclude loads whose process is gone: undo what is half written, report how each ended.

    By delivery the change set that was written, None where nothing was. What a process is still writing is
    left to it: that holds the lock. So is what cannot be concluded because engine or ledger are away.
    """
    done: dict[str, ChangeSet | None] = {}
    for path in await asyncio.to_thread(_begun, root):
        kept = await asyncio.to_thread(_read, path)
        if kept is None or (only is not None and kept["id"] != only):
            continue
        if only is None and _lives(root / kept["service"]):
            continue  # another service, which does it itself
        # What noted no digest wrote nothing: another process holds the lock.
        writing = kept.get("digest") is not None
        try:
            with loading_turn(graph.settings) if writing else nullcontext():
                if writing and (await read_state(graph.store)).loading == kept["digest"]:
                    await discard(graph.store)
                entry = _ENTRY.validate_json(kept["entry"])
                intention = Intention(kept["id"], entry, kept["who"], kept["after"])
                made = intention.of(await read_sets(graph.store)) if writing else None
                said: Literal["applied", "void"] = "void" if made is None else "applied"
                version = None if made is None else made.version
                await intention.conclude(graph.ledger, root, said, version, recovered=only is None)
                done[intention.id] = made
        except GraphError as error:
            LOG.warning("a load that was begun is not concluded yet: %s", error.code)
    return done


def _lives(service: Path) -> bool:
    return service.is_dir() and not is_free(service / OWNER)


def _begun(root: Path) -> list[Path]:
    return sorted(root.glob("begun-*.json"))


def _read(path: Path) -> dict[str, Any] | None:
    with suppress(FileNotFoundError, ValueError):
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return found
    return None


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE), "w") as file:
        file.write(text)
