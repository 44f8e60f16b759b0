"""What gathers rows has in common, whether it sorts them or adds them up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from graph.executor.code import Function, Names
from graph.executor.kinds import Kind
from graph.executor.syntax import Clause, Expression, Name, Projection, aggregates_in, names_in
from graph.executor.tokens import NotCompiled


@dataclass
class Gathering:
    """Rows that are gathered; `take` writes how one is kept, `close` what is done with all, `each` a loop."""

    function: Function
    clause: Projection
    name: str
    kinds: dict[str, Kind] = field(default_factory=dict)
    is_list: bool = False
    """Whether the rows are the values of the only column."""

    def take(self, names: Names) -> None:
        """Keep a row."""
        raise NotImplementedError

    def close(self) -> None:
        """All rows are there."""

    def each(self, inside: Callable[[Names], None]) -> None:
        """Loop over the rows, with their variables."""
        raise NotImplementedError


def split_aggregates(clause: Projection) -> list[Clause]:
    """Adding up, and what is done with the sums, as clauses of their own."""
    more = clause.distinct or clause.order or clause.limit is not None or clause.where is not None
    if not aggregates_in(clause.items) or not (more or clause.last):
        return [clause]
    order = said_order(clause)
    added = replace(clause, distinct=False, order=(), limit=None, where=None, last=False)
    names = tuple((name, Name(name)) for name, _ in clause.items)
    return [added, replace(clause, items=names, order=order)]


def said_order(clause: Projection) -> tuple[tuple[Expression, bool], ...]:
    """What rows are sorted by, with the names of columns for what they are.

    Raises `NotCompiled` where an expression has a name that means something else from there on.
    """
    columns = dict(clause.items)
    said = {tree: Name(name) for name, tree in clause.items}
    changed = {name for name, tree in clause.items if tree != Name(name)}
    found = []
    for tree, down in clause.order:
        alone = isinstance(tree, Name) and tree.name in columns
        if not alone and tree in said and changed & {*names_in(tree)}:
            raise NotCompiled("an order by what was renamed")
        found.append((tree if alone else said.get(tree, tree), down))
    return tuple(found)


def one_key(hashes: list[str]) -> str:
    """Code of what tells rows apart, of that of their values."""
    return hashes[0] if len(hashes) == 1 else f"({', '.join(hashes)})"
