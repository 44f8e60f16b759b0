"""Words of a cell as values: amounts with units, 是 and 否, and what says that nothing is there."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import Any

from graph.loading.cells import BadCell
from graph.loading.register.kinds import VOCABULARY
from graph.loading.register.numerals import with_digits
from graph.spelling import simplified

_WORDS: dict[str, Any] = tomllib.loads((VOCABULARY / "amounts.toml").read_text("utf-8"))

UNKNOWN = {"未知", "不详", "不清楚", "待定", "待核实", "待核", "暂缺", "?", "？", "n/a", "未提供", "不明"}
_ELSEWHERE = {
    "同上",
    "同前",
    "同左",
    "〃",
    "″",
    '"',
    "略",
    "附后",
    "另附",
    "见附件",
    "见附表",
    "见备注",
    "详见附件",
    "详见附表",
    "详见备注",
}
"""What is no value, and no name: 同上 looks like one."""
_VACANT = {"空缺", "空岗", "缺额", "缺员", "缺编", "待选", "待选举", "待补选", "待聘", "待配备"}
"""Of a post: nobody holds it, and the body is there."""
CROSSED = {*"/-—\\", "——", "--", "//"}
"""A cell that is crossed out."""
NO_DAY = CROSSED | {"无", "暂无"}
ABSENT = {"无", *CROSSED, *_VACANT}
_NONE = re.compile(
    r"(无|没有|[暂尚]无|[暂尚还]?未)(聘[请用]?|引[进入]|进驻|成立|组?建立?|设立?|配备|选举?|产生)?出?"
    r"(物业|业主委员会|业委会|物管会|党支部|党组织|支部)?(公司|企业|服务|管理)*"
)
"""无物业公司, 未聘请物业, 尚未成立业委会."""
_MANAGED = re.compile(
    r"(社区|街道|居委会?|村委会?|业主|居民|产权单位|单位|业委会)?"
    r"(自管|自治|自[主行我]管理|代管|托管|兜底)(管理|服务)?"
)
PENDING = re.compile(
    r"(正在|拟|尚在|已?启动)?(筹[备建组]|组建|建立|成立|换届|选举)(中|阶段|过程中)?|待(成立|组建|换届|建)|拟建"
)
"""Of a body: one may be there by now, or not."""
YES = {*"是有√✓✔已y1☑对", "已成立", "已建", "已建立", "已组建", "已备案", "yes", "true"}
_NO = {*"否×✗✘xn0", "未备案", "no", "false", *ABSENT} - _VACANT
_AMOUNT = re.compile(
    r"(?P<about>约|大约|近|将近|左右|超过|超)?(?P<number>\d+(?:\.\d+)?)(?P<ten>[万千百]?)"
    r"(?P<more>余|多|来)?(?P<unit>[^\d]*?)(?P<end>以上|以下|以内|左右|余)?"
)
_UNITS = {
    "户": {"户", "套", "住户"},
    "m²": {"平方米", "平米", "㎡", "m2", "m²", "平方", "平"},
    "人": {"人", "名"},
    "": {"人", "名", "个", "位"},
    "天": {"天", "日"},
}
_AREAS = {"亩", "公顷", "平方公里", "km²"}
"""What else floor is measured in by a heading; refused at each cell, and never taken for m²."""
_EVERY_UNIT = _AREAS.union(*_UNITS.values())
_ASIDE = re.compile(
    r"(?P<amount>[^（()）]*?[\d一二两三四五六七八九十百千万][^（()）]*?)"
    rf"(?:[（(](?P<aside>[^（()）]*)[)）]|[，,;；、\s]*(?P<beside>(?:{'|'.join(_WORDS['beside'])}).*))"
)
"""312户（含商铺12户）, 312户，其中商铺12户."""
_IN_HEADING = re.compile(r"[（(\[【]([^（）()\[\]【】]*)[)）\]】]")
_BARE = re.compile(r"((?:约|大约|近|将近|超过|超)?[\d,]+(?:\.\d+)?)(余|多|以上|以下|以内|左右|)")
_TENS = {"": 1, "百": 100, "千": 1_000, "万": 10_000}


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Narrow and simplified, without blanks and invisible characters; `√` and `㎡` stay."""
    narrow = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cc", "Zs"))
    small = "".join(c if c in "㎡√²" else unicodedata.normalize("NFKC", c) for c in narrow)
    return small if small.isascii() else small.translate(simplified())


