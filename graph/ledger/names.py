"""Which id a name or number of a register means: ids stay the same over deliveries.

Names of things are kept as they are; of a person only a keyed hash, whose key is this ledger's.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, bindparam, delete, select, text

from graph.ledger.connection import Database
from graph.ledger.tables import IDENTITY, REGISTER_NAMES, REGISTER_QUESTIONS
from graph.ledger.times import now

_KEY = "names"
_MADE = text("INSERT INTO identity (name, value) VALUES (:name, :value) ON CONFLICT DO NOTHING")


@dataclass(frozen=True)
class KnownNames:
    """What one district's registers have named so far; `ids` by key, and the secret of the hashes."""

    secret: bytes
    ids: Mapping[str, str]

    def key(self, label: str, scope: str, word: str) -> str:
        """The key of a name within a place or body; of a person it says neither name nor place."""
        plain = f"{label}|{scope}|{word}"
        if label != "Person":
            return plain
        return f"Person|{hmac.new(self.secret, plain.encode(), sha256).hexdigest()}"


class NameTable:
    """The names that registers gave to ids."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self, district: str) -> KnownNames:
        """What is known of a district, of six digits."""
        names = select(REGISTER_NAMES.c.key, REGISTER_NAMES.c.id).where(REGISTER_NAMES.c.district == district)

        def work(connection: Connection) -> KnownNames:
            connection.execute(_MADE, {"name": _KEY, "value": secrets.token_hex(32)})
            secret = connection.execute(select(IDENTITY.c.value).where(IDENTITY.c.name == _KEY)).scalar_one()
            rows = connection.execute(names).all()
            return KnownNames(bytes.fromhex(secret), {row.key: row.id for row in rows})

        return await self._database.do(work, writing=True, counted=False)

    async def keep(self, district: str, ids: Mapping[str, str]) -> None:
        """Remember which id a key means; a key that meant another one means this one from now on.

        What was asked of it is settled.
        """
        rows = [
            {"key": key, "district": district, "id": id_, "kept_at": now().isoformat()}
            for key, id_ in ids.items()
        ]

        def work(connection: Connection) -> bool:
            old = delete(REGISTER_NAMES).where(REGISTER_NAMES.c.key == bindparam("old"))
            connection.execute(old, [{"old": key} for key in ids])
            connection.execute(REGISTER_NAMES.insert(), rows)
            asked = delete(REGISTER_QUESTIONS).where(REGISTER_QUESTIONS.c.key == bindparam("old"))
            connection.execute(asked, [{"old": key} for key in ids])
            return True

        if rows:
            await self._database.do(work, writing=True, counted=False)
