"""The shapes of what the service says of itself: queries, rules, places, the model.

Beside `api.documents.envelope_shapes`, and like those for the OpenAPI document only.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, Field

from graph.catalogue.parameters import Kind
from graph.catalogue.profiles import Severity

Flag = Literal["personal", "sensitive"]


class ParameterShape(BaseModel):
    """查询的参数。 A declared parameter; the default `today` is the day of the request."""

    name: str
    type: Kind
    required: bool
    default: Any
    en: str
    zh: str


class ColumnShape(BaseModel):
    """查询的列。 A column; flagged ones are masked."""

    name: str
    flag: Flag | None


class QueryShape(BaseModel):
    """查询的接口。 The interface of a query."""

    name: str
    folder: Literal["queries", "coverage", "paths", "rules", "candidates", "closers"]
    title: str
    title_zh: str
    about: str | None
    about_zh: str | None
    parameters: list[ParameterShape]
    columns: list[ColumnShape]
    source: str
    revision: str


class QueryDetail(QueryShape):
    """查询的接口与文本。 Interface and text."""

    text: str


class RuleShape(QueryShape):
    """规则的接口。 The interface of a rule; `verified` says how far its source was checked."""

    code: str
    severity_lowest: Severity
    severity_highest: Severity
    identity: list[str]
    verified: str
    version: str


class RuleSettings(BaseModel):
    """规则集对规则的设置。 How a profile sets a rule; `set_by` names where each value is from."""

    profile: str
    title: str
    title_zh: str
    area: str | None
    on: bool
    severity: Severity
    params: dict[str, Any]
    source: str
    source_zh: str
    set_by: dict[str, str]


class RuleDetail(RuleShape):
    """规则全文。 A rule with its text and every profile's settings."""

    text: str
    profiles: list[RuleSettings]


class PlaceRow(BaseModel):
    """已导入的地方。 A loaded place and its delivery."""

    name: str
    name_zh: str
    area: str | None
    profile: str | None
    synthetic: bool
    source: str | None
    batch: str | None
    delivered_on: date | None
    loaded_at: str | None
    nodes: int | None
    edges: int | None


class QuestionShape(BaseModel):
    """该地的一个问题及答案。 A question of the place, answered now."""

    zh: str
    en: str
    query: str
    params: dict[str, Any]
    quote: str
    rows: list[dict[str, Any]]


class PlaceShape(PlaceRow):
    """地方概况。 A place with its published figures and its own questions."""

    claims: list[dict[str, Any]]
    questions: list[QuestionShape]


class PropertyShape(BaseModel):
    """属性。 A property of the model."""

    name: str
    type: Literal["text", "int", "float", "bool", "date", "enum", "list"]
    enumeration: str | None
    required: bool
    zh: str
    en: str
    unit: str | None
    flag: Flag | None


class NodeType(BaseModel):
    """节点类型。 A node type; `prefix` begins its ids."""

    label: str
    zh: str
    en: str
    prefix: str
    body: bool
    properties: list[PropertyShape]


class Ends(BaseModel):
    """可连接的两端。 Which labels an edge may join."""

    from_: list[str] = Field(alias="from")
    to: list[str]


class WalkShape(BaseModel):
    """资源路径如何经过。 How resource paths walk an edge."""

    direction: Literal["up", "down", "out"]
    cost: int
    at: list[str]
    out: bool


class EdgeType(BaseModel):
    """关系类型。 An edge type; `flag` says that its very existence is personal or sensitive."""

    type: str
    zh: str
    en: str
    ends: list[Ends]
    key: str | None
    flag: Flag | None
    walk: WalkShape | None
    chain: int | None
    tie: int | None
    acyclic: bool
    derived: bool
    properties: list[PropertyShape]


class TermShape(BaseModel):
    """枚举值。 A value and its Chinese name."""

    value: str
    zh: str


class ModelShape(BaseModel):
    """模型。 The model."""

    nodes: list[NodeType]
    edges: list[EdgeType]
    enumerations: dict[str, list[TermShape]]
    posts: dict[str, list[str]]
    cross_appointing_posts: dict[str, list[str]]
    open_start: date
    open_end: date
