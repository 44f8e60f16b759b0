"""One data version for a whole answer, however many transactions it takes.

Coverage, checks and views read several times. A load that commits in between would mix two states
in one answer; here the second read notices, and the question is asked again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from graph.errors import keeps_changing
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.store import Row, Statement

TRIES = 3
T = TypeVar("T")
Question = Callable[[Graph], Awaitable[Answer[T]]]


class _Moved(Exception):
    """The data version changed between two reads of one question."""


@dataclass(frozen=True)
class _Snapshot(Graph):
    """A graph for one question: every read has to see the version that the first one saw."""

    seen: list[int] = field(default_factory=list)

    async def _rows(self, statements: Sequence[Statement], most: int | None) -> tuple[int, list[list[Row]]]:
        version, rows = await super()._rows(statements, most)
        if self.seen and version != self.seen[0]:
            raise _Moved
        self.seen.append(version)
        return version, rows


async def ask_once(graph: Graph, question: Question[T]) -> Answer[T]:
    """The answer to a question, all of it from one data version.

    Raises `StoreUnavailable` if loads keep getting in between.
    """
    for _ in range(TRIES):
        try:
            return await question(_Snapshot(**graph.parts()))
        except _Moved:
            continue
    raise keeps_changing()
