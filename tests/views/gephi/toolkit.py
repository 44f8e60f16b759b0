"""Finds the Gephi toolkit on this machine, fetched with Maven, and asks it to load a file.

The jar lives in `.cache` of the checkout, in a folder that appears only once it is complete.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import portalocker
import pytest

HERE = Path(__file__).parent
POM = HERE / "pom.xml"
FOLDER = HERE.parents[2] / ".cache" / "gephi-toolkit-0.10.1"
TIME = 500


def require_toolkit() -> Path:
    """The jar; skips, saying so plainly, where there can be none, and fails in CI."""
    reason = missing()
    if reason is not None and os.environ.get("CI") == "true":
        pytest.fail(f"Gephi was not tested: {reason}")
    if reason is not None:
        pytest.skip(f"Gephi was not tested: {reason}")
    return fetch()


def missing() -> str | None:
    """Say in one sentence why the toolkit cannot run here, or return None if it can."""
    if shutil.which("java") is None:
        return "PATH has no Java."
    if importlib.util.find_spec("jpype") is None:
        return "JPype is not installed, which drives the toolkit."
    if not FOLDER.is_dir() and shutil.which("mvn") is None:
        return f"the toolkit is not in {FOLDER} yet, and Maven (mvn) is missing to fetch it."
    return None


def fetch() -> Path:
    """The jar, fetched first if it is not there (about 90 MB); of several processes one fetches."""
    FOLDER.parent.mkdir(parents=True, exist_ok=True)
    with portalocker.Lock(FOLDER.parent / "gephi.lock", "a", flags=portalocker.LockFlags.EXCLUSIVE):
        if not FOLDER.is_dir():
            partial = Path(tempfile.mkdtemp(prefix="partial-gephi-", dir=FOLDER.parent))
            maven = shutil.which("mvn") or "mvn"
            command = [maven, "--batch-mode", "--strict-checksums", f"--file={POM}"]
            command += [f"-DoutputDirectory={partial}", "dependency:copy-dependencies"]
            run = subprocess.run(command, check=False, capture_output=True, text=True, timeout=TIME)
            said = run.stdout[-2000:]
            assert run.returncode == 0, f"Maven could not fetch the Gephi toolkit: {said}"
            partial.rename(FOLDER)
    (jar,) = FOLDER.glob("gephi-toolkit-*-all.jar")
    return jar


def load(path: Path) -> dict[str, Any]:
    """What Gephi has after it loaded a file: nodes, edges (label and ends), and what it reported."""
    command = [sys.executable, str(HERE / "load_file.py"), str(require_toolkit()), str(path)]
    run = subprocess.run(command, check=False, capture_output=True, text=True, timeout=TIME)
    assert run.returncode == 0, run.stderr[-2000:]
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return found
