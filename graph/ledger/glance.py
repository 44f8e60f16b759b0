"""The deployment's id as commands look it up that do not open the ledger, or do not ask the graph."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from graph.errors import NotTogether

FILE = "ledger.db"
NOTE = "deployment"
"""In the data folder: the id that graph and ledger bore together last."""


def deployment_in(data_dir: Path) -> str | None:
    """The id in the file of a data folder; None where there is none, or it cannot be read just now."""
    file = data_dir.absolute() / FILE
    with suppress(sqlite3.Error):
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=0)) as connection:
            row = connection.execute("SELECT value FROM identity WHERE name = 'deployment'").fetchone()
        return None if row is None else str(row[0])
    return None


def note_deployment(data_dir: Path, id_: str) -> None:
    """Note the id that graph and ledger of a data folder bear; where it cannot be noted, nothing is."""
    if noted_deployment(data_dir) != id_:
        with suppress(OSError):
            (data_dir / NOTE).write_text(id_, "ascii")


def noted_deployment(data_dir: Path) -> str | None:
    """The id that was noted in a data folder; None where none was."""
    with suppress(OSError, ValueError):
        return (data_dir / NOTE).read_text("ascii").strip() or None
    return None


def check_together(in_ledger: str | None, in_graph: str) -> str:
    """The id, where both bear it.

    Raises `NotTogether` where the graph bears an id and the ledger has none or another one.
    """
    if in_ledger is None:
        raise NotTogether(
            "记录库是空的，而图数据库已有所属的记录库：它可能被清空或替换。请用 cobuild restore 恢复备份；"
            "确认放弃原记录库的，用 cobuild pair --yes。",
            "the ledger is empty and the graph has one already: it was emptied or exchanged. Restore a "
            "backup with `cobuild restore`; `cobuild pair --yes` goes on without what it held.",
            subject="ledger",
        )
    if in_ledger != in_graph:
        raise NotTogether(
            "图数据库与记录库不属于同一部署：其一被替换。请核对 COBUILD_DATA_DIR、COBUILD_LEDGER_URL、"
            "NEO4J_URI；确认二者应配对的，用 cobuild pair --yes。",
            "graph and ledger are not of one deployment: one of them was exchanged. Look at "
            "COBUILD_DATA_DIR, COBUILD_LEDGER_URL and NEO4J_URI; `cobuild pair --yes` joins the two.",
            subject="ledger",
        )
    return in_ledger
