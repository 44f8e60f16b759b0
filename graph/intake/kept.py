"""Results of a check or a load in files: findings and changes, read a page at a time."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

from graph.loading.findings import Finding
from graph.loading.outcome import Line

FINDINGS, CHANGES, MARKED, GIVEN = "findings", "changes", "marked.xlsx", "given.xlsx"


def write_rows(folder: Path, name: str, rows: Iterable[dict[str, Any]]) -> dict[str, list[int]]:
    """Write rows as JSON lines with an index; by `group` or `level`, the first row and how many.

    Rows of one group stand together.
    """
    starts = array("Q")
    ranges: dict[str, list[int]] = {}
    with (folder / f"{name}.jsonl").open("wb") as stream:
        for number, row in enumerate(rows):
            starts.append(stream.tell())
            ranges.setdefault(str(row.get("group", row.get("level", ""))), [number, 0])[1] += 1
            stream.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
    (folder / f"{name}.idx").write_bytes(starts.tobytes())
    return ranges


def read_rows(folder: Path, name: str, first: int, count: int) -> list[dict[str, Any]]:
    """Rows from one on; empty where nothing was written."""
    index = folder / f"{name}.idx"
    if not index.exists():
        return []
    with index.open("rb") as stream:
        stream.seek(8 * first)
        start = array("Q", stream.read(8))
    if not start:
        return []
    with (folder / f"{name}.jsonl").open("rb") as stream:
        stream.seek(start[0])
        return [json.loads(line) for line in islice(stream, count)]


def all_rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """All rows, one after the other."""
    path = folder / f"{name}.jsonl"
    if path.exists():
        with path.open("rb") as stream:
            yield from map(json.loads, stream)


def finding_rows(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as rows, errors first, in the order of the file."""
    return [asdict(f) for f in sorted(findings, key=lambda f: (f.level != "error", f))]


def line_of(row: dict[str, Any]) -> Line:
    """A change, back from its row."""
    return Line(**row)
