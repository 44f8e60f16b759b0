"""The command line run inside a test: on a data folder, or on the graph of a fixture."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from cli.main import main
from graph.reading.graph import Graph
from graph.settings import SETTINGS_TABLE

AS_OF = ("--as-of", "2025-06-30")


@dataclass
class Ran:
    """What a command printed, and its exit code."""

    out: str
    err: str
    code: int

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def cobuild(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs the command line in this process with an environment of its own."""
    for setting in SETTINGS_TABLE:
        monkeypatch.delenv(setting.name, raising=False)
    monkeypatch.setenv("COBUILD_ENGINE_COMPILER", "quick")

    def run(*arguments: str, **environment: str) -> Ran:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("sys.argv", ["cobuild", *arguments])
        code = 0
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        captured = capsys.readouterr()
        return Ran(captured.out, captured.err, code)

    return run


@pytest.fixture
def on_loaded(cobuild: Any, loaded: Graph) -> Any:
    """Runs commands on the engine that holds the seed data: a second client attaches to it."""
    return lambda *arguments: cobuild(*arguments, **_environment(loaded))


@pytest.fixture
def on_scratch(cobuild: Any, graph: Graph) -> Any:
    """Runs commands on an empty graph."""
    return lambda *arguments: cobuild(*arguments, **_environment(graph))


def _environment(graph: Graph) -> dict[str, str]:
    """The variables that lead a command to the graph of a fixture."""
    settings = graph.settings
    folder = {"COBUILD_DATA_DIR": str(settings.data_dir)}
    if settings.neo4j_uri is None:
        return folder
    return folder | {
        "NEO4J_URI": settings.neo4j_uri,
        "NEO4J_USER": settings.neo4j_user,
        "NEO4J_PASSWORD": settings.neo4j_password.get_secret_value(),
        "NEO4J_DATABASE": settings.neo4j_database,
    }
