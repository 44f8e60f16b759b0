"""Words of a cell as days of any precision, and as terms: two days, a length, or a begin without an end."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from graph.loading.cells import BadCell
from graph.loading.register.kinds import VOCABULARY
from graph.loading.register.numerals import date_with_digits, whole
from graph.loading.register.shown import Number
from graph.loading.register.values import plain
from graph.model.precision import last_of

WORDS: dict[str, Any] = tomllib.loads((VOCABULARY / "days.toml").read_text("utf-8"))


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"


_DAY = re.compile(r"(\d{4})[-/.年、](\d{1,2})[-/.月、](\d{1,2})[日号]?")
_MIDNIGHT = re.compile(r"[ T]0{1,2}:00(:00(\.0+)?)?$")
"""What spreadsheets and databases put behind a day in a text file."""
_MONTH = re.compile(rf"(\d{{4}})[-/.年](\d{{1,2}})(?:月份?)?{_any(WORDS['within_month'])}?")
_YEAR = re.compile(rf"(\d{{4}})(?:年?|年?{_any(WORDS['within_year'])})")
_DIGITS = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})?")
_TO = re.compile(r"[至到~\u2014\u2013]+|--")
_FRAMED = re.compile(r"(?:自|从)?(\d[^起至到]*)起?[至到](\d[^止]*)止?")
"""自2023年1月1日起至2025年12月31日止, as contracts have it."""
_OPEN = _any([*WORDS["now"], *WORDS["endless"]])
_SINCE = re.compile(
    rf"[自从]?(?P<begin>\d[^起至到~]*?)起?{_any(WORDS['begun'])}?[-至到~\u2014\u2013]*(?P<open>{_OPEN}|)"
)
"""2021.6至今, 自2022年5月起, 2022.5-: what began, and no end."""
_UNTIL = re.compile(r"截?[至到](\d.*?)止?")
"""至2022.5."""
_LENGTH = re.compile(
    rf"{_any(WORDS['before_length'])}?[:为]?(?P<number>\d+|[一二两三四五六七八九十]+)"
    rf"(?P<unit>年(?P<half>半)?|个月|周年){_any(WORDS['after_length'])}?"
)
_FROM = re.compile(rf"[自从]?(?P<begin>\d.*?)起?[,;，；]?(?P<length>{_LENGTH.pattern})")
"""自2022年5月起三年."""
_BRACKETS = re.compile(r"\(([^()]*)\)")
_LONGEST = 120
"""Months: what is longer is a year, and no length."""


@dataclass(frozen=True)
class Day:
    """A day, or the first day of a month or year: `precision` is day, month or year."""

    day: date
    precision: str

    @property
    def last(self) -> date:
        """The last day that it may be."""
        return last_of(self.day, self.precision)

    @property
    def after(self) -> date:
        """An exclusive end: the day as it is written, or the first day after the month or year."""
        return self.day if self.precision == "day" else self.last + timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """The words for the days of a term, as far as they are said.

    `months` is its length where no end is said; `endless`: there is none. Without all of that it goes on.
    """

    begin: str | None = None
    end: str | None = None
    months: int | None = None
    endless: bool = False


def read_day(text: str) -> Day:
    """`2015`, `2015.07`, `2015年7月`, `201507`, `2015-07-01`, `二〇一五年七月`; raises `BadCell`."""
    words = date_with_digits(plain(_MIDNIGHT.sub("", text.strip()))).rstrip(".。、")
    try:
        if found := _DAY.fullmatch(words):
            return Day(date(*map(int, found.groups())), "day")
        if isinstance(text, Number) and re.fullmatch(r"\d{4}\.\d", words):
            raise BadCell(
                f"存成了数字 {words}，分不清是 1 位还是 2 位的月份（2021.1 可能是 2021.10）；请设为文本",
                "a number: 2021.1 may be 2021.10, format the cell as text",
                words,
            )
        if found := _MONTH.fullmatch(words):
            return Day(date(int(found[1]), int(found[2]), 1), "month")
        if found := _DIGITS.fullmatch(words):
            year, month, day = (int(part or 1) for part in found.groups())
            return Day(date(year, month, day), "day" if found[3] else "month")
        if (found := _YEAR.fullmatch(words)) and 1900 <= int(found[1]) <= 2200:  # noqa: PLR2004
            return Day(date(int(found[1]), 1, 1), "year")
    except ValueError as error:
        if isinstance(error, BadCell):
            raise
    raise BadCell(
        "不是日期；可写 2015、2015.07、2015年7月、2015-07-01",
        "no date: write 2015, 2015.07 or 2015-07-01",
        text,
    )


def read_term(text: str) -> tuple[str, str]:
    """The words for first and last day of `2021.6-2026.5`, `2022-03-15至2027-03-14`; raises `BadCell`."""
    words = date_with_digits(plain(text))
    if framed := _FRAMED.fullmatch(words):
        words = f"{framed[1]}至{framed[2]}"
    parts = _TO.split(words)
    if len(parts) == 1:
        day = r"\d{4}[-./年]\d{1,2}(?:[-./月]\d{1,2}日?|月份?)?|\d{6,8}|\d{4}年?"
        found = re.fullmatch(f"({day})-({day})", words)
        parts = list(found.groups()) if found else parts
    if len(parts) == 2 and all(parts):  # noqa: PLR2004 - from and to
        for part in parts:
            read_day(part)
        return parts[0], parts[1]
    raise BadCell(
        "不是起止日期；可写 2021.6-2026.5、2022-03-15至2027-03-14，或“三年”（另有起始日的）",
        "no first and last day: write 2021.6-2026.5",
        text,
    )


def term_of(text: str, heading: str = "") -> Span:
    """A term however a register says it; raises `BadCell`.

    `2022.5-2025.5`, `2022.5至今`, `长期`, `三年`, `自2022年5月起三年`, `三年（2022.5-2025.5）`; a bare number
    is years where the heading says so: 任期（年）.
    """
    words = date_with_digits(plain(text))
    parts = [_BRACKETS.sub("", words), *_BRACKETS.findall(words)]
    found = [term for part in parts if (term := _simple(part, heading)) is not None]
    if not found:
        read_term(text)  # says what is wrong
    whole_ = next((term for term in found if term.begin and term.end), None)
    begins = [*(term.begin for term in found if term.begin), *filter(_is_day, parts)]
    begin = next(iter(begins), None)
    months = next((term.months for term in found if term.months), None)
    return whole_ or (Span(begin, None, months) if begin and months else found[0])


def _simple(words: str, heading: str) -> Span | None:
    """What a text without brackets says; None where it is no term."""
    if words in WORDS["endless"] or words in WORDS["now"]:
        return Span(endless=words in WORDS["endless"])
    if re.fullmatch(r"\d{1,2}|[一二两三四五六七八九十]", words) and re.search(
        r"[(（]年[)）]|年限|届期", heading
    ):
        words += "年"
    if (months := _months(words)) is not None:
        return Span(months=months)
    try:
        return Span(*read_term(words))
    except BadCell:
        return _begun(words)


def _begun(words: str) -> Span | None:
    """A term of which the first day is said, with its length or an open end."""
    if (found := _FROM.fullmatch(words)) and _is_day(found["begin"]):
        return Span(found["begin"], months=_months(found["length"]))
    if (found := _UNTIL.fullmatch(words)) and _is_day(found[1]):
        return Span(end=found[1])
    # 2022.5 alone is a day, and no term.
    if (found := _SINCE.fullmatch(words)) and words != found["begin"] and _is_day(found["begin"]):
        return Span(found["begin"], endless=found["open"] in WORDS["endless"])
    return None


def _is_day(words: str) -> bool:
    try:
        read_day(words)
    except BadCell:
        return False
    return True


def _months(words: str) -> int | None:
    found = _LENGTH.fullmatch(words)
    number = (
        (int(found["number"]) if found["number"].isdigit() else whole(found["number"])) if found else None
    )
    if found is None or not number:
        return None
    months = number if found["unit"] == "个月" else 12 * number + (6 if found["half"] else 0)
    return months if months <= _LONGEST else None


def later(begin: Day, months: int) -> str | None:
    """The day (month, year) so many months later, in words; None where a year alone does not say it."""
    count = begin.day.year * 12 + begin.day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    if begin.precision == "day":
        last = last_of(date(year, month, 1), "month").day
        return date(year, month, min(begin.day.day, last)).isoformat()
    if begin.precision == "month":
        return f"{year}.{month:02}"
    return str(year) if months % 12 == 0 else None
