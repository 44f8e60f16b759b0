"""The copy that the command line asks: kept in the data folder from one command to the next."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from graph.private import PRIVATE_FOLDER
from graph.reading.graph import Graph, Known
from graph.reading.scoped.copies import open_copy
from graph.reading.scoped.filling import fill_whole
from graph.reading.viewer import Viewer
from graph.store import Statement, open_store
from graph.store.engine.locks import FileLock
from graph.store.schema import apply_schema, schema_revision

FOLDER = "kept_copy"
COMPLETE = "complete"
"""A file in a copy that was filled to its end."""


@asynccontextmanager
async def open_kept_copy(graph: Graph) -> AsyncIterator[Graph]:
    """The kept copy without personal data; made anew where the data are no longer those it holds.

    It has one owner at a time. While another command asks it, a copy is made for this one alone.
    """
    folder = graph.settings.data_dir / FOLDER
    folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    owner = FileLock(folder / "owner.lock")
    if not owner.take(shared=False):
        async with open_copy(graph) as copy:
            yield copy
        return
    try:
        kept = folder / await _revision(graph)
        for other in folder.iterdir():
            if other.is_dir() and (other != kept or not (kept / COMPLETE).exists()):
                shutil.rmtree(other, ignore_errors=True)
        settings = graph.settings.model_copy(update={"data_dir": kept, "neo4j_uri": None})
        async with open_store(settings) as store:
            if not (kept / COMPLETE).exists():
                await apply_schema(store)
                await fill_whole(graph, store, Viewer())
                if kept.name == await _revision(graph):
                    (kept / COMPLETE).touch()
            yield replace(graph, settings=settings, store=store, known=Known(), viewer=Viewer())
    finally:
        owner.release()


def drop_kept_copy(data_dir: Path) -> bool:
    """Remove the kept copy from disk; False while a command asks it: the next one makes it anew."""
    folder = data_dir / FOLDER
    if not folder.is_dir():
        return True
    owner = FileLock(folder / "owner.lock")
    if not owner.take(shared=False):
        return False
    try:
        for copy in folder.iterdir():
            if copy.is_dir():
                shutil.rmtree(copy, ignore_errors=True)
    finally:
        owner.release()
    return True


async def _revision(graph: Graph) -> str:
    """Changes with the data, with where they are, and with what of them a copy holds."""
    statements: list[Statement] = [
        ("MATCH (m:Meta) RETURN properties(m) AS p", {}),
        ("MATCH (l:Load) RETURN properties(l) AS p", {}),
    ]
    rows = await graph.store.read(statements)
    loaded = sorted(repr(sorted(row["p"].items())) for part in rows for row in part)
    where = [str(graph.settings.neo4j_uri), str(graph.settings.neo4j_database)]
    parts = [version("cobuild-graph"), schema_revision(), *where, *loaded]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
