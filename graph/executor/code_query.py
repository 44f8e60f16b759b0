"""Code of queries: clauses as loops in loops, cut where rows have to be gathered before it goes on.

`ORDER BY`, `DISTINCT`, `LIMIT` and what adds up rows gather; between two such places a row goes through all
clauses at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph.executor.code import Bound, Code, Function, Names, Program, makes, value
from graph.executor.code_gather import gather, gathers
from graph.executor.code_match import match
from graph.executor.code_truth import truth
from graph.executor.gathering import Gathering, split_aggregates
from graph.executor.kinds import (
    BOOL,
    NUMBERS,
    Kind,
    ListKind,
    Nothing,
    Scalar,
    hashed,
    join,
    rewritten,
    same_form,
)
from graph.executor.syntax import CallQuery, Clause, Match, Name, Projection, QueryTree, Subquery, Unwind
from graph.executor.tokens import NotCompiled

Columns = dict[str, Kind]
"""What a query returns, by name in order."""
Row = Callable[[list[Code]], None]
"""Writes what is done with a row."""


@dataclass(frozen=True)
class RowsFunction:
    """A function that gives rows as tuples: its name, its arguments, its columns."""

    name: str
    arguments: tuple[str, ...]
    columns: Columns


def check_named(columns: Columns) -> None:
    """Raise `NotCompiled` where a column bears the text of what it is."""
    if any(name.startswith(" ") for name in columns):
        raise NotCompiled("a column without a name")


def rows_of(program: Program, names: Names, query: QueryTree) -> RowsFunction:
    """The function of a query, given the variables that it may use."""
    parts = [_part(program, names, clauses) for clauses in query.parts]
    return parts[0] if len(parts) == 1 else _united(program, parts, distinct=query.distinct)


def _part(program: Program, names: Names, clauses: tuple[Clause, ...]) -> RowsFunction:
    function = Function(program)
    found = function.new("found")
    columns: Columns = {}
    function.write(f"{found} = []")

    def keep(row: list[Code]) -> None:
        function.write(f"{found}.append(({''.join(f'{code.text}, ' for code in row)}))")

    _Clauses(function, clauses, keep, columns).write(names)
    function.write(f"return {found}")
    return RowsFunction(function.finish("rows"), tuple(function.arguments), columns)


def _united(program: Program, parts: list[RowsFunction], *, distinct: bool) -> RowsFunction:
    """Rows of several parts, in the columns of the first."""
    columns = dict(parts[0].columns)
    for part in parts[1:]:
        if list(part.columns) != list(columns):
            raise NotCompiled("parts of a UNION with other columns")
        if distinct and any(_mixes(kind, part.columns[name]) for name, kind in columns.items()):
            raise NotCompiled("a UNION of whole numbers and others")  # engines do not agree whether 1 is 1.0
        columns = {name: join(kind, part.columns[name]) for name, kind in columns.items()}
    function = Function(program)
    found = function.new("found")
    function.write(f"{found} = []")
    for part in parts:
        call = function.call(part.name, part.arguments)
        if all(same_form(part.columns[name], kind) for name, kind in columns.items()):
            function.write(f"{found} += {call}")
            continue
        cells = [
            rewritten(f"r[{n}]", part.columns[name], kind) for n, (name, kind) in enumerate(columns.items())
        ]
        function.write(f"{found} += [({', '.join(cells)},) for r in {call}]")
    if distinct:
        keys = [hashed(f"r[{n}]", kind) for n, kind in enumerate(columns.values())]
        if all(key == f"r[{n}]" for n, key in enumerate(keys)):
            function.write(f"return list(dict.fromkeys({found}))")
        else:
            function.write(f"return without_repeats({found}, lambda r: ({', '.join(keys)},))")
    else:
        function.write(f"return {found}")
    return RowsFunction(function.finish("united"), tuple(function.arguments), columns)


def _mixes(one: Kind, other: Kind) -> bool:
    names = {kind.name for kind in (one, other) if isinstance(kind, Scalar)}
    return names == set(NUMBERS)


@makes(Subquery)
def _subquery(function: Function, names: Names, tree: Subquery) -> Code:
    if tree.kind == "EXISTS":
        return _exists(function, names, tree.query)
    if tree.kind == "COUNT":
        raise NotCompiled("COUNT { }")
    if len(tree.query.parts) > 1:
        rows = rows_of(function.program, names, tree.query)
        (kind,) = rows.columns.values()
        return Code(f"[r[0] for r in {function.call(rows.name, rows.arguments)}]", ListKind(of=kind))
    inner = Function(function.program)
    found = inner.new("found")
    columns: Columns = {}
    inner.write(f"{found} = []")

    def keep(row: list[Code]) -> None:
        (code,) = row
        inner.write(f"{found}.append({code.text})")

    _Clauses(inner, tree.query.parts[0], keep, columns, found).write(names)
    inner.write(f"return {found}")
    if len(columns) != 1:
        raise NotCompiled("COLLECT of several columns")
    (kind,) = columns.values()
    return Code(function.call(inner.finish("collected"), inner.arguments), ListKind(of=kind))


def _exists(function: Function, names: Names, query: QueryTree) -> Code:
    inner = Function(function.program)
    for clauses in query.parts:
        found = _Clauses(inner, clauses, lambda _: inner.write("return True"), {}, returns=False)
        found.write(names)
    inner.write("return False")
    return Code(function.call(inner.finish("exists"), inner.arguments), BOOL)


class _Clauses:
    """The clauses of one part on their way into a function."""

    def __init__(
        self,
        function: Function,
        clauses: tuple[Clause, ...],
        row: Row,
        columns: Columns,
        single: str = "",
        *,
        returns: bool = True,
    ) -> None:
        last = [isinstance(clause, Projection) and clause.last for clause in clauses]
        if any(last[:-1]) or (returns and not last[-1]):
            raise NotCompiled("RETURN elsewhere than at the end")
        self.function = function
        self.clauses = [
            split
            for clause in clauses
            for split in (split_aggregates(clause) if isinstance(clause, Projection) else [clause])
        ]
        self.row = row
        self.columns = columns
        self.outer: Names = {}
        self.single = single
        """The list into which the only column goes, where rows need not be tuples."""

    def write(self, names: Names) -> None:
        """Write all of them; what is known around a subquery stays known, whatever a `WITH` takes on."""
        self.outer = names
        self._section(0, names, lambda inside: inside(names))

    def _section(self, begin: int, names: Names, source: Callable[[Callable[[Names], None]], None]) -> None:
        """Clauses up to the next that gathers, for every row of a source; then what comes after."""
        depth = self.function.depth
        until = next((n for n in range(begin, len(self.clauses)) if gathers(self.clauses[n])), None)
        if until is None:
            source(lambda known: self._next(begin, len(self.clauses), known, None))
            self.function.depth = depth
            return
        clause = self.clauses[until]
        assert isinstance(clause, Projection)
        gathered = gather(self.function, clause, self.outer, single=self.single if clause.last else "")
        source(lambda known: self._next(begin, until, known, gathered))
        self.function.depth = depth
        gathered.close()
        if clause.last:
            self.columns.update(gathered.kinds)
            if gathered.is_list:
                self.function.write(f"{self.single} = {gathered.name}")
            else:
                gathered.each(
                    lambda bound: self._row([Code(b.name, b.kind, simple=True) for b in bound.values()])
                )
        else:
            self._section(
                until + 1, {}, lambda inside: gathered.each(lambda known: inside({**self.outer, **known}))
            )
        self.function.depth = depth

    def _row(self, row: list[Code]) -> None:
        self.row(row)

    def _next(self, n: int, until: int, names: Names, gathered: Gathering | None) -> None:
        """Write a clause, and those after it inside."""
        if n == until:
            if gathered is not None:
                gathered.take(names)
            else:  # `EXISTS` without `RETURN`
                self.row([])
            return
        clause = self.clauses[n]
        if isinstance(clause, Match):
            match(self.function, names, clause, lambda known: self._next(n + 1, until, known, gathered))
        elif isinstance(clause, Unwind):
            self._unwind(clause, n, until, names, gathered)
        elif isinstance(clause, CallQuery):
            self._call(clause, n, until, names, gathered)
        else:
            self._project(clause, n, until, names, gathered)

    def _unwind(self, clause: Unwind, n: int, until: int, names: Names, gathered: Gathering | None) -> None:
        of = value(self.function, names, clause.of)
        if isinstance(of.kind, Nothing):
            of = Code("()", ListKind())
        if not isinstance(of.kind, ListKind):
            raise NotCompiled(f"UNWIND {of.kind}")
        each = self.function.bind(clause.name, of.kind.of)
        among = f"{of.text} or ()" if of.kind.null else of.text
        with self.function.block(f"for {each.name} in {among}:"):
            self._next(n + 1, until, {**names, clause.name: each}, gathered)

    def _call(self, clause: CallQuery, n: int, until: int, names: Names, gathered: Gathering | None) -> None:
        rows = rows_of(self.function.program, {name: names[name] for name in clause.imported}, clause.query)
        check_named(rows.columns)
        bound = {name: self.function.bind(name, kind) for name, kind in rows.columns.items()}
        call = self.function.call(rows.name, rows.arguments)
        with self.function.block(f"for ({', '.join(b.name for b in bound.values())},) in {call}:"):
            self._next(n + 1, until, {**names, **bound}, gathered)

    def _project(
        self, clause: Projection, n: int, until: int, names: Names, gathered: Gathering | None
    ) -> None:
        codes = {name: value(self.function, names, tree) for name, tree in clause.items}
        if clause.last:
            self.columns.update({name: code.kind for name, code in codes.items()})
            self._row(list(codes.values()))
            return
        bound: dict[str, Bound] = {}
        for (name, tree), code in zip(clause.items, codes.values(), strict=True):
            if isinstance(tree, Name):
                bound[name] = Bound(code.text, code.kind)
                continue
            bound[name] = self.function.bind(name, code.kind)
            self.function.write(f"{bound[name].name} = {code.text}")
        known = {**self.outer, **bound}
        if clause.where is None:
            self._next(n + 1, until, known, gathered)
            return
        with self.function.block(f"if {truth(self.function, known, clause.where)}:"):
            self._next(n + 1, until, known, gathered)
