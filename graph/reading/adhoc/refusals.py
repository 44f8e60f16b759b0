"""Why an ad-hoc query is not run."""

from __future__ import annotations

from graph.errors import BadParameter, GraphError


class Refused(GraphError):
    """The query is not one that only reads, or cannot be told to be; with line and column."""

    code = "query_refused"

    def __init__(self, zh: str, en: str, line: int, column: int) -> None:
        super().__init__(
            f"第 {line} 行第 {column} 列：{zh}。自由查询只能读取。",
            f"line {line}, column {column}: {en}. Ad-hoc queries only read.",
            subject="query",
        )
        self.line, self.column = line, column


class TooLong(GraphError):
    """The text of a query is longer than any question."""

    code = "query_too_long"

    def __init__(self, length: int, most: int) -> None:
        super().__init__(
            f"查询有 {length} 个字符，最多 {most} 个。",
            f"the query has {length} characters, {most} are the most.",
            subject="query",
        )


class BadQuery(BadParameter):
    """The engine could not read or run the query; with line and column where it says them."""

    code = "query_syntax"
