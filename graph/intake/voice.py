"""How worker and service talk: lines of JSON on its output, and the end of its input to stop it."""

from __future__ import annotations

import json
import os
import sys
import threading
from contextlib import suppress
from typing import Any


class Stopped(Exception):
    """The result is no longer wanted: the input has ended."""


class Voice:
    """Writes progress and result as lines; hears when the service no longer listens."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.writing = False
        self._lock = threading.Lock()

    def say(self, **values: Any) -> None:
        """Write one line of JSON."""
        line = json.dumps(values, ensure_ascii=False, default=str)
        with self._lock, suppress(BrokenPipeError):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()

    def progress(self, step: str, done: int, total: int) -> None:
        """Called between steps and batches; raises `Stopped`."""
        self.writing = step in ("write", "derive", "discard")
        if self.stopping.is_set() and step != "discard":
            raise Stopped
        self.say(step=step, done=done, total=total)

    def watch(self) -> None:
        """Wait for the end of the input. Reading and comparing are not interrupted but ended at once."""
        sys.stdin.buffer.read()
        self.stopping.set()
        if not self.writing:
            self.say(stopped=True)
            os._exit(0)
