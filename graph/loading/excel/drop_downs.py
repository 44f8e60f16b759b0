"""What the cells of a template may take: drop-downs with the words of a vocabulary, dates, numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from graph.loading.cells import shown_term
from graph.loading.excel.layout import WORDS
from graph.model.base import Property


class DropDowns:
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


def allow_kind(sheet: Worksheet, cells: str, column: Property | None, words: DropDowns) -> None:
    """Let cells take what the column holds: words from a list, a date, a number."""
    if column is None:
        return
    if column.kind == "bool":
        allow_words(sheet, cells, '"是,否"')
    elif column.kind == "enum" and column.vocabulary is not None:
        shown = [shown_term(term) for term in column.vocabulary]
        allow_words(sheet, cells, words.range(column.vocabulary.__name__, shown))
    elif column.kind == "date":
        # A warning only: days before 1900 can be written as text alone.
        _demand(sheet, cells, "date", ("1", "2958465"), "应为日期，如 2023-03-10")
    elif column.kind == "int":
        _demand(sheet, cells, "whole", ("-999999999999", "999999999999"), "应为整数，不写“万”")
    elif column.kind == "float":
        _demand(sheet, cells, "decimal", ("-1E12", "1E12"), "应为数字，不写“万”“%”")


def allow_words(sheet: Worksheet, cells: str, formula: str) -> None:
    """Let cells take words of a list only; `formula` has them, or says where they are."""
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
