"""Which lines below a heading are rows of the register: no hints, totals, remarks, blank lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence, Set
from functools import cache
from typing import Any

from graph.loading.register.kinds import HEADINGS
from graph.loading.register.numerals import date_with_digits
from graph.loading.register.shown import Cell, ShownSheet
from graph.spelling import simplified

HINT_ROWS = 2
"""Lines below a heading that may say how to fill in, or number the columns."""
_TOTAL = re.compile(
    r".{0,12}(小计|合计|总计)|[合共总]计?[:：]?[\d,]+[个户人条家名](小区|单位|网格|党员)?|(以下)?(空白|无正文)"
)
"""蒲苇社区小计, 共6个小区, and 以下空白, which is no name."""
_GROUP = re.compile(
    r"(第?[一二三四五六七八九十\d]+[、.．]|[（(][一二三四五六七八九十\d]+[）)])?\s*"
    r"(?P<name>[\u3400-\u9fff]{1,12}(社区|村|居委会))\s*([（(].*[）)])?[:：]?"
)
_A_DAY = re.compile(r"(填报|制表)?(日期|时间)?[:：]?\s*\d{4}\s*年\s*\d{1,2}\s*月(\s*\d{1,2}\s*日)?")
_AN_EXAMPLE = re.compile(r"[（(]?如\s*\d")
"""如2008: 如意小区 is a name."""


def body_rows(sheet: ShownSheet, last: int) -> list[int]:
    """Rows below the heading that are rows of the register: no hints, totals, remarks, blank lines."""
    return [
        n
        for n in range(last + 1, len(sheet.rows))
        if why_no_row(sheet.rows[n], n - last) is None and not _is_heading(sheet, n, last)
    ]


def _is_heading(sheet: ShownSheet, row: int, last: int) -> bool:
    """Whether a line is the heading again, as on every printed page."""
    above = sheet.rows[max(0, last - 1) : last + 1]
    said = [(i, cell) for i, cell in enumerate(sheet.rows[row]) if cell != ""]
    return len(said) > 1 and all(cell in [line[i] for line in above] for i, cell in said)


def group_of(row: Sequence[Cell], read: Set[int]) -> str | None:
    """The community that a line of its own names, for the rows below it: 一、清泉社区（12个小区）.

    Without a number it is one only where no column is `read`: 铁路新村 below 小区名称 is a quarter.
    """
    said = {i: str(cell).strip() for i, cell in enumerate(row) if cell != ""}
    found = _GROUP.fullmatch(next(iter(said.values()))) if len(set(said.values())) == 1 else None
    return found["name"] if found and (found[1] or not read & said.keys()) else None


def why_no_row(row: Sequence[Cell], below: int) -> str | None:
    """What a line is instead of a row of the register; None for a row. `below` the heading, from 1."""
    texts = [str(cell).strip() for cell in row if cell != ""]
    if not any(texts):
        return "空行"
    words = vocabulary()
    texts = [text.translate(simplified()) for text in texts]
    first = re.sub(r"\s", "", next(text for text in texts if text))
    begin = [re.sub(r"\s", "", text).strip("：:()（）") for text in texts[:2]]
    if any(t in words["totals"] or _TOTAL.fullmatch(t) for t in begin):
        return "合计"
    if len(set(texts)) == 1 and _A_DAY.fullmatch(date_with_digits(re.sub(r"\s", "", texts[0]))):
        return "说明"
    # `1.` may begin a remark, and a row too.
    if first.startswith(tuple(w for w in words["remarks"] if len(set(texts)) == 1 or w[:1] not in "123*①②③")):
        return "说明"
    return _how_to_fill_in(texts) if below <= HINT_ROWS else None


def _how_to_fill_in(texts: list[str]) -> str | None:
    words = vocabulary()
    hints = [
        any(hint in text for hint in words["hints"])
        or text.lower().strip("()（）") in words["forms"]
        or _AN_EXAMPLE.match(text) is not None
        for text in texts
    ]
    if sum(hints) * 3 >= len(texts):
        return "填写提示"
    return "列号" if len(texts) > 1 and texts == [str(n) for n in range(1, len(texts) + 1)] else None


@cache
def vocabulary() -> dict[str, Any]:
    """The words of `headings.toml`."""
    return tomllib.loads(HEADINGS.read_text("utf-8"))
