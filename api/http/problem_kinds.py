"""Which HTTP status, titles and words each error has: the one table that maps errors to HTTP."""

from __future__ import annotations

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
from api.http.problem_kind import ProblemKind
from graph.appointments.decide import FindingsNotDecided
from graph.appointments.proposal import ProposalRejected
from graph.errors import (
    BadParameter,
    CatalogueError,
    EngineUnavailable,
    EnvironmentFault,
    FolderFull,
    Forbidden,
    GraphError,
    GraphOutdated,
    LoadConflict,
    LoadIncomplete,
    MemberNotReady,
    NotFound,
    NotTogether,
    QueryFailed,
    QueryTimedOut,
    ReasonNeeded,
    RestoreUnfinished,
    ResultTooLarge,
    StoreUnavailable,
)
from graph.ledger.provider import LogInRefused, ProviderUnavailable
from graph.ledger.roles import NotAllowed
from graph.loading.findings import DeliveryRejected
from graph.loading.merging.plan import MergeRefused
from graph.loading.register.deliver import OpenQuestions
from graph.loading.undo import UndoRefused
from graph.reading.adhoc.refusals import BadQuery, Refused, TextForDate, TooLong, WronglyAnswered
from graph.reading.findings.progress import PreparationCancelled
from graph.upkeep.archive import BadBackup

