"""Code of what adds up rows: by group, `collect`, `count`, `min`, `max` and `sum`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from graph.executor.code import Bound, Code, Function, Names, value
from graph.executor.gathering import Gathering, one_key
from graph.executor.kinds import (
    INT,
    NUMBERS,
    ORDERED,
    Kind,
    ListKind,
    hashed,
    is_one_of,
    is_told_apart,
    nullable,
    simple_hash,
    sure,
)
from graph.executor.syntax import AGGREGATES, Call, Expression, Name, Projection, aggregates_in
from graph.executor.tokens import NotCompiled


@dataclass(frozen=True)
class _Sum:
    """One `collect`, `count`, `min`, `max` or `sum`: where it stands in a group."""

    call: Call
    place: int
    variable: str


@dataclass
class Groups(Gathering):
    """Rows by group: a list of the values that make the group, and of what is added up."""

    sums: list[_Sum] = field(default_factory=list)
    made: dict[str, Expression] = field(default_factory=dict)
    """The columns with sums, each with variables where these are."""
    outer: Names = field(default_factory=dict)
    found: dict[str, Bound] = field(default_factory=dict)

    @classmethod
    def begin(cls, function: Function, clause: Projection, outer: Names) -> Groups:
        groups = cls(function, clause, function.new("groups"), outer=outer)
        keys = [name for name, tree in clause.items if not aggregates_in(tree)]
        for name, tree in clause.items:
            if aggregates_in(tree):
                groups.made[name] = groups._without_sums(tree, len(keys))
        if keys:
            function.write(f"{groups.name} = {{}}")
        else:
            function.write(f"{groups.name} = [{', '.join(groups._starts())}]")
        return groups

    def _without_sums(self, tree: Expression, before: int) -> Expression:
        if isinstance(tree, Call) and tree.name in AGGREGATES:
            variable = f" sum{len(self.sums)}"
            self.sums.append(_Sum(tree, before + len(self.sums), variable))
            return Name(variable)
        if not hasattr(tree, "__dataclass_fields__"):
            return tree
        changed: dict[str, Any] = {}
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
        function = self.function
        keys = {
            name: value(function, names, tree) for name, tree in self.clause.items if name not in self.made
        }
        group = self.name
        if keys:
            for name, code in list(keys.items()):
                if not code.simple:
                    bound = function.bind(name, code.kind)
                    function.write(f"{bound.name} = {code.text}")
                    keys[name] = Code(bound.name, code.kind, simple=True)
            hashes = [hashed(code.text, code.kind) for code in keys.values()]
            key, group = function.new("key"), function.new("group")
            function.write(f"{key} = {one_key(hashes)}")
            function.write(f"{group} = {self.name}.get({key})")
            with function.block(f"if {group} is None:"):
                values = [code.text for code in keys.values()]
                function.write(f"{self.name}[{key}] = {group} = [{', '.join(values + self._starts())}]")
        for n, (name, code) in enumerate(keys.items()):
            self.found[name] = Bound(str(n), code.kind)
        for one in self.sums:
            self.found[one.variable] = Bound(str(one.place), self._add(names, group, one))

    def _add(self, names: Names, group: str, one: _Sum) -> Kind:
        """Add a row to one sum; the kind of the sum."""
        function, into = self.function, f"{group}[{one.place}]"
        if one.call.star:
            function.write(f"{into} += 1")
            return INT
        (argument,) = one.call.arguments
        code = value(function, names, argument)
        if not code.simple:
            bound = function.bind("added", code.kind)
            function.write(f"{bound.name} = {code.text}")
            code = Code(bound.name, code.kind, simple=True)
        name = one.call.name
        if one.call.distinct and name not in ("collect", "count"):
            raise NotCompiled(f"{name}(DISTINCT …)")
        takes = {"sum": NUMBERS, "min": ORDERED, "max": ORDERED}.get(name)
        if takes is not None and not is_one_of(code.kind, *takes):
            raise NotCompiled(f"{name} of {code.kind}")
        line = {
            "collect": f"{into}.append({code.text})",
            "count": f"{into} += 1",
            "sum": f"{into} += {code.text}",
            "min": f"if {into} is None or {code.text} < {into}: {into} = {code.text}",
            "max": f"if {into} is None or {code.text} > {into}: {into} = {code.text}",
        }[name]
        if one.call.distinct:
            if name == "count" or not simple_hash(code.kind) or not is_told_apart(code.kind):
                raise NotCompiled(f"{name}(DISTINCT …)")
            line = f"if {code.text} not in {into}: {line}"
        if code.kind.null:
            with function.block(f"if {code.text} is not None:"):
                function.write(line)
        else:
            function.write(line)
        if name == "collect":
            return ListKind(of=sure(code.kind))
        return INT if name == "count" else nullable(code.kind) if name in ("min", "max") else sure(code.kind)

    def each(self, inside: Callable[[Names], None]) -> None:
        function, depth = self.function, self.function.depth
        group = self.name
        if len(self.made) < len(self.clause.items):
            group = function.new("group")
            function.write(f"for {group} in {self.name}.values():")
            function.depth += 1
        names: dict[str, Bound] = {}
        for name, found in self.found.items():
            names[name] = function.bind(name.strip(), found.kind)
            function.write(f"{names[name].name} = {group}[{found.name}]")
        bound: dict[str, Bound] = {}
        for name, _ in self.clause.items:
            if name not in self.made:
                bound[name] = names[name]
                continue
            code = value(function, {**self.outer, **names}, self.made[name])
            bound[name] = Bound(code.text, code.kind)
            if not code.simple or code.text not in function.own:
                bound[name] = function.bind(name, code.kind)
                function.write(f"{bound[name].name} = {code.text}")
        self.kinds = {name: b.kind for name, b in bound.items()}
        inside(bound)
        function.depth = depth


_START = {"collect": "[]", "count": "0", "sum": "0", "min": "None", "max": "None"}
