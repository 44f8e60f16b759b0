"""The part of Cypher that the catalogue's files are written in, as trees.

Expressions and clauses are plain data; `parser` makes them from text, the `code_*` modules turn them into
Python. What is not here is not compiled, and the engine is asked instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any


class Expression:
    """Any expression."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Literal(Expression):
    """A number, text, truth value or null."""

    value: Any


@dataclass(frozen=True, slots=True)
class Name(Expression):
    """A name that a clause or an expression bound."""

    name: str


@dataclass(frozen=True, slots=True)
class GivenName(Expression):
    """`$name`."""

    name: str


@dataclass(frozen=True, slots=True)
class PropertyOf(Expression):
    """`of.name`."""

    of: Expression
    name: str


@dataclass(frozen=True, slots=True)
class HasLabel(Expression):
    """`of:Label`."""

    of: Expression
    label: str


@dataclass(frozen=True, slots=True)
class MemberAt(Expression):
    """`of[at]`."""

    of: Expression
    at: Expression


@dataclass(frozen=True, slots=True)
class ListOf(Expression):
    """`[a, b]`."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class MapOf(Expression):
    """`{a: b}`."""

    items: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True, slots=True)
class MapProjection(Expression):
    """`of {.a, .*, b: c}`: `taken` names properties, None stands for all of them."""

    of: Name
    taken: tuple[str, ...] | None
    items: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True, slots=True)
class Operation(Expression):
    """An operator between one or more operands, as `+`, `IN`, `<=`, `NOT` or `IS NULL`."""

    sign: str
    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Case(Expression):
    """`CASE`; a subject that is compared is written into the conditions by `subject`."""

    subject: Expression | None
    branches: tuple[tuple[Expression, Expression], ...]
    otherwise: Expression


@dataclass(frozen=True, slots=True)
class Call(Expression):
    """A function with its arguments; `star` for `count(*)`."""

    name: str
    arguments: tuple[Expression, ...]
    distinct: bool = False
    star: bool = False


@dataclass(frozen=True, slots=True)
class Comprehension(Expression):
    """`[name IN of WHERE where | gives]`."""

    name: str
    of: Expression
    where: Expression | None
    gives: Expression | None


@dataclass(frozen=True, slots=True)
class Quantifier(Expression):
    """`all(name IN of WHERE where)`, `any`, `none`."""

    kind: str
    name: str
    of: Expression
    where: Expression


@dataclass(frozen=True, slots=True)
class Reduce(Expression):
    """`reduce(total = start, name IN of | gives)`."""

    total: str
    start: Expression
    name: str
    of: Expression
    gives: Expression


@dataclass(frozen=True, slots=True)
class NodePattern:
    """`(name:Label {key: value})`; no labels: any."""

    name: str | None
    labels: tuple[str, ...]
    items: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True, slots=True)
class EdgePattern:
    """`-[name:TYPE*low..high {key: value}]->`; no `low`: one edge; no `away`: it may point either way."""

    name: str | None
    types: tuple[str, ...]
    items: tuple[tuple[str, Expression], ...]
    away: bool | None
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class PathPattern:
    """Nodes, and the edge between each and the next."""

    nodes: tuple[NodePattern, ...]
    edges: tuple[EdgePattern, ...]


@dataclass(frozen=True, slots=True)
class PatternComprehension(Expression):
    """`[path WHERE where | gives]`."""

    path: PathPattern
    where: Expression | None
    gives: Expression


@dataclass(frozen=True, slots=True)
class Subquery(Expression):
    """`EXISTS { … }`, `COUNT { … }` or `COLLECT { … }`."""

    kind: str
    query: QueryTree


@dataclass(frozen=True, slots=True)
class Match:
    """`MATCH` or `OPTIONAL MATCH`."""

    paths: tuple[PathPattern, ...]
    where: Expression | None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Unwind:
    """`UNWIND of AS name`."""

    of: Expression
    name: str


@dataclass(frozen=True, slots=True)
class Projection:
    """`WITH` or `RETURN` (`last`): names with their expressions, and what is done with the rows."""

    items: tuple[tuple[str, Expression], ...]
    distinct: bool
    order: tuple[tuple[Expression, bool], ...]
    """Sorted by, and whether descending."""
    limit: Expression | None
    where: Expression | None
    last: bool


@dataclass(frozen=True, slots=True)
class CallQuery:
    """`CALL (names) { … }`."""

    imported: tuple[str, ...]
    query: QueryTree


Clause = Match | Unwind | Projection | CallQuery


@dataclass(frozen=True, slots=True)
class QueryTree:
    """Parts joined by `UNION`; `distinct` where it is not `UNION ALL`."""

    parts: tuple[tuple[Clause, ...], ...]
    distinct: bool = False


AGGREGATES = frozenset({"collect", "count", "min", "max", "sum"})


def names_in(tree: Any) -> Iterator[str]:
    """Every variable that is named in an expression, a pattern or a query, those bound inside too."""
    if isinstance(tree, Name):
        yield tree.name
    elif isinstance(tree, tuple):
        for one in tree:
            yield from names_in(one)
    elif hasattr(tree, "__dataclass_fields__"):
        for one in fields(tree):
            value = getattr(tree, one.name)
            if one.name == "name" and isinstance(tree, NodePattern | EdgePattern) and value is not None:
                yield value
            elif one.name == "imported":
                yield from value
            elif not isinstance(value, str):
                yield from names_in(value)


def aggregates_in(tree: Any) -> bool:
    """Whether an expression adds up rows (inside a subquery it would be rows of that)."""
    if isinstance(tree, Call) and tree.name in AGGREGATES:
        return True
    if isinstance(tree, tuple):
        return any(aggregates_in(one) for one in tree)
    if isinstance(tree, Subquery) or not hasattr(tree, "__dataclass_fields__"):
        return False
    return any(aggregates_in(getattr(tree, one.name)) for one in fields(tree))
