"""Loads that were made, and taking one back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Depends, Path
from pydantic import Field
from starlette.responses import Response

from api.documents.envelope_shapes import Answered, answers
from api.http.dependencies import ReplyDep, ServiceDep
from api.http.doorkeeper import needs
from graph.intake.bounds import inside, set_inside, sources_inside
from graph.intake.order import Order
from graph.intake.shapes import HandedInShape, LoadShape
from graph.ledger.roles import NotAllowed, Right
from graph.reading.rows import row_as
from graph.store.history import read_sets

router = APIRouter(prefix="/loads", tags=["loads"], dependencies=[Depends(needs(Right.load))])

SHOWN = tuple(LoadShape.__annotations__)


@router.get("", summary="历次导入 / Loads", responses=answers(Answered[list[LoadShape]]))
async def loads(reply: ReplyDep, service: ServiceDep) -> Response:
    """经办人、时间、来源、数量，最近的在后。 Who, when, what, how many, the latest last; as `cobuild loads`.

    限于某辖区的调用者只见该辖区来源的导入。 A caller limited to an area sees loads of sources of that area.
    """
    graph = service.graph
    sets = await read_sets(graph.store)
    if reply.area is not None:
        own = await sources_inside(graph, await inside(graph, reply.area))
        sets = [s for s in sets if s.source in own]
    found = [row_as(LoadShape, {n: v for n, v in asdict(s).items() if n in SHOWN}) for s in sets]
    return await reply.state(found, rows=len(found))


@router.post(
    "/{number}/undo", summary="撤销一次导入 / Undo a load", responses=answers(Answered[HandedInShape])
)
async def undo_load(
    reply: ReplyDep,
    service: ServiceDep,
    number: Annotated[
        int, Path(description="第几次 / number of the load", examples=[1]), Field(ge=1, le=2**31)
    ],
) -> Response:
    """撤回一次已完成的导入；有内容依赖它则不撤，findings 逐项列出。 Take a finished load back.

    与导入一样进行：用返回的编号查看进度。 It runs as a load does: ask for `/deliveries/{id}`. Where
    something was built on it nothing is changed, and the findings say what.
    """
    if reply.area is not None and not await set_inside(service.graph, number, reply.area):
        raise NotAllowed(
            f"第 {number} 次导入不都在您的辖区 {reply.area} 范围内。",
            f"load {number} does not lie in your area {reply.area}.",
            subject="number",
        )
    item = service.desk.begin("undo", reply.caller.name, f"撤销第 {number} 次")
    order = Order("undo", {}, "", who=reply.caller.signature, number=number, area=reply.area)
    await service.desk.start(item, order, reply.entry)
    reply.note(delivery=item.id)
    return await reply.state(item.shown())
