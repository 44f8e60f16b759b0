"""Persons by the name that somebody types: the whole name, and no more is told than who typed it knows.

Where personal data are shown any search finds persons. Where they are not, a command of this machine
still takes a name for an id, since who types it knows it already: `Viewer.lookup` allows it, and each name
is put on record as a use of personal data before it is looked up. Over HTTP it takes a reason, always.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from graph.model import NODES, PostRole
from graph.reading.graph import Graph
from graph.reading.search.match import BY_ZH, By
from graph.reading.search.shelves import END, read_shelves
from graph.reading.shapes import FoundRow
from graph.spelling import fold

LABEL = "Person"


def may_name(graph: Graph) -> bool:
    """Whether persons are found by a name that is typed."""
    return not graph.viewer.hides_name(LABEL) or graph.viewer.lookup is not None


async def persons_called(graph: Graph, name: str) -> list[str]:
    """The ids of all persons of exactly this name (as `fold` has it) whom the viewer sees.

    None where the viewer may not ask. A name that is looked up without personal data being shown is an
    entry of the audit trail first.
    """
    plain = fold(name)
    if not plain or not may_name(graph):
        return []
    if graph.viewer.lookup is not None and graph.viewer.hides_name(LABEL):
        entry = graph.viewer.lookup()
        reason = entry.reason or "命令行按姓名查人 / looked up by the name that was typed"
        told = {**(entry.parameters or {}), "person": name}
        await graph.ledger.audit.append(
            replace(entry, what=f"{entry.what} by name", parameters=told, personal=True, reason=reason)
        )
    shelf = (await read_shelves(graph, [LABEL])).of[LABEL]
    lines = zip(shelf.ids, shelf.folded.joined.split(END), strict=False)
    return [id_ for id_, folded in lines if folded == plain and graph.viewer.sees(id_)]


async def persons_named(graph: Graph, name: str) -> list[FoundRow]:
    """The same as rows of a search, with the posts by which they are told apart as what was met."""
    return [
        {
            "id": id_,
            "name": graph.viewer.name(LABEL, name) or "",
            "label": LABEL,
            "label_zh": NODES[LABEL].zh,
            "found_by": "own_name",
            "found_by_zh": BY_ZH[By.own_name],
            "matched": await _posts(graph, id_),
            "areas": [],
            "areas_zh": None,
        }
        for id_ in await persons_called(graph, name)
    ]


async def told_apart(graph: Graph, ids: Iterable[str]) -> list[str]:
    """Persons by id and by the posts that they hold today, which are no secret; no names."""
    return [f"{id_}（{await _posts(graph, id_)}）" for id_ in ids]


async def _posts(graph: Graph, person: str) -> str:
    rows = (await graph.ask(graph.catalogue["person_posts"], {"person": person})).data
    return "、".join(f"{row['name'] or row['body']} {PostRole[row['role']].zh}" for row in rows) or "现无任职"
