"""Commands that walk: paths to resources, contact chains, connections of any two nodes."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from cli.listing import Listing, Where, with_shared_options
from cli.options import AsOfOption, day_of
from cli.output import console, enveloped, print_answer, print_json, warn_of_age
from cli.session import with_graph
from graph.errors import BadParameter
from graph.labels import headings
from graph.paths import (
    LONGEST_PATH,
    MAX_HOPS,
    MAX_PATHS,
    find_chains,
    find_connections,
    find_paths,
    find_paths_of_area,
)
from graph.paths.shapes import PathShape, PathsShape, Way, WaysShape
from graph.paths.table import HEADINGS, listed_paths, table_rows
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.snapshot import ask_once

PATHS = headings(PathShape, "rank", "resource_name", "category", "provider_name", "cost", "sentence_zh")
WAYS = headings(Way, "rank", "cost", "sentence_zh")

SourceArgument = Annotated[str, typer.Argument(help="一端的编号 / id of one end")]
TargetArgument = Annotated[str, typer.Argument(help="另一端的编号 / id of the other end")]
WaysOption = Annotated[int, typer.Option("--k", min=1, max=MAX_PATHS, help="最多几条 / how many")]
HopsOption = Annotated[int, typer.Option(min=1, max=MAX_HOPS, help="最多几步 / longest way, in hops")]


def register(app: typer.Typer) -> None:
    """Put the commands of this module on the application."""
    for command in (paths, chain, connect):
        app.command()(command)


@with_shared_options
def paths(
    *,
    source: Annotated[
        str | None, typer.Argument(help="需求、地方、组织或人员编号 / need, place, body or person")
    ] = None,
    where: Where,
    category: Annotated[str | None, typer.Option(help="资源类别 / resource category")] = None,
    to: Annotated[
        list[str] | None, typer.Option(help="资源或提供者编号，可多次 / resource or provider")
    ] = None,
    k: WaysOption = 5,
    max_hops: Annotated[
        int | None, typer.Option(min=1, max=LONGEST_PATH, help="最多几步 / longest path, in hops")
    ] = None,
    as_of: AsOfOption = None,
    out: Listing,
) -> None:
    """资源路径：从需求、地方、组织或人员到资源；给出地方则逐个列出。 Resource paths."""

    async def work(graph: Graph) -> list[Answer[PathsShape]]:
        area = await where.find(graph)
        day = day_of(as_of)
        if source is not None:
            options: dict[str, Any] = {
                "category": category,
                "targets": to or (),
                "k": k,
                "max_hops": max_hops,
                "as_of": day,
            }
            question = lambda graph: find_paths(graph, source, **options)  # noqa: E731
            return [await ask_once(graph, question)]
        if area is None:
            zh, en = "请给出编号，或 --place、--area。", "name a need, body or place."
            raise BadParameter(zh, en, subject="source")
        return await find_paths_of_area(graph, area, category=category, k=k, as_of=day)

    found = with_graph(work, personal=out.show_personal)
    for answer in found[:1]:
        warn_of_age(answer.stamp)
    if out.format_ == "csv" or out.file is not None:
        out.give(listed_paths(found), HEADINGS, title="资源路径")
        return
    if out.format_ == "json":
        print_json([enveloped(a) for a in found])
        return
    for answer in found:
        _print_paths(answer)


@with_shared_options
def chain(
    *,
    source: SourceArgument,
    target: TargetArgument,
    k: WaysOption = 3,
    max_hops: HopsOption = 6,
    as_of: AsOfOption = None,
    out: Listing,
) -> None:
    """联系链：谁能把一方引荐给另一方。 Who can introduce whom, over posts."""
    options: dict[str, Any] = {"k": k, "max_hops": max_hops, "as_of": day_of(as_of)}
    found = out.ask(lambda graph: find_chains(graph, source, target, **options))
    _give_ways(found, "联系链", out)


@with_shared_options
def connect(
    *,
    source: SourceArgument,
    target: TargetArgument,
    k: WaysOption = 3,
    max_hops: HopsOption = 6,
    as_of: AsOfOption = None,
    out: Listing,
) -> None:
    """任意两点之间的路径。 Ways between any two nodes."""
    options: dict[str, Any] = {"k": k, "max_hops": max_hops, "as_of": day_of(as_of)}
    found = out.ask(lambda graph: find_connections(graph, source, target, **options))
    _give_ways(found, "两点之间的路径", out)


def _print_paths(answer: Answer[PathsShape]) -> None:
    data = answer.data
    title = f"{data['source_name']}（{data['source']}）"
    if data["verdict"] == "found":
        print_answer(answer, "table", PATHS, title=title, rows=data["paths"])
        return
    if data["verdict"] == "none":
        console.print(f"{title}：没有通路（相关台账齐全）/ no path; the registers are complete.")
    else:
        missing = "、".join(data["missing"])
        console.print(f"{title}：未知，未见通路且台账不全（{missing}）/ not known.", markup=False)
    if (why := data["why_not"]) is not None:
        console.print(f"{why['sentence_zh']} / {why['sentence_en']}", markup=False)


def _give_ways(answer: Answer[WaysShape], title: str, out: Listing) -> None:
    if not out.printed:
        out.give(answer, HEADINGS, title=title, rows=table_rows([answer.data]))
        return
    data = answer.data
    ends = f"{data['source_name'] or data['source']} → {data['target_name'] or data['target']}"
    print_answer(answer, out.format_, WAYS, title=ends, rows=data["paths"])
    if data["not_walked"]:
        console.print(
            f"未经过的关系（涉及个人信息）/ not walked, personal: {'、'.join(data['not_walked'])}",
            markup=False,
        )
