"""Pages of a result: an opaque cursor that knows where it stands and to which answer it belongs."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field, replace
from typing import Any

from api.http.errors import CursorExpired
from api.http.selection import Selection
from graph.errors import BadParameter
from graph.reading.answer import Answer

DEFAULT_LIMIT = 100
MAX_LIMIT = 1000
PAGING = ("limit", "cursor", "offset")
"""Parameters that choose a page and are no part of the question."""


@dataclass(frozen=True)
class PageCursor:
    """`edition` stands for the day and the service's revision, `question` for what was asked."""

    offset: int
    version: int
    edition: str
    question: str

    def encode(self) -> str:
        text = f"{self.offset}.{self.version}.{self.edition}.{self.question}"
        return urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str) -> PageCursor:
        """Raises `BadParameter` for a text that is not one of our cursors."""
        try:
            padded = text + "=" * (-len(text) % 4)
            offset, version, edition, question = urlsafe_b64decode(padded).decode().split(".")
            cursor = cls(int(offset), int(version), edition, question)
        except (binascii.Error, ValueError):
            cursor = cls(-1, 0, "", "")
        if cursor.offset < 0:
            raise BadParameter(
                "cursor 不是本接口给出的游标。",
                "cursor is none that this interface gave out.",
                subject="cursor",
            )
        return cursor


@dataclass(frozen=True)
class Page:
    """Which page a request wants."""

    limit: int = DEFAULT_LIMIT
    cursor: PageCursor | None = None
    offset: int = 0
    """Where the page begins without a cursor: for lists that one scrolls, not reads from the start."""
    selection: Selection = field(default_factory=Selection)

    def check(self, question: str) -> None:
        """Raises `BadParameter` if the cursor is one of another question."""
        if self.cursor is not None and self.cursor.question != question:
            raise BadParameter(
                "cursor 属于另一个查询。", "cursor belongs to another question.", subject="cursor"
            )

    def place(self, version: int, edition: str, question: str, total: int) -> tuple[int, str | None]:
        """Where the page begins among so many rows that are no answer of the graph, and what follows.

        Raises `CursorExpired` as `cut` does.
        """
        here = self._begin(version, edition, question)
        end = here.offset + self.limit
        return here.offset, replace(here, offset=end).encode() if end < total else None

    def _begin(self, version: int, edition: str, question: str) -> PageCursor:
        first = PageCursor(0, version, edition, question)
        if self.cursor is None:
            return replace(first, offset=self.offset)
        if replace(self.cursor, offset=0) != first:
            raise CursorExpired(
                "取第一页之后数据、日期或服务已变化，请不带 cursor 从头查询。",
                "the data, the day or the service changed since the first page; ask again without cursor.",
                subject="cursor",
            )
        return self.cursor

    def cut(self, answer: Answer[Any], edition: str, question: str) -> tuple[Answer[Any], dict[str, Any]]:
        """The page of an answer, and what stands under `page`.

        The rows are `answer.data` itself or, beside other parts, its `rows`. Raises
        `CursorExpired` if the answer is no longer the one that the first page came from.
        """
        here = self._begin(answer.stamp.data_version, edition, question)
        rows = rows_of(answer)
        end = here.offset + self.limit
        shown = rows[here.offset : end]
        cut = len(shown) < len(rows)
        stamp = replace(answer.stamp, truncated=answer.stamp.truncated or cut)
        data = {**answer.data, "rows": shown} if isinstance(answer.data, dict) else shown
        following = replace(here, offset=end).encode() if end < len(rows) else None
        return Answer(data, stamp), {"next": following, "total": len(rows), "counts": None}


def rows_of(answer: Answer[Any]) -> list[dict[str, Any]]:
    """The rows of an answer: its data itself or, beside other parts, its `rows`."""
    found: list[dict[str, Any]] = answer.data["rows"] if isinstance(answer.data, dict) else answer.data
    return found


def with_rows(answer: Answer[Any], rows: list[dict[str, Any]]) -> Answer[Any]:
    """The answer with other rows; the stamp counts them."""
    data = {**answer.data, "rows": rows} if isinstance(answer.data, dict) else rows
    return Answer(data, replace(answer.stamp, rows=len(rows)))
