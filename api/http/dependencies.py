"""What handlers ask for: the reply, the scope, the day, the page; each an `Annotated` alias."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Query, Request
from fastapi.dependencies.models import Dependant
from pydantic import BeforeValidator, Field

from api.http.doorkeeper import access_of
from api.http.paging import DEFAULT_LIMIT, MAX_LIMIT, Page, PageCursor
from api.http.reply import Reply
from api.http.selection import Selection, read_selection
from api.http.service import Service
from graph.catalogue.values import check_body
from graph.errors import BadParameter
from graph.ledger.roles import NotAllowed
from graph.model import area_id
from graph.reading.areas import read_areas
from graph.reading.graph import Graph
from graph.reading.places import find_area
from graph.validation import no_day, validation_error


def blank_means(default: Any) -> BeforeValidator:
    """An empty value is what a form sends for a field that was left empty."""
    return BeforeValidator(lambda value: default if value == "" else value)


def read_day(value: Any) -> Any:
    """ISO dates only: pydantic would read a bare number as seconds since 1970."""
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise validation_error(*no_day(value)) from None


MOST_TEXT = 1_500
"""Characters of a parameter."""
Text = Annotated[Annotated[str, Field(max_length=MOST_TEXT)] | None, blank_means(None)]
"""The bound is that of the text inside: one on the whole fails on the None that an empty value means."""
AsOf = Annotated[
    date | None,
    BeforeValidator(read_day),
    Query(description="统计日期，默认今天 / day the answer is for, today if absent", examples=["2025-06-30"]),
]


async def refuse_unknown(request: Request) -> None:
    """Raises `BadParameter` for a parameter that the endpoint does not declare, or a repeated one.

    A mistyped `as-of` that is silently ignored would give a right answer to another question.
    """
    known = _declared(request.scope["route"].dependant)
    await refuse_repeated(request)
    for name in request.query_params:
        if name not in known:
            listed_zh, listed_en = "、".join(known) or "（无）", ", ".join(known) or "none"
            raise BadParameter(
                f"没有名为 {name} 的参数；可用：{listed_zh}。",
                f"there is no parameter {name}; known: {listed_en}.",
                subject=name,
            )


async def refuse_unusable(request: Request) -> None:
    """Raises `BadParameter` for values in a JSON body that neither engine nor ledger could take."""
    body = await request.body()
    if body and "json" in request.headers.get("content-type", "json"):
        with suppress(ValueError, RecursionError):  # no JSON: said where the body is read
            check_body(json.loads(body))


async def refuse_repeated(request: Request) -> None:
    """Raises `BadParameter` for a parameter that is given twice; lists are comma separated."""
    for name, times in Counter(n for n, _ in request.query_params.multi_items()).items():
        if times > 1:
            raise BadParameter(
                f"参数 {name} 出现了 {times} 次；多个值请用逗号分隔。",
                f"parameter {name} is given {times} times; separate several values by commas.",
                subject=name,
            )


def _declared(dependant: Dependant) -> list[str]:
    names = [field.alias for field in dependant.query_params]
    for inner in dependant.dependencies:
        names += _declared(inner)
    return list(dict.fromkeys(names))


async def get_service(request: Request) -> Service:
    """The running service; `api.app` puts it there."""
    service: Service = request.app.state.service
    return service


async def _reply(service: Annotated[Service, Depends(get_service)], request: Request) -> Reply:
    return Reply(service, request)


@dataclass(frozen=True)
class Scope:
    """The area that `area` and `place` mean together."""

    area: str | None = None
    place: str | None = None
    within: str | None = None
    """The area that the caller is limited to."""

    async def find(self, graph: Graph) -> str | None:
        """The area's id, None for everywhere.

        Raises `NotFound` for an unknown place, `BadParameter` if the two name different areas,
        `NotAllowed` for one outside of the caller's.
        """
        found = await self._named(graph)
        if self.within is None or found == self.within:
            return found
        if found is None:
            return self.within
        if found not in (await read_areas(graph, graph.today())).below(self.within):
            raise NotAllowed(
                f"辖区 {found} 不在您的辖区 {self.within} 范围内。",
                f"the area {found} does not lie in yours, {self.within}.",
                subject="area",
            )
        return found

    async def _named(self, graph: Graph) -> str | None:
        if self.place is None:
            return self.area
        found = await find_area(graph, self.place, self.within)
        if self.area is not None and self.area != found:
            raise BadParameter(
                f"place={self.place} 与 area={self.area} 不是同一辖区。",
                f"place={self.place} and area={self.area} are different areas.",
                subject="area",
            )
        return found

    async def require(self, graph: Graph) -> str:
        """As `find`; raises `BadParameter` too where neither is given."""
        found = await self.find(graph)
        if found is None:
            zh, en = "请用 area 或 place 给出辖区。", "name the area by area or place."
            raise BadParameter(zh, en, subject="area")
        return found


async def _scope(
    request: Request,
    area: Annotated[
        Text,
        Query(description="辖区编号，空为全部 / area id, everywhere if absent", examples=["990101000000"]),
    ] = None,
    place: Annotated[
        Text,
        Query(
            description="地方，中文名或目录名均可 / place, by its Chinese or its folder name",
            examples=["worked_example"],
        ),
    ] = None,
) -> Scope:
    return Scope(None if area is None else area_id(area), place, access_of(request).caller.area)


Limit = Annotated[
    int,
    Field(ge=1, le=MAX_LIMIT),
    blank_means(DEFAULT_LIMIT),
    Query(description="每页行数 / rows of a page", examples=[100]),
]
CursorText = Annotated[
    Text, Query(description="上一页 page.next 的值，原样传回 / page.next of the page before, as given")
]


Where = Annotated[
    Text,
    Query(
        description="只要满足这些条件的行，分号分隔：= 之一、!= 都不、~ 含有、>=、<=；空值为不详 / only rows "
        "that fulfil these conditions, separated by semicolons; an empty value is what is not known"
    ),
]
Sort = Annotated[
    Text, Query(description="按哪些列排序，- 为从大到小 / columns to sort by, - for the greatest first")
]
Counts = Annotated[
    Text,
    Query(
        description="另给这些列各值的行数，见 page.counts / columns whose values are counted, in page.counts"
    ),
]


Offset = Annotated[
    int,
    Field(ge=0, le=2**31),
    blank_means(0),
    Query(description="从第几行起，不与 cursor 同用 / first row, counted from 0; not together with cursor"),
]


def make_page(
    limit: int,
    cursor: str | None,
    offset: int = 0,
    *,
    where: str | None = None,
    sort: str | None = None,
    counts: str | None = None,
) -> Page:
    """The page that these parameters choose; raises `BadParameter`."""
    if cursor is not None and offset:
        zh, en = "cursor 与 offset 不能同用。", "cursor and offset do not go together."
        raise BadParameter(zh, en, subject="offset")
    at = None if cursor is None else PageCursor.decode(cursor)
    return Page(limit, at, offset, read_selection(where, sort, counts))


async def _page(
    *,
    limit: Limit = DEFAULT_LIMIT,
    cursor: CursorText = None,
    offset: Offset = 0,
    where: Where = None,
    sort: Sort = None,
    counts: Counts = None,
) -> Page:
    return make_page(limit, cursor, offset, where=where, sort=sort, counts=counts)


async def _selection(where: Where = None, sort: Sort = None) -> Selection:
    return read_selection(where, sort, None)


def split_list(text: str | None) -> tuple[str, ...]:
    """A comma-separated list; blanks around a part do not count."""
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


ReplyDep = Annotated[Reply, Depends(_reply)]
ServiceDep = Annotated[Service, Depends(get_service)]
ScopeDep = Annotated[Scope, Depends(_scope)]
PageDep = Annotated[Page, Depends(_page)]
SelectionDep = Annotated[Selection, Depends(_selection)]
