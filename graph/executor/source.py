"""Rows and edges of the graph in columns, for who finds (`graph.kept.source.Source`): nodes by number."""

from __future__ import annotations

from collections.abc import Callable, Collection, Coroutine, Iterable, Mapping
from typing import Any, Protocol, TypeVar

from graph.executor.columns import LABELS, Columns
from graph.executor.run import Executor
from graph.kept.source import Handle
from graph.kept.unit import Row
from graph.model import label_of

T = TypeVar("T")
_NUMBER = {label: n for n, label in enumerate(LABELS)}


class Held(Protocol):
    """Where the columns of now are."""

    @property
    def columns(self) -> Columns: ...
    @property
    def executor(self) -> Executor: ...


class ColumnsSource:
    """What is held; a node that is not there goes by its id."""

    def __init__(self, held: Held) -> None:
        self._held = held
        self._labels: tuple[Any, bytes] = (None, b"")

    async def rows(self, text: str, parameters: Mapping[str, Any]) -> list[Row]:
        result = self._held.executor.run(text, parameters)
        names = result.names
        return [dict(zip(names, row, strict=True)) for row in result.rows]

    async def joined(self, nodes: Collection[Handle], kind: str, *, out: bool) -> set[Handle]:
        edges = self._held.columns.edges[kind]
        first, offsets = (edges.out_first, edges.out_offsets) if out else (edges.in_first, edges.in_offsets)
        count = len(offsets) - 1
        found: set[Handle] = set()
        for node in nodes:
            at = node - first if isinstance(node, int) else -1
            if not 0 <= at < count:
                continue
            begin, end = offsets[at], offsets[at + 1]
            if begin < end:
                found.update(edges.ends[begin:end] if out else edges.in_edges[begin:end])
        # Of edges that reach, the numbers of edges were found: no node has so few that each is worth a loop.
        return found if out else set(map(edges.starts.__getitem__, found))  # type: ignore[arg-type]

    def handle(self, id_: str) -> Handle:
        return self._held.columns.numbers.get(id_, id_)

    def id_of(self, node: Handle) -> str:
        return self._held.columns.id_of(node) if isinstance(node, int) else str(node)

    def admitted(self, nodes: Iterable[Handle], labels: frozenset[str]) -> set[Handle]:
        if not labels:
            return set(nodes)
        known = self._known_labels()
        wanted = {_NUMBER[label] for label in labels}
        return {
            node
            for node in nodes
            if (known[node] in wanted if isinstance(node, int) else label_of(str(node)) in labels)
        }

    async def of_level(self, nodes: Collection[Handle], level: str) -> set[Handle]:
        columns = self._held.columns
        return {node for node in nodes if isinstance(node, int) and columns.value("level", node) == level}

    def _known_labels(self) -> bytes:
        """By node the number of its label."""
        columns = self._held.columns
        layout = [(label, span.first, span.end) for label, span in columns.labels.items()]
        if self._labels[0] != layout:
            made = b"".join(bytes([_NUMBER[label]]) * (end - first) for label, first, end in layout)
            self._labels = layout, made
        return self._labels[1]

    def known_id(self, id_: str) -> str:
        columns = self._held.columns
        number = columns.numbers.get(id_)
        return id_ if number is None else columns.id_of(number)

    async def work(self, what: Callable[..., T], *given: Any) -> T:
        return what(*given)


def at_once(work: Coroutine[Any, Any, T]) -> T:
    """What a coroutine returns that waits for nothing: all that a `Finder` does with columns."""
    try:
        work.send(None)
    except StopIteration as done:
        found: T = done.value
        return found
    raise AssertionError("it waits for something")
