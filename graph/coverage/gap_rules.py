"""The rules that a gap concerns, with their verdict on its subject."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from graph.catalogue import Query
from graph.coverage.read import DayReading
from graph.coverage.shapes import TouchedRule, TouchedVerdict
from graph.reading.findings.find import find_cuts
from graph.reading.graph import Graph
from graph.rules.check import shown_rows
from graph.rules.runs import find_rule, plan_runs
from graph.rules.sentences import explain_rows
from graph.store import Row


async def judge_rules(
    graph: Graph, reading: DayReading, codes: Sequence[str], subjects: Collection[str]
) -> tuple[list[TouchedRule], list[Query]]:
    """The rules of these codes as the profile of the area sets them; and those that were run.

    `verdicts` are the rule's rows about the subject itself; a rule that judges other subjects
    (each committee member, say) has none here.
    """
    rules = [find_rule(graph, code) for code in codes]
    scope = reading.dimensions[0].params["area"]
    runs = plan_runs(graph, reading.tree, [scope], reading.day, {q.name for q in rules})
    _, cuts = await find_cuts(graph, [run.ask for run in runs])
    verdicts: dict[str, list[TouchedVerdict]] = {}
    for run, cut in zip(runs, cuts, strict=True):
        about = [r for r in run.judge(cut.rows()) if r["subject"] in subjects]
        shown = shown_rows(graph, run.query, about, reading.tree)
        await explain_rows(graph, shown)
        verdicts.setdefault(run.query.name, []).extend(_verdict(row) for row in shown)
    return [_rule(query, verdicts) for query in rules], [run.query for run in runs]


def _verdict(row: Row) -> TouchedVerdict:
    return {
        "finding": row["finding"],
        "verdict": row["verdict"],
        "severity": row["severity"],
        "reason_zh": row["reason_zh"],
        "reason_en": row["reason_en"],
    }


def _rule(query: Query, verdicts: dict[str, list[TouchedVerdict]]) -> TouchedRule:
    header = query.header
    return {
        "code": query.rule.code,
        "rule": query.name,
        "title": header.title,
        "title_zh": header.title_zh,
        "on": query.name in verdicts,
        "verdicts": verdicts.get(query.name, []),
    }


def fillable(graph: Graph, codes: Collection[str]) -> list[str]:
    """Those of the rules for whose gaps persons can be proposed."""
    fills = {code for query in graph.catalogue.folder("candidates") for code in query.candidates.fills}
    return [code for code in codes if code in fills]
