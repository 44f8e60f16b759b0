"""The paths of several sources as one answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.answers import Answer
from graph.errors import NotFound
from graph.paths.flat import flat_rows


def listed_paths(found: Sequence[Answer]) -> Answer:
    """The rows with the stamp of the first answer, and of the others what differs from it.

    Raises `NotFound` where nothing was asked: an empty table would say that there is no path.
    """
    if not found:
        raise NotFound("该辖区没有需求或小区。", "no need and no quarter there.", subject="area")
    first = found[0].stamp
    queries = {name: revision for a in found for name, revision in a.stamp.queries.items()}
    shared = {
        name: value
        for name, value in first.parameters.items()
        if all(a.stamp.parameters.get(name) == value for a in found)
    }
    rows = flat_rows([a.data for a in found])
    stamp = replace(first, queries=queries, parameters=shared, rows=len(rows))
    return Answer(rows, stamp)
