"""Answers as files: all rows, the stamp on the cover, no cell a formula, CSV as Excel opens it."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import pytest

from graph.catalogue import Catalogue
from graph.loading.cells import FORMULA, read_cell
from graph.model import NODES, OPEN_END
from graph.reading.answer import Answer, Stamp
from graph.reports.tables import sheets
from graph.reports.tables.csv_file import csv_bytes
from graph.reports.tables.results import make_results
from tests.loading.excel.filled import opened

NASTY = ["=1+1", "+1", "-x", "@SUM(A1)", "\t=1", "甲"]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load()


def answer(rows: list[dict[str, Any]]) -> Answer:
    """An answer of one catalogue query."""
    stamp = Stamp(
        {"body_members": "abc"}, {"body": "=oc"}, date(2025, 6, 30), 7, area="990101000000", rows=len(rows)
    )
    return Answer(rows, stamp)


def test_the_cover_says_where_the_rows_come_from(catalogue: Catalogue) -> None:
    """Day, data version, parameters, each query with its source, and whether names are shown."""
    for masked, words in ((True, "已屏蔽"), (False, "已显示")):
        book = opened(make_results(answer([{"a": 1}]), catalogue, title="标题", masked=masked))
        cover = {row[0].value: row[1].value for row in book["封面"].iter_rows()}
        assert (cover["标题"], cover["统计日期"], cover["数据版本"]) == ("标题", "2025-06-30", 7)
        assert cover["参数 body"] == "=oc"
        assert words in cover["个人信息"]
        assert cover["查询 body_members"].endswith("body_members@abc")
        assert cover["　依据"] == catalogue["body_members"].header.source
        assert "不知道" in cover["空单元格"]


def test_the_rows_are_all_there_as_what_they_are(catalogue: Catalogue) -> None:
    """Numbers, dates and words; the unknown empty; lists in one cell; headings that are known."""
    rows = [
        {
            "state": "gap",
            "name": name,
            "n": 12,
            "since": date(2025, 1, 2),
            "x": ["a", "b"],
            "share": None,
            "until": OPEN_END,
            "e": {"k": 1},
        }
        for name in NASTY
    ]
    content = make_results(answer(rows), catalogue, title="t", masked=True, columns={"name": "名称"})
    sheet = opened(content)["结果"]
    head, *found = sheet.iter_rows()
    assert [c.value for c in head] == ["名称", "state", "n", "since", "x", "share", "until", "e"]
    assert [row[0].value for row in found] == NASTY
    assert {row[0].data_type for row in found} == {"s"}
    first = [c.value for c in found[0]]
    assert (first[1], first[2], first[3].date()) == ("缺口", 12, date(2025, 1, 2))
    assert first[4:] == ["a\nb", None, "至今", '{"k": 1}']
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", sheet.dimensions)


def test_a_long_answer_goes_on_in_another_sheet(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No row is cut off where a sheet ends; an empty answer says so."""
    monkeypatch.setattr(sheets, "MOST_ROWS", 10)
    rows = [{"n": n} for n in range(25)]
    book = opened(make_results(answer(rows), catalogue, title="t", masked=True))
    found = [row[0] for s in book.worksheets[1:] for row in s.iter_rows(min_row=2, values_only=True)]
    assert found == list(range(25))
    empty = opened(make_results(answer([]), catalogue, title="t", masked=True))
    assert "没有结果" in empty["结果"]["A1"].value


def test_a_list_that_no_cell_can_hold_is_whole(catalogue: Catalogue) -> None:
    """1,100 ids: whole ids and a mark in the cell, a note on the cover, an id a row in a sheet."""
    ids = [f"p-990101-{n:04}~HOLDS_POST~po-990101-c01~part_time_member~1" for n in range(1100)]
    rows = [{"finding": "R04:a", "evidence": ids}, {"finding": "R04:b", "evidence": ids[:3]}]
    book = opened(make_results(answer(rows), catalogue, title="t", masked=True))
    assert book.sheetnames == ["封面", "结果", "完整内容"]
    shown, mark = book["结果"]["B2"].value.rsplit("\n", 1)
    assert shown.split("\n") == ids[: len(shown.split("\n"))]
    assert "1100" in mark
    assert "完整内容" in mark
    assert book["结果"]["B3"].value == "\n".join(ids[:3])
    cover = {row[0].value: row[1].value for row in book["封面"].iter_rows()}
    assert "完整内容" in cover["放不下的单元格"]
    listed = list(book["完整内容"].iter_rows(min_row=2, values_only=True))
    assert [row[-1] for row in listed] == ids
    assert {row[:4] for row in listed} == {("结果", 2, "依据", "R04:a")}
    assert [row[4] for row in listed] == list(range(1, 1101))
    assert ";".join(ids) in csv_bytes(rows).decode()


