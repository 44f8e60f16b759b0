"""Places and their profiles: which area belongs to which delivery, which profile applies where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.answers import Graph
from graph.areas import AreaTree
from graph.errors import NotFound
from graph.loading.state import LOADS
from graph.profiles import Profile

NATIONAL = "national"


@dataclass(frozen=True)
class Place:
    """A place as its delivery describes it."""

    name: str
    name_zh: str
    area: str | None
    profile: str | None
    synthetic: bool
    load: dict[str, Any]


async def read_places(graph: Graph) -> list[Place]:
    """Every loaded place that has an area, the documented ones first."""
    _, (rows,) = await graph.read([LOADS])
    loads = [row["load"] for row in rows]
    places = [
        Place(r["place"], r["place_zh"], r.get("area"), r.get("profile"), r["synthetic"], r)
        for r in loads
        if r.get("area")
    ]
    return sorted(places, key=lambda p: (p.synthetic, p.name))


async def everywhere(graph: Graph) -> list[str | None]:
    """The areas of all loaded places; None, which is the whole graph, where none was loaded."""
    return [p.area for p in await read_places(graph)] or [None]


async def find_place(graph: Graph, name: str) -> Place:
    """A place by its folder name or Chinese name; a short form such as 衡阳石鼓 will do.

    Raises `NotFound` that lists the places there are.
    """
    places = await read_places(graph)
    for place in places:
        if name in (place.name, place.name_zh):
            return place
    close = [p for p in places if len(name) > 1 and _in_order(name, p.name_zh)]
    if len(close) == 1:
        return close[0]
    known = "、".join(f"{p.name}（{p.name_zh}）" for p in places) or "（无）"
    raise NotFound(
        f"没有地方“{name}”；已有：{known}。", f"no place {name!r}; there are: {known}.",
        subject="place",
    )  # fmt: skip


def _in_order(short: str, full: str) -> bool:
    rest = iter(full)
    return all(character in rest for character in short)


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
