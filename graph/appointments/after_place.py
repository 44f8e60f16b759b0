"""Bodies that a clerk calls after their place: 望云台业委会, whatever that committee is called."""

from __future__ import annotations

from collections.abc import Collection

from graph.catalogue import Select
from graph.reading.graph import Graph
from graph.reading.search import search
from graph.reading.search.words import SUFFIXES
from graph.spelling import fold

BODIES = {
    "业主委员会": ("OwnersCommittee", "COVERS"),
    "业委会": ("OwnersCommittee", "COVERS"),
    "物管会": ("OwnersCommittee", "COVERS"),
    "居民委员会": ("ResidentsCommittee", "COVERS"),
    "居委会": ("ResidentsCommittee", "COVERS"),
    "党组织": ("PartyOrganization", "COVERS"),
    "党支部": ("PartyOrganization", "COVERS"),
    "党总支": ("PartyOrganization", "COVERS"),
    "党委": ("PartyOrganization", "COVERS"),
    "物业项目": ("PropertyProject", "SERVES"),
    "物业": ("PropertyProject", "SERVES"),
}
"""The last word of what is typed: which type of body it says, and what ties that to its place."""
PLACES = ["Quarter", "Area"]


async def bodies_after(graph: Graph, word: str, labels: Collection[str]) -> list[tuple[str, str]]:
    """Id and name of the bodies of these types that are for the place that a word begins with."""
    plain = fold(word)
    end = next((end for end in BODIES if plain.endswith(end) and plain != end), None)
    if end is None or BODIES[end][0] not in labels:
        return []
    label, tie = BODIES[end]
    name = plain.removesuffix(end)
    called = {name, *(f"{name}{suffix}" for suffix in SUFFIXES)}
    found = (await search(graph, name, types=PLACES)).data
    selects = [
        Select(
            f"UNWIND $ids AS id MATCH (p:{place} {{id: id}})<-[e:{tie}]-(b:{label}) "
            "WHERE e.since <= $day < e.until RETURN DISTINCT b.id AS id, b.name AS name",
            {"ids": ids, "day": graph.today()},
            (),
        )
        for place in PLACES
        if (ids := [r["id"] for r in found if r["label"] == place and fold(r["name"]) in called])
    ]
    _, results = await graph.read(selects) if selects else (0, [])
    bodies = {row["id"]: row["name"] for rows in results for row in rows if graph.viewer.sees(row["id"])}
    return sorted(bodies.items())
