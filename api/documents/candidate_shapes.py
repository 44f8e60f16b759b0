"""The shapes of candidates, for the OpenAPI document only; beside `api.documents.envelope_shapes`."""

from __future__ import annotations

from pydantic import BaseModel

from api.documents.envelope_shapes import ROWS, Verdict
from graph.catalogue.profiles import Severity


class CandidateGap(BaseModel):
    """一个缺口及人选数。 A gap of a promotion rule, and how many persons could fill it."""

    rule: str
    code: str
    title_zh: str
    severity: Severity | None
    profile: str
    finding: str
    subject: str
    subject_name: str | None
    area: str | None
    area_name: str | None
    verdict: Verdict
    reason_zh: str
    reason_en: str
    free: int
    unconfirmed: int
    other: int
    blocked: int
    summary_zh: str
    summary_en: str


class CandidateRow(BaseModel):
    """一名人选。 One person for one gap; `rank` counts within the gap."""

    model_config = {"extra": "allow", "json_schema_extra": {"description": ROWS}}

    rule: str
    code: str
    title_zh: str
    profile: str
    finding: str
    rank: int
    subject: str
    subject_name: str | None
    area: str | None
    area_name: str | None
    body: str
    body_name: str | None
    role: str
    role_zh: str
    from_body: str
    from_body_name: str | None
    candidate: str
    candidate_name: str | None
    owner: str | None
    party: str | None
    posts: int
    closes: bool
    blocked_by: list[str]
    unconfirmed: list[str]
    evidence: list[str]
    reasons_zh: str
    reasons_en: str


class Candidates(BaseModel):
    """缺口与人选。 All gaps of the question, and one page of the candidates."""

    gaps: list[CandidateGap]
    rows: list[CandidateRow]
