"""Places and their profiles: which area belongs to which delivery, which profile applies where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from graph.catalogue import Select
from graph.catalogue.profiles import is_short_for
from graph.errors import BadParameter, NotFound
from graph.model import area_id
from graph.reading.areas import read_areas
from graph.reading.graph import Graph
from graph.spelling import fold
from graph.store.version import LOADS


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
    """Every loaded place that has an area, the documented ones first; once, however many sources it has."""
    found: dict[tuple[str, str | None], Place] = {}
    for place in await read_sources(graph):
        known = found.setdefault((place.name, place.area), place)
        if known.profile is None and place.profile is not None:
            found[place.name, place.area] = place
    return list(found.values())


async def read_sources(graph: Graph) -> list[Place]:
    """Every load that is about an area: a place has as many as it has sources."""
    _, (rows,) = await graph.read([Select(*LOADS, ())])
    loads = [row["load"] for row in rows]
    places = [
        Place(r["place"], r["place_zh"], r.get("area"), r.get("profile"), r["synthetic"], r)
        for r in loads
        if r.get("area")
    ]
    return sorted(places, key=lambda p: (p.synthetic, p.name))


async def everywhere(graph: Graph) -> list[str | None]:
    """The areas of all loaded places, none inside another; None, the whole graph, where none was loaded."""
    areas = list(dict.fromkeys(p.area for p in await read_places(graph)))
    if len(areas) > 1:
        tree = await read_areas(graph, graph.today())
        areas = [area for area in areas if not set(tree.above(area)[1:]) & set(areas)]
    return [*areas] or [None]


async def find_place(graph: Graph, name: str) -> Place:
    """A place by its folder name or Chinese name; a short form such as 衡阳石鼓 will do.

    Raises `NotFound` that lists the places there are.
    """
    places = await read_places(graph)
    found = _placed(places, name)
    if found is None:
        raise _no_place(places, name)
    return found


async def find_area(graph: Graph, name: str, within: str | None = None) -> str | None:
    """The area of a place, or one by its own name or code, 嵩山路街道: inside `within`, if that is given.

    Raises `NotFound` with the places there are and the names that are nearest, `BadParameter` where several
    areas have the name.
    """
    places = await read_places(graph)
    found = _placed(places, name)
    if found is not None:
        return found.area
    tree = await read_areas(graph, graph.today())
    names = {area: str(tree.name(area)) for area in tree.below(within)}
    same = [area for area, known in names.items() if fold(known) == fold(name) or area == area_id(name)]
    if len(same) > 1:
        listed = "、".join(f"{'/'.join(str(tree.name(a)) for a in tree.above(s)[1::-1])} {s}" for s in same)
        raise BadParameter(
            f"有几个“{name}”，请用编号：{listed}。", f"several areas {name!r}: {listed}.", subject="place"
        )
    if not same:
        raise _no_place(places, name, get_close_matches(name, names.values(), 3))
    return same[0]


def _placed(places: list[Place], name: str) -> Place | None:
    for place in places:
        if name in (place.name, place.name_zh):
            return place
    close = [p for p in places if len(name) > 1 and is_short_for(name, p.name_zh)]
    # A place of which several registers were loaded under several names is still one.
    return close[0] if close and len({p.area for p in close}) == 1 else None


def _no_place(places: list[Place], name: str, near: Sequence[str] = ()) -> NotFound:
    known = "、".join(f"{p.name}（{p.name_zh}）" for p in places) or "（无）"
    close = "、".join(dict.fromkeys(near))
    zh, en = (f"；相近的辖区：{close}", f"; areas of nearly that name: {close}") if close else ("", "")
    return NotFound(
        f"没有地方“{name}”；已有：{known}{zh}。",
        f"no place {name!r}; there are: {known}{en}.",
        subject="place",
    )
