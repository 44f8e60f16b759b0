"""Findings in a copy of the workbook: at their cells, in a list with links, the rest untouched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from graph.loading.excel.bounds import BadWorkbook
from graph.loading.excel.marks import AUTHOR, mark_findings
from graph.loading.excel.read import read_workbook
from graph.loading.findings import Finding
from tests.loading.excel.filled import fill_sample, headings, opened, saved


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """The sample with three mistakes."""
    book = fill_sample(tmp_path / "in")
    book["小区"].cell(2, headings(book["小区"])["households"], "1.4万")
    book["业委会"]["B2"] = None
    book["人员"].cell(3, headings(book["人员"])["party_status"], '=HYPERLINK("http://x")')
    return saved(book, tmp_path / "a.xlsx")


def marked(path: Path) -> tuple[Workbook, list[Finding]]:
    delivery, raw = read_workbook(path)
    found = raw if delivery is None else [delivery.locate(f) for f in raw]
    return opened(mark_findings(path, found)), found


def notes(book: Workbook) -> dict[tuple[str, str], Any]:
    """The cells that carry a mark."""
    return {
        (sheet.title, cell.coordinate): cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None and cell.comment.author == AUTHOR
    }


def test_every_finding_stands_at_its_cell_and_in_the_list(wrong: Path) -> None:
    """Coloured, with both languages in the note, and a link from the list to the cell."""
    before = wrong.read_bytes()
    book, found = marked(wrong)
    assert wrong.read_bytes() == before
    cells = notes(book)
    assert set(cells) == {(f.sheet, f.cell) for f in found}
    assert len(found) >= 3
    for finding in found:
        cell = cells[finding.sheet, finding.cell]
        assert finding.zh in cell.comment.text
        assert finding.en in cell.comment.text
        assert cell.fill.fgColor.rgb == "00FF9999"
    assert book.sheetnames[0] == "错误清单"
    rows = list(book["错误清单"].iter_rows(min_row=2))
    assert [(r[2].value, r[3].value, r[6].value, r[7].value) for r in rows] == [
        (f.sheet, f.cell, f.zh, f.en) for f in found
    ]
    assert [r[3].hyperlink.location for r in rows] == [f"'{f.sheet}'!{f.cell}" for f in found]


def test_the_rest_of_the_copy_is_as_it_was(wrong: Path) -> None:
    """Values, notes of headings, drop-downs and formats stay."""
    book, _ = marked(wrong)
    old = opened(wrong.read_bytes())
    for sheet in old:
        new = book[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                assert new[cell.coordinate].value == cell.value
        assert len(new.data_validations.dataValidation) == len(sheet.data_validations.dataValidation)
    assert headings(book["小区"]) == headings(old["小区"])


def test_a_mended_copy_can_be_read_and_marked_again(wrong: Path, tmp_path: Path) -> None:
    """The list is no table, and the marks of what was mended go."""
    book, _ = marked(wrong)
    book["小区"].cell(2, headings(book["小区"])["households"], 140)
    copy = saved(book, tmp_path / "copy.xlsx")
    again, found = marked(copy)
    assert "小区" not in {f.sheet for f in found}
    assert found
    assert set(notes(again)) == {(f.sheet, f.cell) for f in found}
    assert again.sheetnames.count("错误清单") == 1


def test_what_was_typed_is_shown_and_never_run(wrong: Path) -> None:
    """A value that looks like a formula, or has characters that no file may hold, is a text."""
    finding = Finding("a.xlsx", 2, "x", "=1+1\x01", "错\x02", "wrong", "error", "小区", "A2")
    far = Finding("a.xlsx", 0, "", "", "整个文件", "the file")
    book = opened(mark_findings(wrong, [finding, far]))
    row = list(book["错误清单"][2])
    assert (row[5].value, row[5].data_type) == ("=1+1�", "s")
    assert book["错误清单"]["D3"].hyperlink is None


def test_no_copy_is_made_where_nothing_would_be_marked(wrong: Path) -> None:
    """A whole sheet that is missing has no cell: the copy would show nothing and take its time."""
    missing = Finding("封面", 0, "", "", "缺少“封面”工作表", "there is no cover sheet")
    with pytest.raises(BadWorkbook):
        mark_findings(wrong, [missing])


def test_a_sheet_that_is_no_type_is_marked_as_a_whole(wrong: Path, tmp_path: Path) -> None:
    """It is linked from the list; of foreign sheets alone, however large, no copy is written."""
    book = opened(wrong.read_bytes())
    book.create_sheet("附表")["B2"] = "另有说明"
    copy, found = marked(saved(book, tmp_path / "b.xlsx"))
    assert {sheet for sheet, _ in notes(copy)} == {f.sheet for f in found} - {"附表"}
    (row,) = [r for r in copy["错误清单"].iter_rows(min_row=2) if r[2].value == "附表"]
    assert (row[2].hyperlink.location, row[3].value) == ("'附表'!A1", None)
    for title in book.sheetnames:
        if title != "附表":
            del book[title]
    with pytest.raises(BadWorkbook, match="no finding is about a cell"):
        marked(saved(book, tmp_path / "foreign.xlsx"))
