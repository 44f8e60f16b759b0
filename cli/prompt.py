"""A prompt for queries, with line editing and a history that stays in the data folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from graph.private import PRIVATE_FILE, TYPED

try:
    import readline
except ImportError:  # Windows has none: the prompt then knows no history
    readline = None  # type: ignore[assignment]

FIRST, NEXT = "cypher> ", "   ...> "
MOST = 1_000
"""Lines of history that are kept."""


def read_queries() -> Iterator[str]:
    """Queries as they are typed: each ends with `;` or an empty line; `exit` or Ctrl-D ends."""
    lines: list[str] = []
    while True:
        try:
            line = input(NEXT if lines else FIRST)
        except EOFError:
            return
        if not lines and line.strip().lower() in ("exit", "quit", ":exit"):
            return
        lines.append(line)
        if line.rstrip().endswith(";") or not line.strip():
            query = "\n".join(lines).strip()
            lines = []
            if query:
                yield query


@contextmanager
def history(folder: Path) -> Iterator[None]:
    """The history of the data folder, for its owner only, for as long as the block."""
    if readline is None:
        yield
        return
    path = folder / TYPED
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, PRIVATE_FILE))
        readline.read_history_file(path)
    try:
        yield
    finally:
        readline.set_history_length(MOST)
        with suppress(OSError):
            readline.write_history_file(path)
