"""Tables of the ledger, as SQLAlchemy Core sees them."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

METADATA = MetaData()
START = "0" * 64
"""The hash before the first entry of the audit trail."""

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

IDENTITY = Table(
    "identity",
    METADATA,
    Column("name", String(16), primary_key=True),  # deployment
    Column("value", String(64), nullable=False),
)

POSITION = Table(
    "position",
    METADATA,
    Column("id", Integer, primary_key=True),  # 1
    Column("version", BigInteger, nullable=False),  # of the data, the greatest that was answered
    Column("marks", JSON, nullable=False),  # bookmarks of what was written last
)
"""Of a cluster: see `graph.ledger.position`."""

INTENTIONS = Table(
    "intentions",
    METADATA,
    Column("id", String(32), primary_key=True),  # of the decision, which is pending
    Column("entry", Text, nullable=False),  # JSON: the request, for the audit trail
    Column("outcome", Text),  # JSON: findings, data version, waivers; null until prepared
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
    "revision", METADATA, Column("id", Integer, primary_key=True), Column("value", Integer, nullable=False)
)

ACCOUNTS = Table(
    "accounts",
    METADATA,
    Column("name", String(80), primary_key=True),
    Column("role", String(40), nullable=False),
    Column("area", String(80)),  # null: everywhere
    Column("created_at", String(32), nullable=False),
    Column("created_by", Text, nullable=False),
    Column("disabled", Boolean, nullable=False),
)

KEYS = Table(
    "keys",
    METADATA,
    Column("id", String(24), primary_key=True),
    Column("account", String(80), nullable=False, index=True),
    Column("digest", String(64), nullable=False),  # SHA-256 of the key, hex
    Column("created_at", String(32), nullable=False),
    Column("expires_on", Date),  # exclusive; null: never
    Column("revoked_at", String(32)),
    Column("note", Text, nullable=False),
)

SAVED = Table(
    "saved_queries",
    METADATA,
    Column("name", String(60), primary_key=True),
    Column("owner", String(80), nullable=False),
    Column("title", Text, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Column("parameters", JSON, nullable=False),
    Column("shared_with", JSON, nullable=False),
    Column("changed_at", String(32), nullable=False),
)

AUDIT = Table(
    "audit",
    METADATA,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False, index=True),
    Column("who", Text, nullable=False),
    Column("role", Text),
    Column("via", String(16), nullable=False),
    Column("what", Text, nullable=False),
    Column("parameters", Text, nullable=False),  # JSON: the seal of the text in audit_texts
    Column("area", Text),
    Column("personal", Boolean, nullable=False),
    Column("reason", Text),
    Column("status", Integer),
    Column("rows", BigInteger),
    Column("data_version", BigInteger),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

AUDIT_TEXTS = Table(
    "audit_texts",
    METADATA,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("field", String(16), primary_key=True),  # parameters, reason
    Column("salt", String(32), nullable=False),
    Column("text", Text),  # null: erased
)

REGISTER_NAMES = Table(
    "register_names",
    METADATA,
    Column("key", Text, primary_key=True),  # type, place and name; of a person a keyed hash
    Column("district", String(6), nullable=False, index=True),
    Column("id", String(80), nullable=False),
    Column("kept_at", String(32), nullable=False),
)

REGISTER_QUESTIONS = Table(
    "register_questions",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False, unique=True),  # as in register_names
    Column("district", String(6), nullable=False, index=True),
    Column("label", String(32), nullable=False),
    Column("name", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("new_id", String(80), nullable=False),
    Column("candidates", JSON, nullable=False),  # id, name, place, likeness
    Column("asked_at", String(32), nullable=False),
)

MERGES = Table(
    "merges",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),  # of the change set
    Column("kept", String(80), nullable=False),
    Column("gone", String(80), nullable=False),
    Column("moved", JSON, nullable=False),  # in, key, before, after of each record
    Column("at", String(32), nullable=False),
)

FINDINGS = Table(
    "findings",
    METADATA,
    Column("edition", String(32), primary_key=True),  # state of the data
    Column("key", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("size", BigInteger, nullable=False),  # bytes
    Column("used_at", Float, nullable=False),  # seconds since 1970
)
"""What was found, where instances share a PostgreSQL; files of the data folder elsewhere."""

REQUESTS = Table(
    "requests",
    METADATA,
    Column("key", String(64), primary_key=True),  # digest of a limit and of whose requests are counted
    Column("slot", BigInteger, primary_key=True, autoincrement=False),  # number of the window since 1970
    Column("asked", Integer, nullable=False),
    Column("until", Float, nullable=False),  # seconds since 1970; then it no longer matters
)
"""How often was asked, where instances share a PostgreSQL; see `graph.ledger.requests`."""

ERASURES = Table("erasures", METADATA, Column("digest", String(64), primary_key=True))

AUDIT_ENDS = Table(
    "audit_ends",
    METADATA,
    Column("name", String(8), primary_key=True),  # head: the last entry; anchor: the last pruned
    Column("seq", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
)

ROWS = (
    "INSERT INTO revision (id, value) VALUES (1, 0) ON CONFLICT DO NOTHING",
    "INSERT INTO position (id, version, marks) VALUES (1, 0, '[]') ON CONFLICT DO NOTHING",
    f"INSERT INTO audit_ends VALUES ('head', 0, '{START}') ON CONFLICT DO NOTHING",  # noqa: S608
)
"""Rows that stand from the beginning: two first writers would otherwise both insert them."""

_REFUSED = "the audit trail is append-only"
_PRUNED = "(SELECT seq FROM audit_ends WHERE name = 'anchor')"
TRIGGERS: dict[str, tuple[str, ...]] = {
    "sqlite": (
        "CREATE TRIGGER IF NOT EXISTS audit_kept BEFORE UPDATE ON audit "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END",
        "CREATE TRIGGER IF NOT EXISTS audit_whole BEFORE DELETE ON audit "
        f"WHEN OLD.seq > COALESCE({_PRUNED}, 0) BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END",
        # INSERT OR REPLACE deletes without asking the trigger above.
        "CREATE TRIGGER IF NOT EXISTS audit_once BEFORE INSERT ON audit "  # noqa: S608
        "WHEN NEW.seq IN (SELECT seq FROM audit) "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION audit_refused() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'DELETE' AND OLD.seq <= COALESCE({_PRUNED}, 0) THEN RETURN OLD; END IF; "
        f"RAISE EXCEPTION '{_REFUSED}'; END $$",
        "CREATE OR REPLACE TRIGGER audit_kept BEFORE UPDATE OR DELETE ON audit "
        "FOR EACH ROW EXECUTE FUNCTION audit_refused()",
        "CREATE OR REPLACE TRIGGER audit_whole BEFORE TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_refused()",
    ),
}
"""What the database itself refuses: changes of an entry, and deletions beyond what was pruned."""
