"""The rows that reports count and list: one per finding, of one data version.

Rows are read unmasked, because a withheld id can be neither
counted nor compared; whatever is shown passes `explained_rows` first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from graph.catalogue.kinds import SEVERITIES
from graph.errors import BadParameter
from graph.model import BODIES, label_of
from graph.reading.graph import Graph
from graph.reading.rows import rows_as
from graph.rules.check import VERDICTS, Judged, judge
from graph.rules.sentences import explain_rows
from graph.rules.shapes import CheckRow
from graph.store import Row


async def read_judged(
    graph: Graph, *, area: str | None = None, as_of: date | None = None, whole: Collection[str] = VERDICTS
) -> Judged:
    """Judged rows, one per finding, those of other verdicts than `whole` to be counted alone.

    Raises `NotFound`.
    """
    found = await judge(graph, area=area, as_of=as_of, whole=whole)
    rows = distinct(found.rows)
    parameters = {"area": area, "as_of": found.stamp.as_of}
    stamp = replace(found.stamp, parameters=parameters, rows=len(rows), profile=None)
    return replace(found, rows=rows, stamp=stamp)


def distinct(rows: Iterable[Row]) -> list[Row]:
    """One row per finding; where places lie in each other, the one that people look at first."""
    found: dict[str, Row] = {}
    for row in rows:
        known = found.setdefault(row["finding"], row)
        if severity_key(row) < severity_key(known):
            found[row["finding"]] = row
    return list(found.values())


def severity_key(row: Row) -> tuple[int, int]:
    """Sorts rows as people look at them: by verdict, then most serious first."""
    return VERDICTS.index(row["verdict"]), -SEVERITIES.index(row["severity"])


async def explained_rows(graph: Graph, rows: Sequence[Row]) -> list[CheckRow]:
    """Rows as people may see them, with names and reasons; in the same order."""
    shown: list[Row] = []
    for rule, group in groupby(rows, key=lambda row: str(row["rule"])):
        shown += graph.viewer.rows(graph.catalogue[rule].judged_columns, group)
    await explain_rows(graph, shown)
    return rows_as(CheckRow, shown)


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
