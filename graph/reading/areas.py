"""Areas: what lies in what on a day, which profile applies there, where bodies are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from graph.catalogue.profiles import Profile
from graph.errors import NotFound
from graph.reading.graph import Graph
from graph.reading.rows import rows_as
from graph.reading.shapes import AreaRow
from graph.store import Row

NATIONAL = "national"
TREES = 4
"""Days of which the tree is in memory: 3,300 areas take 1 MiB and a quarter of a second to read."""


AREAS_OF_BODIES = "areas_of_bodies"
"""The catalogue's file that says where the bodies of these persons are."""


class AreaTree:
    """Areas with their parents; rows of the catalogue's `area_tree`."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.made_of = rows
        self._rows = {row["area"]: row for row in rows_as(AreaRow, rows)}
        self._above: dict[str, tuple[str, ...]] = {}

    def __contains__(self, area: str | None) -> bool:
        return area in self._rows

    def above(self, area: str | None) -> tuple[str, ...]:
        """The area itself and every area above it, nearest first; empty if it is not known."""
        if area is None or area not in self._rows:
            return ()
        if area not in self._above:
            self._above[area] = (area, *self.above(self._rows[area]["parent"]))
        return self._above[area]

    def below(self, area: str | None) -> list[str]:
        """The area itself and every area in it, by id; all areas for None."""
        return [a for a in sorted(self._rows) if area is None or area in self.above(a)]

    def children(self, area: str) -> list[AreaRow]:
        """The areas directly in an area."""
        return [row for row in self._rows.values() if row["parent"] == area]

    def name(self, area: str | None) -> str | None:
        return self._rows[area]["name"] if area in self._rows else None

    def level(self, area: str) -> str:
        return str(self._rows[area]["level"])


async def read_areas(graph: Graph, day: date) -> AreaTree:
    """The tree as it stood on a day; read once for a state of the data, since nothing of it is withheld."""
    # Here, for a command that asks for no area does not wait for what finds (a tenth of its imports).
    from graph.reading.findings.remembered import read_remembered  # noqa: PLC0415

    await graph.version()
    trees, edition = graph.known.trees, graph.known.edition
    found: AreaTree | None = trees.get((edition, day))
    if found is None or edition is None:
        query = graph.catalogue["area_tree"]
        (rows,) = await read_remembered(graph, [(query, graph.bind_known(query, {"as_of": day}))])
        found = next((tree for tree in trees.values() if tree.made_of is rows), None) or AreaTree(rows)
        if edition is not None and graph.known.edition == edition:
            for old in [k for k in trees if k[0] != edition] or [*trees][: 1 - TREES]:
                trees.pop(old, None)
            trees[edition, day] = found
    return found


async def require_area(graph: Graph, area: str | None, day: date) -> AreaTree:
    """The tree; raises `NotFound` if `area` is given and not in it."""
    tree = await read_areas(graph, day)
    if area is not None and area not in tree:
        raise no_area(area)
    return tree


def no_area(area: str) -> NotFound:
    """The error for an area that is not in the tree."""
    return NotFound(f"没有编号为 {area} 的辖区。", f"there is no area with the id {area}.", subject="area")


def profile_of(graph: Graph, tree: AreaTree, area: str | None) -> Profile:
    """The profile of the nearest area at or above; the national one where none is nearer."""
    by_area = {p.file.area: p for p in graph.profiles if p.file.area is not None}
    for above in tree.above(area):
        if above in by_area:
            return by_area[above]
    return graph.profiles[NATIONAL]


def zones_of(graph: Graph, tree: AreaTree, scope: str | None) -> dict[str | None, Profile]:
    """The scope, and every area inside it that has a profile of its own, each with its profile."""
    inside = set(tree.below(scope)) - {scope}
    zones: dict[str | None, Profile] = {scope: profile_of(graph, tree, scope)}
    for profile in graph.profiles:
        if profile.file.area in inside:
            zones[profile.file.area] = profile
    return zones


def root_of(graph: Graph, tree: AreaTree, area: str | None, settings: Callable[[Profile], Any]) -> str | None:
    """The widest area round an area, at most the loaded place, in which everything up to it is set alike.

    `settings` says what a profile sets. An area that lies in no loaded place is its own root.
    """
    places = {load["area"] for load in graph.known.loads if load.get("area")}
    above = tree.above(area)
    if area is None or area in places or not places.intersection(above):
        return area
    profile = profile_of(graph, tree, area)
    root = area
    for upper in above[1:]:
        theirs = profile_of(graph, tree, upper)
        if theirs is not profile and settings(theirs) != settings(profile):
            break
        root = upper
        if upper in places:
            break
    return root


def parts_of(
    tree: AreaTree, settings: Mapping[str | None, Any], scope: str | None
) -> dict[str | None, frozenset[str]]:
    """The zones of a scope that differ from the one round them, with the areas not theirs.

    `settings` says what holds in each zone; a zone in which the same holds as in the one round it
    is part of that one. A row whose area is in the set belongs to another zone.
    """
    parts: dict[str | None, set[str]] = {scope: set()}
    for area in sorted(set(settings) - {scope}, key=lambda a: (len(tree.above(a)), str(a))):
        nearest = next((a for a in tree.above(area)[1:] if a in parts), scope)
        if settings[area] != settings[nearest]:
            own = tree.below(area)
            parts[nearest].update(own)
            parts[area] = set(tree.below(None)) - set(own)
    return {area: frozenset(elsewhere) for area, elsewhere in parts.items()}


def areas_without_overlap(areas: Iterable[str | None], tree: AreaTree) -> list[str | None]:
    """The areas to check, none inside another; everywhere if a body is in no area."""
    found = set(areas)
    if None in found:
        return [None]
    return [a for a in sorted(filter(None, found)) if not found & set(tree.above(a)[1:])]
