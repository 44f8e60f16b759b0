"""Commands about coverage: counts, changes, months, the gaps, and one gap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.progress import Progress

from cli.options import (
    AreaOption,
    AsOfOption,
    Format,
    FormatOption,
    PersonalOption,
    PlaceOption,
    area_of,
    day_of,
    require_area_of,
)
from cli.output import console, errors, make_table, print_answer, stamp_line
from cli.session import FailOption, ask, fail_if
from cli.write_file import ExcelOption, OutputOption, give
from graph.coverage.closers import check_distances
from graph.coverage.compare import find_changes
from graph.coverage.count import find_coverage
from graph.coverage.gaps import describe_gap, find_gaps
from graph.coverage.series import find_series
from graph.coverage.shapes import (
    Changes,
    Closer,
    CloserCandidate,
    CoverageChangeCount,
    CoverageChangeRow,
    CoverageRow,
    DayCount,
    GapRow,
    GapShape,
    NewlyKnown,
    NewlyUnknown,
    SeriesRow,
    State,
)
from graph.coverage.table import COVERAGE, GAPS, table_rows
from graph.errors import BadParameter
from graph.labels import headings
from graph.model import words
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reports.tables.headings import WORDS

COUNTS = headings(
    CoverageChangeCount,
    "title_zh",
    "name",
    "before",
    "after",
    "newly_covered",
    "newly_gap",
    "newly_unknown",
    "gone",
    "unchanged",
)
CHANGED = headings(
    CoverageChangeRow, "title_zh", "subject", "subject_name", "area_name", "change", "cause", "since"
)
SERIES = headings(SeriesRow, "title_zh", "month", "covered", "gap", "unknown", "total", "measures")
CLOSERS = {
    **headings(Closer, "title_zh"),
    **headings(CloserCandidate, "candidate", "candidate_name", "reason_zh", "path"),
}
STATES: dict[str | None, str] = {None: "—"} | dict(words.STATES)
BARS = "▁▂▃▄▅▆▇█"


DimensionOption = Annotated[str | None, typer.Option(help="覆盖维度 / one dimension")]


def register(app: typer.Typer) -> None:
    """Put the commands of this module on the application."""
    for command in (coverage, gaps, gap):
        app.command()(command)


def coverage(
    place: PlaceOption = None,
    area: AreaOption = None,
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
    format_: FormatOption = "table",
    output: OutputOption = None,
    excel: ExcelOption = None,
    show_personal: PersonalOption = False,
    fail: FailOption = False,
) -> None:
    """覆盖情况：已覆盖、缺口、未知、合计；也可看变化或逐月。 Coverage, its changes, by month."""
    if since is not None and monthly is not None:
        zh, en = "--since 与 --monthly 不能同时使用。", "--since and --monthly exclude each other."
        raise BadParameter(zh, en, subject="since")
    if monthly is not None:
        _series(place, area, dimension, monthly, format_)
        return
    if since is not None:

        async def compare(graph: Graph) -> Answer[Changes]:
            where = await area_of(graph, place, area)
            return await find_changes(
                graph, since=since.date(), until=day_of(as_of), area=where, dimension=dimension
            )

        _print_changes(ask(compare, personal=show_personal), format_)
        return

    async def work(graph: Graph) -> Answer[list[CoverageRow]]:
        where = await area_of(graph, place, area)
        return await find_coverage(graph, area=where, dimension=dimension, as_of=day_of(as_of), levels=levels)

    answer = ask(work, personal=show_personal)
    give(
        answer, format_, COVERAGE, title="覆盖情况", output=output, excel=excel, rows=table_rows(answer.data)
    )
    fail_if(fail and any(row["gap"] for row in answer.data))


def _series(
    place: str | None, area: str | None, dimension: str | None, months: tuple[str, str], format_: Format
) -> None:
    with Progress(console=errors, transient=True) as bar:
        task = bar.add_task("逐月计算", total=None)

        async def work(graph: Graph) -> Answer[list[SeriesRow]]:
            where = await require_area_of(graph, place, area)
            return await find_series(
                graph,
                *months,
                area=where,
                dimension=dimension,
                progress=lambda done, of: bar.update(task, completed=done, total=of),
            )

        answer = ask(work)
    print_answer(answer, format_, SERIES, rows=table_rows(answer.data))
    if format_ == "table":
        for title in dict.fromkeys(row["title_zh"] for row in answer.data):
            counts = [r["covered"] for r in answer.data if r["title_zh"] == title]
            console.print(f"{title}：{draw_line(counts)} {counts[0]} → {counts[-1]}")


def draw_line(values: Sequence[int]) -> str:
    """Numbers as bars of eight heights, the lowest for zero; the highest number fills its bar."""
    most = max(values, default=0)
    return "".join(BARS[0 if most == 0 else round(7 * v / most)] for v in values)


def _with_causes(number: int, causes: NewlyKnown | NewlyUnknown) -> str:
    """A count and what it is made of: what happened, and what only became known."""
    causes_text = "、".join(f"{words.CAUSES[cause]} {n}" for cause, n in causes.items() if n)
    return f"{number}（{causes_text}）" if causes_text else str(number)


def _print_changes(answer: Answer[Changes], format_: Format) -> None:
    if format_ != "table":
        print_answer(answer, format_, CHANGED, rows=answer.data["rows"])
        return
    counts = [
        {
            **row,
            "before": _counted(row["before"]),
            "after": _counted(row["after"]),
            "newly_covered": _with_causes(row["newly_covered"], row["causes"]["newly_covered"]),
            "newly_gap": _with_causes(row["newly_gap"], row["causes"]["newly_gap"]),
            "newly_unknown": _with_causes(row["newly_unknown"], row["causes"]["newly_unknown"]),
        }
        for row in answer.data["counts"]
    ]
    print_answer(answer, format_, COUNTS, title="已覆盖/缺口/未知", rows=counts)
    if answer.data["rows"]:
        shown = [
            {**row, "change": f"{STATES[row['before']]} → {STATES[row['after']]}"}
            for row in answer.data["rows"]
        ]
        console.print(make_table(shown, CHANGED))


def _counted(day: DayCount) -> str:
    return f"{day['covered']}/{day['gap']}/{day['unknown']}"


def gaps(
    place: PlaceOption = None,
    area: AreaOption = None,
    dimension: DimensionOption = None,
    state: Annotated[State, typer.Option(help="列出哪一类 / which state")] = "gap",
    as_of: AsOfOption = None,
    format_: FormatOption = "table",
    output: OutputOption = None,
    excel: ExcelOption = None,
    show_personal: PersonalOption = False,
    fail: FailOption = False,
) -> None:
    """缺口清单（--state unknown 列出未知）。 The gaps, or what is not known."""

    async def work(graph: Graph) -> Answer[list[GapRow]]:
        where = await area_of(graph, place, area)
        return await find_gaps(graph, area=where, dimension=dimension, state=state, as_of=day_of(as_of))

    answer = ask(work, personal=show_personal)
    give(
        answer,
        format_,
        GAPS,
        title=f"覆盖：{WORDS[state]}清单",
        output=output,
        excel=excel,
        masked=not show_personal,
    )
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
        print_answer(answer, format_, CLOSERS, rows=list(_candidates(answer.data)))
        return
    _print_gap(answer)


def _print_gap(answer: Answer[GapShape]) -> None:
    data = answer.data
    homes = data["concerns"]["households"]
    lines = [
        data["sentence_zh"],
        f"自 {data['since']} 起" if data["since_known"] else "起始日不详",
        f"涉及 {homes} 户" if homes is not None else "户数不详",
    ]
    lines += [
        f"{rule['code']} {rule['title_zh']}："
        + (
            "；".join(v["reason_zh"] for v in rule["verdicts"]) or "本对象无结论"
            if rule["on"]
            else "本辖区规则集未启用"
        )
        for rule in data["rules"]
    ]
    lines += [
        f"人选见 cobuild candidates --rule {c['rule']} --subject {c['subject']}" for c in data["candidates"]
    ]
    lines += [f"{c['title_zh']}：{c['count']}" for c in data["closers"]]
    for line in lines:
        console.print(line, markup=False, highlight=False)
    rows = list(_candidates(data))
    if rows:
        console.print(make_table(rows, CLOSERS))
    console.print(stamp_line(answer.stamp), style="dim", highlight=False)


def _candidates(data: GapShape) -> Iterable[dict[str, Any]]:
    """One row per candidate, the path in one text."""
    for closer in data["closers"]:
        head = {"kind": closer["kind"], "title_zh": closer["title_zh"]}
        for row in closer["candidates"]:
            path = "；".join(hop["sentence_zh"] for hop in row["path"])
            yield {**head, **row, "path": path}
