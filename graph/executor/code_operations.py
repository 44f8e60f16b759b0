"""Code of what is made of values: operators, CASE, and what goes through the members of a list."""

from __future__ import annotations

from graph.executor.code import Bound, Code, Function, Names, makes, value
from graph.executor.code_truth import check_comparable, falsity, truth
from graph.executor.kinds import (
    BOOL,
    DATE,
    NULL,
    NUMBERS,
    ListKind,
    Nothing,
    Scalar,
    is_one_of,
    join,
    nullable,
)
from graph.executor.syntax import Case, Comprehension, Expression, HasLabel, Operation, Quantifier, Reduce
from graph.executor.tokens import NotCompiled


@makes(HasLabel)
@makes(Quantifier)
def _truth_value(function: Function, names: Names, tree: Expression) -> Code:
    """What is true, false, or not known where something in it is null."""
    yes, no = truth(function, names, tree), falsity(function, names, tree)
    if no == f"not {yes}":
        return Code(f"({yes})", BOOL)
    return Code(f"(True if {yes} else False if {no} else None)", nullable(BOOL))


_TRUTHS = {"AND", "OR", "NOT", "IN", "=", "<>", "<", "<=", ">", ">=", "IS NULL", "IS NOT NULL"}
_TRUTHS |= {"STARTS WITH", "ENDS WITH", "CONTAINS"}
"""Operators whose value is true, false, or not known."""


@makes(Operation)
def _operation(function: Function, names: Names, tree: Operation) -> Code:
    if tree.sign in _TRUTHS:
        return _truth_value(function, names, tree)
    operands = [value(function, names, operand) for operand in tree.operands]
    if tree.sign == "negative":
        (one,) = operands
        _check_numbers(tree.sign, one)
        return Code(f"times(-1, {one.text})" if one.kind.null else f"(-{one.text})", one.kind)
    one, other = operands
    if tree.sign == "+":
        return _sum(one, other)
    if tree.sign == "-" and _name(one) == "date":
        return _shift(one, other, "-1")
    _check_numbers(tree.sign, one, other)
    null = one.kind.null or other.kind.null
    numbers = (_name(one), _name(other))
    floats = "float" in numbers or (tree.sign == "/" and "int" not in numbers)
    kind = Scalar(null, "float" if floats else "int")
    called = {"-": "minus", "*": "times", "/": "divided", "%": "remainder"}[tree.sign]
    if null or tree.sign == "%" or (tree.sign == "/" and not floats):
        return Code(f"{called}({one.text}, {other.text})", kind)
    return Code(f"({one.text} {tree.sign} {other.text})", kind, simple=one.simple and other.simple)


def _check_numbers(sign: str, *operands: Code) -> None:
    """Python multiplies texts and lists too."""
    for one in operands:
        if not is_one_of(one.kind, *NUMBERS):
            raise NotCompiled(f"{one.kind} {sign}")


def _name(code: Code) -> str:
    return code.kind.name if isinstance(code.kind, Scalar) else ""


def _sum(one: Code, other: Code) -> Code:
    if isinstance(one.kind, ListKind) or isinstance(other.kind, ListKind):
        return _lists(one, other)
    if isinstance(one.kind, Nothing) or isinstance(other.kind, Nothing):
        return Code("None", NULL, simple=True)
    if "duration" in (_name(one), _name(other)):
        return _shift(one, other) if _name(one) == "date" else _shift(other, one)
    null = one.kind.null or other.kind.null
    if _name(one) in NUMBERS and _name(other) in NUMBERS:
        kind = Scalar(null, "float" if "float" in (_name(one), _name(other)) else "int")
    elif _name(one) == _name(other) == "text":
        kind = Scalar(null, "text")
    elif "text" in (_name(one), _name(other)) and {_name(one), _name(other)} <= {"text", "int"}:
        return Code(f"text_plus({one.text}, {other.text})", Scalar(null, "text"))
    else:
        raise NotCompiled(f"{one.kind} + {other.kind}")
    if null:
        return Code(f"plus({one.text}, {other.text})", kind)
    return Code(f"({one.text} + {other.text})", kind)


def _lists(one: Code, other: Code) -> Code:
    left = one if isinstance(one.kind, ListKind) else _single(one)
    right = other if isinstance(other.kind, ListKind) else _single(other)
    kind = join(left.kind, right.kind)
    if left.kind.null or right.kind.null:
        return Code(f"plus({left.to(kind)}, {right.to(kind)})", kind)
    return Code(f"({left.to(kind)} + {right.to(kind)})", kind)


