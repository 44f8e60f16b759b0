"""Asking the process that holds columns: started when it is first needed, ended with whoever asks.

One question at a time. A process that dies, or that is ended because who asked waits no longer, holds nothing
afterwards; that is no error but `Gone`, and the engine is asked.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
import threading
import weakref
from pathlib import Path
from typing import Any

from graph.executor.messages import read_message, write_message
from graph.kept.source import LackingError

_ROOT = Path(__file__).resolve().parents[2]


class Gone(Exception):
    """The process is not there any more, or could not do what it was asked."""


class Uncompiled(Exception):
    """A text that cannot be compiled."""


class Client:
    """One process with columns; what it holds is known by who asks."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._alone = threading.Lock()

    @property
    def alive(self) -> bool:
        """Whether the process that was asked last is still there."""
        return self._process is not None and self._process.poll() is None

    async def ask(self, what: str, *given: Any) -> Any:
        """The answer of a method of `child.Holder`.

        Raises `Uncompiled`, `LackingError`, or `Gone`. Who is cancelled meanwhile ends the process: nothing
        else ends a text.
        """
        asked = asyncio.ensure_future(asyncio.to_thread(self._ask, what, given))
        try:
            kind, answer = await asyncio.shield(asked)
        except asyncio.CancelledError:
            self.end()
            with contextlib.suppress(Gone):
                await asked
            raise
        if kind == "not compiled":
            raise Uncompiled(answer)
        if kind == "lacking":
            raise LackingError(answer)
        if kind == "failed":
            raise Gone(answer)
        return answer

    def end(self) -> None:
        """End the process, whatever it does."""
        process, self._process = self._process, None
        if process is not None:
            _end(process)

    def _ask(self, what: str, given: tuple[Any, ...]) -> tuple[str, Any]:
        with self._alone:
            process = self._process
            if process is None or process.poll() is not None:
                process = self._process = self._start()
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                write_message(process.stdin, (what, *given))
                kind, answer = read_message(process.stdout)
            except (OSError, EOFError, ValueError) as error:
                self.end()
                raise Gone(str(error)) from error
        return kind, answer

    def _start(self) -> subprocess.Popen[bytes]:
        path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
        try:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "graph.executor.child"],
                env={**os.environ, "PYTHONPATH": path},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise Gone(str(error)) from error
        weakref.finalize(self, _end, process)
        return process


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and close its pipes; a question that waits for it hears that it is gone."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):
            if pipe is not None:
                pipe.close()
