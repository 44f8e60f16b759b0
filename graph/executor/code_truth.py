"""Code of conditions: when an expression is true, and when it is false; it may be neither.

A value that is not known is not true, and neither is its negation. So `NOT` asks for what is false, and a
condition costs no more than the comparison in Python where no operand may be null.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graph.executor.code import Bound, Code, Function, Names, value
from graph.executor.kinds import (
    NUMBERS,
    EdgeKind,
    Kind,
    ListKind,
    MapKind,
    NodeKind,
    Nothing,
    Scalar,
    has_nulls,
    is_one_of,
    is_told_apart,
)
from graph.executor.syntax import Expression, HasLabel, ListOf, Literal, Name, Operation, Quantifier
from graph.executor.tokens import NotCompiled

_NEGATED = {"=": "!=", "<>": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_PYTHON = {"=": "==", "<>": "!="}
_OTHER = {"any": "all", "all": "any"}


def truth(function: Function, names: Names, tree: Expression) -> str:
    """Code that is true (in Python's sense) where the expression is true."""
    return _condition(function, names, tree, yes=True)


def falsity(function: Function, names: Names, tree: Expression) -> str:
    """Code that is true where the expression is false."""
    return _condition(function, names, tree, yes=False)


def _condition(function: Function, names: Names, tree: Expression, *, yes: bool) -> str:
    if isinstance(tree, Operation) and tree.sign in _OPERATORS:
        return _OPERATORS[tree.sign](function, names, tree, yes)
    if isinstance(tree, HasLabel):
        return _label(function, names, tree, inside=yes)
    if isinstance(tree, Quantifier):
        return _quantified(function, names, tree, negated=not yes)
    code = value(function, names, tree)
    if not is_one_of(code.kind, "bool"):
        raise NotCompiled(f"{code.kind} as a condition")
    if yes:
        return code.text
    return f"({code.text}) is False" if code.kind.null else f"not ({code.text})"


def _connected(function: Function, names: Names, tree: Operation, yes: bool) -> str:
    word = "and" if (tree.sign == "AND") == yes else "or"
    return _joined(word, [_condition(function, names, operand, yes=yes) for operand in tree.operands])


def _negated(function: Function, names: Names, tree: Operation, yes: bool) -> str:
    return _condition(function, names, tree.operands[0], yes=not yes)


def _joined(word: str, parts: list[str]) -> str:
    return f"({f' {word} '.join(parts)})"


def _compared(function: Function, names: Names, tree: Operation, yes: bool) -> str:
    sign = _PYTHON.get(tree.sign, tree.sign) if yes else _NEGATED[tree.sign]
    one, other = (value(function, names, operand) for operand in tree.operands)
    if isinstance(one.kind, Nothing) or isinstance(other.kind, Nothing):
        return "False"
    check_comparable(one.kind, other.kind, in_order=tree.sign not in _PYTHON)
    if sign == "==" and not (one.kind.null and other.kind.null):
        return f"({one.text} == {other.text})"
    tested = [code for code in (one, other) if code.kind.null]
    if all(code.simple for code in tested):
        there = [f"{code.text} is not None" for code in tested]
        return _joined("and", [*there, f"{one.text} {sign} {other.text}"])
    called = {"==": "equal", "!=": "unequal", "<": "less", "<=": "least", ">": "more", ">=": "most"}[sign]
    return f"{called}({one.text}, {other.text})"


def _alike(one: Kind, other: Kind) -> bool:
    """Whether both are lists, or maps of the same keys; raises `NotCompiled` as `check_comparable`."""
    if isinstance(one, ListKind) and isinstance(other, ListKind):
        check_comparable(one.of, other.of)
        return True
    if not isinstance(one, MapKind) or not isinstance(other, MapKind) or one.loose or other.loose:
        return False
    alike = [n for n, _ in one.entries] == [n for n, _ in other.entries]
    for (_, here), (_, there) in zip(one.entries, other.entries, strict=False):
        check_comparable(here, there)
    return alike


def check_comparable(one: Kind, other: Kind, *, in_order: bool = False) -> None:
    """Raise `NotCompiled` where Python's comparison says something else.

    What stands for another thing in the code is no number, true is not one, and lists and maps with a null in
    them are neither equal nor not.
    """
    if isinstance(one, Nothing) or isinstance(other, Nothing):
        return
    if isinstance(one, ListKind | MapKind) and isinstance(other, ListKind | MapKind):
        fits = not in_order and not has_nulls(one) and not has_nulls(other) and _alike(one, other)
    elif isinstance(one, Scalar) and isinstance(other, Scalar):
        fits = is_told_apart(one) and (one.name == other.name or {one.name, other.name} == set(NUMBERS))
        fits = fits and not (in_order and one.name == "bool")
    elif isinstance(one, EdgeKind) and isinstance(other, EdgeKind):
        fits = not in_order and one.types == other.types
    else:
        fits = not in_order and isinstance(one, NodeKind) and isinstance(other, NodeKind)
    if not fits:
        raise NotCompiled(f"{one} compared with {other}")


def _member(function: Function, names: Names, tree: Operation, yes: bool) -> str:
    word = "in" if yes else "not in"
    one, among = (value(function, names, operand) for operand in tree.operands)
    if isinstance(among.kind, Nothing):
        return "False"
    if not isinstance(among.kind, ListKind):
        raise NotCompiled(f"IN {among.kind}")
    if isinstance(one.kind, Nothing):
        return f"(is_in(None, {among.text}) is {yes})"
    if not isinstance(among.kind.of, Nothing):
        check_comparable(one.kind, among.kind.of)
    listed = tree.operands[1]
    text = among.text
    if isinstance(listed, ListOf) and all(isinstance(i, Literal) for i in listed.items):
        text = f"({text[1:-1]},)" if listed.items else "()"
    if among.kind.null or (word == "not in" and (among.kind.of.null or (one.kind.null and not one.simple))):
        return f"is_in({one.text}, {text}) is {word == 'in'}"
    if word == "in":
        if one.kind.null and among.kind.of.null:
            return f"is_in({one.text}, {text}) is True"
        return f"({one.text} in {text})"
    there = [f"({one.text} is not None or not {text})"] if one.kind.null else []
    return _joined("and", [*there, f"{one.text} not in {text}"])


def _null(function: Function, names: Names, tree: Operation, yes: bool) -> str:
    yes = yes == (tree.sign == "IS NULL")
    code = value(function, names, tree.operands[0])
    if isinstance(code.kind, Scalar) and code.kind.name == "duration":
        raise NotCompiled("a duration that may be null")
    if not code.kind.null:
        return repr(not yes)
    return f"({code.text} is {'None' if yes else 'not None'})"


_TEXTS = {"STARTS WITH": "startswith", "ENDS WITH": "endswith", "CONTAINS": ""}


def _text(function: Function, names: Names, tree: Operation, yes: bool) -> str:
    one, other = (value(function, names, operand) for operand in tree.operands)
    if not is_one_of(one.kind, "text") or not is_one_of(other.kind, "text"):
        raise NotCompiled(f"{one.kind} {tree.sign} {other.kind}")
    method = _TEXTS[tree.sign]
    if one.kind.null or other.kind.null:
        called = {"startswith": "starts", "endswith": "ends", "": "contains"}[method]
        return f"({called}({one.text}, {other.text}) is {yes})"
    asked = f"{one.text}.{method}({other.text})" if method else f"{other.text} in {one.text}"
    return f"({asked})" if yes else f"(not {asked})"


_OPERATORS: dict[str, Callable[[Function, Names, Operation, bool], str]] = {
    "AND": _connected,
    "OR": _connected,
    "NOT": _negated,
    "IN": _member,
    "IS NULL": _null,
    "IS NOT NULL": _null,
    **dict.fromkeys(_NEGATED, _compared),
    **dict.fromkeys(_TEXTS, _text),
}
"""By sign what writes when it is true, or (the last argument) when it is false."""


def _label(function: Function, names: Names, tree: HasLabel, *, inside: bool) -> str:
    of = value(function, names, tree.of)
    if not isinstance(of.kind, NodeKind):
        raise NotCompiled(f":{tree.label} of {of.kind}")
    if not of.simple:
        raise NotCompiled("a label of what is not a variable")
    return has_label(function, of, [tree.label], inside=inside)


def has_label(
    function: Function, of: Code, labels: list[str] | tuple[str, ...], *, inside: bool = True
) -> str:
    """Code that is true where a node has one of these labels, or has none of them."""
    spans = [function.program.columns.labels.get(label) for label in labels]
    tests = [f"{s.first} <= {of.text} < {s.end}" for s in spans if s is not None]
    there = [f"{of.text} is not None"] if of.kind.null else []
    tested = " or ".join(tests) if tests else "False"
    return _joined("and", [*there, f"({tested})" if inside else f"not ({tested})"])


def _sure(function: Function, names: Names, trees: Sequence[Expression]) -> bool:
    """Whether none of them may be null, which makes null of what it is joined with."""
    return not any(value(function, names, tree).kind.null for tree in trees)


def _quantified(function: Function, names: Names, tree: Quantifier, *, negated: bool = False) -> str:
    """`all`, `any` and `none`: of two lists joined, each alone; of one thing in brackets, the thing."""
    kind = tree.kind
    if kind == "none":
        return _quantified(
            function, names, Quantifier("any", tree.name, tree.of, tree.where), negated=not negated
        )
    if isinstance(tree.of, Operation) and tree.of.sign == "+" and _sure(function, names, tree.of.operands):
        parts = [
            _quantified(function, names, Quantifier(kind, tree.name, operand, tree.where), negated=negated)
            for operand in tree.of.operands
        ]
        return _joined("and" if (kind == "all") != negated else "or", parts)
    if isinstance(tree.of, ListOf):
        asked = falsity if negated else truth
        parts = []
        for item in tree.of.items:
            of = value(function, names, item)
            if not isinstance(item, Name):
                break
            parts.append(asked(function, {**names, tree.name: Bound(of.text, of.kind)}, tree.where))
        else:
            return (
                _joined("and" if (kind == "all") != negated else "or", parts)
                if parts
                else repr((kind == "all") != negated)
            )
    of = value(function, names, tree.of)
    if isinstance(of.kind, Nothing):
        return "False" if of.kind.null else repr((kind == "all") != negated)
    if not isinstance(of.kind, ListKind):
        raise NotCompiled(f"members of {of.kind}")
    each = function.bind(tree.name, of.kind.of)
    test = (falsity if negated else truth)(function, {**names, tree.name: each}, tree.where)
    called = _OTHER[kind] if negated else kind
    if not of.kind.null:
        return f"{called}({test} for {each.name} in {of.text})"
    if not of.simple:
        raise NotCompiled("members of a list that may be null")
    return f"({of.text} is not None and {called}({test} for {each.name} in {of.text}))"
