"""What a caller asks to see: one of six views, its own settings, and nothing that it ignores."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from graph.errors import BadParameter
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.views.appointments import view_appointments
from graph.views.area import view_area
from graph.views.layout import placed
from graph.views.map import view_map
from graph.views.neighbourhood import view_neighbourhood
from graph.views.path import view_path
from graph.views.rings import view_rings
from graph.views.view import View

VIEWS: dict[str, frozenset[str]] = {
    "area": frozenset({"limit", "ended"}),
    "node": frozenset({"limit", "ended", "hops", "types", "cap"}),
    "path": frozenset({"limit", "category"}),
    "appointments": frozenset({"limit", "ended"}),
    "rings": frozenset({"limit", "ended"}),
    "map": frozenset({"limit"}),
}
"""The views, and which settings each takes beside the day."""


class ViewLimits:
    """What a view holds by default and at most."""

    nodes, most_nodes = 2_000, 5_000
    hops, most_hops = 1, 3
    cap, most_cap = 100, 2_000


@dataclass(frozen=True)
class Wanted:
    """A request; exactly one of the six views is given, its id, and what was set."""

    area: str | None = None
    node: str | None = None
    path: str | None = None
    appointments: str | None = None
    rings: str | None = None
    map: str | None = None
    hops: int | None = None
    types: tuple[str, ...] = ()
    cap: int | None = None
    limit: int | None = None
    ended: bool = False
    category: str | None = None

    def view(self) -> tuple[str, str]:
        """Name of the view and the id in its middle.

        Raises `BadParameter` for none, for several, and for a setting that the view has not.
        """
        given = {name: getattr(self, name) for name in VIEWS if getattr(self, name) is not None}
        if len(given) != 1:
            raise BadParameter(
                f"{'、'.join(VIEWS)} 应恰好给出一个。",
                f"give exactly one of {', '.join(VIEWS)}.",
                subject=next(iter(given), "area"),
            )
        ((name, of),) = given.items()
        for setting in sorted(self._settings()):
            if setting not in VIEWS[name]:
                users = [view for view in VIEWS if setting in VIEWS[view]]
                raise BadParameter(
                    f"参数 {setting} 不用于 {name}，用于：{'、'.join(users)}。",
                    f"parameter {setting} does not go with {name}, but with {', '.join(users)}.",
                    subject=setting,
                )
        return name, of

    def check_numbers(self) -> None:
        """Raises `BadParameter` for a number out of its range."""
        for name, value, most in (
            ("hops", self.hops, ViewLimits.most_hops),
            ("cap", self.cap, ViewLimits.most_cap),
            ("limit", self.limit, ViewLimits.most_nodes),
        ):
            if value is not None and not 1 <= value <= most:
                raise BadParameter(
                    f"{name} 应在 1 到 {most} 之间。", f"{name} is from 1 to {most}.", subject=name
                )

    def _settings(self) -> set[str]:
        names = {f.name for f in fields(self)} - set(VIEWS)
        return {n for n in names if getattr(self, n) not in (None, False, ())}


async def read_view(graph: Graph, wanted: Wanted, *, as_of: date | None = None) -> Answer[View]:
    """The view that is wanted, with a place for every node; raises `BadParameter`, `NotFound`."""
    answer = await _read(graph, wanted, as_of)
    return Answer(await asyncio.to_thread(placed, answer.data), answer.stamp)


async def _read(graph: Graph, wanted: Wanted, as_of: date | None) -> Answer[View]:
    name, of = wanted.view()
    wanted.check_numbers()
    shared: Mapping[str, Any] = {"limit": wanted.limit or ViewLimits.nodes, "as_of": as_of}
    ended = wanted.ended
    match name:
        case "area":
            return await view_area(graph, of, ended=ended, **shared)
        case "path":
            return await view_path(graph, of, category=wanted.category, **shared)
        case "appointments":
            return await view_appointments(graph, of, ended=ended, **shared)
        case "map":
            return await view_map(graph, of, **shared)
        case "rings":
            return await view_rings(graph, of, ended=ended, **shared)
    return await view_neighbourhood(
        graph,
        of,
        hops=wanted.hops or ViewLimits.hops,
        types=wanted.types,
        cap=wanted.cap or ViewLimits.cap,
        ended=ended,
        **shared,
    )
