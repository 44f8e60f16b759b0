"""The text of a CSV file: which encoding it is in, and the first line that is in no one or another."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterable
from contextlib import suppress

_SEPARATORS = (",", "\t", ";")
_ASCII = bytes(range(0x80))
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\xfe]")
_HEAD = 1 << 16  # bytes in which an encoding shows
_FEWEST = 4  # characters that are needed to tell
_LINE = re.compile("[^\r\n][^\n]*")
_CHINESE = re.compile("[\u2e80-\U0010ffff]")


class BadText(ValueError):
    """A file that is not one text; `line` counts from 1."""

    def __init__(self, line: int, zh: str, en: str) -> None:
        super().__init__(en)
        self.line = line
        self.zh = zh
        self.en = en


def text_of(data: bytes) -> str:
    """The text of a file in UTF-8, GB18030, or UTF-16 with a byte order mark (Excel's “Unicode text”).

    A file that is GB18030 as a whole and has lines that are UTF-8 was put together from two: read as
    one encoding, the others' lines would be taken for strange words. Raises `BadText` with the first
    line that does not fit.
    """
    for mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        if data.startswith(mark):
            return _whole(data, "utf-16")
    if data.startswith(codecs.BOM_UTF8):
        return _whole(data[len(codecs.BOM_UTF8) :], "utf-8")
    if data.isascii():
        return _whole(data, "utf-8")
    with suppress(UnicodeDecodeError):
        text = data.decode("utf-8")
        if _CHINESE.search(text) or not _is_by_chance(data):
            return _without_null(text)
    lines = [line for line in enumerate(data.split(b"\n"), start=1) if not line[1].isascii()]
    utf8 = [n for n, line in lines if _is(line, "utf-8") and not _is_by_chance(line)]
    if len(utf8) * 2 > len(lines):
        return _whole(data, "utf-8")
    refuse_big5(data)
    text = _whole(data, "gb18030")
    if utf8:
        raise BadText(
            utf8[0],
            "这一行是 UTF-8 编码，其他行是 GB18030：请用同一种编码重新保存",
            "this line is UTF-8, others are GB18030: save the file in one encoding",
        )
    return text


def refuse_big5(data: bytes) -> None:
    """Raises `BadText` for what is Big5 rather than GB18030, which would read it as strange words.

    Four of ten characters of Big5 end with a byte below 0x80; those of GB18030 that do are rare, and a
    text rich in them (traditional characters) has first bytes that Big5 does not know.
    """
    head = data[:_HEAD]
    try:
        codecs.getincrementaldecoder("cp950")().decode(head)
    except UnicodeDecodeError:
        return
    pairs = _PAIR.findall(head)
    low = sum(pair[1:].isascii() for pair in pairs)
    if len(pairs) >= _FEWEST and low * 5 > len(pairs):
        raise BadText(
            head.count(b"\n", 0, head.index(pairs[0])) + 1,
            "文件像是 Big5（繁体）编码；请在 Excel 或 WPS 中另存为“CSV UTF-8”",
            "this looks like Big5: save the file as “CSV UTF-8”",
        )


def _whole(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadText(
            data.count(b"\n", 0, error.start) + 1,
            "这一行的编码有误；应为 UTF-8 或 GB18030",
            "expected UTF-8 or GB18030: this line is neither",
        ) from None
    return _without_null(text)


def _without_null(text: str) -> str:
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise BadText(
            line,
            "含有空字符：不是文本，或是没有标记的 UTF-16 编码；请在 Excel 或 WPS 中另存为“CSV UTF-8”",
            "it holds null characters: no text, or UTF-16 without its mark; save it as “CSV UTF-8”",
        )
    return text


def _is(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_by_chance(data: bytes) -> bool:
    """Whether valid UTF-8 is rather GB18030: a few of its pairs are letters of rare alphabets in UTF-8."""
    strange = set(data.translate(None, _ASCII).decode("utf-8"))
    return max(strange) < "\u2e80" and max(strange) > "\u024f" and _is(data, "gb18030")


def separator_of(text: str, known: Iterable[str] = ()) -> str:
    """The separator of a CSV text: the one by which its first line has the most cells that are known."""
    found = _LINE.search(text)
    first = "" if found is None else found[0]
    words = set(known)

    def fits(separator: str) -> tuple[int, int]:
        cells = next(csv.reader([first], delimiter=separator), [])
        return sum(cell.strip() in words for cell in cells), len(cells)

    return max(_SEPARATORS, key=fits)
