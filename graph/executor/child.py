"""The process that holds columns: `python -m graph.executor.child`, started and asked by `client`.

A question is the name of a method of `Holder` with what it takes, an answer `("done", …)`,
`("not compiled", why)`, `("lacking", keys)` or `("failed", why)`; both are pickled, each behind its length,
and go through pipes. The process ends with its parent, and after `IDLE` seconds without a question.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from graph.executor.changing import Without, change
from graph.executor.columns import Columns
from graph.executor.given import read_given
from graph.executor.messages import read_message, write_message
from graph.executor.parts import CannotHoldError, Portion
from graph.executor.run import Executor, NotCompiled
from graph.executor.source import ColumnsSource, at_once
from graph.executor.stored import from_bytes, to_bytes
from graph.kept.finder import Finder
from graph.kept.source import LackingError
from graph.pausing import PAUSE
from graph.private import PRIVATE_FILE

IDLE = 600.0
"""Seconds without a question after which the process ends: it holds some 200 bytes for each edge."""


class Holder:
    """The columns of one state of the data, and what is done with them."""

    def __init__(self) -> None:
        self._columns: Columns | None = None
        self._executor: Executor | None = None
        self._parts: list[Portion] = []
        self._finder = Finder(ColumnsSource(self))

    def add(self, part: Portion) -> None:
        """Take some nodes or edges, of which `build` makes columns."""
        self._parts.append(part)

    def build(self, wanted: Mapping[str, Sequence[str]]) -> None:
        """Make columns of the parts that came."""
        parts, self._parts = self._parts, []
        with PAUSE:
            self._hold(Columns.from_parts(wanted, parts))

    def take(self, path: str, wanted: Mapping[str, Sequence[str]]) -> None:
        """Make columns of what the embedded engine wrote (`given`)."""
        with PAUSE:
            self._hold(Columns.from_parts(wanted, read_given(Path(path))))

    def load(self, path: str, wanted: Mapping[str, Sequence[str]]) -> str | None:
        """Read columns from a file; the state of the data that it names, None where there are none.

        Neither are there where the content is not what was written: most damage would give other columns.
        """
        try:
            with Path(path).open("rb") as file:
                edition, checksum = file.readline().decode("ascii").split()
                content = file.read()
            if zlib.crc32(content) != int(checksum):
                return None
            columns = from_bytes(content)
        except (OSError, ValueError, CannotHoldError):
            return None
        if columns.wanted != {kind: tuple(names) for kind, names in wanted.items()}:
            return None  # of other files of the catalogue
        self._hold(columns)
        with suppress(OSError):
            os.utime(path)
        return edition

    def dump(self, path: str, edition: str, most: int) -> bool:
        """Write the columns to a file for its owner alone, whole under its name or not there.

        Nothing where they take more than `most` bytes.
        """
        content = to_bytes(self.columns)
        draft = Path(f"{path}.{os.getpid()}")
        try:
            if len(content) > most:
                return False
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE), "wb") as file:
                file.write(f"{edition} {zlib.crc32(content)}\n".encode("ascii"))
                file.write(content)
            draft.replace(path)
        except OSError:  # a full disk, or a folder that was removed: there is no file then
            draft.unlink(missing_ok=True)
            return False
        return True

    def change(self, changes: Sequence[Sequence[Any]], without: Without) -> None:
        """Bring the columns up to date."""
        columns, self._columns = self.columns, None
        changed = change(columns, changes, without)
        if changed is columns:
            self._columns = columns
        else:
            self._hold(changed)

    def run(self, text: str, parameters: Mapping[str, Any]) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The columns and rows of a text."""
        with PAUSE:
            result = self.executor.run(text, parameters)
        return list(result.names), result.rows

    def find(self, what: str, *given: Any) -> Any:
        """What a method of `graph.kept.finder.Finder` says, of the columns."""
        with PAUSE:
            return at_once(getattr(self._finder, what)(*given))

    @property
    def executor(self) -> Executor:
        """What runs texts over the columns that are held."""
        if self._executor is None:
            self._executor = Executor(self.columns)
        return self._executor

    @property
    def columns(self) -> Columns:
        """What is held; raises `CannotHoldError` where nothing is."""
        if self._columns is None:
            raise CannotHoldError("nothing is held")
        return self._columns

    def _hold(self, columns: Columns) -> None:
        self._columns, self._executor = columns, None
        gc.collect()
        gc.freeze()  # it stays: no collection need look through it


def main() -> None:
    """Answer until no one asks any more."""
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # the terminal's Ctrl-C is for the parent, which ends this one
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    holder = Holder()
    idle = _Idle()
    while True:
        try:
            name, *given = read_message(asked)
        except EOFError:
            return
        with idle:
            answer = _answer(getattr(holder, name), given)
        write_message(answers, answer)


def _answer(work: Callable[..., Any], given: Sequence[Any]) -> tuple[str, Any]:
    try:
        return "done", work(*given)
    except NotCompiled as error:
        return "not compiled", str(error)
    except LackingError as error:
        return "lacking", error.keys
    except Exception as error:  # the engine is asked: it fails in its own words, if it does
        return "failed", f"{type(error).__name__}: {error}"


class _Idle:
    """Ends the process `IDLE` seconds after the last question."""

    def __init__(self) -> None:
        self._timer = threading.Timer(0, lambda: None)
        self.__exit__()

    def __enter__(self) -> None:
        self._timer.cancel()

    def __exit__(self, *_: object) -> None:
        self._timer = threading.Timer(IDLE, os._exit, args=(0,))
        self._timer.daemon = True
        self._timer.start()


if __name__ == "__main__":
    main()
