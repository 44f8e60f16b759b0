"""Whole answers in memory, of which requests cut their pages; as long as data and day are the same."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.snapshot import Question

ROWS = 40_000
"""Rows in all answers together, each about a kilobyte; an answer with more is not remembered."""
ANSWERS = 500


class Remembered:
    """Answers by what was asked, the longest unused of which go."""

    def __init__(self) -> None:
        self._edition: str | None = None
        self._answers: OrderedDict[Hashable, tuple[Answer[Any], int]] = OrderedDict()
        self._rows = 0

    async def find(self, key: Hashable, graph: Graph, question: Question[Any]) -> Answer[Any]:
        """The answer to a question on the data as they are; who gets it must not change its rows."""
        version = await graph.version()
        edition = graph.known.edition
        if edition is None or not graph.settings.kept:
            return await question(graph)
        if edition != self._edition:
            self._edition, self._rows = edition, 0
            self._answers.clear()
        if key in self._answers:
            self._answers.move_to_end(key)
            return self._answers[key][0]
        answer = await question(graph)
        if answer.stamp.data_version == version and graph.known.edition == self._edition == edition:
            self._add(key, answer)
        return answer

    def _add(self, key: Hashable, answer: Answer[Any]) -> None:
        rows = 1 + _rows_in(answer.data)
        if key in self._answers or rows > ROWS:
            return
        self._answers[key] = answer, rows
        self._rows += rows
        while self._rows > ROWS or len(self._answers) > ANSWERS:
            _, (_, gone) = self._answers.popitem(last=False)
            self._rows -= gone


def _rows_in(data: Any) -> int:
    """How many rows are held; those that are only made when they are asked for do not count."""
    parts = data.values() if isinstance(data, dict) else [data]
    return sum(len(part) for part in parts if isinstance(part, list))
