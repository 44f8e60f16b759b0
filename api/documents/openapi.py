"""The OpenAPI document: what FastAPI reads from the routes, completed from model and catalogue.

It is written as OpenAPI 3.0, which every generator and the bundled page read; FastAPI writes 3.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from api.documents.envelope_shapes import Problem
from api.http.doorkeeper import LONGEST_REASON, REASON
from api.http.problems import MEDIA_TYPE
from graph.catalogue import Catalogue, Query
from graph.catalogue.parameters import REQUIRED, TODAY, Parameter
from graph.model import NODES
from graph.model.document import node_schema

VERSION = "3.0.3"
PREFIX = "/api/v1"
DESCRIPTION = """社区组织图：覆盖缺口、资源路径、交叉任职核查。除导入、任免决定、豁免和保存的核查外只读；
每个回答带有出处（stamp）：
查询及其修订号、参数、统计日期、数据版本。个人信息默认屏蔽。

Graph of neighbourhood organizations: coverage gaps, resource paths, cross-appointment checks.
Reads only, but for loads, decisions, waivers and kept runs; every answer carries a stamp: queries with
their revision, parameters, day, data version. Personal data is withheld unless the operator shows
it."""
TAGS = {
    "coverage": "覆盖与缺口 / Coverage and gaps",
    "paths": "资源路径 / Resource paths",
    "plans": "方案与分析 / Plans and analyses",
    "rules": "规则与核查 / Rules and checks",
    "appointments": "任前核查、决定与豁免 / Appointments, decisions and waivers",
    "queries": "命名查询 / Named queries",
    "cypher": "自由查询 / Ad-hoc Cypher",
    "places": "地方 / Places",
    "areas": "行政区域 / Areas",
    "nodes": "节点 / Nodes",
    "graph": "图形数据 / Graphs for visualization",
    "loads": "交付、台账与导入 / Deliveries, registers and loads",
    "access": "登录与权限 / Log-in and rights",
    "audit": "审计 / Audit trail",
    "model": "模型 / The model",
    "health": "服务状态 / Health",
}
PROBLEMS = {
    "404": "不存在 / Not found",
    "401": "未登录 / Not logged in",
    "403": "不允许 / Forbidden",
    "409": "冲突 / Conflict",
    "410": "游标已失效 / Cursor expired",
    "413": "请求过大 / Request too large",
    "422": "参数不合要求 / Bad parameter",
    "429": "请求过多 / Too many requests",
    "500": "内部错误 / Internal error",
    "503": "暂不可用 / Not available now",
    "504": "查询超时 / Query timed out",
}
_TYPES: dict[str, dict[str, Any]] = {
    "string": {"type": "string"},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "bool": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "strings": {"type": "array", "items": {"type": "string"}},
}


def make_document(app: FastAPI, catalogue: Catalogue) -> dict[str, Any]:
    """The whole document."""
    document = get_openapi(
        title=app.title,
        version=app.version,
        description=DESCRIPTION,
        routes=app.routes,
        tags=[{"name": name, "description": text} for name, text in TAGS.items()],
    )
    schemas = document["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas["Problem"] = Problem.model_json_schema()
    schemas |= {label: node_schema(label) for label in NODES}
    for shape in ("NodeShape", "AreaShape"):
        labels = list(NODES) if shape == "NodeShape" else ["Area"]
        refs = [{"$ref": f"#/components/schemas/{label}"} for label in labels]
        schemas[shape]["properties"]["properties"] = {"anyOf": refs, "title": "Properties"}
    for path, item in document["paths"].items():
        for method, operation in item.items():
            _add_problems(operation, cited=method == "get" and path.startswith(PREFIX))
            if method == "get":
                _take_made_up(operation)
            if path.removeprefix(PREFIX) in REASONED:
                operation.setdefault("parameters", []).append(_REASON)
    for method, path, right in _rights(app.state.routers):
        document["paths"][PREFIX + path][method]["x-right"] = right
    for query in catalogue.folder("queries"):
        document["paths"][f"{PREFIX}/queries/{query.name}"] = _path_of(document, query)
    document["components"]["securitySchemes"] = {"key": _KEY}
    document["security"] = [{}, {"key": []}]
    return {**as_3_0(document), "openapi": VERSION}


REASONED = {
    "/checks",
    "/checks/export",
    "/law/verdicts",
    "/candidates",
    "/candidates/export",
    "/merges/check",
}
"""What rests on personal data as a whole: without a reason it is not given. So do queries with `@tells`."""
_REASON = {
    "name": REASON,
    "in": "header",
    "required": False,
    "description": "组织部查看个人信息的理由，记入审计；百分号编码的 UTF-8（/docs 代为编码） / "
    "the organization department's reason for seeing personal data, kept in the audit trail; "
    "percent-encoded UTF-8 (/docs encodes it)",
    "schema": {"type": "string", "maxLength": LONGEST_REASON, "example": "trying out the API"},
}
_KEY = {
    "type": "http",
    "scheme": "bearer",
    "description": "密钥或令牌；本机不登录时无需 / a key or token; none on your own machine without log-in",
}


def _take_made_up(operation: dict[str, Any]) -> None:
    """No example of what is first to be written or handed in: /docs takes one that is there (`docs.js`)."""
    for parameter in operation.get("parameters", ()):
        if "x-listed" in parameter["schema"]:
            parameter["schema"].pop("examples", None)


def _rights(routers: Iterable[APIRouter]) -> Iterator[tuple[str, str, str]]:
    """Method, path and right of each route that asks for more than reading: what its `needs(…)` names."""
    for route in (r for router in routers for r in router.routes if isinstance(r, APIRoute)):
        for right in (getattr(d.call, "right", None) for d in route.dependant.dependencies):
            if right is not None:
                yield from ((method.lower(), route.path, str(right)) for method in route.methods or ())


def _add_problems(operation: dict[str, Any], *, cited: bool) -> None:
    """Every endpoint fails in the same shape; answers with a tag may be unchanged."""
    responses = operation["responses"]
    responses.pop("422", None)
    schema = {"schema": {"$ref": "#/components/schemas/Problem"}}
    for status, description in PROBLEMS.items():
        responses[status] = {"description": description, "content": {MEDIA_TYPE: schema}}
    if cited:
        responses["304"] = {"description": "没有变化 / Not modified since the ETag given"}
        responses["200"]["headers"] = {
            "ETag": {"schema": {"type": "string"}, "description": "用于 If-None-Match / for it"}
        }


def _path_of(document: dict[str, Any], query: Query) -> dict[str, Any]:
    """A path item for one query of the catalogue, made from its header."""
    generic = document["paths"][f"{PREFIX}/queries/{{name}}"]["get"]
    header = query.header
    about = "\n\n".join(t for t in (header.about_zh, header.about) if t)
    paging = [p for p in generic["parameters"] if p["in"] == "query"]
    taken = {p["name"] for p in paging}
    own = [_parameter(p) for p in query.parameters if p.name not in taken]
    reason = [_REASON] if header.tells else []
    operation = {
        **generic,
        "summary": f"{query.header.title_zh} / {query.header.title}",
        "description": about or query.header.title,
        "operationId": f"query_{query.name}",
        "parameters": own + paging + reason,
    }
    return {"get": operation}


_GIVEN: dict[str, object] = {
    "area": "990101001001",
    "body": "po-990101-c01",
    "organization": "po-990101-c01",
    "source": "q-990101-001",
    "person": "p-990101-0001",
    "station": "st-990101-021-1",
    "places": ["990101001001", "q-990101-001"],
    "bodies": ["po-990101-c01"],
    "subjects": ["q-990101-001"],
    "things": ["q-990101-001"],
}
"""What is prefilled where something is required: ids of the example data."""


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema = dict(_TYPES[parameter.kind])
    if parameter.default not in (REQUIRED, TODAY, None):
        schema["default"] = parameter.default
    if parameter.required:
        schema["example"] = _GIVEN[parameter.name]
    lists = {"style": "form", "explode": False} if parameter.kind == "strings" else {}
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": f"{parameter.zh} / {parameter.en}",
        "schema": schema,
        **lists,
    }


def as_3_0(value: Any) -> Any:
    """A document of 3.1 in the words of 3.0: `nullable`, one `example`, `enum` for `const`."""
    if isinstance(value, list):
        return [as_3_0(v) for v in value]
    if not isinstance(value, dict):
        return value
    found = {k: as_3_0(v) for k, v in value.items()}
    if isinstance(found.get("examples"), list):
        found["example"] = found.pop("examples")[0]
    for low, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if low in found and not isinstance(found[low], (bool, dict)):
            found |= {bound: found[low], low: True}
    if isinstance(found.get("prefixItems"), list):
        found["items"] = {"anyOf": found.pop("prefixItems")}
    if "const" in found:
        found["enum"] = [found.pop("const")]
    options = found.get("anyOf")
    if isinstance(options, list) and {"type": "null"} in options:
        kept = [o for o in options if o != {"type": "null"}]
        del found["anyOf"]
        found["nullable"] = True
        if len(kept) == 1 and "$ref" not in kept[0]:
            found = {**kept[0], **found}
        else:
            found["allOf" if len(kept) == 1 else "anyOf"] = kept
    return found
