"""Everything that a workbook holds, read from the graph in one go; no sheet is made here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from graph.ledger.times import now
from graph.reading.answer import Answer, Stamp
from graph.reading.areas import profile_of
from graph.reading.graph import Graph
from graph.reading.names import read_names
from graph.reading.places import read_places
from graph.reports.calendar import DAYS, read_calendar
from graph.reports.crosstab import make_table
from graph.reports.evidence import evidence_words
from graph.reports.judged import explained_rows, read_judged, severity_key
from graph.reports.missing import read_missing
from graph.reports.missing_areas import sum_missing
from graph.reports.shapes import CalendarRow, MissingAreaRow, MissingRow, ReportRow
from graph.reports.words import BY
from graph.rules.check import Judged
from graph.rules.shapes import CheckRow
from graph.store import Row

LISTED = ("fail", "not_possible", "unknown")
"""The verdicts whose rows are listed; the others are only counted."""
EVERYWHERE = "全部地方"


@dataclass(frozen=True)
class Rule:
    """A rule that was run: code, title, file with its revision."""

    code: str
    title: str
    file: str


@dataclass(frozen=True)
class Report:
    """The parts of a workbook; rows are masked already where `masked` says so."""

    place: str
    stamp: Stamp
    profiles: tuple[str, ...]
    rules: tuple[Rule, ...]
    made_by: str | None
    made_at: datetime
    masked: bool
    tables: dict[str, list[ReportRow]]
    missing: list[MissingRow]
    registers: list[MissingAreaRow]
    """The same added up by register or value: what decides most rows stands first."""
    days: int
    calendar: list[CalendarRow]
    lists: list[tuple[str, list[CheckRow]]]
    """Per area its name and the rows that are listed."""
    evidence: Mapping[str, str] = field(default_factory=dict)
    """Ids of the evidence of what fails, in words with date and source."""


async def compose_report(
    graph: Graph,
    *,
    area: str | None = None,
    as_of: date | None = None,
    days: int = DAYS,
    made_by: str | None = None,
) -> Answer[Report]:
    """The parts of a workbook on an area, or on every loaded place.

    Raises `NotFound`, `BadParameter`.
    """
    calendar = await read_calendar(graph, days=days, area=area, as_of=as_of)
    judged = await read_judged(graph, area=area, as_of=as_of, whole=LISTED)
    listed = sorted((r for r in judged.rows if r["verdict"] in LISTED), key=_order)
    listed_rows = await explained_rows(graph, listed)
    rules = [q for q in graph.catalogue.rules() if q.name in judged.stamp.queries]
    titles = {p.name: p.title_zh for p in graph.profiles}
    names = {row["profile"] for row in judged.rows}
    if area is not None:
        names.add(profile_of(graph, judged.tree, area).name)
    report = Report(
        place=EVERYWHERE if area is None else await _name(graph, judged, area),
        stamp=judged.stamp,
        profiles=tuple(f"{titles[name]}（{name}）" for name in sorted(names)),
        rules=tuple(Rule(q.rule.code, q.header.title_zh, f"{q.name}@{q.revision}") for q in rules),
        made_by=made_by,
        made_at=now(),
        masked=not graph.viewer.personal,
        tables={by: await make_table(graph, by, judged) for by in BY},
        missing=await read_missing(graph, judged.rows),
        registers=sorted(sum_missing(graph, judged, [area]), key=lambda r: (-r["rows"], r["what_zh"])),
        days=days,
        calendar=calendar.data,
        lists=split(listed_rows, judged, await _parts(graph, judged)),
        evidence=await evidence_words(graph, _evidence(listed_rows)),
    )
    return Answer(report, judged.stamp)


def _evidence(rows: list[CheckRow]) -> set[str]:
    return {id_ for row in rows if row["verdict"] == "fail" for id_ in row["evidence"] or []}


def split(rows: list[CheckRow], judged: Judged, parts: dict[str, str]) -> list[tuple[str, list[CheckRow]]]:
    """Rows by the part of the scope in which they lie; what lies in none comes first.

    Parts without a judged row have no list.
    """
    whole = judged.area
    top = judged.tree.name(whole)
    lists: dict[str | None, list[CheckRow]] = {None: [], **{part: [] for part in parts}}
    checked = {_part(row, judged, parts) for row in judged.rows}
    for row in rows:
        lists[_part(row, judged, parts)].append(row)
    rest = "其他" if whole is None else f"{top}本级" if parts else str(top)
    return [
        (rest if key is None else parts[key], found)
        for key, found in lists.items()
        if key in checked or found
    ]


async def _parts(graph: Graph, judged: Judged) -> dict[str, str]:
    """The areas with a list of their own: the children of the scope, or the loaded places."""
    if judged.area is None:
        return {p.area: p.name_zh for p in await read_places(graph) if p.area}
    return {str(c["area"]): str(c["name"]) for c in judged.tree.children(judged.area)}


def _part(row: Mapping[str, Any], judged: Judged, parts: dict[str, str]) -> str | None:
    return next((a for a in judged.tree.above(row["area"]) if a in parts), None)


async def _name(graph: Graph, judged: Judged, area: str) -> str:
    """The name of an area, with the one above where there is one."""
    names = await read_names(graph, judged.tree.above(area)[:2])
    found = [names[a]["name"] for a in reversed(judged.tree.above(area)[:2]) if a in names]
    return "".join(found)


def _order(row: Row) -> tuple[tuple[int, int], str, str]:
    return severity_key(row), row["code"], row["finding"]
