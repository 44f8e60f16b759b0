"""Numbers in Chinese numerals, as registers write them: 二〇二二年五月十日, 三年, 三百一十二户."""

from __future__ import annotations

import re

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1_000}
_MYRIAD = "万"
_ONE = "一二两三四五六七八九"
_COUNT = rf"[零〇{_ONE}十百千万]+"
_ROUND = "○◯oO0０"
"""What stands for 〇 where a keyboard has none."""
_END = r"(?=[年月日号.\-/至到~—–]|$)"
_YEAR = re.compile(rf"(?<!\d)([{_ONE[:2]}{_ONE[3:]}][{_ROUND}零〇{_ONE}]{{3}}){_END}")
_IN_DATE = re.compile(rf"(?<=[年.\-/月])(元|[一二三四五六七八九十廿卅]+){_END}")
_OPEN = re.compile(rf"[零〇{_ONE}][{_ONE}]$|[{_ONE}]{{2}}|[百千万][{_ONE}]$")
"""Digit after digit (三一二), and 三千五, which is 3500 or 3005."""
_NUMBER = re.compile(_COUNT)


def whole(text: str) -> int | None:
    """The number that numerals say (三百一十二, 两万); None where they say none (三千五 leaves one open)."""
    if not text or re.fullmatch(_COUNT, text) is None or _OPEN.search(text):
        return None
    total = part = digit = 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _TENS:
            part, digit = part + (digit or 1) * _TENS[c], 0
        else:
            total, part, digit = (part + digit) * 10_000, 0, 0
    return total + part + digit


def with_digits(text: str) -> str:
    """A text whose numbers are digits: 三百户 is 300户; one that has digits already stays as it is."""
    if re.search(r"\d", text):
        return text
    return _NUMBER.sub(lambda found: found[0] if (number := whole(found[0])) is None else str(number), text)


def date_with_digits(text: str) -> str:
    """A date or term whose numerals are digits: 二〇二二年五月十日, 二○二二.5, 2022年元月; the rest stays."""
    text = _YEAR.sub(lambda found: "".join(_digit(c) for c in found[1]), text)
    # One after the other: the month stands between the year and the day.
    return _IN_DATE.sub(lambda found: _in_date(found[1]), text)


def _digit(c: str) -> str:
    return "0" if c in _ROUND else str(_DIGITS[c])


def _in_date(text: str) -> str:
    if text == "元":
        return "1"
    number = whole(text.replace("廿", "二十").replace("卅", "三十"))
    return text if number is None else str(number)
