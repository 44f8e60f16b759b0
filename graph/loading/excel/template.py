"""Empty workbooks to fill in, made from the model: headings, notes, drop-downs, formats.

A column carries its format, not each cell: what is typed anywhere below the heading is text, a
number or a date as the model wants it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from graph import __version__
from graph.errors import BadParameter
from graph.loading.cells import shown_term
from graph.loading.excel.filled import Filled
from graph.loading.excel.layout import BY_TITLE, CODES, COVER, GUIDE, ITEMS, LAYOUTS, WORDS, Layout
from graph.loading.unplaced import edges_needed
from graph.model import NODES
from graph.model.base import Property, Term

LAST_ROW = 1_048_576
AUTHOR = "Cobuild"
EXAMPLES = {"text": "一号业委会", "int": "120", "float": "26.5", "bool": "是", "date": "2023-03-10"}
KINDS = {
    "text": "文本",
    "int": "整数",
    "float": "数字",
    "bool": "是/否",
    "date": "日期",
    "enum": "选项",
    "list": "列表，用；分隔",
}
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
    words = _Words(book.create_sheet(WORDS))
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


class _Words:
    """The hidden sheet of the words of drop-downs: one column for each vocabulary."""

    def __init__(self, sheet: Worksheet) -> None:
        sheet.sheet_state = "hidden"
        self._sheet = sheet
        self._ranges: dict[str, str] = {}

    def range(self, name: str, words: Iterable[str]) -> str:
        """The cells that hold these words; written at the first call."""
        if name not in self._ranges:
            column = len(self._ranges) + 1
            listed = list(words)
            for row, word in enumerate([name, *listed], start=1):
                cell = self._sheet.cell(row, column, word)
                cell.number_format = "@"
            letter = get_column_letter(column)
            where = f"${letter}$2:${letter}${len(listed) + 1}"
            self._ranges[name] = f"{quote_sheetname(WORDS)}!{where}"
        return self._ranges[name]


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
            _allow(sheet, f"B{row}", '"' + ",".join(zh for _, zh in item.words) + '"')
    _widths(sheet, (20, 30, 70, 14))
    _heads(sheet)


def _table(sheet: Worksheet, layout: Layout, words: _Words) -> None:
    for number, (name, heading) in enumerate(layout.headings.items(), start=1):
        column = layout.properties.get(name) if name not in layout.lead else None
        letter = get_column_letter(number)
        head = sheet.cell(1, number, heading)
        head.comment = _note(layout, name, column)
        kind = "text" if column is None else column.kind
        look = sheet.column_dimensions[letter]
        look.width = 20 if name in CODES else 12 if kind in ("bool", "int") else 16
        look.number_format = FORMATS.get(kind, "@")
        _heads(sheet, number, REQUIRED if layout.required(name) else OPTIONAL)
        _validate(sheet, f"{letter}2:{letter}{LAST_ROW}", column, words)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(layout.headings))}1"
    sheet.sheet_properties.tabColor = "1F4E78" if layout.folder == "nodes" else "7F6000"


def _validate(sheet: Worksheet, cells: str, column: Property | None, words: _Words) -> None:
    if column is None:
        return
    if column.kind == "bool":
        _allow(sheet, cells, '"是,否"')
    elif column.kind == "enum" and column.vocabulary is not None:
        shown = [shown_term(term) for term in column.vocabulary]
        _allow(sheet, cells, words.range(column.vocabulary.__name__, shown))
    elif column.kind == "date":
        # A warning only: days before 1900 can be written as text alone.
        _demand(sheet, cells, "date", ("1", "2958465"), "应为日期，如 2023-03-10")
    elif column.kind == "int":
        _demand(sheet, cells, "whole", ("-999999999999", "999999999999"), "应为整数，不写“万”")
    elif column.kind == "float":
        _demand(sheet, cells, "decimal", ("-1E12", "1E12"), "应为数字，不写“万”“%”")


def _allow(sheet: Worksheet, cells: str, formula: str) -> None:
    rule = DataValidation(
        type="list",
        formula1=formula,
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="请从列表中选择",
        error="请选择列表中的一项；不知道请留空。",
    )
    rule.add(cells)
    sheet.add_data_validation(rule)


def _demand(sheet: Worksheet, cells: str, type_: Any, bounds: tuple[str, str], say: str) -> None:
    low, high = bounds
    rule = DataValidation(
        type=type_,
        operator="between",
        formula1=low,
        formula2=high,
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="warning",
        errorTitle="请核对",
        error=f"{say}；不知道请留空。",
    )
    rule.add(cells)
    sheet.add_data_validation(rule)


def _note(layout: Layout, name: str, column: Property | None) -> Comment:
    lines = [f"{layout.headings[name]}  {name}" + ("（必填）" if layout.required(name) else "")]
    if column is None:
        side = 0 if name == "from" else 1
        labels = dict.fromkeys(label for ends in layout.kind.ends for label in ends[side])
        lines += ["编号所属类型：" + "、".join(_end(label) for label in labels)]
    else:
        lines += list(_meaning(column))
        if name == "id":
            prefix = layout.kind.prefix
            example = f"{prefix}-990101-001" if prefix else "990101001001"
            lines += [f"例：{example}"]
        elif name == "source":
            lines += ["不填则用“交付说明”中的默认来源。例：d-990101-register"]
        elif column.kind in EXAMPLES and name != "note":
            lines += [f"例：{EXAMPLES[column.kind]}"] if column.kind != "text" else []
    if not layout.required(name):
        lines += ["不知道请留空。/ empty = not known"]
    note = Comment("\n".join(lines), AUTHOR)
    note.width, note.height = 340, 40 + 22 * sum(1 + len(line) // 24 for line in lines)
    return note


def _meaning(column: Property) -> Iterable[str]:
    if column.prop.en:
        yield column.prop.en
    unit = f"，单位：{column.prop.unit}" if column.prop.unit else ""
    yield f"类型：{KINDS[column.kind]}{unit}"
    if column.vocabulary is not None:
        yield "选项：" + "；".join(_word(term) for term in column.vocabulary)


def _word(term: Term) -> str:
    return f"{term.zh}（{term.value}）"


def _end(label: str) -> str:
    prefix = NODES[label].prefix
    return f"{NODES[label].zh}（{prefix}-…）" if prefix else f"{NODES[label].zh}（12 位代码）"


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
