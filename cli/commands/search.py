"""The command that finds a thing by whatever a person types for it."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from cli.listing import Listing, with_shared_options
from cli.options import AsOfOption, day_of
from cli.output import errors
from graph.labels import headings
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.search import MOST_FOUND, add_areas, persons_named, search_near
from graph.reading.search import search as search_graph
from graph.reading.shapes import FoundRow, NearRow

PERSON = "Person"
"""Looked for by the whole name where nothing else is found, or where it is asked for: each is on record."""


def register(app: typer.Typer) -> None:
    """Put the commands of this module on the application."""
    app.command()(search)


@with_shared_options
def search(
    *,
    words: Annotated[list[str], typer.Argument(help="要查找的文字或编号，各词都要相符 / words or a number")],
    types: Annotated[
        str, typer.Option(help="节点类型，逗号分隔，如 Quarter,Unit / node types, comma separated")
    ] = "",
    pinyin: Annotated[
        bool, typer.Option("--pinyin", help="字母也作拼音或拼音首字母 / letters are pinyin too")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, max=MOST_FOUND, help="最多列出几个 / most hits shown")] = 50,
    as_of: AsOfOption = None,
    out: Listing,
) -> None:
    """查找：名称、编号、同义词、类别、说明，繁体、全角、拼音均可。 Find a thing, and where it lies."""
    given = [part.strip() for part in types.split(",") if part.strip()]

    async def work(graph: Graph) -> Answer[list[FoundRow]]:
        day = day_of(as_of)
        answer = await search_graph(
            graph, " ".join(words), types=given, as_of=day, pinyin=pinyin, limit=limit
        )
        if not out.show_personal and (given == [PERSON] or not (given or answer.data)):
            called = await persons_named(graph, " ".join(words))
            answer = Answer(called, replace(answer.stamp, rows=len(called)))
        await add_areas(graph, answer.data, day)
        if not answer.data:
            near.extend(await search_near(graph, "".join(words), given))
        return answer

    near: list[NearRow] = []
    answer = out.ask(work)
    out.give(answer, headings(FoundRow), title="查找")
    if near:
        close = "、".join(f"{row['name']}（{row['label_zh']} {row['id']}）" for row in near)
        errors.print(f"没有找到；最接近的：{close}。/ Nothing found; the nearest names.", markup=False)
