"""The shapes of coverage answers, for the OpenAPI document only; beside `api.documents.envelope_shapes`."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, Field

from api.documents.envelope_shapes import ROWS, State, Verdict
from api.documents.path_shapes import Hop
from graph.catalogue.profiles import Severity


class MeasureShape(BaseModel):
    """第二口径：是、否、未知，或合计。 A second measure: yes, no, unknown; or a sum of records."""

    name: str
    title: str
    title_zh: str
    yes: int | None
    no: int | None
    unknown: int
    sum: int | None


class ClaimBeside(BaseModel):
    """公布数字与图中计数的对照。 A published figure beside the graph's own count."""

    claim: str
    name: str
    metric: str
    value: float
    unit: str | None
    qualifier: Literal["exact", "at_least", "about", "at_most"]
    nature: Literal["observed", "target", "forecast", "norm"]
    as_of_date: date | None
    scope: str | None
    quote: str | None
    source: str
    concerns: str
    concerns_name: str | None
    own: float | None = Field(description="图中计数，无同口径计数为空 / the graph's own count")
    difference: float | None = Field(description="图中计数减公布数 / own − published")
    relation: Literal["equal", "consistent", "fewer", "more", "near", "not_compared"]
    reason_zh: str
    reason_en: str


class DerivedFigure(BaseModel):
    """由公布数字推算的数。 What published figures imply; low and high bound it."""

    metric: str
    figure: float
    low: float | None
    high: float | None
    from_: list[str] = Field(alias="from")
    meaning_zh: str
    place: str


class Counted(BaseModel):
    """三态计数。 Counts in three states; shares only of a closed total."""

    dimension: str
    title: str
    title_zh: str
    unit: str
    area: str
    name: str | None
    level: str
    covered: int
    gap: int
    unknown: int
    total: int
    total_complete: bool
    share_low: float | None
    share_high: float | None
    measures: list[MeasureShape]


class CoverageRow(Counted):
    """一个维度在一个辖区的覆盖。 One dimension in one area, published figures beside."""

    claims: list[ClaimBeside]
    derived: list[DerivedFigure]


class SeriesRow(Counted):
    """某月一日的覆盖。 One dimension on the first day of a month."""

    month: date


class DayCount(BaseModel):
    """某日的计数。 The counts of one day."""

    covered: int
    gap: int
    unknown: int
    total: int
    total_complete: bool


class CoverageChangeCount(BaseModel):
    """两日之间一个辖区的变化。 What changed in one area between two days."""

    dimension: str
    title: str
    title_zh: str
    area: str
    name: str | None
    level: str
    before: DayCount
    after: DayCount
    unchanged: int
    newly_covered: int
    newly_gap: int
    newly_unknown: int
    gone: int


class CoverageChangeRow(BaseModel):
    """状态有变的对象。 A subject whose state changed."""

    model_config = {"extra": "allow", "json_schema_extra": {"description": ROWS}}

    dimension: str
    title: str
    title_zh: str
    subject: str
    subject_name: str | None
    area: str | None
    area_name: str | None
    before: State | None
    after: State | None
    change: Literal["newly_covered", "newly_gap", "newly_unknown", "gone"]
    since: date | None
    missing: list[str]
    evidence: list[str]


class Changes(BaseModel):
    """计数与明细。 Counts of the area and those directly below; one page of the subjects."""

    counts: list[CoverageChangeCount]
    rows: list[CoverageChangeRow]


class GapRow(BaseModel):
    """一个缺口。 One subject in the state asked for."""

    model_config = {"extra": "allow", "json_schema_extra": {"description": ROWS}}

    dimension: str
    title: str
    title_zh: str
    subject: str
    subject_name: str | None
    area: str | None
    area_name: str | None
    state: State
    since: date | None
    missing: list[str]
    evidence: list[str]
    rules: list[str]
    households: int | None


class CloserCandidate(BaseModel):
    """可补缺者。 Who or what could close the gap, with the way there."""

    rank: int
    candidate: str
    candidate_name: str
    label: str
    metres: float | None
    minutes: float | None
    reason_zh: str
    reason_en: str
    path: list[Hop]


class Closer(BaseModel):
    """一类补缺办法。 One kind of closer; of persons the number alone unless they are shown."""

    kind: str
    query: str
    title: str
    title_zh: str
    personal: bool
    count: int
    candidates: list[CloserCandidate]


class TouchedVerdict(BaseModel):
    """规则对该对象的结论。 What a rule says of the subject."""

    finding: str
    verdict: Verdict
    severity: Severity | None
    reason_zh: str
    reason_en: str


class TouchedRule(BaseModel):
    """所涉规则。 A rule that the gap touches."""

    code: str
    rule: str
    title: str
    title_zh: str
    on: bool
    verdicts: list[TouchedVerdict]


class Concerned(BaseModel):
    """涉及的处所和户数。 The places it concerns, and their households where recorded."""

    places: list[str]
    households: int | None


class Proposed(BaseModel):
    """人选查询的参数。 Parameters of `/candidates` under which persons are proposed."""

    rule: str
    subject: str


class GapShape(BaseModel):
    """一个缺口的全部情况。 One gap as a whole."""

    dimension: str
    title: str
    title_zh: str
    subject: str
    subject_name: str | None
    area: str | None
    area_name: str | None
    state: State
    sentence_zh: str
    sentence_en: str
    since: date | None
    since_known: bool
    missing: list[str]
    missing_zh: list[str]
    missing_en: list[str]
    evidence: list[str]
    more: dict[str, Any]
    concerns: Concerned
    rules: list[TouchedRule]
    candidates: list[Proposed]
    closers: list[Closer]
