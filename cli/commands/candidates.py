"""The command that proposes: candidates for the gaps of promotion rules."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.listing import Listing, Where, with_shared_options
from cli.options import AsOfOption, day_of
from cli.output import console, make_table, print_answer
from graph.appointments.candidates import HEADINGS, find_candidates, table_rows
from graph.appointments.candidates.shapes import CandidateGap, CandidateRow, Candidates
from graph.appointments.named import id_of
from graph.labels import headings
from graph.model import POSTS
from graph.reading.answer import Answer
from graph.reading.graph import Graph

SUBJECTS = list(dict.fromkeys(("Quarter", *POSTS, "Area")))
"""What a rule of promotion is about."""
GAPS = headings(CandidateGap, "code", "title_zh", "subject_name", "area_name", "verdict", "summary_zh")
ROWS = headings(CandidateRow, "code", "subject_name", "rank", "candidate", "candidate_name", "reasons_zh")


def register(app: typer.Typer) -> None:
    """Put the command on the application."""
    app.command()(candidates)


@with_shared_options
def candidates(
    *,
    where: Where,
    rule: Annotated[str | None, typer.Option(help="倡导类规则名或编号，如 R19 / one promotion rule")] = None,
    subject: Annotated[
        str | None, typer.Option(help="核查对象：编号或名称，如小区 / subject of the check, by id or name")
    ] = None,
    as_of: AsOfOption = None,
    out: Listing,
) -> None:
    """缺口由谁填补：人选排序、理由、受限规则。 Who could fill the gaps of promotion rules."""

    async def work(graph: Graph) -> Answer[Candidates]:
        area = await where.find(graph)
        about = subject and await id_of(graph, subject, "subject", SUBJECTS)
        return await find_candidates(graph, area=area, rule=rule, subject=about, as_of=day_of(as_of))

    answer = out.ask(work)
    if not out.printed:
        out.give(answer, HEADINGS, title="人选", rows=table_rows(answer.data))
        return
    print_answer(answer, out.format_, GAPS, rows=answer.data["gaps"])
    if answer.data["rows"]:
        console.print(make_table(answer.data["rows"], ROWS))
