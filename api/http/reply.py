"""The reply to one request: 304 for an answer the client has, else the answer in its envelope, tagged."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from api.http.doorkeeper import access_of
from api.http.envelope import encode, is_listed, make_tag, short_digest, stamp_header
from api.http.paged_question import Finish, PagedQuestion
from api.http.paging import PAGING, Page
from api.http.record import entry_of
from api.http.service import Service
from graph.errors import StoreUnavailable
from graph.ledger import Entry
from graph.ledger.roles import Caller, NotAllowed, Right
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.snapshot import Question, ask_once
from graph.reading.viewer import count_outside

JSON = "application/json"
T = TypeVar("T")
Rendered = tuple[bytes, dict[str, str]]


class Reply:
    """Handlers give their question to one of `whole`, `rows`, `bare` and `done`; `state` takes no question.

    Parameters that they share: `judged` puts the question to the whole graph, also for a caller limited to
    an area (`Service.graph_for`). `about` are the ids that it is about: such a caller may name none outside.
    `ledgered` says that the answer depends on the ledger too.
    """

    def __init__(self, service: Service, request: Request) -> None:
        self._service = service
        self._request = request
        self._access = access_of(request)
        self._address = request.url.path, urlencode(sorted(request.query_params.multi_items()))
        self._kind: str = request.scope["route"].path

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

        `finish` adds columns to the rows of the page that would take too long for all rows. With `shelved`
        the whole answer is kept for the next pages; a `finish` that needs more from the question than its
        rows must not have it.
        """
        await self._check(about)
        parameters = [p for p in self._request.query_params.multi_items() if p[0] not in PAGING]
        key = short_digest(self._request.url.path, urlencode(sorted(parameters)), *self._access.view)
        edition = short_digest(self._today(), self._service.revision)
        page.check(key)
        asked = PagedQuestion(
            self._service,
            question,
            page,
            finish,
            names=(key, edition, await self._ledger_revision(ledgered)),
            shelved=shelved,
        )
        return await self._send(
            asked, lambda answer: (encode(answer, asked.paging), {}), ledgered=ledgered, judged=judged
        )

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
        """The answer in another format, without envelope; the stamp goes into headers.

        `more` gives further headers for the answer.
        """
        await self._check(about)

        def render(answer: Answer[Any]) -> Rendered:
            truncated = "true" if answer.stamp.truncated else "false"
            stamp = stamp_header(answer.stamp)
            headers = {"Cobuild-Stamp": stamp, "Cobuild-Truncated": truncated}
            return shape(answer), {**headers, **more(answer)}

        return await self._send(question, render, media=media, ledgered=ledgered, judged=judged)

    async def done(
        self, question: Question[Any], *, once: bool = False, about: Iterable[str] = ()
    ) -> Response:
        """The answer to a POST, in its envelope and never cached; always judged.

        With `once` the question makes a decision: the caller needs the right to decide, and it is not
        repeated when the data change meanwhile.
        """
        await self._check(about)
        async with self._service.graph_for(self._access, self._kind, judged=True) as graph:
            with self._service.graph.ledger.on_record(entry_of(self._request.scope, self._access)) as record:
                if once:
                    self._access.caller.require(Right.decide)
                    # What is written names everything and counts every verdict; only the answer withholds.
                    # No reason to see verdicts is asked for: the decision has its own, kept with it.
                    found = await question(graph.under(graph.viewer.everywhere().judging()))
                else:
                    found = await ask_once(graph, question)
            self._access.recorded = record.changed
            answer = await self._for_caller(found)
        headers = {"Cache-Control": "no-store"}
        return Response(encode(answer), headers=headers, media_type=JSON)

    async def meant(self, work: Callable[[Graph], Awaitable[T]]) -> T:
        """What the words of a request mean, as the caller sees the whole graph; no answer of its own."""
        async with self._service.graph_for(self._access, self._kind, judged=True) as graph:
            return await work(graph)

    async def state(
        self, data: Any, *, status: int = 200, rows: int = 1, page: dict[str, Any] | None = None
    ) -> Response:
        """Data that no question to the graph gives, in an envelope; never cached, given during a load too."""
        graph = self._service.graph
        try:
            version = await graph.version()
        except StoreUnavailable:
            version = max(0, graph.known.version)
        answer = await self._for_caller(Answer(data, graph.stamp([], {}, version, rows)))
        headers = {"Cache-Control": "no-store"}
        return Response(encode(answer, page), status, headers=headers, media_type=JSON)

    @contextmanager
    def on_record(self) -> Iterator[None]:
        """The ledger changes made inside go on record, each in one transaction with its entry."""
        with self._service.graph.ledger.on_record(self.entry) as record:
            yield
        self._access.recorded = record.changed

    def note(self, **parameters: Any) -> None:
        """Add to the request's entry what its address does not show."""
        self._access.noted.update(parameters)

    def signed(self, text: str) -> str:
        """The name under a decision: as the caller gives it, with the account unless they are local."""
        caller = self._access.caller
        return text if caller.via == "local" else f"{text}（{caller.signature}）"

    @property
    def entry(self) -> Entry:
        """The entry of this request in the audit trail."""
        return entry_of(self._request.scope, self._access)

    @property
    def caller(self) -> Caller:
        """Who sent the request."""
        return self._access.caller

    @property
    def area(self) -> str | None:
        """The area that the caller is limited to."""
        return self._access.caller.area

    @property
    def personal(self) -> bool:
        """Whether personal data is shown to this request."""
        return self._access.personal

    async def _check(self, about: Iterable[str]) -> None:
        """Raises `NotAllowed` for ids outside the caller's area, whether they exist or not."""
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

    async def _send(
        self,
        question: Question[Any],
        render: Callable[[Answer[Any]], Rendered],
        *,
        media: str = JSON,
        ledgered: bool = False,
        judged: bool = False,
    ) -> Response:
        tags = self._request.headers.get("if-none-match")
        # Read before the answer: if the ledger changes in between, the tag is out of date, not the answer.
        ledger = await self._ledger_revision(ledgered)
        if tags is not None:
            tag = self._tag(await self._service.graph.version(), ledger)
            if is_listed(tag, tags):
                return Response(status_code=304, headers=_headers(tag))
        async with self._service.graph_for(self._access, self._kind, judged=judged) as graph:
            answer = await self._for_caller(await ask_once(graph, question))
        body, headers = render(answer)
        tag = self._tag(answer.stamp.data_version, ledger)
        return Response(body, headers={**_headers(tag), **headers}, media_type=media)

    async def _for_caller(self, answer: Answer[Any]) -> Answer[Any]:
        """The answer without what the caller may not see; its size and version go on record.

        A copy of an area needs this too: the files delivered for a place may name ids outside.
        """
        self._access.rows = answer.stamp.rows
        self._access.version = answer.stamp.data_version
        area = self._access.caller.area
        if area is None:
            return answer
        data = (await self._service.viewer(self._access)).withhold(answer.data)
        stamp = replace(answer.stamp, scope=area, outside=count_outside(data))
        return Answer(data, stamp)

    def _tag(self, version: int, ledger: int) -> str:
        view = self._access.view
        return make_tag(version, ledger, self._today(), self._service.revision, *self._address, *view)

    async def _ledger_revision(self, ledgered: bool) -> int:
        return await self._service.graph.ledger.revision() if ledgered else 0

    def _today(self) -> str:
        return str(self._service.graph.today())


def _headers(tag: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": "private, no-cache"}
