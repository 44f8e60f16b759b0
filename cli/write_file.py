"""Giving an answer out: printed, or written to a file as its name says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.files import say_written, write_whole
from cli.options import Format
from cli.output import enveloped, json_text, print_answer, stamp_line
from graph.catalogue import Catalogue
from graph.errors import BadParameter
from graph.reading.answer import Answer
from graph.reports.tables.csv_file import csv_bytes

OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="写入文件：.xlsx、.csv 或 .json / write to a file")
]
ExcelOption = Annotated[
    Path | None, typer.Option("--excel", help="写成 Excel 工作簿（.xlsx）/ write a workbook")
]


def give(
    answer: Answer[Any],
    format_: Format,
    columns: Mapping[str, str],
    *,
    title: str,
    output: Path | None = None,
    excel: Path | None = None,
    masked: bool = True,
    rows: Sequence[Mapping[str, Any]] | None = None,
) -> bool:
    """Print an answer, or write it where `output` or `excel` say; whether it was written.

    Raises `BadParameter` for a file of another kind, or one that cannot be written.
    """
    target = chosen_file(output, excel)
    if target is None:
        print_answer(answer, format_, columns, rows=rows)
        return False
    found = [dict(row) for row in (answer.data if rows is None else rows)]
    kind = file_kind(target, format_)
    if kind == "csv":
        content = csv_bytes(found, columns)
    elif kind == "json":
        content = json_text(enveloped(answer)).encode()
    else:
        # Here and not above: openpyxl takes long to load, and most answers are printed.
        from graph.reports.tables.results import make_results  # noqa: PLC0415

        content = make_results(
            answer, Catalogue.load(), title=title, masked=masked, columns=columns, rows=found
        )
    path = write_whole(target, content)
    say_written(path, f"{len(found)} 行，{stamp_line(answer.stamp)}", f"{len(found)} rows")
    return True


def chosen_file(output: Path | None, excel: Path | None) -> Path | None:
    """The file that the two options name together, if any."""
    if excel is not None and (output is not None or excel.suffix.lower() != ".xlsx"):
        raise BadParameter(
            "--excel 的文件名应以 .xlsx 结尾，且不与 --output 同用。",
            "the file of --excel ends in .xlsx, and --output is not given with it.",
            subject="excel",
        )
    return excel or output


def file_kind(path: Path, format_: Format) -> str:
    """`xlsx`, `csv` or `json`: by the ending, else by the format asked for."""
    ending = path.suffix.lower().removeprefix(".")
    known = ("xlsx", "csv", "json")
    asked = "" if format_ == "table" else format_
    kind = ending if ending in known else asked
    if not kind or (asked and asked != kind):
        raise BadParameter(
            f"--output 的文件名应以 .xlsx、.csv 或 .json 结尾，且与 --format 一致：{path.name}。",
            f"the file of --output ends in .xlsx, .csv or .json, as --format says: {path.name}.",
            subject="output",
        )
    return kind
