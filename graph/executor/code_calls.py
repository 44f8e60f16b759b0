"""Code of Cypher's functions: by name what is called, and the kind of what it gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graph.executor.code import Code, Function, Names, makes, value
from graph.executor.kinds import (
    DATE,
    INT,
    NUMBERS,
    TEXT,
    EdgeKind,
    Kind,
    ListKind,
    Nothing,
    Scalar,
    is_one_of,
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
    """Months and days; a part that is null, which engines do not read alike, raises `TypeError`."""
    if len(arguments) != 1 or not isinstance(arguments[0], MapOf):
        raise NotCompiled("a duration that is not written as a map")
    given = {key: value(function, names, item) for key, item in arguments[0].items}
    if any(nullable(code.kind) != nullable(INT) for code in given.values()):
        raise NotCompiled("a duration of parts of days")
    parts = {key: code.text for key, code in given.items()}
    if not parts.keys() <= {"years", "months", "weeks", "days"}:
        raise NotCompiled(f"a duration of {', '.join(parts)}")
    months = _total([(12, parts.get("years")), (1, parts.get("months"))])
    days = _total([(7, parts.get("weeks")), (1, parts.get("days"))])
    return Code(f"({months}, {days})", Scalar(name="duration"), simple=True)


def _total(parts: Sequence[tuple[int, str | None]]) -> str:
    return " + ".join(f"{factor} * {text}" for factor, text in parts if text is not None) or "0"


def _size(given: Sequence[Code]) -> Code:
    (one,) = given
    if isinstance(one.kind, Nothing):
        return Code("None", nullable(INT), simple=True)
    if not isinstance(one.kind, ListKind) and not is_one_of(one.kind, "text"):
        raise NotCompiled(f"size of {one.kind}")
    if one.kind.null:
        return Code(f"size({one.text})", nullable(INT))
    return Code(f"len({one.text})", INT)


def _members(function: str, of: Code) -> Kind:
    if not isinstance(of.kind, ListKind | Nothing):
        raise NotCompiled(f"{function} of {of.kind}")
    return of.kind.of if isinstance(of.kind, ListKind) else Nothing()


def _head(given: Sequence[Code]) -> Code:
    (one,) = given
    of = _members("head", one)
    if one.simple and not one.kind.null:
        return Code(f"({one.text}[0] if {one.text} else None)", nullable(of), simple=True)
    return Code(f"head({one.text})", nullable(of))


def _last(given: Sequence[Code]) -> Code:
    (one,) = given
    of = _members("last", one)
    return Code(f"last({one.text})", nullable(of))


def _coalesce(given: Sequence[Code]) -> Code:
    kind: Kind = Nothing()
    for n, one in enumerate(given):
        kind = join(kind, sure(one.kind))
        if not one.kind.null:  # what comes after it is never given
            given = given[: n + 1]
            break
    if all(one.kind.null for one in given):
        kind = nullable(kind)
    texts = [one.to(nullable(kind) if one.kind.null else kind) for one in given]
    first, *others = texts
    if len(others) == 1 and given[0].simple and given[0].text == first:
        return Code(f"({first} if {first} is not None else {others[0]})", kind, simple=given[1].simple)
    return Code(f"coalesce({', '.join(texts)})", kind)


def _to_text(given: Sequence[Code]) -> Code:
    (one,) = given
    if not is_one_of(one.kind, "text", "int", "bool", "date"):
        raise NotCompiled(f"toString of {one.kind}")
    null = one.kind.null
    name = one.kind.name if isinstance(one.kind, Scalar) else ""
    if name == "int" and not null:
        return Code(f"str({one.text})", TEXT)
    function = "day_text" if name == "date" else "to_text"
    return Code(f"{function}({one.text})", Scalar(null, "text"))


def _type(given: Sequence[Code]) -> Code:
    (one,) = given
    if not isinstance(one.kind, EdgeKind) or one.kind.null:
        raise NotCompiled(f"type of {one.kind}")
    if one.kind.only is not None:
        return Code(repr(one.kind.only), TEXT, simple=True)
    return Code(f"{one.text}[0]", TEXT, simple=one.simple)


def _range(given: Sequence[Code]) -> Code:
    if not all(isinstance(one.kind, Scalar) and one.kind.name == "int" for one in given):
        raise NotCompiled("a range of what is no whole number")
    return Code(f"numbers({', '.join(one.text for one in given)})", ListKind(of=INT))


def _of(function: str, kind: Kind, *takes: Sequence[str]) -> Callable[[Sequence[Code]], Code]:
    """A function that gives null where its first argument is, and of which the others may not be."""

    def made(given: Sequence[Code]) -> Code:
        null = given[0].kind.null
        if not all(is_one_of(one.kind, *names) for one, names in zip(given, takes, strict=False)):
            raise NotCompiled(f"{function} of {', '.join(str(one.kind) for one in given)}")
        if len(given) > len(takes) or any(one.kind.null for one in given[1:]):
            raise NotCompiled(f"{function} with what may be null")
        return Code(f"{function}({', '.join(one.text for one in given)})", nullable(kind) if null else kind)

    return made


def _date(given: Sequence[Code]) -> Code:
    (one,) = given
    if not is_one_of(one.kind, "text"):
        raise NotCompiled(f"a date of {one.kind}")
    return Code(f"day_of({one.text})", nullable(DATE) if one.kind.null else DATE)


def _number(function: str) -> Callable[[Sequence[Code]], Code]:
    def made(given: Sequence[Code]) -> Code:
        (one,) = given
        kind = one.kind
        if not is_one_of(kind, *NUMBERS):
            raise NotCompiled(f"{function} of {kind}")
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
    "substring": _of("substring", TEXT, ["text"], ["int"], ["int"]),
    "split": _of("split", ListKind(of=TEXT), ["text"], ["text"]),
    "tointeger": _of("whole", INT, [*NUMBERS, "text"]),
    **{name: _number(name) for name in _NUMERIC},
}
