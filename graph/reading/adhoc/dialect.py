"""Refuses ad-hoc queries with a form that the engine answers wrongly, and names a way round.

On the embedded engine the forms are those of `forms.py`; on Neo4j there is one, a type named twice.
"""

from __future__ import annotations

from graph.reading.adhoc import misread
from graph.reading.adhoc.forms import ENGINE, FORMS
from graph.reading.adhoc.outline import Outline
from graph.reading.adhoc.projections import Projections
from graph.reading.adhoc.refusals import WronglyAnswered
from graph.reading.adhoc.scope import QueryReading

NEO4J = (" Neo4j 5.26.26 ", "Neo4j 5.26.26")
"""The version in which this was seen."""


def check_dialect(outline: Outline, reading: QueryReading) -> None:
    """Raises `WronglyAnswered` for the first form of the table that a query has."""
    found = Projections(outline)
    for form in FORMS:
        at = form.find(outline, reading, found)
        if at is not None:
            raise WronglyAnswered((form.zh, form.en), form.instead, ENGINE, outline.tokens[at])


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
