"""The store: the only part that speaks to the driver, the same way for both engines."""

from graph.store.connection import Statement, Store, open_store
from graph.store.transaction import Cursor, Row, Transaction

__all__ = ["Cursor", "Row", "Statement", "Store", "Transaction", "open_store"]
