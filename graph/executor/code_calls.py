"""Code of Cypher's functions: by name what is called, and the kind of what it gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graph.executor.code import Code, Function, Names, makes, value
from graph.executor.kinds import (
    DATE,
    INT,
    TEXT,
    EdgeKind,
    Kind,
    ListKind,
    Nothing,
    Scalar,
    join,
    nullable,
    sure,
)
from graph.executor.syntax import AGGREGATES, Call, Expression, MapOf
from graph.executor.tokens import NotCompiled

_NUMERIC = ("abs", "cos", "sin", "radians", "asin", "acos", "sqrt", "floor", "ceil", "haversin", "round")


@makes(Call)
def _call(function: Function, names: Names, tree: Call) -> Code:
    if tree.name in AGGREGATES:
        raise NotCompiled(f"{tree.name}() within an expression of its own")
    if tree.name == "duration":
        return _duration(function, names, tree.arguments)
    made = _FUNCTIONS.get(tree.name)
    if made is None:
        raise NotCompiled(f"the function {tree.name}")
    return made([value(function, names, argument) for argument in tree.arguments])


def _duration(function: Function, names: Names, arguments: Sequence[Expression]) -> Code:
    """Months and days; a part that is null makes all of it null when it is used."""
    if len(arguments) != 1 or not isinstance(arguments[0], MapOf):
        raise NotCompiled("a duration that is not written as a map")
    parts = {key: value(function, names, item).text for key, item in arguments[0].items}
    if not parts.keys() <= {"years", "months", "weeks", "days"}:
        raise NotCompiled(f"a duration of {', '.join(parts)}")
    months = _total([(12, parts.get("years")), (1, parts.get("months"))])
    days = _total([(7, parts.get("weeks")), (1, parts.get("days"))])
    return Code(f"({months}, {days})", Scalar(name="duration"), simple=True)


def _total(parts: Sequence[tuple[int, str | None]]) -> str:
    there = [
        text if factor == 1 else f"times({factor}, {text})" for factor, text in parts if text is not None
    ]
    if not there:
        return "0"
    return there[0] if len(there) == 1 else f"plus({there[0]}, {there[1]})"


def _size(given: Sequence[Code]) -> Code:
    (one,) = given
    if isinstance(one.kind, Nothing):
        return Code("None", nullable(INT), simple=True)
    if one.kind.null:
        return Code(f"size({one.text})", nullable(INT))
    return Code(f"len({one.text})", INT)


def _head(given: Sequence[Code]) -> Code:
    (one,) = given
    of = one.kind.of if isinstance(one.kind, ListKind) else Nothing()
    if one.simple and not one.kind.null:
        return Code(f"({one.text}[0] if {one.text} else None)", nullable(of), simple=True)
    return Code(f"head({one.text})", nullable(of))


def _last(given: Sequence[Code]) -> Code:
    (one,) = given
    of = one.kind.of if isinstance(one.kind, ListKind) else Nothing()
    return Code(f"last({one.text})", nullable(of))


def _coalesce(given: Sequence[Code]) -> Code:
    kind: Kind = Nothing()
    for one in given:
        kind = join(kind, sure(one.kind))
    if all(one.kind.null for one in given):
        kind = nullable(kind)
    texts = [one.to(nullable(kind) if one.kind.null else kind) for one in given]
    first, *others = texts
    if len(others) == 1 and given[0].simple and given[0].text == first:
        return Code(f"({first} if {first} is not None else {others[0]})", kind, simple=given[1].simple)
    return Code(f"coalesce({', '.join(texts)})", kind)


def _to_text(given: Sequence[Code]) -> Code:
    (one,) = given
    if not isinstance(one.kind, Scalar) or one.kind.name == "float":
        raise NotCompiled(f"toString of {one.kind}")
    null = one.kind.null
    if one.kind.name == "int" and not null:
        return Code(f"str({one.text})", TEXT)
    function = "day_text" if one.kind.name == "date" else "to_text"
    return Code(f"{function}({one.text})", Scalar(null, "text"))


def _type(given: Sequence[Code]) -> Code:
    (one,) = given
    if not isinstance(one.kind, EdgeKind) or one.kind.null:
        raise NotCompiled(f"type of {one.kind}")
    if one.kind.only is not None:
        return Code(repr(one.kind.only), TEXT, simple=True)
    return Code(f"{one.text}[0]", TEXT, simple=one.simple)


def _range(given: Sequence[Code]) -> Code:
    null = any(one.kind.null for one in given)
    return Code(f"numbers({', '.join(one.text for one in given)})", ListKind(null, INT))


def _min_kind(function: str, kind: Kind) -> Callable[[Sequence[Code]], Code]:
    def made(given: Sequence[Code]) -> Code:
        null = given[0].kind.null
        return Code(f"{function}({', '.join(one.text for one in given)})", nullable(kind) if null else kind)

    return made


def _date(given: Sequence[Code]) -> Code:
    (one,) = given
    if one.text.startswith("'"):
        return Code(f"day_of({one.text})", DATE)
    return Code(f"day_of({one.text})", Scalar(one.kind.null, "date"))


def _number(function: str) -> Callable[[Sequence[Code]], Code]:
    def made(given: Sequence[Code]) -> Code:
        (one,) = given
        kind = one.kind
        if function != "abs" or not (isinstance(kind, Scalar) and kind.name == "int"):
            kind = Scalar(kind.null, "float")
        return Code(f"number_{function}({one.text})", kind)

    return made


_FUNCTIONS: dict[str, Callable[[Sequence[Code]], Code]] = {
    "size": _size,
    "head": _head,
    "last": _last,
    "coalesce": _coalesce,
    "tostring": _to_text,
    "type": _type,
    "range": _range,
    "date": _date,
    "substring": _min_kind("substring", TEXT),
    "split": _min_kind("split", ListKind(of=TEXT)),
    "tointeger": _min_kind("whole", INT),
    **{name: _number(name) for name in _NUMERIC},
}
