"""The id that a ledger shares with its graph: it distinguishes an emptied or exchanged one from a new one."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select, text

from graph.ledger.connection import Database
from graph.ledger.tables import IDENTITY
from graph.ledger.times import new_id

_NAME = "deployment"
_MADE = text("INSERT INTO identity (name, value) VALUES (:name, :value) ON CONFLICT DO NOTHING")


class Identity:
    """The id of one ledger."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self) -> str | None:
        """The id; None of a ledger that was never joined to a graph."""
        return await self._database.do(_read)

    async def make(self) -> str:
        """The id, made if there is none; of two callers at once both get the same."""

        def work(connection: Connection) -> str | None:
            connection.execute(_MADE, {"name": _NAME, "value": new_id()})
            return _read(connection)

        found = await self._database.do(work, writing=True, counted=False)
        assert found is not None
        return found

    async def take(self, id_: str) -> None:
        """Take over the id of a graph."""

        def work(connection: Connection) -> None:
            connection.execute(delete(IDENTITY).where(IDENTITY.c.name == _NAME))
            connection.execute(IDENTITY.insert(), [{"name": _NAME, "value": id_}])

        await self._database.do(work, writing=True, counted=False)


def _read(connection: Connection) -> str | None:
    found = connection.execute(select(IDENTITY.c.value).where(IDENTITY.c.name == _NAME)).scalar()
    return None if found is None else str(found)
