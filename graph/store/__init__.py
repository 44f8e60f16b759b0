"""The store: the only part that speaks to the driver, the same way for both engines."""

import graph.store.driver  # noqa: F401  first: the driver is imported without what it would bring along
from graph.store.connection import Statement, Store, open_store
from graph.store.plan import EXPLAIN, Plan
from graph.store.streaming import Cursor
from graph.store.transaction import Row, Transaction

__all__ = ["EXPLAIN", "Cursor", "Plan", "Row", "Statement", "Store", "Transaction", "open_store"]
