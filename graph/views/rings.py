"""The extended Party committee (大党委) in rings, with places on the page that draw 同心圆.

Ring 0 is the organization; 1 its secretary, deputies and committee members; 2 its part-time
members and those who employ them; 3 the units that co-build; 4 what these offer. A node that
belongs to several rings is in the innermost, but a unit that co-builds always in ring 3: so
its place does not reveal whom it employs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from math import cos, pi, sin

from graph.errors import BadParameter, NotFound
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.nodes import read_node
from graph.store import Row
from graph.views.compose import Gathered, about, compose
from graph.views.view import View, edge_of

UNITS = 3
"""The ring of units that co-build; what they offer is on the next."""
SPACING, BAND = 60.0, 180.0
"""Least distance of neighbours on a ring, and of rings, in pixels."""


async def view_rings(
    graph: Graph, body: str, *, limit: int, as_of: date | None = None, ended: bool = False
) -> Answer[View]:
    """The rings around a Party organization, or around that of an area.

    Persons stand there without their names unless personal data is shown; who employs them is
    then left out, as the stamp's `hidden` says. `about` says whether the organization is
    marked as an extended committee (None: not known). Raises `NotFound`, `BadParameter`.
    """
    day = graph.day(as_of)
    centre = await _centre(graph, body, day)
    node = await read_node(graph, centre)
    marked = node.data["properties"].get("extended_committee")
    query, employers = graph.catalogue["committee_graph"], graph.catalogue["member_employers"]
    parameters = query.bind({"organization": centre, "as_of": day, "ended": ended}, today=day)
    asked = [query, employers] if graph.viewer.personal else [query]
    version, results = await graph.read([q.select(parameters) for q in asked])
    rows, shown = (*results, [])[:2]
    hidden = [] if graph.viewer.personal else ["EMPLOYED_BY"]
    rings = _rings(centre, rows, shown)
    stamp = graph.stamp(asked, {**parameters, "hidden": hidden}, version, 0)
    ordered = sorted([*rows, *shown], key=lambda r: (r["ring"], r["edge"]))
    edges = {row["edge"]: edge_of(row, day) for row in ordered}
    found = Gathered(
        about("rings", centre, day, extended_committee=marked),
        list(edges.values()),
        sorted(rings, key=lambda i: rings[i]),
        rings=rings,
        positions=_positions(rings, _offers(ordered)),
    )
    return await compose(graph, found, stamp, limit=limit)


async def _centre(graph: Graph, body: str, day: date) -> str:
    """The organization itself, or the one of the area's own level that covers the area."""
    label = (await read_node(graph, body)).data["label"]
    if label == "PartyOrganization":
        return body
    if label != "Area":
        raise BadParameter(
            "rings 应为党组织或辖区的编号。",
            "rings is the id of a Party organization or an area.",
            subject="rings",
        )
    query = graph.catalogue["party_organizations_of_area"]
    found = [r["organization"] for r in (await graph.ask(query, {"area": body, "as_of": day})).data]
    if not found:
        raise NotFound(
            f"图中没有覆盖辖区 {body} 的同级党组织。",
            f"no Party organization of its own level that covers {body} is on record.",
            subject="rings",
        )
    if len(found) > 1:
        raise BadParameter(
            f"覆盖辖区 {body} 的同级党组织不止一个，请给出其一：{'、'.join(found)}。",
            f"several Party organizations cover {body}, give one: {', '.join(found)}.",
            subject="rings",
        )
    return str(found[0])


def _rings(centre: str, rows: list[Row], employed: list[Row]) -> dict[str, int]:
    """Ring by node, in the order of rings and, on a ring, of the edges."""
    found = {centre: 0}
    for row in sorted(rows, key=lambda r: (r["ring"], r["edge"])):
        outer = row["to"] if row["type"] == "OFFERS" else row["from"]
        found.setdefault(outer, row["ring"])
    for row in employed:
        found.setdefault(row["to"], row["ring"])
    return dict(sorted(found.items(), key=lambda item: item[1]))


def _offers(rows: list[Row]) -> dict[str, str]:
    """By resource the unit that offers it; the first of several."""
    found: dict[str, str] = {}
    for row in rows:
        if row["type"] == "OFFERS":
            found.setdefault(row["to"], row["from"])
    return found


def _positions(rings: Mapping[str, int], offers: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    """Each ring from the top, wide enough for what stands on it; a resource beside the unit that offers it.

    A unit has a sector as wide as what it offers; what no unit on the ring offers comes at the end.
    """
    by_ring: dict[int, list[str]] = {}
    for node, ring in rings.items():
        by_ring.setdefault(ring, []).append(node)
    units = by_ring.get(UNITS, [])
    things = {unit: [n for n in by_ring.get(UNITS + 1, []) if offers.get(n) == unit] for unit in units}
    rest = [n for n in by_ring.get(UNITS + 1, []) if offers.get(n) not in things]
    slots = sum(max(1, len(found)) for found in things.values()) + len(rest)
    placed, radius = {}, 0.0
    for ring, nodes in by_ring.items():
        if ring > 0:
            radius = max(radius + BAND, (slots if ring > UNITS else len(nodes)) * SPACING / (2 * pi))
        for node, angle in _angles(ring, nodes, things, rest, slots):
            placed[node] = (round(radius * cos(angle), 2), round(radius * sin(angle), 2))
    return placed


def _angles(
    ring: int, nodes: list[str], things: Mapping[str, list[str]], rest: list[str], slots: int
) -> Iterator[tuple[str, float]]:
    """Where on its circle each node stands."""
    if ring not in (UNITS, UNITS + 1) or not slots:
        yield from ((node, 2 * pi * i / len(nodes) - pi / 2) for i, node in enumerate(nodes))
        return
    at = 0.0
    for unit, found in things.items():
        wide = max(1, len(found))
        if ring == UNITS:
            yield unit, 2 * pi * (at + wide / 2) / slots - pi / 2
        else:
            yield from ((n, 2 * pi * (at + i + 0.5) / slots - pi / 2) for i, n in enumerate(found))
        at += wide
    if ring > UNITS:
        yield from ((n, 2 * pi * (at + i + 0.5) / slots - pi / 2) for i, n in enumerate(rest))
