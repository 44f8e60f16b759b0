"""Finds what a Neo4j needs on this machine: a Java that fits, and its jars, fetched with Maven.

Bottom layer of the test server. The jars live in `.cache/neo4j-<version>/lib` of the checkout, a
folder that appears only once it is complete: Maven fills one beside it, which is then renamed.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import portalocker

POM = Path(__file__).with_name("pom.xml")
CACHE = Path(__file__).parents[2] / ".cache"
VERSION_VARIABLE = "NEO4J_TEST_VERSION"


class FetchError(RuntimeError):
    """Maven could not deliver the jars; the message ends with the last lines it said."""


def neo4j_version() -> str:
    """Return the version under test: `NEO4J_TEST_VERSION`, or else what pom.xml pins."""
    return os.environ.get(VERSION_VARIABLE, "").strip() or pinned_version()


@functools.cache
def pinned_version() -> str:
    """Return the version in pom.xml."""
    found = ET.parse(POM).getroot().findtext(".//{*}properties/{*}neo4j.version")
    if not found:
        raise ValueError(f"{POM} has no property neo4j.version")
    return found


def is_calendar_version(version: str) -> bool:
    """Tell 2025.01 and later from 5.x: those need Java 21 and have another main class."""
    return int(version.partition(".")[0]) >= 2025


def lib_folder(version: str | None = None) -> Path:
    """Return the folder of the jars; if it exists, it is complete."""
    return CACHE / f"neo4j-{version or neo4j_version()}" / "lib"


def available() -> str | None:
    """Say in one sentence why no Neo4j can run here, or return None if one can."""
    version = neo4j_version()
    if find_java(version) is None:
        return (
            f"Neo4j {version} needs Java {minimum_java(version)} or later, "
            "and JAVA_HOME, PATH and /usr/lib/jvm have none."
        )
    if not lib_folder(version).is_dir() and shutil.which("mvn") is None:
        return f"Neo4j {version} is not in {CACHE} yet, and Maven (mvn) is missing to fetch it."
    return None


def minimum_java(version: str) -> int:
    """Return the oldest Java feature release that runs the version."""
    return 21 if is_calendar_version(version) else 17


@functools.cache
def find_java(version: str) -> Path | None:
    """Return the first Java new enough: JAVA_HOME, then PATH, then those of Linux packages."""
    for java in _java_candidates():
        if (_java_release(java) or 0) >= minimum_java(version):
            return java
    return None


def _java_candidates() -> Iterator[Path]:
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home, "bin", "java.exe" if os.name == "nt" else "java")
    if on_path := shutil.which("java"):
        yield Path(on_path)
    yield from sorted(Path("/usr/lib/jvm").glob("*/bin/java"))


def _java_release(java: Path) -> int | None:
    try:
        said = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    release = re.search(r'version "(\d+)', said.stderr + said.stdout)
    return int(release[1]) if release else None


def fetch(*, visible: bool = False) -> Path:
    """Return the folder of the jars, fetching them first if they are not there (about 120 MB).

    Of several processes that ask at once, one fetches and the others wait. `visible` lets Maven
    print what it does. Raises `FetchError`.
    """
    version = neo4j_version()
    lib = lib_folder(version)
    if lib.is_dir():
        return lib
    lib.parent.mkdir(parents=True, exist_ok=True)
    with portalocker.Lock(lib.parent / "fetch.lock", "a", flags=portalocker.LockFlags.EXCLUSIVE):
        if not lib.is_dir():
            for left_over in lib.parent.glob("partial-*"):
                shutil.rmtree(left_over, ignore_errors=True)
            partial = Path(tempfile.mkdtemp(prefix="partial-", dir=lib.parent))
            _copy_with_maven(version, partial, visible=visible)
            partial.rename(lib)
    return lib


def _copy_with_maven(version: str, folder: Path, *, visible: bool) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise FetchError("Maven (mvn) is not installed.")
    command = [
        *(maven, "--batch-mode", "--strict-checksums", f"--file={POM}"),
        *(f"-Dneo4j.version={version}", f"-DoutputDirectory={folder}"),
        "dependency:copy-dependencies",
    ]
    run = subprocess.run(
        command,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=None if visible else subprocess.PIPE,
        stderr=None if visible else subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if run.returncode != 0 or not any(folder.glob("neo4j-server-*.jar")):
        said = "\n".join((run.stdout or "").splitlines()[-15:])
        raise FetchError(f"Maven could not fetch Neo4j {version} (exit {run.returncode}).\n{said}")
