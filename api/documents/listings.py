"""What the service knows of itself, as answers: queries, rules with their profiles, places, model.

Nothing here asks the engine for more than the data version.
"""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from graph.catalogue import Query
from graph.catalogue.columns import COLUMNS_ZH
from graph.catalogue.parameters import REQUIRED, TODAY, Parameter
from graph.catalogue.profiles import Profile, Profiles
from graph.catalogue.shapes import (
    ParameterShape,
    QueryDetail,
    QueryShape,
    RuleDetail,
    RuleSettings,
    RuleShape,
)
from graph.catalogue.texts import cite_en, cite_zh, mark_of
from graph.model.document import make_model_document
from graph.model.shapes import ModelShape
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.place_questions import place_row
from graph.reading.places import read_places
from graph.reading.shapes import PlaceRow
from graph.rules.runs import find_rule

T = TypeVar("T")


async def list_queries(graph: Graph) -> Answer[list[QueryShape]]:
    """Every query of the catalogue with its interface, by name."""
    queries = list(graph.catalogue)
    return await _answer(graph, [interface(q) for q in queries], rows=len(queries))


async def describe_query(graph: Graph, name: str) -> Answer[QueryDetail]:
    """One query: interface and text. Raises `NotFound`."""
    query = graph.catalogue[name]
    data: QueryDetail = {**interface(query), "text": query.text}
    return await _answer(graph, data, [query])


async def list_rules(graph: Graph) -> Answer[list[RuleShape]]:
    """Every rule with its interface, by code."""
    rules = graph.catalogue.rules()
    return await _answer(graph, [rule_interface(q) for q in rules], rows=len(rules))


async def describe_rule(graph: Graph, name: str, as_of: date | None = None) -> Answer[RuleDetail]:
    """One rule by name or code: interface, text, and how each profile sets it on a day."""
    day = graph.day(as_of)
    query = find_rule(graph, name)
    profiles = [profile_row(graph.profiles, p, query.name, day) for p in graph.profiles]
    data: RuleDetail = {**rule_interface(query), "text": query.text, "profiles": profiles}
    return await _answer(graph, data, [query], {"rule": name, "as_of": day})


async def list_places(graph: Graph) -> Answer[list[PlaceRow]]:
    """Every loaded place, the documented ones first."""
    version = await graph.version()  # first: a load in between then makes this tag an old one
    rows = [place_row(p) for p in await read_places(graph)]
    return Answer(rows, graph.stamp([], {}, version, len(rows)))


async def describe_model(graph: Graph) -> Answer[ModelShape]:
    """The model; the same for every data version."""
    return await _answer(graph, make_model_document())


def interface(query: Query) -> QueryShape:
    """What a caller has to know of a query."""
    header = query.header
    return {
        "name": query.name,
        "folder": query.folder,
        "topic": query.topic,
        "title": header.title,
        "title_zh": header.title_zh,
        "about": header.about,
        "about_zh": header.about_zh,
        "parameters": [_parameter(p) for p in query.parameters],
        "columns": [{"name": c.name, "zh": COLUMNS_ZH[c.name], "flag": c.flag} for c in query.columns],
        "source": header.source,
        "revision": query.revision,
    }


def rule_interface(query: Query) -> RuleShape:
    """The interface of a rule: with its code, severities, identity and how far it was checked."""
    rule = query.rule
    return {
        **interface(query),
        "code": rule.code,
        "severity_lowest": rule.severities[0],
        "severity_highest": rule.severities[-1],
        "identity": list(rule.identity),
        "verified": rule.verified,
        "version": rule.version,
    }


def profile_row(profiles: Profiles, profile: Profile, rule: str, day: date) -> RuleSettings:
    """How a profile sets a rule on a day, with the profile that each setting comes from."""
    applied, texts = profile.rule(rule, day), profiles.texts
    return {
        "profile": profile.name,
        "title": profile.title,
        "title_zh": profile.title_zh,
        "area": profile.file.area,
        "on": applied.on,
        "severity": applied.severity,
        "params": applied.params,
        "source": applied.source,
        "source_zh": applied.source_zh,
        "verified": mark_of(applied.basis[0], texts) if applied.basis else None,
        "texts": [cite_zh(b, texts) for b in applied.basis],
        "texts_en": [cite_en(b, texts) for b in applied.basis],
        "set_by": applied.set_by,
    }


def _parameter(parameter: Parameter) -> ParameterShape:
    words = {id(REQUIRED): None, id(TODAY): "today"}
    default = parameter.default
    return {
        "name": parameter.name,
        "type": parameter.kind,
        "required": parameter.required,
        "default": words.get(id(default), default),
        "en": parameter.en,
        "zh": parameter.zh,
        "low": parameter.low,
        "high": parameter.high,
        "choices": list(parameter.choices),
        "ids": parameter.ids,
    }


async def _answer(
    graph: Graph,
    data: T,
    queries: list[Query] | None = None,
    parameters: dict[str, Any] | None = None,
    rows: int = 1,
) -> Answer[T]:
    version = await graph.version()
    return Answer(data, graph.stamp(queries or [], parameters or {}, version, rows))
