"""The rows of one invented delivery, and how they are written in the import format.

In `worked_example`, above `graph.model`, from which it takes the columns and their order.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from graph.model import EDGES, NODES

Value = str | int | float | bool | date | list[str] | None
Row = dict[str, Value]

_COMPUTED = {"synthetic", "since_known"}
_ALWAYS = {"id", "name", "from", "to", "since", "until"}


def vocabulary(label: str, name: str) -> dict[str, str]:
    """The values of a node's enumeration with their Chinese words."""
    terms = NODES[label].properties()[name].vocabulary
    return {term.value: term.zh for term in terms or ()}


def display(label: str, name: str, value: str) -> str:
    """The Chinese word of one value."""
    return vocabulary(label, name)[value]


@dataclass
class Delivery:
    """Manifest, rows by node label, rows by edge type; a value that is None is unknown."""

    manifest: dict[str, Value] = field(default_factory=dict)
    nodes: dict[str, list[Row]] = field(default_factory=lambda: {label: [] for label in NODES})
    edges: dict[str, list[Row]] = field(default_factory=lambda: {type_: [] for type_ in EDGES})

    def node(self, label: str, node_id: str, name: str, **properties: Value) -> str:
        """Add a node and return its id."""
        self.nodes[label].append({"id": node_id, "name": name, **properties})
        return node_id

    def edge(self, type_: str, start: str, end: str, /, **properties: Value) -> None:
        """Add an edge; without `since` its start is unknown, without `until` it is open."""
        self.edges[type_].append({"from": start, "to": end, **properties})

    def sort(self) -> None:
        """Bring all rows into the order in which they are written: by id, by ends, by spell."""
        for rows in self.nodes.values():
            rows.sort(key=lambda row: str(row["id"]))
        for type_, rows in self.edges.items():
            key = EDGES[type_].key or ""
            rows.sort(key=partial(_edge_order, key))


def _edge_order(key: str, row: Row) -> tuple[str, str, str, int]:
    spell = row.get("spell")
    last = spell if isinstance(spell, int) else 1
    return str(row["from"]), str(row["to"]), str(row.get(key) or ""), last


def write_delivery(delivery: Delivery, folder: Path) -> None:
    """Write manifest.toml, nodes/*.csv and edges/*.csv, the same bytes for the same rows.

    Types without rows get no file, columns without a value no column.
    """
    (folder / "nodes").mkdir(parents=True, exist_ok=True)
    (folder / "edges").mkdir(parents=True, exist_ok=True)
    lines = [f"{key} = {_toml(value)}\n" for key, value in delivery.manifest.items()]
    (folder / "manifest.toml").write_text("".join(lines), encoding="utf-8", newline="\n")
    for label, rows in delivery.nodes.items():
        _write(folder / "nodes" / f"{label}.csv", list(NODES[label].properties()), rows)
    for type_, rows in delivery.edges.items():
        names = ["from", "to", *EDGES[type_].properties()]
        _write(folder / "edges" / f"{type_}.csv", names, rows)


def _write(path: Path, names: list[str], rows: list[Row]) -> None:
    if not rows:
        path.unlink(missing_ok=True)
        return
    filled = {name for row in rows for name, value in row.items() if value is not None}
    columns = [n for n in names if n not in _COMPUTED and (n in filled or n in _ALWAYS)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([[_cell(row.get(n)) for n in columns] for row in rows])


def _cell(value: Value) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ";".join(value) or "-"
    return str(value)


def _toml(value: Any) -> str:
    return str(value) if isinstance(value, date) else json.dumps(value, ensure_ascii=False)
