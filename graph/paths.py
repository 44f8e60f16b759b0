"""Resource paths: from a need or quarter to resources, each hop with its edge, date and source.

Above answers; the catalogue's `resource_paths` finds them, this module tells them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from graph.answers import Answer, Graph
from graph.errors import BadParameter
from graph.explore import read_node
from graph.model import OPEN_START, walk_cost
from graph.modelling.vocabulary import ResourceCategory
from graph.store import Row

MAX_PATHS = 50

_TELL: dict[tuple[str, bool], tuple[str, str]] = {
    ("CONCERNS", True): ("“{a}”涉及“{b}”", "{a} concerns {b}"),
    ("PART_OF", True): ("“{a}”属于“{b}”", "{a} is part of {b}"),
    ("COVERS", False): ("“{a}”由“{b}”覆盖", "{a} is covered by {b}"),
    ("SERVES", False): ("“{b}”服务“{a}”", "{b} serves {a}"),
    ("CO_BUILDS", False): ("“{b}”与“{a}”共建", "{b} co-builds with {a}"),
    ("OFFERS", True): ("“{a}”提供“{b}”", "{a} offers {b}"),
}
"""How a hop from a to b is told, by edge type and whether the edge points the same way."""


async def find_paths(
    graph: Graph,
    source: str,
    *,
    category: str | None = None,
    k: int = 5,
    as_of: date | None = None,
) -> Answer:
    """The `k` cheapest paths; `data` is `{source, verdict, missing, paths}`.

    `verdict` is `found`, `none` (the registers of resources and of co-building are complete
    here, and there is no path) or `unknown` (they are not; `missing` says which). Each path:
    rank, resource, resource_name, category, provider, provider_name, cost, hops, sentence_zh,
    sentence_en. Each hop: edge, type, cost, from, from_name, to, to_name, since, source,
    sentence_zh, sentence_en. Raises `NotFound`, `BadParameter`.
    """
    if not 1 <= k <= MAX_PATHS:
        raise BadParameter(f"k 应在 1 到 {MAX_PATHS} 之间。", f"k is from 1 to {MAX_PATHS}.",
                           subject="k")  # fmt: skip
    if category is not None and category not in set(ResourceCategory):
        words = "、".join(f"{c.value} {c.zh}" for c in ResourceCategory)
        raise BadParameter(f"没有资源类别 {category!r}；可用：{words}。",
                           f"no resource category {category!r}; known: {words}.",
                           subject="category")  # fmt: skip
    node = await read_node(graph, source)
    if node.data["label"] not in ("Need", "Quarter"):
        zh, en = "source 应为需求或小区的编号。", "source is the id of a need or of a quarter."
        raise BadParameter(zh, en, subject="source")
    query, registers = graph.catalogue["resource_paths"], graph.catalogue["path_registers"]
    given = {"source": source, "category": category, "k": k, "as_of": as_of or graph.today()}
    parameters = query.bind(given, today=graph.today())
    statements = [(query.text, parameters), (registers.text, graph.bind_known(registers, given))]
    version, (rows, closed) = await graph.read(statements)
    missing = [f"{r['subject']}@{r['place']}" for r in closed if not r["complete"]]
    verdict = "found" if rows else ("unknown" if missing else "none")
    data = {
        "source": source,
        "source_name": node.data["properties"].get("name"),
        "verdict": verdict,
        "missing": [] if rows else missing,
        "paths": [_path(rank, row) for rank, row in enumerate(rows, start=1)],
    }
    return Answer(data, graph.stamp([query, registers], parameters, version, len(rows)))


def _path(rank: int, row: Row) -> dict[str, Any]:
    hops = [_hop(row, i) for i in range(len(row["edges"]))]
    keys = ("resource", "resource_name", "category", "provider", "provider_name", "cost")
    return {
        "rank": rank,
        **{key: row[key] for key in keys},
        "hops": hops,
        "sentence_zh": "；".join(h["sentence_zh"] for h in hops) + "。",
        "sentence_en": "; ".join(h["sentence_en"] for h in hops) + ".",
    }


def _hop(row: Mapping[str, Sequence[Any]], i: int) -> dict[str, Any]:
    edge, type_ = row["edges"][i], row["types"][i]
    here, there = row["nodes"][i], row["nodes"][i + 1]
    names = {"a": row["names"][i], "b": row["names"][i + 1]}
    along = edge.startswith(f"{here}~")
    zh, en = _TELL[type_, along]
    since = row["starts"][i]
    known = since > OPEN_START
    when_zh = f"自 {since} 起" if known else "起始日不详"
    when_en = f"since {since}" if known else "start not known"
    told_from = row["sources"][i]
    return {
        "edge": edge,
        "type": type_,
        "cost": walk_cost(type_),
        "from": here,
        "from_name": names["a"],
        "to": there,
        "to_name": names["b"],
        "since": since if known else None,
        "source": told_from,
        "sentence_zh": f"{zh.format(**names)}（{when_zh}，据 {told_from}）",
        "sentence_en": f"{en.format(**names)} ({when_en}, source {told_from})",
    }


async def find_paths_of_area(
    graph: Graph, area: str, *, category: str | None = None, k: int = 1, as_of: date | None = None
) -> list[Answer]:
    """The paths of every open need of an area; of every quarter where no need is on record."""
    day = as_of or graph.today()
    given = {"area": area, "as_of": day}
    needs = (await graph.ask(graph.catalogue["needs"], given)).data
    sources = [row["need"] for row in needs]
    if not sources:
        quarters = (await graph.ask(graph.catalogue["quarters"], given)).data
        sources = [row["quarter"] for row in quarters]
    return [
        await find_paths(graph, source, category=category, k=k, as_of=day)
        for source in dict.fromkeys(sources)
    ]
