"""The client's side of the embedded engine: take a lease, attach or start, keep it alive.

Every process that holds a lease keeps the engine up; the last one to go lets it stop. Who started
it does not matter.
"""

from __future__ import annotations

import asyncio
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from graph.private import PRIVATE_FILE
from graph.store.engine import asking, launch
from graph.store.engine.databases import Databases
from graph.store.engine.folder import ALREADY_RUNNING, EngineFolder, EngineState
from graph.store.engine.locks import FileLock, is_free
from graph.store.engine.tuning import OUTSIDE, READER, WRITER

T = TypeVar("T")

_POLL_SECONDS = 0.05
_STOP_SECONDS = 20.0


@dataclass(frozen=True)
class EngineAddress:
    """Where a running engine listens, the database that is asked now, (user, password) of its users."""

    uri: str
    database: str
    reader: tuple[str, str]
    writer: tuple[str, str]
    outside: tuple[str, str]


class EmbeddedEngine:
    """The engine of one data folder, shared with every other process that uses the folder.

    `heap` (as in `-Xmx`), `compiler` (see `tuning.jvm_args`) and `time_limit_ms` (one read) take
    effect when this process is the one that starts the engine. `start_timeout` is in seconds. A
    limit of rows is the store's to apply: the engine's own cuts scans, not rows (see `tuning.groups`).
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        heap: str = "1g",
        compiler: Literal["full", "quick"] = "full",
        time_limit_ms: int = 60_000,
        start_timeout: float = 60,
    ) -> None:
        self._folder = EngineFolder(data_dir)
        self._heap = heap
        self._compiler = compiler
        self._time_limit_ms = time_limit_ms
        self._start_timeout = start_timeout
        self._lease = FileLock(self._folder.lease)
        self._attached: EngineState | None = None
        self._child: subprocess.Popen[bytes] | None = None
        # One thread, so that calls that come at once are done one after the other.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="engine")

    async def acquire(self) -> EngineAddress:
        """Take the lease and return the address of the running engine, starting one if needed.

        Raises `EnvironmentFault` (folder, wheel) or `EngineUnavailable` (it did not start).
        """
        return await self._in_thread(self._acquire)

    async def ensure(self) -> EngineAddress:
        """After a failure: the address of an engine that answers, started again if it had died.

        The address may differ from the last one. Raises like `acquire`.
        """
        return await self._in_thread(self._acquire)

    async def release(self) -> None:
        """Drop the lease; if no other client holds one, return once the engine has stopped."""
        await self._in_thread(self._release)

    def end_read(self, mark: str) -> None:
        """Have the read whose text bears that mark ended; one that has ended is left alone."""
        with suppress(OSError):  # the time limit ends it all the same
            (self._folder.ended_reads / mark).touch(mode=PRIVATE_FILE)

    async def check(self, limit: float = 600.0) -> list[str] | None:
        """What the engine finds wrong with its own files, in its words; nothing where all is well.

        None where it does not answer within `limit` seconds (one of an earlier version).
        """
        found: list[str] | None = await asking.ask(asking.mark_in(self._folder.checks), limit, self.alive)
        return found

    async def copy(self, limit: float = 600.0) -> str:
        """Copy the database that is asked while it is read; the name of the copy.

        The caller holds `Databases.lock` alone. Raises `EngineUnavailable`.
        """
        return await asking.copy(self._folder.copies, limit, self.alive)

    async def fill(self, lines: asking.Lines, told: Callable[[int], None]) -> None:
        """Create the rows of these lines (`graph.store.parts`) in the copy; `told` is given how many are.

        As `copy`. Raises `LoadConflict` where an id is there already, or a node that an edge needs is not.
        """
        await asking.fill(self._folder.copies, lines, self.alive, told)

    def give(self, wanted: Any, limit: float = 60.0) -> AbstractAsyncContextManager[Path]:
        """What is wanted of the whole graph (`graph.executor.given`) in a file, until the block ends.

        Raises `EngineUnavailable`, also where it is more than is wanted at most.
        """
        return asking.give(self._folder.given, wanted, limit, self.alive)

    def alive(self) -> bool:
        """Whether the engine whose address was last returned still runs; asks no network."""
        return self._attached is not None and self._running() == self._attached

    @property
    def own(self) -> bool:
        """Whether this process started it: it ends with this process, unless others hold it then."""
        return self._child is not None

    def describe(self) -> dict[str, object]:
        """What `doctor` shows; `uri`, `pid`, `version`, … are None while none runs."""
        state = self._running()
        return {
            "running": state is not None,
            "uri": state and f"bolt://127.0.0.1:{state.bolt_port}",
            "pid": state and state.pid,
            "bolt_port": state and state.bolt_port,
            "started_at": state and state.started_at,
            "version": state and state.version,
            "heap": state.heap if state else self._heap,
            "folder": str(self._folder.path),
            "log_file": str(self._folder.engine_log),
            "start_log": str(self._folder.start_log),
        }

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _running(self) -> EngineState | None:
        """The state of the engine of this folder; a file left by a dead one does not count."""
        if not self._folder.engine_lock.exists() or is_free(self._folder.engine_lock):
            return None
        return self._folder.state()

    def _acquire(self) -> EngineAddress:
        held_before = self._lease.held
        try:
            return self._attach()
        except BaseException:
            if not held_before:
                self._lease.release()
            raise

    def _attach(self) -> EngineAddress:
        launch.check_wheel()
        self._folder.prepare()
        deadline = time.monotonic() + self._start_timeout
        # While an engine stops it holds the lease alone: wait for its exit, then start anew.
        while not self._lease.take(shared=True):
            self._pause(deadline)
        while True:
            state = self._running()
            if state is not None and launch.speaks_bolt(state.bolt_port):
                self._attached = state
                return self._address(state)
            if is_free(self._folder.engine_lock):
                self._start()
            self._pause(deadline)

    def _start(self) -> None:
        """Start a child unless the one started before is still on its way."""
        if self._child is not None:
            status = self._child.poll()
            if status is None:
                return
            starting = self._attached is None or self._attached.pid != self._child.pid
            self._child = None
            if starting and status not in (0, ALREADY_RUNNING):
                raise launch.did_not_start(
                    self._folder,
                    f"启动失败（退出码 {status}）",
                    f"ended while starting (exit status {status})",
                )
        self._folder.start_log.unlink(missing_ok=True)
        self._child = launch.spawn(
            self._folder, heap=self._heap, compiler=self._compiler, time_limit_ms=self._time_limit_ms
        )

    def _pause(self, deadline: float) -> None:
        if time.monotonic() < deadline:
            time.sleep(_POLL_SECONDS)
            return
        if self._child is not None and self._child.poll() is None:
            self._child.kill()  # it is ours and does not answer; the next start recovers its log
            self._child.wait()
            self._child = None
        raise launch.did_not_start(
            self._folder,
            f"在 {self._start_timeout:g} 秒内未就绪",
            f"did not answer within {self._start_timeout:g} s",
        )

    def _address(self, state: EngineState) -> EngineAddress:
        credentials = self._folder.credentials()
        return EngineAddress(
            uri=f"bolt://127.0.0.1:{state.bolt_port}",
            database=Databases(self._folder.path).asked,
            reader=(READER, credentials.reader),
            writer=(WRITER, credentials.writer),
            outside=(OUTSIDE, credentials.outside),
        )

    def _release(self) -> None:
        if not self._lease.held:
            return
        self._lease.release()
        self._attached = None
        deadline = time.monotonic() + _STOP_SECONDS
        while not self._settled() and time.monotonic() < deadline:
            time.sleep(_POLL_SECONDS)
        there = self._folder.engine_lock.exists()
        if self._child is not None and there and is_free(self._folder.engine_lock):
            self._child.wait()
        self._child = None

    def _settled(self) -> bool:
        """Whether, after our lease is gone, the engine has stopped or another client needs it."""
        if not self._folder.engine_lock.exists():
            return True  # the folder was removed: the engine ends by itself
        if is_free(self._folder.engine_lock):
            return True
        if is_free(self._folder.lease, shared=False):
            return False  # none: the engine is about to see the same
        return is_free(self._folder.lease, shared=True)  # others hold it; if not, it is stopping
