"""Coverage rows as a table, a workbook or CSV can hold them: lists of texts, no objects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graph.coverage.shapes import Counted, CoverageRow, GapRow, MeasureShape
from graph.labels import headings

COVERAGE = headings(
    CoverageRow,
    "title_zh",
    "name",
    "level",
    "covered",
    "gap",
    "unknown",
    "total",
    "total_complete",
    "measures",
    "claims",
)
GAPS = headings(
    GapRow,
    "title_zh",
    "subject",
    "subject_name",
    "area_name",
    "state",
    "since",
    "households",
    "rules",
    "missing",
)


def table_rows(rows: Iterable[Counted]) -> list[dict[str, Any]]:
    """Rows whose measures and figures are lists of texts, as a table and CSV can hold them."""
    table: list[dict[str, Any]] = []
    for row in rows:
        flat: dict[str, Any] = {**row, "measures": [_measure(m) for m in row["measures"]]}
        if "claims" in flat:
            flat["claims"] = [f"{c['name']}：{c['reason_zh']}" for c in flat["claims"]]
            flat["derived"] = [d["meaning_zh"] for d in flat["derived"]]
        table.append(flat)
    return table


def _measure(measure: MeasureShape) -> str:
    if measure["sum"] is not None:
        return f"{measure['title_zh']} {measure['sum']}（另 {measure['unknown']} 处不详）"
    return f"{measure['title_zh']} 是 {measure['yes']} 否 {measure['no']} 未知 {measure['unknown']}"
