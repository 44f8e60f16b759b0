"""Deliveries and registers: handed in, checked, loaded, taken back; what takes time is asked for again."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Depends, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.documents.envelope_shapes import Answered, answers
from api.http.dependencies import ReplyDep, ServiceDep, blank_means
from api.http.doorkeeper import needs
from api.http.problems import kind_of_code
from api.http.reply import Reply
from graph.errors import BadParameter
from graph.intake.desk import check_name, is_table
from graph.intake.item import Item
from graph.intake.order import Order, Register
from graph.intake.shapes import HandedInShape
from graph.ledger.roles import Right
from graph.loading.plan import Missing, Options

router = APIRouter(prefix="/deliveries", tags=["loads"], dependencies=[Depends(needs(Right.load))])
upload_router = APIRouter(prefix="/deliveries", tags=["loads"], dependencies=[Depends(needs(Right.load))])
"""Apart from `router` because their bodies are files, of which nothing is held in memory."""

BODY: dict[str, Any] = {
    "requestBody": {
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        "description": "文件本身 / the file itself",
    }
}
Id = Annotated[str, Path(description="交付编号 / id of a delivery", examples=["0" * 24], max_length=40)]
Word = Annotated[str, Field(min_length=1, max_length=200)]


class RegisterText(BaseModel):
    """台账的类别、表样和更正。 Kind and form of a register, and what columns are corrected to."""

    model_config = ConfigDict(extra="forbid")

    register_kind: Word | None = Field(None, description="哪一类台账 / kind of register")
    form: Word | None = Field(None, description="表样名称，默认同类别 / name of the form")
    columns: Annotated[dict[Word, Word], Field(max_length=300)] = Field(
        {}, description="列名 → 内容（字段或其中文名，不读写“不读”） / heading → field"
    )
    constants: Annotated[dict[Word, Word], Field(max_length=50)] = Field(
        {}, description="内容 → 表中没写时每行都是的值 / field → what rows are that do not say it"
    )


class CheckText(RegisterText):
    """预检的选项，导入时照此办理。 Options of a check, by which it is loaded; as `cobuild load` has them."""

    missing: Missing = Field("report", description="本次未再交付的内容 / what has gone missing")
    ended_on: date | None = None
    history: Word | None = Field(None, description="理由：已结束的也删除 / a reason: remove history too")
    restore: bool = False
    take_over: bool = False
    gone: int | None = Field(None, ge=0, description="确认将结束或删除的条数 / how many are ended or removed")
    place: Word | None = Field(None, description="台账：哪个辖区 / a register: of which area")
    on: date | None = Field(None, description="台账截至哪天 / day of the register")
    complete: Word | None = Field(None, description="哪些清单已列全 / lists that are complete")
    lenient: bool = Field(False, description="读不懂的格按不知道处理 / unreadable is not known")
    as_new: bool = Field(False, description="未回答的都按新的处理 / what is not answered is new")

    def options(self) -> Options:
        """As the import takes them."""
        return Options(self.missing, self.ended_on, self.history, self.restore, self.take_over, self.gone)


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

    正文即文件，至多 64 MiB；文件仅存于数据目录，24 小时无人过问即删除。台账随即读取各列，见 proposal。
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
        await desk.start(item, Order("read", {}, "", name=item.name, register=Register()))
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
    found = [_shown(item) for item in service.desk.all(reply.caller.name)]
    return await reply.state(found, rows=len(found))


@router.get("/{id}", summary="一份交付 / One delivery", responses=answers(Answered[HandedInShape]))
async def delivery(reply: ReplyDep, service: ServiceDep, id: Id) -> Response:  # noqa: A002
    """进行到哪一步，有多少错误、提醒和变更。 How far it is, and how many errors, warnings and changes."""
    return await shown_delivery(reply, service.desk.find(id, reply.caller.name))


@router.delete("/{id}", summary="取消并删除 / Cancel", responses=answers(Answered[HandedInShape]))
async def delete_delivery(reply: ReplyDep, service: ServiceDep, id: Id) -> Response:  # noqa: A002
    """停止正在进行的处理，已写入的部分撤回，删除文件。 Stop what runs, take back what was written, remove.

    state 为 cancelled；若已来不及，为 loaded，可用 POST /loads/{number}/undo 撤销。
    The state is `cancelled`, or `loaded` where it was too late: `POST /loads/{number}/undo` takes that back.
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
    await service.desk.start(item, Order("read", {}, "", name=item.name, register=_register(sent)))
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
    await service.desk.start(item, _order(reply, item, "check"))
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
    await service.desk.start(item, _order(reply, item, "load"), reply.entry)
    return await shown_delivery(reply, item)


async def shown_delivery(reply: Reply, item: Item) -> Response:
    """A delivery as its owner sees it."""
    return await reply.state(await asyncio.to_thread(_shown, item))


def _shown(item: Item) -> HandedInShape:
    """With sentences for what a process could not say itself."""
    found = item.shown()
    failure = found["failure"]
    if failure is not None:
        kind = kind_of_code(failure["code"])
        if not kind.shown or not failure["zh"]:
            found["failure"] = {**failure, "zh": kind.about_zh, "en": kind.about_en}
    return found


def _order(reply: Reply, item: Item, task: Literal["check", "load"]) -> Order:
    sent: CheckText = item.checked_with
    return Order(
        task,
        {},
        "",
        name=item.name,
        who=reply.caller.signature,
        options=sent.options(),
        register=_register(sent) if item.kind == "register" else None,
        area=reply.area,
        version=item.version if task == "load" else None,
    )


def _register(sent: RegisterText) -> Register:
    more = {} if not isinstance(sent, CheckText) else _more(sent)
    return Register(sent.register_kind, sent.form, dict(sent.columns), dict(sent.constants), **more)


def _more(sent: CheckText) -> dict[str, Any]:
    return {n: getattr(sent, n) for n in ("place", "on", "complete", "lenient", "as_new")}


def _not_loaded() -> BadParameter:
    return BadParameter(
        "任免方案表、疑问清单不能导入；前者用 POST …/rehearse 核查，后者用 POST /questions 记下。",
        "not loaded: appointments are checked by POST …/rehearse, answers are kept by POST /questions.",
        subject="id",
    )


def require_register(item: Item) -> None:
    """Raises `BadParameter` for what is no register."""
    if item.kind != "register":
        raise BadParameter(
            "这份交付不是原样的台账。", "this delivery is no register in its own form.", subject="id"
        )
