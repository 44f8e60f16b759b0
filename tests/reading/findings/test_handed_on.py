"""What an expression hands on, and what a variable of a file may hold."""

from __future__ import annotations

import pytest

from graph.model import NODES
from graph.reading.adhoc.outline import Outline
from graph.reading.adhoc.tokens import read_tokens
from graph.reading.findings.handed_on import handed_on
from graph.reading.findings.held_labels import EdgeBeside, HeldLabels
from graph.reading.findings.ways import ways_of
from tests.reading.findings.direct import CATALOGUE

SAID = {
    "a": "a",
    "a.id": "a",
    "[a] + b": "a b",
    "CASE WHEN size(a) > 0 THEN b ELSE c END": "b c",
    "CASE a WHEN b THEN c WHEN d THEN CASE WHEN e THEN f END END": "c f",
    "size(a)": "size",
    "any(x IN a WHERE x = b)": "any",
    "head(collect(a))": "head collect a",
    "[x IN a WHERE x = b]": "x IN a",
    "[x IN a WHERE x = b | {one: c, two: x.d}]": "c x",
    "[(q)<-[c:COVERS]-(o) WHERE c.since <= e | o]": "o",
    "COLLECT { MATCH (q)<-[c:COVERS]-(o) WHERE o.x = z RETURN DISTINCT o ORDER BY o.id }": "COLLECT o",
    "COLLECT { UNWIND a AS x RETURN x UNION UNWIND b AS y RETURN y }": "COLLECT x y",
    "EXISTS { MATCH (q)<-[c:COVERS]-(o) }": "EXISTS",
    "COUNT { MATCH (q)<-[c:COVERS]-(o) }": "COUNT",
    "reduce(found = a, x IN b | found + [c])": "reduce a found c",
    "reduce(found = [], x IN CASE WHEN d THEN b END | found + [(x)-[w:WITHIN]->(y) | y])": "reduce found y",
}


@pytest.mark.parametrize("text", SAID)
def test_an_expression_hands_on_what_may_be_in_its_value(text: str) -> None:
    """Conditions, and what functions only count, hand nothing on; names of functions hold nothing."""
    outline = Outline(read_tokens(text), text)
    assert set(handed_on(outline, outline.whole)) - {"null"} == set(SAID[text].split())


def test_a_variable_holds_what_the_model_lets_in() -> None:
    """A name without a label holds what edges beside it may begin or end at, and what is handed on to it."""
    held = HeldLabels()
    covers = EdgeBeside(frozenset({"COVERS"}), out=True)
    held.meet("o", frozenset(), [[covers]])
    held.meet("p", frozenset({"Person"}), [])
    held.meet("any", frozenset(), [])
    found = held.settled({("p", "q"), ("q", "r"), ("r", "p"), ("o", "r"), ("CASE", "r")})
    assert "Person" not in found["o"]
    assert "OwnersCommittee" in found["o"]
    assert found["r"] == found["o"] | {"Person"} == found["p"]
    assert found["any"] == set(NODES)
    assert found["CASE"] == set()


def test_a_way_of_several_edges_may_hold_what_they_lead_to() -> None:
    """`(f)-[:SUBORDINATE_TO*1..3]-(g)`: what lies between is no area."""
    ways = ways_of(CATALOGUE["cross_appointment"])
    assert ways is not None
    for step in ways.steps:
        assert ways.held[step.source], step
        assert ways.held[step.target], step
    assert {s.target_level for s in ways.steps if s.source == "q" and s.target == "s"} == {"community"}
