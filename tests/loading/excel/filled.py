"""Filling in the template as people do: by its headings, with the words that it offers.

Independent of the product: the notes of the template say which property a heading stands for.
"""

from __future__ import annotations

import csv
import tomllib
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from graph.loading.excel.template import make_template
from graph.model import EDGES, NODES
from tests.loading.samples import write_delivery

COVER = "交付说明"
YES = {"true": "是", "false": "否"}


def opened(content: bytes) -> Workbook:
    """A workbook as openpyxl reads it."""
    return load_workbook(BytesIO(content))


def saved(book: Workbook, path: Path) -> Path:
    """The workbook as a file."""
    book.save(path)
    return path


def headings(sheet: Any) -> dict[str, int]:
    """Property to column, read from the notes at the headings."""
    return {
        cell.comment.text.split("\n")[0].split()[1].removesuffix("（必填）"): cell.column for cell in sheet[1]
    }


def fill(folder: Path, *, native: bool = True) -> Workbook:
    """The template with every row of a folder of CSV in it.

    `native`: dates, numbers, 是/否 and Chinese words as Excel would hold them; else plain text.
    """
    book = opened(make_template())
    _fill_cover(book[COVER], tomllib.loads((folder / "manifest.toml").read_text("utf-8")))
    for path in sorted(folder.glob("*/*.csv")):
        kinds: dict[str, Any] = NODES if path.parent.name == "nodes" else EDGES
        kind = kinds[path.stem]
        sheet = book[kind.zh]
        columns = headings(sheet)
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row, line in enumerate(csv.DictReader(file), start=2):
                for name, text in line.items():
                    if text:
                        found = kind.properties().get(name)
                        value = _native(text, found) if native else text
                        sheet.cell(row, columns[name], value).number_format = "@"
                        if isinstance(value, date):
                            sheet.cell(row, columns[name]).number_format = "yyyy-mm-dd"
    return book


def fill_sample(folder: Path, **changed: str) -> Workbook:
    """The small sample of the import tests as a workbook."""
    return fill(write_delivery(folder, **changed))


def _fill_cover(sheet: Any, manifest: dict[str, Any]) -> None:
    rows = {sheet.cell(row, 4).value: row for row in range(2, sheet.max_row + 1)}
    for key, value in manifest.items():
        if key == "format":
            continue
        shown = "；".join(value) if isinstance(value, list) else value
        sheet.cell(rows[key], 2, YES.get(str(shown).lower(), shown))


def _native(text: str, column: Any) -> Any:  # noqa: PLR0911 - one for each kind
    if column is None:
        return text
    if column.kind == "date" and text >= "1900-03-01":
        return date.fromisoformat(text)
    if column.kind in ("int", "float"):
        return float(text)
    if column.kind == "bool":
        return YES[text]
    if column.kind == "enum":
        words = [t.zh for t in column.vocabulary]
        zh = next(t.zh for t in column.vocabulary if t.value == text)
        return zh if words.count(zh) == 1 else text
    if column.kind == "list" and column.vocabulary is not None and text != "-":
        chinese = {t.value: t.zh for t in column.vocabulary}
        return "、".join(chinese[part] for part in text.split(";"))
    return text
