"""Problem documents (RFC 9457): every failure as one of the kinds of `problem_kinds`.

Errors of the graph layer, parameters that do not fit, unknown paths, wrong methods, and unexpected errors.
"""

from __future__ import annotations

import orjson
from starlette.responses import Response

from api.http.errors import Unexpected
from api.http.problem_kind import ProblemKind
from api.http.problem_kinds import KINDS
from graph.errors import GraphError, LoadIncomplete

MEDIA_TYPE = "application/problem+json"


def kind_of(error: type[GraphError]) -> ProblemKind:
    """The row of an error class, or of the nearest class above it."""
    return next(KINDS[c] for c in error.__mro__ if c in KINDS)


def kind_of_code(code: str) -> ProblemKind:
    """The row of an error of another process, by its stable code."""
    return next((kind for error, kind in KINDS.items() if error.code == code), KINDS[Unexpected])


def slug_of(error: type[GraphError]) -> str:
    """The last part of the problem's `type`."""
    return error.code.replace("_", "-")


def problem(error: GraphError, instance: str, headers: dict[str, str] | None = None) -> Response:
    """The problem document of an error; `instance` is the path that was asked for."""
    kind = kind_of(type(error))
    zh, en = (error.zh, error.en) if kind.shown else (kind.about_zh, kind.about_en)
    document = {
        "type": f"/problems/{slug_of(type(error))}",
        "title": f"{kind.zh} / {kind.en}",
        "status": kind.status,
        "detail": f"{zh} / {en}",
        "instance": instance,
        "code": error.code,
        "detail_zh": zh,
        "detail_en": en,
        "subject": error.subject if kind.shown else None,
    }
    own: dict[str, str] = getattr(error, "headers", {})
    sent = {"Cache-Control": "no-store", **own, **(headers or {})}
    if kind.status == 401:  # noqa: PLR2004 - the status says it best
        sent["WWW-Authenticate"] = 'Bearer realm="cobuild"'
    if isinstance(error, LoadIncomplete) and error.soonest is not None:
        sent.setdefault("Retry-After", str(error.soonest))
    if kind.retry_after is not None:
        sent.setdefault("Retry-After", str(kind.retry_after))
    body = orjson.dumps(document)
    return Response(body, kind.status, headers=sent, media_type=MEDIA_TYPE)
