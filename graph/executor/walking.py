"""Ways of several edges, for compiled code."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

Hops = Callable[[int], Iterable[tuple[Any, int]]]
Way = tuple[list[Any], int]
"""Edges one after the other, and the node that they lead to."""


def walk(start: int, hops: Hops, low: int, high: int, holds: Callable[[Any], Any] | None) -> list[Way]:
    """Every way of `low` to `high` edges that `holds`, none of them twice in it."""
    found: list[Way] = [([], start)] if low == 0 else []
    heads: list[Way] = [([], start)]
    for length in range(1, high + 1):
        ahead: list[Way] = []
        for edges, node in heads:
            ahead += [
                ([*edges, edge], other)
                for edge, other in hops(node)
                if (holds is None or holds(edge)) and edge not in edges
            ]
        if length >= low:
            found += ahead
        if not ahead:
            break
        heads = ahead
    return found
