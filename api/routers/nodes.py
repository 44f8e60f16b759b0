"""Looking around: one node, its neighbours."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from api.documents.envelope_shapes import Answered, Paged, answers
from api.http.dependencies import AsOf, PageDep, ReplyDep, Text, split_list
from graph.reading.nodes import read_neighbours, read_node
from graph.reading.shapes import NeighbourRow, NodeShape

router = APIRouter(tags=["nodes"])

NodeId = Annotated[str, Path(description="节点编号 / node id", examples=["q-990101-001"], max_length=200)]


@router.get("/nodes/{id}", summary="节点 / One node", responses=answers(Answered[NodeShape]))
async def node(reply: ReplyDep, id: NodeId) -> Response:  # noqa: A002 - the name in the path
    """一个节点的全部属性；屏蔽的属性只列名称。 One node; withheld properties are named only."""
    return await reply.whole(lambda graph: read_node(graph, id))


@router.get(
    "/nodes/{id}/neighbours", summary="相邻节点 / Neighbours", responses=answers(Paged[list[NeighbourRow]])
)
async def neighbours(
    reply: ReplyDep,
    page: PageDep,
    id: NodeId,  # noqa: A002 - the name in the path
    types: Annotated[
        Text,
        Query(
            description="关系类型，逗号分隔，空为全部 / edge types, comma separated, all if absent",
            examples=["PART_OF,COVERS"],
        ),
    ] = None,
    as_of: AsOf = None,
) -> Response:
    """当日与该节点相连的关系。 Edges of a node on a day, both ways, by edge id.

    本身即属个人信息的关系不列出、不计数，其类型见 stamp.parameters.hidden。
    Edges whose existence is personal are neither listed nor counted; `hidden` names their types.
    """
    return await reply.rows(
        lambda graph: read_neighbours(graph, id, as_of=as_of, types=split_list(types)), page
    )
