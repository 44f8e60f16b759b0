"""Rows of paths, chains, connections and analyses."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from graph.labels import Label

Reached = Literal["found", "none", "unknown"]
Analysis = Literal["centrality", "groups", "cut_points", "dependence"]
"""What is asked of the network of an area."""
Reason = Literal["ended", "not_begun", "full", "closed", "other_area", "not_recorded", "not_known_what"]
"""Why there is no path."""

_HopHead = TypedDict("_HopHead", {"from": str})


class Hop(_HopHead):
    """路径的一步。 One hop, as it is walked; the sentence reads as the edge points."""

    edge: str
    type: str
    cost: int
    from_name: str | None
    to: str
    to_name: str | None
    since: date | None
    since_known: bool
    date_precision: list[str]
    source: str
    sentence_zh: str
    sentence_en: str


class Stop(TypedDict):
    """途经的节点。 A node on the way."""

    id: str
    label: str
    name: str | None


class Way(TypedDict):
    """一条路径。 One way; `costs` gives its cost by edge type."""

    rank: Annotated[int, Label("序")]
    cost: Annotated[int, Label("远近")]
    costs: dict[str, int]
    nodes: list[Stop]
    hops: list[Hop]
    sentence_zh: Annotated[str, Label("路径")]
    sentence_en: str


class Room(TypedDict):
    """容量与已知用量。 Capacity, and what is known to be in use of it."""

    capacity: float
    unit: str | None
    used: float
    use_known: bool


class PathShape(Way):
    """一条资源路径。 One path to a resource; no capacity on record: null."""

    resource: str
    resource_name: Annotated[str, Label("资源")]
    category: Annotated[str, Label("类别")]
    provider: str
    provider_name: Annotated[str, Label("提供者")]
    capacity: Room | None


class WhyNot(TypedDict):
    """没有路径的原因。 Why there is none; `hop` is the first that is blocked, `hops` lead to it."""

    reason: Reason
    sentence_zh: str
    sentence_en: str
    hop: Hop | None
    hops: list[Hop]
    resource: str | None
    provider: str | None
    area: str | None


class PathsShape(TypedDict):
    """到资源的路径。 Paths to resources; `missing` says why unknown, `why_not` why none."""

    source: str
    source_name: Annotated[str | None, Label("起点")]
    verdict: Annotated[Reached, Label("结论")]
    missing: Annotated[list[str], Label("缺什么台账")]
    paths: list[PathShape]
    why_not: Annotated[WhyNot | None, Label("为什么没有")]


class WaysShape(TypedDict):
    """两端之间的路径。 Ways between two nodes; `not_walked` are edge types that are withheld."""

    source: str
    source_name: str | None
    target: str
    target_name: str | None
    verdict: Reached
    paths: list[Way]
    not_walked: Annotated[list[str], Label("未走的关系（个人信息）")]
    truncated: Annotated[bool, Label("未查完")]


@with_config(ConfigDict(extra="forbid"))
class _AnalysisRow(TypedDict):
    node: Annotated[str, Label("编号")]
    label: str
    name: Annotated[str | None, Label("名称")]


class CentralityRow(_AnalysisRow):
    """中心性。 Ties, and centralities from 0 to 1."""

    ties: Annotated[int, Label("联系数")]
    degree: Annotated[float, Label("度中心性")]
    betweenness: Annotated[float, Label("中介中心性")]


class GroupRow(_AnalysisRow):
    """分组。 The group of a node; 1 is the largest."""

    group: Annotated[int, Label("组")]
    size: Annotated[int, Label("组内数")]
    modularity: float


class CutPointRow(_AnalysisRow):
    """关键节点。 What falls apart without the node."""

    parts: Annotated[int, Label("分成几块")]
    cut_off: Annotated[int, Label("失联数")]


class DependenceRow(_AnalysisRow):
    """依赖关系。 A node on every path of a quarter to resources of a category."""

    quarter: str
    quarter_name: Annotated[str | None, Label("小区")]
    category: Annotated[str, Label("资源类别")]
    paths: Annotated[int, Label("路径数")]
    resources: Annotated[int, Label("资源数")]


AnalysisRow = CentralityRow | GroupRow | CutPointRow | DependenceRow
