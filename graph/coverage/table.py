"""Coverage rows as a table, a workbook or CSV can hold them: lists of texts, no objects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def flat_rows(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows whose measures and figures are lists of texts, as a table and CSV can hold them."""
    told = []
    for row in rows:
        flat = {**row, "measures": [_measure(m) for m in row["measures"]]}
        if "claims" in row:
            flat["claims"] = [f"{c['name']}：{c['reason_zh']}" for c in row["claims"]]
            flat["derived"] = [d["meaning_zh"] for d in row["derived"]]
        told.append(flat)
    return told


def _measure(measure: dict[str, Any]) -> str:
    if measure["sum"] is not None:
        return f"{measure['title_zh']} {measure['sum']}（另 {measure['unknown']} 处不详）"
    return f"{measure['title_zh']} 是 {measure['yes']} 否 {measure['no']} 未知 {measure['unknown']}"
