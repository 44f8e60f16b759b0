"""Statements that reach the engine, and texts that are run over columns, counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from graph.reading.findings.holding import Holding
from graph.reading.graph import Graph
from graph.store import Row


class Counting:
    """Counts the statements that are put to the engine, and the texts that columns answer."""

    def __init__(self, graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
        self.texts: list[str] = []
        self.held: list[str] = []
        read, each = graph.store.read, graph.store.read_each

        async def counted(statements: list[tuple[str, dict[str, object]]], **most: Any) -> list[list[Row]]:
            self.texts += [text for text, _ in statements]
            return await (read if len(statements) > 1 else each)(statements, **most)

        async def found(holding: Holding, what: str, given: Sequence[Any], *more: Any) -> Any:
            answer = await find(holding, what, given, *more)
            if what in ("whole", "places"):
                self.held.append(given[0].text)
            return answer

        async def answered(holding: Holding, text: str, *given: Any) -> list[Row]:
            rows = await run(holding, text, *given)
            self.held.append(text)
            return rows

        run, find = Holding.run, Holding.find
        monkeypatch.setattr(Holding, "find", found)
        monkeypatch.setattr(Holding, "run", answered)
        monkeypatch.setattr(graph.store, "read", counted)
        monkeypatch.setattr(graph.store, "read_each", counted)

    def of(self, graph: Graph) -> list[str]:
        """The rules that were run, once for each time."""
        names = {q.asked: q.name for q in graph.catalogue.rules()}
        return [names[text] for text in (*self.texts, *self.held) if text in names]
