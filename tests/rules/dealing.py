"""Drawn graphs whose choices come from one seed, for drawn-graph tests of groups of rules.

Beside the tests of rules; above the strategies.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from tests.strategies import OPEN_SPELLS, SHUT_SPELLS, Drawing, T


class Dealt(Drawing):
    """A drawing whose choices come from one seed: even, where Hypothesis prefers the simplest."""

    def __init__(self, draw: st.DrawFn) -> None:
        super().__init__(draw)
        self.dice = draw(st.randoms(use_true_random=True))

    def one(self, values: Sequence[T]) -> T:
        return self.dice.choice(values)

    def number(self, least: int, most: int) -> int:
        return self.dice.randint(least, most)

    def spell(self) -> dict[str, Any]:
        since, until = self.one(OPEN_SPELLS * 5 + SHUT_SPELLS)
        return {"since": since, "until": until}
