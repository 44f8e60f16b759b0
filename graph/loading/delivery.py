"""Reading a delivery: manifest and CSV files become typed rows; nothing is looked up yet."""

from __future__ import annotations

import csv
import hashlib
import io
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graph.loading.cells import BadCell, read_cell
from graph.loading.findings import Finding
from graph.model import EDGES, NEED_MEETS, NODES, OPEN_END, OPEN_START, edge_id
from graph.modelling.base import Property

_COMPUTED = {"synthetic", "since_known", "id"}
"""Edge columns (and `synthetic`, on both) that the import computes."""


class Manifest(BaseModel):
    """`manifest.toml`: what a delivery is, for which place, from which source."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1]
    place: str = Field(pattern=r"^[a-z0-9_]+$")
    place_zh: str = Field(min_length=1)
    source: str
    batch: str
    synthetic: bool
    area: str | None = None
    profile: str | None = None
    delivered_on: date | None = None
    needs: tuple[str, ...] = ()
    coordinates: Literal["wgs84", "gcj02", "bd09"] | None = None


@dataclass(slots=True)
class NodeRow:
    """A node of a delivery; `properties` holds only what is known."""

    label: str
    id: str
    properties: dict[str, Any]
    row: int


@dataclass(slots=True)
class EdgeRow:
    """An edge of a delivery, dates filled in, id computed."""

    type: str
    id: str
    start: str
    end: str
    properties: dict[str, Any]
    row: int


@dataclass
class Delivery:
    """A delivery as read; `digest` is over the bytes of all its files."""

    folder: Path
    manifest: Manifest
    digest: str
    nodes: list[NodeRow] = field(default_factory=list)
    edges: list[EdgeRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def sources(self) -> list[str]:
        """The source documents that this delivery speaks for."""
        own = {n.id for n in self.nodes if n.label == "SourceDocument"}
        return sorted(own | {self.manifest.source})


def read_digest(folder: Path) -> str:
    """SHA-256 over the names and bytes of the manifest and the CSV files."""
    total = hashlib.sha256()
    for path in [folder / "manifest.toml", *_tables(folder)]:
        total.update(path.relative_to(folder).as_posix().encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def read_manifest(folder: Path) -> tuple[Manifest | None, list[Finding]]:
    """The manifest, or the findings that say why there is none."""
    path = folder / "manifest.toml"
    name = "manifest.toml"
    try:
        raw = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        return None, [Finding(name, 0, "", "", "缺少该文件", "the file is missing")]
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return None, [Finding(name, 0, "", "", f"不是有效的 TOML：{error}", f"not TOML: {error}")]
    try:
        return Manifest.model_validate(raw), []
    except ValidationError as error:
        return None, [
            Finding(name, 0, ".".join(map(str, e["loc"])), str(e.get("input", ""))[:80],
                    f"不合要求：{e['msg']}", e["msg"])
            for e in error.errors()
        ]  # fmt: skip


def read_delivery(folder: Path) -> tuple[Delivery | None, list[Finding]]:
    """Read a folder; every unreadable cell becomes a finding, and no row is dropped silently."""
    manifest, findings = read_manifest(folder)
    if manifest is None:
        return None, findings
    delivery = Delivery(folder, manifest, read_digest(folder), findings=findings)
    findings += _strangers(folder)
    for path in _tables(folder):
        file = path.relative_to(folder).as_posix()
        kinds: dict[str, Any] = NODES if path.parent.name == "nodes" else EDGES
        kind = kinds.get(path.stem)
        if kind is None or (path.parent.name == "edges" and kind.derived):
            findings.append(
                Finding(file, 0, "", "", "模型中没有这一类型，或它由系统推导",
                        "no such type in the model, or one that is derived")
            )  # fmt: skip
            continue
        table = _Table(file, kind.properties(), manifest, findings)
        if path.parent.name == "nodes":
            delivery.nodes += table.nodes(path, kind.label())
        else:
            delivery.edges += table.edges(path, kind.type, kind.key)
    return delivery, findings


def _tables(folder: Path) -> list[Path]:
    return [p for kind in ("nodes", "edges") for p in sorted((folder / kind).glob("*.csv"))]


def _strangers(folder: Path) -> list[Finding]:
    """Files that would not be read: a table with another ending is not left out silently."""
    read = set(_tables(folder))
    return [
        Finding(p.relative_to(folder).as_posix(), 0, "", "", "不是 .csv 文件，不会被读取",
                "not a .csv file, it would not be read")
        for kind in ("nodes", "edges")
        for p in sorted((folder / kind).glob("*"))
        if p not in read
    ]  # fmt: skip


@dataclass
class _Table:
    """One CSV file on its way to rows."""

    file: str
    columns: dict[str, Property]
    manifest: Manifest
    findings: list[Finding]

    def nodes(self, path: Path, label: str) -> Iterator[NodeRow]:
        for row, values in self._rows(path, lead=()):
            if "id" in values:
                if label == "Need" and "category" in values:
                    meets = NEED_MEETS[values["category"]]
                    values.setdefault("resource_categories", [str(m) for m in meets])
                yield NodeRow(label, values["id"], values, row)

    def edges(self, path: Path, type_: str, key: str | None) -> Iterator[EdgeRow]:
        for row, values in self._rows(path, lead=("from", "to")):
            start, end = values.pop("from", None), values.pop("to", None)
            if start is None or end is None or (key is not None and key not in values):
                continue
            values["since_known"] = "since" in values
            values.setdefault("since", OPEN_START)
            values.setdefault("until", OPEN_END)
            spell = values.setdefault("spell", 1)
            id_ = edge_id(type_, start, end, values[key] if key else None, spell)
            yield EdgeRow(type_, id_, start, end, {"id": id_, **values}, row)

    def _rows(self, path: Path, lead: tuple[str, ...]) -> Iterator[tuple[int, dict[str, Any]]]:
        text = self._text(path)
        if text is None:
            return
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        header: list[str] | None = None
        row = 0
        while True:
            row += 1
            try:
                cells = next(reader)
            except StopIteration:
                if header is None:
                    self._add(1, "", "", "缺少表头", "the header row is missing")
                return
            except csv.Error as error:
                self._add(row, "", "", f"CSV 格式有误：{error}", f"not valid CSV: {error}")
                return
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header = [cell.strip() for cell in cells]
                if not self._header_fits(header, lead):
                    return
            elif len(cells) != len(header):
                self._add(row, "", "", f"应有 {len(header)} 个单元格，实有 {len(cells)} 个",
                          f"expected {len(header)} cells, found {len(cells)}")  # fmt: skip
            else:
                yield row, self._typed(row, header, cells, lead)

    def _text(self, path: Path) -> str | None:
        data = path.read_bytes()
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\0" not in text:
                return text
        self._add(0, "", "", "编码应为 UTF-8 或 GB18030", "expected UTF-8 or GB18030")
        return None

    def _header_fits(self, header: list[str], lead: tuple[str, ...]) -> bool:
        allowed = [
            *lead,
            *(c for c in self.columns if c not in _COMPUTED or (not lead and c == "id")),
        ]
        before = len(self.findings)
        for name in header:
            if name not in allowed:
                words = ", ".join(allowed)
                self._add(
                    1, name, "", f"没有这一列；可用：{words}", f"unknown column; known: {words}"
                )
            elif header.count(name) > 1:
                self._add(1, name, "", "列名重复", "the column stands twice")
        needed = [*lead, *(c for c, p in self.columns.items() if p.required)]
        for name in needed:
            if name not in header and name not in {"source", "synthetic"}:
                self._add(1, name, "", "缺少必填列", "a required column is missing")
        return len(self.findings) == before

    def _typed(
        self, row: int, header: list[str], cells: list[str], lead: tuple[str, ...]
    ) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, cell in zip(header, cells, strict=True):
            if name in lead:
                value: Any = cell.strip() or None
            else:
                try:
                    value = read_cell(cell, self.columns[name])
                except BadCell as bad:
                    self._add(row, name, cell.strip(), bad.zh, bad.en)
                    continue
            if value is not None:
                values[name] = value
            elif name in lead or (self.columns[name].required and name != "source"):
                self._add(row, name, "", "必填项为空", "required, but empty")
        values.setdefault("source", self.manifest.source)
        if not lead:
            values.setdefault("named", True)
        values["synthetic"] = self.manifest.synthetic
        return values

    def _add(self, row: int, column: str, value: str, zh: str, en: str) -> None:
        self.findings.append(Finding(self.file, row, column, value, zh, en))
