"""The calendar of law: texts under the rules of a place, and what they change between two days.

Settings change on the days of the texts they rest on; verdicts change with them or with the
records. Asking the records of one day under the law of another separates the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from graph.catalogue import Query
from graph.catalogue.profile_rows import NAMES
from graph.catalogue.profiles import Applied, Profile
from graph.catalogue.texts import MARKS, Basis, LegalText, cite_en, cite_zh, mark_of
from graph.errors import BadParameter, ReasonNeeded
from graph.reading.answer import Answer
from graph.reading.areas import AreaTree, profile_of, require_area
from graph.reading.findings.find import Cut, find_cuts
from graph.reading.graph import Graph
from graph.reading.places import everywhere
from graph.reading.rows import rows_as
from graph.rules.runs import Run, find_rule, plan_runs, withheld_rules
from graph.rules.sentences import explain_rows
from graph.rules.shapes import LawChange, LawRow, LawText, LawVerdict
from graph.store import Row

TEXTS = ("条文", "texts")
By = Literal["law", "records", "both"]


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
    _check_days(first, second)
    tree = await require_area(graph, area, second)
    data: list[LawChange] = []
    for profile in await _profiles(graph, tree, area):
        for query in _rules(graph, rule):
            data += _changes(graph, profile, query, first, second)
    given = {"area": area, "rule": rule, "from": first, "to": second, "as_of": second}
    return Answer(data, graph.stamp([], given, await graph.version(), len(data)))


async def read_law_verdicts(
    graph: Graph,
    first: date,
    second: date,
    *,
    area: str | None = None,
    rule: str | None = None,
    by: By | None = None,
) -> Answer[list[LawVerdict]]:
    """Verdicts that differ between two days, by the law or by the records, with names and reasons.

    Raises as `find_law_verdicts`.
    """
    found = await find_law_verdicts(graph, first, second, area=area, rule=rule, by=by)
    await explain_verdicts(graph, found.data)
    return Answer(rows_as(LawVerdict, found.data), found.stamp)


async def find_law_verdicts(
    graph: Graph,
    first: date,
    second: date,
    *,
    area: str | None = None,
    rule: str | None = None,
    by: By | None = None,
) -> Answer[list[Row]]:
    """The same rows, of which `explain_verdicts` makes those that are shown.

    The records of the first day are checked under the law of both days. A row that differs between
    these two changes by the law alone, one that differs only from then on by the records. Raises
    `NotFound`, `ReasonNeeded` for one rule that the viewer is not given, `BadParameter` unless
    the second day is the later one.
    """
    _check_days(first, second)
    tree = await require_area(graph, area, second)
    wanted = None if rule is None else {find_rule(graph, rule).name}
    withheld = withheld_rules(graph, wanted)
    if wanted is not None and withheld:
        raise ReasonNeeded("rule")
    scopes = [area] if area is not None else await everywhere(graph)
    days = ((first, first), (first, second), (second, second))
    plans = [plan_runs(graph, tree, scopes, day, wanted, law=law) for day, law in days]
    runs = [run for plan in plans for run in plan]
    version, cuts = await find_cuts(graph, [run.ask for run in runs])
    answers = iter(cuts)
    judged = [_by_finding(plan, answers) for plan in plans]
    rows: list[Row] = []
    for key in dict.fromkeys(k for rows in judged for k in rows):
        three = _Three(*(rows.get(key) for rows in judged))
        if three.cause is not None and by in (None, three.cause):
            row = _verdict_row(graph, three, second)
            rows.append({**row, "area_name": tree.name(row["area"])})
    given = {"area": area, "rule": rule, "from": first, "to": second, "by": by, "as_of": second}
    queries = list({run.query.name: run.query for run in runs}.values())
    return Answer(rows, graph.stamp(queries, given, version, len(rows), withheld=withheld))


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


_Key = tuple[str, str]
_Judged = tuple[Run, Row]


def _by_finding(plan: Sequence[Run], answers: Iterator[Cut]) -> dict[_Key, _Judged]:
    """Judged rows by the rule and the finding; the parts of a scope do not overlap."""
    found: dict[_Key, _Judged] = {}
    for run in plan:
        for row in run.judge(next(answers).rows()):
            found[run.query.name, row["finding"]] = run, row
    return found


@dataclass(frozen=True)
class _Three:
    """A row before, on the same records under the later law, and after; None where there is none."""

    before: _Judged | None
    law: _Judged | None
    after: _Judged | None

    @property
    def cause(self) -> By | None:
        """By what it differs; None if it does not."""
        law = _said(self.before) != _said(self.law)
        records = _said(self.law) != _said(self.after)
        if law and records:
            return "both"
        return "law" if law else "records" if records else None

    @property
    def latest(self) -> _Judged:
        """The latest answer that has the row."""
        return next(j for j in (self.after, self.law, self.before) if j is not None)


def _said(judged: _Judged | None) -> tuple[Any, Any]:
    """Verdict and, of a failing row, its severity."""
    if judged is None:
        return None, None
    verdict = judged[1]["verdict"]
    return verdict, judged[1]["severity"] if verdict == "fail" else None


def _verdict_row(graph: Graph, three: _Three, second: date) -> Row:
    """What the three answers say of a row, as the viewer may see it."""
    run, last = three.latest
    row = {**graph.viewer.rows(run.query.judged_columns, [last])[0], "by": three.cause}
    for name in ("before", "law", "after"):
        row[f"verdict_{name}"], row[f"severity_{name}"] = _said(getattr(three, name))
    basis, texts = run.profile.rule(run.query.name, second).basis, graph.profiles.texts
    row["texts"] = [cite_zh(b, texts) for b in basis]
    row["texts_en"] = [cite_en(b, texts) for b in basis]
    return row


async def explain_verdicts(graph: Graph, rows: list[Row]) -> None:
    """Add names and reasons; then each row holds what a `LawVerdict` does, and no more."""
    await explain_rows(graph, rows)
    for row in rows:
        for name in row.keys() - LawVerdict.__annotations__.keys():
            del row[name]
