"""Why there is no path: the first blocking hop of the best near-path, or what lies elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graph.catalogue import Query
from graph.model import label_of
from graph.model.vocabulary import ResourceCategory
from graph.paths.hops import make_hop_of_row, shown
from graph.paths.shapes import Hop, Reason, WhyNot
from graph.reading.graph import Graph
from graph.store import Row

NEAR_LEVELS = (0, 1, 2, 3, 4)
"""How many levels up something that a resource's provider is tied to is looked for, before everywhere."""


async def explain_none(
    graph: Graph, query: Query, given: Mapping[str, Any], registers: Sequence[Row], source: Mapping[str, Any]
) -> WhyNot:
    """Why `query` with `given` found nothing.

    `reason` is `ended`, `not_begun` or `full` (with `hop`, the first hop that is blocked, and
    `hops`, the way up to and over it), `closed` (the need is), `other_area` (a resource exists,
    but no tie leads to it), `not_recorded` (none is on record as being offered) or
    `not_known_what` (the need does not say what would meet it).
    """
    categories = _wanted(given, source)
    if categories == []:
        return _reason(
            "not_known_what",
            "没有记录哪类资源可以对接这项需求。",
            "what kind of resource would meet this need is not on record.",
        )
    asked = query.bind({**given, "near": True, "k": 1}, today=graph.today())
    _, (near,) = await graph.read([query.select(asked)])
    if near:
        return _blocked(near[0], source)
    for place, name in {r["place"]: r["place_name"] for r in registers}.items():
        sought = {"place": place, "categories": categories} | {n: given[n] for n in ("targets", "as_of")}
        found = await _nearest(graph, sought)
        if found:
            return _elsewhere(found[0], place, name)
    zh = {c.value: c.zh for c in ResourceCategory}
    words = "、".join(zh[c] for c in categories or ()) or "任何类别"
    return _reason(
        "not_recorded",
        f"没有记录到正在提供的资源（{words}）。",
        f"no resource ({', '.join(categories or ()) or 'any category'}) is on record as offered.",
    )


async def _nearest(graph: Graph, sought: Mapping[str, Any]) -> Sequence[Row]:
    """The nearest resource elsewhere, looked for level by level: most lie near, and all would be many."""
    elsewhere = graph.catalogue["resources_elsewhere"]
    for levels in (*NEAR_LEVELS, None):
        found = (await graph.ask(elsewhere, {**sought, "levels": levels, "k": 1})).data
        if found:
            return found
    return []


def _wanted(given: Mapping[str, Any], source: Mapping[str, Any]) -> list[str] | None:
    """The categories asked for; None: any; an empty list: the need does not say."""
    if given["category"] is not None:
        return [given["category"]]
    if label_of(source["id"]) == "Need":
        return list(source.get("resource_categories") or [])
    return None


def _blocked(row: Row, source: Mapping[str, Any]) -> WhyNot:
    """The first hop of a near-path that cannot be walked today."""
    at = next(i for i, block in enumerate(row["blocks"]) if block is not None)
    reason = row["blocks"][at]
    names = dict(zip(row["nodes"], row["names"], strict=True))
    if source.get("name"):
        names.setdefault(str(source["id"]), str(source["name"]))
    hops = [make_hop_of_row(row, i, names) for i in range(at + 1)]
    hop = hops[at]
    zh, en = hop["sentence_zh"], hop["sentence_en"]
    if row["types"][at] == "CONCERNS" and reason == "ended":
        reason = "closed"
        # The end of a need may be the day on which it was first known to be settled.
        sentences = (
            f"这项需求至 {row['ends'][at]} 已办结。",
            f"this need had been closed by {row['ends'][at]}.",
        )
    elif reason == "ended":
        sentences = (
            f"最近的路径断在：{zh}，已于 {row['ends'][at]} 终止。",
            f"the nearest way is broken at: {en}, which ended on {row['ends'][at]}.",
        )
    elif reason == "not_begun":
        sentences = (
            f"最近的路径断在：{zh}，当日尚未开始。",
            f"the nearest way is broken at: {en}, which had not begun.",
        )
    else:
        unit = row["capacity_unit"] or ""
        sentences = (
            f"最近的资源“{row['resource_name']}”已满：容量 {row['capacity']:.15g}{unit}，"
            f"已知用量 {row['used']:.15g}{unit}。",
            f"the nearest resource, {row['resource_name']}, is full: capacity "
            f"{row['capacity']:.15g} {unit}, known to be in use {row['used']:.15g}.",
        )
    return _reason(reason, *sentences, hops=hops, resource=row["resource"], provider=row["provider"])


def _elsewhere(row: Row, place: str, name: str | None) -> WhyNot:
    here = shown(place, {place: name}, "")
    offer = f"“{row['provider_name']}”提供“{row['resource_name']}”"
    offer_en = f"{row['provider_name']} offers {row['resource_name']}"
    where, where_en = "没有记录它联系哪里", "where it works is not on record"
    if row["area"] is not None:
        where = f"它联系的是{row['area_name']}的“{row['place_name']}”"
        where_en = f"it works at {row['place_name']} in {row['area_name']}"
    elif row["place"] is not None:
        where = f"它联系的是“{row['place_name']}”，不在同一辖区"
        where_en = f"it works at {row['place_name']}, in another area"
    zh = (
        f"最近的同类资源：{offer}（据 {row['source']}）；{where}，"
        f"与“{here}”及其上三级没有覆盖、服务或共建关系。"
    )
    en = (
        f"the nearest resource of the kind: {offer_en} (source {row['source']}); {where_en}, and "
        f"no tie of covering, serving or co-building joins it to {here} or the three levels above."
    )
    return _reason("other_area", zh, en, resource=row["resource"], provider=row["provider"], area=row["area"])


def _reason(
    reason: Reason,
    zh: str,
    en: str,
    *,
    hops: Sequence[Hop] = (),
    resource: str | None = None,
    provider: str | None = None,
    area: str | None = None,
) -> WhyNot:
    return {
        "reason": reason,
        "sentence_zh": zh,
        "sentence_en": en,
        "hop": hops[-1] if hops else None,
        "hops": list(hops),
        "resource": resource,
        "provider": provider,
        "area": area,
    }
