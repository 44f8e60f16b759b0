"""The records of the ledger: waivers, decisions, kept runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Waiver:
    """A finding that may stand by decision, from `since` on and before `until`, with the reason."""

    finding: str
    rule: str
    area: str | None
    reason: str
    decided_by: str
    since: date
    until: date
    id: str = ""
    decided_at: str = ""
    decision: str | None = None


@dataclass(frozen=True)
class Decision:
    """A proposal that was carried out: who, why, what, and the findings that came with it.

    `state` is `pending` until the graph has it, then `applied`; `void` if it never came about.
    """

    id: str
    state: str
    decided_by: str
    decided_at: str
    reason: str
    as_of: date
    changes: list[dict[str, Any]]
    findings: list[dict[str, Any]]
    data_version: int | None


@dataclass(frozen=True)
class KeptRun:
    """The findings of one check, kept to be compared with another; ids only, no names."""

    title: str
    made_by: str
    area: str | None
    as_of: date
    data_version: int
    stamp: dict[str, Any]
    findings: list[dict[str, Any]]
    id: str = ""
    made_at: str = ""
