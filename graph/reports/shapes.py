"""Rows of reports: tables, calendar, kept runs, differences."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field
from typing_extensions import TypedDict

from graph.catalogue.kinds import Severity
from graph.labels import Label
from graph.model.words import CAUSES, VERDICTS, WAIVED
from graph.reading.changes import Cause
from graph.rules.shapes import CheckRow, Verdict

By = Literal["rule", "area", "severity", "body"]


Change = Literal["new", "gone", "staying", "changed"]


_ReportRowHead = TypedDict("_ReportRowHead", {"pass": Annotated[int, Label(VERDICTS["pass"])]})


class ReportRow(_ReportRowHead):
    """一行汇总。 Figures of one rule, area, severity or body.

    judged 为分母（不符合＋已豁免＋符合）；尚有未知时 share 为 null。
    `judged` is the denominator; `share` is null while anything is unknown.
    """

    by: By
    key: Annotated[str | None, Label("编号")]
    name: Annotated[str | None, Label("名称")]
    name_en: str | None
    kind: str | None
    fail: Annotated[int, Label(VERDICTS["fail"])]
    violation: Annotated[int, Label("其中违规")]
    warning: Annotated[int, Label("其中提醒")]
    info: Annotated[int, Label("其中提示")]
    waived: Annotated[int, Label(WAIVED)]
    not_possible: Annotated[int, Label(VERDICTS["not_possible"])]
    unknown: Annotated[int, Label(VERDICTS["unknown"])]
    not_applicable: Annotated[int, Label(VERDICTS["not_applicable"])]
    judged: Annotated[int, Label("已判定")]
    total: Annotated[int, Label("合计")]
    share: Annotated[float | None, Label("不符合率")]


class CalendarRow(TypedDict):
    """届满的任期或合同。 A term or contract that ends; ends_on is the first day after it.

    Of an end known to the month or year it is the latest that it may be; `missing` names the day where it
    decides. `written` is the last day, or the month or year that is known of it.
    """

    month: Annotated[str, Label("月份")]
    ends_on: date
    last_day: Annotated[date, Label("届满日")]
    written: Annotated[str, Label("届满")]
    days_left: Annotated[int, Label("剩余天数")]
    subject: str
    kind: str
    kind_zh: Annotated[str, Label("类别")]
    kind_en: str
    body: Annotated[str, Label("组织编号")]
    name: Annotated[str | None, Label("组织")]
    person: Annotated[str | None, Label("人员编号")]
    person_name: Annotated[str | None, Label("姓名")]
    role: str | None
    role_zh: Annotated[str | None, Label("职务")]
    place: str | None
    place_name: Annotated[str | None, Label("服务对象")]
    missing: Annotated[list[str], Label("缺什么")]


class RunRow(TypedDict):
    """保存的核查。 A kept check, without its findings."""

    id: Annotated[str, Label("编号")]
    title: Annotated[str, Label("标题")]
    made_by: Annotated[str, Label("保存人")]
    made_at: Annotated[str, Label("时间")]
    area: Annotated[str | None, Label("辖区")]
    as_of: Annotated[date, Label("统计日期")]
    data_version: Annotated[int, Label("数据版本")]


class MissingRow(TypedDict):
    """缺什么。 A register or value that is missing: rows that name it, `alone` those it would settle."""

    item: Annotated[str, Label("编号")]
    rows: Annotated[int, Label("涉及结论数")]
    alone: Annotated[int, Label("只缺此项的结论数")]
    rules: Annotated[list[str], Label("涉及规则")]
    what_zh: Annotated[str, Label("缺什么")]
    what_en: str


class MissingAreaRow(TypedDict):
    """一个辖区缺的一类台账或数值。 A register or value that is missing in an area, added up.

    `rows` name it, `alone` would be decided by it alone; `things` are those of which it is missing.
    """

    area: str | None
    area_name: Annotated[str, Label("辖区")]
    level: str | None
    what_zh: Annotated[str, Label("缺什么")]
    what_en: str
    things: Annotated[int | None, Label("对象数")]
    rows: Annotated[int, Label("涉及结论数")]
    alone: Annotated[int, Label("补齐即可判定")]
    rules: Annotated[list[str], Label("涉及规则")]
    sentence_zh: Annotated[str, Label("说明")]
    sentence_en: str


class BodyTie(TypedDict):
    """组织的一项关系。 A tie of a body to a place, an organization above it or a company."""

    type_zh: str
    outward: bool
    other: str
    other_label: str
    other_name: str | None
    since: date
    until: date
    contract_until: date | None
    date_precision: list[str]


class BodyPost(TypedDict):
    """组织的一项任职。 A post in a body; `until` is exclusive."""

    post: str
    person: str
    name: str | None
    role: str | None
    title: str | None
    since: date
    until: date
    term_until: date | None
    date_precision: list[str]
    source: str


class BodyTerm(TypedDict):
    """届满的一项任期或合同。 What ends, and on which day (exclusive)."""

    what: str
    of: str
    ends_on: date
    written: str


class BodyCross(TypedDict):
    """一人另任的职务。 A person who also holds a post in another body, with both roles."""

    person: str
    person_name: str | None
    role: str | None
    other: str
    other_name: str | None
    other_role: str | None
    since: date
    until: date
    edge: str


class BodyPage(TypedDict):
    """一个组织的情况。 What one body is, its posts, terms and ties, what rules say of it.

    `facts` are words and values, `withheld` the words of values that are not shown; `claims` are
    published figures about the body itself, which are never counted.
    """

    id: str
    name: str
    label: str
    label_zh: str
    facts: list[tuple[str, Any]]
    withheld: list[str]
    areas: list[str]
    ties: list[BodyTie]
    posts: list[BodyPost]
    terms: list[BodyTerm]
    cross: list[BodyCross]
    findings: list[CheckRow]
    missing: list[MissingRow]
    claims: list[dict[str, Any]]
    masked: bool


class SideShape(TypedDict):
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


class DiffersRow(TypedDict):
    """双方条件的不同。 What else differs between the two, so that the difference may be of it."""

    what: Literal["area", "data_version", "queries", "profiles"]
    before: Any
    after: Any
    zh: str
    en: str


class ReportChangeCount(TypedDict):
    """一条规则的变化数。 How many rows of each kind a rule has."""

    code: Annotated[str, Label("规则")]
    rule: str
    title_zh: Annotated[str | None, Label("名称")]
    new: Annotated[int, Label("新增")]
    gone: Annotated[int, Label("消除")]
    staying: Annotated[int, Label("仍在")]
    changed: Annotated[int, Label("其他结论变化")]
    occurred: Annotated[
        int, Label(CAUSES["occurred"]), Field(description="原已知，后不符合 / new: known before")
    ]
    established: Annotated[
        int, Label(CAUSES["established"]), Field(description="原为未知 / new: not known before")
    ]
    appeared: Annotated[int, Label(CAUSES["appeared"]), Field(description="new: no such subject before")]
    resolved: Annotated[int, Label(CAUSES["resolved"]), Field(description="gone: known not to fail now")]
    obscured: Annotated[int, Label(CAUSES["obscured"]), Field(description="gone: not known now")]
    departed: Annotated[int, Label(CAUSES["departed"]), Field(description="gone: no such subject now")]


class ReportChangeRow(TypedDict):
    """一项变化。 One change; reasons are null where only a kept run knows the row."""

    change: Annotated[Change, Label("变化")]
    cause: Annotated[Cause | None, Label("由来")]
    code: Annotated[str, Label("规则")]
    rule: str
    title_zh: Annotated[str | None, Label("名称")]
    finding: Annotated[str, Label("编号")]
    subject: str | None
    subject_name: Annotated[str | None, Label("对象")]
    area: str | None
    area_name: Annotated[str | None, Label("所在辖区")]
    severity: Annotated[Severity, Label("等级")]
    verdict_before: Annotated[Verdict | None, Label("原结论")]
    verdict: Annotated[Verdict | None, Label("结论")]
    waived_before: bool
    waived: bool
    reason_zh: Annotated[str | None, Label("理由")]
    reason_en: str | None


_DifferenceShapeHead = TypedDict("_DifferenceShapeHead", {"from": "SideShape"})


class DifferenceShape(_DifferenceShapeHead):
    """两次核查的差异。 Both sides, what else differs, counts over all rows, a page of the rows."""

    to: SideShape
    differs: list[DiffersRow]
    counts: list[ReportChangeCount]
    rows: list[ReportChangeRow]
