"""Uploading, checking and loading deliveries and registers; long tasks run beside the request."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Depends, Query, Request
from starlette.responses import Response

from api.documents.delivery import (
    CheckText,
    Id,
    RegisterText,
    order_of,
    register_of,
    require_register,
    shown,
    shown_delivery,
)
from api.documents.envelope_shapes import Answered, answers
from api.http.dependencies import ReplyDep, ServiceDep, blank_means
from api.http.doorkeeper import needs
from graph.errors import BadParameter
from graph.intake.file_names import check_name, is_table
from graph.intake.order import Order, RegisterOrder
from graph.intake.shapes import HandedInShape
from graph.ledger.roles import Right

router = APIRouter(prefix="/deliveries", tags=["loads"], dependencies=[Depends(needs(Right.load))])
upload_router = APIRouter(prefix="/deliveries", tags=["loads"], dependencies=[Depends(needs(Right.load))])
"""Apart from `router` because their bodies are files, of which nothing is held in memory."""

BODY: dict[str, Any] = {
    "requestBody": {
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        "description": "文件本身 / the file itself",
    }
}


@upload_router.post(
    "", summary="上传 / Hand in", responses=answers(Answered[HandedInShape]), openapi_extra=BODY
)
async def hand_in(
    *,
    reply: ReplyDep,
    service: ServiceDep,
    request: Request,
    name: Annotated[
        str | None,
        blank_means(None),
        Query(description="文件名；空则为逐个上传的 CSV 目录 / name of the file; none: CSV files follow"),
    ] = None,
    kind: Annotated[
        Literal["delivery", "register", "appointments", "answers"],
        blank_means("delivery"),
        Query(description="按模板的交付、原样的台账、任免方案表、答复的疑问清单 / what it is"),
    ] = "delivery",
) -> Response:
    """上传一份工作簿、压缩的 CSV 目录，或原样的台账。 A workbook, CSV packed as .zip, or a register as it is.

    正文即文件，至多 64 MiB；文件仅存于数据目录，24 小时无人查看即删除。台账随即读取各列，见 proposal。
    The body is the file, 64 MiB at most. It lies in the data folder and is removed after 24 hours in which
    it is not asked for. Of a register the columns are read at once, see `proposal`.
    """
    if name is None and kind != "delivery":
        raise BadParameter("请用 name 给出文件名。", "give the file's name by name.", subject="name")
    if name is not None:
        check_name(kind, name)
    desk = service.desk
    item = desk.begin(kind, reply.caller.name, name or "CSV")
    try:
        if name is not None:
            await desk.take(item, name, request.stream())
    except BaseException:
        await desk.drop(item)
        raise
    reply.note(delivery=item.id, bytes=sum(item.files.values()))
    if kind == "register":
        await desk.start(item, Order("read", {}, "", name=item.name, register=RegisterOrder()))
    if kind == "answers":
        await desk.start(item, Order("answers", {}, "", name=item.name, area=reply.area))
    return await shown_delivery(reply, item)


@upload_router.put(
    "/{id}/files",
    summary="再上传一个文件 / One more file",
    responses=answers(Answered[HandedInShape]),
    openapi_extra=BODY,
)
async def add_file(
    *,
    reply: ReplyDep,
    service: ServiceDep,
    request: Request,
    id: Id,  # noqa: A002 - the name in the path
    name: Annotated[
        str,
        Query(
            description="目录中的哪个文件，如 nodes/Quarter.csv 或 manifest.toml / which file of the folder",
            examples=["nodes/Quarter.csv"],
            max_length=100,
        ),
    ],
) -> Response:
    """CSV 目录中的一个文件；同名的被替换。 A file of a folder of CSV; one of the same name is replaced."""
    item = service.desk.find(id, reply.caller.name)
    if item.kind != "delivery" or not is_table(name) or any("." in f and not is_table(f) for f in item.files):
        raise BadParameter(
            "只能给 CSV 目录添加 manifest.toml、nodes/类型.csv、edges/类型.csv。",
            "a folder of CSV takes manifest.toml, nodes/TYPE.csv and edges/TYPE.csv.",
            subject="name",
        )
    await service.desk.take(item, name, request.stream())
    return await shown_delivery(reply, item)


@router.get("", summary="我的交付 / My deliveries", responses=answers(Answered[list[HandedInShape]]))
async def deliveries(reply: ReplyDep, service: ServiceDep) -> Response:
    """自己上传而尚未删除的。 What one handed in oneself and did not delete."""
    found = [shown(item) for item in service.desk.all(reply.caller.name)]
    return await reply.state(found, rows=len(found))


@router.get("/{id}", summary="一份交付 / One delivery", responses=answers(Answered[HandedInShape]))
async def delivery(reply: ReplyDep, service: ServiceDep, id: Id) -> Response:  # noqa: A002
    """进行到哪一步，有多少错误、提醒和变更。 How far it is, and how many errors, warnings and changes."""
    return await shown_delivery(reply, service.desk.find(id, reply.caller.name))


@router.delete("/{id}", summary="取消并删除 / Cancel", responses=answers(Answered[HandedInShape]))
async def delete_delivery(reply: ReplyDep, service: ServiceDep, id: Id) -> Response:  # noqa: A002
    """停止正在进行的处理，已写入的部分撤回，删除文件。 Stop, undo what was written, delete the files.

    state 为 cancelled；若已来不及，为 loaded，可用 POST /loads/{number}/undo 撤销。
    The state is `cancelled`, or `loaded` where it was too late: then use `POST /loads/{number}/undo`.
    """
    item = await service.desk.drop(service.desk.find(id, reply.caller.name))
    return await shown_delivery(reply, item)


@router.post(
    "/{id}/form", summary="更正台账各列 / Correct columns", responses=answers(Answered[HandedInShape])
)
async def correct_columns(
    reply: ReplyDep,
    service: ServiceDep,
    id: Id,  # noqa: A002 - the name in the path
    sent: Annotated[RegisterText, Body(examples=[{"columns": {"联络人": "物业负责人"}}])],
) -> Response:
    """按更正重新读取各列；表样在预检时保存。 Read the columns anew; the form is kept with the check."""
    item = service.desk.find(id, reply.caller.name)
    require_register(item)
    await service.desk.start(item, Order("read", {}, "", name=item.name, register=register_of(sent)))
    return await shown_delivery(reply, item)


@router.post("/{id}/check", summary="预检 / Check", responses=answers(Answered[HandedInShape]))
async def check_delivery(
    reply: ReplyDep,
    service: ServiceDep,
    id: Id,  # noqa: A002 - the name in the path
    sent: Annotated[CheckText, Body(examples=[{"missing": "report"}])],
) -> Response:
    """只校验和比较，不写入；选项同 cobuild load、cobuild register。 Check and compare, write nothing."""
    item = service.desk.find(id, reply.caller.name)
    if item.kind in ("appointments", "answers"):
        raise _not_loaded()
    item.require("received", "proposed", "rejected", "questions", "checked", "failed", "cancelled")
    if not item.files:
        raise BadParameter("尚未上传文件。", "no file was handed in yet.", subject="files")
    item.checked_with = sent
    await service.desk.start(item, order_of(reply, item, "check"))
    return await shown_delivery(reply, item)


@router.post("/{id}/load", summary="导入 / Load", responses=answers(Answered[HandedInShape]))
async def load_delivery(reply: ReplyDep, service: ServiceDep, id: Id) -> Response:  # noqa: A002
    """按预检的选项写入；预检后图有变化则不写入，须重新预检。 Load as it was checked.

    同时只进行一次导入。前后各有一条审计记录。 One load at a time; on record before and after. Where the
    graph changed since the check nothing is written: check again.
    """
    item = service.desk.find(id, reply.caller.name)
    if item.kind in ("appointments", "answers"):
        raise _not_loaded()
    item.require("checked")
    await service.desk.start(item, order_of(reply, item, "load"), reply.entry)
    return await shown_delivery(reply, item)


def _not_loaded() -> BadParameter:
    return BadParameter(
        "任免方案表、疑问清单不能导入；前者用 POST …/rehearse 核查，后者用 POST /questions 记下。",
        "not loaded: appointments are checked by POST …/rehearse, answers are kept by POST /questions.",
        subject="id",
    )
