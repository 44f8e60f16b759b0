"""Graph and ledger of one deployment bear one id: checked at every start, and by `cobuild doctor`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import NotTogether
from graph.ledger.glance import deployment_in
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
    if in_ledger is None:
        raise NotTogether(
            "记录库是空的，而图数据库已有所属的记录库：它可能被清空或替换。请用 cobuild restore 恢复备份；"
            "确认放弃原记录库的，用 cobuild pair --yes。",
            "the ledger is empty and the graph has one already: it was emptied or exchanged. Restore a "
            "backup with `cobuild restore`; `cobuild pair --yes` goes on without what it held.",
            subject="ledger",
        )
    if in_ledger != in_graph:
        raise NotTogether(
            "图数据库与记录库不属于同一部署：其一被替换。请核对 COBUILD_DATA_DIR、COBUILD_LEDGER_URL、"
            "NEO4J_URI；确认二者应配对的，用 cobuild pair --yes。",
            "graph and ledger are not of one deployment: one of them was exchanged. Look at "
            "COBUILD_DATA_DIR, COBUILD_LEDGER_URL and NEO4J_URI; `cobuild pair --yes` joins the two.",
            subject="ledger",
        )
    return in_ledger


async def are_together(store: Store, settings: Settings) -> bool:
    """Whether a ledger in the data folder plainly bears the graph's id; the ledger itself is not opened."""
    if settings.ledger_url is not None:
        return False
    in_graph = await _in_graph(store)
    return in_graph is not None and in_graph == deployment_in(settings.data_dir)


@from_writer
async def pair(store: Store, ledger: Ledger) -> str:
    """Have the ledger bear the graph's id from now on, whatever it bore before."""
    in_graph = await _in_graph(store)
    if in_graph is not None:
        await ledger.identity.take(in_graph)
    await ledger.position.forget()
    return await join(store, ledger)


async def _in_graph(store: Store) -> str | None:
    (rows,) = await store.read([(_READ, {})])
    return None if rows[0]["id"] is None else str(rows[0]["id"])
