"""What a command looks up in a ledger's file without opening the ledger: the deployment's id."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

FILE = "ledger.db"


def deployment_in(data_dir: Path) -> str | None:
    """The id in the file of a data folder; None where there is none, or it cannot be read just now."""
    file = data_dir.absolute() / FILE
    with suppress(sqlite3.Error):
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=0)) as connection:
            row = connection.execute("SELECT value FROM identity WHERE name = 'deployment'").fetchone()
        return None if row is None else str(row[0])
    return None
