"""Workbooks with other parts than any program writes."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path


def rewritten(path: Path, change: Callable[[str, bytes], bytes], *, but: str = "") -> Path:
    """The workbook with each part changed and one left out; beside the first."""
    target = path.with_name(f"other-{path.name}")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in (n for n in old.namelist() if n != but):
            new.writestr(name, change(name, old.read(name)))
    return target
