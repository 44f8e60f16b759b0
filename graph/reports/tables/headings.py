"""What people read in place of codes and column names, in tables and in workbooks."""

from __future__ import annotations

from typing import Any

from graph.model.vocabulary import AreaLevel, ResourceCategory

COVERAGE = {
    "title_zh": "维度",
    "name": "辖区",
    "level": "级别",
    "covered": "已覆盖",
    "gap": "缺口",
    "unknown": "未知",
    "total": "合计",
    "total_complete": "总数齐全",
    "measures": "第二口径",
    "claims": "公布数字",
}
GAPS = {
    "title_zh": "维度",
    "subject": "对象",
    "subject_name": "名称",
    "area_name": "所在辖区",
    "state": "状态",
    "since": "自",
    "households": "户数",
    "rules": "规则",
    "missing": "缺什么台账",
}
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

CODED = ("level", "state", "verdict", "verdict_before", "severity", "category", "change", "effect")
WORDS = {
    "covered": "已覆盖",
    "gap": "缺口",
    "unknown": "未知",
    "pass": "符合",
    "fail": "不符合",
    "not_possible": "条件不具备",
    "not_applicable": "不适用",
    "info": "提示",
    "warning": "提醒",
    "violation": "违规",
    "appear": "将产生",
    "disappear": "将消除",
    "stay": "仍在",
    "new": "新增",
    "gone": "消除",
    "staying": "仍在",
    "changed": "其他结论变化",
    "found": "有通路",
    "none": "没有通路",
    **{t.value: t.zh for t in AreaLevel},
    **{t.value: t.zh for t in ResourceCategory},
}


def told(column: str, value: Any) -> Any:
    """A code as people say it; programs get the code."""
    return WORDS.get(value, value) if column in CODED and isinstance(value, str) else value
