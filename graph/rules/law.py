"""The calendar of law: texts under the rules of a place, and what they change between two days.

Settings change on the days of the texts they rest on; verdicts change with them or with the
records. Asking the records of one day under the law of another tells the two apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Literal

from graph.catalogue import Query
from graph.catalogue.profile_rows import NAMES
from graph.catalogue.profiles import Applied, Profile
from graph.catalogue.texts import MARKS, cite_en, cite_zh, mark_of
from graph.errors import BadParameter
from graph.reading.answer import Answer
from graph.reading.areas import AreaTree, profile_of, require_area
from graph.reading.graph import Graph
from graph.reading.places import everywhere
from graph.rules.runs import Run, find_rule, plan_runs
from graph.rules.sentences import explain_rows
from graph.rules.shapes import LawChange, LawRow, LawVerdict
from graph.store import Row

TEXTS = ("条文", "texts")
By = Literal["law", "records", "both"]


async def read_law(
    graph: Graph, *, area: str | None = None, rule: str | None = None, as_of: date | None = None
) -> Answer:
    """Rows (`LawRow`): each text under each rule, in an area or in every loaded place, on a day.

    A rule that no profile sets on that day has one row without a text. Raises `NotFound`.
    """
    day = as_of or graph.today()
    tree = await require_area(graph, area, day)
    data: list[LawRow] = []
    for profile in await _profiles(graph, tree, area):
        for query in _rules(graph, rule):
            data += _texts(graph, profile, query, day)
    given = {"area": area, "rule": rule, "as_of": day}
    return Answer(data, graph.stamp([], given, await graph.version(), len(data)))


async def read_law_changes(
    graph: Graph, first: date, second: date, *, area: str | None = None, rule: str | None = None
) -> Answer:
    """Rows (`LawChange`): what settings and texts differ between two days, and since when.

    Raises `NotFound`, `BadParameter` unless the second day is the later one.
    """
    _check_days(first, second)
    tree = await require_area(graph, area, second)
    data: list[LawChange] = []
    for profile in await _profiles(graph, tree, area):
        for query in _rules(graph, rule):
            data += _changes(graph, profile, query, first, second)
    given = {"area": area, "rule": rule, "from": first, "to": second}
    return Answer(data, graph.stamp([], given, await graph.version(), len(data)))


async def read_law_verdicts(
    graph: Graph,
    first: date,
    second: date,
    *,
    area: str | None = None,
    rule: str | None = None,
    by: By | None = None,
) -> Answer:
    """Rows (`LawVerdict`): verdicts that differ between two days, by the law or by the records.

    The records of the first day are checked under the law of both days. A row that differs between
    these two changes by the law alone, one that differs only from then on by the records. Raises
    `NotFound`, `BadParameter` unless the second day is the later one.
    """
    _check_days(first, second)
    tree = await require_area(graph, area, second)
    wanted = None if rule is None else {find_rule(graph, rule).name}
    scopes = [area] if area is not None else await everywhere(graph)
    days = ((first, first), (first, second), (second, second))
    plans = [plan_runs(graph, tree, scopes, day, wanted, law=law) for day, law in days]
    runs = [run for plan in plans for run in plan]
    version, results = await graph.read_facts([run.select for run in runs])
    answers = iter(results)
    judged = [_by_finding(plan, answers) for plan in plans]
    data: list[Row] = []
    for key in dict.fromkeys(k for rows in judged for k in rows):
        before, between, after = (rows.get(key) for rows in judged)
        cause = _cause(before, between, after)
        if cause is not None and by in (None, cause):
            data.append(_change(graph, cause, before, between, after, second))
    await _explain(graph, data, tree)
    given = {"area": area, "rule": rule, "from": first, "to": second, "by": by}
    queries = list({run.query.name: run.query for run in runs}.values())
    return Answer(data, graph.stamp(queries, given, version, len(data)))


def _check_days(first: date, second: date) -> None:
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
    for basis in applied.basis or (None,):
        text = None if basis is None else texts[basis.text]
        mark = None if basis is None else mark_of(basis, texts)
        yield {
            "profile": profile.name,
            "profile_zh": profile.title_zh,
            "code": query.rule.code,
            "rule": query.name,
            "title_zh": query.header.title_zh,
            "on": applied.on,
            "severity": applied.severity,
            "since": applied.since,
            "until": applied.until,
            "text": basis and basis.text,
            "title": text and text.title,
            "title_en": text and text.title_en,
            "article": basis and basis.article,
            "kind": text and text.kind,
            "version": text and text.version,
            "text_since": text and text.since,
            "text_until": text and text.until,
            "in_force_zh": text and text.in_force_zh,
            "in_force_en": text and text.in_force_en,
            "verified": mark,
            "verified_zh": mark and MARKS[mark][0],
            "verified_en": mark and MARKS[mark][1],
            "source": applied.source,
            "source_zh": applied.source_zh,
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
    found: dict[str, tuple[Any, str, str]] = {
        "on": (applied.on, *NAMES["on"]),
        "severity": (applied.severity, *NAMES["severity"]),
    }
    for parameter in query.parameters:
        if parameter.name not in ("as_of", "area"):
            value = applied.params.get(parameter.name, parameter.default)
            found[parameter.name] = (value, parameter.zh, parameter.en)
    cited = [cite_zh(b, graph.profiles.texts) for b in applied.basis]
    return {**found, "texts": (cited, *TEXTS)}


_Key = tuple[str, str, str]
_Judged = tuple[Run, Row]


def _by_finding(plan: Sequence[Run], answers: Iterator[list[Row]]) -> dict[_Key, _Judged]:
    """Judged rows by the scope's profile, the rule and the finding."""
    found: dict[_Key, _Judged] = {}
    for run in plan:
        for row in run.judge(next(answers)):
            found[run.profile.name, run.query.name, row["finding"]] = run, row
    return found


def _cause(before: _Judged | None, between: _Judged | None, after: _Judged | None) -> By | None:
    """By what a row differs; None if it does not."""
    law, records = _said(before) != _said(between), _said(between) != _said(after)
    if law and records:
        return "both"
    return "law" if law else "records" if records else None


def _said(judged: _Judged | None) -> tuple[Any, Any]:
    """Verdict and, of a failing row, its severity."""
    if judged is None:
        return None, None
    verdict = judged[1]["verdict"]
    return verdict, judged[1]["severity"] if verdict == "fail" else None


def _change(
    graph: Graph,
    cause: By,
    before: _Judged | None,
    between: _Judged | None,
    after: _Judged | None,
    second: date,
) -> Row:
    """What the three answers say of a row; the latest that has it stands for it."""
    run, last = next(judged for judged in (after, between, before) if judged is not None)
    shown = graph.viewer.rows(run.query.columns, [last])[0]
    basis = run.profile.rule(run.query.name, second).basis
    row = {**shown, "by": cause}
    for name, judged in (("before", before), ("law", between), ("after", after)):
        row[f"verdict_{name}"], row[f"severity_{name}"] = _said(judged)
    row["texts"] = [cite_zh(b, graph.profiles.texts) for b in basis]
    row["texts_en"] = [cite_en(b, graph.profiles.texts) for b in basis]
    return row


async def _explain(graph: Graph, data: list[Row], tree: AreaTree) -> None:
    """Names and reasons; then what a row of this answer holds, and no more."""
    for row in data:
        row["area_name"] = tree.name(row["area"])
    await explain_rows(graph, data)
    for number, row in enumerate(data):
        data[number] = {name: row[name] for name in LawVerdict.__annotations__}
