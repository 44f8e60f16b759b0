"""Workbooks read back: figures equal the tables, no formulas, valid sheets, nothing personal."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from graph.private import MASK
from graph.reading.answer import Stamp
from graph.reading.graph import Graph
from graph.reports.compose import Report, compose_report, split
from graph.reports.crosstab import COUNTED
from graph.reports.judged import Judged
from graph.reports.tables.sheets import sheet_name
from graph.reports.words import BY, FIGURES
from graph.reports.workbook import make_workbook
from tests.conftest import unmasked
from tests.oracle.asking import store
from tests.oracle.scene import DISTRICT, STREET
from tests.reports.made import report_of
from tests.reports.scenes import C1, C2, C3, DAY, TREE, WAIVER, judged, place_of_conflict

NASTY = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("x")', "a\x00b", "<b>&amp;"]
EXAMPLE = "990101000000"


def listed(name: str, **more: Any) -> dict[str, Any]:
    """A row with names and reasons."""
    reported = {"subject_name": name, "area_name": name, "reason_zh": name, "evidence": [name, "x"]}
    return judged("fail", **more) | reported


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def rows_of(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet by its headings."""
    head, *rest = book[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rest]


def test_evidence_that_no_cell_holds_is_listed_an_item_a_row() -> None:
    """Nothing is cut inside of an item, on no sheet; the first page names some and says how many."""
    evidence = [f"示例人{number} 组织关系 示例小区001党支部，自 2019-07-01" for number in range(1300)]
    book = opened(make_workbook(report_of([("甲", [listed("甲") | {"evidence": evidence}])])))
    assert [row["内容"] for row in rows_of(book, "完整内容")] == evidence
    whole = {*evidence, "甲。依据：" + evidence[0]}
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    held = [text for text in cells if evidence[0] in text]
    assert len(held) == 3
    for text in held:
        *items, end = re.split("[；\n]", text)
        assert set(items) <= whole
        assert end == evidence[0] or "共 1300 项" in end


@pytest.mark.parametrize("name", NASTY)
def test_no_cell_becomes_a_formula(name: str) -> None:
    """Names, reasons and who made it are text, whatever they begin with; nothing is lost."""
    book = opened(make_workbook(report_of([(name, [listed(name)])])))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    kept = name.replace("\x00", "\ufffd")
    found = [cell for cell in cells if cell.value == kept]
    assert len(found) >= 3
    assert all(cell.quotePrefix == kept.startswith(("=", "+", "-", "@", "\t")) for cell in found)
    assert "=cmd" in {cell.value for cell in cells}
    with zipfile.ZipFile(BytesIO(make_workbook(report_of([("x", [listed(name)])])))) as archive:
        assert not [n for n in archive.namelist() if b"<f>" in archive.read(n)]


def test_every_sheet_has_a_filter_a_frozen_header_and_print_setup() -> None:
    """Also the empty ones; landscape A4 as wide as the page, the header on each."""
    book = opened(make_workbook(report_of([("街道", [listed("甲")] * 3), ("空", [])])))
    pages = ["首页", "图表数据"]
    assert book.sheetnames[:6] == [*pages, "按规则汇总", "按辖区汇总", "按等级汇总", "按组织汇总"]
    assert book.sheetnames[6:] == ["未知合计", "未知", "届期日历", "街道", "空", "技术说明"]
    assert book["图表数据"].sheet_state == "hidden"
    for sheet in (s for s in book if s.title not in pages):
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"
        assert all(cell.font.bold for cell in sheet[1])
        assert all(d.width >= 7 for d in sheet.column_dimensions.values())


def test_what_is_printed_is_short() -> None:
    """Of lists what fails, of the longest tables their beginning, and the foot says so; all have an area."""
    rows = [listed("甲"), listed("乙"), {**listed("丙"), "verdict": "unknown"}]
    missing = [{"item": "", "what_zh": "", "rows": 1, "alone": 0, "rules": ["R1", "R2"]}] * 40
    book = opened(make_workbook(report_of([("街道", rows)], missing=missing)))
    assert all(sheet.print_area for sheet in book if sheet.sheet_state == "visible")
    for name, last, footer in (
        ("街道", 3, "打印前 2 行，文件中共 3 行"),
        ("未知", 31, "打印前 30 行，文件中共 40 行"),
    ):
        assert book[name].print_area.endswith(f"${last}")
        assert footer in book[name].oddFooter.left.text
    assert book["未知"]["D2"].value == "R1、R2"
    assert "打印前" not in book["技术说明"].oddFooter.left.text


def test_severity_has_a_colour_and_waived_rows_have_none() -> None:
    """Violation, warning and info differ; a waived row says who, why and until when."""
    rows = [listed("甲", severity=s) for s in ("violation", "warning", "info")]
    rows.append(listed("乙", waiver=WAIVER))
    sheet = opened(make_workbook(report_of([("街道", rows)])))["街道"]
    severity = [row[3] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in severity] == ["违规", "提醒", "提示", "提醒"]
    assert len({cell.fill.fgColor.rgb for cell in severity[:3]}) == 3
    waived = [cell.value for cell in sheet[5]]
    assert waived[2] == "已豁免"
    assert "已报批（示例科，至 2026-01-01 前）" in waived


