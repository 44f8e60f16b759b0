"""Gaps and candidates as one table, for printing, a workbook or CSV."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.appointments.candidates.shapes import CandidateGap, CandidateRow, Candidates
from graph.labels import headings
from graph.store import Row

HEADINGS = {
    **headings(CandidateGap, "code", "title_zh", "subject_name", "area_name", "verdict", "summary_zh"),
    **headings(CandidateRow, "rank", "candidate", "candidate_name", "body_name", "role_zh", "reasons_zh"),
    **headings(CandidateRow, "blocked_by", "unconfirmed", "posts", "owner", "party"),
}
_OF_GAP = (
    "rule",
    "code",
    "title_zh",
    "subject",
    "subject_name",
    "area",
    "area_name",
    "verdict",
    "summary_zh",
    "finding",
)
_OF_CANDIDATE = (
    "rank",
    "candidate",
    "candidate_name",
    "body",
    "body_name",
    "role",
    "role_zh",
    "from_body",
    "from_body_name",
    "closes",
    "posts",
    "owner",
    "party",
    "blocked_by",
    "unconfirmed",
    "evidence",
    "reasons_zh",
)


def table_rows(data: Candidates) -> list[Row]:
    """A row per candidate, with its gap; a gap without candidates has a row too.

    Columns of a candidate are None where there is none.
    """
    listed: dict[str, list[Mapping[str, Any]]] = {}
    for row in data["rows"]:
        listed.setdefault(row["finding"], []).append(row)
    return [
        {**{n: gap.get(n) for n in _OF_GAP}, **{n: row.get(n) for n in _OF_CANDIDATE}}
        for gap in data["gaps"]
        for row in listed.get(gap["finding"], [{}])
    ]
