"""Files that commands write: whole or not at all, and CSV as Excel opens it."""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any

from cli.output import cell_text, errors
from graph.errors import BadParameter
from graph.spreadsheets import harmless


def write_whole(path: Path, content: bytes) -> Path:
    """Write a file beside its place and put it there in one step; returns where it is.

    Raises `BadParameter` if it cannot be written; what was there before is then untouched.
    """
    where = path.expanduser().resolve()
    beside = where.with_name(f".{where.name}.{os.getpid()}.part")
    try:
        if where.is_dir():
            raise IsADirectoryError(f"{where} is a directory")
        with beside.open("xb") as file:
            file.write(content)
        if where.exists():
            shutil.copymode(where, beside)
        beside.replace(where)
    except OSError as error:
        raise BadParameter(
            f"文件 {where} 无法写入：{error.strerror or error}。",
            f"{where} cannot be written: {error.strerror or error}.",
            subject=str(where),
        ) from None
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    return where


def csv_bytes(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """CSV for Excel: with a byte order mark, and no text that Excel would run as a formula."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_safe(row.get(name)) for name in names] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def say_written(path: Path, what_zh: str, what_en: str) -> None:
    """Tell on standard error what was written and where."""
    errors.print(f"已写入 {path}（{what_zh}）。/ written: {what_en}.", highlight=False,
                 markup=False, soft_wrap=True)  # fmt: skip


def _safe(value: Any) -> str:
    text = cell_text(value)
    return harmless(text) if isinstance(value, (str, list)) else text
