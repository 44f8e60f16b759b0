"""What lies outside of an area, withheld wherever its id would stand.

Above the model. An id outside becomes one of its type that says `outside` and a number, the same
as long as the data are: it can be counted and told apart, and says nothing else. Areas and source
documents are never withheld: the division of the country is public, and an answer without its
source is none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from graph.model import label_of

ID = re.compile(r"\b[a-z]{1,2}-\d{6}-[a-z0-9]+(?:-[a-z0-9]+)*")
OUTSIDE = "000000-outside"
OUTSIDE_ZH = "（辖区外）"
PUBLIC = frozenset({"Area", "SourceDocument"})


class Inside:
    """The ids that somebody may see."""

    def __init__(self, area: str, ids: frozenset[str]) -> None:
        self.area = area
        self.ids = ids
        self._shown_as: dict[str, str] = {}

    def __contains__(self, id_: str) -> bool:
        return id_ in self.ids or label_of(id_) in PUBLIC

    def withhold(self, value: Any) -> Any:
        """The value with every id outside replaced, however deep it lies."""
        if isinstance(value, str):
            return ID.sub(self._shown, value) if "-" in value else value
        if isinstance(value, list):
            return [self.withhold(v) for v in value]
        if isinstance(value, Mapping):
            return {self.withhold(k): self.withhold(v) for k, v in value.items()}
        return value

    def withhold_row(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A row of a query; with an id goes its name: `x_name` beside `x`, `name` of the first."""
        found: dict[str, Any] = self.withhold(row)
        for place, (column, value) in enumerate(row.items()):
            name = "name" if place == 0 and "name" in row else f"{column}_name"
            if name in row and isinstance(value, str) and found[column] != value:
                found[name] = OUTSIDE_ZH
        return found

    def _shown(self, found: re.Match[str]) -> str:
        id_ = found[0]
        prefix, _, rest = id_.partition("-")
        if id_ in self.ids or prefix == "d" or rest.startswith(OUTSIDE):
            return id_
        number = len(self._shown_as) + 1
        return self._shown_as.setdefault(id_, f"{prefix}-{OUTSIDE}{number}")


def count_outside(value: Any) -> int:
    """How many ids in a value stand for something outside."""
    if isinstance(value, str):
        return value.count(OUTSIDE)
    if isinstance(value, Mapping):
        return sum(count_outside(k) + count_outside(v) for k, v in value.items())
    if isinstance(value, (list, tuple)):
        return sum(map(count_outside, value))
    return 0
