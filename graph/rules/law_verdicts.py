"""Verdicts that differ between two days, by the law or by the records.

Settings change on the days of the texts they rest on; verdicts change with them or with the
records. Asking the records of one day under the law of another separates the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from graph.catalogue.texts import cite_en, cite_zh
from graph.errors import ReasonNeeded
from graph.reading.answer import Answer
from graph.reading.areas import require_area
from graph.reading.findings.cut import Cut
from graph.reading.findings.find import find_cuts
from graph.reading.graph import Graph
from graph.reading.places import everywhere
from graph.reading.rows import rows_as
from graph.rules.law import check_days
from graph.rules.runs import Run, find_rule, plan_runs, withheld_rules
from graph.rules.sentences import explain_rows
from graph.rules.shapes import LawVerdict
from graph.store import Row

By = Literal["law", "records", "both"]


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
    check_days(first, second)
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
