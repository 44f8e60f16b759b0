"""Gaps and candidates as one table, for printing, a workbook or CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graph.store import Row

HEADINGS = {
    "code": "规则",
    "title_zh": "名称",
    "subject_name": "对象",
    "area_name": "所在辖区",
    "verdict": "结论",
    "summary_zh": "人选概况",
    "rank": "序",
    "candidate": "人员编号",
    "candidate_name": "姓名",
    "body_name": "拟任组织",
    "role_zh": "拟任职务",
    "reasons_zh": "理由",
    "blocked_by": "受限于规则",
    "unconfirmed": "待确认",
    "posts": "现任职务数",
    "owner": "本小区业主",
    "party": "政治面貌",
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


def flat_rows(data: Mapping[str, Sequence[Row]]) -> list[dict[str, Any]]:
    """A row per candidate, with its gap; a gap for which there is nobody has a row too.

    `data` as `find_candidates` gives it. Columns of a candidate are None where there is none.
    """
    listed: dict[str, list[Row]] = {}
    for row in data["rows"]:
        listed.setdefault(row["finding"], []).append(row)
    return [
        {**{n: gap[n] for n in _OF_GAP}, **{n: row.get(n) for n in _OF_CANDIDATE}}
        for gap in data["gaps"]
        for row in listed.get(gap["finding"], [{}])
    ]