KINDS: dict[type[GraphError], ProblemKind] = {
    NotFound: ProblemKind(
        404,
        "未找到",
        "Not found",
        "没有该编号或名称的节点、辖区、地方、查询或规则。",
        "There is no node, area, place, query or rule of that id or name.",
    ),
    NoSuchPath: ProblemKind(
        404,
        "路径不存在",
        "No such path",
        "该路径没有接口；全部接口见 /docs。",
        "Nothing answers at this path; all endpoints are listed at /docs.",
    ),
    WrongMethod: ProblemKind(
        405,
        "方法不允许",
        "Method not allowed",
        "该路径不支持此方法；可用的方法见 /docs。",
        "The path does not know this method; /docs lists what it knows.",
    ),
    BadRequest: ProblemKind(
        400, "请求无法读取", "Bad request", "请求的格式无法读取。", "The request could not be read."
    ),
    BadParameter: ProblemKind(
        422,
        "参数不合要求",
        "Bad parameter",
        "参数缺失、未知或形式不对；subject 为参数名。",
        "A parameter is missing, unknown or of the wrong form; subject is its name.",
    ),
    ProposalRejected: ProblemKind(
        422,
        "任免方案有误",
        "Proposal rejected",
        "方案中有不存在的编号、组织没有的职务、重叠的任期等；detail 逐项列出。",
        "The proposal names unknown ids, roles that a body lacks, overlapping spells …; detail "
        "lists every one.",
    ),
    FindingsNotDecided: ProblemKind(
        409,
        "有未决定的不符合项",
        "Findings not decided",
        "方案会产生提醒或违规，而未逐项豁免；未写入任何数据。",
        "The proposal brings warnings or violations without a waiver; nothing was written.",
    ),
    Unauthorized: ProblemKind(401, "未登录", "Not logged in", Unauthorized.about_zh, Unauthorized.about_en),
    NotAllowed: ProblemKind(
        403,
        "没有权限",
        "Not allowed",
        "角色没有该权限，或所问在辖区范围之外。",
        "The role lacks the right, or what is asked for lies outside of the caller's area.",
    ),
    Refused: ProblemKind(
        403,
        "查询不予运行",
        "Query refused",
        "自由查询只能读取；给出行和列。",
        "Ad-hoc queries only read; line and column are given.",
    ),
    WronglyAnswered: ProblemKind(
        422,
        "引擎对该写法的结果有误",
        "Form that the engine answers wrongly",
        "引擎对查询中某种写法的结果有误，故不运行；说明给出位置和改写办法。",
        "The engine answers a form in the query wrongly, so it is not run; the detail gives the place and "
        "the way round.",
    ),
    TextForDate: ProblemKind(
        422,
        "日期与文本相比",
        "A date compared with a text",
        "日期与文本相比没有结果；请用 date(…)。",
        "A date and a text never compare, so nothing would be found; use date(…).",
    ),
    BadQuery: ProblemKind(
        422,
        "查询有误",
        "Query with errors",
        "图数据库无法读懂或运行该查询。",
        "The engine could not read or run the query.",
    ),
    TooLong: ProblemKind(
        413,
        "查询过长",
        "Query too long",
        "查询文本超过长度上限。",
        "The text of the query is longer than the limit.",
    ),
    TooLarge: ProblemKind(
        413,
        "请求过大",
        "Request too large",
        "请求正文超过上限。",
        "The body of the request exceeds the limit.",
    ),
    TooMany: ProblemKind(
        429,
        "请求过多",
        "Too many requests",
        "超过每个调用者的请求频率；Retry-After 给出等待秒数。",
        "More requests than one caller may send; Retry-After says how long to wait.",
    ),
    CursorExpired: ProblemKind(
        410,
        "游标已失效",
        "Cursor expired",
        "取第一页之后数据、日期或服务已变化，各页不再相接；请不带 cursor 从头查询。",
        "The data, the day or the service changed since the first page, so pages no longer fit "
        "together; ask again without cursor.",
    ),
    # Not 413, which speaks of the request's body, and not 5xx, which invites the same request
    # again: it was understood, and has to be narrowed by the one who asked.
    ResultTooLarge: ProblemKind(
        422,
        "结果过大",
        "Result too large",
        "结果超过行数上限；不完整的结果不予返回，请缩小范围。",
        "The answer exceeds the row limit; a cut answer is never shown, narrow the question.",
    ),
    Forbidden: ProblemKind(
        403,
        "不允许",
        "Forbidden",
        "只读身份不能执行该操作。",
        "The read-only identity may not do that.",
        shown=False,
    ),
    ReasonNeeded: ProblemKind(
        403,
        "须写明理由",
        "A reason is needed",
        "结论依据个人信息得出，须由组织部角色写明理由后查询。",
        "It rests on personal data: the organization department is given it for a reason.",
    ),
    QueryTimedOut: ProblemKind(
        504,
        "查询超时",
        "Query timed out",
        "查询超过时限，已被终止；请缩小范围。",
        "The query ran into the time limit and was ended; narrow the question.",
        shown=False,
    ),
    # Cypher of callers is checked before it runs: what the engine refuses then is our own.
    QueryFailed: ProblemKind(
        500,
        "查询失败",
        "Query failed",
        "图数据库拒绝了目录中的查询，详情见服务日志。",
        "The engine refused a query of the catalogue; the service's log has the details.",
        shown=False,
    ),
    LoadConflict: ProblemKind(
        409, "导入冲突", "Load conflict", "另一个导入正在进行。", "Another load is under way."
    ),
    DeliveryRejected: ProblemKind(
        422,
        "交付有误",
        "Delivery rejected",
        "交付不符合模型或图中现状，未导入任何内容；逐处错误见该交付的 findings。",
        "The delivery does not fit the model or the graph and nothing was loaded; its findings say where.",
    ),
    OpenQuestions: ProblemKind(
        409,
        "有待回答的疑问",
        "Open questions",
        "有名称不能确定是否就是图中已有的；请回答后重新预检。",
        "Names that may mean what the graph has: answer them, then check again.",
    ),
    UndoRefused: ProblemKind(
        409,
        "不能撤销",
        "Undo refused",
        "后来的内容依赖这次导入；逐项见 findings。",
        "Later loads, decisions or edges were built on it; the findings list them.",
    ),
    MergeRefused: ProblemKind(
        409,
        "不能合并",
        "Merge refused",
        "两者合在一起不符合模型；逐项见说明。",
        "What would be together does not fit the model; the detail says why.",
    ),
    PreparationCancelled: ProblemKind(
        409, "计算已取消", "Computation cancelled", "有人取消；再问即继续。", "Cancelled; ask again to go on."
    ),
    LoadIncomplete: ProblemKind(
        503,
        "导入未完成",
        "Load incomplete",
        "导入未完成，数据不全，暂不回答。",
        "A load has begun and not ended: there is half a graph, so nothing is answered.",
        retry_after=30,
    ),
    GraphOutdated: ProblemKind(
        503,
        "图待更新",
        "Graph outdated",
        "图由另一版本的程序导入，缺少推导关系，暂不回答；由管理员运行 cobuild verify --rebuild。",
        "The graph was loaded by another version of the program and lacks derived edges, so nothing is "
        "answered until an administrator runs `cobuild verify --rebuild`.",
        retry_after=300,
    ),
    EngineUnavailable: ProblemKind(
        503,
        "引擎不可用",
        "Engine unavailable",
        "图数据库引擎正在启动或暂时无法连接，请稍后重试。",
        "The graph engine is starting or cannot be reached now; try again later.",
        shown=False,
        retry_after=5,
    ),
    MemberNotReady: ProblemKind(
        503,
        "集群成员尚不能答复",
        "Member of the cluster not ready",
        "所问的集群成员正在启动、同步或重选主成员，或落后于已答复过的数据。",
        "The member of the cluster that was asked is starting, catching up or electing a leader, or is "
        "behind what was already answered.",
        retry_after=5,
    ),
    ProviderUnavailable: ProblemKind(
        503,
        "统一身份认证不可用",
        "Identity provider unavailable",
        "签发者没有应答或应答不合 OpenID Connect；密钥登录不受影响。",
        "The provider does not answer, or answers what is no OpenID Connect; keys still open.",
        retry_after=5,
    ),
    LogInRefused: ProblemKind(
        403,
        "登录未获认可",
        "Log-in refused",
        "签发者不认可授权码，或其令牌没有本系统的角色；原因见服务日志。",
        "The provider did not take the code, or its token has no role here; the log says which.",
    ),
    StoreUnavailable: ProblemKind(
        503,
        "数据库不可用",
        "Store unavailable",
        "暂时无法连接图数据库，请稍后重试。",
        "The graph engine cannot be reached now; try again later.",
        shown=False,
        retry_after=5,
    ),
    FolderFull: ProblemKind(
        503,
        "数据目录已满",
        "Data folder full",
        "服务的数据目录没有空间，未写入；请管理员腾出空间。",
        "The service's data folder has no room, nothing was written; the operator makes room.",
        shown=False,
        retry_after=60,
    ),
    RestoreUnfinished: ProblemKind(
        503,
        "恢复未完成",
        "Restore not completed",
        "服务的数据恢复未完成，请管理员运行 cobuild restore --finish。",
        "A restore of the service's data was not completed; the operator runs `cobuild restore --finish`.",
        shown=False,
        retry_after=60,
    ),
    BadBackup: ProblemKind(
        422,
        "备份文件有误",
        "Bad backup",
        "备份文件不完整、已损坏或由更新的版本制作。",
        "A backup is not whole, damaged, or made by a newer version.",
    ),
    NotTogether: ProblemKind(
        503,
        "图与记录库不配套",
        "Graph and ledger do not belong together",
        "图数据库与记录库不属于同一部署，请管理员运行 cobuild doctor。",
        "Graph and ledger are not of one deployment; the operator runs `cobuild doctor`.",
        shown=False,
        retry_after=60,
    ),
    EnvironmentFault: ProblemKind(
        503,
        "运行环境有误",
        "Environment fault",
        "服务的运行环境不符合要求，请管理员运行 cobuild doctor。",
        "The service's machine is not as needed; the operator runs `cobuild doctor`.",
        shown=False,
        retry_after=60,
    ),
    CatalogueError: ProblemKind(
        500,
        "查询目录有误",
        "Catalogue error",
        "服务的查询或规则集文件有误，详情见服务日志。",
        "The service's queries or profiles are faulty; its log has the details.",
        shown=False,
    ),
    Unexpected: ProblemKind(500, "内部错误", "Internal error", Unexpected.about_zh, Unexpected.about_en),
    GraphError: ProblemKind(
        500,
        "错误",
        "Error",
        "服务出错，详情见服务日志。",
        "The service failed; its log has the details.",
        shown=False,
    ),
}
"""Read from the error's class upwards; `tests/api` checks that no class is missing."""
