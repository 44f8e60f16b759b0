"""Registers given back: the file that was handed in, with what the graph says of each row beside it."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, Depends
from pydantic import Field
from starlette.responses import Response

from api.documents.delivery import Id, RegisterText, Word, require_register, shown_delivery
from api.documents.envelope_shapes import Answered, answers
from api.http.dependencies import ReplyDep, ServiceDep
from api.http.doorkeeper import needs
from api.http.files import disposition
from graph.errors import NotFound, ReasonNeeded
from graph.intake.kept import GIVEN
from graph.intake.order import Order, RegisterOrder
from graph.intake.shapes import HandedInShape
from graph.ledger.roles import Right
from graph.reports.tables.sheets import MEDIA_TYPE

router = APIRouter(prefix="/deliveries", tags=["loads"], dependencies=[Depends(needs(Right.load))])


class BackText(RegisterText):
    """怎样返回台账。 Of which area the register is, and as of which day."""

    place: Word = Field(description="哪个辖区的台账：名称或编号 / of which area, by name or id")
    on: date | None = Field(None, description="统计日期，默认今天 / as of which day, today if absent")


@router.post("/{id}/give-back", summary="返回台账 / Give back", responses=answers(Answered[HandedInShape]))
async def give_register_back(
    reply: ReplyDep,
    service: ServiceDep,
    id: Id,  # noqa: A002 - the name in the path
    sent: Annotated[BackText, Body(examples=[{"place": "990101000000"}])],
) -> Response:
    """原表原序，加列：图中编号、核查结果、缺什么、建议人选、图中所记。 The register with columns added.

    不写入图，也不提问；完成后 given 为其内容，文件在 …/given-back。个人信息须说明理由方才写入文件。
    Writes and asks nothing. When it is done `given` says what is in it, and the file is at `…/given-back`.
    Personal data are in it only where the request is given a reason for them.
    """
    item = service.desk.find(id, reply.caller.name)
    require_register(item)
    item.require("proposed", "rejected", "questions", "checked", "loaded", "failed", "cancelled")
    order = Order(
        "back",
        {},
        "",
        name=item.name,
        register=RegisterOrder(
            sent.register_kind, sent.form, dict(sent.columns), dict(sent.constants), sent.place, sent.on
        ),
        area=reply.area,
        personal=reply.personal,
        verdicts=reply.caller.via == "local",
    )
    await service.desk.start(item, order)
    return await shown_delivery(reply, item)


@router.get(
    "/{id}/given-back",
    summary="返回的台账文件 / The register given back",
    responses={200: {"description": "文件 / the file"}},
)
async def given_back(reply: ReplyDep, service: ServiceDep, id: Id) -> Response:  # noqa: A002
    """工作簿（.xlsx）；原件为 .xlsx 的保留其格式。 As .xlsx; with its formats where it came as one."""
    item = service.desk.find(id, reply.caller.name)
    if item.given is None or item.state == "working":
        raise NotFound(
            "还没有返回的台账；请先 POST …/give-back，并等它结束。",
            "no register was given back: POST …/give-back first, and wait until that ends.",
            subject="id",
        )
    if item.given["personal"] and not reply.personal:
        raise ReasonNeeded("id")
    content = await asyncio.to_thread((item.folder / GIVEN).read_bytes)
    stem = item.name.rpartition(".")[0] or item.name
    named = disposition("cobuild-register.xlsx", f"{stem}.返回.xlsx")
    headers = {"Cache-Control": "no-store", "Content-Disposition": named}
    return Response(content, headers=headers, media_type=MEDIA_TYPE)
