"""Seeded chance that gives the same values on every version of Python.

Bottom of `worked_example`. Only `random()` keeps its sequence between versions of Python, so
everything here is made of it.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """One stream of chance; streams of other topics do not disturb it."""

    def __init__(self, seed: int, topic: str) -> None:
        self._next = random.Random(f"{seed}/{topic}").random  # noqa: S311 - data, not a secret

    def chance(self, share: float) -> bool:
        """True in `share` of the cases, a number between 0 and 1."""
        return self._next() < share

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._next() * (high - low + 1))

    def pick(self, options: Sequence[T]) -> T:
        """One of the options, each equally likely."""
        return options[int(self._next() * len(options))]

    def weigh(self, weights: Mapping[T, float]) -> T:
        """One of the keys, as likely as its weight says."""
        rest = self._next() * sum(weights.values())
        for option, weight in weights.items():
            rest -= weight
            if rest < 0:
                return option
        return option

    def some(self, options: Sequence[T], count: int) -> list[T]:
        """`count` different options, or all of them, in an order of chance."""
        left = list(options)
        size = min(count, len(left))
        for i in range(size):
            j = i + int(self._next() * (len(left) - i))
            left[i], left[j] = left[j], left[i]
        return left[:size]

    def day(self, first: date, last: date) -> date:
        """A day from `first` to `last`, both included."""
        return first + timedelta(days=self.between(0, (last - first).days))
