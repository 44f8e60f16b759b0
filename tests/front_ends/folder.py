"""The folder with the front ends' libraries."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.front_ends import libraries


@pytest.fixture(scope="session")
def folder() -> Path:
    """Where the libraries are installed; plainly skipped without Node, but not in CI."""
    reason = libraries.available()
    if reason is not None and os.environ.get("CI") == "true":
        pytest.fail(f"front ends were not tested: {reason}")
    if reason is not None:
        pytest.skip(f"front ends were not tested: {reason}")
    return libraries.installed()
