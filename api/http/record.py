"""The entry of one request in the audit trail: who, what, when, scope, rows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from starlette.types import Scope

from api.http.doorkeeper import Access
from graph.ledger import Entry, Ledger

LONGEST = 4_000
"""Characters of a parameter in the audit trail."""


def entry_of(
    scope: Scope, access: Access | None, status: int | None = None, *, address: str = "", note: str = ""
) -> Entry:
    """The entry of this moment. `note` marks a second entry of one request."""
    path = getattr(scope.get("route"), "path", scope["path"])
    given: dict[str, Any] = dict(parse_qsl(scope["query_string"].decode("latin-1")))
    given |= scope.get("path_params", {}) | (access.noted if access else {})
    caller = access.caller if access else None
    return Entry(
        at=datetime.now(UTC),
        who=caller.name if caller else address,
        role=str(caller.role) if caller and caller.role else None,
        via=caller.via if caller else "nobody",
        what=f"{scope['method']} {path} {note}".strip(),
        parameters={name: str(value)[:LONGEST] for name, value in given.items()},
        area=caller.area if caller else None,
        personal=access.personal if access else False,
        reason=access.reason if access else None,
        status=status,
        rows=access.rows if access else None,
        data_version=access.version if access else None,
    )


async def record(
    ledger: Ledger,
    scope: Scope,
    access: Access | None,
    status: int | None,
    *,
    address: str = "",
    note: str = "",
) -> None:
    """Put the entry on record; raises `EnvironmentFault`."""
    await ledger.audit.append(entry_of(scope, access, status, address=address, note=note))
