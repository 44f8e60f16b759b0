"""Rows of rules: verdicts, tallies, waivers."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from graph.catalogue.kinds import Severity

Verdict = Literal["pass", "fail", "unknown", "not_possible", "not_applicable"]
ROWS = "其余列由该文件的 @returns 声明 / further columns as the file's @returns declares"


# A row that allows further columns would pass that on to what is in it.
@with_config(ConfigDict(extra="ignore"))
class WaiverNote(TypedDict):
    """豁免。 Who lets a failing row stand, why, and until when (exclusive)."""

    id: str
    reason: str
    decided_by: str
    since: date
    until: date


class JudgedSubject(TypedDict):
    """What every row about a checked subject says, whatever its verdict."""

    rule: str
    code: str
    title_zh: str
    severity: Severity | None
    profile: str
    subject: str
    subject_name: str | None
    area_name: str | None
    missing: list[str]
    evidence: list[str]
    finding: str
    reason_zh: str
    reason_en: str
    waiver: WaiverNote | None


@with_config(ConfigDict(extra="allow", json_schema_extra={"description": ROWS}))
class CheckRow(JudgedSubject):
    """一项核查结果。 One subject checked by one rule."""

    verdict: Verdict


_TallyRowHead = TypedDict("_TallyRowHead", {"pass": int})


class TallyRow(_TallyRowHead):
    """一条规则的各种结论数。 How many rows of each verdict a rule has."""

    profile: str
    rule: str
    code: str
    title_zh: str
    severity: Severity | None
    fail: int
    waived: int
    not_possible: int
    unknown: int
    not_applicable: int
    total: int


class Checks(TypedDict):
    """汇总与明细。 The tally over all rows of the question, and one page of the rows."""

    tally: list[TallyRow]
    rows: list[CheckRow]
