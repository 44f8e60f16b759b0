"""Collecting the archive: wheels of the complete lock, our own, checksums, script and papers.

Wheels are for the machine that builds: make the archive on the same system, processor and Python as
the machine that installs. What the index holds as source only is built here; so the checksums in the
archive are those of its wheels, each of which pip checked against the lock before.
"""

from __future__ import annotations

import argparse
import hashlib
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAPERS = (
    "bundle/install.sh",
    "docs/cobuild.service",
    "docs/operations.md",
    "docs/access.md",
    "docs/import.md",
    "README.md",
)


def build(out: Path, python: str) -> Path:
    """The archive for that interpreter, written into a folder; its SHA-256 stands beside it."""
    minor, machine = _about(python)
    with tempfile.TemporaryDirectory() as made:
        wheels = Path(made) / "wheels"
        own = _collect(wheels, python)
        version = own.name.split("-")[1]
        name = f"cobuild-{version}-{platform.system().lower()}-{machine}-python{minor}"
        root = Path(made) / name
        root.mkdir()
        wheels.rename(root / "wheels")
        for paper in PAPERS:
            shutil.copy(ROOT / paper, root)
        (root / "requirements.txt").write_text(pins(root / "wheels"), "utf-8")
        about = {"VERSION": version, "PYTHON": minor, "SYSTEM": platform.system(), "MACHINE": machine}
        (root / "about").write_text("".join(f"{k}={v}\n" for k, v in about.items()), "utf-8")
        write_sums(root)
        out.mkdir(parents=True, exist_ok=True)
        target = out / f"{name}.tar"
        beside = target.with_suffix(".part")
        # Wheels are compressed already.
        with tarfile.open(beside, "w", format=tarfile.PAX_FORMAT) as archive:
            archive.add(root, name, filter=_nobody)
        beside.replace(target)
    digest = _digest(target)
    target.with_suffix(".tar.sha256").write_text(f"{digest}  {target.name}\n", "utf-8")
    return target


def write_sums(root: Path) -> None:
    """SHA256SUMS of everything in the archive, as `sha256sum` writes it."""
    files = sorted(p for p in root.rglob("*") if p.is_file() and p.name != "SHA256SUMS")
    lines = [f"{_digest(path)}  {path.relative_to(root).as_posix()}\n" for path in files]
    (root / "SHA256SUMS").write_text("".join(lines), "utf-8")


def _about(python: str) -> tuple[str, str]:
    code = "import sys, platform; print('%d.%d' % sys.version_info[:2], platform.machine())"
    minor, machine = subprocess.check_output([python, "-c", code], text=True).split()
    return minor, machine


def _collect(wheels: Path, python: str) -> Path:
    pip = [python, "-m", "pip", "wheel", "-q", "--disable-pip-version-check", "--no-deps"]
    subprocess.run(
        [*pip, "--require-hashes", "-r", str(ROOT / "requirements.txt"), "-w", str(wheels)], check=True
    )
    hatchling = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels)]
    subprocess.run(hatchling, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    (own,) = wheels.glob("cobuild_graph-*.whl")
    return own


def pins(wheels: Path) -> str:
    """Every wheel by name, version and checksum: what pip installs, and nothing else."""
    lines = []
    for path in sorted(wheels.glob("*.whl")):
        name, version = path.name.split("-")[:2]
        lines.append(f"{name}=={version} --hash=sha256:{_digest(path)}\n")
    return "".join(lines)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _nobody(info: tarfile.TarInfo) -> tarfile.TarInfo:
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    return info


def main() -> None:
    """Build, and say where the archive is."""
    parser = argparse.ArgumentParser(prog="python -m bundle.build", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="folder of the archive")
    parser.add_argument("--python", default=sys.executable, help="interpreter that it is for")
    given = parser.parse_args()
    print(build(given.out, given.python))


if __name__ == "__main__":
    main()
