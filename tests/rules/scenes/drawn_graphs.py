"""Drawn graphs whose choices come from one seed, for drawn-graph tests of groups of rules.

Beside the tests of rules; above the strategies.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from random import Random
from typing import Any

from tests.builder import GraphBuilder
from tests.oracle.asking import view_of
from tests.oracle.rules import RULES
from tests.strategies import DAY, OPEN_SPELLS, SHUT_SPELLS, Drawing, T

MANY = 150
Part = Callable[[Any], None]
"""Adds something to a drawing."""


class Dealt(Drawing):
    """A drawing whose choices come from one seed: even, where Hypothesis prefers the simplest."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.builder = GraphBuilder()
        self.ids = {}

    def one(self, values: Sequence[T]) -> T:
        return self.dice.choice(values)

    def number(self, least: int, most: int) -> int:
        return self.dice.randint(least, most)

    def spell(self) -> dict[str, Any]:
        since, until = self.one(OPEN_SPELLS * 5 + SHUT_SPELLS)
        return {"since": since, "until": until}


def many_dealt(parts: Collection[Part]) -> Iterator[GraphBuilder]:
    """The same graphs in every run, made of the parts of a strategy."""
    for seed in range(MANY):
        drawing = Dealt(Random(seed))
        for part in parts:
            part(drawing)
        yield drawing.builder


def dealt_verdicts(
    parts: Collection[Part], rules: Collection[str], params: Sequence[Mapping[str, Mapping[str, Any]]] = ({},)
) -> dict[str, set[str]]:
    """Verdicts of the recomputation on many graphs, by rule: whether a strategy is nasty enough.

    What some forty drawn graphs happen to hold would be left to chance.
    """
    found: dict[str, set[str]] = {rule: set() for rule in rules}
    for builder in many_dealt(parts):
        view = view_of(builder, DAY)
        for rule in rules:
            for given in params:
                found[rule] |= set(RULES[rule](view, **given.get(rule, {})).values())
    return found
