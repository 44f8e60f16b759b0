"""Checks without all of their rows: a tally from counts, and pages that are made when they are cut.

What the rules found is kept (`graph.reading.findings`). Of an area's thousands of rows only those of
the page are unpacked, judged and shown, so page 500 costs what page 1 costs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import accumulate
from typing import Any, TypeVar, overload

from graph.catalogue.kinds import SEVERITIES
from graph.errors import BadParameter, ReasonNeeded
from graph.ledger import Waiver
from graph.reading.answer import Answer, Stamp
from graph.reading.areas import AreaTree, profile_of, require_area
from graph.reading.findings.cut import Cut
from graph.reading.findings.find import find_cuts
from graph.reading.findings.memory import memory_of
from graph.reading.graph import Graph
from graph.reading.places import everywhere
from graph.reading.rows import rows_as
from graph.rules.lacking import lacks
from graph.rules.runs import VERDICTS, Run, find_rule, plan_runs, withheld_rules
from graph.rules.shapes import CheckRow, TallyRow, UnexplainedChecks, UnexplainedRow, Verdict
from graph.store import Row

AnyRow = TypeVar("AnyRow", bound=Mapping[str, Any])

COUNTED = (VERDICTS[0], "waived", *VERDICTS[1:])
"""The columns of a tally."""


@dataclass(frozen=True)
class Found:
    """The rules that run in an area on a day, each with what it found."""

    runs: list[tuple[Run, Cut]]
    tree: AreaTree
    stamp: Stamp


async def find_runs(
    graph: Graph, *, area: str | None = None, rule: str | None = None, as_of: date | None = None
) -> Found:
    """What the rules found, without its rows; those of the stamp are not counted yet.

    Raises `NotFound`, and `ReasonNeeded` for one rule that the viewer is not given.
    """
    day = graph.day(as_of)
    wanted = None if rule is None else {find_rule(graph, rule).name}
    withheld = withheld_rules(graph, wanted)
    if wanted is not None and withheld:
        raise ReasonNeeded("rule")
    tree, runs = await _planned(graph, area, day, wanted, withheld)
    version, cuts = await find_cuts(graph, [run.ask for run in runs])
    parameters = {"area": area, "rule": rule, "as_of": day}
    profile = profile_of(graph, tree, area).name if area else None
    rules = {run.query.name: run.query for run in runs}
    stamp = graph.stamp([*rules.values()], parameters, version, 0, profile=profile, withheld=withheld)
    return Found(list(zip(runs, cuts, strict=True)), tree, stamp)


async def _planned(
    graph: Graph, area: str | None, day: date, wanted: set[str] | None, withheld: Sequence[str]
) -> tuple[AreaTree, list[Run]]:
    """The areas of the day and which rules run where; remembered as long as the data are the same."""
    await graph.version()
    edition = graph.known.edition
    key = "runs", area, day, frozenset(wanted or ()), tuple(withheld)
    planned = memory_of(graph).of(edition).note(key) if edition is not None else None
    if planned is None:
        tree = await require_area(graph, area, day)
        scopes = [area] if area is not None else await everywhere(graph)
        planned = tree, plan_runs(graph, tree, scopes, day, wanted)
        if edition is not None and edition == graph.known.edition:
            memory_of(graph).of(edition).add_note(key, planned)
    tree, runs = planned
    return tree, runs


async def check_with_tally(
    graph: Graph,
    *,
    area: str | None = None,
    rule: str | None = None,
    verdict: Verdict | None = None,
    as_of: date | None = None,
) -> Answer[UnexplainedChecks]:
    """Every verdict counted, the rows of one verdict listed, not yet explained.

    The rows are a sequence that makes those it is asked for. Raises `NotFound`, `BadParameter`.
    """
    check_verdict(verdict)
    name = None if rule is None else find_rule(graph, rule).name
    found = await find_runs(graph, area=area, rule=name, as_of=as_of)
    waivers = {w.finding: w for w in await graph.ledger.waivers(found.stamp.as_of)}
    rows: Any = JudgedRows(graph, found, verdict, waivers)
    parameters = {**found.stamp.parameters, "rule": rule, "verdict": verdict}
    stamp = replace(found.stamp, parameters=parameters, rows=len(rows))
    return Answer({"tally": _tally(found.runs, waivers), "rows": rows}, stamp)


def only_lacking(answer: Answer[UnexplainedChecks], what: str, *, alone: bool) -> Answer[UnexplainedChecks]:
    """Of the rows those that lack a register or value; the tally stays."""
    rows, stamp = _lacking(answer.data["rows"], answer.stamp, what, alone=alone)
    return Answer({**answer.data, "rows": rows}, stamp)


def only_explained_lacking(
    answer: Answer[list[CheckRow]], what: str, *, alone: bool
) -> Answer[list[CheckRow]]:
    """The same of rows with their reasons, without a tally."""
    rows, stamp = _lacking(answer.data, answer.stamp, what, alone=alone)
    return Answer(rows, stamp)


def _lacking(rows: Iterable[AnyRow], stamp: Stamp, what: str, *, alone: bool) -> tuple[list[AnyRow], Stamp]:
    found = [row for row in rows if lacks(row, what, alone=alone)]
    parameters = {**stamp.parameters, "lacks": what, "alone": alone}
    return found, replace(stamp, parameters=parameters, rows=len(found))


class JudgedRows(Sequence[UnexplainedRow]):
    """Judged rows as the viewer may see them, made when they are asked for."""

    def __init__(
        self, graph: Graph, found: Found, verdict: Verdict | None, waivers: Mapping[str, Waiver]
    ) -> None:
        self._graph = graph
        self._found = found
        self._verdict = verdict
        self._waivers = waivers

    @cached_property
    def _ends(self) -> list[int]:
        """Where the rows of each run end."""
        return list(accumulate(cut.count(self._verdict) for _, cut in self._found.runs))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, place: int) -> UnexplainedRow: ...
    @overload
    def __getitem__(self, place: slice) -> list[UnexplainedRow]: ...

    def __getitem__(self, place: int | slice) -> UnexplainedRow | list[UnexplainedRow]:
        if isinstance(place, slice):
            start, stop, step = place.indices(len(self))
            return self._cut(start, stop)[::step]
        at = range(len(self))[place]
        return self._cut(at, at + 1)[0]

    def __iter__(self) -> Iterator[UnexplainedRow]:
        for at in range(len(self._found.runs)):
            start = self._ends[at - 1] if at else 0
            yield from self._cut(start, self._ends[at])

    def _cut(self, start: int, stop: int) -> list[UnexplainedRow]:
        rows: list[Row] = []
        before = 0
        for (run, cut), end in zip(self._found.runs, self._ends, strict=True):
            if end > start and before < stop:
                asked = cut.rows(self._verdict, max(0, start - before), stop - before)
                rows += self._shown(run, asked)
            before = end
        return rows_as(UnexplainedRow, rows)

    def _shown(self, run: Run, rows: Iterator[Row]) -> list[Row]:
        judged = list(run.judge(rows))
        for row in judged:
            row["area_name"] = self._found.tree.name(row["area"])
            row["waiver"] = waiver_of(row, self._waivers)
        return self._graph.viewer.rows(run.query.judged_columns, judged)


def waiver_of(row: Row, waivers: Mapping[str, Waiver]) -> Row | None:
    """Who lets a failing row stand; None for every other row."""
    waiver = waivers.get(row["finding"]) if row["verdict"] == "fail" else None
    if waiver is None:
        return None
    return {
        "id": waiver.id,
        "reason": waiver.reason,
        "decided_by": waiver.decided_by,
        "since": waiver.since,
        "until": waiver.until,
    }


def check_verdict(verdict: str | None) -> None:
    """Raises `BadParameter` for a word that is no verdict."""
    if verdict is not None and verdict not in VERDICTS:
        words = ", ".join(VERDICTS)
        raise BadParameter(f"verdict 应为：{words}。", f"verdict is one of {words}.", subject="verdict")


def _tally(runs: Sequence[tuple[Run, Cut]], waivers: Mapping[str, Waiver]) -> list[TallyRow]:
    """As `check.tally` of all rows, from their counts."""
    table: dict[tuple[str, str], Row] = {}
    waived_codes = {finding.partition(":")[0] for finding in waivers}
    for run, cut in runs:
        counts = cut.counts()
        if not counts:
            continue
        query = run.query
        key = run.profile.name, query.name
        found = table.setdefault(
            key,
            {
                "profile": run.profile.name,
                "rule": query.name,
                "code": query.rule.code,
                "title": query.header.title,
                "title_zh": query.header.title_zh,
                "severity": SEVERITIES[0],
                **dict.fromkeys(COUNTED, 0),
                "total": 0,
            },
        )
        for (verdict, severity), number in counts.items():
            found[verdict] += number
            found["total"] += number
            severities = found["severity"], run.severity(severity)
            found["severity"] = max(severities, key=SEVERITIES.index)
        if query.rule.code in waived_codes:
            waived = sum(row["finding"] in waivers for row in run.judge(cut.rows("fail")))
            found["fail"] -= waived
            found["waived"] += waived
    return rows_as(TallyRow, table.values())
