"""The guard on both engines: attacks change nothing, honest queries are answered."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import GraphError
from graph.reading.adhoc import open_query
from graph.reading.adhoc.guard import check_reading
from graph.reading.adhoc.refusals import Refused
from graph.reading.adhoc.tokens import read_tokens
from graph.reading.graph import Graph
from tests.reading.adhoc.corpus import CHANGES, HONEST, attacks


async def fingerprint(graph: Graph) -> list[object]:
    """What is in the graph: nodes, edges, properties, constraints."""
    statements = [
        "MATCH (n) RETURN count(n) AS n, sum(size(keys(n))) AS k",
        "MATCH ()-[e]->() RETURN count(e) AS n, sum(size(keys(e))) AS k",
        "SHOW CONSTRAINTS",
    ]
    rows = await graph.store.read([(text, {}) for text in statements[:2]])
    (schema,) = await graph.store.read([(statements[2], {})])
    return [rows, len(schema)]


def test_the_corpus_is_large() -> None:
    """At least 200 different ways."""
    assert len(set(attacks())) >= 200


@pytest.mark.parametrize("text", sorted(set(attacks())))
def test_an_attack_is_refused(text: str) -> None:
    """Before any engine sees it, with line and column."""
    with pytest.raises(Refused) as refused:
        check_reading(text)
    assert refused.value.line >= 1
    assert refused.value.column >= 1


async def test_attacks_change_nothing(loaded: Graph) -> None:
    """The graph is the same after all of them, and each was refused."""
    before = await fingerprint(loaded)
    for text in attacks():
        with pytest.raises(Refused):
            async with open_query(loaded, text):
                pass
    assert await fingerprint(loaded) == before


async def read_all(graph: Graph, text: str) -> None:
    """Past the guard, straight to the engine."""
    async with graph.store.cursor(text, {}, time_limit=10) as cursor:
        while await cursor.batch():
            pass


async def test_the_engine_refuses_writes_by_itself(loaded: Graph) -> None:
    """Without the guard too: the identity or the read mode does not let them through."""
    before = await fingerprint(loaded)
    for text in CHANGES:
        with pytest.raises(GraphError):
            await read_all(loaded, text)
    assert await fingerprint(loaded) == before


@pytest.mark.parametrize("text", HONEST)
async def test_an_honest_query_is_answered(loaded: Graph, text: str) -> None:
    """Keywords in strings, comments, backticks, keys and Chinese names do no harm."""
    async with open_query(loaded, text, {"set": 1}) as running:
        rows = [row async for row in running]
    assert rows
    assert running.cut is None


NOTHING = re.compile(r"(\s|/\*.*?\*/|//[^\r\n]*)*", re.DOTALL)
"""Blanks and comments."""


@given(text=st.text(st.sampled_from("aB1'\"`/*\n.\\;{}$: \u4e2d"), max_size=30))
def test_tokens_are_the_text_without_blanks(text: str) -> None:
    """Whatever is read, nothing of it is lost or made up; the rest is refused."""
    try:
        tokens = read_tokens(text)
    except Refused:
        return
    at = 0
    for token in tokens:
        assert NOTHING.fullmatch(text[at : token.start])
        at = token.end
        quoted = token.text.replace("`", "``")
        assert text[token.start : at] in (token.text, f"`{quoted}`")
    assert NOTHING.fullmatch(text[at:])
