"""Printing answers: a table for people, JSON and CSV for programs, each with its stamp."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from rich.table import Table

from cli.options import Format
from cli.terminal import make_console
from graph.characters import json_writable
from graph.model.base import OPEN_END, OPEN_START
from graph.model.words import CHANGES
from graph.reading.answer import Answer, Stamp
from graph.reading.open_dates import without_open_dates
from graph.reports.tables.csv_file import cell_text, names_of
from graph.reports.tables.headings import code_word

# Where the output is no terminal (a file, a pipe) there is no width to keep to.
console = make_console(width=None if sys.stdout.isatty() else 160)
errors = make_console(stderr=True)

WIDEST_LIST = 3
"""Items of a list that a table shows; JSON and CSV show all."""
SHORT = 100
"""A smaller number is shown with three digits, a larger one with one after the point."""


def print_answer(
    answer: Answer[Any],
    format_: Format,
    columns: Mapping[str, str],
    *,
    title: str = "",
    rows: Sequence[Mapping[str, Any]] | None = None,
) -> None:
    """Print the rows of an answer. `columns` maps the columns of the table to their headings.

    JSON is the envelope of the API; CSV has every column of the rows, and its stamp goes to
    standard error, so that a file of it holds rows only.
    """
    data = answer.data if rows is None else rows
    if format_ == "json":
        print_json(enveloped(answer))
    elif format_ == "csv":
        print_csv(data, columns)
        errors.print(stamp_line(answer.stamp), style="dim", highlight=False)
    else:
        console.print(make_table(data, columns, title=title))
        console.print(stamp_line(answer.stamp), style="dim", highlight=False)
    if answer.stamp.data_version == 0:
        errors.print("图中还没有数据；请用 cobuild load 导入。/ Nothing is loaded yet.")


def enveloped(answer: Answer[Any]) -> dict[str, Any]:
    """The answer and its stamp, as the API gives them, without open dates."""
    return {"data": without_open_dates(answer.data), "stamp": asdict(answer.stamp)}


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(json_text(value))


def json_text(value: Any) -> str:
    """A JSON document as text, with a line end."""
    return json_writable(json.dumps(value, ensure_ascii=False, indent=2, default=_text)) + "\n"


def print_csv(rows: Iterable[Mapping[str, Any]], columns: Iterable[str] = ()) -> None:
    """All columns of all rows, without a row the names of `columns`; the unknown as an empty cell."""
    found = list(rows)
    names = names_of(found, columns)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    for row in found:
        writer.writerow([cell_text(row.get(name)) for name in names])


def make_table(rows: Iterable[Mapping[str, Any]], columns: Mapping[str, str], *, title: str = "") -> Table:
    """A table with headings; numbers to the right, an unknown value as `–`."""
    found = list(rows)
    table = Table(title=title or None, title_justify="left", header_style="bold")
    for name, heading in columns.items():
        numeric = any(isinstance(row.get(name), (int, float)) for row in found)
        table.add_column(heading, justify="right" if numeric else "left", overflow="fold")
    for row in found:
        cells = (_cell(_code_word(name, row.get(name))) for name in columns)
        table.add_row(*(cell or "–" for cell in cells))
    return table


def warn_of_age(stamp: Stamp) -> None:
    """Say on standard error that the day asked for lies past the records, if it does."""
    if stamp.warning_zh is not None:
        errors.print(
            f"提醒：{stamp.warning_zh}。/ {stamp.warning_en}.",
            style="yellow",
            highlight=False,
            markup=False,
            soft_wrap=True,
        )


def stamp_line(stamp: Stamp) -> str:
    """The stamp in one line: what was run, for which day, on which data."""
    shown = [f"{name}@{revision}" for name, revision in stamp.queries.items()]
    more = f" 等 {len(shown)} 个查询" if len(shown) > WIDEST_LIST else ""
    parts = [
        f"统计日期 {stamp.as_of}",
        f"数据版本 {stamp.data_version}",
        f"{stamp.rows} 行",
        f"查询 {'、'.join(shown[:WIDEST_LIST])}{more}" if shown else "",
        f"规则集 {stamp.profile}" if stamp.profile else "",
        _newest(stamp),
    ]
    return " · ".join(part for part in parts if part)


def _newest(stamp: Stamp) -> str:
    """The registers behind an answer, or how many they are and between which days they came."""
    days = sorted(d.delivered_on for d in stamp.deliveries if d.delivered_on is not None)
    if not days:
        return ""
    span = str(days[0]) if days[0] == days[-1] else f"{days[0]} 至 {days[-1]}"
    return f"台账截至 {span}" if len(stamp.deliveries) == 1 else f"{len(stamp.deliveries)} 份台账截至 {span}"


def _code_word(column: str, value: Any) -> Any:
    """A code as people say it; only tables do that, programs get the code."""
    if column == "change" and isinstance(value, str):
        return CHANGES.get(value, value)
    return code_word(column, value)


def _cell(value: Any) -> str:
    """A value as a table shows it: words for open ends, of a list the first."""
    if value in (OPEN_START, OPEN_END):
        return _OPEN[value]
    if isinstance(value, list) and len(value) > WIDEST_LIST:
        return f"{cell_text(value[:WIDEST_LIST])} …共 {len(value)} 项"
    if isinstance(value, float) and not value.is_integer():
        return f"{value:.3g}" if abs(value) < SHORT else f"{value:.1f}"
    return cell_text(value)


_OPEN = {OPEN_START: "不详", OPEN_END: "至今"}


def _text(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value)} cannot be part of an answer")
