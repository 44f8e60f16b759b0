"""The command about law: texts under the rules of a place, and what they change."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from cli.listing import Listing, Where, with_shared_options
from cli.options import AsOfOption, day_of
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


@with_shared_options
def law(
    *,
    where: Where,
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
    out: Listing,
) -> None:
    """法规日历：各规则所依据的条文，两日之间的变化。 Texts under the rules, changes between two days."""
    first, second = day_of(from_), day_of(to)

    async def work(graph: Graph) -> Answer[list[LawRow] | list[LawChange] | list[LawVerdict]]:
        area = await where.find(graph)
        if first is None and second is None and not verdicts:
            return await read_law(graph, area=area, rule=rule, as_of=day_of(as_of))
        if first is None:
            raise BadParameter("请用 --from 给出前一日。", "give the first day with --from.", subject="from")
        last = graph.day(second)
        if not verdicts:
            return await read_law_changes(graph, first, last, area=area, rule=rule)
        return await read_law_verdicts(graph, first, last, area=area, rule=rule, by=by)

    answer = out.ask(work)
    columns = VERDICTS if verdicts else TEXTS if first is None else CHANGES
    out.give(answer, columns, title="法规日历")
