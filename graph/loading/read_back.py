"""What a load wrote, read again: how many elements there are of each kind, and a sample, value by value."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from graph.errors import EnvironmentFault
from graph.loading.changes import Changes
from graph.model import EDGES, NODES, label_of
from graph.store import Statement, Store
from graph.store.changes import CHUNK, Change
from graph.store.version import read_state

SAMPLE = 300
"""Elements that are compared, spread over what was written."""
SHOWN = 3


async def count_kinds(store: Store) -> dict[str, int]:
    """How many elements of each kind the engine says there are, by its own counters where it has them."""
    if store.embedded:  # counting edges of one type takes it a scan of all nodes
        (row,) = (await store.read([("CALL apoc.meta.stats()", {})]))[0]
        return {**row["value"]["labels"], **row["value"]["relTypes"]}
    kinds = [*NODES, *EDGES]
    found = await store.read([_count(kind) for kind in kinds])
    return {kind: rows[0]["n"] for kind, rows in zip(kinds, found, strict=True)}


async def read_back(store: Store, before: Mapping[str, int], changes: Changes, version: int) -> None:
    """Compare the graph with what changes made of it.

    `before` is of `count_kinds` before them, `version` that after them: what somebody else has changed
    since is not held against them. Of a kind of which there are not as many as there should be every
    change is looked at, of others a sample. Raises `EnvironmentFault` where the graph has not what was
    written: memory, disk or engine is at fault then.
    """
    expected = Counter(before)
    for kind, more in changes.growth().items():
        expected[kind] += more
    found = await count_kinds(store)
    miscounted = {kind for kind, count in expected.items() if found.get(kind, 0) != count}
    suspects = list(changes.of(*miscounted))
    wrong = await _unlike(store, [*suspects, *changes[:: max(1, len(changes) // SAMPLE)]])
    if wrong and (await read_state(store)).version == version:
        shown = "；".join(list(wrong.values())[:SHOWN])
        raise EnvironmentFault(
            f"导入已写入，但读回的与写入的不同（{len(wrong)} 处）：{shown}。请运行 cobuild doctor 和 "
            "cobuild verify，并恢复最近的备份。",
            f"the load was written, but what is read back is not what was written ({len(wrong)}): {shown}. "
            "Run `cobuild doctor` and `cobuild verify`, and restore the last backup.",
            subject=next(iter(wrong)),
        )


async def _unlike(store: Store, changes: Sequence[Change]) -> dict[str, str]:
    """Elements that are not as their change left them, in words."""
    wrong: dict[str, str] = {}
    for i in range(0, len(changes), CHUNK):
        part = changes[i : i + CHUNK]
        groups: dict[tuple[str, str], list[Change]] = defaultdict(list)
        for change in part:
            groups[change.kind, label_of(change.start) if change.start else ""].append(change)
        answers = await store.read([_elements(*key, group) for key, group in groups.items()])
        standing = {row["p"]["id"]: row["p"] for rows in answers for row in rows}
        for change in part:
            found = standing.get(change.id)
            if change.after != found:
                wrong[change.id] = f"{change.id} {_difference(change.after, found)}"
    return wrong


def _difference(wanted: dict[str, Any] | None, found: dict[str, Any] | None) -> str:
    if wanted is None or found is None:
        return "应已删除 / still there" if wanted is None else "没有写入 / not there"
    names = sorted(n for n in wanted.keys() | found.keys() if wanted.get(n) != found.get(n))
    return f"不同 / differs: {', '.join(names)}"  # no values: they may be personal


def _count(kind: str) -> Statement:
    pattern = f"(n:{kind})" if kind in NODES else f"()-[n:{kind}]->()"
    return f"MATCH {pattern} RETURN count(n) AS n", {}


def _elements(kind: str, start: str, changes: Sequence[Change]) -> Statement:
    if kind in EDGES:
        rows = [{"start": c.start, "id": c.id} for c in changes]
        pattern = f"(:{start} {{id: row.start}})-[n:{kind} {{id: row.id}}]->()"
    else:
        rows = [{"id": c.id} for c in changes]
        pattern = f"(n:{kind} {{id: row.id}})"
    return f"UNWIND $rows AS row MATCH {pattern} RETURN properties(n) AS p", {"rows": rows}
