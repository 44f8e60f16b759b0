"""The turn for loads among all instances that share a PostgreSQL: a lock that ends with its connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from graph.errors import EnvironmentFault
from graph.ledger.connection import WAIT, usable_url

_LOADING = 0x636F6C6F
"""Number of the lock; any number that nothing else here takes."""


@contextmanager
def turn_of_all(url: str) -> Iterator[bool]:
    """Whether it is this process's turn, which is then held until the end of the block.

    A process that was killed gives it up, as its connection ends. Raises `EnvironmentFault` where the
    database cannot be reached.
    """
    address = usable_url(url)
    waits = {} if "connect_timeout" in address.query else {"connect_timeout": WAIT}
    engine = create_engine(address, poolclass=NullPool, connect_args=waits, isolation_level="AUTOCOMMIT")
    try:
        connection = engine.connect()
        held = connection.execute(text(f"SELECT pg_try_advisory_lock({_LOADING})")).scalar()
    except SQLAlchemyError as error:
        where = address.set(query={}).render_as_string(hide_password=True)
        raise EnvironmentFault(
            f"记录库 {where} 无法连接。", f"the ledger {where} cannot be reached.", subject=where
        ) from error
    with connection:
        yield bool(held)
