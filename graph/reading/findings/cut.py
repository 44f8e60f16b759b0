"""What one question is given of a unit: the rows that lie in its area, for its viewer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from graph.kept.unit import PackedUnit
from graph.reading.findings.asked import NOWHERE
from graph.reading.viewer import Viewer
from graph.store import Row

T = TypeVar("T")
Values = Iterable[Sequence[Any]]
"""Some columns of rows."""


@dataclass(frozen=True)
class Cut:
    """The rows of one question; they hold personal data, and pass the viewer before they are shown."""

    unit: PackedUnit
    area: str | None
    """None: all of the unit."""
    elsewhere: frozenset[str]
    viewer: Viewer

    def count(self, state: str | None = None) -> int:
        """How many rows, or those of one verdict or state."""
        return len(self.unit.numbers(self.area, self.elsewhere, state))

    def counts(self) -> Mapping[tuple[str, str | None], int]:
        """How many rows of each verdict or state and severity."""
        return self.unit.counts(self.unit.groups_in(self.area, self.elsewhere))

    def rows(self, state: str | None = None, start: int = 0, stop: int | None = None) -> Iterator[Row]:
        """Rows in their order, from one place to another."""
        found = self.unit.rows(self.unit.numbers(self.area, self.elsewhere, state)[start:stop])
        return found if self.viewer.ids is None else map(self.viewer.inside, found)

    def whole(self) -> Cut:
        """All rows of what it is cut from; of a caller limited to an area only what it is cut to."""
        return self if self.viewer.ids is not None else replace(self, area=None, elsewhere=NOWHERE)

    def values(self, columns: Sequence[str]) -> Iterator[Sequence[Any]]:
        """Some columns of all rows, dates of a whole unit as they are packed."""
        if self.viewer.ids is None and self.area is None and not self.elsewhere:
            return self.unit.values(columns)
        return ([row[column] for column in columns] for row in self.rows())

    def remembered(self, what: str, columns: Sequence[str], made: Callable[[Values], T]) -> T:
        """What is made of `values`, once for each cut of a unit; it is shared, so no caller may change it."""
        if self.viewer.ids is not None:
            return made(self.values(columns))
        key = what, self.area, self.elsewhere
        if key not in self.unit.made:
            self.unit.made[key] = made(self.values(columns))
        found: T = self.unit.made[key]
        return found
