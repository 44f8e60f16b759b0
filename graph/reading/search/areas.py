"""Where a hit lies: the areas above it on a day, from the nearest to the province.

A thing lies where what it concerns lies, or who offers it; a Party group without an area of its own
where the organization above it lies. What lies in several areas has those
that are above all of them: a firm that serves two communities has their district.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from graph.model import NODES, label_of
from graph.reading.areas import AREAS_OF_BODIES, AreaTree, read_areas
from graph.reading.graph import Graph
from graph.reading.shapes import FoundRow

BETWEEN = " › "
STEPS = 3
"""From a claim to a project, from there to a body, from there to its area."""
THINGS = frozenset({"Need", "Project", "Mechanism", "Meeting", "Claim", "Resource"})
PLACED_BY_OTHERS = THINGS | {"PartyOrganization", "PropertyFirm"}
BODIES = frozenset(NODES) - THINGS - {"Area", "Person", "SourceDocument"}


async def add_areas(graph: Graph, rows: Iterable[FoundRow], as_of: date | None = None) -> None:
    """Fill `areas`, nearest first, and `areas_zh` of rows."""
    day = graph.day(as_of)
    rows = list(rows)
    if not rows:
        return
    tree = await read_areas(graph, day)
    lowest = await _lowest(graph, [row["id"] for row in rows], day)
    for row in rows:
        chain = _above_all(tree, lowest[row["id"]])
        own = chain[1:] if chain[:1] == [row["id"]] else chain
        row["areas"] = [{"area": area, "name": tree.name(area)} for area in own]
        row["areas_zh"] = BETWEEN.join(tree.name(area) or area for area in reversed(own)) or None


async def _lowest(graph: Graph, ids: Iterable[str], day: date) -> dict[str, set[str]]:
    """The lowest areas of each node; none where nothing says where it lies."""
    at: dict[str, set[str]] = {id_: {id_} for id_ in ids}
    persons = [id_ for id_ in at if label_of(id_) == "Person"]
    for _ in range(STEPS):
        onward = await _pairs(graph, "things_at", "things", _among(at, PLACED_BY_OTHERS), day)
        if not onward:
            break
        at = {id_: {y for x in found for y in onward.get(x, {x})} for id_, found in at.items()}
    areas = await _pairs(graph, AREAS_OF_BODIES, "bodies", _among(at, BODIES), day)
    if graph.viewer.personal:
        areas |= await _pairs(graph, "subject_areas", "subjects", persons, day)
    return {
        id_: {a for x in found for a in ({x} if label_of(x) == "Area" else areas.get(x, ())) if a}
        for id_, found in at.items()
    }


def _among(at: Mapping[str, set[str]], labels: frozenset[str]) -> list[str]:
    return sorted({x for found in at.values() for x in found if label_of(x) in labels})


async def _pairs(graph: Graph, name: str, parameter: str, ids: list[str], day: date) -> dict[str, set[str]]:
    """First column of a file to the values of its last, for these ids; not asked for none."""
    if not ids:
        return {}
    answer = await graph.ask(graph.catalogue[name], {parameter: ids, "as_of": day})
    found: dict[str, set[str]] = defaultdict(set)
    for row in answer.data:
        first, *_, last = row.values()
        found[first].add(last)
    return dict(found)


def _above_all(tree: AreaTree, areas: Iterable[str]) -> list[str]:
    """The areas that are at or above each of these, nearest first."""
    chains = [tree.above(area) for area in sorted(areas)]
    return [a for a in chains[0] if all(a in chain for chain in chains)] if chains else []
