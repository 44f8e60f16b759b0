"""One cell of a CSV file, read by the type that the model gives its column."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date
from functools import cache
from math import isfinite
from typing import Any

from graph.characters import REPLACEMENT, forbidden_in, tidy
from graph.formulas import FORMULA
from graph.model.base import Property, Term
from graph.model.posts import posts_named
from graph.validation import DAY, no_day

REFUSED = {"unknown", "未知", "null", "n/a", "none given", "不详", "nan"}
"""Words for "not known": an empty cell says that, and a text is not to be mistaken for a value."""

SIGNED = {"lat", "lon", "value"}
"""Numbers that may be negative."""
MOST = {"户": 10_000_000, "人": 100_000_000, "m²": 1_000_000_000, "分钟": 10_000, "天": 100_000}
MOST_OF_ALL = 1_000_000_000_000
"""By unit, what no place in China has more of."""
SCIENTIFIC = re.compile(r"-?\d+(\.\d+)?[eE]\+?\d+")
"""What Excel makes of long numbers when it saves them as CSV."""

_BOOL = {"true": True, "false": False, "是": True, "否": False}
_INT = re.compile(r"-?\d{1,18}")
_FLOAT = re.compile(r"-?\d+(\.\d+)?([eE]-?\d+)?")


class BadCell(ValueError):
    """What was expected, in both languages; `value` is what was found, where it is no text."""

    def __init__(self, zh: str, en: str, value: str = "") -> None:
        super().__init__(en)
        self.value = value
        self.zh = zh
        self.en = en


def refuse_controls(text: str) -> None:
    """Raises `BadCell` for a text that holds a character no other program could read back."""
    found = forbidden_in(text)
    if found is not None:
        raise BadCell(
            f"含有不可见的控制字符 {found}，请删去后重填",
            f"holds the control character {found}: remove it",
            text,
        )
    if REPLACEMENT in text:
        raise BadCell(
            f"含有乱码“{REPLACEMENT}”：文件曾以错误的编码保存，请从原件重新导出",
            f"holds {REPLACEMENT}: the file was once saved in a wrong encoding, export it again",
            text,
        )


def read_cell(text: str, column: Property, among: Collection[str] = ()) -> Any:
    """The typed value of a cell, or None for an empty one (not known).

    `among` are the terms that a word with several meanings may stand for here. A leading
    apostrophe before what Excel takes for a formula is how our own CSV files protect it.
    Raises `BadCell` with what was expected.
    """
    refuse_controls(text)  # first: `strip` takes some of them off
    text = tidy(text).strip()
    if not text:
        return None
    if text.lower() in REFUSED:
        raise BadCell("未知的内容请留空", "leave the cell empty where the value is not known")
    if column.kind == "enum":
        return _term(text, column, among)
    if text[:1] == "'" and text[1:2] in FORMULA:
        text = text[1:]
    if column.kind == "list":
        return [] if text == "-" else [_item(t.strip(), column) for t in text.split(";")]
    if column.kind == "text":
        return text
    return possible(_READ[column.kind](text), column)


def possible(value: Any, column: Property) -> Any:
    """A number that can be one of its column; raises `BadCell`."""
    if column.kind in ("int", "float") and column.name not in SIGNED:
        if value < 0:
            raise BadCell("不能是负数", "expected no negative number")
        most = MOST.get(column.prop.unit or "", MOST_OF_ALL)
        if value > most:
            raise BadCell(f"过大，应不超过 {most:,}", f"too large, expected at most {most:,}")
    return value


def _item(text: str, column: Property) -> str:
    if not text:
        raise BadCell("列表中有空项（用 ; 分隔）", "an item of the list is empty (separate with ;)")
    return text if column.vocabulary is None else _term(text, column)


def _term(text: str, column: Property, among: Collection[str] = ()) -> str:
    assert column.vocabulary is not None
    spoken = posts_named(text, among)
    if len(spoken) == 1:
        return spoken[0]
    found = _meanings(column.vocabulary).get(text, ())
    if len(found) > 1:
        found = tuple(t for t in found if t in among) or found
    if len(found) == 1:
        return found[0]
    if found:
        words = ", ".join(found)
        raise BadCell(f"“{text}”有多种含义，请写：{words}", f"ambiguous, write one of: {words}")
    words = ", ".join(f"{t.value} {t.zh}" for t in column.vocabulary)
    raise BadCell(f"应为其中之一：{words}", f"expected one of: {words}")


@cache
def _meanings(vocabulary: type[Term]) -> dict[str, tuple[str, ...]]:
    """What a word may stand for; a code stands for itself alone."""
    found: dict[str, tuple[str, ...]] = {}
    for term in vocabulary:
        found[term.zh] = (*found.get(term.zh, ()), term.value)
    shown = {shown_term(term): (term.value,) for term in vocabulary}
    return found | shown | {term.value: (term.value,) for term in vocabulary}


def shown_term(term: Term) -> str:
    """A term in one word of Chinese, with its code where another term has the same word."""
    same = [t for t in type(term) if t.zh == term.zh]
    return term.zh if len(same) == 1 else f"{term.zh} {term.value}"


def refuse_scientific(text: str) -> None:
    """Raises `BadCell` for a number that lost its digits to scientific notation."""
    if SCIENTIFIC.fullmatch(text):
        raise BadCell(
            f"被 Excel 存成了科学计数法 {text}，原来的数字已不全；请把整列设为文本后从原件重新填写",
            f"stored as {text} by Excel, which lost digits: format the column as text and enter it again",
        )


def _bool(text: str) -> bool:
    try:
        return _BOOL[text.lower()]
    except KeyError:
        raise BadCell("应为 true/false 或 是/否", "expected true or false") from None


def _date(text: str) -> date:
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise BadCell(*no_day(text))


def _int(text: str) -> int:
    if _INT.fullmatch(text):
        return int(text)
    refuse_scientific(text)
    raise BadCell("应为整数（不用“万”）", "expected a whole number")


def _float(text: str) -> float:
    if _FLOAT.fullmatch(text) and isfinite(float(text)):
        return float(text)
    raise BadCell("应为数字（不用“万”“%”）", "expected a plain number")


_READ: dict[str, Callable[[str], Any]] = {"bool": _bool, "date": _date, "int": _int, "float": _float}
