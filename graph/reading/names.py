"""Display names of nodes by id, for rows that hold ids only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from graph.catalogue import Select
from graph.errors import BadParameter
from graph.model import NODES, PostRole, label_of
from graph.model.words import PAIRS
from graph.reading.graph import Graph
from graph.reading.viewer import OUTSIDE_ZH

BATCH = 5_000


async def read_names(graph: Graph, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """`{id: {id, label, name, …}}` for the ids that are nodes; a masked person's name is a mask.

    Further keys: `kind`, `level` and `tier`, where the type has them.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    names: dict[str, dict[str, Any]] = {}
    for id_ in sorted(set(ids)):
        try:
            label = label_of(id_)
        except BadParameter:
            continue  # a composite or masked id has no display name
        if not graph.viewer.sees(id_):
            names[id_] = {"id": id_, "label": label, "name": OUTSIDE_ZH}
        else:
            groups[label].append(id_)
    statements = [
        Select(
            f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN n.id AS id, n.name AS name"
            + "".join(f", n.{p} AS {p}" for p in _extra(label)),
            {"ids": found[i : i + BATCH]},
            (),
        )
        for label, found in groups.items()
        for i in range(0, len(found), BATCH)
    ]
    if not statements:
        return names
    _, results = await graph.read(statements)
    for rows in results:
        for row in rows:
            label = label_of(row["id"])
            row["name"] = graph.viewer.name(label, row["name"])
            names[row["id"]] = {"label": label, **{k: v for k, v in row.items() if v is not None}}
    return names


async def add_names(graph: Graph, rows: list[dict[str, Any]], column: str) -> None:
    """Add `<column>_name` to every row.

    The part of a composite id before `#` gives the name; what follows stands behind it in words, so that
    several of one place are told apart: `示例小区009（党支部与业委会）`.
    """
    keys = {row[column].partition("#")[0] for row in rows if row[column]}
    names = await read_names(graph, keys)
    for row in rows:
        node, _, part = (row[column] or "").partition("#")
        found = names.get(node)
        word = PAIRS.get(part) or (PostRole[part].zh if part in PostRole.__members__ else part)
        row[f"{column}_name"] = f"{found['name']}（{word}）" if found and part else found and found["name"]


def _extra(label: str) -> list[str]:
    return [p for p in ("kind", "level", "tier") if p in NODES[label].properties()]
