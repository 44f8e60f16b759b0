"""The modules of the product, for the tests that read them."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[1]
MODULES = sorted(p for d in ("graph", "api", "cli") for p in (ROOT / d).rglob("*.py"))


def name_of(path: Path) -> str:
    """The name that an import has, of a file of the checkout."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)
