"""What lies outside of an area, withheld wherever its id would stand.

Above the model. An id outside becomes that of its type with `outside` for a number: it can be
counted, and says nothing else. Areas and source documents are never withheld: the division of the
country is public, and an answer without its source is none.
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

    def _shown(self, found: re.Match[str]) -> str:
        id_ = found[0]
        prefix = id_.partition("-")[0]
        return id_ if id_ in self.ids or prefix == "d" else f"{prefix}-{OUTSIDE}"


def count_outside(value: Any) -> int:
    """How many ids in a value stand for something outside."""
    if isinstance(value, str):
        return value.count(OUTSIDE)
    if isinstance(value, Mapping):
        return sum(count_outside(k) + count_outside(v) for k, v in value.items())
    if isinstance(value, (list, tuple)):
        return sum(map(count_outside, value))
    return 0
