"""Undoing a finished load: the graph as it was before it, unless something was built on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, Literal

from graph.errors import BadParameter, GraphError, LoadConflict, NotFound
from graph.loading.changes import Changes
from graph.loading.journal import load_from_text, read_load, write_load
from graph.loading.load import SINGLE_TRANSACTION
from graph.loading.plan import Plan
from graph.loading.write import Progress, Work, write_work
from graph.model import EDGES, NODES, label_of
from graph.store import Store, Transaction, from_writer
from graph.store.changes import CHUNK, Change
from graph.store.history import ChangeSet, read_sets, read_undo, touched_later
from graph.store.schema import apply_schema
from graph.store.version import read_state, refuse_outdated


class UndoRefused(GraphError):
    """A load cannot be undone: `reasons` say what was built on it, each in both languages."""

    code = "undo_refused"

    def __init__(self, number: int, reasons: list[tuple[str, str]]) -> None:
        super().__init__(
            f"第 {number} 次不能撤销，{len(reasons)} 处后来依赖它，未作任何改动。",
            f"{number} cannot be undone, {len(reasons)} things were built on it; nothing was changed.",
            subject=str(number),
        )
        self.reasons = reasons


@from_writer
async def undo_load(
    store: Store,
    number: int,
    *,
    who: str = "",
    progress: Progress = lambda *_: None,
    kind: Literal["load", "merge"] = "load",
) -> ChangeSet:
    """Undo a load, or a merge, as one atomic change; return the change set of that.

    Raises `NotFound`, `BadParameter` for what is no load or was undone, `UndoRefused` where later
    loads, decisions or edges of other sources need what would go.
    """
    await apply_schema(store)
    now = await read_state(store)
    if now.loading is not None:
        raise LoadConflict(
            "有一个导入尚未完成，请先用 --resume 或 --discard 结束它。",
            "a load is not complete: end it with --resume or --discard first.",
            subject=str(number),
        )
    if now.outdated:
        refuse_outdated()
    sets = {c.number: c for c in await read_sets(store)}
    made = _set_of(sets, number, kind)
    undo = await read_undo(store, number)
    standing = await _standing(store, undo)
    lost = await _lost_ends(store, undo)
    later = await touched_later(store, made.number, {c.id for c in undo})
    told = {id_ for ids in later.values() for id_ in ids}
    reasons = [*_touched(sets, later, undo), *await _needed(store, undo)]
    changes = []
    for back in undo:
        there = standing.get(back.id)
        if back.after is None:
            if there is not None:  # who was erased meanwhile stays erased
                changes.append(Change(back.kind, there, None, back.start, back.end))
        elif back.before is None:
            if there is not None:
                if back.id not in told:
                    reasons.append((f"{back.id}：后来又有了", f"{back.id}: it is there again"))
            elif not lost & {back.start, back.end}:
                changes.append(Change(back.kind, None, back.after, back.start, back.end))
        elif there is not None:
            if there != back.before and back.id not in told:
                reasons.append((f"{back.id}：后来又有改动", f"{back.id}: it was changed since"))
            changes.append(back)
    if reasons:
        raise UndoRefused(number, sorted(set(reasons)))
    plan = Plan(Changes(changes))
    taken = ChangeSet(0, "undo", made.source, f"撤销第 {number} 次：{made.title}", who=who, undoes=number)
    previous = _previous(sets, made)

    async def remember(tx: Transaction, _: ChangeSet) -> None:
        if made.kind != "load":
            return
        current = await read_load(tx, made.source)
        if current is None or current.get("number") == number:
            await write_load(tx, made.source, previous)

    work = Work(plan, f"undo-{number}", now.version, taken, remember)
    await write_work(store, work, progress, most=SINGLE_TRANSACTION)
    return next(c for c in reversed(await read_sets(store)) if c.undoes == number)


def _set_of(sets: dict[int, ChangeSet], number: int, kind: str) -> ChangeSet:
    made = sets.get(number)
    if made is None:
        raise NotFound(
            f"没有第 {number} 次导入；cobuild loads 列出全部。",
            f"there is no load {number}: `cobuild loads` lists them.",
            subject="undo",
        )
    if made.kind != kind:
        what = "导入" if kind == "load" else "合并"
        raise BadParameter(
            f"第 {number} 次不是{what}（{made.title}）。",
            f"{number} is no {kind} ({made.title}).",
            subject="undo",
        )
    if made.undone_by is not None:
        raise BadParameter(
            f"第 {number} 次已由第 {made.undone_by} 次撤销。",
            f"{number} was undone by {made.undone_by}.",
            subject="undo",
        )
    return made


def _previous(sets: dict[int, ChangeSet], made: ChangeSet) -> dict[str, Any] | None:
    """What was known of the source's last delivery before this one, of those not undone.

    Each set says what was known before it: where that was undone itself, the one before it does.
    """
    text = made.before
    while text:
        values = load_from_text(text)
        one = sets.get(int((values or {}).get("number", 0)))
        if one is None or one.undone_by is None:
            return values
        text = one.before
    return None


def _touched(
    sets: dict[int, ChangeSet], later: dict[int, list[str]], undo: Collection[Change]
) -> list[tuple[str, str]]:
    """What later change sets changed of this, with the names of what is no person."""
    said = {c.id: (c.after or c.before or {}).get("name") for c in undo if not c.start}
    names = {id_: f"{name} " for id_, name in said.items() if name and label_of(id_) != "Person"}
    return [
        (
            f"{names.get(id_, '')}{id_}：第 {n} 次（{sets[n].title}，{sets[n].at}）后来改动过",
            f"{names.get(id_, '')}{id_}: changed later by {n} ({sets[n].title}, {sets[n].at})",
        )
        for n, ids in later.items()
        for id_ in ids
    ]


async def _standing(store: Store, undo: Iterable[Change]) -> dict[str, dict[str, Any]]:
    """What the graph has of these elements now."""
    found: dict[str, dict[str, Any]] = {}
    groups: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for change in undo:
        groups[change.kind, label_of(change.start) if change.start else ""].append(change)
    for (kind, start), changes in groups.items():
        pattern = (
            f"(a:{start} {{id: row.start}})-[e:{kind} {{id: row.id}}]->()"
            if start
            else f"(e:{kind} {{id: row.id}})"
        )
        text = f"UNWIND $rows AS row MATCH {pattern} RETURN properties(e) AS p"
        rows = [{"id": c.id, "start": c.start} for c in changes]
        for i in range(0, len(rows), CHUNK):
            for row in (await store.read([(text, {"rows": rows[i : i + CHUNK]})]))[0]:
                found[row["p"]["id"]] = row["p"]
    return found


async def _lost_ends(store: Store, undo: Collection[Change]) -> set[str]:
    """Ends of edges that would come back which are not there any more: an erased person is not."""
    coming = {c.id for c in undo if not c.start and c.before is None}
    wanted = {id_ for c in undo if c.start and c.before is None for id_ in (c.start, c.end)} - coming
    by_label: dict[str, list[str]] = defaultdict(list)
    for id_ in sorted(wanted):
        by_label[label_of(id_)].append(id_)
    there: set[str] = set()
    for label, ids in by_label.items():
        text = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN n.id AS id"
        for i in range(0, len(ids), CHUNK):
            there |= {row["id"] for row in (await store.read([(text, {"ids": ids[i : i + CHUNK]})]))[0]}
    return wanted - there


async def _needed(store: Store, undo: Collection[Change]) -> list[tuple[str, str]]:
    """Edges at nodes that would go, and elements that name a document that would, of others."""
    own = {c.id for c in undo}
    going: dict[str, list[str]] = defaultdict(list)
    for change in undo:
        if change.kind in NODES and change.after is None:
            going[change.kind].append(change.id)
    found = []
    for label, ids in going.items():
        text = (
            f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) WITH n MATCH (n)-[e]-() "
            "WHERE e.source <> 'derived' RETURN n.id AS node, e.id AS id, e.source AS source"
        )
        for i in range(0, len(ids), CHUNK):
            for row in (await store.read([(text, {"ids": ids[i : i + CHUNK]})]))[0]:
                if row["id"] not in own:
                    zh = f"{row['node']}：{row['source']} 的 {row['id']} 用到它"
                    found.append((zh, f"{row['node']}: needed by {row['id']} of {row['source']}"))
    documents = going.get("SourceDocument", [])
    if documents:
        texts = [f"MATCH (e:{label})" for label in NODES]
        texts += [f"MATCH ()-[e:{type_}]->()" for type_, edge in EDGES.items() if not edge.derived]
        for match in texts:
            text = f"{match} WHERE e.source IN $documents RETURN e.id AS id, e.source AS source"
            for row in (await store.read([(text, {"documents": documents})]))[0]:
                if row["id"] not in own:
                    zh = f"{row['source']}：{row['id']} 以它为来源"
                    found.append((zh, f"{row['source']}: the source of {row['id']}"))
    return found
