"""Shapes of the closing plan and of analyses; for the OpenAPI document."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from api.documents.envelope_shapes import State


class Closed(BaseModel):
    """一步消除的缺口。 What a step closes; `state` as it is now."""

    dimension: Literal["resource_match", "big_committee"]
    subject: str
    state: State


class _Step(BaseModel):
    model_config = ConfigDict(extra="forbid")

    step: int
    closes: list[Closed]
    sentence_zh: str
    sentence_en: str


class InviteStep(_Step):
    """邀请。 An invitation to a big Party committee."""

    kind: Literal["invite"]
    unit: str
    unit_name: str
    committee: str
    committee_name: str
    community: str


class MatchStep(_Step):
    """对接。 A need matched with a resource; `by_step` is the invitation it needs, if any."""

    kind: Literal["match"]
    need: str
    need_name: str
    resource: str
    resource_name: str
    provider: str
    provider_name: str
    by_step: int | None


class OpenCount(BaseModel):
    """未覆盖的数目。 How many are gaps, and how many are not known."""

    gap: int
    unknown: int


class OpenCounts(BaseModel):
    """两个维度的数目。 Counts by dimension."""

    resource_match: OpenCount
    big_committee: OpenCount


class Left(BaseModel):
    """方案无法消除的。 What no plan can close, and why."""

    dimension: Literal["resource_match", "big_committee"]
    subject: str
    name: str | None
    state: State
    reason_zh: str
    reason_en: str


class PlanShape(BaseModel):
    """消除缺口的方案。 The closing plan: steps, what it closes of what is open, what is left."""

    steps: list[InviteStep | MatchStep]
    before: OpenCounts
    closed: OpenCounts
    left: list[Left]


class _AnalysisRow(BaseModel):
    model_config = ConfigDict(extra="forbid")

    node: str
    label: str
    name: str | None


class CentralityRow(_AnalysisRow):
    """中心性。 Ties, and centralities from 0 to 1."""

    ties: int
    degree: float
    betweenness: float


class GroupRow(_AnalysisRow):
    """分组。 The group of a node; 1 is the largest."""

    group: int
    size: int
    modularity: float


class CutPointRow(_AnalysisRow):
    """关键节点。 What falls apart without the node."""

    parts: int
    cut_off: int


class DependenceRow(_AnalysisRow):
    """依赖关系。 A node on every path of a quarter to resources of a category."""

    quarter: str
    quarter_name: str | None
    category: str
    paths: int
    resources: int


AnalysisRow = CentralityRow | GroupRow | CutPointRow | DependenceRow
