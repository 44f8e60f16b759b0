"""The wheel holds everything: installed into an empty environment, it finds its files."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from graph import __version__

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project built as a wheel."""
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(target.glob("*.whl"))


def test_the_wheel_holds_queries_profiles_and_seed_data(wheel: Path) -> None:
    """Every data file of the checkout is in the wheel, and no test is."""
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, pattern in (("cypher", "*.cypher"), ("profiles", "*.toml"), ("seed_data", "*.csv")):
        for path in (ROOT / folder).rglob(pattern):
            assert f"graph/_data/{path.relative_to(ROOT).as_posix()}" in names
    assert {"graph/reports/body.html.jinja", "graph/reports/body.css"} <= names
    built = [p for p in (ROOT / "api/page").rglob("*") if p.is_file()]
    assert {p.relative_to(ROOT).as_posix() for p in built} <= names
    assert built or os.environ.get("CI") != "true", "make page has to come before the tests"
    assert not [n for n in names if n.startswith(("tests/", "bench/", "worked_example/", "web/"))]
    assert f"cobuild_graph-{__version__}.dist-info/entry_points.txt" in names


def test_the_wheel_works_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    """Away from the checkout the command runs and reads the catalogue out of the wheel."""
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "-q", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, check=True)
    # The dependencies are those of this environment; the project itself is not taken from here,
    # since .pth files of a folder that is named in one are not read.
    folder = subprocess.run(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    (Path(folder) / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    code = (
        "import graph; from graph.catalogue import Catalogue; from graph.catalogue.profiles import Profiles;"
        "from graph.loading.order import seed_folders; c = Catalogue.load(); Profiles.load(c);"
        "print(graph.__file__, len(c), len(seed_folders()))"
    )
    shown = subprocess.run(
        [str(python), "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout.split()
    assert shown[0].startswith(folder)
    assert int(shown[1]) > 50
    assert int(shown[2]) == 7
    ran = subprocess.run(
        [str(python.parent / "cobuild"), "--version"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert f"cobuild {__version__}" == ran.stdout.strip()
