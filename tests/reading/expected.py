"""Whether rows are what a place's question expects of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.reading.place_questions import PlaceQuestion


def unmet(question: PlaceQuestion, rows: list[dict[str, Any]]) -> list[str]:
    """What the rows fail to give back; empty when the answer is as the document says."""
    problems = []
    if question.rows is not None and len(rows) != question.rows:
        problems.append(f"{len(rows)} rows, expected {question.rows}")
    unmatched = [w for w in question.expect if not any(_is_as(row, w) for row in rows)]
    return problems + [f"no row with {dict(wanted)}" for wanted in unmatched]


def _is_as(row: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return all(name in row and _meets(row[name], value) for name, value in wanted.items())


def _meets(value: Any, wanted: Any) -> bool:
    if isinstance(wanted, Mapping):
        return all(word in (value or ()) for word in wanted["has"])
    return bool(value == wanted)
