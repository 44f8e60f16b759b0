"""The reply to one request: unchanged, or asked, cut to the page, enveloped and tagged."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from api.http.doorkeeper import Access, access_of
from api.http.envelope import encode, is_listed, make_tag, short_digest, stamp_header
from api.http.feed import Feed
from api.http.paging import PAGING, Page, rows_of, with_rows
from api.http.record import entry_of
from api.http.shelf import Chosen, Shelf
from api.http.turns import Turns
from graph.errors import StoreUnavailable
from graph.intake.desk import Desk
from graph.ledger import Entry
from graph.ledger.roles import Caller, NotAllowed, Right
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.scoped import Copies
from graph.reading.snapshot import Question, ask_once
from graph.reading.viewer import Viewer, count_outside
from graph.settings import Settings

JSON = "application/json"
Rendered = tuple[bytes, dict[str, str]]
Finish = Callable[[Graph, list[dict[str, Any]]], Awaitable[None]]


@dataclass(frozen=True)
class Service:
    """What the application holds while it runs; `revision` stands for code and catalogue."""

    settings: Settings
    graph: Graph
    revision: str
    copies: Copies
    desk: Desk
    feed: Feed
    turns: Turns
    shelf: Shelf = field(default_factory=Shelf)

    @asynccontextmanager
    async def asked(self, access: Access, *, judged: bool) -> AsyncIterator[Graph]:
        """The graph that one request may ask: everything, or what lies in the caller's area.

        What is `judged` is found in the whole graph, because what lies outside may decide about
        what lies inside; the ids of what lies outside are then withheld.
        """
        async with self.turns.turn(access.caller.name):
            viewer = await self.viewer(access)
            if viewer.area is None or judged:
                yield self.graph.under(viewer)
            else:
                async with self.copies.open(viewer.area, personal=viewer.personal) as copy:
                    yield copy.under(viewer)

    async def viewer(self, access: Access) -> Viewer:
        """What one request may see."""
        local = access.caller.via == "local"
        return await self.copies.viewer(access.caller.area, personal=access.personal, verdicts=local)


class Reply:
    """Handlers hand their question to one of `whole`, `rows`, `bare` and `done`.

    With `judged` it is put to the whole graph for a caller who is limited to an area (see
    `Service.asked`); `about` are the ids that it is about, which such a caller may not choose
    outside. `ledgered` says that the answer depends on the ledger too.
    """

    def __init__(self, service: Service, request: Request) -> None:
        self._service = service
        self._request = request
        self._access = access_of(request)
        self._asked = request.url.path, urlencode(sorted(request.query_params.multi_items()))

    async def whole(
        self,
        question: Question[Any],
        *,
        ledgered: bool = False,
        judged: bool = False,
        about: Iterable[str] = (),
    ) -> Response:
        """All of the answer in its envelope."""
        await self._check(about)
        return await self._send(
            question, lambda answer: (encode(answer), {}), ledgered=ledgered, judged=judged
        )

    async def done(
        self, question: Question[Any], *, once: bool = False, about: Iterable[str] = ()
    ) -> Response:
        """The answer to a POST, in its envelope and never kept; always judged.

        What may be done only `once` is a decision, which takes the right to decide, and is not
        asked again when the data move meanwhile.
        """
        await self._check(about)
        async with self._service.asked(self._access, judged=True) as graph:
            with self._service.graph.ledger.on_record(entry_of(self._request.scope, self._access)) as record:
                if once:
                    self._access.caller.require(Right.decide)
                    # What is written and kept names everything; only the answer withholds. A decision
                    # has a reason of its own, which is kept with it.
                    found = await question(graph.under(graph.viewer.everywhere().judging()))
                else:
                    found = await ask_once(graph, question)
            self._access.recorded = record.changed
            answer = await self._noted(found)
        headers = {"Cache-Control": "no-store"}
        return Response(encode(answer), headers=headers, media_type=JSON)

    async def state(
        self, data: Any, *, status: int = 200, rows: int = 1, page: dict[str, Any] | None = None
    ) -> Response:
        """What is no answer of the graph, in the same envelope; never kept, given during a load too."""
        graph = self._service.graph
        try:
            version = await graph.version()
        except StoreUnavailable:
            version = max(0, graph.known.version)
        answer = await self._noted(Answer(data, graph.stamp([], {}, version, rows)))
        headers = {"Cache-Control": "no-store"}
        return Response(encode(answer, page), status, headers=headers, media_type=JSON)

    @contextmanager
    def on_record(self) -> Iterator[None]:
        """Changes of the ledger inside are on record in one transaction with the change."""
        with self._service.graph.ledger.on_record(self.entry) as record:
            yield
        self._access.recorded = record.changed

    def note(self, **parameters: Any) -> None:
        """Put something on record with the request that is not in its address."""
        self._access.noted.update(parameters)

    @property
    def entry(self) -> Entry:
        """The entry of this request in the audit trail."""
        return entry_of(self._request.scope, self._access)

    @property
    def caller(self) -> Caller:
        """Who asks."""
        return self._access.caller

    @property
    def personal(self) -> bool:
        """Whether personal data is shown to this request."""
        return self._access.personal

    async def _check(self, about: Iterable[str]) -> None:
        """Raises `NotAllowed` for ids outside of the caller's area, whether they exist or not."""
        area = self._access.caller.area
        if area is None:
            return
        viewer = await self._service.viewer(self._access)
        for id_ in about:
            if viewer.withhold(id_) != id_:
                raise NotAllowed(
                    f"{id_} 不在您的辖区 {area} 范围内。",
                    f"{id_} does not lie in your area {area}.",
                    subject=id_,
                )

    async def _noted(self, answer: Answer[Any]) -> Answer[Any]:
        """The answer as the caller may have it, and what the audit trail keeps of it.

        A copy holds nothing from outside, yet files that come with a place may name some.
        """
        self._access.rows = answer.stamp.rows
        self._access.version = answer.stamp.data_version
        area = self._access.caller.area
        if area is None:
            return answer
        data = (await self._service.viewer(self._access)).withhold(answer.data)
        stamp = replace(answer.stamp, scope=area, outside=count_outside(data))
        return Answer(data, stamp)

    @property
    def area(self) -> str | None:
        """The area that the caller is limited to."""
        return self._access.caller.area

    def signed(self, text: str) -> str:
        """Who signs a decision: as they say, and as they are known to the service."""
        caller = self._access.caller
        return text if caller.via == "local" else f"{text}（{caller.signature}）"

    async def rows(
        self,
        question: Question[Any],
        page: Page,
        *,
        finish: Finish | None = None,
        ledgered: bool = False,
        judged: bool = False,
        about: Iterable[str] = (),
        shelved: bool = True,
    ) -> Response:
        """One page of the answer's rows.

        `finish` adds to the rows of the page what would be too much for all of them. Where `finish` needs
        more of the question than its rows, the answer is not `shelved`: it is asked anew for each page.
        """
        await self._check(about)
        wanted = [p for p in self._request.query_params.multi_items() if p[0] not in PAGING]
        key = short_digest(self._request.url.path, urlencode(sorted(wanted)), *self._access.view)
        edition = short_digest(self._today(), self._service.revision)
        page.check(key)
        paging: dict[str, Any] = {}
        decided = await self._service.graph.ledger.revision() if ledgered else 0

        async def chosen(graph: Graph) -> Chosen:
            """The whole answer as it is paged through, computed for its first page only."""
            version = await self._service.graph.version()
            name = short_digest(key, edition, version, decided)
            kept = self._service.shelf.get(name) if shelved else None
            if kept is not None:
                return kept
            answer, counts = await self._choose(graph, await question(graph), page, finish)
            if shelved and answer.stamp.data_version == version:
                rows = rows_of(answer)
                # Rows that are made when they are asked for take no room.
                self._service.shelf.put(
                    name, (answer, counts), 1 + len(rows) if isinstance(rows, list) else 1
                )
            return answer, counts

        async def cut(graph: Graph) -> Answer[Any]:
            whole, counts = await chosen(graph)
            answer, found = page.cut(whole, edition, key)
            paging.clear()
            paging.update(found, **counts)
            if finish is not None:
                rows = rows_of(answer)
                rows[:] = [dict(row) for row in rows]  # those of the whole answer stay as they are
                await finish(graph, rows)
            return answer

        return await self._send(
            cut, lambda answer: (encode(answer, paging), {}), ledgered=ledgered, judged=judged
        )

    async def _choose(self, graph: Graph, answer: Answer[Any], page: Page, finish: Finish | None) -> Chosen:
        """The rows that the selection chooses, among those that the caller may see, and its counts."""
        selection = page.selection
        if not selection.columns:
            return answer, {}
        rows = [dict(row) for row in rows_of(answer)]  # some make theirs when they are looked at
        if finish is not None and rows and not selection.columns <= {n for row in rows for n in row}:
            await finish(graph, rows)
        rows = graph.viewer.withhold(rows)
        selection.check(rows)
        counts = {"counts": selection.count(rows)} if selection.counted else {}
        return with_rows(answer, selection.choose(rows)), counts

    async def bare(
        self,
        question: Question[Any],
        shape: Callable[[Answer[Any]], bytes],
        *,
        media: str = JSON,
        more: Callable[[Answer[Any]], dict[str, str]] = lambda _: {},
        ledgered: bool = False,
        judged: bool = False,
        about: Iterable[str] = (),
    ) -> Response:
        """The answer in the shape of another program; the stamp goes into headers.

        `more` are further headers of the answer.
        """
        await self._check(about)

        def render(answer: Answer[Any]) -> Rendered:
            truncated = "true" if answer.stamp.truncated else "false"
            stamp = stamp_header(answer.stamp)
            headers = {"Cobuild-Stamp": stamp, "Cobuild-Truncated": truncated}
            return shape(answer), {**headers, **more(answer)}

        return await self._send(question, render, media=media, ledgered=ledgered, judged=judged)

    async def _send(
        self,
        question: Question[Any],
        render: Callable[[Answer[Any]], Rendered],
        *,
        media: str = JSON,
        ledgered: bool = False,
        judged: bool = False,
    ) -> Response:
        known = self._request.headers.get("if-none-match")
        # Read first: a change of the ledger in between then makes this tag an old one.
        decided = await self._service.graph.ledger.revision() if ledgered else 0
        if known is not None:
            tag = self._tag(await self._service.graph.version(), decided)
            if is_listed(tag, known):
                return Response(status_code=304, headers=_headers(tag))
        async with self._service.asked(self._access, judged=judged) as graph:
            answer = await self._noted(await ask_once(graph, question))
        body, headers = render(answer)
        tag = self._tag(answer.stamp.data_version, decided)
        return Response(body, headers={**_headers(tag), **headers}, media_type=media)

    def _tag(self, version: int, decided: int) -> str:
        view = self._access.view
        return make_tag(version, decided, self._today(), self._service.revision, *self._asked, *view)

    def _today(self) -> str:
        return str(self._service.graph.today())


def _headers(tag: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": "private, no-cache"}
