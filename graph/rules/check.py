"""Cross-appointment checks: rules run with the profile of the place, verdicts with evidence.

A rule file gives a row per subject checked, so a result carries its own
denominator; severity and parameters come from the profile.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from graph.catalogue import Query
from graph.catalogue.kinds import SEVERITIES
from graph.private import MASK
from graph.reading.answer import Answer, Stamp
from graph.reading.areas import AreaTree
from graph.reading.graph import Graph
from graph.reading.masking import is_withheld
from graph.reading.rows import rows_as
from graph.rules.pages import COUNTED, check_verdict, check_with_tally, find_runs, waiver_of
from graph.rules.runs import VERDICTS, find_rule
from graph.rules.sentences import explain_rows
from graph.rules.shapes import CheckRow, TallyRow
from graph.store import Row

__all__ = ["COUNTED", "VERDICTS", "Judged", "check_rules", "check_with_tally", "find_rule", "judge", "tally"]


async def check_rules(
    graph: Graph,
    *,
    area: str | None = None,
    rule: str | None = None,
    verdict: str | None = None,
    as_of: date | None = None,
) -> Answer[list[CheckRow]]:
    """Rows of every rule that is switched on, in an area or in every loaded place.

    `await check_rules(graph, area="430407000000", rule="R15", verdict="fail")`. `rule` is a name or
    a code; what the rule's file adds (blocked_by, candidates, short …) follows in each row.
    Raises `NotFound`, `BadParameter`.
    """
    found, data = await _checked(graph, area=area, rule=rule, verdict=verdict, as_of=as_of)
    await explain_rows(graph, data)
    parameters = {**found.stamp.parameters, "verdict": verdict}
    stamp = replace(found.stamp, parameters=parameters, rows=len(data))
    return Answer(rows_as(CheckRow, data), stamp)


async def _checked(
    graph: Graph, *, area: str | None, rule: str | None, verdict: str | None = None, as_of: date | None
) -> tuple[Judged, list[Row]]:
    """Judged rows as the viewer may see them, of one verdict or of all; not yet explained."""
    check_verdict(verdict)
    found = await judge(graph, area=area, rule=rule, as_of=as_of)
    data: list[Row] = []
    for query, rows in found.by_rule():
        data += graph.viewer.rows(query.judged_columns, (r for r in rows if verdict in (None, r["verdict"])))
    return found, data


@dataclass(frozen=True)
class Judged:
    """What the rules found in an area, or everywhere, on a day; rows hold personal data."""

    rows: list[Row]
    rules: dict[str, Query]
    tree: AreaTree
    stamp: Stamp

    @property
    def area(self) -> str | None:
        return self.stamp.area

    def by_rule(self) -> Iterator[tuple[Query, Iterator[Row]]]:
        """The rows in their order, with the file that each run of them comes from."""
        for name, rows in groupby(self.rows, key=lambda row: str(row["rule"])):
            yield self.rules[name], rows


_COUNTED = ("rule", "code", "severity", "profile", "finding", "area", "verdict", "area_name")
"""What is needed of a row to count it."""


async def judge(
    graph: Graph,
    *,
    area: str | None = None,
    rule: str | None = None,
    as_of: date | None = None,
    whole: Collection[str] = VERDICTS,
) -> Judged:
    """Every rule that is switched on, run; what is shown passes `shown_rows`.

    Rows of other verdicts than `whole` hold only what is needed to count them: a city has a hundred
    thousand. Raises `NotFound`, and `ReasonNeeded` for one rule that the viewer is not given.
    """
    found = await find_runs(graph, area=area, rule=rule, as_of=as_of)
    data: list[Row] = []
    for run, cut in found.runs:
        for row in run.judge(cut.rows()):
            row["area_name"] = found.tree.name(row["area"])
            data.append(row if row["verdict"] in whole else {name: row[name] for name in _COUNTED})
    await _add_waivers(graph, data, found.stamp.as_of)
    stamp = replace(found.stamp, rows=len(data))
    return Judged(data, {run.query.name: run.query for run, _ in found.runs}, found.tree, stamp)


def shown_rows(graph: Graph, query: Query, judged: Iterable[Row], tree: AreaTree) -> list[Row]:
    """Judged rows of a rule as the viewer may see them, with the name of their area."""
    data = graph.viewer.rows(query.judged_columns, judged)
    for row in data:
        row["area_name"] = tree.name(row["area"])
    return data


def shown_finding(graph: Graph, query: Query, finding: str) -> str:
    """The id of a finding as the viewer may see it: of one that is a secret itself, the rule alone."""
    (shown,) = graph.viewer.rows(query.judged_columns, [{"finding": finding}])
    return f"{query.rule.code}:{MASK}" if is_withheld(shown["finding"]) else str(shown["finding"])


async def _add_waivers(graph: Graph, rows: list[Row], day: date) -> None:
    """Who lets a failing row stand on the day; None for every other row."""
    waivers = {w.finding: w for w in await graph.ledger.waivers(day)}
    for row in rows:
        row["waiver"] = waiver_of(row, waivers)


def tally(rows: Iterable[Mapping[str, Any]]) -> list[TallyRow]:
    """Per profile and rule: how many rows of each verdict, the total, the highest severity.

    Failing rows that are waived count as `waived`, not as `fail`.
    """
    table: dict[tuple[str, str], Row] = {}
    for row in rows:
        key = row["profile"], row["rule"]
        if key not in table:
            head = {k: row[k] for k in ("profile", "rule", "code", "title", "title_zh", "severity")}
            table[key] = {**head, **dict.fromkeys(COUNTED, 0), "total": 0}
        table[key]["waived" if row["waiver"] else row["verdict"]] += 1
        severities = table[key]["severity"], row["severity"]
        table[key]["severity"] = max(severities, key=SEVERITIES.index)
        table[key]["total"] += 1
    return rows_as(TallyRow, table.values())
