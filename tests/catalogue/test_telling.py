"""Files that tell: what they read of secrets is named in the header, and what it says is flagged."""

from __future__ import annotations

import pytest

from graph.catalogue import Catalogue
from graph.catalogue.tags import read_header
from graph.model import EDGES
from graph.reading.masking import flagged_types

HEADER = """// @title      One
// @title.zh   一
// @returns    subject, {column}
// @source     test
// @topic      areas
{tells}
"""
BODY = "MATCH (p:Person)-[:LIVES_IN]->(q) RETURN q.id AS subject, p.party_status AS {column}"


def problems(column: str, tells: str) -> list[str]:
    """What is wrong with a query that reads a home and a status, and returns the status."""
    head = HEADER.format(column=column, tells=f"// @tells {tells}" if tells else "//")
    return [p.text for p in read_header(head + BODY.format(column=column.partition(":")[0]), "queries")[1]]


def test_a_secret_tie_that_is_read_is_named() -> None:
    """A tie always, a property unless it only comes back in a flagged column of its name."""
    assert [p.partition(" ")[0] for p in problems("x", "")] == ["LIVES_IN", "party_status"]
    assert [p.partition(" ")[0] for p in problems("party_status:sensitive", "")] == ["LIVES_IN"]
    assert problems("x", "LIVES_IN, party_status") == []


@pytest.mark.parametrize("word", ["OWNS_HOME_IN", "COVERS", "LIVES", "any"])
def test_a_name_that_tells_nothing_is_refused(word: str) -> None:
    """What is not read, not secret, or nothing at all."""
    (problem,) = problems("x", f"LIVES_IN, party_status, {word}")
    assert word in problem


def test_of_a_rule_that_tells_only_the_verdict_is_open() -> None:
    """Of whom it speaks, where, and what the verdict is; every other column is withheld."""
    for query in Catalogue.load().folder("rules"):
        if query.header.tells:
            open_ = {c.name for c in query.columns if c.flag is None}
            assert open_ <= {"subject", "area", "verdict", "severity", *query.rule.identity}, query.name


def test_the_count_of_sources_leaves_out_what_is_secret() -> None:
    """The types that `sources` names are those whose existence is personal or sensitive."""
    text = Catalogue.load()["sources"].text
    assert {t for t in EDGES if f"'{t}'" in text} == flagged_types()
