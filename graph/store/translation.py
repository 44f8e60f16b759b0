"""The driver's errors and values as the project's own; only the store uses this."""

from __future__ import annotations

from math import isfinite, isnan
from typing import Any, Literal, NoReturn

from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DatabaseError,
    DriverError,
    ForbiddenOnReadOnlyDatabase,
    Neo4jError,
    NotALeader,
    ServiceUnavailable,
    SessionExpired,
    WriteServiceUnavailable,
)
from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time

from graph.errors import (
    EngineUnavailable,
    EnvironmentFault,
    Forbidden,
    MemberNotReady,
    QueryFailed,
    QueryTimedOut,
    ResultTooLarge,
    StoreUnavailable,
)

Kind = Literal["engine", "server", "cluster"]
"""Who is asked: the embedded engine, one server, or one of several members."""


class translated:  # noqa: N801 - reads as a statement: `with translated():`
    """Turn the driver's errors into the project's; bugs pass through as they are."""

    def __init__(self, kind: Kind = "engine") -> None:
        self._kind = kind

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, (Neo4jError, DriverError)):
            _raise_ours(error, self._kind)


def is_members_fault(error: Exception) -> bool:
    """Whether another member may answer what this one refused: it failed, or has not the data yet."""
    code = str(getattr(error, "code", "") or "")
    return isinstance(error, DatabaseError) or any(mark in code for mark in _BEHIND)


def _raise_ours(error: Neo4jError | DriverError, kind: Kind) -> NoReturn:
    text = str(getattr(error, "message", None) or error)
    if isinstance(error, AuthError):
        raise EnvironmentFault(
            "图数据库拒绝了登录，请检查 NEO4J_USER 和 NEO4J_PASSWORD。",
            "the graph engine refused the log-in: check NEO4J_USER and NEO4J_PASSWORD.",
            subject="NEO4J_PASSWORD",
        ) from error
    if isinstance(error, WriteServiceUnavailable):  # over bolt://, of a server that does not lead
        raise _not_ready("NotALeader", follower=True) from error
    if isinstance(error, (ServiceUnavailable, SessionExpired)):
        raise EngineUnavailable(
            "图数据库暂时无法连接，请稍后重试。",
            f"the graph engine cannot be reached now, try again later ({text}).",
        ) from error
    code = str(getattr(error, "code", "") or "")
    if any(mark in code for mark in _TIMED_OUT):
        raise QueryTimedOut(
            "查询超过时限，已被终止。", f"the query ran into the time limit and was ended ({text})."
        ) from error
    if "heap budget exceeded" in text or "MemoryPoolOutOfMemory" in code:
        raise ResultTooLarge(
            "查询需要的内存超过引擎上限；请缩小范围。",
            f"the query needs more memory than the engine has; narrow the question ({text}).",
        ) from error
    if isinstance(error, ClientError) and any(mark in code for mark in _FORBIDDEN):
        raise Forbidden("不允许执行该语句。", f"the statement is not allowed ({text}).") from error
    if (kind != "engine" and error.is_retryable()) or (kind == "cluster" and is_members_fault(error)):
        follower = isinstance(error, (NotALeader, ForbiddenOnReadOnlyDatabase))
        raise _not_ready(code or type(error).__name__, follower=follower) from error
    if isinstance(error, ConfigurationError) and "Notification filtering" in str(error):
        # The driver says so when it is to tell a server below Bolt 5.2 which notices it wants.
        raise EnvironmentFault(
            "Neo4j 服务器版本过旧（不支持 Bolt 5.2）：需要 Neo4j 5.23 或更新。",
            "the Neo4j server is too old, it does not speak Bolt 5.2: Neo4j 5.23 or newer is needed "
            f"({error}).",
            subject="NEO4J_URI",
        ) from error
    if isinstance(error, DriverError) and not isinstance(error, Neo4jError):
        raise StoreUnavailable(
            "与图数据库的连接中断。", f"the connection to the graph engine broke ({text})."
        ) from error
    raise QueryFailed(f"图数据库拒绝了查询：{text}", f"the engine refused: {text}") from error


def _not_ready(code: str, *, follower: bool) -> MemberNotReady:
    if follower:
        zh, en = (
            "所问的成员不能写入，集群正在选出主成员",
            "the member asked does not write, the cluster is electing one that does",
        )
    else:
        zh, en = "所问的成员正在启动、同步或忙", "the member asked is starting, catching up or busy"
    found = MemberNotReady(f"{zh}；请稍后重试（{code}）。", f"{en}; try again later ({code}).")
    found.follower = follower
    return found


_BEHIND = ("Database.DatabaseNotFound", "Bookmark", "Cluster.", "DatabaseUnavailable")
_TIMED_OUT = ("TransactionTimedOut", "Transaction.Terminated", "LockClientStopped")
_FORBIDDEN = ("Security.Forbidden", "Statement.AccessMode")

_TEMPORAL = (Date, DateTime, Time)


def native(value: Any) -> Any:
    """Driver values as plain Python: dates native, durations as ISO 8601 text, lists and maps."""
    kind = type(value)
    if kind in (str, int, float, bool) or value is None:
        return value
    if kind in _TEMPORAL:
        return value.to_native()
    if kind is list:
        return [native(v) for v in value]
    if kind is dict:
        return {k: native(v) for k, v in value.items()}
    return value.iso_format() if kind is Duration else value


def shown(value: Any) -> Any:
    """As `native`, in what JSON can hold, however deep it lies.

    Nodes, relationships and paths as maps; a point as the map of which Cypher makes one; times, and numbers
    that are none (`NaN`), as texts.
    """
    if isinstance(value, Node):
        return {"labels": sorted(value.labels), "properties": _map(value)}
    if isinstance(value, Relationship):
        ends = {"start": _id(value.start_node), "end": _id(value.end_node)}
        return {"type": value.type, **ends, "properties": _map(value)}
    if isinstance(value, Path):
        nodes = [shown(n) for n in value.nodes]
        return {"nodes": nodes, "relationships": [shown(r) for r in value.relationships]}
    if isinstance(value, list):
        return [shown(v) for v in value]
    if isinstance(value, dict):
        return {k: shown(v) for k, v in value.items()}
    return _shown_alone(value)


def _shown_alone(value: Any) -> Any:
    if isinstance(value, Point):
        return {"srid": value.srid, **dict(zip("xyz", value, strict=False))}
    if isinstance(value, Time):
        return value.to_native().isoformat()
    if isinstance(value, float) and not isfinite(value):
        return "NaN" if isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return native(value)


def _map(entity: Node | Relationship) -> dict[str, Any]:
    return {k: shown(v) for k, v in sorted(entity.items())}


def _id(node: Node | None) -> Any:
    return None if node is None else node.get("id")
