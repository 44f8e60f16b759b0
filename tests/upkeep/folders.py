"""Deployments in data folders of their own."""

from __future__ import annotations

from pathlib import Path

from graph.settings import Settings


def settings_of(folder: Path) -> Settings:
    """A deployment there whose engine starts fast and stays small."""
    return Settings(data_dir=folder, heap="256m", engine_compiler="quick")
