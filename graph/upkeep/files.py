"""What lies in the data folder beside graph and ledger: forms of registers, queries that were typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from itertools import chain, count
from pathlib import Path

from graph.errors import BadParameter
from graph.loading.register.forms import FOLDER, path_of
from graph.private import MASK, TYPED
from graph.store.engine.folder import write_whole


def form_files(data_dir: Path) -> list[Path]:
    """The files of the kept forms, by name; a file without such a name is none."""
    found = []
    for path in sorted((data_dir / FOLDER).glob("[!.]*.toml")):
        with suppress(BadParameter):
            found.append(path_of(data_dir, path.stem))
    return found


def hide_in_files(data_dir: Path, ids: Sequence[str], name: str) -> int:
    """Remove the lines that hold an id or the name, and mask them in the names of forms; how many these were.

    Without a name that is looked for, only the ids. A form without a line is a form still: the line is asked
    for again.
    """
    words = [rf"(?<![\w-]){re.escape(id_)}(?![\w-])" for id_ in ids]
    whole = re.compile("|".join([*words, re.escape(name)] if name else words))
    hidden = 0
    for path in (*form_files(data_dir), data_dir / TYPED):
        with suppress(FileNotFoundError):
            lines = path.read_text("utf-8", errors="replace").splitlines(keepends=True)
            left = [line for line in lines if not whole.search(line)]
            if left != lines:
                write_whole(path, "".join(left))
                hidden += len(lines) - len(left)
    for path in form_files(data_dir):
        if whole.search(path.stem):
            path.rename(_free(path.with_stem(whole.sub(MASK, path.stem))))
            hidden += 1
    return hidden


def _free(path: Path) -> Path:
    """The path, or the first with a number that no file has: two names may be one once they are masked."""
    numbered = (path.with_stem(f"{path.stem}{n}") for n in count(2))
    return next(p for p in chain([path], numbered) if not p.exists())
