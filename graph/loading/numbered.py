"""Ids of a delivery by number: each text is kept once and looked up once, the rows have its number.

A number is hashed and compared faster than a text, and what is known of an id is found by it in a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, overload

FEW = 5_000
"""Ids that stay in the processor's cache, so that they are found four times as fast as among all."""


class Numbers(dict[str, int]):
    """The number of each id, given when it is first met; `bad` are those that are refused.

    `refused` is the form of such an id between line ends.
    """

    def __init__(self, refused: re.Pattern[str] = re.compile("(?!)")) -> None:
        super().__init__()
        self.bad: set[str] = set()
        self.joins = False
        """Whether edges with other ends may have one id: what stands between its parts is in an end."""
        self._refused = refused
        self.texts: list[str] = []
        """The ids in the order of their numbers."""

    def __missing__(self, id_: str) -> int:
        if self._refused.match(f"\n{id_}\n"):
            self.bad.add(id_)
        self.joins = self.joins or "~" in id_
        self[id_] = number = len(self)
        self.texts.append(id_)
        return number

    def column(self, ids: Sequence[str], few: Few | None = None) -> Numbered:
        """A column of these ids; `few` are those that stood in it before, where they are few."""
        known = self if few is None or len(few) > FEW else few
        return Numbered(self, [*map(known.__getitem__, ids)])

    def new(self, ids: Sequence[str]) -> Numbered:
        """A column of ids that are as a rule met for the first time."""
        text = "\n".join(["", *ids, ""])
        if self._refused.search(text):
            return self.column(ids)
        rows = [*range(len(self), len(self) + len(ids))]
        self.update(zip(ids, rows, strict=True))
        if len(self) != len(self.texts) + len(ids):  # some are not new
            self.clear()
            self.update(zip(self.texts, range(len(self.texts)), strict=True))
            return self.column(ids)
        self.texts += ids
        self.joins = self.joins or "~" in text
        return Numbered(self, rows)


class Few(dict[str, int]):
    """The numbers of the ids that a column has."""

    def __init__(self, numbers: Numbers) -> None:
        super().__init__()
        self._numbers = numbers

    def __missing__(self, id_: str) -> int:
        self[id_] = number = self._numbers[id_]
        return number


class Numbered(Sequence[str]):
    """A column of ids: a sequence of texts, kept as the numbers of a delivery."""

    def __init__(self, numbers: Numbers, rows: list[int]) -> None:
        self.numbers = numbers
        self.rows = rows

    @classmethod
    def of(cls, ids: Iterable[str], numbers: Numbers) -> Numbered:
        """These ids by the numbers of a delivery."""
        return ids if isinstance(ids, Numbered) and ids.numbers is numbers else numbers.column([*ids])

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[str]:
        return map(self.numbers.texts.__getitem__, self.rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment] # as a list

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> list[str]: ...

    def __getitem__(self, at: int | slice) -> Any:
        texts = self.numbers.texts
        return texts[self.rows[at]] if isinstance(at, int) else [*map(texts.__getitem__, self.rows[at])]


def numbers_of(*columns: Sequence[str]) -> Numbers:
    """The numbers that columns have already, or none yet."""
    return next((column.numbers for column in columns if isinstance(column, Numbered)), Numbers())
