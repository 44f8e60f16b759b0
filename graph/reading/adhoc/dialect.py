"""Refuses ad-hoc queries with a form that the engine answers wrongly, and names a way round.

On the embedded engine the forms are those of `forms.py`; on Neo4j a type named twice, and before 5.26.31 what
OPTIONAL MATCH counts in its condition.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from graph.reading.adhoc import misread
from graph.reading.adhoc.forms import ENGINE, FORMS
from graph.reading.adhoc.outline import Outline
from graph.reading.adhoc.projections import Projections
from graph.reading.adhoc.refusals import WronglyAnswered
from graph.reading.adhoc.scope import QueryReading

NEO4J = (" Neo4j 5.26.31 ", "Neo4j 5.26.31")
"""The version in which this was seen, last."""
MENDED = ((5, 26, 31), (2026, 9))
"""Versions of either line that count rightly in the condition of OPTIONAL MATCH (issue 13877 of neo4j/neo4j;
5.26.26 was seen to be wrong and 5.26.31 to be right)."""


def check_dialect(outline: Outline, reading: QueryReading) -> None:
    """Raises `WronglyAnswered` for the first form of the table that a query has."""
    found = Projections(outline)
    for form in FORMS:
        at = form.find(outline, reading, found)
        if at is not None:
            raise WronglyAnswered((form.zh, form.en), form.instead, ENGINE, outline.tokens[at])


async def check_neo4j(outline: Outline, reading: QueryReading, agent: Callable[[], Awaitable[str]]) -> None:
    """Raises `WronglyAnswered` for a form that Neo4j answers wrongly; `agent` says which Neo4j it is."""
    check_types(outline, reading)
    at = misread.counted_in_optional(outline, reading)
    if at is not None and loses_counts(seen := await agent()):
        form = (
            "OPTIONAL MATCH 的 WHERE 中有 COUNT { … } 或 COLLECT { … }：数目为 0 的行可能丢失；"
            "请升级到 5.26.31 或更高版本",
            "COUNT { … } or COLLECT { … } in the WHERE of OPTIONAL MATCH: rows of which it counts none may "
            "be lost; upgrade to 5.26.31 or later",
        )
        instead = "OPTIONAL CALL (a) { MATCH (a)-->(b) WHERE COUNT { (b)-->() } < 2 RETURN b }"
        raise WronglyAnswered(form, instead, (f" {seen} ", seen), outline.tokens[at])


def loses_counts(agent: str) -> bool:
    """Whether a server is a Neo4j before `MENDED`; not of what gives no version that is known."""
    found = re.match(r"Neo4j/(\d+)\.(\d+)(?:\.(\d+))?", agent)
    if found is None:
        return False
    numbers = tuple(int(n) for n in found.groups("0"))
    return numbers < MENDED[numbers[0] >= CALENDAR]


CALENDAR = 2025
"""Versions of this number and above are named by year and month."""


def check_types(outline: Outline, reading: QueryReading) -> None:
    """Raises `WronglyAnswered` for a type that one edge names twice: Neo4j may count such edges twice.

    It does where it counts without reading the edges, as for `RETURN count(*)` and `COUNT { … }`.
    """
    at = misread.repeated_type(outline, reading)
    if at is not None:
        name = outline.tokens[at].text
        form = (
            f"一条关系两次写明类型 {name}，计数时每条关系可能算两次；只写一次",
            f"an edge names its type {name} twice, and edges may be counted twice; name it once",
        )
        raise WronglyAnswered(form, f"-[:{name}]->", NEO4J, outline.tokens[at])
