"""What changed since a data version: change sets with what they touched, as far as a caller may know."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from graph.model import NODES, label_of
from graph.reading.graph import Graph
from graph.store.history import ChangeSet, read_sets, read_undo

MOST_IDS = 1_000
"""Ids of things that one change names; of more there are only the types."""


class TouchedShape(TypedDict):
    """一次改动触及了什么。 One load, undo or decision, and what it touched.

    `nodes` are ids of things that are new, changed or gone, or have such ties; null where they are too many.
    """

    number: int
    kind: Literal["load", "undo", "decision", "merge"]
    source: str
    data_version: int
    types: list[str]
    nodes: list[str] | None


async def changes_since(graph: Graph, version: int) -> list[TouchedShape]:
    """What was changed after a data version, the oldest first.

    Left out are types whose ties are a secret, persons, and for a caller limited to an area what touches
    nothing of it. A decision bears no source that says whom it is about.
    """
    later = [made for made in await read_sets(graph.store) if made.version > version]
    found = [await _touched(graph, made) for made in later]
    return [touched for touched in found if touched is not None]


async def _touched(graph: Graph, made: ChangeSet) -> TouchedShape | None:
    viewer = graph.viewer
    types: set[str] = set()
    nodes: set[str] = set()
    for change in await read_undo(graph.store, made.number):
        ends = (change.start, change.end) if change.start else (change.id,)
        if change.kind not in NODES and not viewer.sees_type(change.kind):
            continue
        inside = [id_ for id_ in ends if viewer.ids is None or id_ in viewer.ids]
        if inside:
            types.add(change.kind)
            nodes |= {id_ for id_ in inside if label_of(id_) != "Person"}
    if viewer.ids is not None and not nodes:
        return None
    return {
        "number": made.number,
        "kind": made.kind,
        "source": made.source if made.kind not in ("decision", "merge") else "",
        "data_version": made.version,
        "types": sorted(types),
        "nodes": sorted(nodes) if len(nodes) <= MOST_IDS else None,
    }
