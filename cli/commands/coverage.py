"""Commands about coverage: counts, changes, months, the gaps, and one gap."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer
from rich.progress import Progress

from cli.coverage_text import CLOSERS, closer_rows, draw_line, print_changes, print_gap
from cli.listing import Listing, Where, with_shared_options
from cli.options import AsOfOption, Format, FormatOption, PersonalOption, day_of
from cli.output import console, errors, print_answer
from cli.session import FailOption, ask, fail_if
from graph.coverage.closers import check_distances
from graph.coverage.compare import find_changes
from graph.coverage.count import find_coverage
from graph.coverage.gaps import describe_gap, find_gaps
from graph.coverage.series import find_series
from graph.coverage.shapes import ChangeCounts, CoverageRow, GapRow, GapShape, SeriesRow, State
from graph.coverage.table import COVERAGE, GAPS, table_rows
from graph.errors import BadParameter
from graph.labels import headings
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reports.tables.headings import WORDS

SERIES = headings(SeriesRow, "title_zh", "month", "covered", "gap", "unknown", "total", "measures")


DimensionOption = Annotated[str | None, typer.Option(help="覆盖维度 / one dimension")]


def register(app: typer.Typer) -> None:
    """Put the commands of this module on the application."""
    for command in (coverage, gaps, gap):
        app.command()(command)


@with_shared_options
def coverage(
    *,
    where: Where,
    dimension: DimensionOption = None,
    levels: Annotated[bool, typer.Option(help="逐级列出下属辖区 / every area below")] = False,
    as_of: AsOfOption = None,
    since: Annotated[
        datetime | None,
        typer.Option("--since", formats=["%Y-%m-%d"], help="自该日以来的变化 / changes since"),
    ] = None,
    monthly: Annotated[
        tuple[str, str] | None,
        typer.Option("--monthly", help="逐月：起止月份 YYYY-MM YYYY-MM / month by month"),
    ] = None,
    out: Listing,
    fail: FailOption = False,
) -> None:
    """覆盖情况：已覆盖、缺口、未知、合计；也可看变化或逐月。 Coverage, its changes, by month."""
    if since is not None and monthly is not None:
        zh, en = "--since 与 --monthly 不能同时使用。", "--since and --monthly exclude each other."
        raise BadParameter(zh, en, subject="since")
    if monthly is not None:
        _series(where, dimension, monthly, out.format_)
        return
    if since is not None:

        async def compare(graph: Graph) -> Answer[ChangeCounts]:
            area = await where.find(graph)
            return await find_changes(
                graph, since=since.date(), until=day_of(as_of), area=area, dimension=dimension
            )

        print_changes(out.ask(compare), out.format_)
        return

    async def work(graph: Graph) -> Answer[list[CoverageRow]]:
        area = await where.find(graph)
        return await find_coverage(graph, area=area, dimension=dimension, as_of=day_of(as_of), levels=levels)

    answer = out.ask(work)
    out.give(answer, COVERAGE, title="覆盖情况", masked=True, rows=table_rows(answer.data))
    fail_if(fail and any(row["gap"] for row in answer.data))


def _series(where: Where, dimension: str | None, months: tuple[str, str], format_: Format) -> None:
    with Progress(console=errors, transient=True) as bar:
        task = bar.add_task("逐月计算", total=None)

        async def work(graph: Graph) -> Answer[list[SeriesRow]]:
            area = await where.require(graph)
            return await find_series(
                graph,
                *months,
                area=area,
                dimension=dimension,
                progress=lambda done, of: bar.update(task, completed=done, total=of),
            )

        answer = ask(work)
    print_answer(answer, format_, SERIES, rows=table_rows(answer.data))
    if format_ == "table":
        for title in dict.fromkeys(row["title_zh"] for row in answer.data):
            counts = [r["covered"] for r in answer.data if r["title_zh"] == title]
            console.print(f"{title}：{draw_line(counts)} {counts[0]} → {counts[-1]}")


@with_shared_options
def gaps(
    *,
    where: Where,
    dimension: DimensionOption = None,
    state: Annotated[State, typer.Option(help="列出哪一类 / which state")] = "gap",
    as_of: AsOfOption = None,
    out: Listing,
    fail: FailOption = False,
) -> None:
    """缺口清单（--state unknown 列出未知）。 The gaps, or what is not known."""

    async def work(graph: Graph) -> Answer[list[GapRow]]:
        area = await where.find(graph)
        return await find_gaps(graph, area=area, dimension=dimension, state=state, as_of=day_of(as_of))

    answer = out.ask(work)
    out.give(answer, GAPS, title=f"覆盖：{WORDS[state]}清单")
    fail_if(fail and bool(answer.data))


def gap(
    dimension: Annotated[str, typer.Argument(help="覆盖维度 / dimension")],
    subject: Annotated[str, typer.Argument(help="对象编号，见 gaps / subject, as gaps lists it")],
    as_of: AsOfOption = None,
    minutes: Annotated[float, typer.Option(help="步行上限（分钟）/ reach on foot")] = 15.0,
    metres: Annotated[float, typer.Option(help="直线距离上限（米）/ straight line")] = 1000.0,
    limit: Annotated[int, typer.Option(min=1, max=50, help="每类至多几个 / of each kind")] = 5,
    format_: FormatOption = "table",
    show_personal: PersonalOption = False,
) -> None:
    """一个缺口：缺什么、涉及谁、触及哪些规则、谁可补缺。 One gap, and who could close it."""
    check_distances(minutes, metres)

    async def work(graph: Graph) -> Answer[GapShape]:
        return await describe_gap(
            graph, dimension, subject, as_of=day_of(as_of), minutes=minutes, metres=metres, limit=limit
        )

    answer = ask(work, personal=show_personal)
    if format_ != "table":
        print_answer(answer, format_, CLOSERS, rows=list(closer_rows(answer.data)))
        return
    print_gap(answer)
