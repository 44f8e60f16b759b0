"""Problem documents (RFC 9457): the one table that maps errors to HTTP.

Every failure is one of these documents: errors of the graph layer, parameters that do not fit,
unknown paths, wrong methods, and what nobody expected.
"""

from __future__ import annotations

from dataclasses import dataclass

import orjson
from starlette.responses import Response

from api.http.errors import (
    BadRequest,
    CursorExpired,
    NoSuchPath,
    TooLarge,
    TooMany,
    Unauthorized,
    Unexpected,
    WrongMethod,
)
from graph.appointments.decide import FindingsNotDecided
from graph.appointments.proposal import ProposalRejected
from graph.errors import (
    BadParameter,
    CatalogueError,
    EngineUnavailable,
    EnvironmentFault,
    Forbidden,
    GraphError,
    GraphOutdated,
    LoadConflict,
    LoadIncomplete,
    NotFound,
    QueryFailed,
    QueryTimedOut,
    ResultTooLarge,
    StoreUnavailable,
)
from graph.ledger.roles import NotAllowed
from graph.reading.adhoc.refusals import BadQuery, Refused, TooLong

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True)
class Kind:
    """How one class of errors appears over HTTP.

    `told` says that the error's own sentences are for the caller. Where it is False they hold
    paths, addresses or the engine's words: those go to the log, the caller reads `about`.
    """

    status: int
    zh: str
    en: str
    about_zh: str
    about_en: str
    told: bool = True
    retry_after: int | None = None


