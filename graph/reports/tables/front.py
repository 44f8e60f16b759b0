"""The first page of a report's workbook: title, conclusion, charts, most serious findings; one page of A4."""

from __future__ import annotations

from math import ceil
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

from graph.characters import writable
from graph.formulas import FORMULA
from graph.reports.document import Chart, Document
from graph.reports.tables.cells import shown_width
from graph.reports.tables.sheets import A4, Book

NAME, FIGURES = "首页", "图表数据"
WIDTH = 100
"""Columns of text on the page."""
_CHART_ROWS, _ROW = 13, 15.0
_CENTIMETRES: Any = 19
_CHART_HEIGHT: Any = _CHART_ROWS * _ROW / 72 * 2.54 - 0.4


def add_front(book: Book, document: Document) -> None:
    """Add the page, and the sheet that its charts draw from."""
    page = book.book.create_sheet(NAME)
    data = book.book.create_sheet(FIGURES)
    data.sheet_state = "hidden"
    page.column_dimensions["A"].width = WIDTH
    page.page_setup.orientation, page.page_setup.paperSize = "portrait", A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 1
    page.page_margins = PageMargins(0.5, 0.5, 0.5, 0.5)
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.sheet_view.showGridLines = False
    lines = _Lines(page)
    lines.add(document.title, Font(size=20, bold=True), centred=True)
    lines.add(f"{document.place}　　{document.day}", Font(size=13), centred=True)
    lines.add(document.made, Font(size=9, color="666666"), centred=True)
    lines.add("一、结论", _HEADING)
    for sentence in document.sentences:
        lines.add(f"　　{sentence}", Font(size=11))
    lines.add("二、最严重的不符合项", _HEADING)
    for head, why in document.most_serious or (("没有不符合项。", ""),):
        lines.add(head, Font(size=11, bold=True))
        if why:
            lines.add(why, Font(size=9))
    lines.add("三、图", _HEADING)
    row = 1
    for chart in document.charts:
        drawn, row = _drawn(data, chart, row)
        if drawn is not None:
            page.add_chart(drawn, f"A{lines.number + 1}")
            for _ in range(_CHART_ROWS):
                lines.add("", Font(size=9))
    page.print_area = f"A1:A{lines.number}"


_HEADING = Font(size=13, bold=True, color="1F4E78")


class _Lines:
    """Lines of text below each other, each as high as it needs."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self.number = 0

    def add(self, text: str, font: Font, *, centred: bool = False) -> None:
        """One paragraph."""
        self.number += 1
        cell = WriteOnlyCell(self._page, writable(text))
        cell.font = font
        cell.alignment = Alignment("center" if centred else "left", "center", wrap_text=True)
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(FORMULA)
        size = float(font.size or 11)
        wide = shown_width(text) * size / 11
        height = max(1, ceil(wide / (WIDTH * 0.98))) * size * 1.4 + 2
        self._page.row_dimensions[self.number].height = height if text else _ROW
        self._page.append([cell])


def _drawn(data: Any, chart: Chart, row: int) -> tuple[BarChart | None, int]:
    """A bar chart and the next free row of its figures; None where there is nothing to draw."""
    if not any(any(values) for _, _, values in chart.series):
        return None, row
    data.append([chart.title, *(name for name, _, _ in chart.series)])
    for number, label in enumerate(chart.labels):
        data.append([_text(data, label), *(values[number] for _, _, values in chart.series)])
    last = row + len(chart.labels)
    drawn = BarChart()
    drawn.type, drawn.style = "bar", 10
    drawn.title = _heading(chart.title)
    drawn.add_data(
        Reference(data, min_col=2, max_col=1 + len(chart.series), min_row=row, max_row=last),
        titles_from_data=True,
    )
    drawn.set_categories(Reference(data, min_col=1, min_row=row + 1, max_row=last))
    drawn.y_axis.delete = drawn.x_axis.delete = False
    drawn.x_axis.scaling.orientation = "maxMin"
    drawn.y_axis.majorGridlines = None
    drawn.width, drawn.height = _CENTIMETRES, _CHART_HEIGHT
    drawn.gapWidth = 40
    for series, (_, colour, _) in zip(drawn.series, chart.series, strict=True):
        series.graphicalProperties.solidFill = colour
    if len(chart.series) > 1:
        drawn.grouping, drawn.overlap = "stacked", 100
    else:
        drawn.legend = None
        drawn.dataLabels = DataLabelList(
            showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False
        )
    return drawn, last + 1


def _heading(text: str) -> Any:
    """The title of a chart in the size of the text around it."""
    large = CharacterProperties(sz=1100, b=True)
    run = RegularTextRun(rPr=large, t=writable(text))
    return Title(tx=Text(rich=RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=large), r=[run])])))


def _text(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, writable(text))
    cell.data_type = "s"
    return cell
