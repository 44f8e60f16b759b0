"""Tables of the ledger, as SQLAlchemy Core sees them."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Date,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

METADATA = MetaData()

DECISIONS = Table(
    "decisions",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("state", String(8), nullable=False),  # pending, applied, void
    Column("decided_by", Text, nullable=False),
    Column("decided_at", String(32), nullable=False),  # ISO 8601, UTC
    Column("reason", Text, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("changes", JSON, nullable=False),
    Column("findings", JSON, nullable=False),
    Column("data_version", Integer),
)

WAIVERS = Table(
    "waivers",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("finding", Text, nullable=False, index=True),
    Column("rule", String(80), nullable=False),
    Column("area", String(80)),
    Column("reason", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("decided_at", String(32), nullable=False),  # ISO 8601, UTC
    Column("since", Date, nullable=False),
    Column("until", Date, nullable=False),  # exclusive, as everywhere
    Column("decision", String(32)),
)

RUNS = Table(
    "runs",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("title", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", String(32), nullable=False),
    Column("area", String(80)),
    Column("as_of", Date, nullable=False),
    Column("data_version", Integer, nullable=False),
    Column("stamp", JSON, nullable=False),
    Column("findings", JSON, nullable=False),
)

REVISION = Table(
    "revision",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("value", Integer, nullable=False),
)
