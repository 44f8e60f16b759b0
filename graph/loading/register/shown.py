"""What the clerk sees in a cell: the stored value under its number format, or why that is not certain."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from graph.loading.cells import BadCell

Cell = str | BadCell
"""The text of a cell as it is seen, or why there is none that is certain."""


class Number(str):
    """The text of a number: of 2021.10 it shows 2021.1, so it is no month that is certain."""

    __slots__ = ()


ERROR_WORDS = re.compile(
    r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|#+)|Err:\d+", re.IGNORECASE
)
PICTURE = re.compile(r"=?\s*(_xlfn\.)?DISPIMG\(", re.IGNORECASE)
_PLAIN = re.compile(
    r"(?P<before>[^#0,.%]*)(?P<body>[#0,]*0(\.(?P<places>0+))?)(?P<percent>%?)(?P<after>[^#0,.%]*)"
)
_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_SKIPPED = re.compile(r"_.|\*.|\[(?!h|m|s)[^\]]*\]", re.IGNORECASE)
CHINESE = {
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((34, 55), 'h"时"mm"分"'),
    **dict.fromkeys((35, 56), 'h"时"mm"分"ss"秒"'),
}
"""Formats of dates that Chinese Excel names by number only (ECMA-376, 18.8.30, zh-cn)."""
LONGEST = 40
"""Characters of a formula that are shown."""
_DIGITS = 15
"""Of a number Excel keeps so many."""


@dataclass
class ShownSheet:
    """One sheet as it is seen; `merged` are top, left, bottom, right of merged cells, inclusive, from 0.

    A `hidden` one, last year's perhaps, is not seen, and holds no rows of a register; rows that are
    hidden, by a filter mostly, are counted.
    """

    name: str
    rows: list[list[Cell]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: int = 0


def stored(cell: Cell) -> str | int | float:
    """A cell as a copy has it: a number stays a number, which says less of a month than a text does."""
    if isinstance(cell, BadCell):
        return float(cell.value) if cell.value.isdigit() else cell.value
    if isinstance(cell, Number) and cell == (cell.lstrip("0") or "0"):
        with suppress(ValueError):
            return int(cell) if cell.isdigit() else float(cell)
    return str(cell)


def shown_text(text: str) -> Cell:
    """A text; a picture formula of WPS is none, nor is an error that a text file has as its words."""
    if ERROR_WORDS.fullmatch(text.strip()):
        return error_cell(text.strip())
    if PICTURE.match(text):
        return BadCell(
            "单元格里是图片，不是文字；请填写文字或留空", "the cell holds a picture, no text", text[:LONGEST]
        )
    return text


def shown_number(value: float, format_: str) -> Cell:
    """A number as its format shows it; `General` and text formats show all digits."""
    section = _SKIPPED.sub("", format_.partition(";")[0]).strip()
    if abs(value) >= 10**_DIGITS:
        return BadCell(
            f"超过 {_DIGITS} 位的数字，Excel 不保留全部数位；请设为文本后重填",
            f"more than {_DIGITS} digits: Excel does not keep them, format as text and type again",
            f"{value:.0f}",
        )
    if section.lower() in ("", "general", "@", "g/通用格式", "standard"):
        return Number(int(value) if value == int(value) else repr(value))
    bare = _QUOTED.sub(lambda found: "\x00" * len(found[1] or found[2] or ""), section)
    words = _QUOTED.sub(lambda found: found[1] or found[2] or "", section)
    match = _PLAIN.fullmatch(bare)
    if match is None:
        return BadCell(
            f"数字格式 {format_} 无法确定地读取；请设为常规格式",
            f"the number format {format_} is not read with certainty: use General",
            repr(value),
        )
    places = len(match["places"] or "")
    scaled = Decimal(repr(value)) * (100 if match["percent"] else 1)
    digits = f"{abs(scaled).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    wide = match["body"].partition(".")[0].count("0")
    whole, dot, rest = digits.partition(".")
    sign = "-" if scaled < 0 else ""
    before, after = words[: len(match["before"])], words[len(words) - len(match["after"]) :]
    return Number(f"{before}{sign}{whole.zfill(wide)}{dot}{rest}{match['percent']}{after}".strip())


def shown_day(value: date | time | timedelta, format_: str) -> Cell:
    """A day as precisely as its format shows it: `2015-07-01`, `2015-07` or `2015`."""
    if not isinstance(value, date):
        return BadCell("是时间，不是所需的内容", "a time of day is not expected", str(value))
    if isinstance(value, datetime) and value.time() != time():
        return f"{value:%Y-%m-%d %H:%M}"
    # Month and day are in the format as letters; minutes do not occur without hours.
    letters = _QUOTED.sub("", _SKIPPED.sub("", format_.partition(";")[0])).lower()
    if "y" in letters and "d" not in letters:
        return f"{value:%Y-%m}" if "m" in letters else f"{value:%Y}"
    if "y" not in letters and "e" not in letters and format_.lower() != "general":
        return BadCell(
            f"日期格式 {format_} 不显示年份，无法确定；请用带年份的格式",
            f"the date format {format_} shows no year: use one that does",
            f"{value:%Y-%m-%d}",
        )
    return f"{value:%Y-%m-%d}"


def error_cell(shown: str = "") -> BadCell:
    """A cell that holds an error value."""
    return BadCell(
        "单元格是错误值（如 #N/A）；不知道请留空",
        "an error value: leave the cell empty where not known",
        shown,
    )


def unanswered() -> BadCell:
    """A formula whose result the file does not hold."""
    return BadCell(
        "公式没有计算结果；请在 Excel 或 WPS 中打开并保存；若是图片，请改填文字或留空",
        "a formula without a result: save it in Excel; if it is a picture, write text or leave it empty",
    )


def letters(index: int) -> str:
    """The letters over a column, from 0: A, B, …, AA."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
