"""Where in a caller's query the mistake is that the engine met."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from graph.errors import GraphError, QueryFailed
from graph.reading.adhoc.refusals import BadQuery
from graph.reading.adhoc.tokens import Token
from graph.store import EXPLAIN

_POSITION = re.compile(r"line (\d+)(?:, column |:)(\d+)")
_NAMED = re.compile(r"Variable ['`](\w+)['`] not defined|Expected parameter\(s\): (\w+)")
"""What engines say without a place: the name is looked for in the text."""
Shift = tuple[int, int, int]


def shift_of(embedded: bool, first: Token) -> Shift:
    """What to add to an engine's line, its column in the first line, and in all others.

    The embedded engine counts lines from that of the first token, and columns from 0; Neo4j is
    asked to EXPLAIN.
    """
    if embedded:
        return first.line - 1, first.column, 1
    return 0, -len(EXPLAIN), 0


def translated(error: QueryFailed, shift: Shift = (0, 0, 0), tokens: Sequence[Token] = ()) -> GraphError:
    """What the engine says of the caller's own query is for the caller."""
    if type(error) is not QueryFailed:
        return error
    place = _told(error.en, shift) or _found(error.en, tokens)
    if place is None:
        return BadQuery(error.zh, error.en, subject="query")
    line, column = place
    return BadQuery(
        f"第 {line} 行第 {column} 列：{error.zh}",
        f"line {line}, column {column}: {error.en}",
        subject="query",
    )


def _told(text: str, shift: Shift) -> tuple[int, int] | None:
    found = _POSITION.search(text)
    if found is None:
        return None
    line, column = (int(part) for part in found.groups())
    return line + shift[0], column + (shift[1] if line == 1 else shift[2])


def _found(text: str, tokens: Sequence[Token]) -> tuple[int, int] | None:
    """The last place of the name: a variable that was dropped by `WITH` is missed after it."""
    named = _NAMED.search(text)
    if named is None:
        return None
    variable, parameter = named.groups()
    for before, token in reversed(list(pairwise(tokens))):
        if token.text == (variable or parameter) and before.is_sign("$") == bool(parameter):
            if variable and before.is_sign(".", ":"):
                continue  # a property or a type of that name
            return token.line, token.column
    return None
