"""Accounts and their keys: who may ask, in which role, limited to which area."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Annotated

from sqlalchemy import Connection, func, select, update
from sqlalchemy.exc import IntegrityError

from graph.errors import BadParameter, NotFound
from graph.labels import Label
from graph.ledger.connection import Database
from graph.ledger.roles import Caller, Role
from graph.ledger.tables import ACCOUNTS, KEYS
from graph.ledger.times import now

LONGEST_NAME = 80
_KEY = re.compile(r"cob_([0-9a-f]{16})_([A-Za-z0-9_-]{43})")


@dataclass(frozen=True)
class Account:
    """A caller; `area` None is everywhere."""

    name: Annotated[str, Label("账户")]
    role: Annotated[Role, Label("角色")]
    area: Annotated[str | None, Label("辖区")]
    created_at: Annotated[str, Label("建立时间")]
    created_by: Annotated[str, Label("建立者")]
    disabled: Annotated[bool, Label("停用")] = False


@dataclass(frozen=True)
class Key:
    """A key as it is kept: its digest, never itself. It ends on the day `expires_on`."""

    id: Annotated[str, Label("密钥编号")]
    account: str
    digest: str
    created_at: Annotated[str, Label("签发时间")]
    expires_on: Annotated[date | None, Label("到期日")]
    revoked_at: Annotated[str | None, Label("吊销时间")]
    note: Annotated[str, Label("备注")]


class Accounts:
    """Accounts of one ledger."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, name: str, role: Role, area: str | None, *, by: str) -> Account:
        """A new account, without a key yet. Raises `BadParameter` for a name that is taken."""
        # Not printable are, beside control characters, those that turn the writing direction; an
        # address is how the identity of a token begins.
        if (
            not 0 < len(name) <= LONGEST_NAME
            or name != name.strip()
            or not name.isprintable()
            or "://" in name
        ):
            raise BadParameter(
                "账户名为 1 到 80 个字符，不含控制字符，首尾无空格。",
                "the name of an account has 1 to 80 characters, none of them control characters, "
                "and no space at either end.",
                subject="name",
            )
        account = Account(name, Role(role), area, now().isoformat(), by)

        def work(connection: Connection) -> bool:
            try:
                connection.execute(ACCOUNTS.insert(), [asdict(account)])
            except IntegrityError:
                return False
            return True

        if not await self._database.do(work, writing=True):
            raise BadParameter(
                f"账户 {name} 已存在。", f"there is an account {name} already.", subject="name"
            )
        return account

    async def accounts(self) -> list[Account]:
        """Every account, by name."""
        query = select(ACCOUNTS).order_by(ACCOUNTS.c.name)
        rows = await self._database.do(lambda c: c.execute(query).mappings().all())
        return [Account(**{**row, "role": Role(row["role"])}) for row in rows]

    async def change(
        self,
        name: str,
        *,
        role: Role | None = None,
        area: str | None = None,
        everywhere: bool = False,
        disabled: bool | None = None,
    ) -> Account:
        """Another role or area, or disabled; what is None stays. Raises `NotFound`."""
        values: dict[str, object] = {} if role is None else {"role": str(role)}
        if area is not None or everywhere:
            values["area"] = area
        if disabled is not None:
            values["disabled"] = disabled
        query = update(ACCOUNTS).where(ACCOUNTS.c.name == name).values(**values)
        if values and not await self._database.do(lambda c: c.execute(query).rowcount, writing=True):
            raise _no_account(name)
        return await self._account(name)

    async def issue_key(self, name: str, expires_on: date | None, note: str) -> tuple[str, Key]:
        """The text of a new key, shown this once, and what is stored of it. Raises `NotFound`."""
        await self._account(name)
        secret = secrets.token_urlsafe(32)
        id_ = secrets.token_hex(8)
        text = f"cob_{id_}_{secret}"
        key = Key(id_, name, digest_of(text), now().isoformat(), expires_on, None, note)
        await self._database.do(lambda c: c.execute(KEYS.insert(), [asdict(key)]), writing=True)
        return text, key

    async def keys(self, name: str) -> Sequence[Key]:
        """The keys of an account, the oldest first."""
        await self._account(name)
        query = select(KEYS).where(KEYS.c.account == name).order_by(KEYS.c.created_at, KEYS.c.id)
        rows = await self._database.do(lambda c: c.execute(query).mappings().all())
        return [Key(**row) for row in rows]

    async def revoke(self, key: str) -> None:
        """Let a key open nothing any more; the first time stays. Raises `NotFound`."""
        query = (
            update(KEYS)
            .where(KEYS.c.id == key)
            .values(revoked_at=func.coalesce(KEYS.c.revoked_at, now().isoformat()))
        )
        if not await self._database.do(lambda c: c.execute(query).rowcount, writing=True):
            raise NotFound(f"没有编号为 {key} 的密钥。", f"there is no key {key}.", subject="key")

    async def find_key(self, text: str, today: date) -> Caller | None:
        """Whose key it is; None if it is unknown, revoked, expired, or the account disabled."""
        found = _KEY.fullmatch(text)
        query = (
            select(KEYS, ACCOUNTS.c.role, ACCOUNTS.c.area, ACCOUNTS.c.disabled)
            .join(ACCOUNTS, KEYS.c.account == ACCOUNTS.c.name)
            .where(KEYS.c.id == (found[1] if found else ""))
        )
        row = await self._database.do(lambda c: c.execute(query).mappings().first())
        same = hmac.compare_digest(row["digest"] if row else "", digest_of(text))
        if row is None or not same or row["revoked_at"] is not None or row["disabled"]:
            return None
        if row["expires_on"] is not None and row["expires_on"] <= today:
            return None
        return Caller(row["account"], Role(row["role"]), row["area"], via="key")

    async def _account(self, name: str) -> Account:
        for account in await self.accounts():
            if account.name == name:
                return account
        raise _no_account(name)


def digest_of(text: str) -> str:
    """SHA-256; of 256 random bits nothing can be guessed, so there is nothing to stretch."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _no_account(name: str) -> NotFound:
    return NotFound(f"没有账户 {name}。", f"there is no account {name}.", subject="name")
