"""Files that commands write: whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from cli.output import errors
from graph.errors import BadParameter, EnvironmentFault

_OF_THE_MACHINE = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)
"""Not the name is wrong, but what it leads to."""


def write_whole(path: Path, content: bytes) -> Path:
    """Write a file as `whole_file` does; returns where it is."""
    with whole_file(path) as file:
        file.write(content)
    return path.expanduser().resolve()


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file that is written beside its place and put there in one step, at the end.

    Raises `BadParameter` if it cannot be written, `EnvironmentFault` where the disk is full or broken;
    what was there before is then untouched.
    """
    where = path.expanduser().resolve()
    beside = where.with_name(f".{where.name}.{os.getpid()}.part")
    try:
        if where.is_dir():
            raise IsADirectoryError(f"{where} is a directory")
        with beside.open("xb") as file:
            yield file
        if where.exists():
            shutil.copymode(where, beside)
        beside.replace(where)
    except OSError as error:
        kind = EnvironmentFault if error.errno in _OF_THE_MACHINE else BadParameter
        raise kind(
            f"文件 {where} 无法写入：{error.strerror or error}。",
            f"{where} cannot be written: {error.strerror or error}.",
            subject=str(where),
        ) from None
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def say_stage(zh: str, en: str, number: int, of: int) -> None:
    """Tell on standard error what is being done, and how many steps there are."""
    errors.print(f"[{number}/{of}] {zh}… / {en}…", highlight=False, markup=False, soft_wrap=True)


def say_written(path: Path, what_zh: str, what_en: str) -> None:
    """Tell on standard error what was written and where."""
    errors.print(
        f"已写入 {path}（{what_zh}）。/ written: {what_en}.", highlight=False, markup=False, soft_wrap=True
    )
