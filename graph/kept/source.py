"""Who answers for rows and edges: what `finder` and `spreading` ask, of columns or of the engine."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from graph.kept.unit import Row

T = TypeVar("T")
Handle = Hashable
"""A node as a source has it: a number where that is quick, else its id."""


class LackingError(Exception):
    """Something is not known here that was said once: who asks has to say it first.

    `keys`: digests of what says where things lie (`Finder.learn`), names of changes (`Finder.learn_edges`).
    """

    def __init__(self, keys: Sequence[bytes | str]) -> None:
        super().__init__(keys)
        self.keys = keys


class Source(Protocol):
    """Rows of texts, and who is joined to whom, in one state of the data."""

    async def rows(self, text: str, parameters: Mapping[str, Any]) -> list[Row]:
        """The rows of a text, as they are."""

    async def joined(self, nodes: Collection[Handle], kind: str, *, out: bool) -> set[Handle]:
        """The nodes at the other end of edges of a type that leave (`out`) or reach any of these."""

    def handle(self, id_: str) -> Handle:
        """A node by its id, whether it is there or not."""

    def id_of(self, node: Handle) -> str:
        """Its id."""

    def admitted(self, nodes: Iterable[Handle], labels: frozenset[str]) -> set[Handle]:
        """Those that have one of these labels; all where there are none."""

    async def of_level(self, nodes: Collection[Handle], level: str) -> set[Handle]:
        """Those that are areas of a level."""

    def known_id(self, id_: str) -> str:
        """The same id, as one object for all who keep it."""

    async def work(self, what: Callable[..., T], *given: Any) -> T:
        """Do something that takes a while without stopping others."""
