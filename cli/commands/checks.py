"""Commands that judge: check, verify."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Annotated

import typer

from cli.listing import Listing, Where, with_shared_options
from cli.options import AsOfOption, FormatOption, day_of
from cli.output import console, make_table, print_answer, print_csv, print_json
from cli.session import fail_if, with_graph
from graph.catalogue.kinds import SEVERITIES, Severity
from graph.labels import headings
from graph.loading.load import rebuild_derived
from graph.loading.soundness import Flaw, flaws
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.rules.check import check_rules, tally
from graph.rules.shapes import CheckRow, TallyRow

CHECKS = headings(
    CheckRow, "code", "title_zh", "severity", "subject_name", "area_name", "verdict", "reason_zh", "evidence"
)
TALLY = headings(
    TallyRow,
    "profile",
    "code",
    "title_zh",
    "severity",
    "fail",
    "waived",
    "not_possible",
    "unknown",
    "pass",
    "not_applicable",
    "total",
)

SHOWN_FLAWS = 50


def register(app: typer.Typer) -> None:
    """Put the commands of this module on the application."""
    for command in (check, verify):
        app.command()(command)


@with_shared_options
def check(
    *,
    where: Where,
    rule: Annotated[str | None, typer.Option(help="规则名或编号，如 R15 / one rule")] = None,
    verdict: Annotated[
        str | None, typer.Option(help="fail、unknown、pass、not_possible、not_applicable / one verdict")
    ] = None,
    as_of: AsOfOption = None,
    out: Listing,
    fail_on: Annotated[
        Severity | None, typer.Option(help="不符合且不低于该等级时退出码为 1 / exit 1 from here on")
    ] = None,
) -> None:
    """交叉任职核查：每条规则的结论和依据。 Cross-appointment rules with verdicts and evidence."""

    async def work(graph: Graph) -> Answer[list[CheckRow]]:
        area = await where.find(graph)
        return await check_rules(graph, area=area, rule=rule, verdict=verdict, as_of=day_of(as_of))

    answer = out.ask(work)
    if out.file is not None:
        out.give(answer, headings(CheckRow), title="交叉任职核查")
    elif out.format_ == "table":
        counts = tally(answer.data)
        print_answer(answer, out.format_, TALLY, rows=counts)
        wanted = (verdict,) if verdict else ("fail", "not_possible")
        shown = [row for row in answer.data if row["verdict"] in wanted]
        if shown:
            console.print(make_table(shown, CHECKS))
        unknown = sum(row["verdict"] == "unknown" for row in answer.data)
        if unknown and verdict is None:
            console.print(f"未知 {unknown} 条，用 --verdict unknown 查看缺哪些台账。")
    else:
        print_answer(answer, out.format_, CHECKS)
    failed = [r for r in answer.data if r["verdict"] == "fail"]
    serious = SEVERITIES[SEVERITIES.index(fail_on) :] if fail_on else ()
    fail_if(any(row["severity"] in serious for row in failed))


def verify(
    format_: FormatOption = "table",
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="按重新计算的结果修正 / mend what differs")
    ] = False,
) -> None:
    """核对图中数据：文件、每个元素、推导出的关系。 Verify files, every element, and derived edges."""
    if rebuild:
        mended = with_graph(lambda graph: rebuild_derived(graph.store))
        console.print(f"已修正 {mended} 处。/ {mended} edges mended.")

    async def work(graph: Graph) -> list[dict[str, str]]:
        return [asdict(flaw) async for flaw in flaws(graph.store)]

    rows = with_graph(work)
    if format_ == "json":
        print_json(rows)
    elif format_ == "csv":
        print_csv(rows, tuple(f.name for f in fields(Flaw)))
    elif rows:
        console.print(f"{len(rows)} 处有问题 / flaws:")
        for row in rows[:SHOWN_FLAWS]:
            said = (row["action"], row["element"], row["zh"])
            console.print("  " + " ".join(filter(None, said)), markup=False, highlight=False)
        if any(row["part"] != "derived" for row in rows):
            console.print(
                "停止服务，用 cobuild restore 恢复最近的备份，或重新导入。"
                "/ Stop the service and restore the last backup, or load again."
            )
    else:
        console.print(
            "文件、元素完好，推导出的关系与重新计算一致。/ Files and elements are sound, "
            "derived edges equal a recomputation."
        )
    fail_if(bool(rows))