def _single(code: Code) -> Code:
    if code.kind.null:
        raise NotCompiled("a list and what may be null")
    return Code(f"[{code.text}]", ListKind(of=code.kind))


def _shift(day: Code, by: Code, sign: str = "1") -> Code:
    if _name(day) != "date" or _name(by) != "duration":
        raise NotCompiled(f"{day.kind} and {by.kind}")
    return Code(f"shifted_by({day.text}, {by.text}, {sign})", nullable(DATE))


@makes(Case)
def _case(function: Function, names: Names, tree: Case) -> Code:
    subject = None if tree.subject is None else value(function, names, tree.subject)
    conditions = []
    for when, _ in tree.branches:
        if subject is None:
            conditions.append(truth(function, names, when))
        else:
            compared = value(function, names, when)
            check_comparable(subject.kind, compared.kind)
            asked = subject.text if subject.simple else "subject"
            sure_ = not compared.kind.null or not subject.kind.null
            conditions.append(
                f"{asked} == {compared.text}"
                if sure_
                else f"({asked} is not None and {asked} == {compared.text})"
            )
    gives = [value(function, names, then) for _, then in tree.branches]
    otherwise = value(function, names, tree.otherwise)
    kind = otherwise.kind
    for one in gives:
        kind = join(kind, one.kind)
    text = otherwise.to(kind)
    for condition, one in reversed(list(zip(conditions, gives, strict=True))):
        text = f"{one.to(kind)} if {condition} else {text}"
    if subject is not None and not subject.simple:
        return Code(f"(lambda subject: {text})({subject.text})", kind)
    return Code(f"({text})", kind)


@makes(Comprehension)
def _comprehension(function: Function, names: Names, tree: Comprehension) -> Code:
    of = value(function, names, tree.of)
    if isinstance(of.kind, Nothing):
        return Code("None" if of.kind.null else "[]", of.kind)
    if not isinstance(of.kind, ListKind):
        raise NotCompiled(f"members of {of.kind}")
    each = function.bind(tree.name, of.kind.of)
    inside = {**names, tree.name: each}
    gives = Code(each.name, each.kind) if tree.gives is None else value(function, inside, tree.gives)
    where = "" if tree.where is None else f" if {truth(function, inside, tree.where)}"
    among = of.text if not of.kind.null else f"({of.text} or ())"
    made = f"[{gives.text} for {each.name} in {among}{where}]"
    if of.kind.null and of.simple:
        made = f"(None if {of.text} is None else {made})"
    elif of.kind.null:
        made = f"(lambda among: None if among is None else {made.replace(among, 'among')})({of.text})"
    return Code(made, ListKind(of.kind.null, gives.kind))


@makes(Reduce)
def _reduce(function: Function, names: Names, tree: Reduce) -> Code:
    start, of = value(function, names, tree.start), value(function, names, tree.of)
    if not isinstance(of.kind, ListKind):
        raise NotCompiled(f"members of {of.kind}")
    kind = start.kind
    written, needed = len(function.program.functions), dict(function.program.needs)
    while True:
        inner = Function(function.program)
        total, each = inner.bind(tree.total, kind), inner.bind(tree.name, of.kind.of)
        among = inner.new("among")
        inside: dict[str, Bound] = {**names, tree.total: total, tree.name: each}
        with inner.block(f"for {each.name} in {among}:"):
            gives = value(inner, inside, tree.gives)
            inner.write(f"{total.name} = {gives.to(join(kind, gives.kind))}")
        inner.write(f"return {total.name}")
        joined = join(kind, gives.kind)
        if joined == kind:
            break
        kind = joined
        del function.program.functions[written:]  # of another kind: written anew
        function.program.needs.clear()
        function.program.needs.update(needed)
    inner.arguments.pop(among, None)
    inner.arguments = {total.name: None, among: None, **inner.arguments}
    name = inner.finish("reduced")
    others = [a for a in inner.arguments if a not in (total.name, among)]
    started = Code(start.text, start.kind).to(kind)
    if of.kind.null and not of.simple:
        raise NotCompiled("reduce of a list that may be null")
    made = f"{name}({', '.join([started, of.text, *map(function.use, others)])})"
    if of.kind.null:
        return Code(f"(None if {of.text} is None else {made})", nullable(kind))
    return Code(made, kind)
