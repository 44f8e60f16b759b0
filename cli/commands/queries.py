"""The command that asks a query of the catalogue: query."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.listing import Listing, Where, with_shared_options
from cli.options import AsOfOption
from graph.errors import BadParameter
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.open_dates import as_written, with_known_starts
from graph.store import Row


def register(app: typer.Typer) -> None:
    """Put the command of this module on the application."""
    app.command()(query)


@with_shared_options
def query(
    *,
    name: Annotated[str | None, typer.Argument(help="查询名；不给则列出全部 / query")] = None,
    parameters: Annotated[
        list[str] | None, typer.Argument(help="参数，如 area=430407000000 / name=value")
    ] = None,
    where: Where,
    as_of: AsOfOption = None,
    out: Listing,
) -> None:
    """运行目录中的查询。 Run a query of the catalogue, or list them."""
    target = out.file
    as_json = out.format_ == "json" or (target is not None and target.suffix.lower() == ".json")
    declared: list[str] = []

    async def work(graph: Graph) -> Answer[list[Row]]:
        if name is None:
            rows = [
                {
                    "name": q.name,
                    "folder": q.folder,
                    "title_zh": q.header.title_zh,
                    "title": q.header.title,
                    "parameters": [p.name for p in q.parameters],
                }
                for q in graph.catalogue
            ]
            return Answer(rows, graph.stamp([], {}, await graph.version(), len(rows)))
        found = graph.catalogue[name]
        declared.extend(column.name for column in found.columns)
        given = _pairs(parameters or [])
        area = await where.find(graph)
        given |= {} if area is None else {"area": area}
        given |= {} if as_of is None else {"as_of": as_of.date().isoformat()}
        answer = await graph.ask(found, given, most=graph.settings.row_limit)
        # Tables and workbooks say in words what JSON says by null and `since_known`.
        shown = with_known_starts(answer.data) if as_json else as_written(answer.data)
        return Answer(shown, answer.stamp)

    answer = out.ask(work)
    columns = {n: n for n in [*declared, *(n for row in answer.data[:1] for n in row)]}
    title = f"查询 {name}" if name else "查询目录"
    out.give(answer, columns, title=title)


def _pairs(texts: list[str]) -> dict[str, str]:
    pairs = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals:
            zh, en = (f"参数应写作 名称=值：{text!r}。", f"write a parameter as name=value: {text!r}.")
            raise BadParameter(zh, en, subject=text)
        pairs[key] = value
    return pairs
