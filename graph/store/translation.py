"""The driver's errors and values as the project's own; only the store uses this."""

from __future__ import annotations

from typing import Any, NoReturn

from neo4j.exceptions import (
    AuthError,
    ClientError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)
from neo4j.graph import Node, Path, Relationship
from neo4j.time import Date, DateTime, Duration, Time

from graph.errors import (
    EngineUnavailable,
    EnvironmentFault,
    Forbidden,
    QueryFailed,
    QueryTimedOut,
    ResultTooLarge,
    StoreUnavailable,
)


class translated:  # noqa: N801 - reads as a statement: `with translated():`
    """Turn the driver's errors into the project's; bugs pass through as they are."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, (Neo4jError, DriverError)):
            _raise_ours(error)


def _raise_ours(error: Neo4jError | DriverError) -> NoReturn:
    text = str(getattr(error, "message", None) or error)
    if isinstance(error, AuthError):
        raise EnvironmentFault(
            "图数据库拒绝了登录，请检查 NEO4J_USER 和 NEO4J_PASSWORD。",
            "the graph engine refused the log-in: check NEO4J_USER and NEO4J_PASSWORD.",
            subject="NEO4J_PASSWORD",
        ) from error
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
    if isinstance(error, DriverError) and not isinstance(error, Neo4jError):
        raise StoreUnavailable(
            "与图数据库的连接中断。", f"the connection to the graph engine broke ({text})."
        ) from error
    raise QueryFailed(f"图数据库拒绝了查询：{text}", f"the engine refused: {text}") from error


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
    """As `native`; nodes, relationships and paths as maps, however deep they lie."""
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
    return native(value)


def _map(entity: Node | Relationship) -> dict[str, Any]:
    return {k: shown(v) for k, v in sorted(entity.items())}


def _id(node: Node | None) -> Any:
    return None if node is None else node.get("id")
