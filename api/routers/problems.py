"""What each kind of problem means: the page that a problem document's `type` leads to."""

from __future__ import annotations

from html import escape

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from api.http.problem_kinds import KINDS
from api.http.problems import kind_of, slug_of
from graph.errors import GraphError, NotFound

router = APIRouter(prefix="/problems", include_in_schema=False)

_BY_SLUG: dict[str, type[GraphError]] = {slug_of(error): error for error in KINDS}
_PAGE = """<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><title>{zh} / {en}</title>
<h1>{zh} / {en}</h1>
<p>HTTP {status}, code: {code}</p>
<p lang="zh-CN">{about_zh}</p>
<p lang="en">{about_en}</p>
</html>
"""


@router.get("/{slug}")
async def describe_problem(request: Request, slug: str) -> Response:
    """问题类型的说明。 What a type of problem means."""
    if slug not in _BY_SLUG:
        raise NotFound(f"没有问题类型 {slug}。", f"there is no problem type {slug}.", subject=slug)
    error = _BY_SLUG[slug]
    words = {name: escape(str(value)) for name, value in vars(kind_of(error)).items()}
    return HTMLResponse(_PAGE.format(code=error.code, **words))