def test_names_of_sheets_are_valid_and_unique() -> None:
    """No sign that Excel forbids, no more than 31 characters, none twice in whatever case."""
    wanted = [
        "a/b:c*d?e[f]g\\h",
        "长" * 40,
        "长" * 40,
        "长" * 40,
        "",
        "'x'",
        "History",
        "ab",
        "AB",
        "封面",
        "封面",
    ]
    taken: list[str] = []
    for name in wanted:
        taken.append(sheet_name(name, taken))
    assert all(0 < len(name) <= 31 for name in taken)
    assert not [name for name in taken if set(name) & set("[]:*?/\\")]
    assert not [name for name in taken if name.startswith("'") or name.endswith("'")]
    assert len({name.casefold() for name in taken}) == len(wanted)
    assert "history" not in {name.casefold() for name in taken}


def test_rows_are_listed_in_the_part_in_which_they_lie() -> None:
    """What lies in no part comes first; a part without any row has no list."""
    rows = [judged("fail", area=a, ids=str(i)) for i, a in enumerate((C1, C3, DISTRICT, C2, None))]
    scope = Judged(rows, {}, TREE, Stamp({}, {}, DAY, 1, area=DISTRICT))
    parts = {STREET: "一", "990101002000": "二", "990101003000": "三"}
    found = {name: [row["area"] for row in listed] for name, listed in split(rows, scope, parts)}
    assert found == {"名000000本级": [DISTRICT, None], "一": [C1, C2], "二": [C3]}
    whole = split(rows, scope, {})
    assert [(name, len(listed)) for name, listed in whole] == [("名000000", 5)]


async def test_the_figures_are_those_of_the_tables(loaded: Graph) -> None:
    """Every figure of every table, every missing thing and every listed row is in the file."""
    report: Report = (await compose_report(loaded, area=EXAMPLE, as_of=DAY, days=120)).data
    book = opened(make_workbook(report))
    for by, word in BY.items():
        rows = rows_of(book, f"按{word}汇总")
        assert len(rows) == len(report.tables[by]) > 0
        for shown, line in zip(rows, report.tables[by], strict=True):
            assert [shown[FIGURES[k]] for k in COUNTED] == [line[k] for k in COUNTED]
            assert shown["不符合率"] == pytest.approx(line["share"])
            assert shown["名称"] == line["name"]
    assert [r["涉及结论数"] for r in rows_of(book, "未知")] == [m["rows"] for m in report.missing]
    assert [r["届满日"].date() for r in rows_of(book, "届期日历")] == [c["last_day"] for c in report.calendar]
    assert {r["届满"] for r in rows_of(book, "届期日历")} == {None}, "said once where the day is known"
    things = [r["处数"] for r in rows_of(book, "未知合计")]
    assert things == ["–" if r["things"] is None else r["things"] for r in report.registers]
    assert "–" in things
    lists = [rows for _, rows in report.lists]
    whole = next(line for line in report.tables["area"] if line["key"] == EXAMPLE)
    verdicts = [row["verdict"] for rows in lists for row in rows]
    assert verdicts.count("fail") == whole["fail"] + whole["waived"]
    assert verdicts.count("unknown") == whole["unknown"]
    assert verdicts.count("not_possible") == whole["not_possible"]
    sheets = book.sheetnames[len(BY) + 5 : -1]
    assert [len(rows_of(book, name)) for name in sheets] == [len(rows) for rows in lists]
    cover = {row["项目"]: row["内容"] for row in rows_of(book, "技术说明")}
    assert cover["数据版本"] == report.stamp.data_version
    assert cover["统计日期"] == "2025-06-30"
    assert cover["制表人"] == "未填写"
    for rule in report.rules:
        assert rule.file in str(cover[f"规则 {rule.code}"])
        name, _, revision = rule.file.partition("@")
        assert loaded.catalogue[name].revision == revision


async def test_a_masked_workbook_names_nobody(graph: Graph) -> None:
    """No person's name anywhere in the file, and the cover says so; shown on purpose it is there.

    The name of the committee would be a formula.
    """
    await store(graph, place_of_conflict("=示例业委会").builder)
    for shown in (False, True):
        viewed = unmasked(graph) if shown else graph
        report = (await compose_report(viewed, area=DISTRICT, as_of=DAY, days=90)).data
        content = make_workbook(report)
        with zipfile.ZipFile(BytesIO(content)) as archive:
            text = "".join(archive.read(n).decode("utf-8", "replace") for n in archive.namelist())
        assert ("张三" in text) is shown
        assert shown or MASK in text
        cells = [c for sheet in opened(content) for row in sheet.iter_rows() for c in row]
        named = [c for c in cells if c.value == "=示例业委会"]
        assert named
        assert {c.data_type for c in named} == {"s"}
        (term,) = report.calendar
        assert (term["last_day"], term["name"]) == (date(2025, 7, 31), "=示例业委会")


def test_one_quoted_text_does_not_quote_the_others() -> None:
    """The look of a cell is its own, also where rows before and after have another."""
    rows = [listed("=1"), listed("甲"), listed("=2"), listed("乙")]
    sheet = opened(make_workbook(report_of([("街道", rows)])))["街道"]
    cells = [row[4] for row in sheet.iter_rows(min_row=2)]
    assert [(c.value, bool(c.quotePrefix)) for c in cells] == [
        ("=1", True),
        ("甲", False),
        ("=2", True),
        ("乙", False),
    ]
