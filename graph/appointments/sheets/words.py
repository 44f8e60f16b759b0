"""The words of a sheet of proposals: headings of columns, actions, and what cells say."""

from __future__ import annotations

from typing import Any

from graph.loading.cells import BadCell
from graph.loading.register.days import read_day
from graph.loading.register.shown import Cell
from graph.loading.register.values import read_truth
from graph.model.vocabulary import PayBasis, Portfolio, PostCapacity

HEADINGS: dict[str, tuple[str, ...]] = {
    "kind": ("动作", "任免", "任免类型", "变动", "变动类型", "类型", "事项"),
    "person": ("人员", "姓名", "人名", "拟任免人员", "拟任人选", "人选"),
    "body": ("组织", "组织名称", "单位", "机构", "任职单位", "任职组织", "所在组织"),
    "role": ("职务", "拟任职务", "拟免职务", "任免职务", "岗位"),
    "as_of": ("日期", "生效日", "生效日期", "任免日期", "起始日", "自"),
    "until": ("终止日", "延期至", "延至", "至（不含）"),
    "portfolio": ("分工",),
    "capacity": ("任职身份",),
    "title": ("职务名称",),
    "elected": ("选举产生",),
    "approved": ("已批准",),
    "approved_by": ("批准机关", "批准单位"),
    "concurrent": ("兼任",),
    "paid": ("领取报酬", "取酬"),
    "pay_basis": ("报酬依据",),
    "term_until": ("任期截止", "任期至"),
    "post": ("任职编号",),
}
"""Headings by field, the first as the template writes it; the name of the field is one too."""
ACTIONS = {
    "appoint": ("任命", "任", "任职", "聘任", "选任", "增补", "新任"),
    "relieve": ("免职", "免", "免去", "卸任", "辞职", "退出"),
    "extend": ("延期", "延长", "延任"),
    "pay": ("待遇", "报酬", "调整待遇"),
}
CODED = {"portfolio": Portfolio, "capacity": PostCapacity, "pay_basis": PayBasis}
DAYS, TRUTHS = ("as_of", "until", "term_until"), ("elected", "approved", "concurrent", "paid")


def cell_value(name: str, cell: Cell) -> Any:
    """What a cell says, in the words of a proposal; raises `BadCell`."""
    if isinstance(cell, BadCell):
        raise cell
    text = str(cell).strip()
    if name == "kind":
        kinds = [kind for kind, words in ACTIONS.items() if text in (kind, *words)]
        if not kinds:
            listed = "、".join(words[0] for words in ACTIONS.values())
            raise BadCell(f"应为 {listed} 之一", f"expected one of {', '.join(ACTIONS)}", text)
        return kinds[0]
    if name in DAYS:
        day = read_day(text)
        if day.precision != "day":
            raise BadCell("应写明到日，如 2025-07-01", "expected a day such as 2025-07-01", text)
        return day.day.isoformat()
    if name in TRUTHS:
        return read_truth(text)
    if name in CODED:
        found = [term.value for term in CODED[name] if text in (term.value, term.zh)]
        if not found:
            listed = "、".join(term.zh for term in CODED[name])
            raise BadCell(f"应为 {listed} 之一", f"expected one of {[*CODED[name]]}", text)
        return found[0]
    return text
