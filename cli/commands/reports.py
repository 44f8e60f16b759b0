"""Commands that report: tables, workbook, a page of one body, differences of two checks."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer

from cli.difference_text import ROWS, print_difference
from cli.files import say_stage, say_written, write_whole
from cli.listing import Listing, Where, with_shared_options
from cli.options import (
    AreaOption,
    AsOfOption,
    DaysOption,
    FormatOption,
    PersonalOption,
    PlaceOption,
    area_of,
    day_of,
)
from cli.output import console, print_answer, stamp_line
from cli.session import ask
from cli.write_file import ExcelOption, OutputOption, chosen_file, give
from graph.labels import headings
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reports.body import read_body
from graph.reports.calendar import DAYS
from graph.reports.compose import Report, compose_report
from graph.reports.crosstab import read_report
from graph.reports.difference import read_difference
from graph.reports.files import ReportFormat, make_file
from graph.reports.page import render_body
from graph.reports.shapes import BodyPage, By, Change, DifferenceShape, ReportRow
from graph.reports.words import FIGURES
from graph.rules.shapes import CheckRow
from graph.settings import Settings

TABLE = {"key": "编号", "name": "名称", **FIGURES}
ROWS_A_SECOND = 1_000
"""Rows of a report that are written in a second, roughly: to say how long it will take."""
BODY = headings(CheckRow, "verdict", "code", "title_zh", "severity", "reason_zh", "evidence")


def register(app: typer.Typer) -> None:
    """Put the commands of this module on the application."""
    for command in (report, compare):
        app.command()(command)
    app.command("report-body")(report_body)


def report(
    by: Annotated[
        By, typer.Option("--by", help="按规则、辖区、等级或组织 / rule, area, severity or body")
    ] = "rule",
    place: PlaceOption = None,
    area: AreaOption = None,
    as_of: AsOfOption = None,
    format_: FormatOption = "table",
    output: OutputOption = None,
    excel: ExcelOption = None,
    docx: Annotated[
        Path | None, typer.Option("--docx", help="写成 Word 报告（.docx）/ write a Word file")
    ] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", help="写成 PDF 报告 / write a PDF")] = None,
    days: DaysOption = DAYS,
    made_by: Annotated[
        str | None, typer.Option("--made-by", help="首页上的制表人，默认当前用户 / for the cover")
    ] = None,
    show_personal: PersonalOption = False,
) -> None:
    """汇总核查结论，带分母；--excel、--docx、--pdf 写成报告。 Findings by rule, area, severity or body."""
    wanted: dict[ReportFormat, Path | None] = {"xlsx": excel, "docx": docx, "pdf": pdf}
    files = {kind: path for kind, path in wanted.items() if path is not None}
    if files:
        if excel is not None:
            chosen_file(output, excel)
        say_stage("核查各规则并汇总", "running the rules", 1, 1 + len(files))

        async def compose(graph: Graph) -> Answer[Report]:
            where = await area_of(graph, place, area)
            return await compose_report(
                graph, area=where, as_of=day_of(as_of), days=days, made_by=made_by or getpass.getuser()
            )

        answer = ask(compose, personal=show_personal)
        fonts = Settings.from_environment().fonts
        listed = sum(len(rows) for _, rows in answer.data.lists)
        for number, (kind, path) in enumerate(files.items(), start=2):
            say_stage(
                f"制作 {path.name}（{listed} 条明细，约 {1 + listed // ROWS_A_SECOND} 秒）",
                f"making {path.name}",
                number,
                1 + len(files),
            )
            say_written(
                write_whole(path, make_file(answer.data, kind, fonts=fonts)),
                f"{len(answer.data.lists)} 个辖区，{listed} 条明细，{stamp_line(answer.stamp)}",
                f"{len(answer.data.lists)} areas, {listed} rows",
            )
        return

    async def work(graph: Graph) -> Answer[list[ReportRow]]:
        where = await area_of(graph, place, area)
        return await read_report(graph, by, area=where, as_of=day_of(as_of))

    give(ask(work, personal=show_personal), format_, TABLE, title="核查结论汇总", output=output)


def report_body(
    body: Annotated[str, typer.Argument(help="组织编号，如 oc-990101-009 / id of a body")],
    html: Annotated[
        Path | None, typer.Option("--html", help="写成可打印的网页 / write a page to print")
    ] = None,
    as_of: AsOfOption = None,
    format_: FormatOption = "table",
    show_personal: PersonalOption = False,
) -> None:
    """一个组织的情况：任职、任期、交叉任职、核查结论。 The situation of one body."""

    async def work(graph: Graph) -> Answer[BodyPage]:
        return await read_body(graph, body, as_of=day_of(as_of))

    answer = ask(work, personal=show_personal)
    data = answer.data
    if html is not None:
        path = write_whole(html, render_body(answer).encode())
        say_written(path, f"{data['name']}，{stamp_line(answer.stamp)}", "a page to print")
    elif format_ == "table":
        console.print(f"{data['label_zh']} {data['name']}（{data['id']}）", markup=False)
        print_answer(answer, format_, BODY, rows=data["findings"])
    else:
        print_answer(answer, format_, BODY, rows=data["findings"])


@with_shared_options
def compare(
    *,
    before: Annotated[str, typer.Argument(metavar="FROM", help="日期或核查编号 / date or run")],
    after: Annotated[
        str | None, typer.Argument(metavar="TO", help="日期或核查编号，默认今天 / date or run")
    ] = None,
    where: Where,
    change: Annotated[Change | None, typer.Option("--change", help="只列此类变化 / only this kind")] = None,
    out: Listing,
    fail: Annotated[
        bool, typer.Option("--fail", help="有新增不符合时退出码为 1 / exit 1 if any is new")
    ] = False,
) -> None:
    """两个日期、两次保存的核查或一天与一次核查的差异。 What changed between two checks."""

    async def work(graph: Graph) -> Answer[DifferenceShape]:
        area = await where.find(graph)
        answer, found = await read_difference(graph, before, after, area=area, change=change)
        shown = answer.data["rows"]
        if out.printed and change is None:
            shown = [row for row in shown if row["change"] in ("new", "gone")]
        await found.name(graph, shown)
        return Answer({**answer.data, "rows": shown}, answer.stamp)

    answer = out.ask(work)
    data = answer.data
    if out.printed:
        print_difference(answer)
    else:
        out.give(answer, ROWS, title="两次核查的差异", rows=data["rows"])
    if fail and any(line["new"] for line in data["counts"]):
        raise typer.Exit(1)
