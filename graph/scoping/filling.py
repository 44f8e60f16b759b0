"""Filling a copy: the nodes and edges of a graph that somebody may see, into an empty store."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from graph.answers import Graph
from graph.areas import read_areas
from graph.loading.changes import CHUNK, Change, apply_changes
from graph.masking import flagged_types, mask_properties
from graph.model import EDGES, NODES
from graph.scopes import read_places
from graph.store import Store, Transaction
from graph.withholding import Inside


async def fill(graph: Graph, to: Store, inside: Inside | None, *, personal: bool) -> int:
    """Copy what lies inside (None: everything), flagged data only with `personal`.

    Returns the data version that the copy has. Operational nodes come last, so that a copy that
    was not finished answers nobody.
    """
    version = await graph.version()
    for label in NODES:
        async for rows in _read(graph, f"MATCH (n:{label}) RETURN properties(n) AS n"):
            kept = [
                Change(label, None, mask_properties(label, row[0], show=personal)[0])
                for row in rows
                if inside is None or row[0]["id"] in inside
            ]
            await _write(to, kept)
    for type_ in EDGES:
        if not personal and type_ in flagged_types():
            continue
        text = f"MATCH (a)-[e:{type_}]->(b) RETURN a.id, b.id, properties(e)"
        async for rows in _read(graph, text):
            kept = [
                Change(type_, None, mask_properties(type_, edge, show=personal)[0], start, end)
                for start, end, edge in rows
                if inside is None or (start in inside and end in inside)
            ]
            await _write(to, kept)
    await _finish(graph, to, inside, version)
    return version


async def _read(graph: Graph, text: str) -> AsyncIterator[list[list[Any]]]:
    limit = graph.settings.time_limit
    async with graph.store.cursor(text, {}, time_limit=limit) as cursor:
        while not cursor.finished:
            yield await cursor.batch()


async def _write(to: Store, changes: list[Change]) -> None:
    for i in range(0, len(changes), CHUNK):
        part = changes[i : i + CHUNK]

        async def work(tx: Transaction, part: list[Change] = part) -> None:
            await apply_changes(tx, part)

        await to.write(work)


async def _finish(graph: Graph, to: Store, inside: Inside | None, version: int) -> None:
    """The data version, and the places that the copy knows."""
    tree = await read_areas(graph, graph.today())
    seen = None if inside is None else {*tree.below(inside.area), *tree.above(inside.area)}
    loads = [p.load for p in await read_places(graph) if seen is None or p.area in seen]

    async def work(tx: Transaction) -> None:
        await tx.run("UNWIND $loads AS load CREATE (l:Load) SET l = load", {"loads": loads})
        await tx.run(
            "MERGE (m:Meta {id: 'meta'}) SET m.data_version = $version, m.state = 'complete'",
            {"version": version},
        )

    await to.write(work)
