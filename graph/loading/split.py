"""The text of a CSV file in columns: cut at once where it is plain, otherwise read line by line."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from graph.characters import REPLACEMENT, forbidden_in, tidy
from graph.loading.table import Table

_PRINTED = bytes(range(0x20, 0x7F)) + b"\n"
_BYTES = bytes(range(0x100))
PART = 250_000
"""Characters that are cut at a time."""
_WINDOW = csv.field_size_limit() // 2
_ORDINARY = re.compile(
    "[\u00a1-\u024f\u2010-\u2027\u2030-\u205e\u2100-\u2bff\u3001-\u3029\u3400-\u9fff\uff01-\uff60]*"
)
"""Characters that do not join what stands before them, by their blocks."""
_SELDOM = re.compile("[^\u3001-\u3029\u3400-\u9fff\uff01-\uff60]")
"""All but those of Chinese text that are ordinary, every one."""


@dataclass
class Sheet:
    """Lines of a table below its header, by column; `numbers` are rows as a spreadsheet counts.

    `plain`: no cell has anything to take off or to refuse that is not a whole word: no blanks at its
    ends, no apostrophe, no control or invisible character, and the text is composed.
    """

    header: list[str]
    numbers: Sequence[int] = ()
    cells: list[Sequence[str]] = field(default_factory=list)
    plain: bool = False


def split(text: str, separator: str, table: Table, column: Callable[[str], str]) -> Iterable[Sheet]:
    """The sheets of a text, one after the other; what cannot be read becomes a finding.

    None without a header that fits. `column` makes a heading the name of a property.
    """
    return _cut(text, separator, table, column) or _read(text, separator, table, column)


def _cut(text: str, separator: str, table: Table, column: Callable[[str], str]) -> Iterator[Sheet] | None:
    """None unless every line has as many cells as the first, and none is quoted or longer than may be."""
    if '"' in text or "\r" in text or not text or text[0] == "\n":
        return None
    text = text if text[-1] == "\n" else f"{text}\n"
    if any(text.find("\n", i, i + _WINDOW) < 0 for i in range(0, len(text) - _WINDOW, _WINDOW)):
        return None
    header = [column(cell) for cell in text[: text.index("\n")].split(separator)]
    if not header[-1] or len(header) == 1 or not table.fits(1, header, tell=False):
        return None
    try:
        data = text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair: told with its cell
        return None
    mark, width, lines = separator.encode(), len(header), data.count(b"\n")
    if (
        data.translate(None, _BYTES.replace(mark, b"").replace(b"\n", b""))
        != (mark * (width - 1) + b"\n") * lines
    ):
        return None
    return _parts(text, separator, header, plain=_is_plain(text, data, separator))


def _parts(text: str, separator: str, header: list[str], *, plain: bool) -> Iterator[Sheet]:
    """Some lines at a time: their cells are used up while they are in the processor's cache."""
    begin, row, width = text.index("\n") + 1, 2, len(header)
    while begin < len(text):
        end = text.find("\n", begin + PART) + 1 or len(text)
        cells = text[begin:end].replace("\n", separator).split(separator)
        lines = len(cells) // width
        columns: list[Sequence[str]] = [cells[i : lines * width : width] for i in range(width)]
        yield Sheet(header, range(row, row + lines), columns, plain)
        begin, row = end, row + lines


def _is_plain(text: str, data: bytes, separator: str) -> bool:
    ends = [f"{a}{b}" for s in (separator, "\n") for a, b in ((" ", s), (s, " "))] if " " in text else []
    if "'" in text or text[0] == " " or any(end in text for end in ends):
        return False
    rest = data.translate(None, _PRINTED + separator.encode())
    return not rest or all(_is_ordinary(c) for c in set(_SELDOM.findall(rest.decode())))


def _is_ordinary(character: str) -> bool:
    return (
        _ORDINARY.fullmatch(character) is not None
        and forbidden_in(character) is None
        and tidy(character) == character != REPLACEMENT
        and not character.isspace()
        and not unicodedata.combining(character)
    )


def _read(text: str, separator: str, table: Table, column: Callable[[str], str]) -> Iterator[Sheet]:
    lines = _lines(text, separator, table, column)
    first = next(lines, None)
    if first is None or not table.fits(*first):
        return
    sheet = Sheet(first[1])
    found = list(lines)
    sheet.numbers = [number for number, _ in found]
    sheet.cells = list(zip(*(cells for _, cells in found), strict=True)) or [() for _ in sheet.header]
    yield sheet


def _lines(
    text: str, separator: str, table: Table, column: Callable[[str], str]
) -> Iterator[tuple[int, list[str]]]:
    """The header and the lines that have as many cells; what makes others unreadable becomes a finding."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
    header: list[str] = []
    row = 0
    while True:
        row += 1
        try:
            cells = next(reader)
        except StopIteration:
            if not header:
                table.broken = True
                table.add(1, "", "", "缺少表头", "the header row is missing")
            return
        except csv.Error as error:
            table.broken = True
            table.add(row, "", "", f"CSV 格式有误：{error}", f"not valid CSV: {error}")
            return
        if not any(cell.strip() for cell in cells):
            continue
        if not header:
            header = [column(cell) for cell in cells]
            while header and not header[-1]:  # a separator at the end of each line
                header.pop()
            yield row, header
            continue
        if len(cells) > len(header) and not any(cell.strip() for cell in cells[len(header) :]):
            cells = cells[: len(header)]
        if len(cells) != len(header):
            table.broken = True
            table.add(
                row,
                "",
                "",
                f"应有 {len(header)} 个单元格，实有 {len(cells)} 个",
                f"expected {len(header)} cells, found {len(cells)}",
            )
            continue
        yield row, cells
