"""Commands that ask: check, query, verify."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.options import AreaOption, AsOfOption, FormatOption, PersonalOption, PlaceOption, area_of, day_of
from cli.output import console, make_table, print_answer, print_csv, print_json
from cli.session import ask, fail_if, with_graph
from cli.write_file import ExcelOption, OutputOption, chosen_file, give
from graph.catalogue.kinds import SEVERITIES, Severity
from graph.errors import BadParameter
from graph.labels import headings
from graph.loading.load import rebuild_derived
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.open_dates import with_known_starts
from graph.rules.check import check_rules, tally
from graph.rules.shapes import CheckRow, TallyRow
from graph.store import Row
from graph.store.derived import verify as verify_derived

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


def register(app: typer.Typer) -> None:
    """Put the commands of this module on the application."""
    for command in (check, query, verify):
        app.command()(command)


def check(
    place: PlaceOption = None,
    area: AreaOption = None,
    rule: Annotated[str | None, typer.Option(help="规则名或编号，如 R15 / one rule")] = None,
    verdict: Annotated[
        str | None, typer.Option(help="fail、unknown、pass、not_possible、not_applicable / one verdict")
    ] = None,
    as_of: AsOfOption = None,
    format_: FormatOption = "table",
    output: OutputOption = None,
    excel: ExcelOption = None,
    show_personal: PersonalOption = False,
    fail_on: Annotated[
        Severity | None, typer.Option(help="不符合且不低于该等级时退出码为 1 / exit 1 from here on")
    ] = None,
) -> None:
    """交叉任职核查：每条规则的结论和依据。 Cross-appointment rules with verdicts and evidence."""

    async def work(graph: Graph) -> Answer[list[CheckRow]]:
        where = await area_of(graph, place, area)
        return await check_rules(graph, area=where, rule=rule, verdict=verdict, as_of=day_of(as_of))

    answer = ask(work, personal=show_personal)
    if chosen_file(output, excel) is not None:
        give(
            answer,
            format_,
            CHECKS,
            title="交叉任职核查",
            output=output,
            excel=excel,
            masked=not show_personal,
        )
    elif format_ == "table":
        counts = tally(answer.data)
        print_answer(answer, format_, TALLY, rows=counts)
        wanted = (verdict,) if verdict else ("fail", "not_possible")
        shown = [row for row in answer.data if row["verdict"] in wanted]
        if shown:
            console.print(make_table(shown, CHECKS))
        unknown = sum(row["verdict"] == "unknown" for row in answer.data)
        if unknown and verdict is None:
            console.print(f"未知 {unknown} 条，用 --verdict unknown 查看缺哪些台账。")
    else:
        print_answer(answer, format_, CHECKS)
    failed = [r for r in answer.data if r["verdict"] == "fail"]
    serious = SEVERITIES[SEVERITIES.index(fail_on) :] if fail_on else ()
    fail_if(any(row["severity"] in serious for row in failed))


def query(
    name: Annotated[str | None, typer.Argument(help="查询名；不给则列出全部 / query")] = None,
    parameters: Annotated[
        list[str] | None, typer.Argument(help="参数，如 area=430407000000 / name=value")
    ] = None,
    place: PlaceOption = None,
    area: AreaOption = None,
    as_of: AsOfOption = None,
    format_: FormatOption = "table",
    output: OutputOption = None,
    excel: ExcelOption = None,
    show_personal: PersonalOption = False,
) -> None:
    """运行目录中的查询。 Run a query of the catalogue, or list them."""
    target = chosen_file(output, excel)
    as_json = format_ == "json" or (target is not None and target.suffix.lower() == ".json")
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
        where = await area_of(graph, place, area)
        given |= {} if where is None else {"area": where}
        given |= {} if as_of is None else {"as_of": as_of.date().isoformat()}
        answer = await graph.ask(found, given)
        # Tables and workbooks say in words what JSON says by null and `since_known`.
        return Answer(with_known_starts(answer.data), answer.stamp) if as_json else answer

    answer = ask(work, personal=show_personal)
    columns = {n: n for n in [*declared, *(n for row in answer.data[:1] for n in row)]}
    title = f"查询 {name}" if name else "查询目录"
    give(answer, format_, columns, title=title, output=output, excel=excel, masked=not show_personal)


def verify(
    format_: FormatOption = "table",
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="按重新计算的结果修正 / mend what differs")
    ] = False,
) -> None:
    """核对推导出的关系（交叉任职、所在辖区）与重新计算的结果。 Compare derived edges with a recomputation."""
    if rebuild:
        mended = with_graph(lambda graph: rebuild_derived(graph.store))
        console.print(f"已修正 {mended} 处。/ {mended} edges mended.")
    found = with_graph(lambda graph: verify_derived(graph.store))
    rows = [{"action": c.action, "edge": c.id} for c in found]
    if format_ == "json":
        print_json(rows)
    elif format_ == "csv":
        print_csv(rows, ("action", "edge"))
    elif rows:
        console.print(f"{len(rows)} 处与重新计算不符 / edges differ from a recomputation:")
        for row in rows[:50]:
            console.print(f"  {row['action']} {row['edge']}", markup=False, highlight=False)
    else:
        console.print("推导出的关系与重新计算一致。/ Derived edges equal a recomputation.")
    fail_if(bool(rows))


def _pairs(texts: list[str]) -> dict[str, str]:
    pairs = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals:
            zh, en = (f"参数应写作 名称=值：{text!r}。", f"write a parameter as name=value: {text!r}.")
            raise BadParameter(zh, en, subject=text)
        pairs[key] = value
    return pairs
