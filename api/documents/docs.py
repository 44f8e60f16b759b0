"""The documentation page, from files on this machine only: intranets have no CDN."""

from __future__ import annotations

from pathlib import Path

import orjson
from fastapi import APIRouter, Request
from starlette.responses import FileResponse, Response
from swagger_ui_bundle import swagger_ui_path

from api.documents.openapi import make_document
from api.http.dependencies import ServiceDep

PAGES = Path(__file__).resolve().parent / "pages"
FILES: dict[str, tuple[Path, str]] = {
    "docs.js": (PAGES / "docs.js", "text/javascript"),
    "swagger-ui.css": (Path(swagger_ui_path) / "swagger-ui.css", "text/css"),
    "swagger-ui-bundle.js": (Path(swagger_ui_path) / "swagger-ui-bundle.js", "text/javascript"),
    "favicon-32x32.png": (Path(swagger_ui_path) / "favicon-32x32.png", "image/png"),
}
"""Name to file and media type; nothing else of the bundle is served."""

# Swagger UI sets styles on elements and has its icons as data: in the style sheet.
POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

router = APIRouter(include_in_schema=False)


@router.get("/docs")
async def docs() -> Response:
    """接口说明页。 The page that shows /openapi.json."""
    headers = {"Content-Security-Policy": POLICY}
    return FileResponse(PAGES / "docs.html", media_type="text/html", headers=headers)


@router.get("/openapi.json")
async def openapi_document(request: Request, service: ServiceDep) -> Response:
    """接口的 OpenAPI 文档。 The OpenAPI document, made once."""
    app = request.app
    if app.openapi_schema is None:
        app.openapi_schema = make_document(app, service.graph.catalogue)
    return Response(orjson.dumps(app.openapi_schema), media_type="application/json")


for _name, (_path, _media) in FILES.items():

    async def _file(path: Path = _path, media: str = _media) -> Response:
        return FileResponse(path, media_type=media)

    router.add_api_route(f"/docs/{_name}", _file)
