"""Node and the libraries of package-lock.json, installed once beside the checkout's own files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Any

import portalocker

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / ".cache"
PACKAGE = ("package.json", "package-lock.json", ".npmrc")
SECONDS = 600


def available() -> str | None:
    """Why the libraries cannot be had here, in one sentence; None if they can."""
    missing = [program for program in ("node", "npm") if shutil.which(program) is None]
    return f"{' and '.join(missing)} not found on this machine" if missing else None


def installed() -> Path:
    """The folder in which the locked versions stand; it appears only once it is complete."""
    digest = sha256(b"".join((HERE / name).read_bytes() for name in PACKAGE)).hexdigest()[:12]
    folder = CACHE / f"front-ends-{digest}"
    CACHE.mkdir(exist_ok=True)
    with portalocker.Lock(CACHE / "front-ends.lock", timeout=SECONDS):
        if not folder.exists():
            beside = folder.with_suffix(f".{os.getpid()}")
            beside.mkdir()
            for name in PACKAGE:
                shutil.copy(HERE / name, beside)
            npm = shutil.which("npm")
            assert npm is not None
            done = subprocess.run(
                [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
                cwd=beside,
                capture_output=True,
                text=True,
                timeout=SECONDS,
                check=False,
            )
            if done.returncode != 0:
                shutil.rmtree(beside)
                raise RuntimeError(f"npm ci failed:\n{done.stderr[-2000:]}")
            beside.rename(folder)
    return folder


def load(folder: Path, format_: str, files: list[Path]) -> list[dict[str, Any]]:
    """What the library of a format holds after it has loaded each of the files."""
    # Node looks for libraries beside the script; several test runs may use the folder at once.
    script = shutil.copy(HERE / "load.mjs", folder / f"load-{os.getpid()}.mjs")
    node = shutil.which("node")
    assert node is not None
    done = subprocess.run(
        [node, script, format_, *map(str, files)],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def read_over_bolt(folder: Path, *log_in: str) -> dict[str, Any]:
    """What the official JavaScript driver finds with address, user, password and database."""
    script = shutil.copy(HERE / "bolt.mjs", folder / f"bolt-{os.getpid()}.mjs")
    node = shutil.which("node")
    assert node is not None
    done = subprocess.run(
        [node, script, *log_in], cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found
