"""The page that people open: the files that `web/` builds, under `/`, with the headers that they need.

The build gives every file a name with the hash of its content, and compressed copies beside it. So nothing
is compressed here, and only `index.html` is asked for again.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import HTMLResponse, Response

from api.http.envelope import is_listed

FOLDER = Path(__file__).resolve().parents[1] / "page"
"""Built by `make page`, not kept in Git; the wheel brings it."""
VIEWS = ("overview", "lists", "graph", "appointments", "import", "questions", "account")
"""First parts of the addresses of views, as in `web/src/frame/views.ts`; the page itself reads the rest."""
MEDIA = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
CODINGS = {"br": ".br", "gzip": ".gz"}
"""Content codings, the smaller first, and how their copies are called."""
# Pictures are made from the canvas (blob) and from style sheets (data). What is measured sets styles by
# script on elements, which the policy allows; style attributes and elements it does not.
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
HASHED = "public, max-age=31536000, immutable"
NOT_BUILT = (
    "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>Cobuild</title><p>网页尚未构建：请在项目"
    '目录运行 make page 后重新启动服务；接口可用，说明见 <a href="/docs">/docs</a>。</p><p lang=en>The page '
    "is not built yet: run make page in the project's folder and start the service again; the API works, see "
    '<a href="/docs">/docs</a>.</p></html>'
)

router = APIRouter(include_in_schema=False)


@router.get("/")
async def page(request: Request) -> Response:
    """The page, whatever view the address names; or how to build it."""
    if "index.html" not in _files(FOLDER, _built()):
        return HTMLResponse(
            NOT_BUILT, headers={"Cache-Control": "no-cache", "Content-Security-Policy": POLICY}
        )
    return _give(request, "index.html", opened=request.app.state.opened)


for _view in VIEWS:
    router.add_api_route(f"/{_view}", page)
    router.add_api_route(f"/{_view}/{{rest:path}}", page)


@router.get("/assets/{name}")
async def asset(request: Request, name: str) -> Response:
    """A file of the build."""
    return _give(request, f"assets/{name}")


@router.get("/favicon.svg")
async def icon(request: Request) -> Response:
    """The picture in the tab."""
    return _give(request, "favicon.svg")


def _give(request: Request, name: str, *, opened: bool = False) -> Response:
    """A file of the build; `opened`: no one logs in here, so the page need not ask who one is first."""
    found = _files(FOLDER, _built()).get(name)
    if found is None:
        raise HTTPException(404)
    path, tag = found
    if opened:
        tag = f'{tag[:-1]}-open"'
    headers = {"ETag": tag, "Cache-Control": HASHED if name.startswith("assets/") else "no-cache"}
    if path.suffix == ".html":
        headers["Content-Security-Policy"] = POLICY
    if is_listed(tag, request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    if opened:
        content = path.read_bytes().replace(b"<html ", b"<html data-open ", 1)
        return Response(content, headers=headers, media_type=MEDIA[path.suffix])
    accepted = request.headers.get("accept-encoding", "").replace(" ", "").split(",")
    for coding, suffix in CODINGS.items():
        copy = path.with_name(path.name + suffix)
        if coding in accepted and copy.exists():
            headers["Content-Encoding"] = coding
            path = copy
            break
    return Response(path.read_bytes(), headers=headers, media_type=MEDIA[found[0].suffix])


def _built() -> int:
    """When the page was built, nanoseconds; 0 without one. It may be built anew while the service runs."""
    try:
        return (FOLDER / "index.html").stat().st_mtime_ns
    except FileNotFoundError:
        return 0


@lru_cache(maxsize=2)
def _files(folder: Path, built: int) -> dict[str, tuple[Path, str]]:
    """Name to file and entity tag; nothing else of the folder is given, whatever an address says."""
    found = sorted(path for path in folder.rglob("*") if path.suffix in MEDIA)
    return {path.relative_to(folder).as_posix(): (path, _tag(path)) for path in found}


def _tag(path: Path) -> str:
    return f'W/"{sha256(path.read_bytes()).hexdigest()[:16]}"'
