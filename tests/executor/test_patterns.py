"""Patterns match in compiled code what they match on both engines."""

from __future__ import annotations

from datetime import date

from graph.reading.graph import Graph
from tests.builder import GraphBuilder
from tests.executor.comparing import exact, executor_of, given_to, rows_of, texts_of
from tests.oracle.asking import store

EARLIER, LATER = date(2021, 1, 1), date(2024, 1, 1)
STATUS = (None, "full", "none", "full", "probationary")
GENDER = ("female", "male", None, "female", "male")
JOINED = (None, date(2024, 2, 29), None, date(2024, 1, 31), date(2023, 12, 31))


def place() -> GraphBuilder:
    """Quarters with few values, persons of some of them, committees that end and begin, a chain of firms."""
    b = GraphBuilder()
    b.node("990101000000", level="district")
    b.node("990101001000", level="subdistrict")
    b.node("990101001001", level="community")
    b.edge("990101001000", "PART_OF", "990101000000")
    b.edge("990101001001", "PART_OF", "990101001000")
    for n, households in enumerate((100, None, 3, 100), 1):
        at = {"lat": 28.5, "lon": 113.0} if n % 2 else {}
        quarter = b.node(f"q-990101-{n:02}", households=households, **at)
        b.edge(quarter, "PART_OF", "990101001001", since=None if n == 2 else date(2020, 1, n))
    for n, (status, gender, joined) in enumerate(zip(STATUS, GENDER, JOINED, strict=True), 1):
        b.node(f"p-990101-{n:02}", party_status=status, gender=gender, party_joined_on=joined)
    b.node("oc-990101-01", seats=5, kind="owners_committee")
    b.node("oc-990101-02", kind="owners_committee")
    b.edge("oc-990101-01", "COVERS", "q-990101-01")
    b.edge("oc-990101-02", "COVERS", "q-990101-02", until=LATER)
    b.edge("oc-990101-02", "COVERS", "q-990101-03")
    b.post("p-990101-01", "chair", "oc-990101-01")
    b.post("p-990101-02", "member", "oc-990101-01")
    b.post("p-990101-02", "member", "oc-990101-02", since=EARLIER)
    b.post("p-990101-03", "chair", "oc-990101-02", until=EARLIER, concurrent=True)
    for person, home in ((1, 1), (2, 1), (4, 3)):
        b.edge(f"p-990101-{person:02}", "LIVES_IN", f"q-990101-{home:02}")
    b.edge("p-990101-02", "OWNS_HOME_IN", "q-990101-01")
    b.edge("p-990101-01", "RELATED_TO", "p-990101-02", relation="spouse")
    firms = [b.node(f"pf-990101-{n:02}") for n in range(1, 4)]
    for lower, upper in zip(firms[1:], firms, strict=False):
        b.edge(lower, "SUBORDINATE_TO", upper)
    return b


async def test_patterns_match_in_compiled_code_what_they_match_on_the_engine(graph: Graph) -> None:
    """Each edge once, what is optional, both directions, ways, what is known before, and all beside nulls."""
    await store(graph, place())
    executor = await executor_of(graph)
    asked = [(text, given_to(text)) for text in texts_of("patterns")]
    answers = await graph.store.read(asked)
    found = [(text, exact(rows_of(executor, text, given))) for text, given in asked]
    assert len(found) > 100
    expected = zip(asked, answers, strict=True)
    assert found == [(text, exact(rows)) for (text, _), rows in expected]
