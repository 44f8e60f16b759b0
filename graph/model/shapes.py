"""The model as data: node types, edge types, enumerations."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from graph.model.base import Flag, PropertyKind


class PropertyShape(TypedDict):
    """属性。 A property of the model."""

    name: str
    type: PropertyKind
    enumeration: str | None
    required: bool
    zh: str
    en: str
    unit: str | None
    flag: Flag | None


class NodeType(TypedDict):
    """节点类型。 A node type; `prefix` begins its ids."""

    label: str
    zh: str
    en: str
    prefix: str
    body: bool
    properties: list[PropertyShape]


_EndsHead = TypedDict("_EndsHead", {"from": list[str]})


class Ends(_EndsHead):
    """可连接的两端。 Which labels an edge may join."""

    to: list[str]


class WalkShape(TypedDict):
    """资源路径如何经过。 How resource paths walk an edge."""

    direction: Literal["up", "down", "out"]
    cost: int
    at: list[str]
    out: bool


class EdgeType(TypedDict):
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


class TermShape(TypedDict):
    """枚举值。 A value and its Chinese name."""

    value: str
    zh: str


class ModelShape(TypedDict):
    """模型。 The model."""

    nodes: list[NodeType]
    edges: list[EdgeType]
    enumerations: dict[str, list[TermShape]]
    posts: dict[str, list[str]]
    cross_appointing_posts: dict[str, list[str]]
    open_start: Annotated[str, Field(json_schema_extra={"format": "date"})]
    open_end: Annotated[str, Field(json_schema_extra={"format": "date"})]
