"""Rows of paths, chains, connections and analyses."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

_HopHead = TypedDict("_HopHead", {"from": str})


class Hop(_HopHead):
    """路径的一步。 One hop, as it is walked; the sentence is told as the edge points."""

    edge: str
    type: str
    cost: int
    from_name: str | None
    to: str
    to_name: str | None
    since: date | None
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

    rank: int
    cost: int
    costs: dict[str, int]
    nodes: list[Stop]
    hops: list[Hop]
    sentence_zh: str
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
    resource_name: str
    category: str
    provider: str
    provider_name: str
    capacity: Room | None


class WhyNot(TypedDict):
    """没有路径的原因。 Why there is none; `hop` is the first that is blocked, `hops` lead to it."""

    reason: Literal["ended", "not_begun", "full", "closed", "other_area", "not_recorded", "not_known_what"]
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
    source_name: str | None
    verdict: Literal["found", "none", "unknown"]
    missing: list[str]
    paths: list[PathShape]
    why_not: WhyNot | None


class WaysShape(TypedDict):
    """两端之间的路径。 Ways between two nodes; `not_walked` are edge types that are withheld."""

    source: str
    source_name: str | None
    target: str
    target_name: str | None
    verdict: Literal["found", "none", "unknown"]
    paths: list[Way]
    not_walked: list[str]
    truncated: bool


@with_config(ConfigDict(extra="forbid"))
class _AnalysisRow(TypedDict):
    node: str
    label: str
    name: str | None


class CentralityRow(_AnalysisRow):
    """中心性。 Ties, and centralities from 0 to 1."""

    ties: int
    degree: float
    betweenness: float


class GroupRow(_AnalysisRow):
    """分组。 The group of a node; 1 is the largest."""

    group: int
    size: int
    modularity: float


class CutPointRow(_AnalysisRow):
    """关键节点。 What falls apart without the node."""

    parts: int
    cut_off: int


class DependenceRow(_AnalysisRow):
    """依赖关系。 A node on every path of a quarter to resources of a category."""

    quarter: str
    quarter_name: str | None
    category: str
    paths: int
    resources: int


AnalysisRow = CentralityRow | GroupRow | CutPointRow | DependenceRow
