"""A rule or dimension is found by whatever people type for it, and nothing is taken for another."""

from __future__ import annotations

import pytest

from graph.catalogue import Catalogue
from graph.catalogue.words import find_by_word, near_words, words_of
from graph.coverage.read import find_queries
from graph.errors import BadParameter, NotFound
from graph.model import area_id
from graph.reading.graph import Graph
from graph.rules.runs import find_rule

CATALOGUE = Catalogue.load()


@pytest.mark.parametrize("folder", ["rules", "coverage"])
def test_every_word_names_one_file(folder: str) -> None:
    """Codes, numbers, titles and file names lead to their own file, in any width and either script."""
    files = CATALOGUE.rules() if folder == "rules" else CATALOGUE.dimensions()
    for query in files:
        for word in words_of(query):
            assert find_by_word(files, word) is query, word
            assert find_by_word(files, f" {word.lower()}　") is query, word
    assert find_by_word(files, "") is None


@pytest.mark.parametrize(
    ("word", "code"),
    [("27", "R27"), ("r27", "R27"), ("２７", "R27"), ("1", "R01"), ("業委會黨員比例不足", "R15")],
)
def test_a_rule_is_found_as_people_say_it(graph: Graph, word: str, code: str) -> None:
    """By number, without the zero, in full width, by its title in traditional characters."""
    assert find_rule(graph, word).rule.code == code


def test_a_dimension_is_found_by_its_chinese_name(graph: Graph) -> None:
    """With or without 覆盖."""
    for word in ("志愿服务队覆盖", "志愿服务队", "volunteer_team"):
        assert [q.name for q in find_queries(graph, word)] == ["volunteer_team"]
    assert [q.name for q in find_queries(graph, "业委会")] == ["owners_committee"]


def test_a_wrong_word_gets_the_nearest_right_ones(graph: Graph) -> None:
    """In Chinese, with what there is."""
    with pytest.raises(BadParameter) as wrong:
        find_queries(graph, "志愿队")
    assert "最接近的：志愿服务队覆盖（volunteer_team）" in wrong.value.zh
    with pytest.raises(NotFound) as no_rule:
        find_rule(graph, "业委会党员比例")
    assert no_rule.value.zh.index("R15 业委会党员比例不足") < no_rule.value.zh.index("可用：R01")
    assert near_words(CATALOGUE.rules(), "xyz") == ""
    hats = near_words(CATALOGUE.rules(), "一肩挑")
    assert near_words(CATALOGUE.rules(), "一肩跳") in hats
    assert "R17 书记与业委会主任未“一肩挑”" in hats
    assert "R22" in hats


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("430407", "430407000000"),
        ("43", "430000000000"),
        ("441303003", "441303003000"),
        ("441303003000", "441303003000"),
        ("12345", "12345"),
        ("99-eco", "99-eco"),
        ("430407 ", "430407000000"),
    ],
)
def test_a_code_of_fewer_digits_is_an_area(code: str, meant: str) -> None:
    """2, 4, 6 and 9 digits say all of a code; anything else is left as it was typed."""
    assert area_id(code) == meant
