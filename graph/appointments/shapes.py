"""Rows of appointments: effects of a proposal, decisions, waivers."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, NotRequired

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from graph.labels import Label
from graph.rules.shapes import ROWS, JudgedSubject, Verdict


@with_config(ConfigDict(extra="allow", json_schema_extra={"description": ROWS}))
class EffectRow(JudgedSubject):
    """一项结论的变化。 A row of a check and its verdict before; `verdict` is null if it is gone."""

    verdict: Annotated[Verdict | None, Label("结论")]
    verdict_before: Annotated[Verdict | None, Label("原结论")]


class GraphChangeShape(TypedDict):
    """图数据的一处改动。 One change of the graph: which values, before and after."""

    id: str
    type: str
    action: Literal["create", "set", "delete"]
    before: dict[str, Any]
    after: dict[str, Any]


class EffectsShape(TypedDict):
    """方案的影响。 What a proposal changes; `decision`, `document`, `state` once it is carried out.

    `state` is `pending` where the graph was changed and the record is still to be completed.
    """

    appear: list[EffectRow]
    disappear: list[EffectRow]
    stay: list[EffectRow]
    changed: list[EffectRow]
    rules: list[str]
    areas: list[str]
    changes: list[GraphChangeShape]
    decision: NotRequired[str | None]
    document: NotRequired[str | None]
    state: NotRequired[Literal["applied", "pending"]]


class DecisionShape(TypedDict):
    """任免决定。 A decision: `state` is applied, pending or void."""

    id: Annotated[str, Label("编号")]
    state: Annotated[Literal["pending", "applied", "void"], Label("状态")]
    decided_by: Annotated[str, Label("决定人")]
    decided_at: Annotated[str, Label("时间")]
    reason: Annotated[str, Label("事由")]
    as_of: Annotated[date, Label("生效日")]
    changes: list[dict[str, Any]]
    findings: list[dict[str, Any]]
    data_version: Annotated[int | None, Label("数据版本")]


class WaiverShape(TypedDict):
    """豁免。 A waiver: it holds from `since` on and before `until`."""

    id: Annotated[str, Label("编号")]
    finding: Annotated[str, Label("不符合项")]
    rule: str
    area: str | None
    reason: Annotated[str, Label("理由")]
    decided_by: Annotated[str, Label("决定人")]
    decided_at: str
    since: Annotated[date, Label("自")]
    until: Annotated[date, Label("至（不含）")]
    decision: str | None
