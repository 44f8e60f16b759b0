"""Rows of coverage: counts, published figures, changes, gaps and their closers."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from graph.catalogue.kinds import Severity
from graph.labels import Label
from graph.model.words import STATES
from graph.paths.shapes import Hop
from graph.reading.changes import Cause
from graph.reading.shapes import Withheld
from graph.rules.shapes import ROWS, Verdict

State = Literal["covered", "gap", "unknown"]


class MeasureShape(TypedDict):
    """第二口径：是、否、未知，或合计。 A second measure: yes, no, unknown; or a sum of records."""

    name: str
    title: str
    title_zh: str
    yes: int | None
    no: int | None
    unknown: int
    sum: int | None


class ClaimBeside(TypedDict):
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
    own: Annotated[float | None, Field(description="图中计数，无同口径计数为空 / the graph's own count")]
    difference: Annotated[float | None, Field(description="图中计数减公布数 / own − published")]
    relation: Literal["equal", "consistent", "fewer", "more", "near", "not_compared"]
    reason_zh: str
    reason_en: str


_DerivedFigureHead = TypedDict("_DerivedFigureHead", {"from": list[str]})


class DerivedFigure(_DerivedFigureHead):
    """由公布数字推算的数。 What published figures imply; low and high bound it."""

    metric: str
    figure: float
    low: float | None
    high: float | None
    meaning_zh: str
    place: str


class DimensionHead(TypedDict):
    """What every row about a dimension begins with."""

    dimension: str
    title: str
    title_zh: Annotated[str, Label("维度")]


class Counted(DimensionHead):
    """三态计数。 Counts in three states; shares only of a closed total."""

    unit: str
    area: str
    name: Annotated[str | None, Label("辖区")]
    level: Annotated[str, Label("级别")]
    covered: Annotated[int, Label(STATES["covered"])]
    gap: Annotated[int, Label(STATES["gap"])]
    unknown: Annotated[int, Label(STATES["unknown"])]
    total: Annotated[int, Label("合计")]
    total_complete: Annotated[bool, Label("总数齐全")]
    share_low: float | None
    share_high: float | None
    measures: Annotated[list[MeasureShape], Label("第二口径")]


class CoverageRow(Counted):
    """一个维度在一个辖区的覆盖。 One dimension in one area, published figures beside."""

    claims: Annotated[list[ClaimBeside], Label("公布数字")]
    derived: list[DerivedFigure]


class SeriesRow(Counted):
    """某月一日的覆盖。 One dimension on the first day of a month."""

    month: Annotated[date, Label("月份")]


class DayCount(TypedDict):
    """某日的计数。 The counts of one day."""

    covered: int
    gap: int
    unknown: int
    total: int
    total_complete: bool


class NewlyKnown(TypedDict):
    """新发生、新查明、新对象。 It happened; it became known; there was no such subject before."""

    occurred: int
    established: int
    appeared: int


class NewlyUnknown(TypedDict):
    """转为未知、新对象。 No longer known; there was no such subject before."""

    obscured: int
    appeared: int


class CoverageCauses(TypedDict):
    """各项变化的由来。 Of each kind of change, why."""

    newly_covered: NewlyKnown
    newly_gap: NewlyKnown
    newly_unknown: NewlyUnknown


class CoverageChangeCount(DimensionHead):
    """两日之间一个辖区的变化。 What changed in one area between two days."""

    area: str
    name: Annotated[str | None, Label("辖区")]
    level: str
    before: Annotated[DayCount, Label("起始日")]
    after: Annotated[DayCount, Label("截止日")]
    unchanged: Annotated[int, Label("未变")]
    newly_covered: Annotated[int, Label("新覆盖")]
    newly_gap: Annotated[int, Label("新缺口")]
    newly_unknown: Annotated[int, Label("新未知")]
    gone: Annotated[int, Label("不再统计")]
    causes: CoverageCauses


@with_config(ConfigDict(extra="allow", json_schema_extra={"description": ROWS}))
class CoverageChangeRow(DimensionHead):
    """状态有变的对象。 A subject whose state changed."""

    subject: Annotated[str, Label("对象")]
    subject_name: Annotated[str | None, Label("名称")]
    area: str | None
    area_name: Annotated[str | None, Label("所在辖区")]
    before: State | None
    after: State | None
    change: Annotated[Literal["newly_covered", "newly_gap", "newly_unknown", "gone"], Label("变化")]
    cause: Annotated[Cause, Label("由来")]
    since: Annotated[date | Withheld | None, Label("自")]
    since_known: bool
    missing: list[str]
    evidence: list[str]


class ChangeCounts(TypedDict):
    """计数与明细。 Counts of the area and those directly below; one page of the subjects."""

    counts: list[CoverageChangeCount]
    rows: list[CoverageChangeRow]


@with_config(ConfigDict(extra="allow", json_schema_extra={"description": ROWS}))
class GapRow(DimensionHead):
    """一个缺口。 One subject in the state asked for."""

    subject: Annotated[str, Label("对象")]
    subject_name: Annotated[str | None, Label("名称")]
    area: str | None
    area_name: Annotated[str | None, Label("所在辖区")]
    state: Annotated[State, Label("状态")]
    since: Annotated[date | Withheld | None, Label("自")]
    since_known: bool
    missing: Annotated[list[str], Label("缺什么台账")]
    evidence: list[str]
    rules: Annotated[list[str], Label("规则")]
    households: Annotated[int | None, Label("户数")]


class CloserCandidate(TypedDict):
    """可补缺者。 Who or what could close the gap, with the way there."""

    rank: int
    candidate: Annotated[str, Label("编号")]
    candidate_name: Annotated[str, Label("名称")]
    label: str
    metres: float | None
    minutes: float | None
    reason_zh: Annotated[str, Label("理由")]
    reason_en: str
    path: Annotated[list[Hop], Label("路径")]


class Closer(TypedDict):
    """一类补缺办法。 One kind of closer; of persons the number alone unless they are shown."""

    kind: str
    query: str
    title: str
    title_zh: Annotated[str, Label("办法")]
    personal: bool
    count: int
    candidates: list[CloserCandidate]


class TouchedVerdict(TypedDict):
    """规则对该对象的结论。 What a rule says of the subject."""

    finding: str
    verdict: Verdict
    severity: Severity | None
    reason_zh: str
    reason_en: str


class TouchedRule(TypedDict):
    """所涉规则。 A rule that the gap touches."""

    code: str
    rule: str
    title: str
    title_zh: str
    on: bool
    verdicts: list[TouchedVerdict]


class Concerned(TypedDict):
    """涉及的处所和户数。 The places it concerns, and their households where recorded."""

    places: list[str]
    households: int | None


class Proposed(TypedDict):
    """人选查询的参数。 Parameters of `/candidates` under which persons are proposed."""

    rule: str
    subject: str


class GapHead(DimensionHead):
    """The subject of a gap, its state, and what is missing, in sentences."""

    subject: str
    subject_name: str | None
    area: str | None
    area_name: str | None
    state: State
    sentence_zh: str
    sentence_en: str
    since: date | Withheld | None
    since_known: bool
    missing: list[str]
    missing_zh: list[str]
    missing_en: list[str]
    evidence: list[str]
    more: dict[str, Any]


class GapShape(GapHead):
    """一个缺口的全部情况。 One gap as a whole."""

    concerns: Concerned
    rules: list[TouchedRule]
    candidates: list[Proposed]
    closers: list[Closer]
