"""Paths as one table, for printing, a workbook or CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from graph.errors import NotFound
from graph.labels import headings
from graph.paths.shapes import PathShape, PathsShape, WaysShape
from graph.reading.answer import Answer
from graph.store import Row

HEADINGS = {
    **headings(PathsShape, "source_name", "verdict"),
    **headings(PathShape, "rank", "resource_name", "category", "provider_name", "cost", "sentence_zh"),
    **headings(PathsShape, "why_not", "missing"),
    **headings(WaysShape, "not_walked", "truncated"),
}
LISTS = ("hops", "nodes", "costs", "capacity")
_ENDS = ("source", "source_name", "target", "target_name", "verdict", "missing", "not_walked", "truncated")


def table_rows(found: Sequence[PathsShape | WaysShape]) -> list[Row]:
    """A row for each path; where there is none, the verdict, what is missing and why.

    `found` are the data of paths, chains or connections.
    """
    return [_flat(data, path) for data in found for path in _paths(data)]


def _paths(data: PathsShape | WaysShape) -> Sequence[Mapping[str, Any]]:
    """The paths, or one of no columns where there is none."""
    return data["paths"] or [{}]


def _flat(data: Mapping[str, Any], path: Mapping[str, Any]) -> Row:
    """The question, and a path without its lists."""
    head: Row = {n: data[n] for n in _ENDS if n in data}
    left = {n: v for n, v in path.items() if n not in LISTS}
    why = data.get("why_not") or {}
    return {**head, "why_not": why.get("sentence_zh"), **left}


def listed_paths(found: Sequence[Answer[PathsShape]]) -> Answer[list[Row]]:
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
    rows = table_rows([a.data for a in found])
    stamp = replace(first, queries=queries, parameters=shared, rows=len(rows))
    return Answer(rows, stamp)
