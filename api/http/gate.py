"""The gate before every route: who the caller is, how often, how much, and the entry in the audit trail.

Inside `api.http.edge`, outside of routing. The entry is written before the answer leaves: what could
not be put on record is not given. What a request changed is on record with the change itself.
"""

from __future__ import annotations

import logging
import re

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.doorkeeper import Access, Doorkeeper
from api.http.errors import TooLarge, TooMany
from api.http.problems import problem
from api.http.record import record
from graph.errors import EnvironmentFault, GraphError
from graph.intake.desk import MOST_FILE

LOG = logging.getLogger("cobuild.api")
GUARDED = "/api/"
"""What lies elsewhere (documentation, health) shows nothing of the graph."""
MOST_BODY = 1 << 20
"""Bytes of a request."""
UPLOADS = re.compile(r"(POST /api/v1/deliveries|PUT /api/v1/deliveries/[^/]+/files)")
"""Requests whose body is a file, which is written to disk as it comes."""


class Gate:
    """ASGI middleware; finds what it needs in the application's state."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(GUARDED):
            await self._app(scope, receive, send)
            return
        state = scope["app"].state
        doorkeeper: Doorkeeper | None = getattr(state, "doorkeeper", None)
        if doorkeeper is None:  # nothing is served before the graph is open
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        client = scope.get("client")
        address = client[0] if client else "unknown"
        caller = None
        try:
            _check_size(headers, most := _most(scope))
            caller = await doorkeeper.admit(headers, address)
            access = doorkeeper.access(caller, headers)
        except GraphError as error:
            answer = problem(error, scope["path"])
            if caller is None:
                who = error.caller if isinstance(error, TooMany) else None
                await state.refusals.add(scope, answer.status_code, address, who)
            else:
                refused_access = Access(caller, None, personal=False)
                await record(state.service.graph.ledger, scope, refused_access, answer.status_code)
            await answer(scope, receive, send)
            return
        scope.setdefault("state", {})["access"] = access
        recorded = refused = False

        async def sending(message: Message) -> None:
            nonlocal recorded, refused
            if refused:  # what is left of an answer that could not be put on record
                return
            if message["type"] == "http.response.start" and not recorded:
                recorded = True
                if _unremarkable(scope, access):
                    await send(message)
                    return
                ledger = state.service.graph.ledger
                try:
                    await record(ledger, scope, access, message["status"], address=address)
                except EnvironmentFault as error:
                    if not access.recorded:
                        refused = True
                        await problem(error, scope["path"])(scope, receive, send)
                        return
                    # It is done and on record with what it did: an error would deny that.
                    LOG.error("no entry of an answer: %s", error.en)
            await send(message)

        await self._app(scope, _bounded(receive, most), sending)


def _unremarkable(scope: Scope, access: Access) -> bool:
    """Masked reading on a machine without log-in: there is no caller to record."""
    local = access.caller.via == "local" and not access.personal
    return local and scope["method"] in ("GET", "HEAD")


def _most(scope: Scope) -> int:
    """Bytes that the body of this request may have."""
    return MOST_FILE if UPLOADS.fullmatch(f"{scope['method']} {scope['path']}") else MOST_BODY


def _check_size(headers: Headers, most: int) -> None:
    length = headers.get("content-length", "0")
    if not length.isdigit() or int(length) > most:
        raise TooLarge(most)


def _bounded(receive: Receive, most: int) -> Receive:
    """A body that comes in pieces says no length before."""
    size = 0

    async def receiving() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > most:
            raise TooLarge(most)
        return message

    return receiving
