"""A published figure against the graph's own count, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

_NATURES = {
    "target": ("目标，不是现状数", "a target, not what is"),
    "forecast": ("预测，不是现状数", "a forecast, not what is"),
    "norm": ("要求，不是现状数", "a requirement, not what is"),
}
_QUALIFIERS = {
    "exact": ("", ""),
    "at_least": ("至少 ", "at least "),
    "about": ("约 ", "about "),
    "at_most": ("至多 ", "at most "),
}
_SAID = {
    "equal": ("与图中记录一致", "as the graph records"),
    "consistent": ("与图中记录不矛盾", "the graph's records do not contradict it"),
    "fewer": (
        "文献未逐一列名，未列名的不转为记录",
        "the document does not name each one, and what is not named becomes no record",
    ),
    "more": ("图中记录多于公布数，口径或日期可能不同", "the graph records more; scope or day may differ"),
    "near": ("公布数为约数，不判定是否一致", "an approximate figure, not held against the count"),
}


def beside_claim(
    claim: Mapping[str, Any], own: float | None, *, count: str, area_name: str | None, day: date
) -> dict[str, Any]:
    """`{own, difference, relation, reason_zh, reason_en}` of a claim beside a count.

    `relation`: equal, consistent (a bound that the count keeps), fewer or more (recorded than
    published), near (an approximate figure), not_compared.
    """
    value = claim["value"]
    relation, (zh, en) = _related(claim, own, count)
    shown = _QUALIFIERS[claim["qualifier"]]
    if own is not None and relation != "not_compared":
        zh = f"公布{shown[0]}{_number(value)}，图中记录 {_number(own)}：{zh}"
        en = f"published {shown[1]}{_number(value)}, recorded {_number(own)}: {en}"
    more_zh, more_en = _conditions(claim, area_name, day)
    return {
        "own": own,
        "difference": None if own is None or relation == "not_compared" else own - value,
        "relation": relation,
        "reason_zh": "；".join([zh, *more_zh]) + "。",
        "reason_en": "; ".join([en, *more_en]) + ".",
    }


def _related(claim: Mapping[str, Any], own: float | None, count: str) -> tuple[str, tuple[str, str]]:
    if claim["nature"] != "observed":
        return "not_compared", _NATURES[claim["nature"]]
    if own is None and count == "share":
        return "not_compared", (
            "总数的台账不全，图中不能计算比例",
            "no register closes the total, so the graph forms no share",
        )
    if own is None:
        return "not_compared", ("图中没有口径相同的计数", "the graph has no count of the same thing")
    relation = _placed(claim["qualifier"], claim["value"], own)
    return relation, _SAID[relation]


def _placed(qualifier: str, value: float, own: float) -> str:
    if qualifier == "about":
        return "near"
    if own == value:
        return "equal"
    if own < value:
        return "consistent" if qualifier == "at_most" else "fewer"
    return "consistent" if qualifier == "at_least" else "more"


def _conditions(claim: Mapping[str, Any], area_name: str | None, day: date) -> tuple[list[str], list[str]]:
    """What else distinguishes the figure from the count: its scope and its day."""
    zh, en = [], []
    scope, published = claim["scope"], claim["as_of_date"]
    if scope and scope not in (area_name, "全区", claim["concerns_name"]):
        zh.append(f"公布口径为“{scope}”")
        en.append(f"the figure's scope is “{scope}”")
    if published is not None and published != day:
        zh.append(f"公布数截至 {published}，统计日期为 {day}")
        en.append(f"the figure is of {published}, the count of {day}")
    return zh, en


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else f"{value:.4g}"
