"""The rows of the dimensions: one per subject, with the areas and registers of the same day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, overload

from graph.catalogue import Query
from graph.catalogue.profiles import Profile
from graph.catalogue.words import find_by_word, near_words, shown
from graph.coverage.shapes import DimensionHead, State
from graph.errors import BadParameter, ReasonNeeded
from graph.reading.areas import AreaTree, parts_of, require_area, root_of, zones_of
from graph.reading.findings.asked import Ask
from graph.reading.findings.cut import Cut
from graph.reading.findings.find import find_cuts
from graph.reading.findings.remembered import read_remembered
from graph.reading.graph import Graph
from graph.store import Row

STATES: tuple[State, ...] = ("covered", "gap", "unknown")
REGISTERS = "area_registers"


@dataclass(frozen=True)
class Part:
    """A dimension in one area of those asked for, as the profile that applies there sets it."""

    params: Mapping[str, Any]
    elsewhere: frozenset[str]
    """Areas whose rows another part gives."""
    root: str | None
    """The area for which the dimension is found and kept."""


@dataclass(frozen=True)
class Dimension:
    """A coverage dimension with the parameters that apply, in the area asked for and inside it."""

    query: Query
    parts: tuple[Part, ...]

    @property
    def params(self) -> Mapping[str, Any]:
        """The parameters of the area asked for."""
        return self.parts[0].params

    @property
    def asks(self) -> list[Ask]:
        """What has to be asked: once for each part."""
        return [Ask(self.query, part.params, part.root, part.elsewhere) for part in self.parts]

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


class DimensionRows(Sequence[Row]):
    """The rows of a dimension, each from the part that it belongs to, by subject; read when they are used."""

    def __init__(self, cuts: Sequence[Cut]) -> None:
        self.cuts = cuts

    @cached_property
    def _all(self) -> list[Row]:
        rows = [row for cut in self.cuts for row in cut.rows()]
        return rows if len(self.cuts) == 1 else sorted(rows, key=lambda row: str(row["subject"]))

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        return self._all[at]

    def __iter__(self) -> Iterator[Row]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


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
class DayReading:
    """One day: the frame, the profile, and per dimension its rows."""

    day: date
    version: int
    frame: Frame
    profile: Profile
    dimensions: list[Dimension]
    rows: list[DimensionRows]
    withheld: list[str] = field(default_factory=list)
    """Dimensions that the viewer is not given."""

    @property
    def tree(self) -> AreaTree:
        return self.frame.tree

    @property
    def queries(self) -> list[Query]:
        return [d.query for d in self.dimensions]


def find_queries(graph: Graph, dimension: str | None) -> list[Query]:
    """The files of the dimensions in their order, or the one asked for by name or Chinese title.

    Raises `BadParameter` with the nearest ones.
    """
    queries = graph.catalogue.dimensions()
    if dimension is None:
        return queries
    found = find_by_word(queries, dimension)
    if found is None:
        near = near_words(queries, dimension)
        raise BadParameter(
            f"没有覆盖维度“{dimension}”；{f'最接近的：{near}；' if near else ''}"
            f"可用：{'、'.join(shown(q) for q in queries)}。",
            f"no coverage dimension {dimension!r}; {f'nearest: {near}; ' if near else ''}"
            f"known: {', '.join(q.name for q in queries)}.",
            subject="dimension",
        )
    return [found]


def given_queries(graph: Graph, dimension: str | None) -> tuple[list[Query], list[str]]:
    """The same without those that reveal what the viewer is not given, and the names of these.

    Raises `ReasonNeeded` for one that is asked for by name.
    """
    queries = find_queries(graph, dimension)
    withheld = [q.name for q in queries if not graph.viewer.gives(q.header.tells)]
    if dimension is not None and withheld:
        raise ReasonNeeded("dimension")
    return [q for q in queries if q.name not in withheld], withheld


async def read_frame(graph: Graph, area: str | None, day: date) -> Frame:
    """Areas and registers of a day; raises `NotFound` for an unknown area."""
    tree = await require_area(graph, area, day)
    query = graph.catalogue[REGISTERS]
    (registers,) = await read_remembered(graph, [(query, graph.bind_known(query, {"as_of": day}))])
    return Frame(tree, registers)


def plan(
    graph: Graph, queries: Sequence[Query], frame: Frame, area: str | None, day: date
) -> tuple[Profile, list[Dimension]]:
    """The dimensions as the profiles set them: of the area, and of areas inside that differ."""
    zones = zones_of(graph, frame.tree, area)
    dimensions = []
    for query in queries:

        def params(profile: Profile, query: Query = query) -> Any:
            return profile.dimension(query, day)

        settings = {z: params(profile) for z, profile in zones.items()}
        parts = tuple(
            Part(
                graph.bind_known(query, {"as_of": day, "area": zone}, settings[zone]),
                elsewhere,
                root_of(graph, frame.tree, zone, params),
            )
            for zone, elsewhere in parts_of(frame.tree, settings, area).items()
        )
        dimensions.append(Dimension(query, parts))
    return zones[area], dimensions


async def read_coverage(
    graph: Graph, area: str | None, dimension: str | None, day: date, frame: Frame | None = None
) -> DayReading:
    """The rows of one dimension or of all.

    Dimensions that reveal what the viewer is not given are left out: `withheld`. Raises `NotFound`,
    `BadParameter`, `ReasonNeeded`. Areas and rows are two reads: callers ask through
    `graph.reading.snapshot.ask_once`, so both are of one data version.
    """
    queries, withheld = given_queries(graph, dimension)
    frame = frame or await read_frame(graph, area, day)
    profile, dimensions = plan(graph, queries, frame, area, day)
    version, cuts = await find_cuts(graph, [ask for d in dimensions for ask in d.asks])
    found = iter(cuts)
    rows = [DimensionRows([next(found) for _ in d.parts]) for d in dimensions]
    return DayReading(day, version, frame, profile, dimensions, rows, withheld)
