"""A report as a file that one hands in: workbook, Word or PDF, all from one composition."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from graph.reports.compose import Report
from graph.reports.document import make_document
from graph.reports.pdf import MEDIA_TYPE as PDF
from graph.reports.pdf import make_pdf
from graph.reports.tables.sheets import MEDIA_TYPE as WORKBOOK
from graph.reports.word_file import MEDIA_TYPE as WORD
from graph.reports.word_file import make_word
from graph.reports.workbook import make_workbook

ReportFormat = Literal["xlsx", "docx", "pdf"]
MEDIA: dict[ReportFormat, str] = {"xlsx": WORKBOOK, "docx": WORD, "pdf": PDF}


def make_file(report: Report, kind: ReportFormat, *, fonts: Path | None = None) -> bytes:
    """The bytes of the file; raises `EnvironmentFault` for a PDF where there is no Chinese font."""
    if kind == "xlsx":
        return make_workbook(report)
    document = make_document(report)
    return make_word(document) if kind == "docx" else make_pdf(document, fonts=fonts)
