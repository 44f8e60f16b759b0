"""What lies in an area: places, bodies, partners, persons and things, at any time."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from graph.reading.graph import Graph


async def read_ids(graph: Graph, area: str) -> tuple[int, frozenset[str]]:
    """Data version, and the ids that belong to an area by the files `scope_*` of the catalogue.

    Who moved away or left a post stays inside: what happened in the area belongs to it.
    """
    version, places = await _ids(graph, "scope_places", {"area": area})
    _, bodies = await _ids(graph, "scope_bodies", {"places": sorted(places)})
    _, partners = await _ids(graph, "scope_partners", {"bodies": sorted(bodies)})
    given = {"places": sorted(places), "bodies": sorted(bodies)}
    _, persons = await _ids(graph, "scope_persons", given)
    standing = places | bodies | partners
    query = graph.catalogue["scope_things"]
    last, (rows,) = await graph.read_facts([query.select({})])
    things = {row["thing"] for row in rows if row["at"] in standing}
    # A claim may concern a mechanism or a project of the area.
    things |= {row["thing"] for row in rows if row["at"] in things}
    if last != version:  # a load came in between: ask again
        return await read_ids(graph, area)
    return version, frozenset(standing | persons | things)


async def _ids(graph: Graph, name: str, given: Mapping[str, str | Collection[str]]) -> tuple[int, set[str]]:
    query = graph.catalogue[name]
    version, (rows,) = await graph.read_facts([query.select(given)])
    return version, {next(iter(row.values())) for row in rows}
