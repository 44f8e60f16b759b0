"""An entry of the audit trail, and which entries are asked for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import Select

from graph.labels import Label
from graph.ledger.tables import AUDIT
from graph.ledger.times import now


@dataclass(frozen=True)
class Entry:
    """One entry: `via` is local, key, token or nobody, `status` that of HTTP, `seq` given when written."""

    at: Annotated[datetime, Label("时间")]
    who: Annotated[str, Label("用户")]
    what: Annotated[str, Label("操作")]
    via: str = "local"
    role: Annotated[str | None, Label("角色")] = None
    parameters: Annotated[dict[str, Any] | None, Label("参数")] = None
    area: Annotated[str | None, Label("辖区")] = None
    personal: Annotated[bool, Label("个人信息")] = False
    reason: Annotated[str | None, Label("理由")] = None
    status: Annotated[int | None, Label("状态")] = None
    rows: Annotated[int | None, Label("行数")] = None
    data_version: int | None = None
    seq: Annotated[int, Label("序号")] = 0


NAMES = tuple(f.name for f in fields(Entry) if f.name != "seq")
"""What an entry has before it is written."""


@dataclass(frozen=True)
class Filter:
    """Which entries: times (`until` exclusive), who, a prefix of `what`, personal data."""

    since: datetime | None = None
    until: datetime | None = None
    who: str | None = None
    what: str | None = None
    personal: bool | None = None
    areas: Collection[str] | None = None
    """Only entries of callers limited to one of these areas."""

    def apply(self, query: Select[Any]) -> Select[Any]:
        """The query with these conditions."""
        if self.since is not None:
            query = query.where(AUDIT.c.at >= iso(self.since))
        if self.until is not None:
            query = query.where(AUDIT.c.at < iso(self.until))
        if self.who is not None:
            query = query.where(AUDIT.c.who == self.who)
        if self.what is not None:
            query = query.where(AUDIT.c.what.startswith(self.what, autoescape=True))
        if self.personal is not None:
            query = query.where(AUDIT.c.personal.is_(self.personal))
        if self.areas is not None:
            query = query.where(AUDIT.c.area.in_(self.areas))
        return query


def entry_now(who: str, what: str, **more: Any) -> Entry:
    """An entry of this moment."""
    return Entry(now(), who, what, **more)


def iso(at: datetime) -> str:
    """A moment as it is stored in the table, where texts sort as times do."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
