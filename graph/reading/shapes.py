"""Rows of reading: nodes, neighbours, areas, places."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from typing_extensions import TypedDict

from graph.labels import Label

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


class AreaName(TypedDict):
    """编号与名称。 Id and name."""

    area: str
    name: str | None


FoundBy = Literal[
    "number", "own_name", "other_name", "same_word", "kind", "without_suffix", "said", "pinyin", "initials"
]


class NearRow(TypedDict):
    """A thing with nearly the name that was looked for."""

    id: str
    name: str
    label_zh: str


class FoundRow(TypedDict):
    """查到的节点。 A node that was found.

    matched 为名称以外相符的文字；areas 为当日所在的各级辖区，由近及远。
    `matched` is what else than the name was met; `areas` are those above it on the day, nearest first.
    """

    id: Annotated[str, Label("编号")]
    name: Annotated[str, Label("名称")]
    label: str
    label_zh: Annotated[str, Label("类型")]
    found_by: FoundBy
    found_by_zh: Annotated[str, Label("依据")]
    matched: Annotated[str | None, Label("相符文字")]
    areas: list[AreaName]
    areas_zh: Annotated[str | None, Label("所在辖区")]


class AreaRow(TypedDict):
    """行政区域。 An area and the one above it."""

    area: str
    name: str
    level: str
    code: str | None
    parent: str | None
    synthetic: bool


class BodyRow(TypedDict):
    """辖区内的组织。 A body in an area."""

    body: str
    type: str
    name: str
    tier: str | None
    level: str | None
    covers: Any
    covers_names: Any


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


class PlaceQuestionShape(TypedDict):
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
    questions: list[PlaceQuestionShape]
