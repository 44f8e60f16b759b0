"""Exit codes: what a script may rely on, one row of the table in docs/operations.md each."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cli.commands import profiles
from cli.files import write_whole
from graph.errors import EnvironmentFault
from tests.cli.running import cobuild

__all__ = ["cobuild"]
OPERATIONS = Path(__file__).parents[2] / "docs" / "operations.md"


@pytest.mark.parametrize(
    ("code", "arguments", "environment"),
    [
        (0, ("--version",), {}),
        (2, ("query", "no_such_query"), {}),
        (2, ("no-such-command",), {}),
        (2, ("coverage", "--as-of", "2025-13-01"), {}),
        (2, ("load", "/no/such/folder"), {}),
        (2, ("restore", "/etc/hostname"), {}),
        (2, ("coverage",), {"COBUILD_COPIES": "x"}),
        (2, ("run",), {"COBUILD_HOST": "0.0.0.0"}),
        (3, ("verify",), {"COBUILD_DATA_DIR": "/proc/no"}),
        (3, ("verify",), {"NEO4J_URI": "bolt://127.0.0.1:9", "NEO4J_PASSWORD": "x"}),
        (3, ("audit", "verify"), {"COBUILD_LEDGER_URL": "postgresql://x:y@127.0.0.1:9/x"}),
        (3, ("doctor",), {"NEO4J_URI": "bolt://127.0.0.1:9", "NEO4J_PASSWORD": "x"}),
    ],
)
def test_each_failure_has_its_code(
    cobuild: Any, tmp_path: Path, code: int, arguments: tuple[str, ...], environment: dict[str, str]
) -> None:
    """Wrong use is 2, the machine is 3; both with a sentence and no trace."""
    ran = cobuild(*arguments, **{"COBUILD_DATA_DIR": str(tmp_path), **environment})
    assert ran.code == code
    assert "Traceback" not in ran.err


def test_a_fault_of_the_program_is_no_finding(cobuild: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug has a code of its own, and its trace is shown."""

    def broken(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(profiles.Catalogue, "load", broken)
    ran = cobuild("profiles", "list")
    assert ran.code == 70
    assert "ZeroDivisionError" in ran.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_output_without_room_is_the_machine(tmp_path: Path) -> None:
    """Standard output and output files on a full disk: 3, without a trace."""
    with Path("/dev/full").open("w") as full:
        command = [str(Path(sys.executable).parent / "cobuild"), "--version"]
        ran = subprocess.run(command, check=False, stdout=full, stderr=subprocess.PIPE, text=True)
    assert ran.returncode == 3
    assert "Traceback" not in ran.stderr
    assert os.strerror(28) in ran.stderr
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, os.strerror(28))))
        with pytest.raises(EnvironmentFault):
            write_whole(tmp_path / "x.csv", b"x")


def test_the_documented_codes_are_those() -> None:
    """The table names each code once."""
    table = OPERATIONS.read_text("utf-8").split("## Exit codes", 1)[1]
    assert re.findall(r"^\| (\d+) \|", table, re.MULTILINE) == ["0", "1", "2", "3", "70", "130"]
