"""Rows of the closing plan."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from graph.coverage.shapes import State
from graph.labels import Label

Reach = Literal["community", "subdistrict"]
"""From where units are invited."""
Planned = Literal["resource_match", "big_committee"]
"""The dimensions whose gaps invitations and matches can close."""


@with_config(ConfigDict(extra="ignore"))
class Closed(TypedDict):
    """一步消除的缺口。 What a step closes; `state` as it is now."""

    dimension: Planned
    subject: str
    state: State


@with_config(ConfigDict(extra="forbid"))
class _Step(TypedDict):
    step: Annotated[int, Label("步")]
    closes: Annotated[list[Closed], Label("消除")]
    sentence_zh: Annotated[str, Label("做什么")]
    sentence_en: str


class InviteStep(_Step):
    """邀请。 An invitation to a big Party committee."""

    kind: Annotated[Literal["invite"], Label("类型")]
    unit: str
    unit_name: str
    committee: str
    committee_name: str
    community: str


class MatchStep(_Step):
    """对接。 A need matched with a resource; `by_step` is the invitation it needs, if any."""

    kind: Annotated[Literal["match"], Label("类型")]
    need: str
    need_name: str
    resource: str
    resource_name: str
    provider: str
    provider_name: str
    by_step: int | None


class OpenCount(TypedDict):
    """未覆盖的数目。 How many are gaps, and how many are not known."""

    gap: int
    unknown: int


class OpenCounts(TypedDict):
    """两个维度的数目。 Counts by dimension."""

    resource_match: OpenCount
    big_committee: OpenCount


class Left(TypedDict):
    """方案无法消除的。 What no plan can close, and why."""

    dimension: Planned
    subject: str
    name: str | None
    state: State
    reason_zh: str
    reason_en: str


class PlanShape(TypedDict):
    """消除缺口的方案。 The closing plan: steps, what it closes of what is open, what is left."""

    steps: list[InviteStep | MatchStep]
    before: OpenCounts
    closed: OpenCounts
    left: list[Left]
