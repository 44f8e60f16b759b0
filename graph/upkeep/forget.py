"""Erasing a person, everywhere: the ledger first, then the graph; again after a restore or a load."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

from graph.appointments.recovery import recover
from graph.errors import BadParameter, NotFound
from graph.ledger import Entry, Ledger
from graph.ledger.audit import FORGET, entry_now
from graph.ledger.erasures import Erased, digest_of
from graph.model import is_valid_id, label_of
from graph.reading.deployment import join
from graph.reading.graph import Graph
from graph.reading.scoped.kept import drop_kept_copy
from graph.store import Store, Transaction
from graph.store.changes import apply_changes
from graph.store.derived import rederive
from graph.store.history import forget_in_history, persons_in_history
from graph.store.version import META, check_meta, take_version


@dataclass(frozen=True)
class Forgotten:
    """What was erased: in the ledger, and edges of the graph; whether the graph held the person."""

    ledger: Erased
    in_graph: bool
    edges: int


async def forget(graph: Graph, person: str, entry: Entry) -> Forgotten:
    """Erase a person from graph and ledger; can be run again where it was ended in the middle.

    The copy that the command line keeps is removed; those of a running service are made anew with the
    next question, since the data version grows. Raises `BadParameter` for what is no
    person's id, `NotFound` where neither graph nor ledger know the person, `LoadIncomplete` while a
    load is not complete: its journal holds what it would undo.
    """
    if _label(person) != "Person":
        raise BadParameter(f"{person!r} 不是人员编号。", f"{person!r} is no person's id.", subject="person")
    await recover(graph)
    deployment = await join(graph.store, graph.ledger)
    name = await _name(graph.store, person)
    known = digest_of(deployment, person) in await graph.ledger.erasures.read()
    if name is None and not known and person not in await persons_in_history(graph.store):
        raise NotFound(f"没有人员 {person}。", f"there is no person {person}.", subject="person")
    await graph.probe()
    done = await graph.ledger.erasures.erase(deployment, person, name or None, entry)
    edges = await _remove(graph.store, person)
    return Forgotten(done, name is not None, edges)


async def forget_again(store: Store, ledger: Ledger, *, in_history: bool = False) -> int:
    """Erase whoever was erased before and is in the graph again; how many that were.

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
        name = await _name(store, id_)
        again = entry_now("local:cobuild", FORGET, reason="重新抹去 / erased again")
        await ledger.erasures.erase(deployment, id_, name or None, again)
        await _remove(store, id_)
    return len(found)


def _label(id_: str) -> str | None:
    try:
        label = label_of(id_)
        return label if is_valid_id(label, id_) else None
    except BadParameter:
        return None


async def _persons(store: Store) -> AsyncIterator[str]:
    limit = store.settings.time_limit
    async with store.cursor("MATCH (p:Person) RETURN p.id", {}, time_limit=limit) as cursor:
        while not cursor.finished:
            for (id_,) in await cursor.batch():
                yield id_


async def _name(store: Store, person: str) -> str | None:
    """The name; empty where a person without one is in the graph, None where there is none."""
    (rows,) = await store.read([("MATCH (p:Person {id: $id}) RETURN p.name AS name", {"id": person})])
    return (rows[0]["name"] or "") if rows else None


async def _remove(store: Store, person: str) -> int:
    """Take the node and its edges out of the graph, and make the derived edges true; edges removed."""
    given = {"id": person}

    async def work(tx: Transaction) -> int:
        await forget_in_history(tx, person)
        rows = await tx.run("MATCH (p:Person {id: $id})-[e]-() RETURN count(e) AS n", given)
        if not await tx.run("MATCH (p:Person {id: $id}) RETURN p.id AS id", given):
            return 0
        await take_version(tx, check_meta(await tx.run(*META)))
        posts = "MATCH (p:Person {id: $id})-[h:HOLDS_POST]->(b)"
        bodies = {row["id"] for row in await tx.run(f"{posts} RETURN b.id AS id", given)}
        await tx.run(f"{posts} DELETE h", given)
        await apply_changes(tx, await rederive(tx, {person}, bodies))
        await tx.run("MATCH (p:Person {id: $id}) DETACH DELETE p", given)
        return int(rows[0]["n"])

    removed = await store.write(work)
    drop_kept_copy(store.settings.data_dir)
    return removed
