"""Commands that report: tables, workbook, a page of one body, differences, kept runs, calendar."""

from __future__ import annotations

import getpass
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.files import say_stage, say_written, write_whole
from cli.options import AreaOption, AsOfOption, FormatOption, PersonalOption, PlaceOption, area_of, day_of
from cli.output import console, make_table, print_answer, stamp_line
from cli.session import ask, with_graph
from cli.write_file import ExcelOption, OutputOption, chosen_file, give
from graph.labels import headings
from graph.model.words import CAUSES, CHANGES
from graph.reading.answer import Answer
from graph.reading.changes import Cause
from graph.reading.graph import Graph
from graph.reports.body import read_body
from graph.reports.calendar import DAYS, read_calendar
from graph.reports.compose import Report, compose_report
from graph.reports.crosstab import read_report
from graph.reports.difference import read_difference
from graph.reports.files import ReportFormat, make_file
from graph.reports.kept import keep_run, list_runs
from graph.reports.page import render_body
from graph.reports.shapes import (
    BodyPage,
    By,
    CalendarRow,
    Change,
    DifferenceShape,
    ReportChangeCount,
    ReportChangeRow,
    ReportRow,
    RunRow,
)
from graph.reports.words import FIGURES
from graph.rules.shapes import CheckRow
from graph.settings import Settings

TABLE = {"key": "编号", "name": "名称", **FIGURES}
CALENDAR = headings(CalendarRow)
SHOWN = ("last_day", "days_left", "kind_zh", "name", "role_zh", "person_name", "person", "place_name")
"""Columns of the calendar that a terminal has room for; files have all."""
RUNS = headings(RunRow, "id", "title", "made_by", "made_at", "area", "as_of", "data_version")
ROWS_A_SECOND = 1_000
"""Rows of a report that are written in a second, roughly: to say how long it will take."""
NEW: tuple[Cause, ...] = ("occurred", "established", "appeared")
GONE: tuple[Cause, ...] = ("resolved", "obscured", "departed")
"""Why a finding is new, and why it is gone."""
COUNTS = headings(ReportChangeCount, "code", "title_zh", *NEW, *GONE, "staying", "changed")
ROWS = headings(
    ReportChangeRow,
    "change",
    "cause",
    "code",
    "title_zh",
    "severity",
    "subject_name",
    "area_name",
    "verdict_before",
    "verdict",
    "reason_zh",
    "finding",
)
BODY = headings(CheckRow, "verdict", "code", "title_zh", "severity", "reason_zh", "evidence")


DaysOption = Annotated[int, typer.Option("--days", help="今后多少天内 / how many days ahead")]


def register(app: typer.Typer) -> None:
    """Put the commands of this module on the application."""
    for command in (report, compare, runs, calendar):
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


def compare(
    before: Annotated[str, typer.Argument(metavar="FROM", help="日期或核查编号 / date or run")],
    after: Annotated[
        str | None, typer.Argument(metavar="TO", help="日期或核查编号，默认今天 / date or run")
    ] = None,
    place: PlaceOption = None,
    area: AreaOption = None,
    change: Annotated[Change | None, typer.Option("--change", help="只列此类变化 / only this kind")] = None,
    format_: FormatOption = "table",
    output: OutputOption = None,
    excel: ExcelOption = None,
    show_personal: PersonalOption = False,
    fail: Annotated[
        bool, typer.Option("--fail", help="有新增不符合时退出码为 1 / exit 1 if any is new")
    ] = False,
) -> None:
    """两个日期、两次保存的核查或一天与一次核查的差异。 What changed between two checks."""

    async def work(graph: Graph) -> Answer[DifferenceShape]:
        where = await area_of(graph, place, area)
        answer, found = await read_difference(graph, before, after, area=where, change=change)
        shown = answer.data["rows"]
        printed = format_ == "table" and output is None and excel is None
        if printed and change is None:
            shown = [row for row in shown if row["change"] in ("new", "gone")]
        await found.name(graph, shown)
        return Answer({**answer.data, "rows": shown}, answer.stamp)

    answer = ask(work, personal=show_personal)
    data = answer.data
    if format_ == "table" and chosen_file(output, excel) is None:
        _print_difference(answer)
    else:
        give(
            answer,
            format_,
            ROWS,
            title="两次核查的差异",
            output=output,
            excel=excel,
            masked=not show_personal,
            rows=data["rows"],
        )
    if fail and any(line["new"] for line in data["counts"]):
        raise typer.Exit(1)


