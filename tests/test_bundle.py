"""The script of the offline archive: whole or not at all, old version kept, data never touched unasked.

The archive here holds one wheel with a program that prints its version; `.ci/bundle` installs the real one.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bundle.build import pins, write_sums

ROOT = Path(__file__).parents[1]
PYTHON = str(getattr(sys, "_base_executable", sys.executable))


def archive(folder: Path, version: str, *, code: str = "print('cobuild {}')") -> Path:
    """An unpacked archive of one wheel."""
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    info = f"cobuild_graph-{version}.dist-info"
    with zipfile.ZipFile(wheels / f"cobuild_graph-{version}-py3-none-any.whl", "w") as wheel:
        wheel.writestr("little.py", f"def main():\n    {code.format(version)}\n")
        wheel.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: cobuild-graph\nVersion: {version}\n"
        )
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/entry_points.txt", "[console_scripts]\ncobuild = little:main\n")
        wheel.writestr(f"{info}/RECORD", "")
    shutil.copy(ROOT / "bundle" / "install.sh", folder)
    (folder / "requirements.txt").write_text(pins(wheels))
    about = {
        "VERSION": version,
        "PYTHON": "{}.{}".format(*sys.version_info),
        "SYSTEM": platform.system(),
        "MACHINE": platform.machine(),
    }
    (folder / "about").write_text("".join(f"{k}={v}\n" for k, v in about.items()))
    write_sums(folder)
    return folder


def run(bundle: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The script with no index that answers."""
    environment = os.environ | {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "LC_ALL": "C.UTF-8"}
    command = ["sh", str(bundle / "install.sh"), *words]
    return subprocess.run(command, check=False, capture_output=True, text=True, env=environment)


def shown(to: Path) -> str:
    """What the installed program prints."""
    return subprocess.check_output([str(to / "bin" / "cobuild")], text=True).strip()


def test_a_version_replaces_another_in_one_step_or_not_at_all(tmp_path: Path) -> None:
    """Install, a failed upgrade, an upgrade, removal: program always whole, data folder as it was."""
    to, data = tmp_path / "opt", tmp_path / "data"
    (data / "engine").mkdir(parents=True)
    first = archive(tmp_path / "1", "1.0")
    place = ("--to", str(to), "--python", PYTHON)
    done = run(first, "install", *place)
    assert done.returncode == 0, done.stderr
    assert "NEO4J_URI" in done.stdout  # this archive has no engine, as on arm64
    # The service's user cannot run a Python that lies in somebody's home.
    home = os.path.realpath(PYTHON).startswith(("/root/", "/home/"))
    assert ("home folder" in done.stdout) == home
    assert shown(to) == "cobuild 1.0"
    assert run(first, "install", *place).returncode == 3
    broken = archive(tmp_path / "2", "1.5", code="raise SystemExit(7)")
    refused = run(broken, "upgrade", *place)
    assert refused.returncode == 3
    assert "taken back" in refused.stderr
    assert shown(to) == "cobuild 1.0"
    assert len(list((to / "releases").iterdir())) == 1
    done = run(archive(tmp_path / "3", "2.0"), "upgrade", *place)
    assert done.returncode == 0, done.stderr
    assert shown(to) == "cobuild 2.0"
    assert len(list((to / "releases").iterdir())) == 2
    assert run(first, "remove", "--to", str(to), "--data", str(data)).returncode == 2
    assert run(first, "remove", "--to", str(to), "--data", str(tmp_path / "3"), "--yes").returncode == 3
    assert shown(to) == "cobuild 2.0"
    assert run(first, "remove", "--to", str(to)).returncode == 0
    assert not to.exists()
    assert (data / "engine").is_dir()


@pytest.mark.parametrize("spoil", ["changed", "missing", "more", "other python"])
def test_an_archive_that_is_not_whole_installs_nothing(tmp_path: Path, spoil: str) -> None:
    """A byte, a file, a machine that differ: said before anything is written."""
    bundle = archive(tmp_path / "1", "1.0")
    wheel = next((bundle / "wheels").iterdir())
    if spoil == "changed":
        wheel.write_bytes(wheel.read_bytes()[:-1] + b"x")
    elif spoil == "missing":
        wheel.unlink()
    elif spoil == "more":
        (bundle / "wheels" / "pip-99-py3-none-any.whl").write_bytes(b"")
    else:
        (bundle / "about").write_text((bundle / "about").read_text().replace("PYTHON=3", "PYTHON=2"))
        write_sums(bundle)
    done = run(bundle, "install", "--to", str(tmp_path / "opt"), "--python", PYTHON)
    assert done.returncode == 3
    assert ("Python 2." if spoil == "other python" else "nothing was installed") in done.stderr
    assert not (tmp_path / "opt").exists()


def test_the_systemd_unit_is_accepted(tmp_path: Path) -> None:
    """The unit is read, with a program that is there, and every setting is known."""
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd is not here")
    unit = (ROOT / "docs" / "cobuild.service").read_text("utf-8")
    assert "ExecStart=/opt/cobuild/bin/cobuild run" in unit
    here = tmp_path / "cobuild.service"
    here.write_text(unit.replace("/opt/cobuild/bin/cobuild", "/bin/true"), "utf-8")
    done = subprocess.run([analyze, "verify", str(here)], check=False, capture_output=True, text=True)
    assert (done.returncode, [line for line in done.stderr.splitlines() if "cobuild" in line]) == (0, [])
