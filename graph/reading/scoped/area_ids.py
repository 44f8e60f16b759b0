"""What lies in an area: places, bodies, partners, persons and things, at any time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.reading.graph import Graph


async def read_ids(graph: Graph, area: str, *, secret: bool) -> tuple[int, frozenset[str]]:
    """Data version, and the ids that belong to an area by the files `scope_*` of the catalogue.

    Without `secret` no personal tie makes a person or a body belong: that they are inside would
    reveal it. Who moved away or left a post stays inside: what happened in the area belongs to it.
    """
    version, places = await _ids(graph, "scope_places", {"area": area})
    _, bodies = await _ids(graph, "scope_bodies", {"places": sorted(places)})
    _, partners = await _ids(graph, "scope_partners", {"bodies": sorted(bodies), "secret": secret})
    given: dict[str, Any] = {"places": sorted(places), "bodies": sorted(bodies), "secret": secret}
    _, persons = await _ids(graph, "scope_persons", given)
    standing = places | bodies | partners
    last, things = await _ids(graph, "scope_things", {"subjects": sorted(standing)})
    # A claim may concern a mechanism or a project of the area, a meeting a need.
    if things:
        last, further = await _ids(graph, "scope_things", {"subjects": sorted(things)})
        things |= further
    if last != version:  # a load came in between: ask again
        return await read_ids(graph, area, secret=secret)
    return version, frozenset(standing | persons | things)


async def _ids(graph: Graph, name: str, given: Mapping[str, Any]) -> tuple[int, set[str]]:
    query = graph.catalogue[name]
    version, (rows,) = await graph.read_facts([query.select(given)])
    return version, {next(iter(row.values())) for row in rows}
