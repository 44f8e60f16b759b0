"""Constraints from the model, and the one operational node; applied once per model.

Unique ids give the index that every look-up and every edge write uses.
"""

from __future__ import annotations

import hashlib

from graph.model import EDGES, NODES
from graph.model.base import PropertyKind
from graph.store import Store, Transaction
from graph.store.version import DERIVED

OPERATIONAL = ("Meta", "Load", "LoadJournal", "ChangeSet")
"""Labels outside the model: data version, what was loaded, change sets and what takes them back."""

_TYPES: dict[PropertyKind, str] = {
    "text": "STRING",
    "enum": "STRING",
    "int": "INTEGER",
    "float": "FLOAT",
    "bool": "BOOLEAN",
    "date": "DATE",
    "list": "LIST<STRING NOT NULL>",
}


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


def constraint_names() -> frozenset[str]:
    """The names of the constraints that keep ids unique."""
    return frozenset(f"{kind.lower()}_id" for kind in (*NODES, *OPERATIONAL, *EDGES))


def type_statements() -> list[str]:
    """The type of every property, as a constraint, which Neo4j has in its Enterprise edition only."""
    elements = [(f"(n:{label})", label, node.properties()) for label, node in NODES.items()]
    elements += [(f"()-[n:{type_}]-()", type_, edge.properties()) for type_, edge in EDGES.items()]
    return [
        f"CREATE CONSTRAINT {kind.lower()}_{name}_type IF NOT EXISTS FOR {pattern} "
        f"REQUIRE n.{name} IS :: {_TYPES[given.kind]}"
        for pattern, kind, properties in elements
        for name, given in properties.items()
    ]


def schema_revision() -> str:
    """Changes when a label or an edge type does."""
    return _revision(schema_statements())


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


async def complete_schema(store: Store) -> None:
    """Make constraints anew that are gone; what is left of one that lost its index is dropped first."""
    (rows,) = await store.read([("SHOW CONSTRAINTS YIELD name RETURN name", {})])
    missing = sorted(constraint_names() - {row["name"] for row in rows})
    await store.define([f"DROP CONSTRAINT {name} IF EXISTS" for name in missing])
    if missing:
        await store.define(schema_statements())


async def declare_types(store: Store) -> bool:
    """Declare the types of properties on the embedded engine; whether anything had to be done.

    The product does not read them. Programs that ask a graph for its schema do, so they are declared when
    such a program is given its log-in: it takes some seconds, and no load or first start has to.
    """
    await apply_schema(store)
    statements = type_statements()
    rows = (await store.read([("MATCH (m:Meta {id: 'meta'}) RETURN m.types AS types", {})]))[0]
    if rows[0]["types"] == _revision(statements):
        return False

    async def declare(tx: Transaction) -> None:
        for text in statements:  # each in a transaction of its own takes three times as long
            await tx.run(text)
        await tx.run("MATCH (m:Meta {id: 'meta'}) SET m.types = $types", {"types": _revision(statements)})

    await store.write(declare)
    return True


def _revision(statements: list[str]) -> str:
    return hashlib.sha256("\n".join(statements).encode()).hexdigest()[:12]
