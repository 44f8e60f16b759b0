"""The ways of a file: by which edges it comes from what a row is about to all that it reads for it.

They are read from its text by `graph.reading.findings.ways`, and walked back by `spreading`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ANY_LABEL: frozenset[str] = frozenset()


@dataclass(frozen=True)
class WayStep:
    """From a node of one variable over an edge to one of another; `out`: in the edge's own direction."""

    source: str
    target: str
    types: frozenset[str]
    out: bool
    source_labels: frozenset[str] = ANY_LABEL
    """One of these; empty: any."""
    target_labels: frozenset[str] = ANY_LABEL
    source_level: str | None = None
    """The level of an area, where the pattern says it."""
    target_level: str | None = None


@dataclass
class Ways:
    """The steps of a file, what hands on to what, and where a way cannot be found."""

    origin: str
    column: str
    """The column that holds the origin's id."""
    order: tuple[str, ...]
    """The columns by which rows are sorted."""
    steps: set[WayStep] = field(default_factory=set)
    flows: set[tuple[str, str]] = field(default_factory=set)
    """(from, to): `to` may hold what `from` holds."""
    loose: set[str] = field(default_factory=set)
    nodes: dict[str, set[frozenset[str]]] = field(default_factory=dict)
    """By variable the sets of labels that patterns give it."""
    held: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By name the labels of all nodes that it may hold."""

    def names(self) -> set[str]:
        """All that may hold something."""
        stepped = {name for step in self.steps for name in (step.source, step.target)}
        return {self.origin, *stepped, *self.nodes, *(name for flow in self.flows for name in flow)}
