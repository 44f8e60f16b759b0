"""What is created beside the graph, by columns, and the lines of the file in which the engine reads it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from graph.model import label_of
from graph.store.changes import CHUNK, Change


@dataclass(frozen=True)
class NewRows:
    """New nodes or edges of one kind.

    `columns` have `id`, and None where a row has no value; `starts` and `ends` are the ids that edges join,
    None of nodes.
    """

    kind: str
    columns: Mapping[str, Sequence[Any]]
    constants: Mapping[str, Any]
    starts: Sequence[str] | None = None
    ends: Sequence[str] | None = None

    def line(self) -> bytes:
        """The part as a line of JSON; which columns hold dates is said, JSON has none."""
        columns = {name: list(values) for name, values in self.columns.items()}
        constants = {name: value for name, value in self.constants.items() if value is not None}
        firsts = {name: next((v for v in values if v is not None), None) for name, values in columns.items()}
        dates = [name for name, value in {**firsts, **constants}.items() if isinstance(value, date)]
        ends = {"starts": self.starts and list(self.starts), "ends": self.ends and list(self.ends)}
        return orjson.dumps(
            {"kind": self.kind, "columns": columns, "constants": constants, "dates": dates, **ends}
        )


def parts_of(changes: Iterable[Change]) -> Iterator[NewRows]:
    """Creations as parts, in their order."""
    groups: dict[tuple[str, bool], list[Change]] = defaultdict(list)
    for change in changes:
        groups[change.kind, bool(change.start)].append(change)
    for (kind, edges), found in groups.items():
        for i in range(0, len(found), CHUNK):
            some = found[i : i + CHUNK]
            made = [change.after or {} for change in some]
            names = dict.fromkeys(name for each in made for name in each)
            columns = {name: [each.get(name) for each in made] for name in names}
            if edges:
                yield NewRows(kind, columns, {}, [c.start for c in some], [c.end for c in some])
            else:
                yield NewRows(kind, columns, {})


def lines_of(parts: Iterable[NewRows], there: Iterable[str]) -> Iterator[bytes]:
    """The lines of parts, after those of the nodes at which edges end and which are `there` already."""
    by_label: dict[str, list[str]] = defaultdict(list)
    for id_ in there:
        by_label[label_of(id_)].append(id_)
    for label, ids in by_label.items():
        yield orjson.dumps({"known": label, "ids": ids})
    for part in parts:
        yield part.line()
