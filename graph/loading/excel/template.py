"""Empty workbooks to fill in, made from the model: headings, notes, drop-downs, formats.

A column carries its format, not each cell: what is typed anywhere below the heading is text, a
number or a date as the model wants it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from graph import __version__
from graph.errors import BadParameter
from graph.loading.excel.drop_downs import DropDowns, allow_kind, allow_words
from graph.loading.excel.filled import Filled
from graph.loading.excel.layout import BY_TITLE, CODES, COVER, GUIDE, ITEMS, LAYOUTS, WORDS, Layout
from graph.loading.excel.notes import note_on
from graph.loading.unplaced import edges_needed

LAST_ROW = 1_048_576
FORMATS = {"int": "0", "float": "General", "date": "yyyy-mm-dd"}
REQUIRED = PatternFill("solid", fgColor="C00000")
OPTIONAL = PatternFill("solid", fgColor="1F4E78")
GUIDANCE = (
    ("怎样填写", "每张表是一类对象或一种关系；第 1 行是表头，其下每行填一条。不用的表留空。"),
    ("红色表头", "必填。蓝色表头可以不填。把鼠标停在表头上，可看到说明、单位、选项和例子。"),
    ("空单元格", "表示“不知道”，不是“没有”，也不是 0。"),
    ("确知没有", "请写出来：填“否”、0、“无”之类的选项；确知为空的列表填 -（减号）。"),
    ("起始日留空", "起始时间不详。终止日留空：至今有效。终止日是不再有效的第一天。"),
    ("编号", "如 oc-990101-001，各表用它互相引用；12 位行政区划代码也按文本填写。"),
    (
        "台账齐全",
        "某一辖区的某类清单已经齐全时，在“台账齐全”表中填一行；未填之前，没有列出的只算“未知”，不算“缺口”。",
    ),
    ("交付说明", "先填这张表：哪个地方、哪个来源、哪一批。来源本身是“来源”表中的一行。"),
    ("公式", "可以有公式，读取的是保存时的计算结果。合并单元格不能导入。"),
    ("导入", "cobuild load 文件.xlsx；有错时什么也不写入，并生成“文件.错误.xlsx”逐格注明。"),
    (
        "In English",
        "One sheet per type, one row per record. Red headings are required. An empty "
        "cell means NOT KNOWN; write a known absence as 否, 0 or the option for none, "
        "a known empty list as -. English property names and codes are accepted too.",
    ),
)


def make_template(types: Collection[str] = (), filled: Filled | None = None) -> bytes:
    """The bytes of an .xlsx for these types (labels, edge types or sheet names; empty: all).

    With `filled` it has the cover and the rows of that, and a sheet for every type in it.

    The sheet of sources is always there, and so are those of the edges without which what is chosen
    would be in no area. Raises `BadParameter` for an unknown type.
    """
    filled = filled or Filled()
    chosen = _choose([*types, *filled.rows])
    book = Workbook()
    assert isinstance(book.active, Worksheet)
    book.properties.creator = f"Cobuild {__version__}"
    book.properties.title = "Cobuild 导入模板"
    _guide(book.active)
    _cover(book.create_sheet(COVER), filled.cover)
    sheets = [book.create_sheet(layout.title) for layout in chosen]
    words = DropDowns(book.create_sheet(WORDS))
    for layout, sheet in zip(chosen, sheets, strict=True):
        _table(sheet, layout, words)
        for row, cells in enumerate(filled.rows.get(layout.name, ()), start=2):
            _fill(sheet, row, cells)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _choose(types: Collection[str]) -> list[Layout]:
    for name in types:
        if name not in BY_TITLE:
            known = "、".join(f"{x.name} {x.title}" for x in LAYOUTS)
            raise BadParameter(
                f"没有名为“{name}”的类型；可用：{known}。",
                f"there is no type {name!r}; known: {', '.join(x.name for x in LAYOUTS)}.",
                subject="types",
            )
    wanted = {BY_TITLE[name] for name in types} or set(LAYOUTS)
    wanted |= {BY_TITLE[type_] for type_ in edges_needed(x.name for x in wanted)}
    return [x for x in LAYOUTS if x in wanted or x.name == "SourceDocument"]


def _guide(sheet: Worksheet) -> None:
    sheet.title = GUIDE
    sheet.append(["项目", "说明"])
    for line in GUIDANCE:
        sheet.append(line)
    _widths(sheet, (16, 100))
    _heads(sheet)
    for row in range(2, len(GUIDANCE) + 2):
        sheet.cell(row, 2).alignment = Alignment(wrap_text=True, vertical="top")


def _fill(sheet: Worksheet, row: int, cells: Sequence[Any]) -> None:
    for number, value in enumerate(cells, start=1):
        if value is not None:
            cell = sheet.cell(row, number, value)
            cell.number_format = sheet.column_dimensions[get_column_letter(number)].number_format
            if isinstance(value, str):
                cell.data_type = "s"  # no text becomes a formula


def _cover(sheet: Worksheet, filled: Mapping[str, str]) -> None:
    """Key, content, what it means; the key in English is in the fourth column."""
    sheet.append(["项目", "内容", "说明", "代码"])
    for row, item in enumerate(ITEMS, start=2):
        sheet.append([item.zh, filled.get(item.key) or None, item.about, item.key])
        sheet.cell(row, 2).number_format = "@"
        sheet.cell(row, 1).font = Font(bold=item.required)
        if item.required:
            sheet.cell(row, 1).font = Font(bold=True, color="C00000")
        if item.words:
            allow_words(sheet, f"B{row}", '"' + ",".join(zh for _, zh in item.words) + '"')
    _widths(sheet, (20, 30, 70, 14))
    _heads(sheet)


def _table(sheet: Worksheet, layout: Layout, words: DropDowns) -> None:
    for number, (name, heading) in enumerate(layout.headings.items(), start=1):
        column = layout.properties.get(name) if name not in layout.lead else None
        letter = get_column_letter(number)
        head = sheet.cell(1, number, heading)
        head.comment = note_on(layout, name, column)
        kind = "text" if column is None else column.kind
        look = sheet.column_dimensions[letter]
        look.width = 20 if name in CODES else 12 if kind in ("bool", "int") else 16
        look.number_format = FORMATS.get(kind, "@")
        _heads(sheet, number, REQUIRED if layout.required(name) else OPTIONAL)
        allow_kind(sheet, f"{letter}2:{letter}{LAST_ROW}", column, words)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(layout.headings))}1"
    sheet.sheet_properties.tabColor = "1F4E78" if layout.folder == "nodes" else "7F6000"


def _widths(sheet: Worksheet, widths: Iterable[int]) -> None:
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"


def _heads(sheet: Worksheet, number: int | None = None, fill: PatternFill = OPTIONAL) -> None:
    """Style the heading of one column, or of all that are there."""
    for column in [number] if number else range(1, sheet.max_column + 1):
        cell = sheet.cell(1, column)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = fill
        cell.alignment = Alignment(vertical="center", wrap_text=True)
