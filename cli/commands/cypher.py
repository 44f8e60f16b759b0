"""The command for ad-hoc Cypher: read-only, under limits, rows as they come."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from contextlib import AsyncExitStack
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from cli.options import PersonalOption
from cli.output import console, errors, json_text, make_table, stamp_line, warn_of_age
from cli.prompt import history, read_queries
from cli.session import with_graph
from graph.characters import json_writable
from graph.errors import BadParameter, GraphError
from graph.reading.adhoc import QueryLimits, Running, csv_cells, open_query
from graph.reading.graph import Graph
from graph.reading.scoped import open_kept_copy
from graph.reports.tables.csv_file import csv_line

SHOWN = 1_000
"""Rows of a printed table, unless more are asked for; other formats have them all."""


RowFormat = Literal["table", "json", "jsonl", "csv"]
"""How rows are printed; all but `table` as they come."""


def register(app: typer.Typer) -> None:
    """Put the command of this module on the application."""
    app.command()(cypher)


def cypher(
    query: Annotated[
        str | None,
        typer.Argument(help="查询；空则读标准输入，终端上逐条输入 / the query, else stdin or a prompt"),
    ] = None,
    file: Annotated[Path | None, typer.Option("--file", help="从文件读查询 / from a file")] = None,
    parameter: Annotated[
        list[str] | None, typer.Option("--param", help="参数 名=JSON / name=JSON, repeatable")
    ] = None,
    rows: Annotated[int | None, typer.Option(help="最多几行 / most rows")] = None,
    seconds: Annotated[float | None, typer.Option(help="时限（秒） / time limit")] = None,
    format_: Annotated[RowFormat, typer.Option("--format", help="输出格式 / format")] = "table",
    show_personal: PersonalOption = False,
) -> None:
    """只读的自由查询；不加 --show-personal 时在不含个人信息的副本上运行。 Ad-hoc Cypher."""
    typed = query is None and file is None and sys.stdin.isatty()
    text = "" if typed else _text(query, file)
    given = _parameters(parameter or [])
    if format_ == "table" and rows is None:
        rows = SHOWN
    limits = QueryLimits(rows, seconds)

    async def work(graph: Graph) -> None:
        folder = graph.settings.data_dir
        async with AsyncExitStack() as stack:
            if not show_personal:
                graph = await stack.enter_async_context(open_kept_copy(graph))
            if not typed:
                await _answer(graph, text, given, limits, format_, personal=show_personal)
                return
            with history(folder):
                for asked in read_queries():
                    try:
                        await _answer(graph, asked, given, limits, format_, personal=show_personal)
                    except GraphError as error:
                        errors.print(f"{error.zh}\n{error.en}", highlight=False, markup=False)

    with_graph(work, personal=show_personal)


async def _answer(
    graph: Graph, text: str, given: dict[str, Any], limits: QueryLimits, format_: RowFormat, *, personal: bool
) -> None:
    async with open_query(graph, text, given, limits, personal=personal) as running:
        await _print(running, format_)
    if running.cut is not None:
        errors.print(
            f"结果在 {running.rows} 行处截断（{running.cut} 上限）。/ truncated at {running.rows} rows.",
            style="bold",
            highlight=False,
        )
    for notice in running.notices:
        errors.print(f"{notice.zh}\n{notice.en}", highlight=False, markup=False)
    errors.print(stamp_line(running.ended()), style="dim", highlight=False)
    warn_of_age(running.ended())


async def _print(running: Running, format_: RowFormat) -> None:
    if format_ == "table":
        found = [dict(zip(running.columns, row, strict=True)) async for row in running]
        console.print(make_table(found, {c: c for c in running.columns}))
    elif format_ == "json":
        data = [row async for row in running]
        answer = {
            "columns": running.columns,
            "rows": data,
            "notices": [asdict(n) for n in running.notices],
            "stamp": asdict(running.ended()),
        }
        sys.stdout.write(json_text(answer))
    else:
        line = _csv_line if format_ == "csv" else _json_line
        sys.stdout.write(line(running.columns))
        async for row in running:
            sys.stdout.write(line(row))


def _csv_line(values: Sequence[Any]) -> str:
    return csv_line(csv_cells(values))


def _json_line(values: Iterable[Any]) -> str:
    return json_writable(json.dumps(list(values), ensure_ascii=False, default=str)) + "\n"


def _text(query: str | None, file: Path | None) -> str:
    if query is not None and file is not None:
        raise BadParameter("查询与 --file 只给一个。", "give the query or --file, not both.", subject="file")
    if file is None:
        return sys.stdin.read() if query in (None, "-") else str(query)
    try:
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadParameter(
            f"无法读取 {file}：{error}。", f"{file} cannot be read: {error}.", subject="file"
        ) from None


def _parameters(pairs: list[str]) -> dict[str, Any]:
    """`name=value`; a value is JSON, and what is no JSON is a text."""
    found: dict[str, Any] = {}
    for name, sign, value in (pair.partition("=") for pair in pairs):
        if not sign or not name:
            raise BadParameter(
                f"--param 应为 名=值：{''.join(chain(name, value))}。",
                f"--param is name=value: {name}.",
                subject="param",
            )
        try:
            found[name] = json.loads(value)
        except ValueError:
            found[name] = value
        except RecursionError:
            raise BadParameter(
                f"参数 {name} 的值嵌套过深。", f"parameter {name} is nested too deep.", subject=name
            ) from None
    return found
