"""Graph and ledger of one deployment bear one id: checked at every start, and by `cobuild doctor`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.ledger.glance import check_together, deployment_in, note_deployment
from graph.settings import Settings
from graph.store import Store, Transaction, from_writer
from graph.store.schema import apply_schema

if TYPE_CHECKING:
    from graph.ledger import Ledger

_READ = "OPTIONAL MATCH (m:Meta {id: 'meta'}) RETURN m.deployment AS id"
_SET = "MATCH (m:Meta {id: 'meta'}) SET m.deployment = coalesce(m.deployment, $id) RETURN m.deployment AS id"


@from_writer
async def join(store: Store, ledger: Ledger) -> str:
    """The id that both bear; a graph that has none, new or of an older version, takes the ledger's.

    Raises `NotTogether` where the graph bears an id and the ledger has none or another one.
    """
    in_graph = await _in_graph(store)
    if in_graph is None:
        await apply_schema(store)  # `cobuild doctor` may be the first command of a data folder
        wanted = await ledger.identity.make()

        async def work(tx: Transaction) -> str:
            return str((await tx.run(_SET, {"id": wanted}))[0]["id"])

        in_graph = await store.write(work)
    in_ledger = await ledger.identity.read()
    found = check_together(in_ledger, in_graph)
    _note(store, found)
    return found


async def are_together(store: Store, settings: Settings) -> bool:
    """Whether a ledger in the data folder plainly bears the graph's id; the ledger itself is not opened."""
    if settings.ledger_url is not None:
        return False
    in_graph = await _in_graph(store)
    if in_graph is None or in_graph != deployment_in(settings.data_dir):
        return False
    _note(store, in_graph)
    return True


@from_writer
async def pair(store: Store, ledger: Ledger) -> str:
    """Have the ledger bear the graph's id from now on, whatever it bore before."""
    in_graph = await _in_graph(store)
    if in_graph is not None:
        await ledger.identity.take(in_graph)
    await ledger.position.forget()
    return await join(store, ledger)


def _note(store: Store, id_: str) -> None:
    if store.settings.ledger_url is None:
        note_deployment(store.settings.data_dir, id_)


async def _in_graph(store: Store) -> str | None:
    (rows,) = await store.read([(_READ, {})])
    return None if rows[0]["id"] is None else str(rows[0]["id"])
