"""Long answers that are being paged through: kept for the next page, so that it is not computed anew.

An answer belongs to a data version, a day, a revision of the ledger and what its caller may see; all of
that is in its name, so what is kept is never wrong, only no longer asked for.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from graph.reading.answer import Answer

Chosen = tuple[Answer[Any], dict[str, Any]]
"""A whole answer with the rows that were chosen, and what else stands under `page`."""
MOST_ROWS = 100_000
"""Rows that are kept in all, some 100 MiB; an answer counts as one more, and rows that are only made when
they are asked for (`graph.rules.pages`) do not count."""


class AnswerShelf:
    """The answers asked for last."""

    def __init__(self, most: int = MOST_ROWS) -> None:
        self._most = most
        self._answers: OrderedDict[str, tuple[Chosen, int]] = OrderedDict()
        self._rows = 0

    def get(self, name: str) -> Chosen | None:
        """The answer of that name, if it is still there."""
        found = self._answers.get(name)
        if found is None:
            return None
        self._answers.move_to_end(name)
        return found[0]

    def drop(self, name: str) -> None:
        """Let go of an answer that cannot be read any more."""
        if name in self._answers:
            self._rows -= self._answers.pop(name)[1]

    def put(self, name: str, answer: Chosen, rows: int) -> None:
        """Keep an answer; those not asked for longest make room."""
        if rows > self._most or name in self._answers:
            return
        self._answers[name] = answer, rows
        self._rows += rows
        while self._rows > self._most:
            _, (_, gone) = self._answers.popitem(last=False)
            self._rows -= gone
