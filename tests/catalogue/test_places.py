"""The catalogue asks where a place lies in one way: any other form is refused with file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from graph.catalogue import Catalogue
from graph.catalogue.places import COUNTED, FOLDERS, place_problems
from graph.data_files import data_folder
from graph.errors import CatalogueError

ROOT = data_folder("cypher")
GOOD = """// @title x
MATCH (:Area {id: $area})<-[w:WITHIN]-(q:Quarter)
WHERE w.since <= $as_of < w.until
WITH q, COLLECT { MATCH (q)-[w:WITHIN]->(a)
                  WHERE w.since <= $as_of < w.until
                  RETURN a ORDER BY w.height, a.id } AS above
WITH q, EXISTS { MATCH (q)-[w:WITHIN*0..1]->()-[k:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
                 WHERE all(e IN w + [k] WHERE e.since <= $as_of < e.until) } AS listed
WITH q, [(q)-[w:WITHIN]->(a)
         WHERE w.since <= $as_of < w.until | toString(w.height) + a.id] AS within
RETURN q.id AS subject
"""
REFUSED = {
    "a walk up": ("(q)-[w:WITHIN]->(a)", "(q)-[up:PART_OF*1..8]->(a)", 4),
    "a short walk to an area": ("(q)-[w:WITHIN]->(a)", "(q)-[up:PART_OF*1..4]->(a:Area)", 4),
    "a walk down": ("<-[w:WITHIN]-(q:Quarter)", "<-[up:PART_OF*1..4]-(q:Quarter)", 2),
    "levels in order": ("a.id } AS", "CASE a.level WHEN 'community' THEN 0 END, a.id } AS", 6),
    "another name": ("(q)-[w:WITHIN]->(a)", "(q)-[up:WITHIN]->(a)", 4),
    "another length": ("WITHIN*0..1", "WITHIN*0..2", 7),
    "no day": ("WHERE w.since <= $as_of < w.until\nWITH", "WITH", 2),
    "a day inclusive": ("w.since <= $as_of < w.until\nWITH", "w.since <= $as_of <= w.until\nWITH", 2),
    "no day of a list": ("w + [k] WHERE", "[k] WHERE", 7),
    "another order": ("ORDER BY w.height, a.id", "ORDER BY a.id", 4),
    "keys of another order": ("toString(w.height) + a.id]", "a.id]", 9),
    "keys of another day": ("w.until | toString", "w.until AND true | toString", 9),
    "any target of a register": ("->(:SourceDocument)", "->()", 7),
    "a register of any name": ("[k:COMPLETE_IN {subject", "[:COMPLETE_IN {subject", 7),
}


def test_the_forms_themselves_are_accepted() -> None:
    """Scope, areas above and registers as the documentation shows them."""
    assert [place_problems("x", folder, GOOD) for folder in sorted(FOLDERS)] == [[], [], []]


@pytest.mark.parametrize("case", REFUSED)
def test_another_form_is_refused_with_its_line(case: str) -> None:
    """Each way in which files used to differ is found where it stands."""
    form, other, line = REFUSED[case]
    assert form in GOOD
    problems = place_problems("x", "rules", GOOD.replace(form, other))
    assert line in {p.line for p in problems}
    assert all(p.text for p in problems)


def test_queries_for_analysts_are_free() -> None:
    """What is no rule, dimension or candidate may walk as it likes, and comments say what they like."""
    walk = "MATCH (q)-[:PART_OF*0..8]->(a:Area) RETURN a.id AS area"
    assert place_problems("x", "queries", walk) == []
    assert place_problems("x", "rules", f"// {walk}\nRETURN 1 AS subject") == []


def test_exceptions_are_needed() -> None:
    """A file is exempt only while it has a form that would be refused."""
    for name in COUNTED:
        (path,) = ROOT.glob(f"*/{name}.cypher")
        assert place_problems("x", path.parent.name, path.read_text("utf-8")), name


def test_loading_the_catalogue_refuses_it(tmp_path: Path) -> None:
    """A rule that walks is a problem of the catalogue, named with file and line."""
    shutil.copytree(ROOT, tmp_path / "cypher")
    path = tmp_path / "cypher/rules/quarter_without_owners_committee.cypher"
    lines = path.read_text("utf-8").split("\n")
    line = next(i for i, text in enumerate(lines, start=1) if "(q)-[w:WITHIN]->(a)" in text)
    path.write_text("\n".join(lines).replace("(q)-[w:WITHIN]->(a)", "(q)-[up:PART_OF*1..8]->(a)"), "utf-8")
    with pytest.raises(
        CatalogueError, match=f"quarter_without_owners_committee.cypher:{line}: walks PART_OF"
    ):
        Catalogue.load(tmp_path / "cypher")
