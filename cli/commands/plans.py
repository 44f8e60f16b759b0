"""Commands that plan and analyse: plan, analyse."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.progress import Progress

from cli.options import (
    AreaOption,
    AsOfOption,
    FormatOption,
    PersonalOption,
    PlaceOption,
    day_of,
    require_area_of,
)
from cli.output import console, errors, print_answer, print_csv
from cli.session import ask
from graph.coverage.plan import find_plan
from graph.coverage.plan.shapes import MatchStep, Planned, PlanShape, Reach
from graph.labels import headings
from graph.paths.network import analyse as analyse_network
from graph.paths.shapes import Analysis, AnalysisRow, CentralityRow, CutPointRow, DependenceRow, GroupRow
from graph.reading.answer import Answer
from graph.reading.graph import Graph

STEPS = headings(MatchStep, "step", "kind", "sentence_zh", "closes")
PLANNED: dict[Planned, str] = {"resource_match": "需求对接", "big_committee": "大党委"}
KIND = {"invite": "邀请", "match": "对接"}
ROWS = {
    "centrality": headings(CentralityRow, "node", "name", "ties", "degree", "betweenness"),
    "groups": headings(GroupRow, "group", "size", "node", "name"),
    "cut_points": headings(CutPointRow, "node", "name", "parts", "cut_off"),
    "dependence": headings(DependenceRow, "quarter_name", "category", "node", "name", "resources", "paths"),
}


def register(app: typer.Typer) -> None:
    """Put the commands of this module on the application."""
    for command in (plan, analyse):
        app.command()(command)


def plan(
    place: PlaceOption = None,
    area: AreaOption = None,
    reach: Annotated[Reach, typer.Option(help="邀请范围：社区或街道 / whence")] = "subdistrict",
    amount: Annotated[float, typer.Option(help="每次对接占用的容量 / what one match takes")] = 1.0,
    unknown_room: Annotated[
        int, typer.Option(min=0, help="容量不详的资源可再对接几项 / room of an unknown capacity")
    ] = 1,
    as_of: AsOfOption = None,
    format_: FormatOption = "table",
) -> None:
    """消除缺口的方案：邀请哪些单位加入大党委、如何对接需求。 The closing plan."""
    with Progress(console=errors, transient=True) as bar:
        task = bar.add_task("选择 / choosing", total=None)

        async def work(graph: Graph) -> Answer[PlanShape]:
            return await find_plan(
                graph,
                await require_area_of(graph, place, area),
                reach=reach,
                amount=amount,
                unknown_room=unknown_room,
                as_of=day_of(as_of),
                progress=lambda done, total: bar.update(task, completed=done, total=total),
            )

        answer = ask(work)
    data = answer.data
    steps = [
        {**s, "kind": KIND[s["kind"]], "closes": [c["subject"] for c in s["closes"]]} for s in data["steps"]
    ]
    if format_ == "json":
        print_answer(answer, format_, STEPS)
    elif format_ == "csv":
        print_csv(({n: s[n] for n in STEPS} for s in steps), STEPS)
    else:
        print_answer(answer, format_, STEPS, rows=steps)
        for dimension, zh in PLANNED.items():
            before, closed = data["before"][dimension], data["closed"][dimension]
            console.print(
                f"{zh}：缺口 {before['gap']} 处，可消除 {closed['gap']}；"
                f"未知 {before['unknown']} 处，可消除 {closed['unknown']}。",
                markup=False,
                highlight=False,
            )
        for row in data["left"]:
            name = row["name"] or row["subject"]
            console.print(f"无法消除：{name}。{row['reason_zh']}", markup=False, highlight=False)


def analyse(
    kind: Annotated[Analysis, typer.Argument(help="分析 / analysis")],
    place: PlaceOption = None,
    area: AreaOption = None,
    as_of: AsOfOption = None,
    format_: FormatOption = "table",
    show_personal: PersonalOption = False,
) -> None:
    """网络分析：中心性、分组、关键节点、依赖关系。 Centrality, groups, cut points, dependence."""

    async def work(graph: Graph) -> Answer[list[AnalysisRow]]:
        return await analyse_network(
            graph, kind, await require_area_of(graph, place, area), as_of=day_of(as_of)
        )

    print_answer(ask(work, personal=show_personal), format_, ROWS[kind])
