"""Answers as files: a workbook or CSV with a name, the whole of it, the stamp in a header."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import Depends, Query
from starlette.responses import Response

from api.http.dependencies import SelectionDep, Text, blank_means, split_list
from api.http.reply import Reply
from api.http.selection import Selection, read_selection
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.open_dates import as_written
from graph.reading.snapshot import Question
from graph.reports.tables import csv_file, sheets
from graph.reports.tables.results import make_results

FileFormat = Literal["xlsx", "csv"]
FORMAT = "format"
FormatOption = Annotated[
    FileFormat,
    blank_means("xlsx"),
    Query(alias=FORMAT, description="文件格式 / kind of file", examples=["csv"]),
]
MEDIA: dict[FileFormat, str] = {"xlsx": sheets.MEDIA_TYPE, "csv": csv_file.MEDIA_TYPE}
_BINARY = {"schema": {"type": "string", "format": "binary"}}
FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "文件：全部行 / the file, with all rows",
        "content": {sheets.MEDIA_TYPE: _BINARY, "text/csv": _BINARY},
    }
}


COLUMNS = "columns"
ColumnsOption = Annotated[
    Text,
    Query(
        alias=COLUMNS,
        description="只要哪些列，按此次序，空为全部 / which columns, in this order; all if absent",
    ),
]


@dataclass(frozen=True)
class Chosen:
    """Which rows of an answer a file holds, and which columns; none named are all."""

    selection: Selection = field(default_factory=Selection)
    columns: tuple[str, ...] = ()

    def of(self, graph: Graph, answer: Answer[Any]) -> Answer[Any]:
        """The answer with these rows and columns; raises `BadParameter` for a column that is not there."""
        rows = graph.viewer.withhold(answer.data) if self.selection.columns else answer.data
        wanted = replace(self.selection, counted=self.columns)
        wanted.check(rows)
        rows = wanted.choose(rows) if self.selection.columns else rows
        if self.columns:
            rows = [{name: row.get(name) for name in self.columns} for row in rows]
        return Answer(rows, replace(answer.stamp, rows=len(rows)))


ALL = Chosen()


async def _chosen(selection: SelectionDep, columns: ColumnsOption = None) -> Chosen:
    return Chosen(selection, split_list(columns))


ChosenDep = Annotated[Chosen, Depends(_chosen)]


def read_chosen(where: str | None, sort: str | None, columns: str | None) -> Chosen:
    """From the texts of the parameters; raises `BadParameter`."""
    return Chosen(read_selection(where, sort, None), split_list(columns))


async def give_file(
    reply: Reply,
    question: Question[Any],
    kind: FileFormat,
    *,
    title: str,
    name: str,
    columns: Mapping[str, str] | None = None,
    chosen: Chosen = ALL,
    ledgered: bool = False,
    judged: bool = False,
    about: Iterable[str] = (),
) -> Response:
    """The rows of an answer as a file; `title` stands on the cover, `name` is for old programs.

    `chosen` are the rows and columns that are wanted. `ledgered`, `judged` and `about` as in `Reply`.
    """

    async def made(graph: Graph) -> Answer[bytes]:
        answer = chosen.of(graph, await question(graph))
        answer = replace(answer, data=as_written(answer.data))
        masked = not graph.viewer.personal
        if kind == "csv":
            content = await asyncio.to_thread(csv_file.csv_bytes, answer.data, columns or ())
        else:
            content = await asyncio.to_thread(
                make_results, answer, graph.catalogue, title=title, masked=masked, columns=columns
            )
        return Answer(content, answer.stamp)

    def named(answer: Answer[bytes]) -> dict[str, str]:
        day = answer.stamp.as_of
        plain, full = f"cobuild-{name}-{day}.{kind}", f"{title}-{day}.{kind}"
        return {"Content-Disposition": disposition(plain, full)}

    return await reply.bare(
        made,
        lambda answer: bytes(answer.data),
        media=MEDIA[kind],
        more=named,
        ledgered=ledgered,
        judged=judged,
        about=about,
    )


def disposition(plain: str, full: str) -> str:
    """A name in ASCII for old programs, and one in Chinese for all others."""
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(full, safe='')}"
