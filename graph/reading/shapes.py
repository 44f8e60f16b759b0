"""Rows of reading: nodes, neighbours, areas, places."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from typing_extensions import TypedDict

Withheld = Literal["＊＊＊"]
"""In place of a value that the caller may not see; null says that it is not known."""


class NodeShape(TypedDict):
    """节点。 A node; `masked` names the properties that are withheld."""

    id: str
    label: str
    label_zh: str
    properties: dict[str, Any]
    masked: list[str]


class NeighbourRow(TypedDict):
    """一条关系及其另一端。 One edge and its other end."""

    edge: str
    type: str
    type_zh: str
    direction: Literal["out", "in"]
    other: str
    other_label: str
    other_name: str | None
    properties: dict[str, Any]


class FoundRow(TypedDict):
    """查到的节点。 A node that was found."""

    id: str
    name: str
    label: str
    label_zh: str


class AreaRow(TypedDict):
    """行政区域。 An area and the one above it."""

    area: str
    name: str
    level: str
    code: str | None
    parent: str | None
    synthetic: bool


class AreaName(TypedDict):
    """编号与名称。 Id and name."""

    area: str
    name: str | None


class BodyRow(TypedDict):
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


class PlaceRow(TypedDict):
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


class QuestionShape(TypedDict):
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
