"""Engines for tests: always the embedded one, a real Neo4j wherever Java and Maven are found.

Tests run on servers of their own, never on what `NEO4J_URI` or a data folder names.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis.internal.conjecture import providers
from pydantic import SecretStr
from xdist.scheduler import LoadScopeScheduling

from graph.loading.load import load_delivery
from graph.loading.order import seed_folders
from graph.loading.register.forms import FOLDER as FORMS
from graph.reading.graph import Graph, Known
from graph.reading.wiring import open_graph
from graph.settings import Settings
from graph.store import Store, Transaction, open_store
from tests.builder import GraphBuilder
from tests.neo4j_server import Neo4jServer, available

TODAY = date(2025, 6, 30)
ENGINES = ("embedded", "neo4j")
Opener = Callable[[str], Awaitable[Graph]]
SettingsMaker = Callable[[str, str], Settings]
"""From an engine's name and a purpose."""
ON_NEO4J = {
    "tests/catalogue/test_differential.py",
    "tests/neo4j_server/test_neo4j_server.py",
    "tests/reading/adhoc/test_drawn_queries.py",
    "tests/reading/adhoc/test_forms.py",
    "tests/store/test_cluster.py",
    "tests/store/test_cluster_loads.py",
    "tests/store/test_cluster_streams.py",
    "tests/store/test_instances.py",
    "tests/store/test_store.py",
}
"""Files that ask Neo4j without saying so in the names of their tests."""

# Hypothesis also draws constants of whatever modules of ours are imported by then: the graphs of a
# test would depend on which tests its worker ran before.
assert callable(providers._get_local_constants)
providers._get_local_constants = lambda: providers._local_constants

hypothesis_settings.register_profile(
    "project",
    deadline=None,  # the machines are shared, and an engine answers
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,
)
hypothesis_settings.load_profile("project")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """What asks Neo4j goes to one worker, which plans each query once; the rest goes by file."""
    return ByEngine(config, log)


class ByEngine(LoadScopeScheduling):
    """Scopes of tests that stay on one worker."""

    def _split_scope(self, nodeid: str) -> str:
        path, _, name = nodeid.partition("::")
        # Scopes of few tests come last; this one is long, and the other worker would wait for it.
        path = path.replace("tests/api/test_fuzzing.py", "tests/api/test_scope.py")
        # They ask one application, whose copies of areas are engines of their own, or all rules of one graph.
        if path in ("tests/api/test_access.py", "tests/api/test_masking.py"):
            path = "tests/api/test_scope.py"
        # Long ones of few tests likewise, whatever they ask.
        if path.startswith("tests/crash/") or path in ("tests/test_install.py", "tests/test_bundle.py"):
            path = "tests/store/engine/test_embedded_engine.py"
        # Likewise those of the page, which share one browser.
        path = "tests/api/test_answers.py" if path.startswith("tests/page/") else path
        return "neo4j" if on_neo4j(path, name) else path


