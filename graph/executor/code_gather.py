"""Code of what needs all rows first: sorting, leaving out repeats, a limit, and adding up by group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from graph.executor.code import Bound, Code, Frame, Names, value
from graph.executor.code_truth import truth
from graph.executor.kinds import INT, Kind, ListKind, Scalar, hashed, nullable, simple_hash, sure
from graph.executor.syntax import (
    AGGREGATES,
    Call,
    Clause,
    Expression,
    Projection,
    Variable,
    aggregates_in,
)
from graph.executor.tokens import NotCompiled


def gathers(clause: Clause) -> bool:
    """Whether a clause needs all rows before it gives one."""
    return isinstance(clause, Projection) and (
        clause.distinct or bool(clause.order) or clause.limit is not None or aggregates_in(clause.items)
    )


def split_aggregates(clause: Projection) -> list[Clause]:
    """Adding up, and what is done with the sums, as clauses of their own."""
    more = clause.distinct or clause.order or clause.limit is not None or clause.where is not None
    if not aggregates_in(clause.items) or not (more or clause.last):
        return [clause]
    said = {tree: Variable(name) for name, tree in clause.items}
    order = tuple((said.get(tree, tree), down) for tree, down in clause.order)
    added = replace(clause, distinct=False, order=(), limit=None, where=None, last=False)
    names = tuple((name, Variable(name)) for name, _ in clause.items)
    return [added, replace(clause, items=names, order=order)]


@dataclass
class Gathered:
    """Rows that are gathered; `take` writes how one is kept, `close` what is done with all, `each` a loop."""

    frame: Frame
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


def gather(frame: Frame, clause: Projection, outer: Names, *, single: str) -> Gathered:
    """Write where rows are gathered; what follows in the frame gives them to `take`."""
    if aggregates_in(clause.items):
        return _Groups.begin(frame, clause, outer)
    return _Sorted.begin(frame, clause, outer, single=single)


@dataclass
class _Sorted(Gathered):
    """Rows in order, or each once: tuples of the values, and of what they are sorted by."""

    keys: list[tuple[str, bool, bool]] = field(default_factory=list)
    """Of every key where it stands in the row, whether it may be null, and whether it goes down."""
    width: int = 0
    single: str = ""
    outer: Names = field(default_factory=dict)

    @classmethod
    def begin(cls, frame: Frame, clause: Projection, outer: Names, *, single: str) -> _Sorted:
        name = frame.new("kept")
        frame.write(f"{name} = {'{}' if clause.distinct else '[]'}")
        return cls(frame, clause, name, outer=outer, single=single)

    def take(self, names: Names) -> None:
        codes = {name: value(self.frame, names, tree) for name, tree in self.clause.items}
        self.kinds = {name: code.kind for name, code in codes.items()}
        bound: dict[str, Bound] = dict(self.outer if self.clause.distinct else names)
        for (name, tree), code in zip(self.clause.items, codes.values(), strict=True):
            if isinstance(tree, Variable) and name == tree.name:
                bound[name] = names[name]
            elif self.clause.order or self.clause.distinct:
                bound[name] = self.frame.bind(name, code.kind)
                self.frame.write(f"{bound[name].name} = {code.text}")
                codes[name] = Code(bound[name].name, code.kind, simple=True)
        said = {tree: Variable(name) for name, tree in self.clause.items}
        keys = [(value(self.frame, bound, said.get(t, t)), down) for t, down in self.clause.order]
        for key, _ in keys:
            if not isinstance(key.kind, Scalar) and not simple_hash(key.kind):
                raise NotCompiled("an order of lists")
        values = [code.text for code in codes.values()]
        self.width = len(values)
        alone = self.single and len(values) == 1 and [k.text for k, _ in keys] in ([], values)
        self.is_list = bool(alone)
        if alone:
            row = values[0]
            self.keys = [("r", key.kind.null, down) for key, down in keys]
        else:
            self.keys = [(f"r[{self.width + n}]", k.kind.null, down) for n, (k, down) in enumerate(keys)]
            row = f"({', '.join([*values, *(k.text for k, _ in keys)])},)"
        if not self.clause.distinct:
            self.frame.write(f"{self.name}.append({row})")
            return
        hashes = [hashed(code.text, code.kind) for code in codes.values()]
        key = _one_key(hashes)
        self.frame.write(f"if {key} not in {self.name}: {self.name}[{key}] = {row}")

    def close(self) -> None:
        if self.clause.distinct:
            self.frame.write(f"{self.name} = list({self.name}.values())")
        if len({down for _, _, down in self.keys}) == 1:
            self._sort([key[:2] for key in self.keys], down=self.keys[0][2])
        else:
            for code, null, down in reversed(self.keys):
                self._sort([(code, null)], down=down)
        if self.clause.limit is not None:
            most = value(self.frame, {}, self.clause.limit)
            self.frame.write(f"del {self.name}[{most.text}:]")

    def _sort(self, keys: list[tuple[str, bool]], *, down: bool) -> None:
        parts = [part for code, null in keys for part in ([f"{code} is None", code] if null else [code])]
        if parts == ["r"]:
            given = []
        elif all(not null for _, null in keys):
            places = ", ".join(code[2:-1] for code, _ in keys)
            given = [f"key=itemgetter({places})"]
        else:
            given = [f"key=lambda r: ({', '.join(parts)},)"]
        self.frame.write(f"{self.name}.sort({', '.join([*given, *(['reverse=True'] if down else [])])})")

    def each(self, inside: Callable[[Names], None]) -> None:
        bound = {name: self.frame.bind(name, kind) for name, kind in self.kinds.items()}
        unused = ["_"] * len(self.keys) if not self.is_list else []
        into = ", ".join([*(b.name for b in bound.values()), *unused])
        with self.frame.block(f"for ({into},) in {self.name}:"):
            if self.clause.where is None:
                inside(bound)
            else:
                known = {**self.outer, **bound}
                with self.frame.block(f"if {truth(self.frame, known, self.clause.where)}:"):
                    inside(bound)


def _one_key(hashes: list[str]) -> str:
    return hashes[0] if len(hashes) == 1 else f"({', '.join(hashes)})"


@dataclass(frozen=True)
class _Sum:
    """One `collect`, `count`, `min`, `max` or `sum`: where it stands in a group."""

    call: Call
    place: int
    variable: str


@dataclass
class _Groups(Gathered):
    """Rows by group: a list of the values that make the group, and of what is added up."""

    sums: list[_Sum] = field(default_factory=list)
    made: dict[str, Expression] = field(default_factory=dict)
    """The columns with sums, each with variables where these are."""
    outer: Names = field(default_factory=dict)
    found: dict[str, Bound] = field(default_factory=dict)

    @classmethod
    def begin(cls, frame: Frame, clause: Projection, outer: Names) -> _Groups:
        groups = cls(frame, clause, frame.new("groups"), outer=outer)
        keys = [name for name, tree in clause.items if not aggregates_in(tree)]
        for name, tree in clause.items:
            if aggregates_in(tree):
                groups.made[name] = groups._without_sums(tree, len(keys))
        if keys:
            frame.write(f"{groups.name} = {{}}")
        else:
            frame.write(f"{groups.name} = [{', '.join(groups._starts())}]")
        return groups

    def _without_sums(self, tree: Expression, before: int) -> Expression:
        if isinstance(tree, Call) and tree.name in AGGREGATES:
            variable = f" sum{len(self.sums)}"
            self.sums.append(_Sum(tree, before + len(self.sums), variable))
            return Variable(variable)
        if not hasattr(tree, "__dataclass_fields__"):
            return tree
        changed = {}
        for name in tree.__dataclass_fields__:
            part = getattr(tree, name)
            if isinstance(part, tuple) and aggregates_in(part):
                changed[name] = tuple(self._without_sums(p, before) for p in part)
            elif aggregates_in(part):
                changed[name] = self._without_sums(part, before)
        return replace(tree, **changed) if changed else tree  # type: ignore[type-var]

    def _starts(self) -> list[str]:
        return [_START[one.call.name] for one in self.sums]

    def take(self, names: Names) -> None:
        frame = self.frame
        keys = {name: value(frame, names, tree) for name, tree in self.clause.items if name not in self.made}
        group = self.name
        if keys:
            for name, code in list(keys.items()):
                if not code.simple:
                    bound = frame.bind(name, code.kind)
                    frame.write(f"{bound.name} = {code.text}")
                    keys[name] = Code(bound.name, code.kind, simple=True)
            hashes = [hashed(code.text, code.kind) for code in keys.values()]
            key, group = frame.new("key"), frame.new("group")
            frame.write(f"{key} = {_one_key(hashes)}")
            frame.write(f"{group} = {self.name}.get({key})")
            with frame.block(f"if {group} is None:"):
                values = [code.text for code in keys.values()]
                frame.write(f"{self.name}[{key}] = {group} = [{', '.join(values + self._starts())}]")
        for n, (name, code) in enumerate(keys.items()):
            self.found[name] = Bound(str(n), code.kind)
        for one in self.sums:
            self.found[one.variable] = Bound(str(one.place), self._add(names, group, one))

    def _add(self, names: Names, group: str, one: _Sum) -> Kind:
        """Add a row to one sum; the kind of the sum."""
        frame, into = self.frame, f"{group}[{one.place}]"
        if one.call.star:
            frame.write(f"{into} += 1")
            return INT
        (argument,) = one.call.arguments
        code = value(frame, names, argument)
        if not code.simple:
            bound = frame.bind("added", code.kind)
            frame.write(f"{bound.name} = {code.text}")
            code = Code(bound.name, code.kind, simple=True)
        name = one.call.name
        if one.call.distinct and name not in ("collect", "count"):
            raise NotCompiled(f"{name}(DISTINCT …)")
        line = {
            "collect": f"{into}.append({code.text})",
            "count": f"{into} += 1",
            "sum": f"{into} += {code.text}",
            "min": f"if {into} is None or {code.text} < {into}: {into} = {code.text}",
            "max": f"if {into} is None or {code.text} > {into}: {into} = {code.text}",
        }[name]
        if one.call.distinct:
            if name == "count" or not simple_hash(code.kind):
                raise NotCompiled(f"{name}(DISTINCT …)")
            line = f"if {code.text} not in {into}: {line}"
        if code.kind.null:
            with frame.block(f"if {code.text} is not None:"):
                frame.write(line)
        else:
            frame.write(line)
        if name == "collect":
            return ListKind(of=sure(code.kind))
        return INT if name == "count" else nullable(code.kind) if name in ("min", "max") else sure(code.kind)

    def each(self, inside: Callable[[Names], None]) -> None:
        frame, depth = self.frame, self.frame.depth
        group = self.name
        if len(self.made) < len(self.clause.items):
            group = frame.new("group")
            frame.write(f"for {group} in {self.name}.values():")
            frame.depth += 1
        names: dict[str, Bound] = {}
        for name, found in self.found.items():
            names[name] = frame.bind(name.strip(), found.kind)
            frame.write(f"{names[name].name} = {group}[{found.name}]")
        bound: dict[str, Bound] = {}
        for name, tree in self.clause.items:
            if name not in self.made:
                bound[name] = names[name]
                continue
            code = value(frame, {**self.outer, **names}, self.made[name])
            bound[name] = Bound(code.text, code.kind)
            if not code.simple or code.text not in frame.own:
                bound[name] = frame.bind(name, code.kind)
                frame.write(f"{bound[name].name} = {code.text}")
        self.kinds = {name: b.kind for name, b in bound.items()}
        inside(bound)
        frame.depth = depth


_START = {"collect": "[]", "count": "0", "sum": "0", "min": "None", "max": "None"}
