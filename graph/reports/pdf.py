"""A report as PDF, by Typst: its Chinese font embedded, nothing needed of the system."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import typst

from graph.characters import writable
from graph.reports.document import Document
from graph.reports.fonts import FAMILIES, font_folders, no_font

MEDIA_TYPE = "application/pdf"
_TEMPLATE = Path(__file__).with_name("report.typ")


def make_pdf(document: Document, *, fonts: Path | None = None) -> bytes:
    """The bytes of a PDF; `fonts` is a folder of fonts that is looked into first.

    Raises `EnvironmentFault` where no Chinese font is found.
    """
    folders = font_folders(fonts)
    found = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=folders)
    known = {name.casefold(): name for name in found.families()}
    families = [known[name.casefold()] for name in FAMILIES if name.casefold() in known]
    if fonts is not None:
        own = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts])
        families = [*own.families(), *families]
    if not families:
        raise no_font()
    data = json.dumps({**asdict(document), "fonts": families[:3]}, ensure_ascii=False)
    made: bytes = typst.compile(
        _TEMPLATE.read_bytes(), font_paths=found, sys_inputs={"report": writable(data)}, format="pdf"
    )
    return made
