"""A report as an Excel workbook: a first page, tables, what is not known, calendar, lists, the stamp.

Nothing is read here: the parts are given, a file's bytes come back.
"""

from __future__ import annotations

from dataclasses import replace

from graph.model.words import SEVERITIES, VERDICTS, WAIVED
from graph.reports.compose import Report
from graph.reports.conclusion import evidence_of
from graph.reports.document import HIDDEN, TITLE, make_document, stamp_items
from graph.reports.shapes import CalendarRow, MissingRow
from graph.reports.tables.cells import SheetColumn, columns_of, wide
from graph.reports.tables.front import add_front
from graph.reports.tables.long_cells import is_long
from graph.reports.tables.sheets import Book
from graph.reports.words import BY, FIGURES
from graph.rules.shapes import CheckRow
from graph.store import Row

STAMP_SHEET = "技术说明"
KEYS = {"rule": "代码", "area": "编号", "severity": "等级", "body": "编号"}
SUMS = (
    SheetColumn("what_zh", "所缺的台账或信息", width=60),
    SheetColumn("rows", "涉及结论数", "0", width=16),
    SheetColumn("alone", "补齐即可判定", "0", width=16),
    SheetColumn("things", "处数", "0", width=12),
)
MISSING = wide(columns_of(MissingRow, "what_zh", "rows", "alone", "rules", "item"), 70, 14, 14, 30, 16)
CALENDAR = wide(
    columns_of(
        CalendarRow,
        *("month", "last_day", "written", "days_left", "kind_zh", "name", "role_zh", "person_name", "person"),
        *("place_name", "body"),
    ),
    *(9, 12, 11, 9, 14, 34, 12, 12, 12, 20, 12),
)
PAPER = wide(
    columns_of(
        CheckRow,
        *("code", "title_zh", "verdict", "severity", "subject_name", "area_name", "reason_zh", "waiver"),
        "finding",
        coloured=("verdict", "severity"),
    ),
    *(7, 24, 9, 7, 22, 13, 36, 9, 21),
)
"""As wide as a page of A4 across, printed in 9 points; ids stand last, in small type."""
(_EVIDENCE,) = columns_of(CheckRow, "evidence")
LIST = (*PAPER, replace(_EVIDENCE, width=60, screen=True))
BODIES_PRINTED, MISSING_PRINTED = 30, 30
"""Rows of the two longest tables on paper: a page each; the file has all of them."""
STAMP = (SheetColumn("item", "项目", width=28), SheetColumn("value", "内容", width=118))


def make_workbook(report: Report) -> bytes:
    """The bytes of an .xlsx file."""
    footer = f"{report.place} {report.stamp.as_of} 数据版本 {report.stamp.data_version}"
    book = Book(f"{TITLE} {report.place} {report.stamp.as_of}", footer)
    add_front(book, make_document(report))
    for by, word in BY.items():
        key = SheetColumn("key", KEYS[by], width=12, small=by != "rule")
        columns = [key, SheetColumn("name", "名称", width=32), *_FIGURES]
        book.add(
            f"按{word}汇总", columns, report.tables[by], printed=BODIES_PRINTED if by == "body" else None
        )
    sums = [{**row, "things": HIDDEN if row["things"] is None else row["things"]} for row in report.registers]
    book.add("未知合计", SUMS, sums)
    missing = [{**row, "rules": "、".join(row["rules"])} for row in report.missing]
    book.add(VERDICTS["unknown"], MISSING, missing, printed=MISSING_PRINTED)
    book.add("届期日历", CALENDAR, [_ending(row) for row in report.calendar])
    for name, rows in report.lists:
        failing = sum(row["verdict"] == "fail" for row in rows)
        book.add(name, LIST, [_listed(report, row) for row in rows], printed=failing)
    return book.finish(stamp_items(report), name=STAMP_SHEET, columns=STAMP, first=False)


def _ending(row: CalendarRow) -> Row:
    """A row of the calendar; how it is written only where that says less than the day beside it."""
    return {**row, "written": None if row["written"] == str(row["last_day"]) else row["written"]}


def _listed(report: Report, row: CheckRow) -> Row:
    """A row of a list in words."""
    waiver = row["waiver"]
    waiver_text = waiver and f"{waiver['reason']}（{waiver['decided_by']}，至 {waiver['until']} 前）"
    verdict = WAIVED if waiver else VERDICTS[row["verdict"]]
    severity = SEVERITIES[row["severity"]] if row["verdict"] == "fail" and row["severity"] else None
    said = evidence_of(report, row)
    # What no cell holds is listed an item a row, which takes the items.
    evidence = said if is_long(said) else "；".join(said)
    return {**row, "verdict": verdict, "severity": severity, "waiver": waiver_text, "evidence": evidence}


_FIGURES = [
    SheetColumn(key, word, "0.0%" if key == "share" else "0", width=9) for key, word in FIGURES.items()
]
