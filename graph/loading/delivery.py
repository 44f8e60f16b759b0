"""Reading a folder: manifest and CSV files become typed rows; nothing is looked up yet."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.loading.blocks import Rows
from graph.loading.columns import Typist
from graph.loading.encoding import BadText, separator_of, text_of
from graph.loading.excel.layout import BY_TITLE, Layout
from graph.loading.findings import Finding, TooManyMistakes, too_many
from graph.loading.manifest import STOPGAP, Manifest, parse_manifest
from graph.loading.rows import EdgeRow, NodeRow
from graph.loading.split import Sheet, split
from graph.loading.table import Table
from graph.model import EDGES, NODES
from graph.pausing import PAUSE


@dataclass
class Delivery:
    """A delivery as read; `digest` is over the bytes of all its files.

    `folder` is the folder or the workbook. `locate` turns a finding that names file, row and
    property into one that names the place where the person who delivered wrote it.
    """

    folder: Path
    manifest: Manifest
    digest: str
    nodes: Rows[NodeRow] = field(default_factory=Rows)
    edges: Rows[EdgeRow] = field(default_factory=Rows)
    findings: list[Finding] = field(default_factory=list)
    locate: Callable[[Finding], Finding] = field(default=lambda finding: finding)
    broken: set[str] = field(default_factory=set)
    """Labels and edge types of which not all could be read: nothing is missing for that."""
    usable: bool = True
    """Whether its manifest is; where not, the rest was read to be checked along."""

    def sources(self) -> list[str]:
        """The source documents that this delivery speaks for."""
        own = {i for block in self.nodes.blocks if block.kind == "SourceDocument" for i in block.ids}
        return sorted(own | {self.manifest.source})

    def own_sources(self, nodes: Mapping[str, Mapping[str, Any]]) -> list[str]:
        """Those of them that are new, or given by its source or a document of its own; not another's."""

        def is_own(document: str) -> bool:
            seen = {self.manifest.source}
            while document not in seen:
                if document not in nodes:
                    return True
                seen.add(document)
                document = str(nodes[document]["source"])
            return document == self.manifest.source

        return [document for document in self.sources() if is_own(document)]


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
    return parse_manifest(raw, name)


def read_delivery(folder: Path) -> tuple[Delivery | None, list[Finding]]:
    """Read a folder; every unreadable cell becomes a finding, and no row is dropped silently."""
    manifest, findings = read_manifest(folder)
    usable = manifest is not None
    if manifest is None:
        if not _tables(folder):
            return None, findings
        manifest = STOPGAP
    delivery = Delivery(folder, manifest, read_digest(folder), findings=findings, usable=usable)
    findings += _strangers(folder)
    try:
        _read_tables(delivery)
    except TooManyMistakes:
        return None, [*findings, too_many()]
    return delivery, findings


def _read_tables(delivery: Delivery) -> None:
    typist = Typist()
    with PAUSE:
        for path in _tables(delivery.folder):
            _read_table(delivery, path, typist)


def _read_table(delivery: Delivery, path: Path, typist: Typist) -> None:
    folder, manifest, findings = delivery.folder, delivery.manifest, delivery.findings
    file = path.relative_to(folder).as_posix()
    kinds: dict[str, Any] = NODES if path.parent.name == "nodes" else EDGES
    kind = kinds.get(path.stem)
    if kind is None or (path.parent.name == "edges" and kind.derived):
        findings.append(
            Finding(
                file,
                0,
                "",
                "",
                "模型中没有这一类型，或它由系统推导",
                "no such type in the model, or one that is derived",
            )
        )
        return
    layout = BY_TITLE[path.stem]
    table = Table(file, kind.properties(), manifest, findings, layout.lead)
    sheets = _sheets(path, table, layout)
    if layout.lead:
        delivery.edges.add(typist.edges(table, sheets, layout))
    else:
        delivery.nodes.add(typist.nodes(table, sheets, layout))
    if table.broken:
        delivery.broken.add(path.stem)


def _tables(folder: Path) -> list[Path]:
    return [p for kind in ("nodes", "edges") for p in sorted((folder / kind).glob("*.csv"))]


def _strangers(folder: Path) -> list[Finding]:
    """Files that would not be read: a table with another ending is not left out silently."""
    read = set(_tables(folder))
    return [
        Finding(
            p.relative_to(folder).as_posix(),
            0,
            "",
            "",
            "不是 .csv 文件，不会被读取",
            "not a .csv file, it would not be read",
        )
        for kind in ("nodes", "edges")
        for p in sorted((folder / kind).glob("*"))
        if p not in read
    ]


def _sheets(path: Path, table: Table, layout: Layout) -> Iterable[Sheet]:
    """A CSV file in columns; what makes it unreadable becomes a finding."""
    try:
        text = text_of(path.read_bytes())
    except BadText as bad:
        table.broken = True
        table.add(bad.line, "", "", bad.zh, bad.en)
        return ()
    return split(text, separator_of(text, layout.columns), table, layout.column)
