"""Places and their profiles: which area belongs to which delivery, which profile applies where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graph.catalogue import Select
from graph.catalogue.profiles import is_short_for
from graph.errors import NotFound
from graph.reading.graph import Graph
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
    """Every loaded place that has an area, the documented ones first."""
    _, (rows,) = await graph.read([Select(*LOADS, ())])
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
    close = [p for p in places if len(name) > 1 and is_short_for(name, p.name_zh)]
    if len(close) == 1:
        return close[0]
    known = "、".join(f"{p.name}（{p.name_zh}）" for p in places) or "（无）"
    raise NotFound(
        f"没有地方“{name}”；已有：{known}。", f"no place {name!r}; there are: {known}.", subject="place"
    )
