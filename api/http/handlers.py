"""From exceptions to problem documents: what the application calls when a request fails."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.http.edge import route_of
from api.http.errors import BadRequest, NoSuchPath, WrongMethod
from api.http.problems import kind_of, problem
from graph.errors import BadParameter, EnvironmentFault, GraphError, StoreUnavailable
from graph.validation import complain

LOG = logging.getLogger("cobuild.api")
SHOWN = 80
"""Characters of a wrong value that are given back."""


def add_handlers(app: FastAPI) -> None:
    """Register every handler; what is left over is caught in `api.http.edge`."""
    app.exception_handler(GraphError)(_graph_error)
    app.exception_handler(RequestValidationError)(_validation_error)
    app.exception_handler(HTTPException)(_http_error)


async def _graph_error(request: Request, error: GraphError) -> Response:
    kind = kind_of(type(error))
    if not kind.shown:
        # Sentences about the machine are for the log; those about a query may repeat what was asked.
        why = error.en if isinstance(error, (EnvironmentFault, StoreUnavailable)) else error.code
        LOG.warning("%s answered %s: %s", route_of(request.scope), kind.status, why)
    return problem(error, request.url.path)


async def _validation_error(request: Request, error: RequestValidationError) -> Response:
    return problem(as_bad_parameter(error.errors()), request.url.path)


async def _http_error(request: Request, error: HTTPException) -> Response:
    path = request.url.path
    found: GraphError
    if error.status_code == 404:  # noqa: PLR2004 - the status says it best
        found = NoSuchPath(f"没有路径 {path}。", f"there is no path {path}.", subject=path)
    elif error.status_code == 405:  # noqa: PLR2004
        method = request.method
        found = WrongMethod(f"{path} 不支持 {method}。", f"{path} does not know {method}.", subject=method)
    else:
        found = BadRequest("请求无法读取。", "the request could not be read.")
    return problem(found, path, dict(error.headers or {}))


def as_bad_parameter(errors: Sequence[Any]) -> BadParameter:
    """Everything that is wrong with the parameters of a request, in one error."""
    sentences = [_sentences(e) for e in errors]
    zh, en = "".join(t[0] for t in sentences), " ".join(t[1] for t in sentences)
    return BadParameter(zh, en, subject=str(errors[0]["loc"][-1]))


def _sentences(error: Any) -> tuple[str, str]:
    name, kind = error["loc"][-1], error["type"]
    if kind == "missing":
        return f"缺少参数 {name}。", f"parameter {name} is missing."
    zh, en = complain(error)
    value = str(error.get("input"))
    value = repr(value if len(value) <= SHOWN else f"{value[:SHOWN]}…")
    return (f"参数 {name} 的值 {value} 不合要求，{zh}。", f"parameter {name} is {value}, {en}.")
