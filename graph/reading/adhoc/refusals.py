"""Why an ad-hoc query is not run."""

from __future__ import annotations

from typing import Protocol

from graph.errors import BadParameter, GraphError


class TextPosition(Protocol):
    """Something with a line and a column: a token."""

    @property
    def line(self) -> int:
        """From 1."""

    @property
    def column(self) -> int:
        """From 1."""


class Refused(GraphError):
    """The query is not one that only reads, or cannot be recognised as one; with line and column."""

    code = "query_refused"

    def __init__(self, zh: str, en: str, line: int, column: int) -> None:
        super().__init__(
            f"第 {line} 行第 {column} 列：{zh}。自由查询只能读取。",
            f"line {line}, column {column}: {en}. Ad-hoc queries only read.",
            subject="query",
        )
        self.line, self.column = line, column


class WronglyAnswered(GraphError):
    """The engine would answer the query wrongly without saying so; with line and column.

    `form` says in Chinese and English what it answers wrongly,
    `instead` is an example of the way round.
    """

    code = "query_wrongly_answered"

    def __init__(
        self, form: tuple[str, str], instead: str, engine: tuple[str, str], at: TextPosition
    ) -> None:
        zh, en = form
        line, column = at.line, at.column
        super().__init__(
            f"第 {line} 行第 {column} 列：{engine[0]}对此写法的结果有误：{zh}。可参照改写：{instead}",
            f"line {line}, column {column}: {engine[1]} answers this form wrongly: {en}. "
            f"Write it like this: {instead}",
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


class TextForDate(BadParameter):
    """A date is compared with a text or number, which no engine takes for a date: nothing would be found."""

    code = "query_text_for_date"

    def __init__(self, name: str, written: str, right: str, line: int, column: int) -> None:
        super().__init__(
            f"第 {line} 行第 {column} 列：{name} 是日期，{written} 不是，二者比较没有结果；请写 {right}。",
            f"line {line}, column {column}: {name} is a date and {written} is none, which never compare; "
            f"write {right}.",
            subject="query",
        )
