"""The rows of the dimensions: one per subject, with the areas and registers of the same day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph.catalogue import Query, Select
from graph.catalogue.profiles import Profile
from graph.coverage.shapes import DimensionHead, State
from graph.errors import BadParameter, NotFound
from graph.reading.areas import AreaTree, profile_of
from graph.reading.graph import Graph
from graph.store import Row

STATES: tuple[State, ...] = ("covered", "gap", "unknown")
FRAME = ("area_tree", "area_registers")


@dataclass(frozen=True)
class Dimension:
    """A coverage dimension with the parameters that apply."""

    query: Query
    params: Mapping[str, Any]

    @property
    def name(self) -> str:
        return self.query.name

    @property
    def head(self) -> DimensionHead:
        """What stands first in every row about it."""
        header = self.query.header
        return {"dimension": self.name, "title": header.title, "title_zh": header.title_zh}

    @property
    def denominators(self) -> tuple[str, ...]:
        """The registers that all have to be complete for the total to be known."""
        return self.query.dimension.denominator

    @property
    def rules(self) -> tuple[str, ...]:
        """Codes of the rules that a gap of it touches."""
        return self.query.dimension.rules


@dataclass
class Frame:
    """The areas of a day and what their registers list completely."""

    tree: AreaTree
    registers: Sequence[Row]
    closed: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        for row in self.registers:
            self.closed[row["area"]].add(row["subject"])

    def complete(self, area: str, subjects: Sequence[str]) -> bool:
        """Whether a register of the area or of one above lists each of the subjects."""
        above = self.tree.above(area)
        return all(any(s in self.closed.get(a, ()) for a in above) for s in subjects)


@dataclass(frozen=True)
class Reading:
    """One day: the frame, the profile, and per dimension its rows."""

    day: date
    version: int
    frame: Frame
    profile: Profile
    dimensions: list[Dimension]
    rows: list[list[Row]]

    @property
    def tree(self) -> AreaTree:
        return self.frame.tree

    @property
    def queries(self) -> list[Query]:
        return [d.query for d in self.dimensions]


def find_queries(graph: Graph, dimension: str | None) -> list[Query]:
    """The files of the dimensions in their order, or the one asked for; raises `BadParameter`."""
    queries = graph.catalogue.dimensions()
    if dimension is None:
        return queries
    found = [q for q in queries if q.name == dimension]
    if not found:
        names = [q.name for q in queries]
        raise BadParameter(
            f"没有覆盖维度 {dimension!r}；可用：{'、'.join(names)}。",
            f"no coverage dimension {dimension!r}; known: {', '.join(names)}.",
            subject="dimension",
        )
    return found


async def read_frame(graph: Graph, area: str | None, day: date) -> Frame:
    """Areas and registers of a day; raises `NotFound` for an area that there is not."""
    helpers = [graph.catalogue[name] for name in FRAME]
    statements = [q.select(graph.bind_known(q, {"as_of": day})) for q in helpers]
    _, (areas, registers) = await graph.read(statements)
    frame = Frame(AreaTree(areas), registers)
    if area is not None and area not in frame.tree:
        raise NotFound(f"没有编号为 {area} 的辖区。", f"there is no area with the id {area}.", subject="area")
    return frame


def plan(
    graph: Graph, queries: Sequence[Query], frame: Frame, area: str | None, day: date
) -> tuple[Profile, list[Dimension], list[Select]]:
    """The dimensions as the profile of the area sets them, and what has to be run."""
    profile = profile_of(graph, frame.tree, area)
    given = {"as_of": day, "area": area}
    dimensions = [Dimension(q, graph.bind_known(q, given, profile.dimension(q.name, day))) for q in queries]
    return profile, dimensions, [d.query.select(dict(d.params)) for d in dimensions]


async def read_coverage(
    graph: Graph, area: str | None, dimension: str | None, day: date, frame: Frame | None = None
) -> Reading:
    """The rows of one dimension or of all.

    Raises `NotFound`, `BadParameter`. Areas and rows are two reads: callers ask through
    `graph.reading.snapshot.ask_once`, so both are of one data version.
    """
    queries = find_queries(graph, dimension)
    frame = frame or await read_frame(graph, area, day)
    profile, dimensions, statements = plan(graph, queries, frame, area, day)
    version, rows = await graph.read_facts(statements)
    return Reading(day, version, frame, profile, dimensions, rows)
