"""Who asks: what a page has to know before it shows anything."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from api.documents.envelope_shapes import Answered, answers
from api.http.dependencies import ReplyDep, ServiceDep, blank_means
from api.http.doorkeeper import access_of
from api.routers.audit import MOST, EntryShape
from graph.ledger import Filter
from graph.ledger.roles import Right, Role
from graph.reading.answer import Answer
from graph.reading.graph import Graph

router = APIRouter(prefix="/me", tags=["access"])


class MostShape(BaseModel):
    """一次查询的上限。 The most that one query may take; `limits` of ad-hoc Cypher lie within."""

    rows: int
    seconds: float


class MeShape(BaseModel):
    """调用者及其权限。 The caller, and what they may do."""

    name: str
    shown: str | None = Field(description="令牌中的姓名或称呼 / what a token's caller is called")
    via: Literal["local", "key", "token"] = Field(description="登录方式 / how they were recognised")
    role: Role | None = Field(description="不登录时为 null / null where no one logs in")
    area: str | None = Field(description="限于哪个辖区 / the area that they are limited to")
    rights: list[Right]
    personal: bool = Field(description="本次请求是否显示个人信息 / whether this request shows personal data")
    today: date = Field(description="服务当天的日期 / the day that answers are for where none is given")
    most: MostShape


@router.get("", summary="我的账户与权限 / Who asks", responses=answers(Answered[MeShape]))
async def me(request: Request, reply: ReplyDep) -> Response:
    """调用者的角色、权限和辖区。 The caller's role, rights and area; never kept by a browser."""
    access = access_of(request)
    caller = access.caller

    async def question(graph: Graph) -> Answer[dict[str, object]]:
        found = {
            "name": caller.name,
            "shown": caller.shown,
            "via": caller.via,
            "role": caller.role,
            "area": caller.area,
            "rights": [right for right in Right if right in caller.rights],
            "personal": access.personal,
            "today": graph.today(),
            "most": {"rows": graph.settings.row_limit, "seconds": graph.settings.time_limit},
        }
        return Answer(found, graph.stamp([], {}, await graph.version(), 1))

    return await reply.done(question)


@router.get(
    "/audit", summary="我的审计记录 / My audit entries", responses=answers(Answered[list[EntryShape]])
)
async def my_audit(
    reply: ReplyDep,
    service: ServiceDep,
    personal: Annotated[
        bool | None,
        blank_means(None),
        Query(description="是否显示了个人信息 / whether personal data was shown"),
    ] = None,
    limit: Annotated[int, Field(ge=1, le=MOST), blank_means(100), Query(description="条数 / how many")] = 100,
) -> Response:
    """自己最近的审计记录，新的在前，参数如自己所填。 One's own last entries, the newest first.

    只见自己的。 Nobody reads those of others here.
    """
    wanted = Filter(who=reply.caller.name, personal=personal)
    found = await service.graph.ledger.audit.latest(wanted, limit=limit)
    return await reply.state(found[::-1], rows=len(found))
