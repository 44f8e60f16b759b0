"""Writing a backup while the service runs: graph and ledger as they belonged together, and forms."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import IO, Any

from graph import __version__
from graph.appointments.recovery import recover
from graph.errors import EnvironmentFault, QueryFailed, keeps_changing
from graph.ledger.times import now
from graph.loading.register.forms import FOLDER as FORMS
from graph.model import EDGES, NODES
from graph.reading.deployment import join
from graph.reading.graph import Graph
from graph.store.schema import OPERATIONAL
from graph.upkeep.archive import FORMAT, LEDGER, META, ArchiveMember, BackupManifest, Writer
from graph.upkeep.files import form_files

TRIES = 5
"""How often a backup begins again because the data changed meanwhile."""
_ALL = (
    f"MATCH (n) WHERE {' AND '.join(f'NOT n:{label}' for label in OPERATIONAL)} RETURN count(n) AS n",
    "MATCH ()-[e]->() RETURN count(e) AS n",
)


async def back_up(graph: Graph, file: IO[bytes]) -> BackupManifest:
    """Write graph and ledger into a file that can be truncated and written anew.

    The ledger is copied while the graph stands still: a decision is then in both, or it is pending
    in the ledger and `recover` concludes it after a restore. Raises `EnvironmentFault` for a
    ledger or a graph on a server, `LoadIncomplete` during a load, `StoreUnavailable` where the
    data keep changing.
    """
    if not graph.store.embedded or graph.settings.ledger_url is not None:
        raise EnvironmentFault(
            "cobuild backup 用于嵌入式引擎和数据目录中的记录库；"
            "Neo4j 与 PostgreSQL 的备份见 docs/operations.md。",
            "`cobuild backup` is for the embedded engine and a ledger in the data folder; "
            "docs/operations.md says how Neo4j and PostgreSQL are backed up.",
        )
    await recover(graph)
    deployment = await join(graph.store, graph.ledger)
    for _ in range(TRIES):
        version = await graph.probe()
        file.seek(0)
        file.truncate()
        writer = Writer(file)
        with tempfile.TemporaryDirectory(dir=graph.settings.data_dir, prefix="backup-") as folder:
            copy = Path(folder) / LEDGER
            await graph.ledger.copy_to(copy)
            writer.add_file(LEDGER, copy)
        for form in form_files(graph.settings.data_dir):
            writer.add_file(f"{FORMS}/{form.name}", form)
        nodes, edges = await _write_graph(graph, writer)
        found = await graph.store.read([(text, {}) for text in _ALL])
        if await graph.probe() == version:
            counted = [rows[0]["n"] for rows in found]
            if counted != [nodes, edges]:
                raise QueryFailed(
                    f"图中有 {counted} 个节点和关系，读到 {[nodes, edges]}；请先运行 cobuild doctor。",
                    f"the graph counts {counted} nodes and edges, and {[nodes, edges]} were read: "
                    "run `cobuild doctor` first.",
                )
            made = now().isoformat(timespec="seconds")
            return writer.finish(BackupManifest(FORMAT, made, __version__, deployment, version))
    raise keeps_changing()


async def _write_graph(graph: Graph, writer: Writer) -> tuple[int, int]:
    nodes = edges = 0
    for label in NODES:
        text = f"MATCH (n:{label}) RETURN properties(n)"
        nodes += await _write(graph, writer, f"graph/nodes/{label}.jsonl", text)
    for type_, edge in EDGES.items():
        starts = sorted({label for froms, _ in edge.ends for label in froms})
        texts = [f"MATCH (a:{label})-[e:{type_}]->(b) RETURN a.id, b.id, properties(e)" for label in starts]
        edges += await _write(graph, writer, f"graph/edges/{type_}.jsonl", *texts)
    texts = [f"MATCH (n:{label}) RETURN '{label}', properties(n)" for label in OPERATIONAL]
    await _write(graph, writer, META, *texts)
    return nodes, edges


async def _write(graph: Graph, writer: Writer, name: str, *texts: str) -> int:
    with ArchiveMember(writer, name) as member:
        for text in texts:
            async for row in _rows(graph, text):
                member.row(*row)
        return member.rows


async def _rows(graph: Graph, text: str) -> AsyncIterator[list[Any]]:
    async with graph.store.cursor(text, {}, time_limit=None) as cursor:
        while not cursor.finished:
            for row in await cursor.batch():
                yield row
