"""Drawn changes of a graph, as loads and appointments would have them."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any, Literal

from graph.appointments.rehearse import carry_out
from graph.model import OPEN_END, edge_id
from graph.reading.graph import Graph
from graph.store import Transaction
from graph.store.changes import Change
from graph.store.history import ChangeSet, last_number, record
from graph.store.version import DERIVED as DERIVED_NOW
from graph.store.version import META, check_meta, new_mark, take_version
from tests.builder import SOURCE
from tests.strategies import DAY

DERIVED = ("CROSS_APPOINTMENT", "WITHIN")
KEPT = {
    *("id", "spell", "since", "until", "since_known", "source", "synthetic", "role", "subject", "relation")
}
"""Properties that an edge keeps: those of every edge, and those of its id."""
RARE = 0.05
"""Of places that move, the share: then everything is found as a whole."""


async def first_version(graph: Graph) -> None:
    """The graph as one that was loaded: with a version and a mark."""

    async def work(tx: Transaction) -> None:
        values = {"version": 1, "derived": DERIVED_NOW, "mark": new_mark()}
        await tx.run(
            "MATCH (m:Meta) SET m.data_version = $version, m.derived = $derived, m.mark = $mark", values
        )

    await graph.store.write(work)


async def standing(graph: Graph) -> list[dict[str, Any]]:
    """Every recorded edge, with its type and ends."""
    text = (
        "MATCH (a)-[e]->(b) WHERE NOT type(e) IN $derived "
        "RETURN type(e) AS kind, properties(e) AS e, a.id AS a, b.id AS b ORDER BY e.id"
    )
    (rows,) = await graph.store.read([(text, {"derived": DERIVED})])
    return rows


async def change_some(graph: Graph, draw: random.Random) -> int:
    """Edges end, begin, lose or gain a property, go and come, as loads and appointments would have it."""
    rows = [r for r in await standing(graph) if r["kind"] != "PART_OF" or draw.random() < RARE]
    changes: dict[str, Change] = {}
    for row in draw.sample(rows, min(len(rows), draw.randint(3, 10))):
        before, kind = row["e"], row["kind"]
        optional = sorted(set(before) - KEPT)
        after: dict[str, Any] | None = {**before, "until": max(DAY, before["since"] + timedelta(days=1))}
        match draw.choice(["go", "go", "end", "open", "less", "other"]):
            case "go":
                after = None
            case "open":
                after = {**before, "until": OPEN_END}
            case "less" if optional:
                after = {n: v for n, v in before.items() if n != draw.choice(optional)}
            case "other":
                like = draw.choice([r for r in rows if r["kind"] == kind])
                new = edge_id(kind, row["a"], like["b"], _key(kind, before), 1)
                if new in {r["e"]["id"] for r in rows}:
                    continue
                made = {**before, "id": new, "spell": 1}
                changes[new] = Change(kind, None, made, row["a"], like["b"])
                continue
        changes[before["id"]] = Change(kind, before, after, row["a"], row["b"])
    if changes:
        await write(graph, list(changes.values()), "load")
    return len(changes)


def _key(kind: str, row: dict[str, Any]) -> Any:
    return row.get("role" if kind == "HOLDS_POST" else "subject" if kind == "COMPLETE_IN" else "relation")


async def write(graph: Graph, changes: list[Change], kind: Literal["load", "undo"]) -> None:
    """Changes as a version of their own, on record."""

    async def work(tx: Transaction) -> None:
        version = check_meta(await tx.run(*META))
        await take_version(tx, version)
        await carry_out(tx, changes)
        last = await last_number(tx)
        undoes = last if kind == "undo" else None
        made = ChangeSet(last + 1, kind, SOURCE, "test", version=version + 1, undoes=undoes)
        await record(tx, made, changes)

    await graph.store.write(work)
