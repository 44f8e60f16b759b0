"""Finding the heading of a sheet and proposing which column is what."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from graph.loading.cells import BadCell
from graph.loading.excel.layout import ERRORS
from graph.loading.register.body import body_rows, vocabulary
from graph.loading.register.kinds import RegisterKind, find_kind, is_option, several
from graph.loading.register.shown import Cell, ShownSheet
from graph.spelling import fold

SKIP, DROP = "skip", "drop"
"""What is not read; and what is a personal number, which nothing below this room sees."""
HIGHEST = 15
"""Rows in which a heading is looked for."""
LEAST = 2
"""One known word is no heading."""
SAMPLES = 3
_ONE_WORD = (
    ("业主委员会", "业委会"),
    ("业主组织", "业委会"),
    ("全称", "名称"),
    ("党的组织", "党组织"),
    ("日期", "时间"),
    ("物业服务企业", "物业公司"),
    ("物业企业", "物业公司"),
)
"""Words of headings that mean the same."""
_WITH_NUMBER = re.compile(r"(.+?)[及和与、,/](联系)?(电话|方式|手机)(号码)?")
"""项目经理及电话: the column has names, and numbers that are left out."""
SHEET_NAME = -1
"""Stands for a column whose cells are the name of the sheet; its heading is `SHEET_HEADING`."""
SHEET_HEADING = "工作表名"
_FOUNDED = "成立"
_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]|【.*?】")


@dataclass
class HeadingColumn:
    """A column of a sheet: `field` is what it is; None where the vocabulary does not know it."""

    index: int
    heading: str
    field: str | None
    samples: list[str] = dataclasses.field(default_factory=list)


@dataclass
class HeadingProposal:
    """Where the heading of a sheet stands (rows from 0, inclusive) and what its columns are."""

    sheet: ShownSheet
    first: int
    last: int
    columns: list[HeadingColumn]

    @property
    def known(self) -> int:
        """Columns that say something."""
        return sum(c.field not in (None, SKIP, DROP) and c.index != SHEET_NAME for c in self.columns)


def may_be_read(sheet: ShownSheet) -> bool:
    """Whether a sheet may be one of a register: it is seen, and no list of errors of a marked copy."""
    return not sheet.hidden and sheet.name != ERRORS


def propose(sheet: ShownSheet, kind: RegisterKind) -> HeadingProposal | None:
    """The best reading of a sheet as a register of a kind; None if hidden, or without two known columns."""
    best, most = None, (-1, 0)
    if not may_be_read(sheet):
        return None
    for row in range(min(HIGHEST, len(sheet.rows))):
        for last in (row, row + 1):
            # Of two rows that merged cells join, the lower one alone would not say whose its columns are.
            lower = last == row and any(top < row <= bottom for top, _, bottom, _ in sheet.merged)
            if lower or last >= len(sheet.rows) or (found := _as_heading(sheet, kind, row, last)) is None:
                continue
            # Of equals the first, and one row before two that nothing joins: below a heading are its rows.
            joined = any(top == row and bottom > row for top, _, bottom, _ in sheet.merged)
            size = found.known, (last - row) if joined else (row - last)
            if size > most:
                best, most = found, size
    if best is None or best.known < LEAST:
        return None
    return _as_cells_say(sampled(best), kind)


def _as_cells_say(proposal: HeadingProposal, kind: RegisterKind) -> HeadingProposal:
    """Of two things that one heading may mean, the one whose options the cells are."""
    for column in proposal.columns:
        other = kind.either.get(str(column.field))
        if other is None or other in [c.field for c in proposal.columns] or not column.samples:
            continue
        own, its = (
            [is_option(text, kind.things[role].properties[name]) for text in column.samples]
            for role, _, name in (field.partition(".") for field in (str(column.field), other))
        )
        if all(its) and not any(own):
            column.field = other
    return proposal


def sampled(proposal: HeadingProposal) -> HeadingProposal:
    """The proposal with the first different values of each column; none of personal numbers."""
    sheet = proposal.sheet
    rows = body_rows(sheet, proposal.last)
    for column in proposal.columns:
        cells = [cell_at(sheet, n, column.index) for n in rows]
        texts = [cell.zh if isinstance(cell, BadCell) else str(cell) for cell in cells if cell != ""]
        column.samples = [] if column.field == DROP else list(dict.fromkeys(texts))[:SAMPLES]
    return proposal


def cell_at(sheet: ShownSheet, row: int, index: int) -> Cell:
    """The cell of a column; of `SHEET_NAME` the name of the sheet."""
    return sheet.name if index == SHEET_NAME else sheet.rows[row][index]


def headed(sheet: ShownSheet, headings: Sequence[str]) -> tuple[int, int] | None:
    """First and last row of the heading that has at least one of these columns, most of them.

    Of equals one row: 填报时间 in the line above a heading is not part of it.
    """
    wanted = set(headings)
    found = [
        (len(wanted & {h for _, h in _headings(sheet, row, last)}), row - last, -row, row, last)
        for row in range(min(HIGHEST, len(sheet.rows)))
        for last in (row, row + 1)
        if last < len(sheet.rows)
    ]
    best = max(found, default=(0, 0, 0, 0, 0))
    return (best[3], best[4]) if best[0] else None


def columns_of(sheet: ShownSheet, first: int, last: int) -> list[tuple[int, str]]:
    """Index and heading of the columns that have one."""
    return _headings(sheet, first, last)


def known_as(heading: str, kind: RegisterKind) -> str | None:
    """What a column of this heading is; without what is in brackets, and without a number at its end."""
    plain = unicodedata.normalize("NFKC", heading)
    bare = _BRACKETS.sub("", plain)
    words = _words(kind.title)
    short = _word(bare).rstrip("0123456789一二三四五六七八九十")
    for text in (_word(plain), _word(bare), short, short.removesuffix("姓名"), short.removesuffix("名单")):
        if text in words:
            return words[text]
    if fold(bare).endswith(tuple(vocabulary()["dropped_ends"])):
        return DROP
    return None


def meant(heading: str, kind: RegisterKind) -> str | None:
    """What a column is; what stands under a heading that spans it says less alone: 主任 under 业委会."""
    upper, _, lower = heading.rpartition("/")
    names = _WITH_NUMBER.fullmatch(fold(re.sub("[、,，和与]", "及", _BRACKETS.sub("", lower))))
    found = meant(f"{upper}/{names[1]}".lstrip("/"), kind) if names is not None else None
    if ".post." in str(found) or (found not in (None, SKIP, DROP) and kind.label_of(str(found)) == "Person"):
        return found
    groups = {word: labels for word, labels in vocabulary()["groups"].items() if upper and word in upper}
    for text in (upper + lower, *(word + lower for word in groups)):
        if (found := known_as(text, kind)) is not None:
            return found
    found = known_as(lower, kind)
    if groups and found not in (None, SKIP, DROP):
        label = kind.label_of(found)
        own = {label for labels in groups.values() for label in labels}
        others = {label for labels in vocabulary()["groups"].values() for label in labels}
        # 到期时间 under 物业 is not that of the committee.
        return None if label in others - own else found
    return found


def _as_heading(sheet: ShownSheet, kind: RegisterKind, first: int, last: int) -> HeadingProposal | None:
    columns: list[HeadingColumn] = []
    taken: dict[str | None, HeadingColumn] = {}
    for index, heading in _headings(sheet, first, last):
        left = kind.after.get(str(columns[-1].field), {}) if columns else {}
        own = heading if first != last else heading.replace("/", "及")
        column = HeadingColumn(index, heading, left.get(heading) or meant(own, kind))
        columns.append(column)
        before = taken.setdefault(column.field, column)
        if before is column or column.field in (None, SKIP, DROP) or several(str(column.field)):
            continue
        # Where both stand, when a body was set up is not when it was elected.
        if _FOUNDED in before.heading and _FOUNDED not in heading:
            taken[column.field], before.field = column, None
        else:
            column.field = None
    if not columns:
        return None
    columns += said_by_sheet(sheet, kind, taken.keys())
    groups = len({cell for cell in sheet.rows[first] if cell != ""})
    if first != last and (groups < 2 or not any("/" in c.heading for c in columns)):  # noqa: PLR2004 - a title
        return None
    return HeadingProposal(sheet, first, last, columns)


def said_by_sheet(
    sheet: ShownSheet, kind: RegisterKind, taken: Collection[str | None]
) -> list[HeadingColumn]:
    """Where each community or branch has a sheet of its own, its name says what no column does."""
    for field, ends in vocabulary()["sheets"].items():
        if field in kind.columns and field not in taken and sheet.name.strip().endswith(tuple(ends)):
            return [HeadingColumn(SHEET_NAME, SHEET_HEADING, field)]
    return []


def _headings(sheet: ShownSheet, first: int, last: int) -> list[tuple[int, str]]:
    """Of two rows `upper/lower`: the upper one goes on over the blanks to its right."""
    upper = [_one_line(cell) for cell in sheet.rows[first]]
    if first == last:
        return [(i, text) for i, text in enumerate(upper) if text]
    lower = [_one_line(cell) for cell in sheet.rows[last]]
    spans = {
        column: upper[left]
        for top, left, _, right in sheet.merged
        if top == first
        for column in range(left, right + 1)
        if left < len(upper)
    }
    found, over = [], ""
    for i, below in enumerate(lower):
        over = upper[i] or (spans.get(i, "") if sheet.merged else over)
        if below and over and below != over:
            # 主任/电话 below 业委会 is one cell, and no third row.
            found.append((i, f"{over}/{below.replace('/', '及')}"))
        elif below or upper[i]:
            found.append((i, below or upper[i]))
    return found


def _one_line(cell: Cell) -> str:
    return "" if not isinstance(cell, str) else re.sub(r"\s+", "", cell).rstrip("*＊").lstrip("*＊")


@cache
def _words(title: str) -> dict[str, str]:
    words = {fold(w): SKIP for w in vocabulary()["skipped"]}
    words |= {fold(w): DROP for w in vocabulary()["dropped"]}
    columns = find_kind(title).columns
    return words | {_word(h): name for name, headings in reversed(columns.items()) for h in headings[::-1]}


def _word(heading: str) -> str:
    """A heading in the one spelling by which it is looked up."""
    text = fold(heading)
    for word, same in _ONE_WORD:
        text = text.replace(word, same)
    return text
