"""Contact chains over posts, and connections between any two nodes.

Edges and their costs are those that the model declares as `chain` and as `tie`; both are walked
either way. The search is networkx's, on what lies between the two ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

import networkx as nx

from graph.errors import BadParameter
from graph.model import EDGES, label_of
from graph.paths.frontier import Between, read_between
from graph.paths.hops import make_hop, make_way
from graph.paths.shapes import Hop, Reached, WaysShape
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.names import read_names
from graph.reading.nodes import read_node

MAX_HOPS = 8
MAX_FOUND = 50
CHAIN_ENDS = (
    "Person",
    "PartyOrganization",
    "ResidentsCommittee",
    "OwnersCommittee",
    "SupervisionCommittee",
    "PropertyProject",
    "PropertyFirm",
    "Unit",
    "Team",
    "ServiceStation",
)


async def find_chains(
    graph: Graph, source: str, target: str, *, k: int = 3, max_hops: int = 6, as_of: date | None = None
) -> Answer[WaysShape]:
    """Who can introduce `source` to `target`: persons and bodies, by posts and subordination.

    Employment is walked only where personal data may be shown;
    `not_walked` says so. Raises `NotFound`, `BadParameter`.
    """
    for name, end in (("source", source), ("target", target)):
        if label_of(end) not in CHAIN_ENDS:
            raise BadParameter(
                f"{name} 应为人员、组织或单位的编号。",
                f"{name} is the id of a person, body or unit.",
                subject=name,
            )
    costs = {t: e.chain for t, e in EDGES.items() if e.chain is not None}
    asked = _Asked(source, target, costs, k, max_hops, graph.day(as_of))
    return await _find(graph, asked)


async def find_connections(
    graph: Graph, source: str, target: str, *, k: int = 3, max_hops: int = 6, as_of: date | None = None
) -> Answer[WaysShape]:
    """The `k` cheapest different ways between any two nodes.

    `verdict` is `found`, `none` (nothing on record joins them
    within `max_hops` hops) or `unknown` (the search was cut at its size limit, `truncated`).
    Ways that pass no ties but recorded ones: a tie that is not on record is not seen. Raises
    `NotFound`, `BadParameter`.
    """
    costs = {t: e.tie for t, e in EDGES.items() if e.tie is not None}
    asked = _Asked(source, target, costs, k, max_hops, graph.day(as_of))
    return await _find(graph, asked)


@dataclass(frozen=True)
class _Asked:
    source: str
    target: str
    costs: dict[str, int]
    k: int
    max_hops: int
    day: date


async def _find(graph: Graph, asked: _Asked) -> Answer[WaysShape]:
    _check(asked)
    source, target = asked.source, asked.target
    ends = [(await read_node(graph, node)).data["properties"].get("name") for node in (source, target)]
    not_walked = sorted(t for t in asked.costs if not graph.viewer.sees_type(t))
    walked = {t: c for t, c in asked.costs.items() if t not in not_walked}
    between = await read_between(
        graph,
        source,
        target,
        walked,
        max_hops=asked.max_hops,
        day=asked.day,
        enough=lambda found, hops: _is_enough(found, asked, hops),
    )
    ways = list(_cheapest(between, asked))
    names = await read_names(graph, {n for w in ways for n in w})
    known = {n: row["name"] for n, row in names.items()}
    paths = [
        make_way(rank, [_hop(between, a, b, known) for a, b in pairwise(way)])
        for rank, way in enumerate(ways, start=1)
    ]
    verdict: Reached = "found" if paths else ("unknown" if between.truncated else "none")
    data: WaysShape = {
        "source": source,
        "source_name": ends[0],
        "target": target,
        "target_name": ends[1],
        "verdict": verdict,
        "paths": paths,
        "not_walked": not_walked,
        "truncated": between.truncated,
    }
    parameters = {
        "source": source,
        "target": target,
        "k": asked.k,
        "max_hops": asked.max_hops,
        "as_of": asked.day,
    }
    stamp = graph.stamp([], parameters, between.version, len(paths))
    return Answer(data, replace(stamp, truncated=between.truncated))


def _is_enough(between: Between, asked: _Asked, hops: int) -> bool:
    """Whether what is still unread, ways of more than `hops` hops, cannot be among the answers.

    A hop costs at least 1, so such a way costs more than `hops`.
    """
    if not nx.has_path(between.graph, asked.source, asked.target):
        return False
    costs = [nx.path_weight(between.graph, way, "cost") for way in _cheapest(between, asked)]
    return len(costs) == asked.k and costs[-1] <= hops


def _check(asked: _Asked) -> None:
    if asked.source == asked.target:
        raise BadParameter("source 与 target 相同。", "source and target are the same.", subject="target")
    for name, value, most in (("k", asked.k, MAX_FOUND), ("max_hops", asked.max_hops, MAX_HOPS)):
        if not 1 <= value <= most:
            raise BadParameter(
                f"{name} 应在 1 到 {most} 之间。", f"{name} is from 1 to {most}.", subject=name
            )


def _cheapest(between: Between, asked: _Asked) -> Iterator[list[str]]:
    """Up to `k` ways of at most `max_hops` hops, the cheapest first."""
    dearest = asked.max_hops * max(asked.costs.values())
    found = 0
    try:
        for way in nx.shortest_simple_paths(between.graph, asked.source, asked.target, weight="cost"):
            if nx.path_weight(between.graph, way, "cost") > dearest:
                return
            if len(way) - 1 <= asked.max_hops:
                found += 1
                yield way
            if found == asked.k:
                return
    except nx.NetworkXNoPath:
        return


def _hop(between: Between, here: str, there: str, names: dict[str, Any]) -> Hop:
    edge = between.graph.edges[here, there]
    return make_hop(
        edge=edge["id"],
        type_=edge["type"],
        cost=edge["cost"],
        here=here,
        there=there,
        names=names,
        since=edge["since"],
        source=edge["source"],
        known=edge["since_known"],
        precision=edge["date_precision"],
    )
