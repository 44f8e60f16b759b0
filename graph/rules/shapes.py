"""Rows of rules: verdicts, tallies, waivers."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from graph.catalogue.kinds import Severity
from graph.labels import Label
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


class JudgedRow(TypedDict):
    """What a rule says of a subject, in ids."""

    rule: str
    code: Annotated[str, Label("规则")]
    title: str
    title_zh: Annotated[str, Label("名称")]
    severity: Annotated[Severity | None, Label("等级")]
    profile: str
    subject: str
    area_name: Annotated[str | None, Label("所在辖区")]
    missing: list[str]
    evidence: Annotated[list[str], Label("依据")]
    finding: Annotated[str, Label("编号")]


class JudgedSubject(JudgedRow):
    """What every row about a checked subject says, whatever its verdict."""

    subject_name: Annotated[str | None, Label("对象")]
    reason_zh: Annotated[str, Label("理由")]
    reason_en: str


@with_config(ConfigDict(extra="allow"))
class UnexplainedRow(JudgedRow):
    """One subject checked by one rule, without its name and the reasons."""

    waiver: WaiverNote | None
    verdict: Verdict


@with_config(ConfigDict(extra="allow", json_schema_extra={"description": ROWS}))
class CheckRow(JudgedSubject):
    """一项核查结果。 One subject checked by one rule."""

    waiver: Annotated[WaiverNote | None, Label("豁免")]
    verdict: Annotated[Verdict, Label("结论")]


_TallyRowHead = TypedDict("_TallyRowHead", {"pass": Annotated[int, Label(VERDICTS["pass"])]})


class TallyRow(_TallyRowHead):
    """一条规则的各种结论数。 How many rows of each verdict a rule has."""

    profile: Annotated[str, Label("规则集")]
    rule: str
    code: Annotated[str, Label("规则")]
    title: str
    title_zh: Annotated[str, Label("名称")]
    severity: Annotated[Severity | None, Label("等级")]
    fail: Annotated[int, Label(VERDICTS["fail"])]
    waived: Annotated[int, Label(WAIVED)]
    not_possible: Annotated[int, Label(VERDICTS["not_possible"])]
    unknown: Annotated[int, Label(VERDICTS["unknown"])]
    not_applicable: Annotated[int, Label(VERDICTS["not_applicable"])]
    total: Annotated[int, Label("合计")]


class LawText(TypedDict):
    """条文。 A text as a setting names it; `text_until` is exclusive; all null where none is named.

    `verified` is V1, V2, Q, S, E or N.
    """

    text: str | None
    title: Annotated[str | None, Label("依据")]
    title_en: str | None
    article: Annotated[str | None, Label("条")]
    kind: str | None
    version: str | None
    text_since: date | None
    text_until: date | None
    in_force_zh: Annotated[str | None, Label("施行")]
    in_force_en: str | None
    verified: Annotated[str | None, Label("核实")]
    verified_zh: Annotated[str | None, Label("核实说明")]
    verified_en: str | None


class LawRow(LawText):
    """规则所依据的条文。 A text under a rule in a place; `since`, `until` are those of the setting."""

    profile: str
    profile_zh: Annotated[str, Label("规则集")]
    code: Annotated[str, Label("规则")]
    rule: str
    title_zh: Annotated[str, Label("名称")]
    on: Annotated[bool, Label("启用")]
    severity: Annotated[Severity, Label("等级上限")]
    since: Annotated[date | None, Label("自")]
    until: date | None
    source: str
    source_zh: str


class LawChange(TypedDict):
    """两日之间规则设置的变化。 What differs in the settings of a rule between two days.

    `setting` is on, severity, the name of a parameter, or `texts`.
    """

    profile: str
    profile_zh: Annotated[str, Label("规则集")]
    code: Annotated[str, Label("规则")]
    rule: str
    title_zh: Annotated[str, Label("名称")]
    setting: str
    setting_zh: Annotated[str, Label("设置")]
    setting_en: str
    before: Annotated[Any, Label("原")]
    after: Annotated[Any, Label("现")]
    since: Annotated[date | None, Label("自")]
    source: str
    source_zh: str


class LawVerdict(TypedDict):
    """两日之间结论的变化及其原因。 A verdict that changes between two days, and by what.

    `verdict_law` is that on the records of the first day under the law of the second. null: there is
    no such row, or the rule is not checked.
    """

    profile: str
    code: Annotated[str, Label("规则")]
    rule: str
    title_zh: Annotated[str, Label("名称")]
    finding: str
    subject: str
    subject_name: Annotated[str | None, Label("对象")]
    area: str | None
    area_name: Annotated[str | None, Label("所在辖区")]
    by: Annotated[Literal["law", "records", "both"], Label("原因")]
    verdict_before: Annotated[Verdict | None, Label("原结论")]
    verdict_law: Annotated[Verdict | None, Label("同一记录按新规定")]
    verdict_after: Annotated[Verdict | None, Label("现结论")]
    severity_before: Severity | None
    severity_law: Severity | None
    severity_after: Annotated[Severity | None, Label("等级")]
    reason_zh: Annotated[str, Label("理由")]
    reason_en: str
    texts: Annotated[list[str], Label("依据")]
    texts_en: list[str]


class UnexplainedChecks(TypedDict):
    """The tally over all rows of the question, and the rows, whose reasons are not read yet."""

    tally: list[TallyRow]
    rows: list[UnexplainedRow]


class Checks(TypedDict):
    """汇总与明细。 The tally over all rows of the question, and one page of the rows."""

    tally: list[TallyRow]
    rows: list[CheckRow]
