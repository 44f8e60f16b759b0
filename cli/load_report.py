"""What a load did or would do, as people decide by it: printed, or as a file with every line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, fields, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from cli.files import say_written, write_whole
from cli.output import console, json_text
from cli.write_file import file_kind
from graph.labels import headings
from graph.loading.findings import Finding
from graph.loading.load import LoadReport
from graph.loading.outcome import GROUPS, Line
from graph.private import MASK
from graph.reports.tables.csv_file import csv_bytes
from graph.reports.tables.results import PRIVACY
from graph.reports.tables.sheets import Book, SheetColumn

SHOWN = 20
"""Lines of a group, and warnings, that are printed; a file has all of them."""
COLUMNS = {
    "delivery": "交付",
    **headings(Line, "group", "type", "name", "property", "old", "new", "note", "id"),
}
WARNINGS = {
    "delivery": "交付",
    "kind": "种类",
    "place": "位置",
    "column": "列",
    "value": "内容",
    "zh": "提醒",
    "en": "warning",
}
PRINTED = ("changed", "ended", "removed", "taken_over", "conflict", "changed_since", "gone", "emptied")
"""Groups that are printed line by line; what is created is counted."""
_PARTICULAR = re.compile(r"[a-z]{1,2}-\d{6}-[a-z0-9-]+|\d[\d.,-]*|[A-Z_]{4,}(?=~)|~\S+")


def print_report(report: LoadReport, *, personal: bool = False) -> None:
    """What a load did, in a line, and below it what needs a look: sums first."""
    if report.already:
        console.print(f"{report.folder}：已是最新，未改动。/ already loaded.", markup=False)
        return
    done = f"推导 {report.derived}；数据版本 {report.version}。"
    if report.dry_run:
        done = "未写入任何数据。/ would be; nothing was written."
    console.print(
        f"{report.folder}：新增 {report.created}，变更 {report.changed}，结束 {report.ended}，"
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
        console.print(f"  {GROUPS[group]} / {group}：{len(listed)}", markup=False)
        for line in listed[:SHOWN]:
            console.print(f"    {_sentence(_masked(line, personal))}", markup=False, highlight=False)
        if len(listed) > SHOWN:
            rest = len(listed) - SHOWN
            console.print(f"    … 另有 {rest} 行，用 -o 文件.xlsx 查看全部 / {rest} more: -o", markup=False)


def kind_of(finding: Finding) -> str:
    """A warning without what is particular to one row: those of one kind have the same."""
    return _PARTICULAR.sub("…", finding.zh.partition("：")[0])


def rows_of(reports: Sequence[LoadReport], *, personal: bool) -> Iterator[dict[str, Any]]:
    """Every change and every difference of some loads, as rows of `COLUMNS`."""
    for report in reports:
        for line in report.lines():
            shown = {f.name: getattr(_masked(line, personal), f.name) for f in fields(Line)}
            row = {"delivery": report.folder, **shown, "group": GROUPS[line.group]}
            yield {name: row[name] for name in COLUMNS}


def warnings_of(reports: Sequence[LoadReport]) -> list[dict[str, Any]]:
    """Every warning, those of one kind together."""
    rows = [
        {
            "delivery": report.folder,
            "kind": kind_of(f),
            "place": f"{f.sheet}!{f.cell}" if f.sheet else f"{f.file} {f.row or ''}".strip(),
            "column": f.column,
            "value": f.value,
            "zh": f.zh,
            "en": f.en,
        }
        for report in reports
        for f in report.warnings
    ]
    return sorted(rows, key=lambda row: (row["delivery"], row["kind"]))


def as_json(report: LoadReport, *, personal: bool) -> dict[str, Any]:
    """A load as one JSON object: counts, every warning, every line."""
    names = ("folder", "place", "created", "changed", "ended", "removed", "unchanged", "derived", "version")
    said = {name: getattr(report, name) for name in (*names, "already", "dry_run")}
    lines = []
    for line in report.lines():
        shown = asdict(_masked(line, personal))
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
    book = Book("导入的变更", "导入的变更")
    warnings = warnings_of(reports)
    cover: list[tuple[str, object]] = [
        ("交付", "\n".join(report.folder for report in reports)),
        ("是否已写入", "否，仅试算 / dry run" if any(r.dry_run for r in reports) else "是"),
        ("制表时间", f"{datetime.now().astimezone():%Y-%m-%d %H:%M %z}"),
        ("个人信息", PRIVACY[not personal]),
    ]
    counted = Counter(row["group"] for row in rows)
    cover += [(word, counted[word]) for word in GROUPS.values() if counted[word]]
    cover += [(f"提醒：{kind}", n) for kind, n in Counter(row["kind"] for row in warnings).most_common()]
    columns = [SheetColumn(name, heading) for name, heading in COLUMNS.items()]
    for word in GROUPS.values():
        found = [row for row in rows if row["group"] == word]
        if found:
            book.add(word, columns, found)
    if warnings:
        book.add("提醒", [SheetColumn(name, heading) for name, heading in WARNINGS.items()], warnings)
    return book.finish(cover)


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


def _masked(line: Line, personal: bool) -> Line:
    """The line as it may be shown."""
    if personal:
        return line
    if line.secret:
        line = replace(line, old=MASK if line.old else "", new=MASK if line.new else "")
    return replace(line, name=MASK) if line.personal else line


def _sentence(line: Line) -> str:
    what = f"{line.type} {line.name}（{line.id}）" if line.name != line.id else f"{line.type} {line.id}"
    if line.property:
        what += f" {line.property}：{line.old or '（空）'} → {line.new or '（空）'}"
    return f"{what}（{line.note}）" if line.note else what
