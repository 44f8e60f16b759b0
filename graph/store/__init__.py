"""The store: the only part that speaks to the driver, the same way for both engines."""

from graph.store.connection import Row, Statement, Store, Transaction, open_store

__all__ = ["Row", "Statement", "Store", "Transaction", "open_store"]
