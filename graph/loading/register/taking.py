"""What a clerk says of a register: its form, kept or proposed, corrections, the lists that it closes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count
from pathlib import Path

from graph.errors import BadParameter
from graph.loading.excel.bounds import BadWorkbook
from graph.loading.register.body import body_rows
from graph.loading.register.forms import (
    Form,
    applied,
    best_kind,
    corrected,
    list_forms,
    made_of,
    path_of,
    read_form,
    widened,
)
from graph.loading.register.headings import DROP, SKIP, HeadingProposal, cell_at, known_as, propose
from graph.loading.register.kinds import RegisterKind, find_kind
from graph.loading.register.sheets import read_sheets
from graph.loading.register.shown import ShownSheet
from graph.model.vocabulary import Register
from graph.spelling import near

SHOWN = {SKIP: "不读", DROP: "不读（证件、联系方式不入库）", None: "？未识别，不读"}
"""What stands for a column that is not read."""
PAGES = 4
"""Of as many names one that is a word of headings says that the sheet is no list."""
BEGIN = 40
"""Characters of what was read that an error shows."""
NOTHING = {"无", "-", "none"}
"""What takes back that lists are complete."""


def sheets_of(file: Path) -> list[ShownSheet]:
    """The sheets of a file; raises `BadParameter` with what is wrong with it."""
    try:
        return read_sheets(file)
    except BadWorkbook as bad:
        raise BadParameter(f"{file}：{bad.zh}。", f"{file}: {bad.en}.", subject="file") from None


def take_form(
    sheets: list[ShownSheet],
    data_dir: Path,
    kind: str | None,
    name: str | None,
    corrections: Mapping[str, str],
    *,
    constants: Mapping[str, str] | None = None,
) -> tuple[Path, Form, list[HeadingProposal]]:
    """The form of a file, kept or proposed, with its path and the sheets that it reads."""
    chosen = find_kind(kind) if kind else None
    if name is None:
        chosen = chosen or best_kind(sheets)
        path = _path_for(sheets, data_dir, chosen)
        if path is None:
            raise _no_heading(sheets)
    else:
        path = path_of(data_dir, name)
    if path.exists():
        found = corrected(kept := read_form(path), find_kind(kept.kind), corrections, constants)
    else:
        chosen = chosen or best_kind(sheets)
        proposals = [p for s in sheets if chosen and (p := propose(s, chosen)) is not None]
        if chosen is None or not (proposals or corrections):
            raise _no_heading(sheets)
        # A heading of which no word is known may be told by what the clerk says of its columns.
        found = corrected(made_of(proposals, chosen), chosen, corrections, constants)
    found = widened(found, sheets)
    read = [p for sheet in sheets if (p := applied(found, sheet)) is not None]
    if not read:
        raise _no_heading(sheets)
    read = _with_names(read, find_kind(found.kind))
    _refuse_no_rows(read, find_kind(found.kind))
    return path, found, read


def _refuse_no_rows(read: list[HeadingProposal], kind: RegisterKind) -> None:
    """Raises `BadParameter` where nothing stands below the heading, or other headings do.

    A register without a row would end all that it had before. In a form with a page for each committee
    the words stand to the left of what they say, and are no names of quarters.
    """
    rows = [(p, n) for p in read for n in body_rows(p.sheet, p.last)]
    if not rows:
        raise BadParameter(
            "表头下面没有一行内容；若是一户一页的登记表，请改成一行一户。什么都没有了的，不要交空表。",
            "there is no row below the heading: a form with a page for each has to be made one with rows.",
            subject="file",
        )
    names = {p.sheet.name: c.index for p in read for c in p.columns if c.field == f"{kind.main}.name"}
    cells = [str(cell_at(p.sheet, n, names[p.sheet.name])) for p, n in rows if p.sheet.name in names]
    if sum(bool(cell) and known_as(cell, kind) is not None for cell in cells) * PAGES > len(cells):
        raise BadParameter(
            "像是一户一页的登记表（左边是栏目，右边是内容）；请改成一行一户的表，表头只写一次。",
            "a form with a page for each, and no register: make it one with rows below one heading.",
            subject="file",
        )


def _with_names(read: list[HeadingProposal], kind: RegisterKind) -> list[HeadingProposal]:
    """The sheets that name what their rows are about, where one does: 汇总 has the sums of the others."""
    name = f"{kind.main}.name"
    return [p for p in read if any(c.field == name for c in p.columns)] or read


def _path_for(sheets: list[ShownSheet], data_dir: Path, kind: RegisterKind | None) -> Path | None:
    """Where the form of a file is kept: one that knows most of its columns, else a name that is free.

    Two departments have a 小区台账 each, in two forms; a file of unknown kind may fit a form
    that was corrected.
    """
    if kind is None:
        fits = [(_known(form, sheets), n) for n, form in list_forms(data_dir)]
        best = max(fits, default=(0, ""))
        return path_of(data_dir, best[1]) if best[0] > 1 else None
    wanted = {
        column.heading
        for sheet in sheets
        if (proposal := propose(sheet, kind)) is not None
        for column in proposal.columns
        if column.field not in (None, SKIP, DROP)
    }
    names = [
        kind.title,
        *(n for n, form in list_forms(data_dir) if form.kind == kind.title and n != kind.title),
    ]
    paths = [path for n in names if (path := path_of(data_dir, n)).exists()]
    forms = {path: read_form(path) for path in paths}
    fits_ = [(len(wanted & form.columns.keys()), _known(form, sheets), path) for path, form in forms.items()]
    most = max(fits_, key=lambda fit: fit[:2], default=None)
    if most is not None and most[0] * 2 >= len(wanted) and most[1] > 1:
        return most[2]
    free = (kind.title if n == 1 else f"{kind.title}{n}" for n in count(1))
    return next(path for n in free if not (path := path_of(data_dir, n)).exists())


def _known(form: Form, sheets: list[ShownSheet]) -> int:
    """Columns of a file that a form knows."""
    return sum(p.known for sheet in sheets if (p := applied(form, sheet)) is not None)


def what(kind: RegisterKind, field: str | None) -> str:
    """What a column is taken for, in words."""
    return SHOWN[field] if field in SHOWN else kind.shown(str(field))


def closed_lists(text: str | None, kind: RegisterKind) -> frozenset[str] | None:
    """Lists by their Chinese names, none of 无; None where nothing is said: as the form remembers.

    Raises `BadParameter` for one that the register cannot close.
    """
    if text is None or not text.strip():
        return None
    known = {subject: Register[subject].zh for subject in kind.complete}
    found = set()
    if text.strip().lower() in NOTHING:
        return frozenset()
    for word in re.split(r"[,，、;；]", text):
        subject = next((s for s, zh in known.items() if word.strip() in (s, zh)), None)
        if subject is not None:
            found.add(subject)
        elif word.strip():
            listed = "、".join(known.values())
            close = near(word, known.values())
            raise BadParameter(
                f"{kind.title}不能列全“{word}”；{close}可用：{listed}；收回以前说的写“无”。",
                f"{kind.title} cannot be complete in {word!r}; known: {', '.join(known)}, none.",
                subject="complete",
            )
    return frozenset(found)


def _no_heading(sheets: list[ShownSheet]) -> BadParameter:
    if not sheets:
        return BadParameter(
            "文件里没有任何内容；请交填好的台账。",
            "nothing is in the file: hand in a register with rows.",
            subject="file",
        )
    names = "、".join(sheet.name for sheet in sheets)
    # A short text in Big5 is taken for GB18030: whoever sees what was read knows.
    read = next((row for sheet in sheets for row in sheet.rows if any(row)), ())
    begin = " ".join(str(cell) for cell in read if cell)[:BEGIN]
    return BadParameter(
        f"前 15 行里找不到表头（工作表：{names}；读到的开头是“{begin}”，若是乱码请另存为“CSV UTF-8”）；"
        "请说明是哪一类台账（命令行 --kind，接口为 register），"
        "并在表头里写明至少两列是什么（命令行 --column 列名=内容）。",
        f"no heading in the first 15 rows (sheets: {names}, which begin {begin!r}; if those are no words "
        "save the file as UTF-8): say which register it is by --kind, and what two columns are by --column.",
        subject="file",
    )
