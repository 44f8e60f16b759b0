"""What a load did or would do, as people decide by it: rows, warnings by kind, a workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from graph.labels import headings
from graph.loading.findings import Finding, kind_of
from graph.loading.outcome import GROUPS, Line
from graph.model import EDGES, label_of
from graph.model.words import SEVERITIES
from graph.private import MASK
from graph.reports.tables.cells import SheetColumn
from graph.reports.tables.results import PRIVACY
from graph.reports.tables.sheets import Book

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
    "zh": SEVERITIES["warning"],
    "en": "warning",
}


def masked(line: Line, personal: bool) -> Line:
    """The line as it may be shown."""
    if personal:
        return line
    if line.secret:
        line = replace(line, old=MASK if line.old else "", new=MASK if line.new else "")
    return replace(line, name=_without_person(line)) if line.personal else line


def _without_person(line: Line) -> str:
    """Of a post the body stays, which the id has too; of a tie that is a secret nothing."""
    ends = line.id.split("~")
    _, arrow, body = line.name.rpartition(" → ")
    shown = len(ends) > 1 and arrow and label_of(ends[2]) != "Person" and EDGES[ends[1]].flag is None
    return f"{MASK} → {body}" if shown else MASK


def row_of(delivery: str, line: Line, *, personal: bool) -> dict[str, Any]:
    """A line as a row of `COLUMNS`."""
    shown = masked(line, personal)
    row = {"delivery": delivery, **{f.name: getattr(shown, f.name) for f in fields(Line)}}
    row["group"] = GROUPS[line.group]
    return {name: row[name] for name in COLUMNS}


def warnings_of(found: Iterable[tuple[str, Finding]]) -> list[dict[str, Any]]:
    """Warnings with the delivery of each, as rows of `WARNINGS`: those of one kind together."""
    rows = [
        {
            "delivery": delivery,
            "kind": kind_of(f),
            "place": f"{f.sheet}!{f.cell}" if f.sheet else f"{f.file} {f.row or ''}".strip(),
            "column": f.column,
            "value": f.value,
            "zh": f.zh,
            "en": f.en,
        }
        for delivery, f in found
    ]
    return sorted(rows, key=lambda row: (row["delivery"], row["kind"]))


def changes_book(
    deliveries: Sequence[str],
    rows: Sequence[dict[str, Any]],
    warnings: Sequence[dict[str, Any]],
    *,
    dry_run: bool,
    personal: bool,
) -> bytes:
    """All rows as a workbook: a cover that counts, a sheet for each kind of change, the warnings."""
    book = Book("导入的变更", "导入的变更")
    cover: list[tuple[str, object]] = [
        ("交付", "\n".join(deliveries)),
        ("是否已写入", "否，仅预检 / dry run" if dry_run else "是"),
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
        book.add(
            SEVERITIES["warning"],
            [SheetColumn(name, heading) for name, heading in WARNINGS.items()],
            warnings,
        )
    return book.finish(cover)
