"""Rules: what they ask, how the profiles set them, and what they find."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from api.documents.envelope_shapes import Answered, Paged, answers
from api.documents.listings import describe_rule, list_rules
from api.http.dependencies import AsOf, PageDep, ReplyDep, ScopeDep, Text, blank_means
from api.http.files import FILES, ChosenDep, FormatOption, give_file
from graph.catalogue.shapes import RuleDetail, RuleShape
from graph.labels import headings
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.rules.check import check_rules, check_with_tally
from graph.rules.pages import only_explained_lacking, only_lacking
from graph.rules.sentences import explain_rows
from graph.rules.shapes import CheckRow, Checks, UnexplainedChecks, Verdict
from graph.store import Row

router = APIRouter(tags=["rules"])

CHECKS = headings(CheckRow)
RuleText = Annotated[
    Text, Query(description="规则名称或编号，空为全部 / rule, all if absent", examples=["R15"])
]
OneVerdict = Annotated[
    Verdict | None,
    blank_means(None),
    Query(description="只列此结论 / only rows of this verdict", examples=["fail"]),
]

LacksText = Annotated[
    Text,
    Query(
        description="只列缺此类台账或信息的未知项，名称同 /reports/missing/areas 的 what_zh / "
        "only undecided rows that lack this register or value, by its name there",
        examples=["业委会台账"],
    ),
]
AloneOption = Annotated[
    bool, Query(description="只列仅缺它的 / of these only those that lack nothing else", examples=[False])
]


def _asked(verdict: Verdict | None, lacks: str | None) -> Verdict | None:
    """What lacks something is undecided, so that nothing else need be read."""
    return "unknown" if lacks is not None and verdict is None else verdict


@router.get("/rules", summary="规则 / Rules", responses=answers(Answered[list[RuleShape]]))
async def rules(reply: ReplyDep) -> Response:
    """全部规则及其接口。 Every rule with its interface."""
    return await reply.whole(list_rules, judged=True)


@router.get("/rules/{name}", summary="一条规则 / One rule", responses=answers(Answered[RuleDetail]))
async def rule(
    reply: ReplyDep,
    name: Annotated[
        str,
        Path(
            description="规则名称或编号 / name or code of the rule",
            examples=["owners_committee_party_ratio_low"],
        ),
    ],
    as_of: AsOf = None,
) -> Response:
    """规则的接口、全文，以及各规则集当日的设置。 Interface, text, and every profile's settings."""
    return await reply.whole(lambda graph: describe_rule(graph, name, as_of), judged=True)


@router.get("/checks", summary="核查 / Checks", responses=answers(Paged[Checks]))
async def checks(
    *,
    reply: ReplyDep,
    page: PageDep,
    scope: ScopeDep,
    rule: RuleText = None,
    verdict: OneVerdict = None,
    lacks: LacksText = None,
    alone: AloneOption = False,
    as_of: AsOf = None,
) -> Response:
    """按所在地的规则集核查。 Rules run with the profile of the place.

    tally 总计各种结论，不受 verdict 和分页影响，结果因此总带有分母。
    `tally` counts every verdict, whatever page and `verdict` are asked for, so a result always
    carries its denominator.
    """

    async def question(graph: Graph) -> Answer[UnexplainedChecks]:
        area = await scope.find(graph)
        answer = await check_with_tally(
            graph, area=area, rule=rule, verdict=_asked(verdict, lacks), as_of=as_of
        )
        return answer if lacks is None else only_lacking(answer, lacks, alone=alone)

    async def explain(graph: Graph, rows: list[Row]) -> None:
        """Names and reasons, for the rows of the page only."""
        await explain_rows(graph, rows)

    return await reply.rows(question, page, finish=explain, ledgered=True, judged=True)


@router.get(
    "/checks/export", summary="核查结果文件 / Checks as a file", responses=FILES, response_class=Response
)
async def export_checks(
    *,
    reply: ReplyDep,
    scope: ScopeDep,
    chosen: ChosenDep,
    rule: RuleText = None,
    verdict: OneVerdict = None,
    lacks: LacksText = None,
    alone: AloneOption = False,
    as_of: AsOf = None,
    kind: FormatOption = "xlsx",
) -> Response:
    """核查结果及理由，写成工作簿或 CSV。 Judged rows with their reasons, as a file."""

    # Another question than that of a page: all rows with their reasons, and no tally.
    async def question(graph: Graph) -> Answer[list[CheckRow]]:
        area = await scope.find(graph)
        answer = await check_rules(graph, area=area, rule=rule, verdict=_asked(verdict, lacks), as_of=as_of)
        return answer if lacks is None else only_explained_lacking(answer, lacks, alone=alone)

    return await give_file(
        reply,
        question,
        kind,
        title="核查结果",
        name="checks",
        columns=CHECKS,
        chosen=chosen,
        ledgered=True,
        judged=True,
    )
