"""The shapes of reports, for the OpenAPI document only.

Beside `api.documents.envelope_shapes`; `tests/api` holds them against real answers.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, Field

from api.documents.envelope_shapes import Verdict
from graph.catalogue.profiles import Severity

By = Literal["rule", "area", "severity", "body"]
Change = Literal["new", "gone", "staying", "changed"]


class ReportRow(BaseModel):
    """一行汇总。 Figures of one rule, area, severity or body.

    judged 为分母（不符合＋已豁免＋符合）；尚有未知时 share 为 null。
    `judged` is the denominator; `share` is null while anything is unknown.
    """

    by: By
    key: str | None
    name: str | None
    kind: str | None
    fail: int
    violation: int
    warning: int
    info: int
    waived: int
    not_possible: int
    unknown: int
    pass_: int = Field(alias="pass")
    not_applicable: int
    judged: int
    total: int
    share: float | None


class CalendarRow(BaseModel):
    """届满的任期或合同。 A term or contract that ends; ends_on is the first day after it."""

    month: str
    ends_on: date
    last_day: date
    days_left: int
    subject: str
    kind: str
    kind_zh: str
    body: str
    name: str | None
    person: str | None
    person_name: str | None
    role: str | None
    role_zh: str | None
    place: str | None
    place_name: str | None


class RunRow(BaseModel):
    """保存的核查。 A kept check, without its findings."""

    id: str
    title: str
    made_by: str
    made_at: str
    area: str | None
    as_of: date
    data_version: int


class SideShape(BaseModel):
    """比较的一方。 One of two checks: of a day, or a kept run."""

    kind: Literal["date", "run"]
    id: str | None
    title: str | None
    made_by: str | None
    made_at: str | None
    area: str | None
    as_of: date
    data_version: int
    queries: dict[str, str]
    profiles: dict[str, str]
    rows: int


class DiffersRow(BaseModel):
    """双方条件的不同。 What else differs between the two, so that the difference may be of it."""

    what: Literal["area", "data_version", "queries", "profiles"]
    before: Any
    after: Any
    zh: str
    en: str


class ReportChangeCount(BaseModel):
    """一条规则的变化数。 How many rows of each kind a rule has."""

    code: str
    rule: str
    title_zh: str | None
    new: int
    gone: int
    staying: int
    changed: int


class ReportChangeRow(BaseModel):
    """一项变化。 One change; reasons are null where only a kept run knows the row."""

    change: Change
    code: str
    rule: str
    title_zh: str | None
    finding: str
    subject: str | None
    subject_name: str | None
    area: str | None
    area_name: str | None
    severity: Severity
    verdict_before: Verdict | None
    verdict: Verdict | None
    waived_before: bool
    waived: bool
    reason_zh: str | None
    reason_en: str | None


class DifferenceShape(BaseModel):
    """两次核查的差异。 Both sides, what else differs, counts over all rows, a page of the rows."""

    from_: SideShape = Field(alias="from")
    to: SideShape
    differs: list[DiffersRow]
    counts: list[ReportChangeCount]
    rows: list[ReportChangeRow]
