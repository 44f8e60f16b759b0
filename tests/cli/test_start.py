"""A command imports what it needs: the start of the program is most of what a short question costs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import typer

from cli import commands
from cli.commands import COMMANDS
from cli.main import command_in, make_app

HEAVY = (
    "openpyxl",
    "numpy",
    "pandas",
    "sqlalchemy",
    "networkx",
    "fastapi",
    "uvicorn",
    "typst",
    "httpx",
    "graph.loading.load",
    "graph.rules.check",
)


def test_a_query_loads_no_heavy_library() -> None:
    """What workbooks, imports, rules and the service need stays out of a question of the catalogue."""
    code = "import sys; from cli.main import make_app; make_app('query'); print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "cli.commands.queries" in loaded
    assert [name for name in HEAVY if name in loaded] == []


def test_who_names_no_one_loads_no_ledger() -> None:
    """The entry under which names are looked up is made when one is, not with every command."""
    code = (
        "import sys; import cli.session; from cli.audit_entry import begin_command, entry_by_name; "
        "begin_command('query', None); made = entry_by_name(); print('sqlalchemy' in sys.modules); "
        "print(made().what, 'sqlalchemy' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.split("\n")[:2] == ["False", "cobuild query True"]


def test_each_command_is_in_the_module_that_is_named_for_it() -> None:
    """The table by which one module is imported says what the modules themselves register."""
    for module, names in COMMANDS.items():
        app = make_app(names[0])
        assert names == tuple(_names(app)), module


def test_every_module_of_commands_is_in_the_table() -> None:
    """A module that is not would never be imported, and its commands unknown."""
    modules = {p.stem for p in Path(commands.__file__).parent.glob("*.py")} - {"__init__"}
    assert modules == {*COMMANDS}


def test_what_is_no_command_gets_all_of_them() -> None:
    """Help and options before the command list every command."""
    every = [name for names in COMMANDS.values() for name in names]
    assert sorted(_names(make_app("--help"))) == sorted(_names(make_app())) == sorted(every)


def _names(app: typer.Typer) -> list[str]:
    commands = [
        c.name or c.callback.__name__.replace("_", "-") for c in app.registered_commands if c.callback
    ]
    return commands + [str(group.name or group.typer_instance.info.name) for group in app.registered_groups]


@pytest.mark.parametrize("given", [["check"], ["--reason", "why", "check"], ["--reason=why", "check"]])
def test_the_command_is_found_behind_a_reason(given: list[str]) -> None:
    """So its module alone is loaded."""
    assert command_in(given) == "check"
