"""The calendar of law: texts under the rules, and what they change between two days."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.documents.envelope_shapes import Paged, answers
from api.http.dependencies import AsOf, PageDep, ReplyDep, ScopeDep, Text, blank_means
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.rules.law import read_law, read_law_changes
from graph.rules.law_verdicts import By, explain_verdicts, find_law_verdicts
from graph.rules.shapes import LawChange, LawRow, LawVerdict
from graph.store import Row

router = APIRouter(tags=["rules"])

Rule = Annotated[Text, Query(description="规则名称或编号，空为全部 / rule, all if absent", examples=["R32"])]
First = Annotated[date, Query(alias="from", description="前一日 / the first day", examples=["2025-12-31"])]
Second = Annotated[date, Query(alias="to", description="后一日 / the second day", examples=["2026-01-01"])]


@router.get("/law", summary="规则所依据的条文 / Texts of law", responses=answers(Paged[list[LawRow]]))
async def law(
    *, reply: ReplyDep, page: PageDep, scope: ScopeDep, rule: Rule = None, as_of: AsOf = None
) -> Response:
    """每条规则在该地所依据的条文、施行和失效日、核实程度。 Texts under each rule in a place.

    until、text_until 均不含当日；没有施行日的，in_force_zh 说明未核实。
    `until` and `text_until` are exclusive; a text without a day of effect says so.
    """

    async def question(graph: Graph) -> Answer[list[LawRow]]:
        return await read_law(graph, area=await scope.find(graph), rule=rule, as_of=as_of)

    return await reply.rows(question, page, judged=True)


@router.get(
    "/law/changes", summary="两日之间的规则变化 / Changes of law", responses=answers(Paged[list[LawChange]])
)
async def law_changes(
    *, reply: ReplyDep, page: PageDep, scope: ScopeDep, from_: First, to: Second, rule: Rule = None
) -> Response:
    """两日之间哪些设置和条文有变化。 Which settings and texts differ between two days."""

    async def question(graph: Graph) -> Answer[list[LawChange]]:
        return await read_law_changes(graph, from_, to, area=await scope.find(graph), rule=rule)

    return await reply.rows(question, page, judged=True)


@router.get(
    "/law/verdicts",
    summary="两日之间的结论变化及原因 / Verdicts changed by law",
    responses=answers(Paged[list[LawVerdict]]),
)
async def law_verdicts(
    *,
    reply: ReplyDep,
    page: PageDep,
    scope: ScopeDep,
    from_: First,
    to: Second,
    rule: Rule = None,
    by: Annotated[
        By | None,
        blank_means(None),
        Query(description="只列由此引起的 / only those changed by this", examples=["law"]),
    ] = None,
) -> Response:
    """两日的结论哪些不同，由法律还是由记录引起。 Which verdicts differ, by the law or by records.

    by=law：同一份记录，仅因法律变化而不同；records：法律相同，因日期或记录不同；both：两者都有。
    `law`: on the same records, by the law alone; `records`: under the same law; `both`: by each.
    """

    async def question(graph: Graph) -> Answer[list[Row]]:
        area = await scope.find(graph)
        return await find_law_verdicts(graph, from_, to, area=area, rule=rule, by=by)

    return await reply.rows(question, page, finish=explain_verdicts, judged=True)
