"""The command about law: texts under the rules of a place, and what they change."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from cli.options import AreaOption, AsOfOption, FormatOption, PersonalOption, PlaceOption, area_of, day_of
from cli.session import ask
from cli.write_file import ExcelOption, OutputOption, give
from graph.errors import BadParameter
from graph.labels import headings
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.rules.law import read_law, read_law_changes
from graph.rules.law_verdicts import By, read_law_verdicts
from graph.rules.shapes import LawChange, LawRow, LawVerdict

TEXTS = headings(
    LawRow,
    "profile_zh",
    "code",
    "title_zh",
    "on",
    "severity",
    "title",
    "article",
    "in_force_zh",
    "verified",
    "verified_zh",
)
CHANGES = headings(LawChange, "profile_zh", "code", "title_zh", "setting_zh", "before", "after", "since")
VERDICTS = headings(
    LawVerdict,
    "code",
    "title_zh",
    "subject_name",
    "area_name",
    "by",
    "verdict_before",
    "verdict_law",
    "verdict_after",
    "severity_after",
    "reason_zh",
    "texts",
)


def register(app: typer.Typer) -> None:
    """Put the commands of this module on the application."""
    app.command()(law)


_DAY = ["%Y-%m-%d"]


def law(
    place: PlaceOption = None,
    area: AreaOption = None,
    rule: Annotated[str | None, typer.Option(help="规则名或编号，如 R32 / one rule")] = None,
    as_of: AsOfOption = None,
    from_: Annotated[
        datetime | None,
        typer.Option("--from", formats=_DAY, help="与 --to 比较的前一日 / the first of two days"),
    ] = None,
    to: Annotated[
        datetime | None, typer.Option("--to", formats=_DAY, help="后一日 / the second of two days")
    ] = None,
    verdicts: Annotated[
        bool, typer.Option("--verdicts", help="列出两日之间变化的结论 / verdicts that change")
    ] = False,
    by: Annotated[
        By | None, typer.Option("--by", help="只列由法律或由记录引起的 / only by law or by records")
    ] = None,
    format_: FormatOption = "table",
    output: OutputOption = None,
    excel: ExcelOption = None,
    show_personal: PersonalOption = False,
) -> None:
    """法规日历：各规则所依据的条文，两日之间的变化。 Texts under the rules, changes between two days."""
    first, second = day_of(from_), day_of(to)

    async def work(graph: Graph) -> Answer[list[LawRow] | list[LawChange] | list[LawVerdict]]:
        where = await area_of(graph, place, area)
        if first is None and second is None and not verdicts:
            return await read_law(graph, area=where, rule=rule, as_of=day_of(as_of))
        if first is None:
            raise BadParameter("请用 --from 给出前一日。", "give the first day with --from.", subject="from")
        last = graph.day(second)
        if not verdicts:
            return await read_law_changes(graph, first, last, area=where, rule=rule)
        return await read_law_verdicts(graph, first, last, area=where, rule=rule, by=by)

    answer = ask(work, personal=show_personal)
    columns = VERDICTS if verdicts else TEXTS if first is None else CHANGES
    give(answer, format_, columns, title="法规日历", output=output, excel=excel, masked=not show_personal)
