"""A file is read as the clerk sees it, whatever program wrote it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import xlwt
from openpyxl import Workbook, load_workbook

from graph.loading.cells import BadCell
from graph.loading.excel.archive import BadWorkbook
from graph.loading.findings import Finding
from graph.loading.register.forms import applied, made_of
from graph.loading.register.headings import propose
from graph.loading.register.kinds import find_kind
from graph.loading.register.marked import mark_register
from graph.loading.register.sheets import read_sheets
from graph.loading.register.shown import Number, letters, shown_number
from tests.loading.register.wild import numbered_xls, write_ods, write_text, write_xls, write_xlsx


@pytest.mark.parametrize(
    ("value", "format_", "shown"),
    [
        (1200, "General", "1200"),
        (0.85, "0%", "85%"),
        (12, "000000", "000012"),
        (1234567.891, "#,##0.00", "1234567.89"),
        (500, '0"户"', "500户"),
        (-3, "0_);(0)", "-3"),
        (2.5, "0", "3"),
    ],
)
def test_a_number_is_what_its_format_shows(value: float, format_: str, shown: str) -> None:
    """Leading zeros, units and rounding are in the format, and the clerk sees them."""
    assert shown_number(value, format_) == shown


def test_a_number_that_is_not_shown_with_certainty_is_refused() -> None:
    """An id of 18 digits has lost its last ones; an exponent hides digits."""
    assert isinstance(shown_number(430103199001011234, "General"), BadCell)
    assert isinstance(shown_number(1234567, "0.00E+00"), BadCell)


def test_dates_of_a_workbook_are_as_precise_as_their_format(tmp_path: Path) -> None:
    """A date shown as year and month says no day; errors and pictures are no text."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([date(2015, 7, 1), date(2015, 7, 1), date(2015, 7, 1), 2021.1, '=_xlfn.DISPIMG("ID_1",1)'])
    sheet["B1"].number_format = 'yyyy"年"m"月"'
    sheet["C1"].number_format = "yyyy"
    sheet["A2"], sheet["B2"] = "#N/A", True
    sheet["A2"].data_type = "e"
    book.save(tmp_path / "a.xlsx")
    first, second = read_sheets(tmp_path / "a.xlsx")[0].rows
    assert first[:4] == ["2015-07-01", "2015-07", "2015", "2021.1"]
    assert isinstance(first[3], Number)
    assert isinstance(first[4], BadCell)  # a formula that no program has computed
    assert isinstance(second[0], BadCell)


def test_a_picture_is_no_text(tmp_path: Path) -> None:
    """WPS keeps a picture in a cell as a formula, and its text as the result."""
    path = write_text(tmp_path / "a.csv", [["小区名称"], ['=DISPIMG("ID_5D",1)']])
    cell = read_sheets(path)[0].rows[1][0]
    assert isinstance(cell, BadCell)
    assert "图片" in cell.zh


def test_old_workbooks_and_spreadsheets_are_read_alike(tmp_path: Path) -> None:
    """The same register as .xls, .ods and .xlsx gives the same cells."""
    rows: list[list[object]] = [["小区", "户数"], ["清泉花园", 1200], ["望江苑", None]]
    texts = [["小区", "户数"], ["清泉花园", "1200"], ["望江苑", ""]]
    for path in (
        write_xls(tmp_path / "a.xls", rows),
        write_xlsx(tmp_path / "a.xlsx", rows),
        write_ods(tmp_path / "a.ods", [[None if c is None else str(c) for c in row] for row in rows]),
    ):
        assert read_sheets(path)[0].rows == texts


def test_an_old_workbook_shows_months(tmp_path: Path) -> None:
    """A date of .xls goes by its format, too."""
    path = write_xls(tmp_path / "a.xls", [[date(2019, 3, 1)]], {(0, 0): "yyyy-mm"})
    assert read_sheets(path)[0].rows == [["2019-03"]]


