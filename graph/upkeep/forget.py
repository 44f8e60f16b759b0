"""Erasing a person, everywhere: the ledger first, then the graph; again after a restore or a load."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from unicodedata import normalize

from graph.appointments.recovery import recover
from graph.errors import BadParameter, NotFound
from graph.ledger import Entry, Ledger
from graph.ledger.chain import FORGET
from graph.ledger.entries import entry_now
from graph.ledger.erasures import Erased, digest_of
from graph.loading.merging.away import merged_away
from graph.model import EDGES, NODES, is_valid_id, label_of
from graph.private import MASK
from graph.reading.deployment import join
from graph.reading.findings.shelf import Shelf
from graph.reading.graph import Graph
from graph.reading.scoped.kept import drop_kept_copy
from graph.store import Store, Transaction, from_writer
from graph.store.changes import apply_changes
from graph.store.derived import rederive
from graph.store.forgotten import forget_in_history, persons_in_history
from graph.store.version import META, check_meta, take_version
from graph.upkeep.files import hide_in_files

SHORTEST_NAME = 2
"""Characters of a name that is looked for in texts: one alone is part of too many words."""
_FREE = ("note", "about", "quote", "title", "position", "topic", "approved_by")
"""Properties in which people write sentences."""


@dataclass(frozen=True)
class Forgotten:
    """What was erased: in the ledger, edges and texts of the graph, lines of files; whether anybody was."""

    ledger: Erased
    in_graph: bool
    edges: int
    texts: int = 0


async def person_called(store: Store, given: str) -> str:
    """The id that is given, or that of the only person of exactly that name.

    Raises `NotFound` where no one has the name, `BadParameter` with the ids where several have it.
    """
    if _label(given) == "Person":
        return given
    text = "MATCH (p:Person) WHERE p.name = $name RETURN p.id AS id ORDER BY id"
    (rows,) = await store.read([(text, {"name": normalize("NFC", given.strip())})])
    ids = [row["id"] for row in rows]
    if not ids:
        raise NotFound(
            f"没有编号或姓名为“{given}”的人员。", f"no person has the id or name {given!r}.", subject="person"
        )
    if len(ids) > 1:
        raise BadParameter(
            f"有 {len(ids)} 人姓名为“{given}”：{'、'.join(ids)}；请核对后写明编号。",
            f"{len(ids)} persons are called {given!r}: {', '.join(ids)}; give the id of the one.",
            subject="person",
        )
    return str(ids[0])


@from_writer
async def forget(graph: Graph, person: str, entry: Entry) -> Forgotten:
    """Erase a person from graph and ledger; can be run again where it was ended in the middle.

    The copy that the command line keeps and all kept findings are removed; what a running service
    holds is made anew with the next question, since the data version grows. Raises `BadParameter` for
    what is no person's id, `NotFound` where neither graph nor ledger know the person, `LoadIncomplete`
    while a load is not complete: its journal holds what it would undo.
    """
    if _label(person) != "Person":
        raise BadParameter(f"{person!r} 不是人员编号。", f"{person!r} is no person's id.", subject="person")
    await recover(graph)
    deployment = await join(graph.store, graph.ledger)
    name = await _name(graph.store, person)
    known = digest_of(deployment, person) in await graph.ledger.erasures.read()
    if name is None and not known and person not in await persons_in_history(graph.store):
        raise NotFound(f"没有人员 {person}。", f"there is no person {person}.", subject="person")
    ids = await _ids_of(graph.store, person)
    await graph.probe()
    done = await graph.ledger.erasures.erase(deployment, ids, name or None, entry)
    edges, texts = await _remove(graph.store, graph.ledger, ids, name or "")
    return Forgotten(done, name is not None, edges, texts)


@from_writer
async def forget_again(store: Store, ledger: Ledger, *, in_history: bool = False) -> int:
    """Erase persons who were erased before and are in the graph again; how many that were.

    `in_history` also looks for who is only in what would take earlier changes back, as after a restore.
    """
    gone = await ledger.erasures.read()
    if not gone:
        return 0
    deployment = await join(store, ledger)
    there = [id_ async for id_ in _persons(store)]
    there += sorted(await persons_in_history(store) - set(there)) if in_history else []
    found = [id_ for id_ in there if digest_of(deployment, id_) in gone]
    for id_ in found:
        name, ids = await _name(store, id_), await _ids_of(store, id_)
        again = entry_now("local:cobuild", FORGET, reason="重新抹去 / erased again")
        await ledger.erasures.erase(deployment, ids, name or None, again)
        await _remove(store, ledger, ids, name or "")
    return len(found)


def _label(id_: str) -> str | None:
    try:
        label = label_of(id_)
        return label if is_valid_id(label, id_) else None
    except BadParameter:
        return None


async def _persons(store: Store) -> AsyncIterator[str]:
    async with store.cursor("MATCH (p:Person) RETURN p.id", {}, time_limit=None) as cursor:
        while not cursor.finished:
            for (id_,) in await cursor.batch():
                yield id_


async def _name(store: Store, person: str) -> str | None:
    """The name; empty where a person without one is in the graph, None where there is none."""
    (rows,) = await store.read([("MATCH (p:Person {id: $id}) RETURN p.name AS name", {"id": person})])
    return (rows[0]["name"] or "") if rows else None


async def _ids_of(store: Store, person: str) -> list[str]:
    """The id, and those of the same person that were merged into it: records hold them, the graph does not.

    Raises `BadParameter` for one that was merged away itself.
    """
    away = {gone: kept for gone, (kept, _) in (await merged_away(store)).items()}
    kept = _end_of(away, person)
    if kept != person:
        raise BadParameter(
            f"{person} 已并入 {kept}：请抹去 {kept}；若是两个人，请先拆开（take-apart）。",
            f"{person} was merged into {kept}: forget {kept}, or take them apart first if they are two.",
            subject="person",
        )
    return [person, *(gone for gone in away if _end_of(away, gone) == person)]


async def _remove(store: Store, ledger: Ledger, ids: list[str], name: str) -> tuple[int, int]:
    """Take node and edges out of the graph, the name out of texts and files; edges and texts changed."""
    person = ids[0]
    given = {"id": person}

    def hide(text: str) -> str:
        return text.replace(name, MASK) if len(name) >= SHORTEST_NAME else text

    async def work(tx: Transaction) -> tuple[int, int]:
        for id_ in ids:
            await forget_in_history(tx, id_, hide)
        rows = await tx.run("MATCH (p:Person {id: $id})-[e]-() RETURN count(e) AS n", given)
        if not await tx.run("MATCH (p:Person {id: $id}) RETURN p.id AS id", given):
            return 0, 0
        await take_version(tx, check_meta(await tx.run(*META)))
        posts = "MATCH (p:Person {id: $id})-[h:HOLDS_POST]->(b)"
        bodies = {row["id"] for row in await tx.run(f"{posts} RETURN b.id AS id", given)}
        await tx.run(f"{posts} DELETE h", given)
        await apply_changes(tx, await rederive(tx, {person}, bodies))
        await tx.run("MATCH (p:Person {id: $id}) DETACH DELETE p", given)
        return int(rows[0]["n"]), await _hide_texts(tx, name, hide)

    edges, texts = await store.write(work)
    drop_kept_copy(store.settings.data_dir)
    await Shelf(store.settings, ledger).clear()
    looked_for = name if len(name) >= SHORTEST_NAME else ""
    return edges, texts + hide_in_files(store.settings.data_dir, ids, looked_for)


def _end_of(away: dict[str, str], id_: str) -> str:
    """What is left of a thing that was merged into another, and that perhaps into a third."""
    while id_ in away:
        id_ = away[id_]
    return id_


async def _hide_texts(tx: Transaction, name: str, hide: Callable[[str], str]) -> int:
    """Mask the name in what others' records say in sentences; how many texts that were."""
    if len(name) < SHORTEST_NAME:
        return 0
    changed = 0
    for kinds, pattern in ((NODES, "(x:{})"), (EDGES, "()-[x:{}]->()")):
        for kind, model in kinds.items():
            for free in (f for f in _FREE if f in model.properties()):
                found = f"MATCH {pattern.format(kind)} WHERE x.{free} CONTAINS $name"
                for text in {r["t"] for r in await tx.run(f"{found} RETURN x.{free} AS t", {"name": name})}:
                    same = f"MATCH {pattern.format(kind)} WHERE x.{free} = $was SET x.{free} = $now"
                    rows = await tx.run(f"{same} RETURN count(*) AS n", {"was": text, "now": hide(text)})
                    changed += int(rows[0]["n"])
    return changed
