"""The shapes of answers, for the OpenAPI document only: no answer passes through these classes.

Bottom of the API beside `api.http.problems`. Validating each row of an answer would cost more than
asking the graph; `tests/api` holds the shapes against real answers instead.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, Field

from graph.catalogue.profiles import Severity
from graph.reading.answer import Stamp

T = TypeVar("T")
Verdict = Literal["pass", "fail", "unknown", "not_possible", "not_applicable"]
State = Literal["covered", "gap", "unknown"]
ROWS = "其余列由该文件的 @returns 声明 / further columns as the file's @returns declares"


class Problem(BaseModel):
    """RFC 9457 问题文档。 A problem document."""

    type: str = Field(examples=["/problems/not-found"])
    title: str = Field(examples=["未找到 / Not found"])
    status: int = Field(examples=[404])
    detail: str
    instance: str = Field(examples=["/api/v1/nodes/q-990101-999"])
    code: str = Field(description="稳定的代码 / stable code", examples=["not_found"])
    detail_zh: str
    detail_en: str
    subject: str | None = Field(description="有问题的参数或对象 / the parameter or thing")


class PageInfo(BaseModel):
    """当前页。 Where the page stands."""

    next: str | None = Field(description="下一页的 cursor，末页为 null / cursor of the next page")
    total: int = Field(description="全部行数 / rows of the whole answer")


class Answered(BaseModel, Generic[T]):
    """数据与出处。 The data, and where they come from."""

    data: T
    stamp: Stamp


class Paged(BaseModel, Generic[T]):
    """一页数据与出处。 One page of the data, and where they come from."""

    data: T
    stamp: Stamp
    page: PageInfo


class NodeShape(BaseModel):
    """节点。 A node; `masked` names the properties that are withheld."""

    id: str
    label: str
    label_zh: str
    properties: dict[str, Any]
    masked: list[str]


class NeighbourRow(BaseModel):
    """一条关系及其另一端。 One edge and its other end."""

    edge: str
    type: str
    type_zh: str
    direction: Literal["out", "in"]
    other: str
    other_label: str
    other_name: str | None
    properties: dict[str, Any]


class FoundRow(BaseModel):
    """查到的节点。 A node that was found."""

    id: str
    name: str
    label: str
    label_zh: str


class AreaRow(BaseModel):
    """行政区域。 An area and the one above it."""

    area: str
    name: str
    level: str
    code: str | None
    parent: str | None
    synthetic: bool


class AreaName(BaseModel):
    """编号与名称。 Id and name."""

    area: str
    name: str | None


class BodyRow(BaseModel):
    """辖区内的组织。 A body in an area."""

    body: str
    type: str
    name: str
    tier: str | None
    level: str | None
    covers: Any


class AreaShape(NodeShape):
    """辖区概况。 An area, what it lies in, what lies in it, and the profile that applies."""

    above: list[AreaName]
    below: list[AreaRow]
    bodies: list[BodyRow]
    profile: str


class WaiverNote(BaseModel):
    """豁免。 Who lets a failing row stand, why, and until when (exclusive)."""

    id: str
    reason: str
    decided_by: str
    since: date
    until: date


class CheckRow(BaseModel):
    """一项核查结果。 One subject checked by one rule."""

    model_config = {"extra": "allow", "json_schema_extra": {"description": ROWS}}

    rule: str
    code: str
    title_zh: str
    severity: Severity | None
    profile: str
    subject: str
    subject_name: str | None
    area_name: str | None
    verdict: Verdict
    missing: list[str]
    evidence: list[str]
    finding: str
    reason_zh: str
    reason_en: str
    waiver: WaiverNote | None


class TallyRow(BaseModel):
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
    pass_: int = Field(alias="pass")
    not_applicable: int
    total: int


class Checks(BaseModel):
    """汇总与明细。 The tally over all rows of the question, and one page of the rows."""

    tally: list[TallyRow]
    rows: list[CheckRow]


class GraphShape(BaseModel):
    """图。 What the library of `format` loads: its own words, see docs/views.md."""

    model_config = {"extra": "allow"}

    directed: bool | None = Field(None, description="仅 cytoscape、nodelink / only there")
    nodes: list[dict[str, Any]] | None = Field(None, description="除 cytoscape 外 / but cytoscape")


class ColourRow(BaseModel):
    """一种颜色。 A colour of the legend."""

    colour_key: str
    colour: str = Field(examples=["#CC6677"])
    zh: str
    en: str


class NodeLegend(ColourRow):
    """一种节点。 How a node type is drawn."""

    node_type: str
    shape: str = Field(description="形状 / shape", examples=["circle"])


class EdgeLegend(ColourRow):
    """一种关系。 How an edge type is drawn."""

    edge_type: str
    line: Literal["solid", "dashed", "dotted"]


class LegendShape(BaseModel):
    """图例。 Colours, and how every node and edge type is drawn."""

    colours: list[ColourRow]
    nodes: list[NodeLegend]
    edges: list[EdgeLegend]


class Health(BaseModel):
    """服务状态。 State of the service."""

    status: Literal["live", "ready"]
    data_version: int | None = None


def answers(shape: Any) -> dict[int | str, dict[str, Any]]:
    """The `responses` of an endpoint that answers in this shape."""
    return {200: {"model": shape, "description": "回答 / the answer"}}
