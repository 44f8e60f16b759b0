"""The layers hold: read from the imports of every module."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(p for d in ("graph", "api", "cli") for p in (ROOT / d).rglob("*.py"))
LONGEST = 330
"""Lines of a module; what is longer has more than one job."""

# Which parts of `graph` each part may import besides itself, from the bottom up.
BOTTOM = {
    "graph.errors",
    "graph.complaints",
    "graph.modelling",
    "graph.model",
    "graph.settings",
    "graph.resources",
    "graph.spreadsheets",
    "graph.withholding",
}
CATALOGUE = BOTTOM | {
    "graph.parameters",
    "graph.headers",
    "graph.catalogue",
    "graph.profile_files",
    "graph.profiles",
}
STORE = BOTTOM | {"graph.engine", "graph.store", "graph.schema"}
LOADING = STORE | {"graph.loading"}
ANSWERS = (
    CATALOGUE
    | LOADING
    | {
        "graph.answers",
        "graph.areas",
        "graph.masking",
        "graph.names",
        "graph.scopes",
        "graph.ledger",
        "graph.reasons",
        "graph.access",
    }
)
ALLOWED = {
    "graph.complaints": set(),
    "graph.modelling": {"graph.modelling"},
    "graph.model": {"graph.errors", "graph.modelling"},
    "graph.engine": {"graph.errors", "graph.engine"},
    "graph.synthetic": BOTTOM | {"graph.synthetic"},
    "graph.parameters": {"graph.errors"},
    "graph.headers": {"graph.errors", "graph.parameters"},
    "graph.catalogue": CATALOGUE,
    "graph.profile_files": CATALOGUE,
    "graph.profiles": CATALOGUE,
    "graph.profile_tables": CATALOGUE | {"graph.store"},
    "graph.ledger": {"graph.errors", "graph.access", "graph.ledger"},
    "graph.store": STORE,
    "graph.schema": STORE,
    "graph.loading": LOADING,
    "graph.coverage": ANSWERS
    | {"graph.snapshot", "graph.judging", "graph.checks", "graph.coverage", "graph.paths.telling"},
    "graph.judging": ANSWERS,
    "graph.checks": ANSWERS | {"graph.judging"},
    "graph.appointments": ANSWERS | {"graph.judging", "graph.checks", "graph.appointments"},
    "graph.candidates": ANSWERS | {"graph.judging", "graph.checks", "graph.candidates"},
    "graph.candidates.flat": {"graph.store"},
    "graph.workbooks": ANSWERS | {"graph.workbooks"},
    "graph.reports": ANSWERS
    | {
        "graph.workbooks",
        "graph.snapshot",
        "graph.judging",
        "graph.checks",
        "graph.explore",
        "graph.reports",
        "graph.appointments.reach",
    },
    "graph.explore": ANSWERS,
    "graph.paths": ANSWERS | {"graph.explore", "graph.paths"},
    "graph.closing": ANSWERS | {"graph.coverage", "graph.closing"},
    "graph.analyses": ANSWERS,
    "graph.adhoc": ANSWERS | {"graph.adhoc"},
    "graph.withholding": {"graph.errors", "graph.modelling", "graph.model"},
    "graph.access": {"graph.errors", "graph.access"},
    "graph.scoping": ANSWERS | {"graph.scoping"},
    "graph.views": ANSWERS | {"graph.explore", "graph.paths", "graph.views"},
    "graph.views.view": BOTTOM | {"graph.store"},
    "graph.views.legend": BOTTOM,
    "graph.views.formats": BOTTOM | {"graph.views.view", "graph.views.legend"},
}


def imported(path: Path) -> set[str]:
    """Every module that a file imports, with the full name."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {f"{node.module}.{a.name}" for a in node.names} | {str(node.module)}
    return found


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_graph_knows_neither_api_nor_command_line(path: Path) -> None:
    """`graph` imports neither `api` nor `cli`, and those do not import each other."""
    top = name_of(path).partition(".")[0]
    others = {"graph": ("api", "cli"), "api": ("cli",), "cli": ("api",)}[top]
    assert not [i for i in imported(path) for o in others if within(i, o)]


@pytest.mark.parametrize(
    ("library", "home"),
    [
        ("neo4j", "graph.store"),
        ("arcadedb_embedded", "graph.engine.child"),
        ("sqlalchemy", "graph.ledger"),
        ("jwt", "graph.access.tokens"),
        ("limits", "api.access"),
        ("openpyxl", "graph.workbooks"),
        ("python_calamine", "graph.workbooks.read"),
        ("defusedxml", "graph.workbooks.archive"),
        ("jinja2", "graph.reports.page"),
        ("fastapi", "api"),
        ("starlette", "api"),
        ("typer", "cli"),
    ],
)
def test_a_library_is_imported_in_one_place_only(library: str, home: str) -> None:
    """The driver, the engine's wheel, FastAPI and typer each have one home."""
    users = {name_of(p) for p in MODULES if any(within(i, library) for i in imported(p))}
    assert {u for u in users if not within(u, home)} == set()


@pytest.mark.parametrize("part", sorted(ALLOWED))
def test_parts_of_graph_import_downwards_only(part: str) -> None:
    """A part of `graph` imports only what lies below it."""
    ours = [p for p in MODULES if within(name_of(p), part)]
    assert ours
    wrong = {
        (name_of(path), name)
        for path in ours
        for name in imported(path)
        if within(name, "graph")
        and name not in ("graph", "graph.__version__")
        and not any(within(name, allowed) for allowed in ALLOWED[part] | {part})
    }
    assert wrong == set()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_has_one_job(path: Path) -> None:
    """A module says its job in its first line and is not longer than one job needs."""
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text))
    if name_of(path) not in ("graph.modelling.vocabulary", "graph.modelling.edges"):
        assert len(text.splitlines()) <= LONGEST


def test_no_module_is_a_drawer() -> None:
    """No module is named utils, helpers, common or manager."""
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}
    assert not drawers & {p.stem for p in MODULES}
