"""A report as a Word file: the same composition, in the styles of a blank document."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from graph.characters import writable
from graph.reports.document import Chart, Document, Section

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FONT = "宋体"
"""What Word and WPS have; elsewhere another Chinese font stands for it."""
_WIDTH = 174
"""Millimetres between the margins of A4."""
_BAR = 46
"""Blocks of the longest bar."""


def make_word(document: Document) -> bytes:
    """The bytes of a .docx file."""
    made: Any = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(16)
    made.core_properties.title = writable(f"{document.title} {document.place}")
    for name in ("Normal", "Heading 1"):
        style: Any = made.styles[name]
        style.font.name = "Arial"
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    _number_pages(section, f"{document.place} {document.day}")
    _say(made, document.title, 20, bold=True, centred=True)
    _say(made, f"{document.place}　{document.day}", 13, centred=True)
    _say(made, document.made, 9, centred=True, grey=True)
    # The first page holds conclusion, findings and charts, whatever font stands for the one that is named.
    made.styles["Heading 1"].paragraph_format.space_before = Pt(10)
    made.add_heading("一、结论", 1)
    for sentence in document.sentences:
        _say(made, f"　　{sentence}", 10.5, after=2)
    made.add_heading("二、最严重的不符合项", 1)
    for number, (head, why) in enumerate(document.most_serious, start=1):
        _say(made, f"{number}. {head}", 10.5, bold=True, after=0)
        _say(made, why, 9, after=2)
    if not document.most_serious:
        _say(made, "没有不符合项。", 10.5)
    made.add_heading("三、图", 1)
    for chart in document.charts:
        _draw(made, chart)
    first = len(made.paragraphs)
    for part in document.sections:
        _table(made, part)
    made.add_heading("技术说明", 1)
    # Not a break of its own: behind a page that is full it would leave an empty one.
    made.paragraphs[first].paragraph_format.page_break_before = True
    _grid(made, [], document.stamp, (1, 4), 7.5)
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def _say(
    made: Any,
    text: str,
    size: float,
    *,
    bold: bool = False,
    centred: bool = False,
    grey: bool = False,
    after: float = 4,
) -> None:
    paragraph = made.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(after)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, text, size, bold=bold, colour="808080" if grey else None)


def _run(paragraph: Any, text: str, size: float, *, bold: bool = False, colour: str | None = None) -> None:
    run = paragraph.add_run(writable(text))
    run.font.size, run.bold = Pt(size), bold
    if colour is not None:
        run.font.color.rgb = RGBColor.from_string(colour)


def _draw(made: Any, chart: Chart) -> None:
    """Bars as blocks of their colour: they stay sharp, and can be read aloud and copied."""
    if not chart.labels:
        return
    _say(made, chart.title, 9.5, bold=True, after=2)
    made.paragraphs[-1].paragraph_format.space_before = Pt(6)
    if len(chart.series) > 1:
        legend = made.add_paragraph()
        for name, colour, _ in chart.series:
            _run(legend, "█", 9, colour=colour)
            _run(legend, f" {name}　", 8)
    sums = [sum(values[i] for _, _, values in chart.series) for i in range(len(chart.labels))]
    most = max(1, *sums)
    table = made.add_table(rows=0, cols=2)
    _share(table, (4, 6))
    for i, label in enumerate(chart.labels):
        left, right = table.add_row().cells
        left.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _run(left.paragraphs[0], label, 8)
        for _, colour, values in chart.series:
            _run(right.paragraphs[0], "█" * round(_BAR * values[i] / most), 5.5, colour=colour)
        _run(right.paragraphs[0], f" {sums[i]}", 8)
        for cell in (left, right):
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)


def _table(made: Any, part: Section) -> None:
    made.add_heading(writable(part.title), 1)
    if not part.rows:
        _say(made, "无。", 9)
    else:
        _grid(made, [part.headings], part.rows, part.widths, 9)
    if part.note:
        _say(made, part.note, 8, grey=True)


def _grid(made: Any, heads: Any, rows: Any, widths: tuple[int, ...], size: float) -> None:
    """A table with repeated heading; a row is not parted over two pages."""
    table = made.add_table(rows=0, cols=len(widths))
    table.style = "Table Grid"
    _share(table, widths)
    for number, texts in enumerate([*heads, *rows]):
        row = table.add_row()
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        head = number < len(heads)
        if head:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text in zip(row.cells, texts, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            _run(paragraph, text, size, bold=head)


def _share(table: Any, widths: tuple[int, ...]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(_WIDTH * width / sum(widths))


def _number_pages(section: Any, text: str) -> None:
    paragraph = section.footer.paragraphs[0]
    _run(paragraph, f"{text}　第 ", 8, colour="808080")
    for kind, code in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        run.font.size = Pt(8)
        element = OxmlElement("w:instrText" if code else "w:fldChar")
        if code:
            element.text = code
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)
    _run(paragraph, " 页", 8, colour="808080")
