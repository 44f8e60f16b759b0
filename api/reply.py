"""The reply to one request: unchanged, or asked, cut to the page, enveloped and tagged."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from api.envelope import encode, is_listed, make_tag, short_digest, stamp_header
from api.paging import PAGING, Page
from api.problems import DecisionsLocal
from graph.answers import Answer, Graph
from graph.settings import Settings
from graph.snapshot import Question, ask_once

JSON = "application/json"
Rendered = tuple[bytes, dict[str, str]]
Finish = Callable[[Graph, list[dict[str, Any]]], Awaitable[None]]


@dataclass(frozen=True)
class Service:
    """What the application holds while it runs; `revision` stands for code and catalogue."""

    settings: Settings
    graph: Graph
    revision: str


class Reply:
    """Handlers hand their question to one of `whole`, `rows` and `bare`."""

    def __init__(self, service: Service, request: Request) -> None:
        self._service = service
        self._request = request
        self._asked = request.url.path, urlencode(sorted(request.query_params.multi_items()))

    async def whole(self, question: Question, *, ledgered: bool = False) -> Response:
        """All of the answer in its envelope; `ledgered`: it depends on the ledger too."""
        return await self._send(question, lambda answer: (encode(answer), {}), ledgered=ledgered)

    async def done(self, question: Question, *, once: bool = False) -> Response:
        """The answer to a POST, in its envelope and never kept.

        What may be done only `once` is not asked again when the data move meanwhile, and only
        where nobody but this machine can ask: there is no log-in.
        """
        settings = self._service.settings
        if once and settings.allow_remote:
            raise DecisionsLocal
        asked = question(self._service.graph.under(settings)) if once else (
            ask_once(self._service.graph, settings, question)
        )  # fmt: skip
        headers = {"Cache-Control": "no-store"}
        return Response(encode(await asked), headers=headers, media_type=JSON)

    async def rows(
        self,
        question: Question,
        page: Page,
        *,
        finish: Finish | None = None,
        ledgered: bool = False,
    ) -> Response:
        """One page of the answer's rows.

        `finish` adds to the rows of the page what would be too much for all of them; `ledgered`
        says that the answer depends on the ledger too.
        """
        wanted = [p for p in self._request.query_params.multi_items() if p[0] not in PAGING]
        key = short_digest(self._request.url.path, urlencode(sorted(wanted)))
        edition = short_digest(self._today(), self._service.revision)
        page.check(key)
        paging: dict[str, Any] = {}

        async def cut(graph: Graph) -> Answer:
            answer, found = page.cut(await question(graph), edition, key)
            paging.update(found)
            if finish is not None:
                data = answer.data
                await finish(graph, data["rows"] if isinstance(data, dict) else data)
            return answer

        return await self._send(cut, lambda answer: (encode(answer, paging), {}), ledgered=ledgered)

    async def bare(
        self,
        question: Question,
        shape: Callable[[Answer], bytes],
        *,
        media: str = JSON,
        more: Callable[[Answer], dict[str, str]] = lambda _: {},
        ledgered: bool = False,
    ) -> Response:
        """The answer in the shape of somebody else's program; the stamp goes into headers.

        `more` are further headers of the answer.
        """

        def render(answer: Answer) -> Rendered:
            truncated = "true" if answer.stamp.truncated else "false"
            stamp = stamp_header(answer.stamp)
            headers = {"Cobuild-Stamp": stamp, "Cobuild-Truncated": truncated}
            return shape(answer), {**headers, **more(answer)}

        return await self._send(question, render, media=media, ledgered=ledgered)

    async def _send(
        self,
        question: Question,
        render: Callable[[Answer], Rendered],
        *,
        media: str = JSON,
        ledgered: bool = False,
    ) -> Response:
        known = self._request.headers.get("if-none-match")
        # Read first: a change of the ledger in between then makes this tag an old one.
        decided = await self._service.graph.ledger.revision() if ledgered else 0
        if known is not None:
            tag = self._tag(await self._service.graph.version(), decided)
            if is_listed(tag, known):
                return Response(status_code=304, headers=_headers(tag))
        answer = await ask_once(self._service.graph, self._service.settings, question)
        body, headers = render(answer)
        tag = self._tag(answer.stamp.data_version, decided)
        return Response(body, headers={**_headers(tag), **headers}, media_type=media)

    def _tag(self, version: int, decided: int) -> str:
        return make_tag(version, decided, self._today(), self._service.revision, *self._asked)

    def _today(self) -> str:
        return str(self._service.graph.today())


def _headers(tag: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": "private, no-cache"}