def on_neo4j(path: str, name: str) -> bool:
    """Whether a test asks Neo4j, as its file and its name say."""
    return "[neo4j" in name or "-neo4j" in name or path in ON_NEO4J


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Name of the engine; everything that asks for it runs on both."""
    name: str = request.param
    if name == "neo4j":
        require_neo4j()
    return name


def require_neo4j() -> None:
    """Skip, saying so plainly, where no Neo4j can be started; in CI that is a failure."""
    reason = available()
    if reason is not None and os.environ.get("CI") == "true":
        pytest.fail(f"Neo4j was not tested: {reason}")
    if reason is not None:
        pytest.skip(f"Neo4j was not tested: {reason}")


ENGINE_BLIND = {
    *(
        f"tests/api/test_{name}.py"
        for name in (
            "access",
            "accounts",
            "caching",
            "documentation",
            "exports",
            "masking",
            "me",
            "paging",
            "parameters",
            "problems",
            "refusals",
            "rehearsals",
            "service",
        )
    ),
    "tests/api/test_answers.py::test_verdicts_of_law_are_explained_for_the_page_only",
    "tests/api/test_appointments.py::test_the_published_examples_can_be_checked",
    "tests/api/test_scope.py::test_cypher_of_a_scoped_caller_sees_the_area_only",
    "tests/api/test_scope.py::test_nothing_outside_is_ever_shown",
    "tests/appointments/test_decide.py::test_pay_and_terms_are_changed_in_place",
    "tests/appointments/test_rehearse.py::test_what_stands_before_is_taken_from_what_is_kept",
    "tests/cli/test_commands.py::test_an_answer_comes_in_three_formats",
    "tests/cli/test_excel.py::test_a_sheet_of_proposals_is_answered_by_a_marked_copy",
    "tests/cli/test_excel.py::test_an_answer_is_written_as_its_file_says",
    "tests/cli/test_reports.py::test_a_csv_file_opens_in_excel",
    "tests/cli/test_reports.py::test_two_days_are_compared",
    "tests/front_ends/test_front_ends.py",
    "tests/loading/excel/test_read.py::test_the_worked_example_is_the_same_from_a_workbook",
    "tests/reading/test_places.py::test_a_silent_document_gives_unknown_never_a_gap",
    "tests/views/test_gephi.py",
}
"""Files and tests about what is done before or after rows are read: test_differential.py compares the rows of
both engines, test_answers.py asks every route on Neo4j too, test_scope.py every query as of an area and the
copy of one, and of each kind of question something is left there: rehearsals and decisions in
test_rehearse.py and test_decide.py, laws in test_law.py, two days in test_difference.py, copies without
personal data in cli/test_cypher.py, reports in test_tables.py, views in test_views.py, commands in
cli/test_reports.py. To plan the statements of one question takes Neo4j up to a minute."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What cannot differ by engine is asked once; on Neo4j, tests that write come last.

    Both use one server: to plan every query takes it minutes, and it has one database.
    """
    blind = [i for i in items if {i.location[0], i.nodeid.partition("[")[0]} & ENGINE_BLIND]
    twice = [i for i in blind if on_neo4j(*i.nodeid.split("::", 1))]
    config.hook.pytest_deselected(items=twice)
    items[:] = [item for item in items if item not in twice]
    items.sort(
        key=lambda i: "neo4j" in i.name.partition("[")[2] and "scratches" in getattr(i, "fixturenames", ())
    )


@pytest.fixture(scope="session")
def make_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SettingsMaker]:
    """Gives settings of an engine with a data folder of their own; Neo4j is started once."""
    servers: list[Neo4jServer] = []

    def make(engine: str, purpose: str) -> Settings:
        folder = tmp_path_factory.mktemp(f"{purpose}-{engine}")
        if engine == "embedded":
            return Settings(data_dir=folder / "data", heap="512m", engine_compiler="quick")
        if not servers:
            path, _, name = os.environ["PYTEST_CURRENT_TEST"].partition("::")
            # A second server would plan all queries again, on the worker that does not expect it.
            assert on_neo4j(path, name), f"{path}: add it to ON_NEO4J"
            servers.append(Neo4jServer(folder / "neo4j").start())
        (server,) = servers
        return Settings(
            data_dir=folder / "data",
            neo4j_uri=server.uri,
            neo4j_user=server.user,
            neo4j_password=SecretStr(server.password),
            neo4j_database=server.database,
        )

    yield make
    for server in servers:
        server.stop()


@pytest.fixture(scope="session")
async def scratches(make_settings: SettingsMaker) -> AsyncIterator[Opener]:
    """Gives the graph of an engine that tests may wipe; each engine is started once.

    A fixture with the engine as its parameter would end with the last test of a file for it.
    """
    graphs: dict[str, Graph] = {}
    async with AsyncExitStack() as stack:

        async def open_scratch(engine: str) -> Graph:
            if engine not in graphs:
                settings = make_settings(engine, "scratch")
                if engine == "neo4j":
                    # The one server may bear the id of the ledger that read tests have.
                    async with open_store(settings) as store:
                        await wipe(store)
                opened = open_graph(settings, today=lambda: TODAY)
                graphs[engine] = await stack.enter_async_context(opened)
            return graphs[engine]

        yield open_scratch


@pytest.fixture(scope="session")
async def scratch(engine: str, scratches: Opener) -> Graph:
    """One connection for all tests that write."""
    return await scratches(engine)


@pytest.fixture(scope="session")
def scratch_settings(scratch: Graph) -> Settings:
    """Settings of the engine whose graph tests may wipe."""
    return scratch.settings


@pytest.fixture
async def graph(scratch: Graph) -> Graph:
    """An empty graph with its schema and an empty ledger, on each engine."""
    return await emptied(scratch)


@pytest.fixture
async def embedded(scratches: Opener) -> Graph:
    """An empty graph and an empty ledger on the embedded engine, for what does not differ by engine."""
    return await emptied(await scratches("embedded"))


@pytest.fixture
def builder() -> GraphBuilder:
    """An empty builder."""
    return GraphBuilder()


@pytest.fixture(scope="session")
async def loader(make_settings: SettingsMaker) -> AsyncIterator[Opener]:
    """Gives the graph of an engine with all of `seed_data/`, loaded once; no one writes there."""
    graphs: dict[str, Graph] = {}
    async with AsyncExitStack() as stack:

        async def load(engine: str) -> Graph:
            if engine not in graphs:
                opened = open_graph(make_settings(engine, "loaded"), today=lambda: TODAY)
                graph = await stack.enter_async_context(opened)
                for delivery in seed_folders():
                    await load_delivery(graph.store, delivery)
                graphs[engine] = graph
            return graphs[engine]

        yield load


@pytest.fixture(scope="session")
async def loaded(engine: str, loader: Opener) -> Graph:
    """All of `seed_data/` on each engine, for reading."""
    return await loader(engine)


@pytest.fixture(scope="session")
async def both(loader: Opener) -> tuple[Graph, Graph]:
    """The same data on the embedded engine and on Neo4j, side by side."""
    require_neo4j()
    return await loader("embedded"), await loader("neo4j")


async def emptied(scratch: Graph) -> Graph:
    """A graph without nodes, with an empty ledger and no form of a register."""
    await wipe(scratch.store)
    await scratch.ledger.close()
    (scratch.settings.data_dir / "ledger.db").unlink(missing_ok=True)
    shutil.rmtree(scratch.settings.data_dir / FORMS, ignore_errors=True)
    # What is known of a data version is not true of the next graph that counts from the beginning.
    vars(scratch.known).update(vars(Known()))
    return scratch


async def wipe(store: Store) -> None:
    """Empty the graph, back to data version 0."""

    async def work(tx: Transaction) -> None:
        await tx.run("MATCH (n) WHERE NOT n:Meta DETACH DELETE n")
        await tx.run(
            "MATCH (m:Meta) SET m.data_version = 0, m.state = 'complete', m.load = null, "
            "m.deployment = null, m.mark = null"
        )

    await store.write(work)


def unmasked(graph: Graph) -> Graph:
    """The same graph for a viewer to whom personal data is shown."""
    return graph.under(replace(graph.viewer, personal=True))


async def rows(graph: Graph, query: str, **parameters: Any) -> list[dict[str, Any]]:
    """Rows of a catalogue query, with personal data."""
    found: list[dict[str, Any]] = (await unmasked(graph).ask(graph.catalogue[query], parameters)).data
    return found
