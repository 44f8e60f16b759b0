"""What a check or a load of a delivery found: errors, warnings and changes, a page at a time or as files."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from api.documents.delivery import Id
from api.documents.envelope_shapes import Paged, answers
from api.http.dependencies import PageDep, ReplyDep, ServiceDep, blank_means
from api.http.doorkeeper import needs
from api.http.envelope import short_digest
from api.http.files import MEDIA, FileFormat, FormatOption, disposition
from api.http.paging import Page
from api.http.reply import Reply
from graph.errors import NotFound, ReasonNeeded
from graph.intake.item import IntakeItem
from graph.intake.kept import CHANGES, FINDINGS, MARKED, all_rows, line_of, read_rows
from graph.intake.outcome import COLUMNS, changes_book, masked, row_of, warnings_of
from graph.intake.shapes import FindingShape, Level, ValueChangeShape
from graph.ledger.roles import Right
from graph.loading.findings import Finding
from graph.reports.tables.csv_file import csv_bytes
from graph.reports.tables.sheets import MEDIA_TYPE

router = APIRouter(prefix="/deliveries", tags=["loads"], dependencies=[Depends(needs(Right.load))])

Shown = Callable[[dict[str, Any]], dict[str, Any]]
Group = Literal[
    "conflict",
    "changed_since",
    "removed",
    "ended",
    "changed",
    "taken_over",
    "filled",
    "gone",
    "emptied",
    "created",
]


@router.get(
    "/{id}/findings", summary="错误与提醒 / Errors and warnings", responses=answers(Paged[list[FindingShape]])
)
async def delivery_findings(
    *,
    reply: ReplyDep,
    service: ServiceDep,
    page: PageDep,
    id: Id,  # noqa: A002 - the name in the path
    level: Annotated[
        Level | None, blank_means(None), Query(description="只列错误或提醒 / errors or warnings only")
    ] = None,
) -> Response:
    """逐处：工作表、行、单元格、列、填写的内容、应为什么。 Sheet, row, column, value, what was expected."""
    item = service.desk.find(id, reply.caller.name)
    return await _page(reply, item, FINDINGS, page, only=level, shown=lambda row: row)


@router.get("/{id}/changes", summary="变更 / Changes", responses=answers(Paged[list[ValueChangeShape]]))
async def delivery_changes(
    *,
    reply: ReplyDep,
    service: ServiceDep,
    page: PageDep,
    id: Id,  # noqa: A002 - the name in the path
    group: Annotated[
        Group | None, blank_means(None), Query(description="只列此类变更 / only changes of this kind")
    ] = None,
) -> Response:
    """逐项：名称、属性、原值 → 新值；个人信息默认屏蔽。 Name, property, old → new; masked by default."""

    def shown(row: dict[str, Any]) -> dict[str, Any]:
        line = masked(line_of(row), reply.personal)
        return {name: getattr(line, name) for name in ValueChangeShape.__annotations__}

    item = service.desk.find(id, reply.caller.name)
    return await _page(reply, item, CHANGES, page, only=group, shown=shown)


@router.get(
    "/{id}/changes/export",
    summary="变更文件 / Changes as a file",
    responses={200: {"description": "文件 / the file"}},
)
async def delivery_changes_file(
    reply: ReplyDep,
    service: ServiceDep,
    id: Id,  # noqa: A002 - the name in the path
    kind: FormatOption = "xlsx",
) -> Response:
    """全部变更写成工作簿（每类一张表）或 CSV。 All changes as a workbook, a sheet for each kind, or CSV."""
    item = service.desk.find(id, reply.caller.name)
    if "changes" not in item.found:
        raise _nothing()
    content = await asyncio.to_thread(_file, item, kind, reply.personal)
    return _given(content, MEDIA[kind], f"导入的变更-{item.name}.{kind}")


@router.get(
    "/{id}/marked", summary="标注副本 / Marked copy", responses={200: {"description": "文件 / the file"}}
)
async def marked_copy(reply: ReplyDep, service: ServiceDep, id: Id) -> Response:  # noqa: A002
    """标注副本：有误的格，或任免方案各行的结论。 The errors marked, or what each row brings."""
    item = service.desk.find(id, reply.caller.name)
    path = item.folder / MARKED
    if not await asyncio.to_thread(path.exists):
        raise _nothing()
    rehearsed = item.found.get("rehearsed")
    if rehearsed is not None and rehearsed["personal"] and not reply.personal:
        raise ReasonNeeded("id")
    stem, word = item.name.rpartition(".")[0], "错误" if rehearsed is None else "核查结果"
    return _given(await asyncio.to_thread(path.read_bytes), MEDIA_TYPE, f"{stem}.{word}.xlsx")


def _nothing() -> NotFound:
    return NotFound(
        "还没有这样的结果；请先预检，并等它结束。",
        "there is no such result: check the delivery first, and wait until that ends.",
        subject="id",
    )


async def _page(
    reply: Reply, item: IntakeItem, name: str, page: Page, *, only: str | None, shown: Shown
) -> Response:
    ranges: dict[str, tuple[int, int]] = item.found.get(name, {})
    first, total = (0, sum(n for _, n in ranges.values())) if only is None else ranges.get(only, (0, 0))
    edition, key = short_digest(item.id, item.handed_in_at), short_digest(item.id, name, only)
    page.check(key)
    version = int((item.found.get("report") or {}).get("version", 0))
    start, following = page.place(version, edition, key, total)
    rows = await asyncio.to_thread(
        read_rows, item.folder, name, first + start, min(page.limit, total - start)
    )
    found = [shown(row) for row in rows]
    return await reply.state(found, rows=total, page={"next": following, "total": total})


def _file(item: IntakeItem, kind: FileFormat, personal: bool) -> bytes:
    lines = (line_of(row) for row in all_rows(item.folder, CHANGES))
    rows = [row_of(item.name, line, personal=personal) for line in lines]
    if kind == "csv":
        return csv_bytes(rows, COLUMNS)
    found = (Finding(**row) for row in all_rows(item.folder, FINDINGS))
    warnings = warnings_of((item.name, f) for f in found if f.level == "warning")
    return changes_book([item.name], rows, warnings, dry_run=item.state != "loaded", personal=personal)


def _given(content: bytes, media: str, name: str) -> Response:
    headers = {"Cache-Control": "no-store", "Content-Disposition": disposition("cobuild-delivery", name)}
    return Response(content, headers=headers, media_type=media)
