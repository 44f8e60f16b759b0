"""Filled workbooks: the same graph as from CSV, and every mistake at its cell."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.cell import coordinate_from_string

from graph.data_files import data_folder
from graph.loading.excel.read import read_workbook
from graph.loading.findings import DeliveryRejected, Finding
from graph.loading.load import load_delivery
from graph.loading.rows import EdgeRow, NodeRow
from graph.model import POSTS
from graph.reading.graph import Graph
from tests.loading.content import content
from tests.loading.excel.filled import fill, fill_sample, headings, opened, saved
from tests.loading.excel.parts import rewritten
from tests.loading.samples import MANIFEST, TABLES, write_delivery

Spoil = Callable[[Any], None]


@pytest.fixture(scope="session")
def worked_example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every row of the worked example in the template."""
    path = tmp_path_factory.mktemp("filled") / "示例区.xlsx"
    return saved(fill(data_folder("seed_data") / "worked_example"), path)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The sample of the import tests in the template."""
    folder = tmp_path_factory.mktemp("sample")
    return saved(fill_sample(folder / "in"), folder / "sample.xlsx").read_bytes()


def findings(path: Path) -> list[Finding]:
    """What the reading alone finds, at its cells."""
    delivery, found = read_workbook(path)
    return found if delivery is None else [delivery.locate(f) for f in found]


def spoiled(content: bytes, path: Path, sheet: str, **cells: Any) -> Path:
    """The sample with other cells: `C2=…`."""
    book = opened(content)
    for address, value in cells.items():
        book[sheet][address] = value
    return saved(book, path)


async def test_the_worked_example_is_the_same_from_a_workbook(graph: Graph, worked_example: Path) -> None:
    """Each node, edge, value and derived edge equals that of the folder of CSV."""
    folder = data_folder("seed_data") / "worked_example"
    await load_delivery(graph.store, worked_example, read=read_workbook)
    mine = await content(graph)
    again = await load_delivery(graph.store, folder)
    assert (again.created, again.changed, again.removed) == (0, 0, 0)
    assert again.emptied == again.gone == []
    assert mine == await content(graph)
    with (folder / "nodes" / "Person.csv").open(encoding="utf-8") as file:
        persons = sum(1 for _ in csv.DictReader(file))
    (counted,) = await graph.store.read([("MATCH (p:Person) RETURN count(p) AS n", {})])
    assert counted[0]["n"] == persons
    same = await load_delivery(graph.store, folder)
    assert same.already


async def test_text_alone_is_enough(graph: Graph, tmp_path: Path) -> None:
    """Every cell as text, codes in English: nothing but the sheets is of Excel."""
    folder = write_delivery(tmp_path / "in")
    await load_delivery(
        graph.store, saved(fill(folder, native=False), tmp_path / "a.xlsx"), read=read_workbook
    )
    report = await load_delivery(graph.store, folder)
    assert (report.created, report.changed) == (0, 0)
    assert report.unchanged == 17


@pytest.mark.parametrize(
    ("sheet", "column", "value", "expected"),
    [
        ("小区", "households", 120.0, 120),
        ("小区", "households", "１２０", 120),
        ("小区", "floor_area_m2", 3, 3.0),
        ("小区", "single_owner", True, True),
        ("小区", "single_owner", "　否 ", False),
        ("小区", "kind", "老旧小区", "old"),
        ("小区", "kind", "old", "old"),
        ("小区", "name", 2046, "2046"),
        ("小区", "name", "=一号", None),
        ("小区", "note", "'=公式", "=公式"),
        ("业委会", "elected_on", datetime(2023, 3, 10), date(2023, 3, 10)),
        ("业委会", "elected_on", "2023/3/10", date(2023, 3, 10)),
        ("业委会", "elected_on", "2023年3月10日", date(2023, 3, 10)),
        ("业委会", "elected_on", "1899-03-10", date(1899, 3, 10)),
    ],
)
def test_a_cell_is_read_by_what_its_column_holds(
    sample: bytes, tmp_path: Path, *, sheet: str, column: str, value: Any, expected: Any
) -> None:
    """Numbers, dates, truth values and words as Excel and its users write them."""
    book = opened(sample)
    cell = book[sheet].cell(2, headings(book[sheet])[column], value)
    if expected is None:  # a text that Excel would take for a formula is one
        assert cell.data_type == "f"
    delivery, found = read_workbook(saved(book, tmp_path / "a.xlsx"))
    assert delivery is not None
    if expected is None:
        shown = [delivery.locate(f) for f in found]
        assert [(f.sheet, f.cell) for f in shown] == [(sheet, cell.coordinate)]
        return
    assert not found
    first = next(
        n for n in delivery.nodes if n.label == ("Quarter" if sheet == "小区" else "OwnersCommittee")
    )
    assert first.properties[column] == expected


@pytest.mark.parametrize(
    ("sheet", "column", "value", "words"),
    [
        ("小区", "households", "1.4万", "应为整数"),
        ("小区", "households", 1.5, "应为整数"),
        ("小区", "households", date(2025, 1, 1), "存成了日期"),
        ("小区", "households", True, "逻辑值"),
        ("小区", "name", date(2025, 1, 2), "存成了日期"),
        ("小区", "id", 1.5, "不精确的数字"),
        ("小区", "id", 99010200000000000000, "不精确的数字"),
        ("小区", "kind", "别墅", "应为其中之一"),
        ("小区", "kind", "未知", "留空"),
        ("小区", "name", "=1+1", "公式没有计算结果"),
        ("业委会", "elected_on", 45838, "2025-06-30"),
        ("业委会", "elected_on", datetime(2025, 6, 30, 9, 30), "不带时刻"),
        ("业委会", "elected_on", "2025-06", "应为日期"),
        ("业委会", "elected_on", "2025-02-30", "没有这一天"),
        ("业委会", "filed", 1, "是/否"),
        ("业委会", "name", None, "必填项为空"),
    ],
)
def test_a_mistake_is_told_at_its_cell(
    sample: bytes, tmp_path: Path, *, sheet: str, column: str, value: Any, words: str
) -> None:
    """Workbook, sheet, cell and what was expected, in both languages."""
    book = opened(sample)
    cell = book[sheet].cell(2, headings(book[sheet])[column])
    cell.value = value
    found = [f for f in findings(saved(book, tmp_path / "台账.xlsx")) if f.level == "error"]
    assert (sheet, cell.coordinate) in {(f.sheet, f.cell) for f in found}
    shown = next(f for f in found if f.cell == cell.coordinate)
    assert words in shown.zh
    assert shown.en
    assert f"台账.xlsx［{sheet}］{cell.coordinate}" in str(shown)


async def test_what_the_check_finds_is_told_at_its_cell_too(graph: Graph, tmp_path: Path) -> None:
    """References, ends, posts and the cover: the one validation of CSV, located in the workbook."""
    book = fill_sample(
        tmp_path / "in",
        edges__COVERS="from,to,since,until\noc-990102-1,q-990102-9,,\n"
        "po-990102-1,q-990102-1,2023-01-01,2022-01-01\n",
        edges__HOLDS_POST="from,to,role\np-990102-1,oc-990102-1,secretary\n",
        manifest=MANIFEST.replace("990102000000", "990103000000"),
    )
    with pytest.raises(DeliveryRejected) as caught:
        await load_delivery(graph.store, saved(book, tmp_path / "a.xlsx"), read=read_workbook)
    assert {("交付说明", "B7")} <= {(f.sheet, f.cell) for f in caught.value.findings}
    book["交付说明"]["B7"] = "990102000000"
    with pytest.raises(DeliveryRejected) as caught:
        await load_delivery(graph.store, saved(book, tmp_path / "a.xlsx"), read=read_workbook)
    found = {(f.sheet, f.cell, f.value) for f in caught.value.findings}
    until = headings(book["覆盖"])["until"]
    role = headings(book["任职"])["role"]
    assert {
        ("覆盖", "B2", "q-990102-9"),
        ("覆盖", book["覆盖"].cell(3, until).coordinate, "2022-01-01"),
        ("任职", book["任职"].cell(2, role).coordinate, "secretary"),
    } <= found
    assert await graph.version() == 0


def test_a_word_with_two_meanings_is_read_by_the_body(tmp_path: Path) -> None:
    """主任 is the chair of an owners' committee and the director of a residents' committee."""
    assert "chair" in POSTS["OwnersCommittee"]
    book = fill_sample(tmp_path / "in")
    role = headings(book["任职"])["role"]
    book["任职"].cell(2, role, "主任")
    book["居委会"].append(["rc-990102-1", "样例居委会"])
    book["任职"].append(["p-990102-2", "rc-990102-1"])
    book["任职"].cell(5, role, "主任")
    book["任职"].append(["p-990102-2", "q-990102-1"])
    book["任职"].cell(6, role, "主任")
    delivery, found = read_workbook(saved(book, tmp_path / "a.xlsx"))
    assert delivery is not None
    posts = {e.row: e.properties["role"] for e in delivery.edges if e.type == "HOLDS_POST"}
    assert (posts[2], posts[5]) == ("chair", "director")
    assert [(f.row, f.column) for f in found] == [(6, "role")]
    assert "多种含义" in found[0].zh


def test_headings_may_be_english_in_any_order_with_empty_rows_between(tmp_path: Path) -> None:
    """The row numbers are those of the sheet; columns that are missing are simply not known."""
    book = fill_sample(tmp_path / "in")
    del book["小区"]
    sheet = book.create_sheet("Quarter")
    for row in (
        [],
        ["户数", "name", "编号 "],
        [],
        [12, "甲", "q-990102-1"],
        [None, " ", None],
        [None, "乙", "q-990102-2"],
    ):
        sheet.append(row)
    delivery, found = read_workbook(saved(book, tmp_path / "a.xlsx"))
    assert delivery is not None
    assert not found
    quarters = {n.id: n for n in delivery.nodes if n.label == "Quarter"}
    assert quarters["q-990102-1"].properties["households"] == 12
    assert (quarters["q-990102-1"].row, quarters["q-990102-2"].row) == (4, 6)
    assert "households" not in quarters["q-990102-2"].properties


def test_nothing_is_left_out_silently(sample: bytes, tmp_path: Path) -> None:
    """Unknown sheets and columns, values under no heading, merged cells, hidden rows."""
    book = opened(sample)
    book.create_sheet("附表").append(["甲"])
    book.create_sheet("空表")
    quarters = book["小区"]
    last = len(quarters[1]) + 1
    quarters.cell(1, last, "颜色")
    quarters.cell(3, last + 1, "备注")
    book["人员"].merge_cells("B2:B3")
    book["人员"].row_dimensions[3].hidden = True
    book["业委会"]["B2"] = "#N/A"
    book["业委会"]["B2"].data_type = "e"
    found = findings(saved(book, tmp_path / "a.xlsx"))
    places = {(f.sheet, f.cell, f.level) for f in found}
    assert {
        ("附表", "", "error"),
        ("小区", quarters.cell(1, last).coordinate, "error"),
        ("小区", quarters.cell(3, last + 1).coordinate, "error"),
        ("人员", "B2", "error"),
        ("人员", "A1", "warning"),
        ("业委会", "B2", "error"),
    } <= places
    assert "空表" not in {f.sheet for f in found}


def test_two_sheets_of_one_type_are_told(sample: bytes, tmp_path: Path) -> None:
    """One of them would be left out."""
    book = opened(sample)
    book.create_sheet("Quarter").append(["id", "name"])
    assert ("Quarter", "A1") in {(f.sheet, f.cell) for f in findings(saved(book, tmp_path / "a.xlsx"))}


def test_numbers_for_codes_are_taken_with_a_note(sample: bytes, tmp_path: Path) -> None:
    """A 12-digit code typed as a number is exact; it is said once for a column."""
    book = opened(sample)
    book["行政区域"]["A2"], book["行政区域"]["A3"] = 990102000000, 990102001000
    delivery, found = read_workbook(saved(book, tmp_path / "a.xlsx"))
    assert delivery is not None
    assert [n.id for n in delivery.nodes if n.label == "Area"] == ["990102000000", "990102001000"]
    assert [(f.level, f.row, f.column) for f in found] == [("warning", 2, "id")]


def test_the_cover_says_what_is_missing(sample: bytes, tmp_path: Path) -> None:
    """Each required item at its cell; without the sheet, how to get one."""
    book = opened(sample)
    for row in range(2, 7):
        book["交付说明"].cell(row, 2).value = None
    assert [(f.sheet, f.cell) for f in findings(saved(book, tmp_path / "a.xlsx"))] == [
        ("交付说明", f"B{row}") for row in range(2, 7)
    ]
    del book["交付说明"]
    (found,) = findings(saved(book, tmp_path / "a.xlsx"))
    assert "cobuild template" in found.zh
    book = opened(sample)
    book["交付说明"]["B6"], book["交付说明"]["B3"] = "也许", date(2025, 1, 1)
    shown = {(f.cell, f.value) for f in findings(saved(book, tmp_path / "a.xlsx"))}
    assert ("B3", "2025-01-01") in shown


def test_a_formula_counts_by_its_stored_result(sample: bytes, tmp_path: Path) -> None:
    """What Excel computed and saved is read; a formula without a result is reported."""
    book = opened(sample)
    book["小区"]["B2"] = '="样例"&"小区"'
    path = saved(book, tmp_path / "a.xlsx")
    assert {("小区", "B2")} == {(f.sheet, f.cell) for f in findings(path)}

    def answered(name: str, data: bytes) -> bytes:
        return (
            data.replace(b"</f><v></v>", "</f><v>样例小区</v>".encode())
            .replace(b"</f><v />", "</f><v>样例小区</v>".encode())
            .replace(b"</f><v/>", "</f><v>样例小区</v>".encode())
        )

    def emptied(name: str, data: bytes) -> bytes:
        return data.replace(b'<c r="B2"', b'<c t="str" r="B2"') if b"</f>" in data else data

    delivery, found = read_workbook(rewritten(path, emptied))
    assert [(f.row, f.column, f.zh) for f in found] == [(2, "name", "必填项为空")]
    delivery, found = read_workbook(rewritten(path, answered))
    assert delivery is not None
    assert not found
    assert "样例小区" in {n.properties["name"] for n in delivery.nodes}


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False),
    st.dates(date(1900, 3, 1)),
    st.datetimes(datetime(1900, 3, 1)),
    st.times(),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
    st.sampled_from(["=1/0", "未知", "-", "是", "2025年1月1日", "q-990102-1", "'", "；", "主任"]),
)


@settings(max_examples=60)
@given(
    heads=st.lists(
        st.one_of(st.sampled_from(["编号", "名称", "户数", "起点编号", "id", ""]), st.text(max_size=4)),
        max_size=6,
    ),
    body=st.lists(st.lists(VALUES, max_size=7), max_size=5),
    title=st.sampled_from(["小区", "任职", "业委会", "Sheet1", "交付说明"]),
)
def test_no_cell_stops_the_reader(
    heads: list[str], body: list[list[Any]], title: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever is in a workbook, each finding points at a sheet and cell that are there."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    cover = book.create_sheet("交付说明")
    for line in (
        ["项目", "内容"],
        ["place", "x"],
        ["place_zh", "某地"],
        ["source", "d-990102-a"],
        ["batch", 1],
        ["synthetic", "是"],
    ):
        cover.append(line)
    sheet = cover if title == "交付说明" else book.create_sheet(title)
    for row in (heads, *body):
        sheet.append([_clean(value) for value in row])
    path = saved(book, tmp_path_factory.mktemp("any") / "any.xlsx")
    delivery, raw = read_workbook(path)
    assert all(isinstance(r, (NodeRow, EdgeRow)) for r in (delivery.nodes if delivery else []))
    for finding in raw if delivery is None else [delivery.locate(f) for f in raw]:
        assert finding.zh
        assert finding.en
        assert finding.file == "any.xlsx"
        assert finding.sheet in book.sheetnames
        letters, number = coordinate_from_string(finding.cell or "A1")
        assert letters <= "Z"
        assert 1 <= number <= max(1, book[finding.sheet].max_row)


def _clean(value: Any) -> Any:
    """What openpyxl writes: no control characters."""
    return "".join(c for c in value if c.isprintable()) if isinstance(value, str) else value


def test_the_sample_of_the_import_is_in_the_template() -> None:
    """The tables of the sample are sheets of the template, so nothing above is empty."""
    assert {name.partition("/")[0] for name in TABLES} == {"nodes", "edges"}


def test_numbers_of_persons_in_a_note_of_the_template_are_not_stored(tmp_path: Path) -> None:
    """Typed as text or as a number; one of more digits than Excel keeps is refused."""
    book = fill_sample(tmp_path / "a")
    sheet = book["小区"]
    place = headings(sheet)
    for row, note in ((1, "找张三 139 1111 2222"), (2, 13911112222)):
        sheet.cell(sheet.max_row + row - 2, place["note"]).value = note
    delivery, found = read_workbook(saved(book, tmp_path / "a.xlsx"))
    assert delivery is not None
    notes = [n.properties.get("note") for n in delivery.nodes if n.label == "Quarter"]
    assert notes == ["找张三 …", "…"]
    assert [(f.level, f.sheet) for f in map(delivery.locate, found) if "未存" in f.zh] == [
        ("warning", "小区"),
        ("warning", "小区"),
    ]
    sheet.cell(sheet.max_row, place["note"]).value = 990301199001011234
    found = read_workbook(saved(book, tmp_path / "b.xlsx"))[1]
    assert ["超过 15 位" in f.zh for f in found if f.level == "error"] == [True]
