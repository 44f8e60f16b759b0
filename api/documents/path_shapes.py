"""Shapes of paths, chains and connections; for the OpenAPI document."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field


class Hop(BaseModel):
    """路径的一步。 One hop, as it is walked; the sentence is told as the edge points."""

    edge: str
    type: str
    cost: int
    from_: str = Field(alias="from")
    from_name: str | None
    to: str
    to_name: str | None
    since: date | None
    source: str
    sentence_zh: str
    sentence_en: str


class Stop(BaseModel):
    """途经的节点。 A node on the way."""

    id: str
    label: str
    name: str | None


class Way(BaseModel):
    """一条路径。 One way; `costs` gives its cost by edge type."""

    rank: int
    cost: int
    costs: dict[str, int]
    nodes: list[Stop]
    hops: list[Hop]
    sentence_zh: str
    sentence_en: str


class Room(BaseModel):
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


class WhyNot(BaseModel):
    """没有路径的原因。 Why there is none; `hop` is the first that is blocked, `hops` lead to it."""

    reason: Literal["ended", "not_begun", "full", "closed", "other_area", "not_recorded", "not_known_what"]
    sentence_zh: str
    sentence_en: str
    hop: Hop | None
    hops: list[Hop]
    resource: str | None
    provider: str | None
    area: str | None


class PathsShape(BaseModel):
    """到资源的路径。 Paths to resources; `missing` says why unknown, `why_not` why none."""

    source: str
    source_name: str | None
    verdict: Literal["found", "none", "unknown"]
    missing: list[str]
    paths: list[PathShape]
    why_not: WhyNot | None


class WaysShape(BaseModel):
    """两端之间的路径。 Ways between two nodes; `not_walked` are edge types that are withheld."""

    source: str
    source_name: str | None
    target: str
    target_name: str | None
    verdict: Literal["found", "none", "unknown"]
    paths: list[Way]
    not_walked: list[str]
    truncated: bool
