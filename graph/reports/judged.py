"""The rows that reports count and list: one per finding, of one data version.

Above checks, below the tables. Rows are read unmasked, because a withheld id can be neither
counted nor compared; whatever is shown passes `tell_rows` first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from graph.catalogue.profiles import SEVERITIES
from graph.errors import BadParameter
from graph.model import BODIES, label_of
from graph.reading.answer import Stamp
from graph.reading.areas import AreaTree, read_areas
from graph.reading.graph import Graph
from graph.reading.masking import mask_rows
from graph.rules.check import VERDICTS, check_rules
from graph.rules.sentences import explain_rows
from graph.store import Row


@dataclass(frozen=True)
class Judged:
    """What the rules found in an area, or everywhere, on a day; unmasked."""

    rows: list[Row]
    tree: AreaTree
    stamp: Stamp

    @property
    def area(self) -> str | None:
        return self.stamp.area


async def read_judged(graph: Graph, *, area: str | None = None, as_of: date | None = None) -> Judged:
    """Judged rows, one per finding. Raises `NotFound`."""
    day = as_of or graph.today()
    answer = await check_rules(graph, area=area, as_of=day, show_personal=True, explain=False)
    rows = distinct(answer.data)
    stamp = replace(answer.stamp, parameters={"area": area, "as_of": day}, rows=len(rows))
    return Judged(rows, await read_areas(graph, day), stamp)


def distinct(rows: Iterable[Row]) -> list[Row]:
    """One row per finding; where places lie in each other, the one that people look at first."""
    found: dict[str, Row] = {}
    for row in rows:
        known = found.setdefault(row["finding"], row)
        if gravity(row) < gravity(known):
            found[row["finding"]] = row
    return list(found.values())


def gravity(row: Row) -> tuple[int, int]:
    """Sorts rows as people look at them: by verdict, then the gravest first."""
    return VERDICTS.index(row["verdict"]), -SEVERITIES.index(row["severity"])


async def tell_rows(graph: Graph, rows: Sequence[Row], *, show_personal: bool) -> list[Row]:
    """Rows as people may see them, with names and reasons; in the same order."""
    told: list[Row] = []
    for rule, group in groupby(rows, key=lambda row: str(row["rule"])):
        told += mask_rows(graph.catalogue[rule].columns, group, show=show_personal)
    await explain_rows(graph, told, show_personal=show_personal)
    return told


def bodies_of(finding: str) -> list[str]:
    """The bodies that a finding is about: ids in its identity, and the body's end of a post."""
    found = [end for part in finding.partition(":")[2].split("|") for end in ends_of(part)]
    return list(dict.fromkeys(id_ for id_ in found if is_body(id_)))


def ends_of(id_: str) -> Iterator[str]:
    """The node ids in an id: of an edge both ends, of a subject with a mark the part before it."""
    parts = id_.split("~")
    yield parts[0].partition("#")[0]
    yield from parts[2:3]


def is_body(id_: str) -> bool:
    """Whether an id is that of a body in which persons hold posts."""
    try:
        return label_of(id_) in BODIES
    except BadParameter:
        return False
