"""A delivery over HTTP: the bodies that say how it is checked, the order made of them, the delivery shown."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.http.problems import kind_of_code
from api.http.reply import Reply
from graph.errors import BadParameter
from graph.intake.item import IntakeItem
from graph.intake.order import Order, RegisterOrder
from graph.intake.shapes import HandedInShape
from graph.loading.plan import Missing, Options

Id = Annotated[
    str,
    Path(
        description="交付编号：先上传（POST /deliveries） / id of a delivery: hand one in first",
        json_schema_extra={"x-listed": "/deliveries id"},
        max_length=40,
    ),
]
Word = Annotated[str, Field(min_length=1, max_length=200)]


class RegisterText(BaseModel):
    """台账的类别、表样和更正。 Kind and form of a register, and what columns are corrected to."""

    model_config = ConfigDict(extra="forbid")

    register_kind: Word | None = Field(None, description="哪一类台账 / kind of register")
    form: Word | None = Field(None, description="表样名称，默认与类别同名 / name of the form")
    columns: Annotated[dict[Word, Word], Field(max_length=300)] = Field(
        {}, description="列名 → 内容（字段或其中文名，不读写“不读”） / heading → field"
    )
    constants: Annotated[dict[Word, Word], Field(max_length=50)] = Field(
        {}, description="内容 → 表中没有这一列时各行统一的值 / field → what rows are that do not say it"
    )


class CheckText(RegisterText):
    """预检的选项，导入时照此办理。 Options of a check, by which it is loaded; as `cobuild load` has them."""

    missing: Missing = Field("report", description="本次未再交付的内容 / what has gone missing")
    ended_on: date | None = None
    history: Word | None = Field(
        None,
        description="理由：已终止的也删除；管理员可见 / a reason: remove history too; administrators read it",
    )
    restore: bool = False
    take_over: bool = False
    gone: int | None = Field(None, ge=0, description="确认将终止或删除的条数 / how many are ended or removed")
    place: Word | None = Field(None, description="台账：哪个辖区 / a register: of which area")
    on: date | None = Field(None, description="台账截至哪天 / day of the register")
    complete: Word | None = Field(None, description="哪些清单已列全 / lists that are complete")
    lenient: bool = Field(False, description="无法识别的单元格按“不知道”处理 / unreadable is not known")
    as_new: bool = Field(False, description="未回答的都按新的处理 / what is not answered is new")
    same_names: bool = Field(False, description="同一社区同名的按同一人 / one name there is one person")

    def options(self) -> Options:
        """As the import takes them."""
        return Options(self.missing, self.ended_on, self.history, self.restore, self.take_over, self.gone)


async def shown_delivery(reply: Reply, item: IntakeItem) -> Response:
    """The reply that shows a delivery to its owner."""
    return await reply.state(await asyncio.to_thread(shown, item))


def shown(item: IntakeItem) -> HandedInShape:
    """A delivery as its owner sees it, with sentences for what a process could not say itself."""
    found = item.shown()
    failure = found["failure"]
    if failure is not None:
        kind = kind_of_code(failure["code"])
        if not kind.shown or not failure["zh"]:
            found["failure"] = {**failure, "zh": kind.about_zh, "en": kind.about_en}
    return found


def order_of(reply: Reply, item: IntakeItem, task: Literal["check", "load"]) -> Order:
    """The order of the process that checks a delivery or loads it as it was checked."""
    sent: CheckText = item.checked_with
    return Order(
        task,
        {},
        "",
        name=item.name,
        who=reply.caller.signature,
        options=sent.options(),
        register=register_of(sent) if item.kind == "register" else None,
        area=reply.area,
        version=item.version if task == "load" else None,
    )


def register_of(sent: RegisterText) -> RegisterOrder:
    """What is said of a register, as the order has it."""
    more = {} if not isinstance(sent, CheckText) else _more(sent)
    return RegisterOrder(sent.register_kind, sent.form, dict(sent.columns), dict(sent.constants), **more)


def _more(sent: CheckText) -> dict[str, Any]:
    return {n: getattr(sent, n) for n in ("place", "on", "complete", "lenient", "as_new", "same_names")}


def require_register(item: IntakeItem) -> None:
    """Raises `BadParameter` for what is no register."""
    if item.kind != "register":
        raise BadParameter(
            "这份交付不是原样的台账。", "this delivery is no register in its own form.", subject="id"
        )
