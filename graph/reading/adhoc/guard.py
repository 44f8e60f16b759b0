"""The first of the guards around ad-hoc queries: what does not look like reading is refused.

The others are the engine's: an identity that may only read (embedded), a session in read mode and
`EXPLAIN` saying exactly `r` (Neo4j). This one keeps out what these let through: procedures and
functions that read files or the network, `LOAD CSV`, administration, several statements.
"""

from __future__ import annotations

from collections.abc import Sequence

from graph.reading.adhoc.positions import read_names
from graph.reading.adhoc.refusals import Refused
from graph.reading.adhoc.tokens import Token, read_tokens

WRITING = {"CREATE", "MERGE", "SET", "DELETE", "DETACH", "NODETACH", "REMOVE", "INSERT", "FOREACH"}
COMMANDS = {
    "DROP",
    "ALTER",
    "RENAME",
    "GRANT",
    "DENY",
    "REVOKE",
    "SHOW",
    "TERMINATE",
    "START",
    "STOP",
    "ENABLE",
    "DEALLOCATE",
    "REALLOCATE",
    "DRYRUN",
    "LOAD",
    "USE",
    "PERIODIC",
    "TRANSACTIONS",
    "TRUNCATE",
    "IMPORT",
    "EXPORT",
    "BACKUP",
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
}
PREFIXES = {"EXPLAIN", "PROFILE", "CYPHER"}
PROCEDURES = {"db.labels", "db.relationshiptypes", "db.propertykeys"}
NAMESPACES = {"date", "datetime", "duration", "localdatetime", "localtime", "time", "point"}
"""Whose functions, such as `duration.between`, compute and nothing else."""


def check_reading(text: str) -> list[Token]:
    """The tokens of a query that looks like one that only reads. Raises `Refused`."""
    tokens = read_tokens(text)
    if tokens and tokens[-1].is_sign(";"):
        tokens = tokens[:-1]
    statement = tokens[1:] if is_explained(tokens) else tokens
    if not statement:
        raise Refused("查询是空的", "the query is empty", 1, 1)
    first = statement[0]
    if first.keyword in PREFIXES:
        _refuse(first, f"不能以 {first.text} 开头", f"it may not begin with {first.text}")
    names = read_names(statement)
    for index, token in enumerate(statement):
        if token.is_sign(";"):
            _refuse(token, "一次只能运行一条语句", "one statement at a time")
        if names[index]:
            continue
        if token.keyword in WRITING | COMMANDS:
            message = f"{token.text} is not allowed; put it in backticks if it is a name"
            _refuse(token, f"不允许 {token.text}；若是名称请加反引号", message)
        if token.keyword == "CALL":
            _check_call(statement, index)
    _check_functions(statement)
    return tokens


def is_explained(tokens: Sequence[Token]) -> bool:
    """Whether the plan of a query is asked for and not its rows."""
    return bool(tokens) and tokens[0].keyword == "EXPLAIN"


def _check_call(tokens: Sequence[Token], index: int) -> None:
    """A subquery, or a procedure that is known to read what is in the graph."""
    if index + 1 == len(tokens) or tokens[index + 1].is_sign("{", "("):
        return
    name = ".".join(_chain(tokens, index + 1)).lower()
    if name not in PROCEDURES:
        known = "、".join(sorted(PROCEDURES))
        _refuse(
            tokens[index],
            f"不允许调用过程 {name}；可用：{known}",
            f"the procedure {name} is not allowed; known: {known}",
        )


def _check_functions(tokens: Sequence[Token]) -> None:
    """Functions with a namespace are those of dates and points; others come from extensions."""
    for index, token in enumerate(tokens):
        if token.kind not in ("word", "name") or (index and tokens[index - 1].text == "."):
            continue
        chain = _chain(tokens, index)
        end = index + 2 * len(chain) - 1
        called = end < len(tokens) and tokens[end].kind == "sign" and tokens[end].text == "("
        procedure = index and tokens[index - 1].keyword == "CALL"
        if called and len(chain) > 1 and not procedure and chain[0].lower() not in NAMESPACES:
            name = ".".join(chain)
            _refuse(token, f"不允许函数 {name}", f"the function {name} is not allowed")


def _chain(tokens: Sequence[Token], start: int) -> list[str]:
    """The names from an index on that are joined by dots."""
    found: list[str] = []
    while start < len(tokens) and tokens[start].kind in ("word", "name"):
        found.append(tokens[start].text)
        if start + 1 == len(tokens) or not tokens[start + 1].is_sign("."):
            break
        start += 2
    return found


def _refuse(token: Token, zh: str, en: str) -> None:
    raise Refused(zh, en, token.line, token.column)
