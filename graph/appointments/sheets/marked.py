"""The answer to a sheet of proposals: a copy of it with what each row brings, or what is wrong with it.

Above the sheet; the file is only read. A workbook keeps its form, other files become a workbook of
the same rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font, PatternFill

from graph.appointments.proposal import Appoint, Proposal
from graph.appointments.sheets.read import Sheeted, SheetLine
from graph.appointments.sheets.words import HEADINGS
from graph.characters import writable
from graph.loading.cells import BadCell
from graph.loading.excel.archive import look_over, read_workbook_bytes
from graph.loading.excel.bounds import BadWorkbook
from graph.loading.findings import Finding
from graph.model import edge_id
from graph.model.words import VERDICTS

COLUMNS = ("核查结果", "将产生的不符合", "将消除的不符合")
ALL = "核查结果"
LISTED = {"appear": "将产生的不符合", "disappear": "将消除的不符合", "changed": "其他结论变化"}
EFFECTS = ("变化", "规则", "名称", "对象", "原结论", "结论", "理由", "编号")
MISTAKES = ("级别", "单元格", "列", "填写的内容", "问题", "Problem")
"""A sheet with mistakes is not rehearsed: it has no effects."""
_BAD, _GOOD = PatternFill("solid", fgColor="FF9999"), PatternFill("solid", fgColor="C6E0B4")


def marked_sheet(
    path: Path, found: Sheeted, effects: Mapping[str, Any] | None, findings: Sequence[Finding] = ()
) -> bytes:
    """The bytes of the marked workbook; `effects` are those of the rehearsal, if there was one.

    A row names the effects that concern its person, body or post; the sheet 核查结果 lists all of them, or
    the mistakes with their cells.
    """
    book = _book(path, found)
    sheet = book[found.sheet.name]
    wrong: dict[int, list[Finding]] = {}
    for finding in findings:
        wrong.setdefault(finding.row - 1, []).append(finding)
    first = max((len(row) for row in found.sheet.rows), default=0) + 1
    for at, heading in enumerate(COLUMNS):
        cell = sheet.cell(max(found.heading + 1, 1), first + at, heading)
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = 36  # sentences
    for number, line in enumerate(found.lines):
        lists = _effects_of(found.proposal, number, line, effects or {})
        texts = [_verdict(wrong.get(line.row, ()), lists, effects), *("；".join(t) for t in lists)]
        for at, text in enumerate(texts):
            sheet.cell(line.row + 1, first + at, writable(text)).data_type = "s"
        bad = line.row in wrong or bool(lists[0])
        if bad or effects is not None:  # what was not checked is neither
            sheet.cell(line.row + 1, first).fill = _BAD if bad else _GOOD
    for finding in findings:
        sheet[finding.cell].fill = _BAD
    _list(book, effects or {}, findings)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _book(path: Path, found: Sheeted) -> Workbook:
    if path.suffix.lower() == ".xlsx":
        data = read_workbook_bytes(path)
        look_over(data)
        try:
            return load_workbook(BytesIO(data))
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise BadWorkbook("工作簿内部有误，无法写出标注副本", f"no copy can be made: {error}") from None
    book = Workbook()
    del book[book.sheetnames[0]]
    sheet = book.create_sheet(found.sheet.name)
    for row, cells in enumerate(found.sheet.rows, start=1):
        for column, cell in enumerate(cells, start=1):
            text = cell.value if isinstance(cell, BadCell) else str(cell)
            if text:
                sheet.cell(row, column, writable(text)).data_type = "s"
    return book


def _verdict(wrong: Sequence[Finding], lists: Sequence[Sequence[str]], effects: object) -> str:
    if wrong:
        return "有误：" + "；".join(f"{f.column}：{f.zh.rstrip('。')}" for f in wrong)
    if effects is None:
        return "未核查：方案中有误"
    return f"将产生 {len(lists[0])} 项不符合" if lists[0] else "不产生新的不符合"


def _effects_of(
    proposal: Proposal | None, number: int, line: SheetLine, effects: Mapping[str, Any]
) -> tuple[list[str], list[str]]:
    """What appears and disappears that concerns a row."""
    if proposal is None:
        return [], []
    change = proposal.changes[number]
    ids = {str(i) for i in (getattr(change, "person", None), change.body, getattr(change, "post", None)) if i}
    if isinstance(change, Appoint):
        ids.add(edge_id("HOLDS_POST", change.person, change.body, str(change.role)))
    appear, disappear = (
        [_short(row) for row in effects.get(kind, ()) if _concerns(row, ids)]
        for kind in ("appear", "disappear")
    )
    return appear, disappear


def _concerns(row: Mapping[str, Any], ids: set[str]) -> bool:
    named = set(str(row.get("finding", "")).split(":")) | {str(v) for v in row.get("evidence") or ()}
    return bool(ids & (named | {str(row.get("subject"))}))


def _short(row: Mapping[str, Any]) -> str:
    return f"{row.get('code')} {row.get('title_zh')}（{row.get('subject_name') or row.get('subject')}）"


def _list(book: Workbook, effects: Mapping[str, Any], findings: Sequence[Finding]) -> None:
    if ALL in book.sheetnames:
        del book[ALL]
    sheet = book.create_sheet(ALL)
    sheet.append(MISTAKES if findings else EFFECTS)
    for kind, word in LISTED.items():
        for row in effects.get(kind, ()):
            names = ("code", "title_zh", "subject_name", "verdict_before", "verdict", "reason_zh", "finding")
            shown = {
                **row,
                **{n: VERDICTS.get(row.get(n), row.get(n)) for n in ("verdict_before", "verdict")},
            }
            sheet.append([word, *(writable(str(shown.get(n) or "")) for n in names)])
    for finding in findings:
        heading = finding.column or HEADINGS["body"][0]
        sheet.append(["有误", finding.cell, heading, writable(finding.value), finding.zh, finding.en])
    for cells in sheet.iter_rows():
        for cell in cells:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # what was typed is shown, never run
    sheet.freeze_panes = "A2"
    widths = (8, 10, 20, 24, 60, 60) if findings else (16, 8, 30, 30, 10, 10, 60, 36)
    for letter, width in zip("ABCDEFGH", widths, strict=False):
        sheet.column_dimensions[letter].width = width
