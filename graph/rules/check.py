"""Cross-appointment checks: rules run with the profile of the place, verdicts with evidence.

A rule file gives a row per subject checked, so a result carries its own
denominator; severity and parameters come from the profile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from graph.catalogue import Query
from graph.catalogue.kinds import SEVERITIES
from graph.errors import BadParameter, ReasonNeeded
from graph.private import MASK
from graph.reading.answer import Answer, Stamp
from graph.reading.areas import AreaTree, profile_of, require_area
from graph.reading.graph import Graph
from graph.reading.masking import is_withheld
from graph.reading.places import everywhere
from graph.reading.rows import rows_as
from graph.rules.runs import VERDICTS, find_rule, plan_runs, withheld_rules
from graph.rules.sentences import explain_rows
from graph.rules.shapes import CheckRow, TallyRow, UnexplainedChecks, UnexplainedRow, Verdict
from graph.store import Row

COUNTED = (VERDICTS[0], "waived", *VERDICTS[1:])
"""The columns of a tally."""

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
    if verdict is not None and verdict not in VERDICTS:
        words = ", ".join(VERDICTS)
        raise BadParameter(f"verdict 应为：{words}。", f"verdict is one of {words}.", subject="verdict")
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


async def judge(
    graph: Graph, *, area: str | None = None, rule: str | None = None, as_of: date | None = None
) -> Judged:
    """Every rule that is switched on, run; what is shown passes `shown_rows`.

    Raises `NotFound`, and `ReasonNeeded` for one rule that the viewer is not given.
    """
    day = graph.day(as_of)
    tree = await require_area(graph, area, day)
    wanted = None if rule is None else {find_rule(graph, rule).name}
    withheld = withheld_rules(graph, wanted)
    if wanted is not None and withheld:
        raise ReasonNeeded("rule")
    scopes = [area] if area is not None else await everywhere(graph)
    runs = plan_runs(graph, tree, scopes, day, wanted)
    version, results = await graph.read_facts([run.select for run in runs])
    data = [
        {**row, "area_name": tree.name(row["area"])}
        for run, rows in zip(runs, results, strict=True)
        for row in run.judge(rows)
    ]
    await _add_waivers(graph, data, day)
    parameters = {"area": area, "rule": rule, "as_of": day}
    profile = profile_of(graph, tree, area).name if area else None
    rules = {run.query.name: run.query for run in runs}
    stamp = graph.stamp([*rules.values()], parameters, version, len(data), profile=profile, withheld=withheld)
    return Judged(data, rules, tree, stamp)


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


async def check_with_tally(
    graph: Graph,
    *,
    area: str | None = None,
    rule: str | None = None,
    verdict: Verdict | None = None,
    as_of: date | None = None,
) -> Answer[UnexplainedChecks]:
    """Every verdict counted, the rows of one verdict listed, not yet explained.

    Raises `NotFound`, `BadParameter`.
    """
    name = None if rule is None else find_rule(graph, rule).name
    found, judged = await _checked(graph, area=area, rule=name, as_of=as_of)
    rows = rows_as(UnexplainedRow, (row for row in judged if verdict in (None, row["verdict"])))
    parameters = {**found.stamp.parameters, "rule": rule, "verdict": verdict}
    stamp = replace(found.stamp, parameters=parameters, rows=len(rows))
    return Answer({"tally": tally(judged), "rows": rows}, stamp)


async def _add_waivers(graph: Graph, rows: list[Row], day: date) -> None:
    """Who lets a failing row stand on the day; None for every other row."""
    waivers = {w.finding: w for w in await graph.ledger.waivers(day)}
    for row in rows:
        waiver = waivers.get(row["finding"]) if row["verdict"] == "fail" else None
        row["waiver"] = waiver and {
            "id": waiver.id,
            "reason": waiver.reason,
            "decided_by": waiver.decided_by,
            "since": waiver.since,
            "until": waiver.until,
        }


def tally(rows: Iterable[Mapping[str, Any]]) -> list[TallyRow]:
    """Per profile and rule: how many rows of each verdict, the total, the highest severity.

    Failing rows that are waived count as `waived`, not as `fail`.
    """
    table: dict[tuple[str, str], Row] = {}
    for row in rows:
        key = row["profile"], row["rule"]
        if key not in table:
            head = {k: row[k] for k in ("profile", "rule", "code", "title_zh", "severity")}
            table[key] = {**head, **dict.fromkeys(COUNTED, 0), "total": 0}
        table[key]["waived" if row["waiver"] else row["verdict"]] += 1
        severities = table[key]["severity"], row["severity"]
        table[key]["severity"] = max(severities, key=SEVERITIES.index)
        table[key]["total"] += 1
    return rows_as(TallyRow, table.values())
