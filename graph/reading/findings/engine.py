"""Rows and edges for who finds (`graph.kept.source.Source`), as the engine answers: nodes by their ids."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, TypeVar

from graph.catalogue import Select
from graph.kept.source import Handle
from graph.model import label_of
from graph.reading.areas import read_areas
from graph.reading.findings.memory import Memory
from graph.reading.findings.touched import neighbours_now
from graph.reading.graph import Graph
from graph.reading.viewer import Viewer
from graph.store import Row

T = TypeVar("T")


class EngineSource:
    """The engine of a graph; rows are as they are, for what is kept serves every viewer.

    A graph is that of one question, which sees one state of the data: each who asks says his own (`of`).
    """

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._graph: Graph

    def of(self, graph: Graph) -> None:
        """Ask this graph from here on."""
        self._graph = graph.under(Viewer(personal=True))

    async def rows(self, text: str, parameters: Mapping[str, Any]) -> list[Row]:
        _, (rows,) = await self._graph.read_facts([Select(text, parameters, ())])
        return rows

    async def joined(self, nodes: Collection[Handle], kind: str, *, out: bool) -> set[Handle]:
        return {*await neighbours_now(self._graph, self._memory).of([*map(str, nodes)], kind, out=out)}

    def handle(self, id_: str) -> Handle:
        return id_

    def id_of(self, node: Handle) -> str:
        return str(node)

    def admitted(self, nodes: Iterable[Handle], labels: frozenset[str]) -> set[Handle]:
        return {node for node in nodes if not labels or label_of(str(node)) in labels}

    async def of_level(self, nodes: Collection[Handle], level: str) -> set[Handle]:
        tree = await read_areas(self._graph, self._graph.today())
        return {node for node in nodes if str(node) in tree and tree.level(str(node)) == level}

    def known_id(self, id_: str) -> str:
        return id_

    async def work(self, what: Callable[..., T], *given: Any) -> T:
        return await asyncio.to_thread(what, *given)
