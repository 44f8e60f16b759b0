"""The store: the only part that speaks to the driver, the same way for both engines."""

import graph.store.driver  # noqa: F401  first: the driver is imported without what it would bring along
from graph.store.connection import Statement, Store, open_store
from graph.store.members import Member
from graph.store.plan import EXPLAIN, QueryPlan
from graph.store.position import from_writer, leading
from graph.store.streaming import Cursor
from graph.store.transaction import Row, Transaction

__all__ = [
    "EXPLAIN",
    "Cursor",
    "Member",
    "QueryPlan",
    "Row",
    "Statement",
    "Store",
    "Transaction",
    "from_writer",
    "leading",
    "open_store",
]
