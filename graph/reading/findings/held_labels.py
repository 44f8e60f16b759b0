"""Which nodes a variable of a file may hold, by their labels: it lets fewer things be reached from a change.

A pattern in which a variable is met first gives it labels, by name or by the edges beside it: the model does
not let others begin or end there. What an expression hands on has the labels of all that it names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from graph.model import EDGES, NODES

ALL = frozenset(NODES)


class EdgeBeside(NamedTuple):
    """An edge beside a node of a pattern."""

    types: frozenset[str]
    out: bool
    """Whether it leaves the node."""


def labels_at(edge: EdgeBeside) -> frozenset[str]:
    """The labels of nodes that such edges leave or reach."""
    ends = (pair[not edge.out] for type_ in edge.types for pair in EDGES[type_].ends)
    return frozenset(label for labels in ends for label in labels)


class HeldLabels:
    """What the variables of one file may hold."""

    def __init__(self) -> None:
        self._met: dict[str, set[str]] = defaultdict(set)

    def meet(self, name: str, labels: frozenset[str], edges: Iterable[Iterable[EdgeBeside]]) -> None:
        """A pattern binds a variable; of each edge beside it the ways in which it may point."""
        found = labels or ALL
        if not labels:
            for ways in edges:
                found &= frozenset(label for way in ways for label in labels_at(way))
        self._met[name] |= found

    def settled(self, flows: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
        """By variable the labels of what it may hold; names that hold no node have none."""
        found: dict[str, set[str]] = defaultdict(set)
        for name, labels in self._met.items():
            found[name] |= labels
        flows = set(flows)
        grew = True
        while grew:
            grew = False
            for from_, to in flows:
                if not found[from_] <= found[to]:
                    found[to] |= found[from_]
                    grew = True
        return {name: frozenset(labels) for name, labels in found.items()}
