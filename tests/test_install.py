"""The pinned requirements install with the oldest pip of a supported Python, on any later day."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OLDEST_PIP = {(3, 11): "22.3", (3, 12): "23.2.1", (3, 13): "24.2"}.get(sys.version_info[:2], "25.2")
"""The pip that the first release of this Python brings."""


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty environment with that pip."""
    folder = tmp_path_factory.mktemp("oldest")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    pip(python, "install", "-q", f"pip=={OLDEST_PIP}")
    return python


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of wheels released after the lock: coverage, which pytest-cov names by an extra."""
    folder = tmp_path_factory.mktemp("later")
    info = "coverage-99.0.dist-info"
    with zipfile.ZipFile(folder / "coverage-99.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr(
            f"{info}/METADATA", "Metadata-Version: 2.1\nName: coverage\nVersion: 99.0\nProvides-Extra: toml\n"
        )
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{info}/RECORD", "")
    return folder


def pip(python: Path, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    command = [str(python), "-m", "pip", "--disable-pip-version-check", *words]
    return subprocess.run(command, check=check, capture_output=True, text=True)


def pins(lock: str) -> set[str]:
    """The lines of a lock, each a pin or a hash; a pin may hold on more systems in the other."""
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    return {line.partition(" ; ")[0].strip(" \\") for line in lines if line[0] != "#"}


def test_one_lock_holds_the_other() -> None:
    """Every pin and hash of the product stands in the lock of the tests too: installing that tries both."""
    ours, all_ = pins("requirements.txt"), pins("requirements-dev.txt")
    assert "--hash" in str(ours)
    assert ours < all_


def test_a_lock_installs_beside_newer_releases(python: Path, later: Path, tmp_path: Path) -> None:
    """The install command of the Makefile takes the pinned version of what another names by an extra."""
    lines = (ROOT / "requirements-dev.txt").read_text("utf-8").splitlines(keepends=True)
    starts = [n for n, line in enumerate(lines) if line[0] not in "# "] + [len(lines)]
    pinned = {lines[a].partition("==")[0]: lines[a:b] for a, b in pairwise(starts)}
    (tmp_path / "lock.txt").write_text("".join(pinned["coverage"] + pinned["pytest-cov"]), "utf-8")
    command = ["install", "--dry-run", "--find-links", str(later), "-r", str(tmp_path / "lock.txt")]
    done = pip(python, *command, "--no-deps", "--require-hashes")
    assert "coverage-99.0" not in done.stdout
    assert "Would install coverage-7" in done.stdout


def test_every_line_of_a_lock_is_understood(python: Path) -> None:
    """That pip reads the whole lock, and stops only where it looks for the first pin without an index."""
    command = ["install", "--isolated", "--dry-run", "--no-index", "--no-deps", "--require-hashes"]
    done = pip(python, *command, "-r", str(ROOT / "requirements-dev.txt"), check=False)
    assert done.returncode == 1
    first, *more = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
    assert first.startswith("ERROR: Could not find a version that satisfies the requirement")
    assert [line.partition(" for ")[0] for line in more] == ["ERROR: No matching distribution found"]


def test_every_requirement_of_this_environment_is_met() -> None:
    """What the two locks installed here needs nothing that they leave out."""
    done = pip(Path(sys.executable), "check", check=False)
    assert done.returncode == 0, done.stdout


def test_every_way_to_install_leaves_the_lock_as_it_is() -> None:
    """Makefile and image install each lock without resolving and check it afterwards."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    image = (ROOT / "Dockerfile").read_text("utf-8")
    assert "pip install --disable-pip-version-check --no-deps" in makefile
    assert makefile.count("$(INSTALL) --require-hashes -r requirements") == 2
    assert makefile.count("-m pip check") == 2
    assert "pip install --no-deps --require-hashes -r" in image
    assert "&& pip check" in image
