"""The catalogue: headers are interfaces, and every file compiles and only reads, on each engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from neo4j import Driver, GraphDatabase

from graph.catalogue import Catalogue, Query
from graph.catalogue.columns import COLUMNS_ZH
from graph.catalogue.queries import FOLDERS
from graph.errors import BadParameter, CatalogueError, NotFound
from graph.reading.graph import Graph
from graph.store.engine.tuning import ENGINE_SETTINGS
from tests.catalogue_samples import sample
from tests.conftest import unmasked

QUERIES = list(Catalogue.load())
HEADER = """// @title      One
// @title.zh   一
// @param      n  int  1  "number" / "数"
// @returns    x
// @source     test
"""


def written(tmp_path: Path, **files: str) -> Path:
    """A catalogue folder with files `queries/<name>.cypher`; `__` in a name is a folder.

    Files of `queries` get the topic that they need.
    """
    for name, text in files.items():
        folder, _, stem = name.rpartition("__")
        if not folder:
            text = text.replace("// @source", "// @topic areas\n// @source", 1)  # noqa: PLW2901
        path = tmp_path / (folder or "queries") / f"{stem}.cypher"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def test_the_engine_keeps_every_file_parsed() -> None:
    """As written and with its literals taken out, and as many again of what else is asked."""
    for kept in ("opencypher.statementCache", "opencypher.planCache"):
        assert int(ENGINE_SETTINGS[kept]) >= 4 * len(QUERIES)


def test_the_catalogue_has_every_folder() -> None:
    """Each folder of the catalogue holds files, and every name occurs once."""
    assert {q.folder for q in QUERIES} <= set(FOLDERS)
    assert len(QUERIES) == len({q.name for q in QUERIES})


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: f"{q.folder}::{q.name}")
def test_a_body_is_what_the_file_holds(query: Query) -> None:
    """The text is the file, byte for byte; what runs is all of it but the comments at its head."""
    assert query.path.read_bytes() == query.text.encode("utf-8")
    header, found, rest = query.text.partition(query.asked)
    assert found
    assert not rest.strip()
    assert all(line.startswith("//") for line in header.splitlines() if line)
    assert not query.asked.startswith("//")


@pytest.fixture(scope="module")
def driver(loaded: Graph) -> Iterator[Driver | None]:
    """The official driver, on Neo4j."""
    settings = loaded.settings
    if settings.neo4j_uri is None:
        yield None
        return
    login = settings.neo4j_user, settings.neo4j_password.get_secret_value()
    with GraphDatabase.driver(settings.neo4j_uri, auth=login) as driver:
        yield driver


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: f"{q.folder}::{q.name}")
async def test_a_file_only_reads_and_returns_the_columns_that_it_declares(
    query: Query, loaded: Graph, driver: Driver | None
) -> None:
    """Rows have exactly the columns of `@returns`, in that order; the caller's role may only read.

    On Neo4j Community that role is everybody's, so its own word for the file is asked too.
    """
    rows: list[dict[str, Any]] = (await unmasked(loaded).ask(query, sample(query))).data
    for row in rows[:1]:
        assert [c.name for c in query.columns] == list(row)
    if driver is not None:
        given = query.bind(sample(query), today=date.today())
        # Not by EXPLAIN, for which Neo4j plans the text once more.
        _, summary, keys = driver.execute_query(query.asked, given, database_=loaded.settings.neo4j_database)
        assert summary.query_type == "r"
        assert keys == [c.name for c in query.columns]


def test_every_problem_of_every_file_is_told_with_its_line(tmp_path: Path) -> None:
    """One error lists all problems: unknown tags, bad parameters, missing tags, duplicates."""
    folder = written(
        tmp_path,
        first="// @title A\n// @tilte.zh B\n// @returns x, x\n// @source t\nRETURN $n AS x\n",
        second=HEADER.replace("int  1", 'int  "one"') + "RETURN 1 AS x\n",
        coverage__second=HEADER + "RETURN $n AS x\n",
    )
    with pytest.raises(CatalogueError) as caught:
        Catalogue.load(folder)
    said = caught.value.zh
    assert "first.cypher:2: unknown tag @tilte.zh" in said
    assert "first.cypher:1: @title.zh is missing" in said
    assert "first.cypher:3: @returns: x stands twice" in said
    assert "first.cypher:1: parameter $n is used but not declared" in said
    assert "second.cypher:3: default of n" in said
    assert "coverage/second.cypher:1: name also used by" in said
    assert "coverage/second.cypher:4: @returns lacks subject" in said


def test_a_topic_is_one_that_people_choose_from(tmp_path: Path) -> None:
    """A file of `queries` names a known topic, a file of another folder none."""
    topic = HEADER + "// @topic {}\nRETURN $n AS x\n"
    folder = written(
        tmp_path,
        queries__none=HEADER + "RETURN $n AS x\n",
        queries__other=topic.format("weather"),
        paths__walk=topic.format("areas"),
    )
    with pytest.raises(CatalogueError) as caught:
        Catalogue.load(folder)
    assert "none.cypher:1: @topic is missing" in caught.value.zh
    assert "other.cypher:6: @topic is of queries/ only" in caught.value.zh
    assert "walk.cypher:6: @topic is of queries/ only" in caught.value.zh


def test_every_column_has_a_chinese_heading() -> None:
    """Whatever a file returns can be shown under a word."""
    assert {c.name for q in QUERIES for c in q.columns} <= set(COLUMNS_ZH)


def test_a_parameter_in_a_comment_or_string_is_not_used(tmp_path: Path) -> None:
    """`$x` inside a string or a comment is text, not a parameter."""
    folder = written(tmp_path, one=HEADER + "RETURN $n + size('$y') AS x // $z\n")
    assert [p.name for p in Catalogue.load(folder)["one"].parameters] == ["n"]


def test_a_declared_parameter_must_be_used(tmp_path: Path) -> None:
    """A parameter that the body does not use is a mistake."""
    folder = written(tmp_path, one=HEADER + "RETURN 1 AS x\n")
    with pytest.raises(CatalogueError, match="declared but not used"):
        Catalogue.load(folder)


@pytest.mark.parametrize(
    ("given", "said"),
    [({"m": "1"}, "m"), ({"n": "one"}, "n"), ({"n": "1.5"}, "n"), ({"n": True}, "n"), ({"n": 2**70}, "n")],
)
def test_a_wrong_parameter_is_named(given: dict[str, Any], said: str, tmp_path: Path) -> None:
    """Unknown parameters and values of another type are refused by name."""
    query = Catalogue.load(written(tmp_path, one=HEADER + "RETURN $n AS x\n"))["one"]
    with pytest.raises(BadParameter) as caught:
        query.bind(given, today=date(2025, 1, 1))
    assert said == caught.value.subject


@pytest.mark.parametrize(
    ("declared", "fine", "refused"),
    [("int[0..10]", "10", "11"), ("string{a,b}", "b", "c"), ("strings{a,b}", "a,b", "a,c")],
)
def test_a_declared_range_or_choice_is_kept(declared: str, fine: str, refused: str, tmp_path: Path) -> None:
    """Bounds are inclusive; a value outside is refused with what was expected."""
    header = HEADER.replace("int  1", f"{declared} required")
    query = Catalogue.load(written(tmp_path, one=header + "RETURN $n AS x\n"))["one"]
    assert query.bind({"n": fine}, today=date(2025, 1, 1))
    with pytest.raises(BadParameter, match=r"0 to 10|out of a, b"):
        query.bind({"n": refused}, today=date(2025, 1, 1))


def test_a_reason_names_columns_and_findings_are_declared(tmp_path: Path) -> None:
    """A brace that is no column, and findings without their column, are mistakes."""
    rule = HEADER.replace("@returns    x", "@returns    subject, area, verdict, missing, evidence")
    tags = "rule R99/severity info/identity subject/version 1/verified E/reason {body} stands alone"
    rule += "".join(f"// @{tag}\n" for tag in tags.split("/"))
    rule += '// @reason.zh {subject}\n// @finding a "one" / "一"\n// @finding a "two" / "二"\n'
    with pytest.raises(CatalogueError) as caught:
        Catalogue.load(written(tmp_path, rules__one=rule + "RETURN $n AS subject\n"))
    assert "@reason: {body} is not a column" in caught.value.zh
    assert "@finding and column findings go together" in caught.value.zh
    assert "each code once" in caught.value.zh


def test_a_missing_query_is_not_found() -> None:
    """A name that no file has is `NotFound`."""
    with pytest.raises(NotFound, match="nothing_here"):
        Catalogue.load()["nothing_here"]


def test_a_file_asked_for_alone_is_as_in_the_whole(tmp_path: Path) -> None:
    """Header, text and revision; an unknown name, and a problem of that file alone, are refused."""
    whole, alone = Catalogue.load(), Catalogue.open()
    assert [alone[q.name] for q in QUERIES[:5]] == [whole[q.name] for q in QUERIES[:5]]
    with pytest.raises(NotFound):
        alone["../README"]
    folder = written(tmp_path, good=HEADER + "RETURN $n AS x", bad="RETURN 1 AS x")
    assert Catalogue.open(folder)["good"].name == "good"
    with pytest.raises(CatalogueError, match="bad"):
        Catalogue.open(folder)["bad"]
    with pytest.raises(CatalogueError, match="bad"):
        list(Catalogue.open(folder))


def test_the_documents_say_how_many_there_are() -> None:
    """The figures of the first sentences: the README's, and that of the list of dimensions."""
    catalogue, root = Catalogue.load(), Path(__file__).parents[2]
    readme = (root / "README.md").read_text("utf-8")
    assert f"Coverage in {len(catalogue.dimensions())} dimensions" in readme
    assert f" and {len(catalogue.rules())} rules, one file each" in readme
    assert f"\n{len(catalogue.dimensions())} dimensions, each one file" in (
        root / "docs/coverage.md"
    ).read_text("utf-8")


def test_the_page_of_mutations_is_of_the_rules_as_they_are() -> None:
    """Each rule has a row of its present text; `python -m tests.mutation NAME` writes it anew."""
    page = (Path(__file__).parents[2] / "docs/mutations.md").read_text("utf-8")
    rows = [line.split("|") for line in page.splitlines() if line.startswith("| R")]
    tried = {row[2].strip(" `"): row[3].strip() for row in rows}
    assert tried == {query.name: query.revision for query in Catalogue.load().rules()}
