"""Shapes of answers about appointments, decisions and waivers."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel

from api.documents.envelope_shapes import CheckRow, Verdict


class EffectRow(CheckRow):
    """一项结论的变化。 A row of a check and its verdict before; `verdict` is null if it is gone."""

    verdict: Verdict | None  # type: ignore[assignment]
    verdict_before: Verdict | None


class ChangeShape(BaseModel):
    """图数据的一处改动。 One change of the graph: which values, before and after."""

    id: str
    type: str
    action: Literal["create", "set", "delete"]
    before: dict[str, Any]
    after: dict[str, Any]


class EffectsShape(BaseModel):
    """方案的影响。 What a proposal changes; `decision` and `document` once it is carried out."""

    appear: list[EffectRow]
    disappear: list[EffectRow]
    stay: list[EffectRow]
    changed: list[EffectRow]
    rules: list[str]
    areas: list[str]
    changes: list[ChangeShape]
    decision: str | None = None
    document: str | None = None


class DecisionShape(BaseModel):
    """任免决定。 A decision: `state` is applied, pending or void."""

    id: str
    state: Literal["pending", "applied", "void"]
    decided_by: str
    decided_at: str
    reason: str
    as_of: date
    changes: list[dict[str, Any]]
    findings: list[dict[str, Any]]
    data_version: int | None


class WaiverShape(BaseModel):
    """豁免。 A waiver: it holds from `since` on and before `until`."""

    id: str
    finding: str
    rule: str
    area: str | None
    reason: str
    decided_by: str
    decided_at: str
    since: date
    until: date
    decision: str | None
