"""Profiles: which rules apply where, with which settings, from which text."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from api.documents.envelope_shapes import Answered, answers
from api.http.dependencies import AsOf, ReplyDep, Text
from graph.catalogue.profile_rows import explain_profile, list_profiles
from graph.catalogue.shapes import ProfileRow, SettingRow
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.rules.runs import find_rule

router = APIRouter(tags=["rules"])


@router.get("/profiles", summary="规则集 / Profiles", responses=answers(Answered[list[ProfileRow]]))
async def profiles(reply: ReplyDep) -> Response:
    """全部规则集。 Every profile."""

    async def question(graph: Graph) -> Answer[list[ProfileRow]]:
        rows = list_profiles(graph.profiles)
        return Answer(rows, graph.stamp([], {}, await graph.version(), len(rows)))

    return await reply.whole(question, judged=True)


@router.get(
    "/profiles/{name}", summary="一个规则集 / One profile", responses=answers(Answered[list[SettingRow]])
)
async def profile(
    reply: ReplyDep,
    name: Annotated[
        str, Path(description="规则集，中文名或文件名均可 / profile", examples=["worked_example"])
    ],
    rule: Annotated[
        Text, Query(description="规则名称或编号，空为全部 / rule, all if absent", examples=["R15"])
    ] = None,
    as_of: AsOf = None,
) -> Response:
    """每条规则当日的设置、出处和生效日。 Each setting on a day, where it is from, since when."""

    async def question(graph: Graph) -> Answer[list[SettingRow]]:
        day = graph.day(as_of)
        found = graph.profiles[name]
        wanted = None if rule is None else find_rule(graph, rule).name
        rows = explain_profile(found, graph.profiles, graph.catalogue, day, wanted)
        given = {"rule": rule, "as_of": day}
        stamp = graph.stamp([], given, await graph.version(), len(rows), profile=found.name)
        return Answer(rows, stamp)

    return await reply.whole(question, judged=True)
