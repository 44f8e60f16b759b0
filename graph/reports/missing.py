"""What is not known, turned round: which register or value would settle how many rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import partial

from graph.model import EDGES
from graph.private import MASK
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.masking import is_withheld
from graph.reading.rows import rows_as
from graph.reports.judged import read_judged
from graph.reports.shapes import MissingRow
from graph.rules.lacking import SECRET
from graph.rules.sentences import explain_missing
from graph.store import Row


def count_missing(rows: Iterable[Row], shown: Callable[[Row, str], str] = lambda _, item: item) -> list[Row]:
    """A row per missing thing: item, rows that name it, alone (rows that miss nothing else), rules.

    What would settle most stands first. `shown` makes of an item what people may see; items that
    look the same then are counted together.
    """
    found: dict[str, Row] = {}
    for row in rows:
        items = set(row["missing"]) if row["verdict"] == "unknown" else set()
        for item in {shown(row, i) for i in items}:
            line = found.setdefault(item, {"item": item, "rows": 0, "alone": 0, "rules": set()})
            line["rows"] += 1
            line["alone"] += len(items) == 1
            line["rules"].add(row["code"])
    ordered = sorted(found.values(), key=lambda r: (-r["rows"], -r["alone"], r["item"]))
    return [{**line, "rules": sorted(line["rules"])} for line in ordered]


def shown_item(graph: Graph, row: Row, item: str) -> str:
    """What the viewer may see of an item that a row lacks: nothing where the rule tells of persons."""
    tells = graph.catalogue[row["rule"]].header.tells
    return MASK if tells and not graph.viewer.personal else graph.viewer.id(item)


async def read_missing_report(
    graph: Graph, *, area: str | None = None, as_of: date | None = None
) -> Answer[list[MissingRow]]:
    """Which register or value would settle how many verdicts of an area; raises `NotFound`."""
    judged = await read_judged(graph, area=area, as_of=as_of)
    rows = await read_missing(graph, judged.rows)
    return Answer(rows, replace(judged.stamp, rows=len(rows)))


async def read_missing(graph: Graph, rows: Iterable[Row]) -> list[MissingRow]:
    """The same with words, `what_zh` and `what_en`; secret edges by their type alone."""
    lines = count_missing(rows, partial(shown_item, graph))
    items = [line["item"] for line in lines if not is_withheld(line["item"])]
    words = await explain_missing(graph, items)
    for line in lines:
        line["what_zh"], line["what_en"] = words.get(line["item"]) or _secret(line["item"])
    return rows_as(MissingRow, lines)


def _secret(item: str) -> tuple[str, str]:
    """A value of an edge whose existence is personal or sensitive, without its ends."""
    if item == MASK:
        return SECRET
    edge = EDGES[item.split("~")[1]]
    return f"“{edge.zh}”记录的内容", f"a value of a record “{edge.en}”"
