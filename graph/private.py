"""Modes of files and folders that their owner alone may read."""

from __future__ import annotations

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
