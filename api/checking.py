"""Checks as the API answers them: all verdicts counted, the rows of one verdict listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from api.listings import require_rule
from api.shapes import Verdict
from graph.answers import Answer, Graph
from graph.checks import check_rules, tally
from graph.reasons import explain_rows


async def check_with_tally(
    graph: Graph, *, area: str | None, rule: str | None, verdict: Verdict | None, as_of: date | None
) -> Answer:
    """`{tally, rows}`; the tally counts also the verdicts that are not listed.

    Raises `NotFound`, `BadParameter`.
    """
    name = None if rule is None else require_rule(graph, rule).name
    shown = graph.settings.show_personal
    answer = await check_rules(graph, area=area, rule=name, as_of=as_of, show_personal=shown, explain=False)
    rows = [row for row in answer.data if verdict in (None, row["verdict"])]
    parameters = {**answer.stamp.parameters, "rule": rule, "verdict": verdict}
    stamp = replace(answer.stamp, parameters=parameters, rows=len(rows))
    return Answer({"tally": tally(answer.data), "rows": rows}, stamp)


async def explain(graph: Graph, rows: list[dict[str, Any]]) -> None:
    """Names and reasons for the rows of a page."""
    await explain_rows(graph, rows, show_personal=graph.settings.show_personal)
