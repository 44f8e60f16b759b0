"""Constraints from the model, and the one operational node; applied once per model.

Unique ids give the index that every look-up and every edge write uses.
"""

from __future__ import annotations

import hashlib

from graph.model import EDGES, NODES
from graph.store import Store, Transaction
from graph.store.version import DERIVED

OPERATIONAL = ("Meta", "Load", "LoadJournal", "ChangeSet")
"""Labels outside the model: data version, what was loaded, change sets and what takes them back."""


def schema_statements() -> list[str]:
    """Every constraint, in an order that does not change."""
    nodes = [
        f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        for label in (*NODES, *OPERATIONAL)
    ]
    edges = [
        f"CREATE CONSTRAINT {type_.lower()}_id IF NOT EXISTS FOR ()-[e:{type_}]-() REQUIRE e.id IS UNIQUE"
        for type_ in EDGES
    ]
    return nodes + edges


def schema_revision() -> str:
    """Changes when a label or an edge type does."""
    return hashlib.sha256("\n".join(schema_statements()).encode()).hexdigest()[:12]


async def apply_schema(store: Store) -> bool:
    """Create what is missing; whether anything had to be done."""
    rows = await store.read([("MATCH (m:Meta {id: 'meta'}) RETURN m.schema AS schema", {})])
    if rows[0] and rows[0][0]["schema"] == schema_revision():
        return False
    await store.define(schema_statements())

    async def remember(tx: Transaction) -> None:
        await tx.run(
            "MERGE (m:Meta {id: 'meta'}) "
            "ON CREATE SET m.data_version = 0, m.state = 'complete' SET m.schema = $schema "
            "WITH m WHERE m.data_version = 0 AND m.state = 'complete' SET m.derived = $derived",
            {"schema": schema_revision(), "derived": DERIVED},
        )

    await store.write(remember)
    return True
