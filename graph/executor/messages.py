"""What goes through the pipes between who asks and the process that holds columns."""

from __future__ import annotations

import pickle
import struct
from typing import IO, Any

from graph.pausing import PAUSE

LENGTH = struct.Struct(">Q")
"""Before each message."""


def read_message(pipe: IO[bytes]) -> Any:
    """What the other side wrote; raises `EOFError` where it is gone."""
    length = pipe.read(LENGTH.size)
    if len(length) < LENGTH.size:
        raise EOFError
    content = pipe.read(LENGTH.unpack(length)[0])
    with PAUSE:
        return pickle.loads(content)  # noqa: S301 - between a process and the one that it started


def write_message(pipe: IO[bytes], message: Any) -> None:
    """Write something for the other side."""
    content = pickle.dumps(message, protocol=5)
    pipe.write(LENGTH.pack(len(content)))
    pipe.write(content)
    pipe.flush()
