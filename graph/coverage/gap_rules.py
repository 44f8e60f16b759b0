"""The rules that a gap touches, with their verdict on its subject."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from graph.catalogue import Query
from graph.coverage.read import Reading
from graph.reading.graph import Graph
from graph.rules.check import tell
from graph.rules.runs import find_rule, plan_runs
from graph.rules.sentences import explain_rows
from graph.store import Row

_SHOWN = ("finding", "verdict", "severity", "reason_zh", "reason_en")


async def judge_rules(
    graph: Graph, reading: Reading, codes: Sequence[str], subjects: Collection[str], *, show_personal: bool
) -> tuple[list[Row], list[Query]]:
    """Per code: code, rule, title, title_zh, on (in the profile of the area), verdicts.

    `verdicts` are the rule's rows about the subject itself: finding, verdict, severity, reason_zh,
    reason_en; a rule that judges other subjects (each committee member, say) has none here.
    Beside them the rules that were run.
    """
    rules = [find_rule(graph, code) for code in codes]
    scope = reading.dimensions[0].params["area"]
    runs = plan_runs(graph, reading.tree, [scope], reading.day, {q.name for q in rules})
    _, results = await graph.read([run.statement for run in runs]) if runs else (0, [])
    verdicts: dict[str, list[Row]] = {}
    for run, rows in zip(runs, results, strict=True):
        about = [r for r in run.judge(rows) if r["subject"] in subjects]
        told = tell(run.query, about, reading.tree, show_personal=show_personal)
        await explain_rows(graph, told, show_personal=show_personal)
        verdicts[run.query.name] = [{n: row[n] for n in _SHOWN} for row in told]
    return [_rule(query, verdicts) for query in rules], [run.query for run in runs]


def _rule(query: Query, verdicts: dict[str, list[Row]]) -> Row:
    header = query.header
    return {
        "code": header.tags["rule"],
        "rule": query.name,
        "title": header.title,
        "title_zh": header.title_zh,
        "on": query.name in verdicts,
        "verdicts": verdicts.get(query.name, []),
    }


def fillable(graph: Graph, codes: Collection[str]) -> list[str]:
    """Those of the rules for whose gaps persons can be proposed."""
    fills = {
        code
        for query in graph.catalogue.folder("candidates")
        for code in query.header.tags["fills"].replace(",", " ").split()
    }
    return [code for code in codes if code in fills]
