"""Excel on the command line: a template, loading a workbook, a marked copy, answers as files."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from graph.private import MASK
from tests.cli.running import AS_OF, cobuild, on_loaded, on_scratch
from tests.loading.excel.filled import fill_sample, headings, saved

__all__ = ["cobuild", "on_loaded", "on_scratch"]

EXAMPLE = ("--place", "worked_example", *AS_OF)


def test_a_template_is_written_whole_or_not_at_all(cobuild: Any, tmp_path: Path) -> None:
    """Some types or all; another ending or an unknown type is refused."""
    path = tmp_path / "模板.xlsx"
    assert cobuild("template", str(path), "--types", "小区，HOLDS_POST").code == 0
    # A quarter is in no area's answer without the sheet that says where it belongs.
    assert load_workbook(path).sheetnames[2:] == ["小区", "来源", "属于", "任职", "词表"]
    assert cobuild("template", str(tmp_path / "x.xls")).code == 2
    refused = cobuild("template", str(tmp_path / "x.xlsx"), "--types", "Quarters")
    assert refused.code == 2
    assert "Quarters" in refused.err
    assert list(tmp_path.iterdir()) == [path]


def test_a_workbook_loads_and_a_wrong_one_comes_back_marked(on_scratch: Any, tmp_path: Path) -> None:
    """Nothing is written for a mistake; the copy beside it shows the cell; mended, it loads."""
    book = fill_sample(tmp_path / "in")
    column = headings(book["小区"])["households"]
    cell = book["小区"].cell(2, column, "许多")
    path = saved(book, tmp_path / "台账.xlsx")
    before = path.read_bytes()
    refused = on_scratch("load", str(path))
    assert refused.code == 2
    assert f"台账.xlsx［小区］{cell.coordinate}" in refused.err
    copy = tmp_path / "台账.错误.xlsx"
    assert copy.name in refused.err.replace("\n", "")
    assert path.read_bytes() == before
    marked = load_workbook(copy)
    assert marked["小区"][cell.coordinate].comment is not None
    assert on_scratch("load", str(path), "--errors-to", str(path)).code == 2
    assert path.read_bytes() == before
    other = tmp_path / "out.xlsx"
    assert on_scratch("load", str(path), "--errors-to", str(other)).code == 2
    assert other.exists()
    marked["小区"][cell.coordinate] = 12
    tried = on_scratch("load", "--dry-run", str(saved(marked, copy)))
    assert "新增 17" in tried.out
    assert "未写入任何数据" in tried.out
    loaded = on_scratch("load", str(copy))
    assert loaded.code == 0, loaded.err
    assert "新增 17" in loaded.out
    assert "已是最新" in on_scratch("load", str(copy)).out
    assert on_scratch("load", "--discard").code == 0
    assert on_scratch("load", "--discard", "--dry-run").code == 2


def test_a_file_that_is_no_workbook_is_refused_without_a_copy(on_scratch: Any, tmp_path: Path) -> None:
    """There is no cell to mark; a missing file is reported too."""
    path = tmp_path / "a.xlsx"
    path.write_text("编号,名称\n", "utf-8")
    for name in (path, tmp_path / "nowhere.xlsx", tmp_path / "nowhere"):
        ran = on_scratch("load", str(name))
        assert ran.code == 2
        assert "Traceback" not in ran.err
    assert list(tmp_path.iterdir()) == [path]


PLANNED = ("--person", "p-990101-0022", "--body", "oc-990101-009", "--role", "member")
COMMANDS = {
    "coverage": ("coverage", *EXAMPLE),
    "gaps": ("gaps", *EXAMPLE, "--dimension", "owners_committee"),
    "paths": ("paths", "n-990101-0001", *AS_OF),
    "chain": ("chain", "p-990101-0022", "po-990101-c01", *AS_OF),
    "connect": ("connect", "q-990101-001", "u-990101-001", *AS_OF),
    "candidates": ("candidates", *EXAMPLE, "--rule", "R19"),
    "appoint": ("appoint", "--dry-run", *PLANNED, *AS_OF),
    "check": ("check", *EXAMPLE, "--rule", "R15"),
    "query": ("query", "body_members", "body=oc-990101-009", *AS_OF),
    "report": ("report", "--by", "rule", "--area", "990101001001", *AS_OF),
    "calendar": ("calendar", "--days", "180", "--area", "990101001001", *AS_OF),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_an_answer_is_written_as_its_file_says(name: str, on_loaded: Any, tmp_path: Path) -> None:
    """The rows printed as CSV are those of the workbook and of the CSV file, which has a mark."""
    printed = list(csv.DictReader(io.StringIO(on_loaded(*COMMANDS[name], "--format", "csv").out)))
    book, table = tmp_path / "结果.xlsx", tmp_path / "结果.csv"
    assert on_loaded(*COMMANDS[name], "-o", str(book)).code == 0
    assert on_loaded(*COMMANDS[name], "-o", str(table)).code == 0
    data = table.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows == printed != []
    opened = load_workbook(book)
    cover = {row[0].value: row[1].value for row in opened["封面"].iter_rows()}
    assert cover["统计日期"] == "2025-06-30"
    assert cover["行数"] == len(printed)
    assert cover["数据版本"] > 0
    assert opened["结果"].max_row == len(printed) + 1
    assert opened["结果"].max_column == len(printed[0])


def test_personal_data_is_withheld_in_files_too(on_loaded: Any, tmp_path: Path) -> None:
    """Masked unless asked for, and the cover says which."""
    for options, masked in (((), True), (("--show-personal",), False)):
        path = tmp_path / "a.xlsx"
        assert on_loaded(*COMMANDS["query"], *options, "--excel", str(path)).code == 0
        book = load_workbook(path)
        cover = {row[0].value: row[1].value for row in book["封面"].iter_rows()}
        assert ("已屏蔽" in cover["个人信息"]) is masked
        values = {value for row in book["结果"].iter_rows(values_only=True) for value in row}
        assert (MASK in values) is masked


def test_a_file_of_another_kind_is_refused(on_loaded: Any, tmp_path: Path) -> None:
    """An unknown ending, one that contradicts the format, two files at once."""
    for options in (
        ("-o", str(tmp_path / "a.txt")),
        ("-o", str(tmp_path / "a.csv"), "--format", "json"),
        ("--excel", str(tmp_path / "a.csv")),
        ("--excel", str(tmp_path / "a.xlsx"), "-o", str(tmp_path / "b.csv")),
    ):
        ran = on_loaded(*COMMANDS["coverage"], *options)
        assert ran.code == 2, options
    assert list(tmp_path.iterdir()) == []


def test_a_sheet_of_proposals_is_answered_by_a_marked_copy(on_loaded: Any, tmp_path: Path) -> None:
    """The template filled in says what the options say; a wrong row is marked and nothing is rehearsed."""
    path, copy = tmp_path / "任免.xlsx", tmp_path / "任免.核查.xlsx"
    assert on_loaded("template", str(path), "--appointments").code == 0
    book = load_workbook(path)
    sheet = book["任免方案"]
    for column, value in enumerate(("p-990101-0022", "oc-990101-009", "委员", "2025-06-30"), start=1):
        sheet.cell(2, column, value)
    book.save(path)
    ran = on_loaded("appoint", str(path), "--dry-run", "--marked", str(copy), "--format", "csv")
    assert ran.code == 0, ran.err
    assert ran.out.splitlines()[-1] == on_loaded(*COMMANDS["appoint"], "--format", "csv").out.splitlines()[-1]
    assert "核查结果" in {cell.value for cell in load_workbook(copy)["任免方案"][1]}
    sheet.cell(2, 3, "村长")
    book.save(path)
    refused = on_loaded("appoint", str(path), "--dry-run", "--marked", str(copy))
    assert refused.code == 2
    assert "C2" in refused.err
    marked = load_workbook(copy)["任免方案"]
    assert any(str(cell.value).startswith("有误") for cell in marked[2])
