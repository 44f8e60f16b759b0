"""A `MATCH` on its way into loops: what is known so far, and the conditions that wait."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.executor.code import Bound, Code, Function
from graph.executor.code_truth import truth
from graph.executor.kinds import EdgeKind, ListKind, join
from graph.executor.syntax import Expression


@dataclass
class Matching:
    """A `MATCH` on its way into loops."""

    function: Function
    names: dict[str, Bound]
    waiting: list[tuple[frozenset[str], Expression]]
    """Conditions, each with the variables of the pattern that it names and that are not known yet."""
    edges: list[Code] = field(default_factory=list)
    """The edges that are matched: none is matched twice."""

    def known(self, name: str, bound: Bound) -> None:
        """A variable is known from here on: conditions that waited for it stand here."""
        self.names[name] = bound
        left = []
        for missing, condition in self.waiting:
            if missing <= self.names.keys():
                self.test(truth(self.function, self.names, condition))
            else:
                left.append((missing, condition))
        self.waiting = left

    def test(self, condition: str) -> None:
        """What follows stands in a condition."""
        if condition != "True":
            self.enter(f"if {condition}:")

    def enter(self, line: str) -> None:
        """What follows stands in a block."""
        self.function.write(line)
        self.function.depth += 1

    def match_edge(self, code: Code) -> None:
        """An edge, or the edges of a way: none of them is matched twice in a pattern."""
        for before in self.edges:
            self._apart(before, code)
        self.edges.append(code)

    def _apart(self, one: Code, other: Code) -> None:
        kinds = [k.of if isinstance(k, ListKind) else k for k in (one.kind, other.kind)]
        assert isinstance(kinds[0], EdgeKind)
        assert isinstance(kinds[1], EdgeKind)
        if not kinds[0].types & kinds[1].types:
            return
        self.function.use(one.text)
        if kinds[0].types != kinds[1].types:
            kind = join(*kinds)
            one, other = (
                Code(c.to(ListKind(of=kind) if isinstance(c.kind, ListKind) else kind), c.kind)
                for c in (one, other)
            )
        lists = [isinstance(k, ListKind) for k in (one.kind, other.kind)]
        if all(lists):
            self.test(f"not any(e in {one.text} for e in {other.text})")
        elif lists[0]:
            self.test(f"{other.text} not in {one.text}")
        elif lists[1]:
            self.test(f"{one.text} not in {other.text}")
        else:
            self.test(f"{one.text} != {other.text}")
