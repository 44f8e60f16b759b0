"""Times and ids of the ledger."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime


def now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


def new_id() -> str:
    """An id that sorts by time and that cannot be guessed: 12 hex digits of ms, then chance."""
    return f"{int(now().timestamp() * 1000):012x}{secrets.token_hex(6)}"
