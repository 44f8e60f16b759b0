"""The cover sheet of a filled workbook, as the manifest of the delivery."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.loading.cells import BadCell
from graph.loading.excel.layout import ITEMS, CoverLine
from graph.loading.excel.values import to_text
from graph.loading.findings import Finding
from graph.loading.manifest import Manifest, parse_manifest
from graph.model.base import Prop, Property

MANIFEST = "manifest.toml"
"""Findings of the cover carry the name that they have for a folder."""
_TEXT = Property("", "text", False, None, Prop(""))
_DATE = Property("", "date", False, None, Prop(""))
_KEYS = {word: item for item in ITEMS for word in (item.zh, item.key)}


@dataclass
class Cover:
    """The manifest, or the findings that say why there is none; `cells` by key: `B4`."""

    manifest: Manifest | None = None
    cells: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_cover(rows: Sequence[Sequence[Any]]) -> Cover:
    """Read item and content from the first two columns."""
    cover = Cover()
    raw: dict[str, Any] = {"format": 1}
    for number, row in enumerate(rows, start=1):
        item = _KEYS.get(str(row[0]).strip() if row else "")
        if item is None:
            if number > 1 and row and str(row[0]).strip():
                _add(cover, str(row[0]).strip(), f"A{number}", "没有这一项", "unknown item")
            continue
        if item.key in cover.cells:
            _add(cover, item.key, cover.cells[item.key], "这一项出现了两次", "given twice")
        cover.cells[item.key] = f"B{number}"
        _take(cover, raw, item, row[1] if len(row) > 1 else "")
    if not cover.findings:
        cover.manifest, cover.findings = parse_manifest(raw, MANIFEST)
        cover.findings = [_located(f) for f in cover.findings]
    return cover


def _take(cover: Cover, raw: dict[str, Any], item: CoverLine, value: Any) -> None:
    kind = _DATE if item.key in ("delivered_on", "batch") else _TEXT
    if isinstance(value, bool):
        value = "是" if value else "否"
    name = "source" if item.key == "area" else item.key
    text = to_text(value, name, _TEXT if item.key == "batch" and _plain(value) else kind)
    if isinstance(text, BadCell):
        _add(cover, item.key, cover.cells[item.key], text.zh, text.en, value=text.value)
    elif item.key == "needs":
        raw["needs"] = tuple(part for part in re.split(r"[;；,，、\s]+", text) if part)
    elif text and item.words:
        codes = {word: code for code, zh in item.words for word in (code, zh)}
        raw[item.key] = codes.get(text, text)
        if item.key == "synthetic":
            raw[item.key] = {"true": True, "false": False}.get(codes.get(text.lower(), text), text)
    elif text:
        raw[item.key] = text


def _plain(value: Any) -> bool:
    """Whether a batch is text or a number, and no day."""
    return isinstance(value, (str, int, float))


def _located(finding: Finding) -> Finding:
    """What the manifest's own check says, in the words of the sheet."""
    item = _KEYS.get(finding.column.partition(".")[0])
    if item is None or not item.required or finding.value:
        return finding
    return Finding(MANIFEST, 0, finding.column, "", f"“{item.zh}”必填", "required, but empty")


def _add(cover: Cover, key: str, cell: str, zh: str, en: str, *, value: str = "") -> None:
    cover.cells.setdefault(key, cell)
    cover.findings.append(Finding(MANIFEST, 0, key, value, zh, en))
