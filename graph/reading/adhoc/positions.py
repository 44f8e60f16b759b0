"""Where a word can only be a name: a keyword as a variable, a property, a label or a key.

Cypher reserves no word. What a word is follows from its place: a clause begins where an operand has
ended, never where one is expected. Where both readings are possible, it is taken for a keyword.
"""

from __future__ import annotations

from collections.abc import Sequence

from graph.reading.adhoc.tokens import Token

_BEFORE_OPERAND = ("(", "[", ",", "=", "~", "<", ">", "+", "-", "/", "%", "^", "&", "!")
"""Signs after which only an operand can follow.

Not `*`, which may be all of `WITH *`, and not `{` and `|`, after which a clause may begin. A `+` after
a bracket may be a quantifier at the end of a pattern: `((a)-->(b))+`.
"""
_OPENING = {"AS", "RETURN", "WITH", "UNWIND", "MATCH", "WHERE", "AND", "OR", "XOR", "IN", "BY", "CONTAINS"}
"""Keywords after which only an operand, a pattern or a name can follow."""
_DOUBTFUL = {"DISTINCT", "NOT", "WHEN", "THEN", "ELSE", "CASE"}
"""Words that may be variables themselves, so that after them a clause might begin."""
_NO_CLAUSES = {
    "ALTER", "BACKUP", "BEGIN", "COMMIT", "DROP", "ENABLE", "EXPORT", "GRANT", "IMPORT", "LOAD", "RENAME",
    "ROLLBACK", "SHOW", "START", "STOP", "TERMINATE", "USE",
}  # fmt: skip
"""Words that begin a statement, or a clause that no WHEN follows: after a variable they are none."""
_AFTER_OPERAND = (",", ".", ")", "]", "}", "|", "=", "<", ">", "+", "/", "%", "^")
"""Signs that follow no keyword of a clause or command."""
_GOES_ON = {
    "AND", "AS", "CALL", "CONTAINS", "CREATE", "DELETE", "DETACH", "ENDS", "FILTER", "FINISH", "FOREACH",
    "IN", "INSERT", "IS", "LET", "LIMIT", "LOAD", "MATCH", "MERGE", "NEXT", "NODETACH", "OFFSET", "OPTIONAL",
    "OR", "ORDER", "REMOVE", "RETURN", "SET", "SKIP", "STARTS", "UNION", "UNWIND", "USE", "WHEN", "WHERE",
    "WITH", "XOR", "YIELD",
}  # fmt: skip
"""Keywords that may follow a variable called `as`: `DELETE as RETURN 1`."""


def read_names(tokens: Sequence[Token]) -> list[bool]:
    """For each token, whether it is a word at a place where only a name can be."""
    found: list[bool] = []
    cases = [False]
    for index, token in enumerate(tokens):
        named = token.kind == "word" and index > 0 and _is_name(tokens, index, found, in_case=cases[-1])
        found.append(named)
        if token.is_sign("(", "[", "{"):
            cases.append(False)
        elif token.is_sign(")", "]", "}") and len(cases) > 1:
            cases.pop()
        elif token.keyword in ("CASE", "END"):
            # `CASE WHEN` is nothing else than its beginning, and before END no clause begins.
            cases[-1] = token.keyword == "CASE" and (
                _word(tokens, index + 1) == "WHEN" or _is_of_case(tokens, index + 1)
            )
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
        return owner.kind in ("word", "name") or owner.is_sign(")", "]", "}", "{", ",")
    key = after is not None and after.is_sign(":") and before is not None and before.is_sign("{", ",")
    return True if key else None


def _is_name(tokens: Sequence[Token], index: int, found: Sequence[bool], *, in_case: bool) -> bool:
    certain = is_part_of_name(tokens, index)
    if certain is not None:
        return certain
    before = tokens[index - 1]
    ended = _ends(tokens, index)
    if before.kind == "sign":
        quantified = before.is_sign("+") and index > 1 and tokens[index - 2].is_sign(")")
        certain = before.text in _BEFORE_OPERAND and not quantified
        return certain or (ended and (quantified or before.is_sign("|")))
    if before.keyword == "IN" and tokens[index].keyword == "TRANSACTIONS":
        return False
    if before.keyword in _OPENING:
        # A variable may be called `with`: what follows it is then a clause.
        return not found[index - 1]
    if before.keyword in _DOUBTFUL:
        in_brackets = index > 1 and before.keyword == "DISTINCT" and tokens[index - 2].is_sign("(")
        compared = before.keyword == "CASE" and _is_of_case(tokens, index)
        return in_brackets or in_case or ended or compared
    return False


def _ends(tokens: Sequence[Token], index: int) -> bool:
    """Whether what follows a word shows that it is an operand: no clause or command goes on like that."""
    if index + 1 == len(tokens) or tokens[index + 1].is_sign(*_AFTER_OPERAND):
        return True
    alias = tokens[index + 2] if index + 2 < len(tokens) else None
    named = alias is not None and alias.kind in ("word", "name") and alias.keyword not in _GOES_ON
    return _word(tokens, index + 1) == "AS" and named


def _is_of_case(tokens: Sequence[Token], index: int) -> bool:
    """Whether a keyword behind CASE can only be what is compared: `CASE start WHEN 1 THEN`.

    A variable may be called `case`, and one that is set `when`; but what is set is not followed by a value.
    """
    if _word(tokens, index + 1) != "WHEN":
        return False
    if _word(tokens, index) != "SET" or index + 2 >= len(tokens):
        return _word(tokens, index) in _NO_CLAUSES
    value = tokens[index + 2]
    return (
        value.kind in ("number", "string") or value.is_sign("$") or value.keyword in ("TRUE", "FALSE", "NULL")
    )


def _word(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].keyword if index < len(tokens) else ""