def without_brackets(text: str) -> str:
    """What a cell says but for its brackets; all of it where nothing stands before them."""
    words = plain(text)
    return re.sub(r"\([^()]*\)", "", words) or words


def is_unknown(text: str) -> bool:
    """Whether a cell says that it is not known."""
    return plain(text).lower() in UNKNOWN


def refers_elsewhere(text: str) -> bool:
    """Whether a cell says nothing itself: 同上, 见附件."""
    return plain(text).strip("（）()") in _ELSEWHERE


def is_absent(text: str) -> bool:
    """Whether a cell for a name says that there is none: 无, 无物业公司, 未聘请, 空缺."""
    return plain(text) in ABSENT or _NONE.fullmatch(plain(text)) is not None


def is_managed(text: str) -> bool:
    """Whether a cell for a firm says that the property is managed without one: 社区代管, 业主自管."""
    return _MANAGED.fullmatch(plain(text)) is not None


def says_no(text: str) -> bool:
    """Whether a cell says that something is not there, or not done: 否, ×, 未成立."""
    words = plain(text).lower()
    return words in _NO or _NONE.fullmatch(words) is not None


def amount_apart(text: str) -> tuple[str, str | None]:
    """An amount and what is said beside it; what says in brackets how exact it is, or its unit, is of it."""
    found = _ASIDE.fullmatch(text.strip())
    if found is None:
        return text, None
    aside = found["aside"] if found["aside"] is not None else found["beside"]
    if plain(aside) in _WORDS["about"]:
        return f"约{found['amount']}", None
    if plain(aside) in _WORDS["qualifiers"]:
        return found["amount"] + plain(aside), None
    if plain(aside).lstrip("".join(_TENS)) in _EVERY_UNIT:
        return found["amount"] + aside, None
    return found["amount"], aside


def read_amount(text: str, unit: str | None) -> tuple[float, str]:
    """The number in the property's unit, and exact, about, at_least or at_most; raises `BadCell`."""
    words = with_digits(plain(amount_apart(text)[0]).replace(",", ""))
    found = _AMOUNT.fullmatch(words)
    if found is None and re.fullmatch(r"-\d+(\.\d+)?\D*", words):
        raise BadCell("不能是负数", "a negative number", text)
    if found is None and re.fullmatch(r"\d+(\.\d+)?E\+?\d+", words, re.IGNORECASE):
        raise BadCell(
            "是科学计数法，Excel 已丢失数位；请设为数字或文本格式后重填",
            "scientific notation: Excel has lost digits, format as number and type again",
            text,
        )
    if found is None:
        raise BadCell("不是数字", "no number", text)
    if found["unit"] and found["unit"] not in _UNITS.get(unit or "", {unit}):
        raise BadCell(
            f"单位“{found['unit']}”不对，应为{unit or '无单位'}", f"expected {unit or 'no unit'}", text
        )
    value = float(Decimal(found["number"]) * _TENS[found["ten"]])
    if found["more"] or found["end"] in ("以上", "余") or found["about"] in ("超过", "超"):
        return value, "at_least"
    if found["end"] in ("以下", "以内"):
        return value, "at_most"
    return value, "about" if found["about"] or found["end"] else "exact"


def with_unit(text: str, heading: str, unit: str | None) -> str:
    """A number without a unit, with that of the brackets in its column's heading: 12.5 under 面积（万㎡）."""
    bare = _BARE.fullmatch(with_digits(plain(amount_apart(text)[0])))
    if unit is None or bare is None:
        return text
    for found in _IN_HEADING.finditer(plain(heading)):
        inner = found[1]
        words = inner.removeprefix("单位").lstrip(":")
        if words != inner or words.lstrip("".join(_TENS)) in _UNITS.get(unit, {unit}) | _AREAS:
            return f"{bare[1]}{words}{bare[2]}"
    return text


def read_truth(text: str) -> bool:
    """是, 有, √ and their opposites; raises `BadCell`."""
    words = plain(text).lower()
    if words in YES:
        return True
    if says_no(words):
        return False
    raise BadCell("应为 是/否、有/无、√/×", "expected 是/否, 有/无, √/×", text)
