"""What `make run` shows of the graph: what is in it, and the three answers for every place."""

from __future__ import annotations

from typing import Any

from cli.output import console, make_table, warn_of_age
from graph.coverage.count import find_coverage
from graph.model import EDGES, NODES
from graph.model.words import COUNTED, STATES
from graph.paths import find_paths_of_area
from graph.reading.graph import Graph
from graph.reading.places import Place, read_places
from graph.rules.check import check_with_tally


async def print_summary(graph: Graph) -> None:
    """Print counts, coverage and verdicts by place, and one resource path."""
    places = await read_places(graph)
    if not places:
        console.print("图中还没有数据；请用 cobuild load --all 导入。/ The graph is empty.")
        return
    await _print_counts(graph)
    await _print_coverage(graph, places)
    await _print_verdicts(graph, places)
    await _print_path(graph, places)


async def _print_counts(graph: Graph) -> None:
    nodes = (await graph.ask(graph.catalogue["nodes_by_type"])).data
    answer = await graph.ask(graph.catalogue["edges_by_type"])
    edges = answer.data
    console.print(
        f"统计日期 {answer.stamp.as_of} · 数据版本 {answer.stamp.data_version} · "
        "以下各数均由目录中的查询得出，出处见 cobuild query 和各命令的末行",
        style="dim",
        highlight=False,
    )
    for row in nodes:
        row["zh"] = NODES[row["type"]].zh
    for row in edges:
        row["zh"] = EDGES[row["type"]].zh
    shared = {"zh": "类型", "type": "代码"}
    found = sum(row["nodes"] for row in nodes)
    title = f"节点 {found} 个（其中虚构 {sum(row['synthetic'] for row in nodes)} 个）"
    console.print(make_table(nodes, {**shared, "nodes": "数量", "synthetic": "其中虚构"}, title=title))
    found = sum(row["edges"] for row in edges)
    title = f"关系 {found} 条（其中虚构 {sum(row['synthetic'] for row in edges)} 条）"
    console.print(make_table(edges, {**shared, "edges": "数量", "synthetic": "其中虚构"}, title=title))


async def _print_coverage(graph: Graph, places: list[Place]) -> None:
    table: dict[str, dict[str, Any]] = {}
    for place in places:
        answer = await find_coverage(graph, area=place.area, claims=False, levels=False)
        for row in answer.data:
            cells = table.setdefault(row["dimension"], {"zh": row["title_zh"]})
            nothing = row["total"] == 0 and not row["total_complete"]
            counts = f"{row['covered']}/{row['gap']}/{row['unknown']}"
            cells[place.name] = STATES["unknown"] if nothing else counts
    title = "覆盖情况：已覆盖/缺口/未知；“未知”即无记录、总数也不详（虚构地方以 * 标出）"
    console.print(make_table(table.values(), {"zh": "维度", **_headings(places)}, title=title))


async def _print_verdicts(graph: Graph, places: list[Place]) -> None:
    table: dict[str, dict[str, Any]] = {}
    for place in places:
        answer = await check_with_tally(graph, area=place.area)
        warn_of_age(answer.stamp)
        for query in graph.catalogue.rules():
            # A part of the place may have a profile of its own, so what counts is what was run.
            if query.name not in answer.stamp.queries:
                off = {"code": query.rule.code, "zh": query.header.title_zh}
                table.setdefault(off["code"], off)[place.name] = "未启用"
        for row in answer.data["tally"]:
            cells = table.setdefault(row["code"], {"code": row["code"], "zh": row["title_zh"]})
            cells[place.name] = "/".join(str(row.get(v)) for v in COUNTED)
    title = f"规则核查：{'/'.join(COUNTED.values())}；“–”即没有已知的核查对象"
    headings = {"code": "规则", "zh": "名称", **_headings(places)}
    rows = [table[code] for code in sorted(table)]
    console.print(make_table(rows, headings, title=title))


async def _print_path(graph: Graph, places: list[Place]) -> None:
    for place in reversed(places):
        for answer in await find_paths_of_area(graph, str(place.area)):
            if answer.data["paths"]:
                path = answer.data["paths"][0]
                mark = "（虚构）" if place.synthetic else ""
                console.print(f"一条资源路径{mark}：{path['sentence_zh']}", highlight=False)
                return


def _headings(places: list[Place]) -> dict[str, str]:
    return {p.name: p.name_zh + (" *" if p.synthetic else "") for p in places}