def runs(
    keep: Annotated[
        str | None, typer.Option("--keep", help="核查并以此标题保存 / check, and keep it so titled")
    ] = None,
    made_by: Annotated[str | None, typer.Option("--by", help="保存人 / who keeps it")] = None,
    place: PlaceOption = None,
    area: AreaOption = None,
    as_of: AsOfOption = None,
    format_: FormatOption = "table",
) -> None:
    """列出保存的核查；--keep 核查并保存。 List kept checks, or check and keep."""

    async def work(graph: Graph) -> Answer[list[RunRow]]:
        if keep is None:
            return await list_runs(graph)
        where = await area_of(graph, place, area)
        who = made_by or getpass.getuser()
        kept = await keep_run(graph, keep, who, area=where, as_of=day_of(as_of))
        return Answer([kept.data], kept.stamp)

    print_answer(with_graph(work), format_, RUNS)


def calendar(
    days: DaysOption = DAYS,
    place: PlaceOption = None,
    area: AreaOption = None,
    as_of: AsOfOption = None,
    format_: FormatOption = "table",
    output: OutputOption = None,
    excel: ExcelOption = None,
    show_personal: PersonalOption = False,
) -> None:
    """今后若干天内届满的任期和物业合同。 Terms and contracts that end soon."""

    async def work(graph: Graph) -> Answer[list[CalendarRow]]:
        where = await area_of(graph, place, area)
        return await read_calendar(graph, days=days, area=where, as_of=day_of(as_of))

    answer = ask(work, personal=show_personal)
    if format_ != "table" or chosen_file(output, excel) is not None:
        give(
            answer, format_, CALENDAR, title="届期日历", output=output, excel=excel, masked=not show_personal
        )
        return
    months: dict[str, list[CalendarRow]] = {}
    for row in answer.data:
        months.setdefault(row["month"], []).append(row)
    for month, rows in months.items():
        console.print(make_table(rows, headings(CalendarRow, *SHOWN), title=f"{month}（{len(rows)} 项）"))
    if not months:
        console.print(f"今后 {days} 天内没有记录届满的任期或合同。/ None recorded.")
    console.print(stamp_line(answer.stamp), style="dim", highlight=False)


def _print_difference(answer: Answer[DifferenceShape]) -> None:
    data = answer.data
    for what, word in ((data["from"], "从"), (data["to"], "到")):
        run = f"核查“{what['title']}”（{what['made_by']}），" if what["kind"] == "run" else ""
        where = what["area"] or "全部地方"
        console.print(
            f"{word} {run}{what['as_of']}，{where}，数据版本 {what['data_version']}，{what['rows']} 条结论",
            highlight=False,
            markup=False,
        )
    for line in data["differs"]:
        console.print(f"注意：{line['zh']}。/ {line['en']}.", style="yellow", markup=False)
    if data["counts"]:
        console.print(make_table(data["counts"], COUNTS))
    if data["rows"]:
        console.print(make_table(data["rows"], ROWS))
    lines: list[Mapping[str, Any]] = [*data["counts"]]
    totals = Counter({k: sum(line[k] for line in lines) for k in (*CHANGES, *CAUSES)})
    why: dict[str, tuple[Cause, ...]] = {"new": NEW, "gone": GONE}
    parts = []
    for change, word in CHANGES.items():
        causes = "、".join(f"{CAUSES[c]} {totals[c]}" for c in why.get(change, ()))
        parts.append(f"{word} {totals[change]} 项" + (f"（{causes}）" if causes else ""))
    console.print(f"{'，'.join(parts)}。", highlight=False)
    console.print(stamp_line(answer.stamp), style="dim", highlight=False)
