"""The one form in which every view is held before a format writes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph.model import EDGES, NODES, OPEN_END, OPEN_START, PostRole
from graph.model.precision import MARKS
from graph.model.vocabulary import TakingPart
from graph.store import Row

_ROLES = {**{t.value: t.zh for t in TakingPart}, **{t.value: t.zh for t in PostRole}}


@dataclass(frozen=True, slots=True)
class ViewNode:
    """A node: what it is called, where it belongs, where it stands if the view says so."""

    id: str
    node_type: str
    name: str
    kind: str | None = None
    level: str | None = None
    tier: str | None = None
    parent: str | None = None
    """The place it lies in or belongs to, if that is in the view and the only one of its sort."""
    ring: int | None = None
    masked: bool = False
    """Whether its name is withheld."""
    more: Mapping[str, int] = field(default_factory=dict)
    """By edge type, how many of its edges are not in the view; empty where they were not counted."""
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True, slots=True)
class ViewEdge:
    """An edge; `since` is None where it is not known, `until` where it has no end on record."""

    id: str
    edge_type: str
    source: str
    target: str
    since: date | None = None
    until: date | None = None
    ended: bool = False
    weight: int = 1
    roles: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    """Ids of the source documents."""
    date_precision: tuple[str, ...] = ()
    """Of which of its dates the month or year alone is known: `since:month`."""


@dataclass(frozen=True, slots=True)
class View:
    """Nodes and edges in a stable order; `about` says of what, for which day."""

    about: Mapping[str, Any]
    nodes: tuple[ViewNode, ...]
    edges: tuple[ViewEdge, ...]


def edge_of(row: Row, as_of: date) -> ViewEdge:
    """An edge from a row with edge, type, from, to, since, until, and if known source and role."""
    since, until = row["since"], row["until"]
    role = row.get("role")
    return ViewEdge(
        id=row["edge"],
        edge_type=row["type"],
        source=row["from"],
        target=row["to"],
        since=None if since is None or since == OPEN_START else since,
        until=None if until is None or until == OPEN_END else until,
        ended=until is not None and until <= as_of,
        roles=(role,) if role else (),
        documents=(row["source"],) if row.get("source") else (),
        date_precision=tuple(m for m in row.get(MARKS) or () if m.partition(":")[0] in ("since", "until")),
    )


def node_fields(node: ViewNode) -> dict[str, Any]:
    """What every format says of a node beside its id and place on the page; nothing unknown."""
    found = {
        "name": node.name,
        "node_type": node.node_type,
        "node_type_zh": NODES[node.node_type].zh,
        "kind": node.kind,
        "level": node.level,
        "tier": node.tier,
        "place": node.parent,
        "ring": node.ring,
        "masked": node.masked or None,
        "more": dict(node.more) or None,
    }
    return {k: v for k, v in found.items() if v is not None}


def edge_fields(edge: ViewEdge) -> dict[str, Any]:
    """What every format says of an edge beside its id and ends; nothing unknown, but whether the start is."""
    found = {
        "edge_type": edge.edge_type,
        "edge_type_zh": EDGES[edge.edge_type].zh,
        "since": edge.since,
        "since_known": edge.since is not None,
        "until": edge.until,
        "date_precision": list(edge.date_precision) or None,
        "ended": edge.ended or None,
        "weight": edge.weight,
        "roles": list(edge.roles) or None,
        "roles_zh": roles_zh(edge.roles) or None,
        "documents": list(edge.documents) or None,
    }
    return {k: v for k, v in found.items() if v is not None}


def edge_label(edge: ViewEdge) -> str:
    """What stands at an edge: its type, and the posts if it is one of posts."""
    roles = roles_zh(edge.roles)
    name = EDGES[edge.edge_type].zh
    return f"{name}：{roles}" if roles else name


def roles_zh(roles: Iterable[str]) -> str:
    """Roles in Chinese; the two posts of a cross-appointment are parted by `/`."""
    return "、".join("/".join(_ROLES.get(r, r) for r in role.split("/")) for role in roles)
