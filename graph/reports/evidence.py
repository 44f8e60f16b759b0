"""What a finding rests on, in words: who or what, what tie, since when, by which document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from graph.catalogue import Select
from graph.errors import BadParameter
from graph.model import EDGES, OPEN_START, label_of
from graph.private import MASK
from graph.reading.graph import Graph
from graph.reading.names import read_names
from graph.reports.words import role_word

BATCH = 5_000


async def evidence_words(graph: Graph, ids: Iterable[str]) -> dict[str, str]:
    """By id of a node or an edge what it is in words; ids that are none have none.

    `张某 任职 甲业委会（主任，自 2023-01-01，据 示例台账）`. Persons whose names are masked stay masked,
    ties whose existence is a secret are left out unless personal data is shown.
    """
    wanted = set(ids)
    edges = {id_ for id_ in wanted if _is_edge(graph, id_)}
    nodes = {id_ for id_ in wanted if "~" not in id_}
    ends = {part for id_ in edges for part in _ends(id_)}
    facts = await _facts(graph, edges)
    sources = {str(f["source"]) for f in facts.values() if f["source"] != "derived"}
    names = {i: n["name"] for i, n in (await read_names(graph, nodes | ends | sources)).items()}

    def called(id_: str) -> str:
        return str(names.get(id_) or id_)

    found = {id_: called(id_) for id_ in nodes if id_ in names}
    for id_ in edges & facts.keys():
        start, end = _ends(id_)
        fact = facts[id_]
        since = "起始日不详" if fact["since"] in (None, OPEN_START) else f"自 {fact['since']}"
        source = "由系统推导" if fact["source"] == "derived" else f"据 {called(str(fact['source']))}"
        parts = [p for p in (role_word(fact["role"]), since, source) if p]
        found[id_] = f"{called(start)} {EDGES[id_.split('~')[1]].zh} {called(end)}（{'，'.join(parts)}）"
    return found


def _is_edge(graph: Graph, id_: str) -> bool:
    parts = id_.split("~")
    if len(parts) < 3 or parts[1] not in EDGES or MASK in id_:  # noqa: PLR2004 - from, type, to
        return False
    return graph.viewer.sees_type(parts[1]) and all(_is_node(end) for end in _ends(id_))


def _is_node(id_: str) -> bool:
    try:
        label_of(id_)
    except BadParameter:
        return False
    return True


def _ends(id_: str) -> tuple[str, str]:
    start, _, end = id_.split("~")[:3]
    return start, end


async def _facts(graph: Graph, edges: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Since, source and role of edges that are inside what the viewer sees."""
    groups: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for id_ in sorted(edges):
        start, end = _ends(id_)
        if graph.viewer.sees(start) and graph.viewer.sees(end):
            groups[id_.split("~")[1], label_of(start)].append({"id": id_, "start": start})
    selects = [
        Select(
            f"UNWIND $rows AS row MATCH (a:{label} {{id: row.start}})-[e:{type_} {{id: row.id}}]->() "
            "RETURN e.id AS id, e.since AS since, e.source AS source, e.role AS role",
            {"rows": rows[i : i + BATCH]},
            (),
        )
        for (type_, label), rows in groups.items()
        for i in range(0, len(rows), BATCH)
    ]
    if not selects:
        return {}
    _, results = await graph.read(selects)
    return {row["id"]: row for rows in results for row in rows}
