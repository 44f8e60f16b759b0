"""Paths to resources, contact chains, and connections of any two nodes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import Field
from starlette.responses import Response

from api.documents.envelope_shapes import Answered, answers
from api.http.dependencies import AsOf, ReplyDep, Text, blank_means, split_list
from api.http.files import FILES, FormatOption, give_file
from graph.model.vocabulary import ResourceCategory
from graph.paths import LONGEST_PATH, MAX_HOPS, MAX_PATHS, find_chains, find_connections, find_paths
from graph.paths.shapes import PathsShape, WaysShape
from graph.paths.table import HEADINGS, table_rows
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.snapshot import Question
from graph.store import Row

DEFAULT_PATHS, DEFAULT_WAYS, DEFAULT_HOPS = 5, 3, 6

router = APIRouter(tags=["paths"])

Source = Annotated[str, Query(description="一端的编号 / id of one end", examples=["p-990101-0022"])]
Target = Annotated[str, Query(description="另一端的编号 / id of the other", examples=["p-990101-0031"])]
Ways = Annotated[
    int,
    Field(ge=1, le=MAX_PATHS),
    blank_means(DEFAULT_WAYS),
    Query(description="路径条数 / how many", examples=[3]),
]
Hops = Annotated[
    int,
    Field(ge=1, le=MAX_HOPS),
    blank_means(DEFAULT_HOPS),
    Query(description="最多步数 / longest way, in hops", examples=[6]),
]


Origin = Annotated[
    str,
    Query(
        description="需求、地方、组织、单位、队伍、站点或人员编号 / id of a need, place, body, "
        "unit, team, station or person",
        examples=["n-990101-0001"],
    ),
]
Category = Annotated[
    Text,
    Query(
        description="资源类别，空为该需求可对接的类别 / resource category, what would meet the "
        "need if absent",
        examples=["medical"],
        json_schema_extra={"enum": [c.value for c in ResourceCategory]},
    ),
]
Targets = Annotated[
    Text,
    Query(
        description="资源或提供者编号，逗号分隔，空为全部 / resources or their providers, "
        "comma separated, all if absent",
        examples=["u-990101-001"],
    ),
]
HowMany = Annotated[
    int,
    Field(ge=1, le=MAX_PATHS),
    blank_means(DEFAULT_PATHS),
    Query(description="路径条数 / how many paths", examples=[3]),
]
Longest = Annotated[
    int | None,
    Field(ge=1, le=LONGEST_PATH),
    blank_means(None),
    Query(description="路径最多步数，默认不限 / longest path, in hops, any if absent", examples=[7]),
]


def ask_paths(
    *,
    source: Origin,
    category: Category = None,
    to: Targets = None,
    k: HowMany = DEFAULT_PATHS,
    max_hops: Longest = None,
    as_of: AsOf = None,
) -> Question[PathsShape]:
    """The question of `/paths` and of its file."""

    async def question(graph: Graph) -> Answer[PathsShape]:
        return await find_paths(
            graph, source, category=category, targets=split_list(to), k=k, max_hops=max_hops, as_of=as_of
        )

    return question


PathsAsked = Annotated[Question[PathsShape], Depends(ask_paths)]


@router.get("/paths", summary="资源路径 / Resource paths", responses=answers(Answered[PathsShape]))
async def paths(reply: ReplyDep, asked: PathsAsked) -> Response:
    """到资源的最近路径，每一步有日期和来源；找不到时说明断在哪里。 The nearest paths, hop by hop.

    When nothing is found, why_not names the first hop that is blocked, or what lies elsewhere.
    """
    return await reply.whole(asked)


@router.get(
    "/paths/export",
    summary="资源路径文件 / Resource paths as a file",
    responses=FILES,
    response_class=Response,
)
async def export_paths(reply: ReplyDep, asked: PathsAsked, kind: FormatOption = "xlsx") -> Response:
    """每条路径一行，写成工作簿或 CSV；没有通路时写明原因。 A row for each path, as a file.

    Where there is none, one row says why.
    """

    async def question(graph: Graph) -> Answer[list[Row]]:
        found = await asked(graph)
        return Answer(table_rows([found.data]), found.stamp)

    return await give_file(reply, question, kind, title="资源路径", name="paths", columns=HEADINGS)


@router.get("/chains", summary="联系链 / Contact chains", responses=answers(Answered[WaysShape]))
async def chains(
    *,
    reply: ReplyDep,
    source: Source,
    target: Target,
    k: Ways = DEFAULT_WAYS,
    max_hops: Hops = DEFAULT_HOPS,
    as_of: AsOf = None,
) -> Response:
    """谁能把一方引荐给另一方：沿任职和隶属。 Who can introduce whom, over posts and subordination.

    个人信息屏蔽时不走任职单位关系，not_walked 会列出。 Employment is walked only where personal
    data may be shown; not_walked lists what was left out.
    """
    return await reply.whole(
        lambda graph: find_chains(graph, source, target, k=k, max_hops=max_hops, as_of=as_of)
    )


@router.get("/connections", summary="任意两点的路径 / Connections", responses=answers(Answered[WaysShape]))
async def connections(
    *,
    reply: ReplyDep,
    source: Source,
    target: Target,
    k: Ways = DEFAULT_WAYS,
    max_hops: Hops = DEFAULT_HOPS,
    as_of: AsOf = None,
) -> Response:
    """任意两个节点之间最近的不同路径。 The nearest different ways between any two nodes."""
    return await reply.whole(
        lambda graph: find_connections(graph, source, target, k=k, max_hops=max_hops, as_of=as_of)
    )
