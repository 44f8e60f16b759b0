"""The browser that draws."""

from __future__ import annotations

import os
import shutil

import pytest


@pytest.fixture(scope="module")
def chromium() -> str:
    """The browser; skipped where there is none, but not in CI."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None and os.environ.get("CI") == "true":
        pytest.fail("pages were not tested: chromium not found")
    if found is None:
        pytest.skip("pages were not tested: chromium not found")
    return found
