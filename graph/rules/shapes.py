"""Rows of rules: verdicts, tallies, waivers."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from graph.catalogue.kinds import Severity
from graph.model.labels import Label
from graph.model.words import VERDICTS, WAIVED

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
    code: Annotated[str, Label("规则")]
    title_zh: Annotated[str, Label("名称")]
    severity: Annotated[Severity | None, Label("等级")]
    profile: str
    subject: str
    subject_name: Annotated[str | None, Label("对象")]
    area_name: Annotated[str | None, Label("所在辖区")]
    missing: list[str]
    evidence: Annotated[list[str], Label("依据")]
    finding: Annotated[str, Label("编号")]
    reason_zh: Annotated[str, Label("理由")]
    reason_en: str
    waiver: WaiverNote | None


@with_config(ConfigDict(extra="allow", json_schema_extra={"description": ROWS}))
class CheckRow(JudgedSubject):
    """一项核查结果。 One subject checked by one rule."""

    verdict: Annotated[Verdict, Label("结论")]


_TallyRowHead = TypedDict("_TallyRowHead", {"pass": Annotated[int, Label(VERDICTS["pass"])]})


class TallyRow(_TallyRowHead):
    """一条规则的各种结论数。 How many rows of each verdict a rule has."""

    profile: Annotated[str, Label("规则集")]
    rule: str
    code: Annotated[str, Label("规则")]
    title_zh: Annotated[str, Label("名称")]
    severity: Annotated[Severity | None, Label("等级")]
    fail: Annotated[int, Label(VERDICTS["fail"])]
    waived: Annotated[int, Label(WAIVED)]
    not_possible: Annotated[int, Label(VERDICTS["not_possible"])]
    unknown: Annotated[int, Label(VERDICTS["unknown"])]
    not_applicable: Annotated[int, Label(VERDICTS["not_applicable"])]
    total: Annotated[int, Label("合计")]


class Checks(TypedDict):
    """汇总与明细。 The tally over all rows of the question, and one page of the rows."""

    tally: list[TallyRow]
    rows: list[CheckRow]
