"""Who is joined to whom, as the engine says it, now and before something changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cache

from graph.catalogue import Query, Select
from graph.model import EDGES, label_of
from graph.reading.findings.facts import facts
from graph.reading.findings.reach import FOLLOWS
from graph.reading.findings.ways import ways_of
from graph.reading.graph import Graph
from graph.store import Row


@dataclass(frozen=True)
class Touched:
    """An edge or a node of which something changed or turns; `end` is empty for a node."""

    kind: str
    start: str
    end: str
    words: frozenset[str]
    """What a file has to name to notice."""


@dataclass
class Neighbours:
    """Who is joined to whom, now or before: the graph, and edges that are gone from it."""

    graph: Graph
    gone: Iterable[Touched] = ()
    _known: dict[tuple[str, bool, str], set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._gone: dict[tuple[str, bool, str], set[str]] = defaultdict(set)
        for edge in self.gone:
            if edge.end:
                self._gone[edge.kind, False, edge.end].add(edge.start)
                self._gone[edge.kind, True, edge.start].add(edge.end)

    async def of(self, ids: Collection[str], kind: str, *, out: bool) -> set[str]:
        """The nodes at the other end of edges of a type that leave (`out`) or reach any of these."""
        missing: dict[str, list[str]] = defaultdict(list)
        for id_ in ids:
            if (kind, out, id_) not in self._known:
                missing[label_of(id_)].append(id_)
        for label, asked in missing.items():
            rows = await self._read(label, asked, kind, out=out) if label in _ends(kind, start=out) else []
            for id_ in asked:
                self._known[kind, out, id_] = set(self._gone[kind, out, id_])
            for row in rows:
                self._known[kind, out, row["id"]].add(row["other"])
        found: set[str] = set()
        for id_ in ids:
            found |= self._known[kind, out, id_]
        return found

    async def warm(self, label: str, kind: str, *, out: bool) -> None:
        """Ask for no one's neighbours: the engine then knows the text."""
        await self._read(label, (), kind, out=out)

    async def _read(self, label: str, ids: Collection[str], kind: str, *, out: bool) -> list[Row]:
        arrow = f"-[:{kind}]->" if out else f"<-[:{kind}]-"
        text = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}){arrow}(x) RETURN DISTINCT id, x.id AS other"
        return await facts(self.graph, Select(text, {"ids": sorted(ids)}, ()))


def walks_of(query: Query) -> set[tuple[str, str, bool]]:
    """Label, edge type and direction of all that is asked of neighbours to walk the ways of a file back."""
    ways = ways_of(query)
    return {
        (label, kind, not step.out)
        for step in (() if ways is None else ways.steps)
        for kind in step.types
        for label in _ends(kind, start=not step.out) & (step.target_labels or _ends(kind, start=not step.out))
    }


@cache
def _ends(kind: str, *, start: bool) -> frozenset[str]:
    """The labels at which edges of a type may begin (`start`) or end; no load lets in others."""
    return frozenset(label for pair in EDGES[kind].ends for label in pair[not start])


async def crossings(touched: Iterable[Touched], near: Neighbours) -> list[Touched]:
    """The cross-appointments that follow: between the body of a post and the others of its holder."""
    found = []
    posts = [t for t in touched if FOLLOWS.get(t.kind) == "CROSS_APPOINTMENT"]
    for kind in {post.kind for post in posts}:  # of all holders in one question; below they are known
        await near.of({post.start for post in posts if post.kind == kind}, kind, out=True)
    words = frozenset({"CROSS_APPOINTMENT"})
    for post in posts:
        for other in await near.of([post.start], post.kind, out=True):
            found.append(Touched("CROSS_APPOINTMENT", post.end, other, words))
            found.append(Touched("CROSS_APPOINTMENT", other, post.end, words))
    return found
