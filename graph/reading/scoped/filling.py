"""Filling a copy: the nodes and edges of a graph that a caller may see, into an empty store."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Coroutine
from typing import Any

from graph.errors import LoadConflict, keeps_changing
from graph.model import EDGES, NODES, label_of
from graph.reading.areas import read_areas
from graph.reading.graph import Graph
from graph.reading.places import read_sources
from graph.reading.viewer import PUBLIC, Viewer
from graph.store import Store, Transaction
from graph.store.beside import beside
from graph.store.beside import fill as create
from graph.store.changes import CHUNK, Change
from graph.store.parts import NewRows, parts_of

TRIES = 3
"""How often a copy is made again because a load came in between."""


class DataMoved(Exception):
    """The data changed while they were copied."""


async def fill(graph: Graph, to: Store, viewer: Viewer) -> int:
    """Copy what a viewer may see into an empty embedded store, reading everything; the data version.

    It is filled beside what is asked, by the engine itself, so that a copy that was not finished is never
    asked. Raises `DataMoved`; the store is empty then.
    """
    version = await graph.version()
    try:
        async with beside(to) as empty:
            await create(empty, _parts(graph, viewer))
            await empty.write(await finish(graph, viewer, version))
            if await graph.version() != version:
                raise DataMoved
    except LoadConflict as error:  # an edge of which an end was not read
        if await graph.version() == version:
            raise
        raise DataMoved from error
    return version


async def fill_whole(graph: Graph, to: Store, viewer: Viewer) -> int:
    """As `fill`, again where the data changed meanwhile; raises `StoreUnavailable` if they keep changing."""
    for _ in range(TRIES):
        try:
            return await fill(graph, to, viewer)
        except DataMoved:
            continue
    raise keeps_changing()


async def _parts(graph: Graph, viewer: Viewer) -> AsyncIterator[NewRows]:
    """What a viewer may see, nodes first, as it is read."""
    seen = None if viewer.ids is None else _by_label(viewer.ids)
    for label in NODES:
        text = f"MATCH (n:{label}{{}}) RETURN properties(n) AS n"
        async for rows in _read(graph, text, label, seen):
            for part in parts_of(Change(label, None, viewer.properties(label, row[0])[0]) for row in rows):
                yield part
    for type_, edge in EDGES.items():
        if not viewer.sees_type(type_):
            continue
        for label in sorted({label for starts, _ in edge.ends for label in starts}):
            text = f"MATCH (a:{label}{{}})-[e:{type_}]->(b) RETURN a.id, b.id, properties(e)"
            async for rows in _read(graph, text, label, seen):
                edges = (
                    Change(type_, None, viewer.properties(type_, row[2])[0], *row[:2])
                    for row in rows
                    if viewer.sees(row[1])
                )
                for part in parts_of(edges):
                    yield part


def _by_label(ids: Collection[str]) -> dict[str, list[str]]:
    """The ids that are asked for; of what is public all are, without being named."""
    found: dict[str, list[str]] = {label: [] for label in NODES if label not in PUBLIC}
    for id_ in sorted(ids):
        label = label_of(id_)
        if label not in PUBLIC:
            found[label].append(id_)
    return found


async def _read(
    graph: Graph, text: str, label: str, seen: dict[str, list[str]] | None
) -> AsyncIterator[list[list[Any]]]:
    """Rows of a statement that begins at the nodes of a label: all of them, or those of the ids.

    A community's part of a city is read by its ids: that takes as long as the part is large.
    """
    if seen is None or label in PUBLIC:
        parts: list[dict[str, Any]] = [{}]
        text = text.replace("{}", "")
    else:
        ids = seen[label]
        parts = [{"ids": ids[i : i + CHUNK]} for i in range(0, len(ids), CHUNK)]
        text = "UNWIND $ids AS id " + text.replace("{}", " {id: id}")
    for given in parts:
        async with graph.store.cursor(text, given, time_limit=None) as cursor:
            while not cursor.finished:
                yield await cursor.batch()


async def finish(
    graph: Graph, viewer: Viewer, version: int
) -> Callable[[Transaction], Coroutine[Any, Any, None]]:
    """What writes the data version and the places that the copy knows."""
    tree = await read_areas(graph, graph.today())
    seen = None if viewer.area is None else {*tree.below(viewer.area), *tree.above(viewer.area)}
    loads = [p.load for p in await read_sources(graph) if seen is None or p.area in seen]

    async def work(tx: Transaction) -> None:
        await tx.run("UNWIND $loads AS load CREATE (l:Load) SET l = load", {"loads": loads})
        await tx.run(
            "MERGE (m:Meta {id: 'meta'}) SET m.data_version = $version, m.state = 'complete'",
            {"version": version},
        )

    return work