KINDS: dict[type[GraphError], Kind] = {
    NotFound: Kind(
        404,
        "未找到",
        "Not found",
        "没有该编号或名称的节点、辖区、地方、查询或规则。",
        "There is no node, area, place, query or rule of that id or name.",
    ),
    NoSuchPath: Kind(
        404,
        "路径不存在",
        "No such path",
        "该路径没有接口；全部接口见 /docs。",
        "Nothing answers at this path; all endpoints are listed at /docs.",
    ),
    WrongMethod: Kind(
        405,
        "方法不允许",
        "Method not allowed",
        "该路径不支持此方法；可用的方法见 /docs。",
        "The path does not know this method; /docs lists what it knows.",
    ),
    BadRequest: Kind(
        400, "请求无法读取", "Bad request", "请求的格式无法读取。", "The request could not be read."
    ),
    BadParameter: Kind(
        422,
        "参数不合要求",
        "Bad parameter",
        "参数缺失、未知或形式不对；subject 为参数名。",
        "A parameter is missing, unknown or of the wrong form; subject is its name.",
    ),
    ProposalRejected: Kind(
        422,
        "任免方案有误",
        "Proposal rejected",
        "方案中有不存在的编号、组织没有的职务、重叠的任期等；detail 逐项列出。",
        "The proposal names unknown ids, roles that a body lacks, overlapping spells …; detail "
        "lists every one.",
    ),
    FindingsNotDecided: Kind(
        409,
        "有未决定的不符合项",
        "Findings not decided",
        "方案会产生提醒或违规，而未逐项豁免；未写入任何数据。",
        "The proposal brings warnings or violations that nobody waived; nothing was written.",
    ),
    Unauthorized: Kind(401, "未登录", "Not logged in", Unauthorized.about_zh, Unauthorized.about_en),
    NotAllowed: Kind(
        403,
        "没有权限",
        "Not allowed",
        "角色没有该权限，或所问在辖区范围之外。",
        "The role lacks the right, or what is asked for lies outside of the caller's area.",
    ),
    Refused: Kind(
        403,
        "查询不予运行",
        "Query refused",
        "自由查询只能读取；给出行和列。",
        "Ad-hoc queries only read; line and column are given.",
    ),
    BadQuery: Kind(
        422,
        "查询有误",
        "Query with errors",
        "图数据库无法读懂或运行该查询。",
        "The engine could not read or run the query.",
    ),
    TooLong: Kind(
        413,
        "查询过长",
        "Query too long",
        "查询文本超过长度上限。",
        "The text of the query is longer than the limit.",
    ),
    TooLarge: Kind(
        413,
        "请求过大",
        "Request too large",
        "请求正文超过上限。",
        "The body of the request exceeds the limit.",
    ),
    TooMany: Kind(
        429,
        "请求过多",
        "Too many requests",
        "超过每个调用者的请求频率；Retry-After 给出等待秒数。",
        "More requests than one caller may send; Retry-After says how long to wait.",
    ),
    CursorExpired: Kind(
        410,
        "游标已失效",
        "Cursor expired",
        "取第一页之后数据、日期或服务已变化，各页不再相接；请不带 cursor 从头查询。",
        "The data, the day or the service changed since the first page, so pages no longer fit "
        "together; ask again without cursor.",
    ),
    # Not 413, which speaks of the request's body, and not 5xx, which invites the same request
    # again: it was understood, and has to be narrowed by the one who asked.
    ResultTooLarge: Kind(
        422,
        "结果过大",
        "Result too large",
        "结果超过行数上限；不完整的结果不予返回，请缩小范围。",
        "The answer exceeds the row limit; a cut answer is never shown, narrow the question.",
    ),
    Forbidden: Kind(
        403,
        "不允许",
        "Forbidden",
        "只读身份不能执行该操作。",
        "The read-only identity may not do that.",
        told=False,
    ),
    QueryTimedOut: Kind(
        504,
        "查询超时",
        "Query timed out",
        "查询超过时限，已被终止；请缩小范围。",
        "The query ran into the time limit and was ended; narrow the question.",
        told=False,
    ),
    # Callers never send Cypher: what the engine refuses was written by us.
    QueryFailed: Kind(
        500,
        "查询失败",
        "Query failed",
        "图数据库拒绝了目录中的查询，详情见服务日志。",
        "The engine refused a query of the catalogue; the service's log has the details.",
        told=False,
    ),
    LoadConflict: Kind(
        409, "导入冲突", "Load conflict", "另一个导入正在进行。", "Another load is under way."
    ),
    LoadIncomplete: Kind(
        503,
        "导入未完成",
        "Load incomplete",
        "导入未完成，数据不全，暂不回答。",
        "A load has begun and not ended: there is half a graph, so nothing is answered.",
        retry_after=30,
    ),
    GraphOutdated: Kind(
        503,
        "图待更新",
        "Graph outdated",
        "图由另一版本的程序导入，缺少推导关系，暂不回答；由管理员运行 cobuild verify --rebuild。",
        "The graph was loaded by another version of the program and lacks derived edges, so nothing is "
        "answered until an administrator runs `cobuild verify --rebuild`.",
        retry_after=300,
    ),
    EngineUnavailable: Kind(
        503,
        "引擎不可用",
        "Engine unavailable",
        "图数据库引擎正在启动或暂时无法连接，请稍后重试。",
        "The graph engine is starting or cannot be reached now; try again later.",
        told=False,
        retry_after=5,
    ),
    StoreUnavailable: Kind(
        503,
        "数据库不可用",
        "Store unavailable",
        "暂时无法连接图数据库，请稍后重试。",
        "The graph engine cannot be reached now; try again later.",
        told=False,
        retry_after=5,
    ),
    EnvironmentFault: Kind(
        503,
        "运行环境有误",
        "Environment fault",
        "服务的运行环境不符合要求，请管理员运行 cobuild doctor。",
        "The service's machine is not as needed; the operator runs `cobuild doctor`.",
        told=False,
        retry_after=60,
    ),
    CatalogueError: Kind(
        500,
        "查询目录有误",
        "Catalogue error",
        "服务的查询或规则集文件有误，详情见服务日志。",
        "The service's queries or profiles are faulty; its log has the details.",
        told=False,
    ),
    Unexpected: Kind(500, "内部错误", "Internal error", Unexpected.about_zh, Unexpected.about_en),
    GraphError: Kind(
        500,
        "错误",
        "Error",
        "服务出错，详情见服务日志。",
        "The service failed; its log has the details.",
        told=False,
    ),
}
"""Read from the error's class upwards; `tests/api` checks that no class is missing."""


def kind_of(error: type[GraphError]) -> Kind:
    """The row of an error class, or of the nearest class above it."""
    return next(KINDS[c] for c in error.__mro__ if c in KINDS)


def slug_of(error: type[GraphError]) -> str:
    """The last part of the problem's `type`."""
    return error.code.replace("_", "-")


def problem(error: GraphError, instance: str, headers: dict[str, str] | None = None) -> Response:
    """The problem document of an error; `instance` is the path that was asked for."""
    kind = kind_of(type(error))
    zh, en = (error.zh, error.en) if kind.told else (kind.about_zh, kind.about_en)
    document = {
        "type": f"/problems/{slug_of(type(error))}",
        "title": f"{kind.zh} / {kind.en}",
        "status": kind.status,
        "detail": f"{zh} / {en}",
        "instance": instance,
        "code": error.code,
        "detail_zh": zh,
        "detail_en": en,
        "subject": error.subject if kind.told else None,
    }
    own: dict[str, str] = getattr(error, "headers", {})
    sent = {"Cache-Control": "no-store", **own, **(headers or {})}
    if kind.status == 401:  # noqa: PLR2004 - the status says it best
        sent["WWW-Authenticate"] = 'Bearer realm="cobuild"'
    if kind.retry_after is not None:
        sent["Retry-After"] = str(kind.retry_after)
    body = orjson.dumps(document)
    return Response(body, kind.status, headers=sent, media_type=MEDIA_TYPE)
