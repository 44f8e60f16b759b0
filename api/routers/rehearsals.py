"""Sheets of appointments that were handed in, checked before anything is decided."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, Depends
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.documents.delivery import Id, shown_delivery
from api.documents.envelope_shapes import Answered, answers
from api.http.dependencies import ReplyDep, ServiceDep
from api.http.doorkeeper import needs
from graph.errors import BadParameter
from graph.intake.order import Order
from graph.intake.shapes import HandedInShape
from graph.ledger.roles import Right

router = APIRouter(prefix="/deliveries", tags=["loads"], dependencies=[Depends(needs(Right.load))])


class RehearseText(BaseModel):
    """从哪天起生效。 From which day on; without it the day of the sheet, else today."""

    model_config = ConfigDict(extra="forbid")

    as_of: date | None = Field(None, description="生效日，默认表中所写 / the day, if not that of the sheet")


@router.post(
    "/{id}/rehearse", summary="核查任免方案表 / Check a sheet", responses=answers(Answered[HandedInShape])
)
async def rehearse_sheet(
    reply: ReplyDep,
    service: ServiceDep,
    id: Id,  # noqa: A002 - the name in the path
    sent: Annotated[RehearseText, Body(examples=[{"as_of": "2025-07-01"}])],
) -> Response:
    """各行一并核查，不写入；完成后 rehearsed 为结果，逐行的结论在标注副本中。 Nothing is written.

    表须以 kind=appointments 上传。有误的格在 …/findings，标注副本在 …/marked。按姓名查人须说明理由。
    All rows together. What is wrong is at `…/findings` by cell, what each row brings in the copy at
    `…/marked`. To find a person by name takes a reason. `rehearsed.proposal` is what
    `POST /appointments` takes.
    """
    item = service.desk.find(id, reply.caller.name)
    if item.kind != "appointments":
        raise BadParameter(
            "这不是任免方案表；请以 kind=appointments 上传。",
            "this is no sheet of appointments: hand it in with kind=appointments.",
            subject="id",
        )
    item.require("received", "rejected", "checked", "failed", "cancelled")
    order = Order(
        "rehearse",
        {},
        "",
        name=item.name,
        area=reply.area,
        as_of=sent.as_of,
        personal=reply.personal,
        verdicts=reply.caller.via == "local",
    )
    await service.desk.start(item, order)
    return await shown_delivery(reply, item)
