"""The paths of several sources as the rows of one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from graph.answers import Answer
from graph.errors import NotFound

LISTS = ("hops", "nodes", "costs", "capacity")
KEYS = ("source", "source_name", "verdict", "missing")


def path_rows(found: Sequence[Answer]) -> list[dict[str, Any]]:
    """A row for each path; where there is none, the verdict and what is missing."""
    return [flat_path(a.data, path) for a in found for path in a.data["paths"] or [{}]]


def flat_path(data: Mapping[str, Any], path: Mapping[str, Any]) -> dict[str, Any]:
    """One row: the question, and a path without its lists."""
    head: dict[str, Any] = {n: data[n] for n in KEYS if n in data}
    left = {n: v for n, v in path.items() if n not in LISTS}
    why = data.get("why_not") or {}
    return {**head, "why_not": why.get("sentence_zh"), **left}


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
    rows = path_rows(found)
    stamp = replace(first, queries=queries, parameters=shared, rows=len(rows))
    return Answer(rows, stamp)
