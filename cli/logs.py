"""What the service logs, and where: errors on standard error, and both kinds in files where asked to.

The files hold no personal data: a request by its route and not its address, an exception by its type and
its place in the code and not by its message, which may repeat what was asked for.
"""

from __future__ import annotations

import logging
import os
import traceback
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

from graph.private import PRIVATE_FILE, PRIVATE_FOLDER

FILE_BYTES, FILES = 10 << 20, 10
"""Bytes after which a file is put aside, and how many are kept of each kind."""
ACCESS, SERVICE = "access.log", "service.log"

_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutValues(logging.Formatter):
    """Tracebacks without the messages of their exceptions."""

    def formatException(self, ei: _Raised) -> str:  # noqa: N802 - its name there
        error: BaseException | None = ei[1]
        parts = []
        while error is not None:
            frames = "".join(traceback.format_tb(error.__traceback__)).rstrip()
            parts.append(f"{type(error).__module__}.{type(error).__qualname__}, raised at\n{frames}")
            error = error.__cause__ or error.__context__
        return "\nafter ".join(parts)


class PrivateFile(RotatingFileHandler):
    """A file for its owner alone."""

    def _open(self) -> TextIOWrapper:
        def private(path: str, flags: int) -> int:
            return os.open(path, flags, PRIVATE_FILE)

        file = open(self.baseFilename, self.mode, encoding=self.encoding, opener=private)  # noqa: SIM115
        assert isinstance(file, TextIOWrapper)
        return file


def log_config(folder: Path | None) -> dict[str, Any]:
    """A configuration of `logging`; without a folder errors go to standard error and nothing else does."""
    handlers: dict[str, Any] = {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain", "level": "WARNING"}
    }
    if folder is not None:
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        for name, file in (("access", ACCESS), ("service", SERVICE)):
            handlers[name] = {
                "class": "cli.logs.PrivateFile",
                "formatter": "plain",
                "filename": str(folder / file),
                "maxBytes": FILE_BYTES,
                "backupCount": FILES - 1,
                "encoding": "utf-8",
            }
    files = [] if folder is None else ["service"]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "plain": {
                "class": "cli.logs.WithoutValues",
                "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
            }
        },
        "handlers": handlers,
        "loggers": {
            "cobuild.access": {
                "level": "INFO" if folder else "CRITICAL",
                "handlers": ["access"] if folder else [],
                "propagate": False,
            }
        },
        "root": {"level": "WARNING", "handlers": ["stderr", *files]},
    }
