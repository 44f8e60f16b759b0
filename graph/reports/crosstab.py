"""Tables of findings by rule, area, severity and body, each figure with its denominator.

`judged` is the denominator: what fails, what is waived and what passes. Rows that
could not be decided are shown beside it, and while there are any there is no share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from graph.errors import BadParameter
from graph.model import label_of
from graph.model.words import SEVERITIES
from graph.reading.answer import Answer
from graph.reading.areas import AreaTree
from graph.reading.graph import Graph
from graph.reading.names import read_names
from graph.reading.rows import rows_as
from graph.reports.judged import bodies_of, read_judged
from graph.reports.shapes import ReportRow
from graph.reports.words import BY, NOWHERE
from graph.rules.check import Judged
from graph.store import Row

COUNTED = (
    "fail",
    "violation",
    "warning",
    "info",
    "waived",
    "not_possible",
    "unknown",
    "pass",
    "not_applicable",
    "judged",
    "total",
)
Keys = Callable[[Row], Iterable[str | None]]


async def read_report(
    graph: Graph, by: str, *, area: str | None = None, as_of: date | None = None
) -> Answer[list[ReportRow]]:
    """One table, by one of `BY`.

    Raises `NotFound`, `BadParameter`.
    """
    if by not in BY:
        words = ", ".join(BY)
        raise BadParameter(f"by 应为：{words}。", f"by is one of {words}.", subject="by")
    judged = await read_judged(graph, area=area, as_of=as_of)
    rows = await make_table(graph, by, judged)
    parameters = {**judged.stamp.parameters, "by": by}
    return Answer(rows, replace(judged.stamp, parameters=parameters, rows=len(rows)))


async def make_table(graph: Graph, by: str, judged: Judged) -> list[ReportRow]:
    """The table of judged rows by one of `BY`, with names."""
    if by == "rule":
        return rows_as(ReportRow, _by_rule(graph, judged))
    if by == "area":
        return rows_as(ReportRow, _by_area(judged))
    if by == "severity":
        return rows_as(ReportRow, _by_severity(judged.rows))
    counts = count(judged.rows, lambda row: bodies_of(row["finding"]))
    names = await read_names(graph, filter(None, counts))
    table = [
        _head("body", key, names.get(key or "", {}).get("name"), label_of(key or "")) | figures
        for key, figures in counts.items()
    ]
    return rows_as(ReportRow, sorted(table, key=lambda r: (-r["fail"], -r["unknown"], r["key"])))


def _by_rule(graph: Graph, judged: Judged) -> list[Row]:
    """Every rule that was run, also one that found nothing to check."""
    rules = {q.rule.code: q for q in graph.catalogue.rules() if q.name in judged.stamp.queries}
    counts = count(judged.rows, lambda row: [row["code"]], rules)
    return [
        _head("rule", code, rules[code or ""].header.title_zh, rules[code or ""].name)
        | {"name_en": rules[code or ""].header.title}
        | figures
        for code, figures in counts.items()
    ]


def _by_area(judged: Judged) -> list[Row]:
    """A row counts in its area and in every area above, up to the one that was asked for.

    What lies in no area inside counts for the whole only, so the whole is always everything.
    """
    tree, whole = judged.tree, judged.area
    known = [] if whole is None else [whole, *(str(c["area"]) for c in tree.children(whole))]
    counts = count(judged.rows, lambda row: areas_of(row["area"], tree, whole), known)
    return [
        _head(
            "area", key, NOWHERE if key is None else tree.name(key), None if key is None else tree.level(key)
        )
        | counts[key]
        for key in sorted(counts, key=lambda key: (key is None, key or ""))
    ]


def areas_of(area: str | None, tree: AreaTree, whole: str | None) -> list[str | None]:
    """The areas in which a row counts: its own and those above, no higher than `whole`."""
    above = tree.above(area)
    if whole is None:
        return [*above] or [None]
    return [*above[: above.index(whole)], whole] if whole in above else [whole]


def _by_severity(rows: Sequence[Row]) -> list[Row]:
    """No shares: a row that passes has no severity but the highest that its rule may give."""
    counts = count(rows, lambda row: [row["severity"]], SEVERITIES)
    return [
        _head("severity", key, SEVERITIES[key or ""], None) | figures | {"share": None}
        for key, figures in counts.items()
    ]


def count(rows: Iterable[Row], keys: Keys, known: Iterable[str | None] = ()) -> dict[str | None, Row]:
    """Figures by key; `known` keys come first and are there without rows too."""
    table: dict[str | None, Row] = {key: dict.fromkeys(COUNTED, 0) for key in known}
    alike: dict[tuple[bool, str, str], list[str]] = {}
    for row in rows:
        said = bool(row["waiver"]), row["verdict"], row["severity"]
        names = alike[said] if said in alike else alike.setdefault(said, _figures_of(row))
        for key in keys(row):
            figures = table.get(key)
            if figures is None:
                figures = table[key] = dict.fromkeys(COUNTED, 0)
            for name in names:
                figures[name] += 1
    for figures in table.values():
        decided = figures["judged"] and not figures["unknown"]
        figures["share"] = figures["fail"] / figures["judged"] if decided else None
    return table


def _figures_of(row: Row) -> list[str]:
    """The figures in which a row counts."""
    verdict = "waived" if row["waiver"] else str(row["verdict"])
    found = [verdict, "total"]
    if verdict == "fail":
        found.append(row["severity"])
    if verdict in ("fail", "waived", "pass"):
        found.append("judged")
    return found


def _head(by: str, key: str | None, name: Any, kind: str | None) -> Row:
    """What a line of a table is about; `kind` is the rule's file, the level or the label."""
    return {"by": by, "key": key, "name": name, "name_en": None, "kind": kind}
