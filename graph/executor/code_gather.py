"""Code of what needs all rows first: sorting, leaving out repeats, a limit, and adding up by group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from graph.executor.code import Bound, Code, Function, Names, value
from graph.executor.code_groups import Groups
from graph.executor.code_truth import truth
from graph.executor.gathering import Gathering, one_key, said_order
from graph.executor.kinds import INT, ORDERED, hashed, is_one_of
from graph.executor.syntax import Clause, Name, Projection, aggregates_in
from graph.executor.tokens import NotCompiled


def gathers(clause: Clause) -> bool:
    """Whether a clause needs all rows before it gives one."""
    return isinstance(clause, Projection) and (
        clause.distinct or bool(clause.order) or clause.limit is not None or aggregates_in(clause.items)
    )


def gather(function: Function, clause: Projection, outer: Names, *, single: str) -> Gathering:
    """Write where rows are gathered; what follows in the function gives them to `take`."""
    if aggregates_in(clause.items):
        return Groups.begin(function, clause, outer)
    return _Sorted.begin(function, clause, outer, single=single)


@dataclass
class _Sorted(Gathering):
    """Rows in order, or each once: tuples of the values, and of what they are sorted by."""

    keys: list[tuple[str, bool, bool]] = field(default_factory=list)
    """Of every key where it stands in the row, whether it may be null, and whether it goes down."""
    width: int = 0
    single: str = ""
    outer: Names = field(default_factory=dict)

    @classmethod
    def begin(cls, function: Function, clause: Projection, outer: Names, *, single: str) -> _Sorted:
        name = function.new("kept")
        function.write(f"{name} = {'{}' if clause.distinct else '[]'}")
        return cls(function, clause, name, outer=outer, single=single)

    def take(self, names: Names) -> None:
        codes = {name: value(self.function, names, tree) for name, tree in self.clause.items}
        self.kinds = {name: code.kind for name, code in codes.items()}
        bound: dict[str, Bound] = dict(self.outer if self.clause.distinct else names)
        for (name, tree), code in zip(self.clause.items, codes.values(), strict=True):
            if isinstance(tree, Name) and name == tree.name:
                bound[name] = names[name]
            elif self.clause.order or self.clause.distinct:
                bound[name] = self.function.bind(name, code.kind)
                self.function.write(f"{bound[name].name} = {code.text}")
                codes[name] = Code(bound[name].name, code.kind, simple=True)
        keys = [(value(self.function, bound, tree), down) for tree, down in said_order(self.clause)]
        for key, _ in keys:
            if not is_one_of(key.kind, *ORDERED, "bool"):
                raise NotCompiled(f"an order of {key.kind}")
        if self.clause.where is not None and self.clause.limit is not None:
            raise NotCompiled("WHERE behind LIMIT")  # the embedded engine leaves out rows first
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
            self.function.write(f"{self.name}.append({row})")
            return
        hashes = [hashed(code.text, code.kind) for code in codes.values()]
        told = one_key(hashes)
        self.function.write(f"if {told} not in {self.name}: {self.name}[{told}] = {row}")

    def close(self) -> None:
        if self.clause.distinct:
            self.function.write(f"{self.name} = list({self.name}.values())")
        if len({down for _, _, down in self.keys}) == 1:
            self._sort([key[:2] for key in self.keys], down=self.keys[0][2])
        else:
            for code, null, down in reversed(self.keys):
                self._sort([(code, null)], down=down)
        if self.clause.limit is not None:
            most = value(self.function, {}, self.clause.limit)
            if most.kind != INT:
                raise NotCompiled(f"a limit of {most.kind}")
            self.function.write(f"del {self.name}[most_rows({most.text}) :]")

    def _sort(self, keys: list[tuple[str, bool]], *, down: bool) -> None:
        parts = [part for code, null in keys for part in ([f"{code} is None", code] if null else [code])]
        if parts == ["r"]:
            given = []
        elif all(not null for _, null in keys):
            places = ", ".join(code[2:-1] for code, _ in keys)
            given = [f"key=itemgetter({places})"]
        else:
            given = [f"key=lambda r: ({', '.join(parts)},)"]
        self.function.write(f"{self.name}.sort({', '.join([*given, *(['reverse=True'] if down else [])])})")

    def each(self, inside: Callable[[Names], None]) -> None:
        bound = {name: self.function.bind(name, kind) for name, kind in self.kinds.items()}
        unused = ["_"] * len(self.keys) if not self.is_list else []
        into = ", ".join([*(b.name for b in bound.values()), *unused])
        with self.function.block(f"for ({into},) in {self.name}:"):
            if self.clause.where is None:
                inside(bound)
            else:
                known = {**self.outer, **bound}
                with self.function.block(f"if {truth(self.function, known, self.clause.where)}:"):
                    inside(bound)
