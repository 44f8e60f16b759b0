"""The calendar of law: texts under the rules of a place, and the settings that change between two days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from graph.catalogue import Query
from graph.catalogue.profile_rows import settings_of
from graph.catalogue.profiles import Applied, Profile
from graph.catalogue.texts import MARKS, Basis, LegalText, cite_zh, mark_of
from graph.errors import BadParameter
from graph.reading.answer import Answer
from graph.reading.areas import AreaTree, profile_of, require_area
from graph.reading.graph import Graph
from graph.reading.places import everywhere
from graph.rules.runs import find_rule
from graph.rules.shapes import LawChange, LawRow, LawText

TEXTS = ("条文", "texts")


async def read_law(
    graph: Graph, *, area: str | None = None, rule: str | None = None, as_of: date | None = None
) -> Answer[list[LawRow]]:
    """Each text under each rule, in an area or in every loaded place, on a day.

    A rule that no profile sets on that day has one row without a text. Raises `NotFound`.
    """
    day = graph.day(as_of)
    tree = await require_area(graph, area, day)
    data: list[LawRow] = []
    for profile in await _profiles(graph, tree, area):
        for query in _rules(graph, rule):
            data += _texts(graph, profile, query, day)
    given = {"area": area, "rule": rule, "as_of": day}
    return Answer(data, graph.stamp([], given, await graph.version(), len(data)))


async def read_law_changes(
    graph: Graph, first: date, second: date, *, area: str | None = None, rule: str | None = None
) -> Answer[list[LawChange]]:
    """What settings and texts differ between two days, and since when.

    Raises `NotFound`, `BadParameter` unless the second day is the later one.
    """
    check_days(first, second)
    tree = await require_area(graph, area, second)
    data: list[LawChange] = []
    for profile in await _profiles(graph, tree, area):
        for query in _rules(graph, rule):
            data += _changes(graph, profile, query, first, second)
    given = {"area": area, "rule": rule, "from": first, "to": second, "as_of": second}
    return Answer(data, graph.stamp([], given, await graph.version(), len(data)))


def check_days(first: date, second: date) -> None:
    """Raises `BadParameter` unless the second day is the later one."""
    if second <= first:
        raise BadParameter(
            f"后一日 {second} 应晚于前一日 {first}。",
            f"the second day {second} must be later than the first, {first}.",
            subject="to",
        )


async def _profiles(graph: Graph, tree: AreaTree, area: str | None) -> list[Profile]:
    """The profile of an area, or those of all loaded places."""
    scopes = [area] if area is not None else await everywhere(graph)
    found = {p.name: p for p in (profile_of(graph, tree, scope) for scope in scopes)}
    return list(found.values())


def _rules(graph: Graph, rule: str | None) -> Sequence[Query]:
    return graph.catalogue.rules() if rule is None else [find_rule(graph, rule)]


def _texts(graph: Graph, profile: Profile, query: Query, day: date) -> Iterator[LawRow]:
    applied, texts = profile.rule(query.name, day), graph.profiles.texts
    for cited in [_cited(basis, texts) for basis in applied.basis] or [_NO_TEXT]:
        yield {
            **cited,
            "profile": profile.name,
            "profile_zh": profile.title_zh,
            "code": query.rule.code,
            "rule": query.name,
            "title_zh": query.header.title_zh,
            "on": applied.on,
            "severity": applied.severity,
            "since": applied.since,
            "until": applied.until,
            "source": applied.source,
            "source_zh": applied.source_zh,
        }


def _cited(basis: Basis, texts: Mapping[str, LegalText]) -> LawText:
    text, mark = texts[basis.text], mark_of(basis, texts)
    return {
        "text": basis.text,
        "title": text.title,
        "title_en": text.title_en,
        "article": basis.article,
        "kind": text.kind,
        "version": text.version,
        "text_since": text.since,
        "text_until": text.until,
        "in_force_zh": text.in_force_zh,
        "in_force_en": text.in_force_en,
        "verified": mark,
        "verified_zh": MARKS[mark][0],
        "verified_en": MARKS[mark][1],
    }


_NO_TEXT: LawText = {
    "text": None,
    "title": None,
    "title_en": None,
    "article": None,
    "kind": None,
    "version": None,
    "text_since": None,
    "text_until": None,
    "in_force_zh": None,
    "in_force_en": None,
    "verified": None,
    "verified_zh": None,
    "verified_en": None,
}


def _changes(graph: Graph, profile: Profile, query: Query, first: date, second: date) -> Iterator[LawChange]:
    before, after = (profile.rule(query.name, day) for day in (first, second))
    old, new = (_settings(graph, query, applied) for applied in (before, after))
    for name, (value, zh, en) in new.items():
        if value != old[name][0]:
            yield {
                "profile": profile.name,
                "profile_zh": profile.title_zh,
                "code": query.rule.code,
                "rule": query.name,
                "title_zh": query.header.title_zh,
                "setting": name,
                "setting_zh": zh,
                "setting_en": en,
                "before": old[name][0],
                "after": value,
                "since": after.since,
                "source": after.source,
                "source_zh": after.source_zh,
            }


def _settings(graph: Graph, query: Query, applied: Applied) -> dict[str, tuple[Any, str, str]]:
    """Every setting of a rule by name, with its words; last the texts that it rests on."""
    cited = [cite_zh(b, graph.profiles.texts) for b in applied.basis]
    return {**settings_of(query, applied), "texts": (cited, *TEXTS)}