@pytest.mark.parametrize(
    ("number", "shown"),
    [(31, "2019-03-01"), (57, "2019-03"), (27, "2019-03"), (30, "2019-03-01"), (58, None)],
)
def test_dates_of_chinese_excel_are_dates(number: int, shown: str | None, tmp_path: Path) -> None:
    """2019年3月1日 is format 31, whose text no file holds; 3月1日 (58) names no year."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = 43525  # days since 1899-12-30
    sheet["A1"].number_format = "0"
    sheet["A1"]._style.numFmtId = number
    book.save(tmp_path / "a.xlsx")
    for path in (tmp_path / "a.xlsx", numbered_xls(tmp_path / "a.xls", date(2019, 3, 1), number)):
        ((cell,),) = read_sheets(path)[0].rows
        assert cell == shown or (shown is None and isinstance(cell, BadCell))


def test_line_breaks_of_old_programs_are_line_breaks(tmp_path: Path) -> None:
    """Excel writes a carriage return as _x000D_, and a text that looks so as _x005F_x000D_."""
    path = write_xlsx(tmp_path / "a.xlsx", [["李某_x000D_\n王某", "_x005F_x000D_"]])
    assert read_sheets(path)[0].rows == [["李某\r\n王某", "_x000D_"]]


def test_cells_merged_downwards_stand_for_all_their_rows(tmp_path: Path) -> None:
    """One community beside three quarters is the community of each."""
    path = write_xlsx(tmp_path / "a.xlsx", [["清泉社区", "甲"], [None, "乙"], [None, "丙"]], ("A1:A3",))
    assert [row[0] for row in read_sheets(path)[0].rows] == ["清泉社区"] * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t"])
def test_text_files_of_every_encoding(tmp_path: Path, encoding: str, separator: str) -> None:
    """What Excel, WPS and databases write as text."""
    path = write_text(tmp_path / "a.csv", [["小区", "户数"], ["清泉花园", "12"]], encoding, separator)
    assert read_sheets(path)[0].rows == [["小区", "户数"], ["清泉花园", "12"]]


def test_a_file_of_two_encodings_is_refused_with_its_line(tmp_path: Path) -> None:
    """Nothing is guessed: the line is named where neither encoding reads on."""
    path = tmp_path / "a.csv"
    path.write_bytes("小区\n清泉花园\n".encode() + b"\xcd\xfb\xbd\xad\xff\n")
    with pytest.raises(BadWorkbook) as refused:
        read_sheets(path)
    assert "第 3 行" in refused.value.zh


def test_lines_of_another_encoding_are_refused(tmp_path: Path) -> None:
    """Lines of UTF-8 put below lines of GB18030 are GB18030 as well, of strange words."""
    path = tmp_path / "a.csv"
    path.write_bytes("社区,小区\n清泉社区,望江苑\n".encode("gb18030") + "梧桐社区,梧桐里\n".encode())
    with pytest.raises(BadWorkbook, match="line 3"):
        read_sheets(path)


def test_a_broken_character_is_found_at_its_line(tmp_path: Path) -> None:
    """A file of UTF-8 with one broken character is not read as GB18030."""
    path = tmp_path / "a.csv"
    path.write_bytes("社区,小区\n清泉社区,望江苑\n清泉社区,".encode() + b"\xe8\x8b,12\n")
    with pytest.raises(BadWorkbook, match="line 3"):
        read_sheets(path)


@pytest.mark.parametrize("begin", ["<html><table><tr><td>社区</td>", '<?xml version="1.0"?><Workbook>'])
def test_a_page_is_no_workbook(tmp_path: Path, begin: str) -> None:
    """What systems hand out under the name of an .xls is said to be a page, and how to save it."""
    path = tmp_path / "a.xls"
    path.write_text(begin, "utf-8")
    with pytest.raises(BadWorkbook, match="web page or XML"):
        read_sheets(path)


def test_semicolons_part_columns_where_nothing_else_does(tmp_path: Path) -> None:
    """As in a delivery of CSV."""
    path = write_text(tmp_path / "a.csv", [["小区", "户数"], ["清泉花园", "12"]], "utf-8", ";")
    assert read_sheets(path)[0].rows == [["小区", "户数"], ["清泉花园", "12"]]


def hide_in_xlsx(path: Path) -> None:
    """A workbook of a sheet that is seen, with a hidden row, and one that is not."""
    book = Workbook()
    book.active.title = "现在"
    for sheet in (book.active, book.create_sheet("去年")):
        for row in (["社区", "小区名称"], ["清泉社区", "望江苑"], ["清泉社区", "旧苑"]):
            sheet.append(row)
    book["现在"].row_dimensions[3].hidden = True
    book["去年"].sheet_state = "hidden"
    book.save(path)


def hide_in_xls(path: Path) -> None:
    """The same as an old workbook."""
    book = xlwt.Workbook()
    for name, hidden in (("现在", 0), ("去年", 1)):
        sheet = book.add_sheet(name)
        for i, row in enumerate((["社区", "小区名称"], ["清泉社区", "望江苑"], ["清泉社区", "旧苑"])):
            for j, text in enumerate(row):
                sheet.write(i, j, text)
        sheet.visibility = hidden
        sheet.row(2).hidden = 1 - hidden
    book.save(str(path))


def hide_in_ods(path: Path) -> None:
    """The same as LibreOffice writes it."""
    write_ods(path, [["社区", "小区名称"], ["清泉社区", "望江苑"], ["清泉社区", "旧苑"]])
    with zipfile.ZipFile(path) as archive:
        content = archive.read("content.xml").decode()
    space = ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    style = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    head, _, rest = content.partition("<office:body>")
    seen = rest.partition("</table:table>")[0].partition("<office:spreadsheet>")[2] + "</table:table>"
    third = seen.rindex("<table:table-row>", 0, seen.index("旧苑"))
    shown = seen[:third] + '<table:table-row table:visibility="filter">' + seen[third + 17 :]
    hidden = seen.replace('table:name="Sheet1"', 'table:name="去年" table:style-name="ta2"')
    content = (
        head.replace("<office:document-content", f"<office:document-content{space}")
        + f"<office:automatic-styles>{style}</office:automatic-styles><office:body><office:spreadsheet>"
        + shown.replace("Sheet1", "现在")
        + hidden
        + "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", content)


@pytest.mark.parametrize("write", [hide_in_xlsx, hide_in_xls, hide_in_ods])
def test_what_is_hidden_is_known(write: Callable[[Path], None], tmp_path: Path) -> None:
    """A sheet that is not seen is no register; rows that are hidden are counted."""
    write(tmp_path / "a")
    sheets = read_sheets(tmp_path / "a")
    assert [(s.name, s.hidden) for s in sheets] == [("现在", False), ("去年", True)]
    assert sheets[0].hidden_rows == 1
    kind = find_kind("小区台账")
    assert [propose(s, kind) is not None for s in sheets] == [True, False]
    form = made_of([p for s in sheets if (p := propose(s, kind))], kind)
    assert [applied(form, s) is not None for s in sheets] == [True, False]


@pytest.mark.parametrize(("encoding", "told"), [("big5", "Big5"), ("utf-16-le", "UTF-16")])
def test_a_foreign_encoding_is_named(tmp_path: Path, encoding: str, told: str) -> None:
    """Read as GB18030 it would be a sheet of strange words."""
    path = write_text(tmp_path / "a.csv", [["小區", "戶數"], ["清泉花園", "12"]], encoding, ",")
    with pytest.raises(BadWorkbook) as refused:
        read_sheets(path)
    assert told in refused.value.zh


def test_damaged_files_are_refused(tmp_path: Path) -> None:
    """A zip that is no workbook, and half of an old workbook."""
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("content.xml", "<a>")
    (tmp_path / "a.xls").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    for name in ("a.ods", "a.xls"):
        with pytest.raises(BadWorkbook):
            read_sheets(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "start"), [("PDF", b"%PDF-1.7\n"), ("PNG", b"\x89PNG\r\n\x1a\n"), ("JPEG", b"\xff\xd8\xff\xe0")]
)
def test_a_picture_of_a_sheet_is_called_that(tmp_path: Path, name: str, start: bytes) -> None:
    """A scan or print is no text in an odd encoding: what it is is said, whatever its name ends in."""
    path = tmp_path / "小区台账.csv"
    path.write_bytes(start + b"\0" * 20)
    with pytest.raises(BadWorkbook) as refused:
        read_sheets(path)
    assert f"是 {name} 文件" in refused.value.zh


def test_a_workbook_is_one_under_any_name(tmp_path: Path) -> None:
    """A new workbook that somebody named .xls is read and marked as what it is."""
    path = write_xlsx(tmp_path / "a.xls", [["社区", "小区名称"], ["清泉社区", "望江苑"]])
    assert read_sheets(path)[0].rows[1] == ["清泉社区", "望江苑"]
    found = Finding("a.xls", 2, "小区名称", "望江苑", "有误", "wrong", "error", "Sheet", "B2")
    assert load_workbook(BytesIO(mark_register(path, [found])))["Sheet"]["B2"].comment is not None


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "#DIV/0!", "#NAME?", "Err:502", "########"])
def test_an_error_is_one_in_a_text_file_too(text: str, tmp_path: Path) -> None:
    """Excel writes the words of its errors into CSV: they are no names."""
    path = write_text(tmp_path / "a.csv", [["社区", "物业公司"], ["清泉社区", text]])
    assert isinstance(read_sheets(path)[0].rows[1][1], BadCell)


def test_a_copy_is_as_uncertain_as_its_file(tmp_path: Path) -> None:
    """A number 2021.1, an error and a picture are none of a name or month in the marked copy either."""
    rows: list[list[object]] = [["小区", "时间"], ["=DISPIMG(1)", 2021.1], ["#N/A", 2021.1], ["望江苑", 12]]
    path = write_xls(tmp_path / "a.xls", [["小区", "时间"], *rows[1:]])
    found = Finding("a.xls", 2, "时间", "2021.1", "有误", "wrong", "error", "台账", "B2")
    (tmp_path / "b.xlsx").write_bytes(mark_register(path, [found]))
    again = next(s.rows for s in read_sheets(tmp_path / "b.xlsx") if s.name == "台账")
    assert [[type(cell) for cell in row] for row in again[1:]] == [
        [BadCell, Number],
        [BadCell, Number],
        [str, Number],
    ]


def test_letters_go_on_after_z() -> None:
    """As Excel counts columns."""
    assert [letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
