"""The model as JSON."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.documents.envelope_shapes import Answered, answers
from api.documents.listings import describe_model
from api.http.dependencies import ReplyDep
from graph.model.shapes import ModelShape

router = APIRouter(tags=["model"])


@router.get("/model", summary="模型 / The model", responses=answers(Answered[ModelShape]))
async def model(reply: ReplyDep) -> Response:
    """节点、关系、属性和枚举，各有中英文名称。 Node and edge types, properties, enumerations."""
    return await reply.whole(describe_model, judged=True)
