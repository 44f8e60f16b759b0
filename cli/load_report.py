"""What a load did or would do, as people decide by it: printed, or as a file with every line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

from cli.files import say_written, write_whole
from cli.output import console, json_text
from cli.write_file import file_kind
from graph.intake.outcome import COLUMNS, changes_book, masked, row_of, warnings_of
from graph.loading.findings import Finding, kind_of
from graph.loading.outcome import GROUPS, Line
from graph.loading.report import LoadReport
from graph.reports.tables.csv_file import csv_bytes

SHOWN = 20
"""Lines of a group, and warnings, that are printed; a file has all of them."""
PRINTED = (
    *("changed", "ended", "removed", "taken_over", "filled"),
    *("conflict", "changed_since", "gone", "emptied"),
)
"""Groups that are printed line by line; what is created is counted."""


def print_report(report: LoadReport, *, personal: bool = False) -> None:
    """What a load did, in a line, and below it what needs a look: sums first."""
    if report.already:
        console.print(f"{report.folder}：已是最新，未改动。/ already loaded.", markup=False)
        return
    done = f"推导 {report.derived}；数据版本 {report.version}。"
    if report.dry_run:
        done = "未写入任何数据。/ would be; nothing was written."
    console.print(
        f"{report.folder}：新增 {report.created}，变更 {report.changed}，终止 {report.ended}，"
        f"删除 {report.removed}，未变 {report.unchanged}，{done}",
        markup=False,
        highlight=False,
    )
    _print_warnings(report.warnings)
    _print_lines((line for line in report.lines() if line.group in PRINTED), personal=personal)
    if report.held:
        console.print(f"  仍被其他内容引用，未删除 / kept, something else needs it：{len(report.held)}")


def _print_lines(lines: Iterable[Line], *, personal: bool) -> None:
    """The first of each group, and how many there are."""
    for group, found in groupby(lines, key=lambda line: line.group):
        listed = list(found)
        kinds = Counter(line.type for line in listed)
        of = "，".join(f"{type_} {number}" for type_, number in kinds.most_common())
        of = f"（{of}）" if len(listed) > SHOWN else ""
        console.print(f"  {GROUPS[group]} / {group}：{len(listed)}{of}", markup=False, highlight=False)
        for line in listed[:SHOWN]:
            console.print(f"    {_sentence(masked(line, personal))}", markup=False, highlight=False)
        if group == "conflict":
            console.print("    以本次交付为准：加 --take-over / what is delivered counts: --take-over")
        if len(listed) > SHOWN:
            rest = len(listed) - SHOWN
            console.print(f"    … 另有 {rest} 行，用 -o 文件.xlsx 查看全部 / {rest} more: -o", markup=False)


def rows_of(reports: Sequence[LoadReport], *, personal: bool) -> Iterator[dict[str, Any]]:
    """Every change and every difference of some loads, as rows of `COLUMNS`."""
    return (row_of(r.folder, line, personal=personal) for r in reports for line in r.lines())


def as_json(report: LoadReport, *, personal: bool) -> dict[str, Any]:
    """A load as one JSON object: counts, every warning, every line."""
    names = ("folder", "place", "created", "changed", "ended", "removed", "unchanged", "derived", "version")
    said = {name: getattr(report, name) for name in (*names, "already", "dry_run")}
    lines = []
    for line in report.lines():
        shown = asdict(masked(line, personal))
        del shown["personal"], shown["secret"]
        lines.append(shown)
    return {**said, "warnings": [asdict(f) for f in report.warnings], "lines": lines}


def write_lines(reports: Sequence[LoadReport], path: Path, *, personal: bool) -> None:
    """Write all lines of some loads: a workbook with a sheet for each kind of change, CSV, or JSON."""
    rows = list(rows_of(reports, personal=personal))
    kind = file_kind(path, "table")
    if kind == "csv":
        content = csv_bytes(rows, COLUMNS)
    elif kind == "json":
        content = json_text([as_json(report, personal=personal) for report in reports]).encode()
    else:
        content = _workbook(reports, rows, personal=personal)
    written = write_whole(path, content)
    say_written(written, f"{len(rows)} 行", f"{len(rows)} lines")


def _workbook(reports: Sequence[LoadReport], rows: list[dict[str, Any]], *, personal: bool) -> bytes:
    warnings = warnings_of((report.folder, f) for report in reports for f in report.warnings)
    dry_run = any(report.dry_run for report in reports)
    names = [report.folder for report in reports]
    return changes_book(names, rows, warnings, dry_run=dry_run, personal=personal)


def _print_warnings(warnings: Sequence[Finding]) -> None:
    if not warnings:
        return
    console.print(f"  提醒 / warnings：{len(warnings)}", markup=False)
    kinds = Counter(kind_of(f) for f in warnings)
    if len(kinds) < len(warnings):
        for kind, number in kinds.most_common():
            console.print(f"    {number:>5} × {kind}", markup=False, highlight=False)
    for finding in warnings[:SHOWN]:
        console.print(f"    {finding}", markup=False, highlight=False)


def _sentence(line: Line) -> str:
    what = f"{line.type} {line.name}（{line.id}）" if line.name != line.id else f"{line.type} {line.id}"
    if line.property:
        what += f" {line.property}：{line.old or '（空）'} → {line.new or '（空）'}"
    return f"{what}（{line.note}）" if line.note else what
