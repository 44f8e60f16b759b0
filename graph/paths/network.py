"""Analyses of an area's network by networkx: centrality, groups, cut points, dependence.

The network is a bounded projection: bodies, units, teams, stations and persons,
joined by co-building and by posts, without direction. What the figures mean: docs/plans.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import networkx as nx

from graph.catalogue import Query
from graph.errors import BadParameter
from graph.model import label_of
from graph.paths.shapes import Analysis, AnalysisRow, CentralityRow, CutPointRow, DependenceRow, GroupRow
from graph.reading.answer import Answer
from graph.reading.areas import require_area
from graph.reading.graph import Graph
from graph.reading.names import read_names
from graph.reading.rows import row_as
from graph.store import Row

MAX_EDGES = 20_000
MAX_QUARTERS = 500
MAX_PATHS = 10_000
"""Of one quarter; more and the analysis says that it was cut."""
SEED = 0
"""Louvain shuffles; with one seed the same network has the same groups."""
SHAPES: dict[Analysis, type[AnalysisRow]] = {
    "centrality": CentralityRow,
    "groups": GroupRow,
    "cut_points": CutPointRow,
    "dependence": DependenceRow,
}
KINDS = tuple(SHAPES)


@dataclass(frozen=True)
class _Asked:
    kind: Analysis
    area: str
    day: date


async def analyse(
    graph: Graph, kind: Analysis, area: str, *, as_of: date | None = None
) -> Answer[list[AnalysisRow]]:
    """Rows of one of `KINDS`, each with node, label and name (withheld for persons if masked).

    `centrality`: ties, degree, betweenness (both from 0 to 1). `groups`: group (1 is the
    largest), size, modularity of the whole division. `cut_points`: parts that are left without
    the node, cut_off (nodes that lose the largest part). `dependence`: quarter, quarter_name,
    category, paths, resources: the node is on every path from that quarter to a resource of that
    category. Raises `NotFound`, `BadParameter`.
    """
    if kind not in KINDS:
        words = "、".join(KINDS)
        raise BadParameter(f"kind 应为：{words}。", f"kind is one of {words}.", subject="kind")
    asked = _Asked(kind, area, graph.day(as_of))
    await require_area(graph, area, asked.day)
    if kind == "dependence":
        return await _dependence(graph, asked)
    queries = [graph.catalogue[name] for name in ("co_building", "area_posts")]
    given = {"area": area, "as_of": asked.day}
    version, (ties, posts) = await graph.read([q.select(graph.bind_known(q, given)) for q in queries])
    pairs = [(r["member"], r["organization"]) for r in ties]
    pairs += [(r["person"], r["body"]) for r in posts]
    network = make_network(pairs[:MAX_EDGES])
    rows = {"centrality": rank_central, "groups": find_groups, "cut_points": find_cut_points}[kind](network)
    answer = await _named(graph, rows, queries, version, asked)
    return Answer(answer.data, replace(answer.stamp, truncated=len(pairs) > MAX_EDGES))


def make_network(pairs: Iterable[tuple[str, str]]) -> nx.Graph[str]:
    """Nodes joined once each, in a fixed order."""
    network: nx.Graph[str] = nx.Graph()
    network.add_edges_from(sorted(set(pairs)))
    return network


def rank_central(network: nx.Graph[str]) -> list[Row]:
    """The most between first: nodes that stand on most shortest ways of others."""
    between = nx.betweenness_centrality(network)
    degree = nx.degree_centrality(network)
    rows = [
        {"node": n, "ties": network.degree[n], "degree": degree[n], "betweenness": between[n]}
        for n in network
    ]
    return sorted(rows, key=lambda r: (-r["betweenness"], -r["ties"], r["node"]))


def find_groups(network: nx.Graph[str]) -> list[Row]:
    """Louvain's division into groups that are tied more within than without."""
    if not network:
        return []
    found = nx.community.louvain_communities(network, seed=SEED)
    groups = sorted(found, key=lambda g: (-len(g), min(g)))
    modularity = nx.community.modularity(network, groups)
    return [
        {"node": node, "group": number, "size": len(group), "modularity": modularity}
        for number, group in enumerate(groups, start=1)
        for node in sorted(group)
    ]


def find_cut_points(network: nx.Graph[str]) -> list[Row]:
    """Nodes without which their part of the network falls apart, most serious first."""
    rows = []
    for node in nx.articulation_points(network):
        part = nx.node_connected_component(network, node)
        rest = network.subgraph(part - {node})
        sizes = [len(c) for c in nx.connected_components(rest)]
        rows.append({"node": node, "parts": len(sizes), "cut_off": sum(sizes) - max(sizes)})
    return sorted(rows, key=lambda r: (-r["cut_off"], -r["parts"], r["node"]))


async def _dependence(graph: Graph, asked: _Asked) -> Answer[list[AnalysisRow]]:
    """Nodes on every resource path of a quarter and category."""
    listing, walk = graph.catalogue["quarters"], graph.catalogue["resource_paths"]
    given = {"area": asked.area, "as_of": asked.day}
    quarters = (await graph.ask(listing, given)).data
    cut = len(quarters) > MAX_QUARTERS
    ids = [row["quarter"] for row in quarters[:MAX_QUARTERS]]
    statements = [walk.select(graph.bind_known(walk, given, {"source": q, "k": MAX_PATHS})) for q in ids]
    version, results = await graph.read(statements)
    cut = cut or any(len(paths) == MAX_PATHS for paths in results)
    rows = [row for q, paths in zip(ids, results, strict=True) for row in find_needed(q, paths)]
    answer = await _named(graph, rows, [listing, walk], version, asked)
    return Answer(answer.data, replace(answer.stamp, truncated=cut))


def find_needed(quarter: str, paths: Sequence[Row]) -> list[Row]:
    """What stands on every path from a quarter to the resources of a category; no places."""
    by_category: dict[str, list[Row]] = defaultdict(list)
    for path in paths:
        by_category[path["category"]].append(path)
    rows = []
    for category, found in sorted(by_category.items()):
        always = set.intersection(*(set(path["nodes"]) for path in found))
        resources = len({path["resource"] for path in found})
        rows += [
            {
                "quarter": quarter,
                "category": category,
                "node": node,
                "paths": len(found),
                "resources": resources,
            }
            for node in sorted(always)
            if label_of(node) not in ("Area", "Quarter", "Building")
        ]
    return rows


async def _named(
    graph: Graph, rows: Sequence[Row], queries: Sequence[Query], version: int, asked: _Asked
) -> Answer[list[AnalysisRow]]:
    ids = {r[key] for r in rows for key in ("node", "quarter") if key in r}
    names = await read_names(graph, ids)
    data: list[AnalysisRow] = []
    for row in rows:
        named: Row = {"node": row["node"], "label": label_of(row["node"])}
        named["name"] = names.get(row["node"], {}).get("name")
        if "quarter" in row:
            named["quarter_name"] = names.get(row["quarter"], {}).get("name")
        data.append(row_as(SHAPES[asked.kind], named | row))
    parameters = {"area": asked.area, "as_of": asked.day}
    return Answer(data, graph.stamp(queries, parameters, version, len(data)))