def test_a_text_that_no_cell_can_hold_is_whole(catalogue: Catalogue) -> None:
    """Also one of characters that take two units; what fits has no mark, and the cover says nothing."""
    for text in ("甲" * 40_000, "𠮷" * 20_000):
        book = opened(make_results(answer([{"a": text}]), catalogue, title="t", masked=True))
        assert "".join(row[-1] for row in book["完整内容"].iter_rows(min_row=2, values_only=True)) == text
        assert len(book["结果"]["A2"].value.encode("utf-16-le")) // 2 <= 32_767
    book = opened(make_results(answer([{"a": "甲" * 32_000}]), catalogue, title="t", masked=True))
    assert book.sheetnames == ["封面", "结果"]
    assert "放不下的单元格" not in {row[0].value for row in book["封面"].iter_rows()}


def test_no_control_character_reaches_a_file(catalogue: Catalogue) -> None:
    """A workbook opens and CSV holds no escape sequence, whatever is in names, titles and headings."""
    text = "甲\x1b[31m\x9b\ufffe\ud800乙"
    book = opened(make_results(answer([{text: text, "b": [text]}]), catalogue, title=text, masked=True))
    assert [c.value for c in book["结果"][2]] == ["甲�[31m���乙"] * 2
    assert book["结果"]["A1"].value == "甲�[31m���乙"
    found = csv_bytes([{text: text, "b": [text]}]).decode("utf-8-sig")
    assert found.splitlines() == ["甲�[31m���乙,b", "甲�[31m���乙,甲�[31m���乙"]


def test_csv_opens_in_excel_and_comes_back_whole() -> None:
    """A byte order mark; no text begins a formula; what protects it is taken off by the import."""
    content = csv_bytes([{"名称": name, "n": -1.5, "x": ["-a", "b"]} for name in NASTY])
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert not [r for r in rows if r["名称"].startswith(FORMULA) or r["x"].startswith(FORMULA)]
    assert {r["n"] for r in rows} == {"-1.5"}
    text = NODES["Quarter"].properties()["name"]
    assert [read_cell(r["名称"], text) for r in rows] == [n if n[0] == "\t" else n.strip() for n in NASTY]
    assert read_cell("'tis", text) == "'tis"


def test_maps_in_cells_are_json(catalogue: Catalogue) -> None:
    """A chain of areas is read back as JSON from CSV and, a line each, from a workbook."""
    chain = [{"area": "990101000000", "name": "示例区"}, {"area": "990100000000", "name": None}]
    row = {"areas": chain, "one": {"day": date(2025, 6, 30)}, "ids": ["a", "b"]}
    (read,) = csv.DictReader(io.StringIO(csv_bytes([row]).decode("utf-8-sig")))
    assert json.loads(read["areas"]) == chain
    assert json.loads(read["one"]) == {"day": "2025-06-30"}
    assert read["ids"] == "a;b"
    cells = [
        c.value for c in opened(make_results(answer([row]), catalogue, title="t", masked=True))["结果"][2]
    ]
    assert [json.loads(line) for line in cells[0].splitlines()] == chain
    assert cells[2] == "a\nb"


def test_without_a_row_csv_has_the_names_of_its_columns() -> None:
    """A heading and no empty file says that there is none; rows bring their own columns."""
    assert csv_bytes([], ["id", "name"]).decode("utf-8-sig") == "id,name\r\n"
    assert csv_bytes([{"a": 1}], ["id"]).decode("utf-8-sig") == "a\r\n1\r\n"


def test_a_workbook_leaves_out_maps_that_words_stand_beside(catalogue: Catalogue) -> None:
    """The chain of areas is for programs; people read it in one cell."""
    row = {"id": "q-1", "areas": [{"area": "990101000000"}], "areas_zh": "示例区", "ids": ["a"]}
    book = opened(make_results(answer([row]), catalogue, title="t", masked=True))
    assert [cell.value for cell in book["结果"][1]] == ["id", "areas_zh", "ids"]
