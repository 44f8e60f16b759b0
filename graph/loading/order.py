"""The deliveries that ship with the product, in an order in which each finds what it needs."""

from __future__ import annotations

from graphlib import TopologicalSorter
from pathlib import Path

from graph.data_files import data_folder
from graph.loading.delivery import read_manifest


def seed_folders(root: Path | None = None) -> list[Path]:
    """Every folder of `seed_data/` with a manifest, what is needed first before what needs it."""
    folder = root or data_folder("seed_data")
    needs: dict[str, set[str]] = {}
    for path in sorted(folder.glob("*/manifest.toml")):
        manifest, _ = read_manifest(path.parent)
        needs[path.parent.name] = set(manifest.needs) if manifest else set()
    return [folder / name for name in TopologicalSorter(needs).static_order()]
