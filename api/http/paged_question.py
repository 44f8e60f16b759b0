"""A question whose rows are given by pages: asked in full for its first page, then cut from what was kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from api.http.envelope import short_digest
from api.http.paging import Page, rows_of, with_rows
from api.http.service import Service
from api.http.shelf import Chosen
from graph.kept.standing import UnitGone
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.snapshot import Question

Finish = Callable[[Graph, list[dict[str, Any]]], Awaitable[None]]
"""Adds columns to the rows of one page that would take too long for all rows."""


class PagedQuestion:
    """A question of one page's rows; once it was asked, `paging` says where the page is.

    `names` are what distinguishes the whole answer from others: address, edition, revision of the ledger.
    Without `shelved` it is computed anew for each page.
    """

    def __init__(
        self,
        service: Service,
        question: Question[Any],
        page: Page,
        finish: Finish | None,
        *,
        names: tuple[str, str, int],
        shelved: bool,
    ) -> None:
        self._service = service
        self._question = question
        self._page = page
        self._finish = finish
        self._names = names
        self._shelved = shelved
        self.paging: dict[str, Any] = {}

    async def __call__(self, graph: Graph) -> Answer[Any]:
        """The answer with the rows of the page only."""
        try:
            answer = await self._cut(graph)
        except UnitGone:  # rows of an answer on the shelf, whose files went: it would be so for each who asks
            answer = await self._cut(graph, anew=True)
        if self._finish is not None:
            rows = rows_of(answer)
            rows[:] = [dict(row) for row in rows]  # the whole answer keeps its own
            await self._finish(graph, rows)
        return answer

    async def _cut(self, graph: Graph, *, anew: bool = False) -> Answer[Any]:
        whole, counts = await self._whole(graph, anew=anew)
        key, edition, _ = self._names
        answer, place = self._page.cut(whole, edition, key)
        self.paging = {**place, **counts}
        return answer

    async def _whole(self, graph: Graph, *, anew: bool) -> Chosen:
        """The answer that the pages are cut from: from the shelf unless `anew`, or asked and put there."""
        key, edition, ledger = self._names
        version = await self._service.graph.version()
        name = short_digest(key, edition, version, ledger)
        if anew:
            self._service.shelf.drop(name)
        kept = self._service.shelf.get(name) if self._shelved else None
        if kept is not None:
            return kept
        answer, counts = await self._choose(graph, await self._question(graph))
        if self._shelved and answer.stamp.data_version == version:
            rows = rows_of(answer)
            size = 1 + len(rows) if isinstance(rows, list) else 1  # lazy rows take no room
            self._service.shelf.put(name, (answer, counts), size)
        return answer, counts

    async def _choose(self, graph: Graph, answer: Answer[Any]) -> Chosen:
        """The rows that the selection chooses among those that the caller may see, and its counts."""
        selection = self._page.selection
        if not selection.columns:
            return answer, {}
        rows = [dict(row) for row in rows_of(answer)]  # rows may be lazy
        missing = rows and not selection.columns <= {name for row in rows for name in row}
        if self._finish is not None and missing:
            await self._finish(graph, rows)
        rows = graph.viewer.withhold(rows)
        selection.check(rows)
        counts = {"counts": selection.count(rows)} if selection.counted else {}
        return with_rows(answer, selection.choose(rows)), counts
