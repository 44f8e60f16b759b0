"""Rows of candidates: gaps of promotion rules, and who could fill them."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from graph.catalogue.kinds import Severity
from graph.labels import Label
from graph.rules.shapes import ROWS, Verdict


class CandidateGap(TypedDict):
    """一个缺口及人选数。 A gap of a promotion rule, and how many persons could fill it."""

    rule: str
    code: Annotated[str, Label("规则")]
    title: str
    title_zh: Annotated[str, Label("名称")]
    severity: Severity | None
    profile: str
    finding: str
    subject: str
    subject_name: Annotated[str | None, Label("对象")]
    area: str | None
    area_name: Annotated[str | None, Label("所在辖区")]
    verdict: Annotated[Verdict, Label("结论")]
    reason_zh: str
    reason_en: str
    free: int
    unconfirmed: int
    other: int
    blocked: int
    summary_zh: Annotated[str, Label("人选")]
    summary_en: str


@with_config(ConfigDict(extra="allow", json_schema_extra={"description": ROWS}))
class CandidateRow(TypedDict):
    """一名人选。 One person for one gap; `rank` counts within the gap."""

    rule: str
    code: Annotated[str, Label("规则")]
    title: str
    title_zh: str
    profile: str
    finding: str
    rank: Annotated[int, Label("序")]
    subject: str
    subject_name: Annotated[str | None, Label("对象")]
    area: str | None
    area_name: str | None
    body: str
    body_name: Annotated[str | None, Label("拟任组织")]
    role: str
    role_zh: Annotated[str, Label("拟任职务")]
    from_body: str
    from_body_name: str | None
    candidate: Annotated[str, Label("人员")]
    candidate_name: Annotated[str | None, Label("姓名")]
    owner: Annotated[str | None, Label("本小区业主")]
    party: Annotated[str | None, Label("政治面貌")]
    posts: Annotated[int, Label("现任职务数")]
    closes: bool
    blocked_by: Annotated[list[str], Label("受限于规则")]
    unconfirmed: Annotated[list[str], Label("待确认")]
    evidence: list[str]
    reasons_zh: Annotated[str, Label("理由")]
    reasons_en: str


class Candidates(TypedDict):
    """缺口与人选。 All gaps of the question, and one page of the candidates."""

    gaps: list[CandidateGap]
    rows: list[CandidateRow]
