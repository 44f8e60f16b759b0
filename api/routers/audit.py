"""The audit trail, for administrators: who asked what, when, about which area, for which reason."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from api.documents.envelope_shapes import Answered, answers
from api.http.dependencies import ReplyDep, Text, blank_means
from api.http.doorkeeper import needs
from graph.errors import GraphError
from graph.ledger import Entry, Filter
from graph.ledger.chain import Verification
from graph.ledger.roles import Right
from graph.private import MASK
from graph.reading.answer import Answer
from graph.reading.areas import read_areas
from graph.reading.graph import Graph
from graph.reading.places import find_area

router = APIRouter(prefix="/audit", tags=["audit"], dependencies=[Depends(needs(Right.administer))])

MOST = 1_000
PLAIN = frozenset(
    {"area", "as_of", "by", "cap", "change", "cursor", "days", "dimension", "ended", "format", "from", "hops"}
    | {"id", "k", "kind", "limit", "max_hops", "month", "place", "rule", "source", "state", "subject"}
    | {"delivery", "number", "group", "level", "bytes", "recovered"}
    | {"target", "to", "types", "verdict", "waiver", "after", "personal", "since", "until", "last"}
    | {"account", "role", "everywhere", "disabled", "expires_on", "key"}
)
"""Parameters without free text, in the trail as it is read over HTTP: words of the service, ids, days."""
WORD = re.compile(r"[\w.,:;~+/-]*", re.ASCII)
"""What such a parameter looks like; in its place a caller may have typed a name."""


class EntryShape(BaseModel):
    """审计记录的一条。 One entry of the audit trail."""

    seq: int
    at: datetime
    who: str
    role: str | None
    via: str
    what: str
    parameters: dict[str, Any]
    area: str | None
    personal: bool
    reason: str | None
    status: int | None
    rows: int | None
    data_version: int | None


class VerificationShape(BaseModel):
    """链条核验结果。 Whether the chain holds; note the head elsewhere."""

    ok: bool
    entries: int
    first_bad_seq: int | None
    why_zh: str | None
    why_en: str | None
    head: tuple[int, str] | None


@router.get("", summary="审计记录 / Audit trail", responses=answers(Answered[list[EntryShape]]))
async def audit(
    *,
    reply: ReplyDep,
    who: Annotated[Text, Query(description="用户 / who")] = None,
    what: Annotated[Text, Query(description="操作，只写开头即可 / what, its beginning")] = None,
    personal: Annotated[
        bool | None,
        blank_means(None),
        Query(description="是否显示了个人信息 / whether personal data was shown"),
    ] = None,
    since: Annotated[datetime | None, blank_means(None), Query(description="自 / from")] = None,
    until: Annotated[datetime | None, blank_means(None), Query(description="至 / before")] = None,
    after: Annotated[
        int,
        Field(ge=0, le=2**53 - 1),  # what JSON and the ledger hold exactly
        blank_means(0),
        Query(description="从此序号之后起 / entries after this number"),
    ] = 0,
    limit: Annotated[int, Field(ge=1, le=MOST), blank_means(100), Query(description="条数 / how many")] = 100,
    last: Annotated[
        bool, blank_means(False), Query(description="取最近的几条 / the last so many, not the first")
    ] = False,
) -> Response:
    """按序号；下一页以末条的 seq 作 after。 By number; the last `seq` leads on as `after`.

    参数中的自由文字（可能含姓名）不予显示；限于某辖区的管理员只见该辖区调用者的记录。
    Free texts among the parameters, which may name persons, are withheld; an administrator limited
    to an area reads the entries of callers limited to that area or one in it.
    """

    async def question(graph: Graph) -> Answer[list[Entry]]:
        limited = graph.viewer.area
        areas = None if limited is None else (await read_areas(graph, graph.today())).below(limited)
        wanted = Filter(since, until, who, what, personal, areas)
        trail = graph.ledger.audit
        read = await (
            trail.latest(wanted, limit=limit) if last else trail.read(wanted, after=after, limit=limit)
        )
        places = await _places(graph, {(entry.parameters or {}).get("place") for entry in read})
        found = [replace(entry, parameters=_without_texts(entry.parameters, places)) for entry in read]
        return Answer(found, graph.stamp([], {}, await graph.version(), len(found)))

    return await reply.done(question)


async def _places(graph: Graph, names: Collection[Any]) -> set[str]:
    """Those of the texts that name a place or an area."""
    found = set()
    for name in names:
        with suppress(GraphError):
            if isinstance(name, str) and await find_area(graph, name) is not None:
                found.add(name)
    return found


def _without_texts(parameters: Mapping[str, Any] | None, places: Collection[str]) -> dict[str, Any]:
    """Parameters as administrators read them: words of the service, ids, days, places; never a free text."""

    def plain(name: str, value: Any) -> bool:
        return name in PLAIN and (not isinstance(value, str) or bool(WORD.fullmatch(value)))

    return {
        n: v if plain(n, v) or (n == "place" and v in places) else MASK for n, v in (parameters or {}).items()
    }


@router.get("/verification", summary="核验 / Verification", responses=answers(Answered[VerificationShape]))
async def verification(reply: ReplyDep) -> Response:
    """重新计算整条链。 Computes the whole chain anew."""

    async def question(graph: Graph) -> Answer[Verification]:
        found = await graph.ledger.audit.verify()
        return Answer(found, graph.stamp([], {}, await graph.version(), found.entries))

    return await reply.done(question)
