"""A workbook whose sheets have their columns in different orders: what is wrong is told where it stands."""

from __future__ import annotations

from pathlib import Path

from graph.loading.findings import Finding
from graph.loading.register.forms import keep_form
from graph.loading.register.sheets import read_sheets
from graph.loading.register.taking import take_form
from tests.loading.register.read_alone import CLEAR, PLANE, STREET, attempt
from tests.loading.register.wild import Rows, write_sheets

ONE: Rows = [
    ["社区", "小区名称", "户数", "业委会主任", "业委会换届时间", "任期起止"],
    ["清泉社区", "清泉花园", 12, "张三", "2021", "2021-2026"],
]
OTHER: Rows = [["小区名称", "业委会换届时间", "任期起止", "户数", "社区", "业委会主任"]]


def found(folder: Path, *rows: list[object]) -> list[Finding]:
    """What is wrong in rows of the second sheet."""
    path = write_sheets(folder / "a.xlsx", {"清泉社区": ONE, "梧桐社区": [*OTHER, *rows]})
    _, delivery, errors = attempt(path, (STREET, CLEAR, PLANE))
    assert delivery.locate is not None
    return [delivery.locate(f) for f in errors]


def test_rows_that_differ_are_told_in_their_own_sheet(tmp_path: Path) -> None:
    """The election and the end of the term stand in B and C here, and in E and F of the first sheet."""
    told = found(
        tmp_path,
        ["梧桐里", "2021", "2021-2026", 7, "梧桐社区", "李四"],
        ["梧桐里", "2022", "2021-2027", 7, "梧桐社区", "李四"],
    )
    assert {(f.sheet, f.cell, f.column) for f in told} == {
        ("梧桐社区", "B3", "业委会换届时间"),
        ("梧桐社区", "C3", "任期起止"),
    }


def test_what_is_missing_is_told_in_its_own_sheet(tmp_path: Path) -> None:
    """A row without a name is marked at the column of names of its sheet."""
    told = found(tmp_path, [None, None, None, 8, "梧桐社区", None])
    assert {(f.sheet, f.cell, f.column) for f in told} == {("梧桐社区", "A2", "小区名称")}


def test_what_the_model_refuses_is_told_in_its_own_sheet(tmp_path: Path) -> None:
    """What only the checks of every delivery see: more households than there can be."""
    told = found(tmp_path, ["梧桐里", None, None, 99_999_999, "梧桐社区", None])
    assert {(f.sheet, f.cell, f.column) for f in told} == {("梧桐社区", "D2", "户数")}


def test_a_row_of_another_sheet_is_named_with_its_sheet(tmp_path: Path) -> None:
    """Row 2 alone may be of any sheet."""
    told = found(tmp_path, ["清泉花园", "2022", None, 12, "清泉社区", None])
    assert ["工作表“清泉社区”第 2 行" in f.zh for f in told] == [True]


def test_a_line_above_the_heading_is_none_of_it_for_a_kept_form_either(tmp_path: Path) -> None:
    """填报时间 over a column would give that column another heading than the form has."""
    rows: Rows = [
        ["住宅小区台账", None, None],
        ["单位：云山街道", None, "填报时间：2025年6月"],
        ["社区", "小区名称", "户数"],
        ["清泉社区", "清泉花园", 12],
    ]
    sheets = read_sheets(write_sheets(tmp_path / "a.xlsx", {"台账": rows}))
    for _ in ("proposed", "kept"):
        path, form, (proposal,) = take_form(sheets, tmp_path, None, None, {})
        assert [c.heading for c in proposal.columns] == ["社区", "小区名称", "户数"]
        keep_form(path, form)
