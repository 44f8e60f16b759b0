"""Where a word can only be a name: a keyword as a variable, a property, a label or a key.

Cypher reserves no word. What a word is follows from its place: a clause begins where an operand has
ended, never where one is expected. Where both readings are possible, it is taken for a keyword.
"""

from __future__ import annotations

from collections.abc import Sequence

from graph.reading.adhoc.tokens import Token

_BEFORE_OPERAND = ("(", "[", ",", "=", "<", ">", "+", "-", "/", "%", "^", "&", "!")
"""Signs after which only an operand can follow.

Not `*`, which may be all of `WITH *`, and not `{` and `|`, after which a clause may begin.
"""
_OPENING = {"AS", "RETURN", "WITH", "UNWIND", "MATCH", "WHERE", "AND", "OR", "XOR", "IN", "BY", "CONTAINS"}
"""Keywords after which only an operand, a pattern or a name can follow."""
_DOUBTFUL = {"DISTINCT", "NOT", "WHEN", "THEN", "ELSE", "CASE"}
"""Words that may be variables themselves, so that after them a clause might begin."""
_AFTER_OPERAND = (",", ".", ")", "]", "=", "<", ">", "/", "%")
"""Signs that follow no keyword of a clause or command."""


def read_names(tokens: Sequence[Token]) -> list[bool]:
    """For each token, whether it is a word at a place where only a name can be."""
    found: list[bool] = []
    for index, token in enumerate(tokens):
        found.append(token.kind == "word" and index > 0 and _is_name(tokens, index, found))
    return found


def is_part_of_name(tokens: Sequence[Token], index: int) -> bool | None:
    """Whether a word is a property, label, type, parameter or key; None where that is not certain."""
    before = tokens[index - 1] if index else None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if before is not None and before.is_sign(":", "$"):
        return True
    if before is not None and before.is_sign("."):
        # `1.SET` may be a number and a clause, `0..SET` a range and one.
        owner = tokens[index - 2] if index > 1 else before
        return owner.kind in ("word", "name") or owner.is_sign(")", "]", "}")
    key = after is not None and after.is_sign(":") and before is not None and before.is_sign("{", ",")
    return True if key else None


def _is_name(tokens: Sequence[Token], index: int, found: Sequence[bool]) -> bool:
    certain = is_part_of_name(tokens, index)
    if certain is not None:
        return certain
    before = tokens[index - 1]
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    ended = after is not None and after.is_sign(*_AFTER_OPERAND)
    if before.kind == "sign":
        return before.text in _BEFORE_OPERAND or (before.text == "|" and ended)
    if before.keyword == "IN" and tokens[index].keyword == "TRANSACTIONS":
        return False
    if before.keyword in _OPENING:
        # A variable may be called `with`: what follows it is then a clause.
        return not found[index - 1]
    if before.keyword in _DOUBTFUL:
        in_brackets = index > 1 and before.keyword == "DISTINCT" and tokens[index - 2].is_sign("(")
        return in_brackets or ended
    return False
