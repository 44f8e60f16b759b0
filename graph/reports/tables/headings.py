"""What people read in place of codes and column names, in tables and in workbooks."""

from __future__ import annotations

from typing import Any

from graph.model.vocabulary import AreaLevel, ResourceCategory
from graph.model.words import CAUSES, CHANGES, EFFECTS, PATHS, SEVERITIES, STATES, VERDICTS

MORE = {
    "area": "辖区编号",
    "dimension": "维度代码",
    "evidence": "依据",
    "unit": "单位",
    "title": "Title",
    "derived": "推算",
    "share_low": "覆盖率下限",
    "share_high": "覆盖率上限",
    "source": "起点编号",
    "source_name": "起点",
    "verdict": "结论",
    "finding": "编号",
}
"""Headings of the columns that a workbook shows and a printed table leaves out."""

CODED = ("cause", "level", "state", "verdict", "verdict_before", "severity", "category", "change", "effect")
WORDS = {
    **STATES,
    **VERDICTS,
    **SEVERITIES,
    **EFFECTS,
    **CHANGES,
    **CAUSES,
    **PATHS,
    **{t.value: t.zh for t in AreaLevel},
    **{t.value: t.zh for t in ResourceCategory},
}


def told(column: str, value: Any) -> Any:
    """A code as people say it; programs get the code."""
    return WORDS.get(value, value) if column in CODED and isinstance(value, str) else value
