"""The command that writes graphs for other people's programs."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.files import say_written, write_whole
from cli.options import AreaOption, AsOfOption, PersonalOption, PlaceOption, area_of, day_of
from cli.output import errors, stamp_line
from cli.session import ask
from graph.characters import BOM, json_writable
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.views import FORMATS, ViewLimits, Wanted, find_format, read_view
from graph.views.view import View

Shape = StrEnum("Shape", list(FORMATS))  # type: ignore[misc]
"""What the graph is written for."""


def register(app: typer.Typer) -> None:
    """Put the command on the application."""
    app.command()(graph)


def graph(
    place: PlaceOption = None,
    area: AreaOption = None,
    node: Annotated[
        str | None, typer.Option("--node", help="节点及其周围 / a node and what lies around it")
    ] = None,
    path: Annotated[
        str | None, typer.Option("--path", help="需求或小区的资源路径 / paths to resources")
    ] = None,
    appointments: Annotated[
        str | None, typer.Option("--appointments", help="辖区的交叉任职 / of an area")
    ] = None,
    rings: Annotated[
        str | None, typer.Option("--rings", help="党组织或辖区的大党委同心圆 / committee in rings")
    ] = None,
    map_: Annotated[
        str | None, typer.Option("--map", help="辖区内小区的位置，按坐标 / quarters by coordinates")
    ] = None,
    format_: Annotated[Shape, typer.Option("--format", help="输出形状 / library or document")] = Shape(
        "cytoscape"
    ),
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="写入该文件 / write to a file")
    ] = None,
    hops: Annotated[
        int | None, typer.Option(help=f"步数，1 至 {ViewLimits.most_hops} / hops around --node")
    ] = None,
    types: Annotated[str | None, typer.Option(help="关系类型，逗号分隔 / edge types around --node")] = None,
    cap: Annotated[
        int | None, typer.Option(help="每个节点每类关系最多几条 / most edges of a type per node")
    ] = None,
    limit: Annotated[int | None, typer.Option(help="最多节点数 / most nodes")] = None,
    ended: Annotated[
        bool, typer.Option("--ended", help="含当日已终止的关系 / also ties that have ended")
    ] = False,
    category: Annotated[str | None, typer.Option(help="资源类别，用于 --path / resource category")] = None,
    as_of: AsOfOption = None,
    show_personal: PersonalOption = False,
) -> None:
    """写出图，供可视化库或 Gephi、Excel 读取。 Write a part of the graph for other programs.

    --area（或 --place）、--node、--path、--appointments、--rings、--map 恰好给出一个。
    """
    written = find_format(format_.value)
    listed = tuple(t.strip() for t in (types or "").split(",") if t.strip())

    async def work(graph: Graph) -> Answer[View]:
        wanted = Wanted(
            area=await area_of(graph, place, area),
            node=node,
            path=path,
            appointments=appointments,
            rings=rings,
            map=map_,
            hops=hops,
            types=listed,
            cap=cap,
            limit=limit,
            ended=ended,
            category=category,
        )
        return await read_view(graph, wanted, as_of=day_of(as_of))

    answer = ask(work, personal=show_personal)
    content = written.write(answer.data)
    if output is None:
        text = content.decode() if written.is_file else json_writable(content.decode())
        sys.stdout.write(text + ("" if text.endswith("\n") else "\n"))
        errors.print(stamp_line(answer.stamp), style="dim", highlight=False)
    else:
        path_ = write_whole(output, BOM.encode() + content if written.marked else content)
        nodes, edges = len(answer.data.nodes), len(answer.data.edges)
        say_written(
            path_,
            f"{nodes} 个节点、{edges} 条关系，{stamp_line(answer.stamp)}",
            f"{nodes} nodes, {edges} edges",
        )
    if answer.stamp.truncated:
        errors.print(
            "图已按上限截断（见 --limit、--cap）。/ The graph was cut at its limits.",
            style="yellow",
            highlight=False,
        )
