"""The viewer: what one caller may see, asked of one object.

Two things are withheld. What is personal or sensitive becomes a mark, unless personal data is
shown (`graph.reading.masking`). Of what lies outside of the area that a caller is limited to, an id
becomes one of its type that says `outside` and a number, the same as long as the data are: it can
be counted and distinguished, and says nothing else. Areas and source documents are never withheld:
the division of the country is public, and an answer without its source is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from graph.catalogue.headers import Column
from graph.model import NODES, label_of
from graph.private import MASK
from graph.reading.masking import flagged_types, mask_id, mask_properties, mask_rows

if TYPE_CHECKING:
    from graph.ledger.entries import Entry

ID = re.compile(r"\b[a-z]{1,2}-\d{6}-[a-z0-9]+(?:-[a-z0-9]+)*")
OUTSIDE = "000000-outside"
OUTSIDE_ZH = "（辖区外）"
PUBLIC = frozenset({"Area", "SourceDocument"})
_PLAIN = (int, float, date, datetime, bytes, type(None))


@dataclass(frozen=True)
class Viewer:
    """What one caller may see: everything in `area` (None: everywhere), personal data or not.

    `ids` are those of the area; None where `area` is. Without `verdicts`, rows of files that reveal
    (`@tells`: which rows there are rests on personal data) are given only together with it. `lookup`:
    persons are found by the whole name that is typed (`reading/search/persons.py`), each under this entry.
    """

    personal: bool = False
    area: str | None = None
    ids: frozenset[str] | None = None
    verdicts: bool = True
    lookup: Callable[[], Entry] | None = field(default=None, compare=False, repr=False)
    _shown_as: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    def gives(self, tells: bool | Sequence[str]) -> bool:
        """Whether rows of a file are given, by what its `@tells` names."""
        return self.personal or self.verdicts or not tells

    def judging(self) -> Viewer:
        """The same, given every verdict: for what is counted, decided and kept."""
        return replace(self, verdicts=True)

    def everywhere(self) -> Viewer:
        """The same, limited to no area: for what is written and kept."""
        return replace(self, area=None, ids=None)

    def sees(self, id_: str) -> bool:
        """Whether a node lies inside; raises `BadParameter` for what is no id of a node."""
        return self.ids is None or id_ in self.ids or label_of(id_) in PUBLIC

    def sees_type(self, type_: str) -> bool:
        """Whether edges of a type are shown: not where their existence is the secret."""
        return self.personal or type_ not in flagged_types()

    def hides_name(self, label: str) -> bool:
        """Whether the names of nodes of a label are withheld."""
        return not self.personal and NODES[label].properties()["name"].prop.flag is not None

    def name(self, label: str, name: str | None) -> str | None:
        """The name of a node, or the mark."""
        return MASK if self.hides_name(label) else name

    def id(self, id_: str) -> str:
        """An id as it is shown: of a secret edge its type alone."""
        return id_ if self.personal else mask_id(id_)

    def properties(self, label: str, properties: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
        """Properties of a node or edge that are shown, and the names of those withheld."""
        return mask_properties(label, properties, show=self.personal)

    def rows(self, columns: Iterable[Column], rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Rows with these declared columns as the caller may see them."""
        found = [dict(row) for row in rows] if self.ids is None else [self.inside(row) for row in rows]
        return found if self.personal else mask_rows(columns, found)

    def inside(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A row with ids outside replaced; their names go with them.

        A name is in `x_name` beside `x`, or in `name` beside the first column; names of a list `x`
        are in `x_names`, in its order.
        """
        found: dict[str, Any] = self.withhold(row)
        for place, (column, value) in enumerate(row.items()):
            name = "name" if place == 0 and "name" in row else f"{column}_name"
            if name in row and isinstance(value, str) and found[column] != value:
                found[name] = OUTSIDE_ZH
            names = row.get(f"{column}_names")
            if isinstance(names, list) and isinstance(value, list):
                shown = zip(value, found[column], names, strict=True)
                found[f"{column}_names"] = [n if id_ == as_ else OUTSIDE_ZH for id_, as_, n in shown]
        return found

    def withhold(self, value: Any) -> Any:
        """The value with every id outside replaced, however deep it lies.

        Raises `TypeError` for a kind of value that it cannot look into.
        """
        if self.ids is None or isinstance(value, _PLAIN):
            return value
        if isinstance(value, Enum):
            return value
        if isinstance(value, str):
            return ID.sub(self._shown, value) if "-" in value else value
        if isinstance(value, Mapping):
            return {self.withhold(k): self.withhold(v) for k, v in value.items()}
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{f.name: self.withhold(getattr(value, f.name)) for f in fields(value)})
        if isinstance(value, (list, tuple, set, frozenset)):
            return type(value)(self.withhold(v) for v in value)
        raise TypeError(f"{type(value)} cannot be shown to a caller limited to an area")

    def _shown(self, found: re.Match[str]) -> str:
        id_ = found[0]
        prefix, _, rest = id_.partition("-")
        if (self.ids is not None and id_ in self.ids) or prefix == "d" or rest.startswith(OUTSIDE):
            return id_
        number = len(self._shown_as) + 1
        return self._shown_as.setdefault(id_, f"{prefix}-{OUTSIDE}{number}")


def count_outside(value: Any) -> int:
    """How many ids in a value stand for something outside."""
    if isinstance(value, str):
        return value.count(OUTSIDE)
    if isinstance(value, Mapping):
        return sum(count_outside(k) + count_outside(v) for k, v in value.items())
    if isinstance(value, (list, tuple, set, frozenset)):
        return sum(map(count_outside, value))
    if is_dataclass(value) and not isinstance(value, type):
        return sum(count_outside(getattr(value, f.name)) for f in fields(value))
    return 0
