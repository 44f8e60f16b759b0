"""What changed between two checks: of two days, of two kept runs, or of a day and a run.

Checks are compared by the stable identity of their findings, and it
is said where the difference may come from something other than the records.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from graph.errors import BadParameter
from graph.model.words import CAUSES, CHANGES
from graph.reading.answer import Answer
from graph.reading.areas import read_areas
from graph.reading.changes import cause_of
from graph.reading.graph import Graph
from graph.reading.masking import is_withheld
from graph.reading.names import read_names
from graph.reading.rows import row_as, rows_as
from graph.reports.judged import ends_of, explained_rows, read_judged, severity_key
from graph.reports.kept import find_run, kept_stamp, note, side_of_run
from graph.reports.shapes import DifferenceShape, DiffersRow, ReportChangeCount, ReportChangeRow, SideShape
from graph.rules.check import Judged
from graph.rules.runs import withheld_rules
from graph.rules.shapes import CheckRow
from graph.store import Row

RUN_ID = 24
"""Characters of the id of a kept run."""
Differing = Literal["area", "data_version", "queries", "profiles"]
DIFFERS: dict[Differing, tuple[str, str]] = {
    "area": ("辖区", "area"),
    "data_version": ("数据版本", "data version"),
    "queries": ("规则文件的修订", "revisions of the rule files"),
    "profiles": ("规则集的设置", "settings of the profiles"),
}


LATER = ("title_zh", "subject_name", "area_name", "reason_zh", "reason_en")
"""Columns that are None until `read_difference` and `Comparison.name` fill them."""


@dataclass(frozen=True)
class Side:
    """One of the two checks: what it was, its notes by finding, its rows where it was run now."""

    what: SideShape
    notes: Mapping[str, Row]
    rows: Mapping[str, Row] = field(default_factory=dict)


@dataclass(frozen=True)
class Comparison:
    """Two sides and what differs between them; rows hold ids as they are, `name` withholds."""

    before: Side
    after: Side
    rows: list[ReportChangeRow]

    async def name(self, graph: Graph, rows: Sequence[ReportChangeRow]) -> None:
        """Put names and reasons on some rows, and withhold what may not be seen."""
        tree = await read_areas(graph, self.after.what["as_of"])
        subjects = {row["subject"] for row in rows if row["subject"]}
        ids = {next(ends_of(s)) for s in subjects}
        names = await read_names(graph, ids)
        reasons = await self._reasons(graph, rows)
        for row in rows:
            found = names.get(next(ends_of(row["subject"] or "")), {})
            row["subject_name"] = found.get("name")
            row["area_name"] = tree.name(row["area"])
            reason = reasons.get(row["finding"])
            row["reason_zh"] = reason and reason["reason_zh"]
            row["reason_en"] = reason and reason["reason_en"]
        known = {query.name for query in graph.catalogue.folder("rules")}
        for row in rows:
            columns = graph.catalogue[row["rule"]].judged_columns if row["rule"] in known else ()
            (shown,) = graph.viewer.rows(columns, [{n: row[n] for n in ("finding", "subject")}])
            row["finding"], row["subject"] = shown["finding"], shown["subject"]
            if is_withheld(row["finding"]):
                row["area"] = row["area_name"] = None

    async def _reasons(self, graph: Graph, rows: Sequence[ReportChangeRow]) -> dict[str, CheckRow]:
        """Why each is what it is, of what is gone why it was; a kept run knows no reasons."""
        found = {row["finding"]: self._row(row) for row in rows}
        there = {finding: row for finding, row in found.items() if row is not None}
        reasons = await explained_rows(graph, list(there.values()))
        return dict(zip(there, reasons, strict=True))

    def _row(self, row: ReportChangeRow) -> Row | None:
        """The judged row behind a row of the difference, where a side was run now."""
        old, new = (side.rows.get(row["finding"]) for side in (self.before, self.after))
        return old if row["change"] == "gone" else new or (old if row["change"] == "staying" else None)


async def read_difference(
    graph: Graph, before: str, after: str | None = None, *, area: str | None = None, change: str | None = None
) -> tuple[Answer[DifferenceShape], Comparison]:
    """The difference of two checks, each named by a day or by the id of a kept run.

    Rows have no names yet, see `Comparison.name`. `after` is today if None; `area` is for
    days, and is that of the run where the other side is one; `change` lists rows of one kind only.
    Raises `NotFound`, `BadParameter`.
    """
    if change is not None and change not in CHANGES:
        words = ", ".join(CHANGES)
        raise BadParameter(f"change 应为：{words}。", f"change is one of {words}.", subject="change")
    texts = before, after or str(graph.today())
    days = [_day(text, name) for text, name in zip(texts, ("from", "to"), strict=True)]
    runs = [None if day else await find_run(graph, text) for day, text in zip(days, texts, strict=True)]
    where = area or next((run.area for run in runs if run is not None), None)
    sides = []
    for day, run in zip(days, runs, strict=True):
        if run is not None:
            sides.append(Side(*side_of_run(graph, run)))
        else:
            sides.append(_side(graph, await read_judged(graph, area=where, as_of=day)))
    found = Comparison(sides[0], sides[1], difference_rows(sides[0].notes, sides[1].notes))
    shown = [row for row in found.rows if change in (None, row["change"])]
    titles = {q.rule.code: q.header.title_zh for q in graph.catalogue.rules()}
    for row in found.rows:
        row["title_zh"] = titles.get(row["code"])
    data: DifferenceShape = {
        "from": sides[0].what,
        "to": sides[1].what,
        "differs": differs(sides[0].what, sides[1].what),
        "counts": counts(found.rows),
        "rows": shown,
    }
    rules = [q for q in graph.catalogue.rules() if any(q.name in s.what["queries"] for s in sides)]
    version = max(side.what["data_version"] for side in sides)
    parameters = {
        "from": texts[0],
        "to": texts[1],
        "area": where,
        "change": change,
        "as_of": sides[1].what["as_of"],
    }
    stamp = graph.stamp(rules, parameters, version, len(shown), withheld=withheld_rules(graph))
    return Answer(data, stamp), found


def difference_rows(before: Mapping[str, Row], after: Mapping[str, Row]) -> list[ReportChangeRow]:
    """Rows of what is new, gone, staying (findings), or of another verdict than before.

    A finding is what fails, waived or not. `cause` says of what has changed whether it happened, or
    only became known (`graph.reading.changes`), None of what stays. Verdicts are None where a side has
    no such row. Most serious first within each kind.
    """
    found: dict[str, list[Row]] = {change: [] for change in CHANGES}
    for key in sorted({*before, *after}):
        old, new = before.get(key), after.get(key)
        was: str | None = old["verdict"] if old else None
        now: str | None = new["verdict"] if new else None
        if was == now != "fail":
            continue
        failing = {(True, True): "staying", (False, True): "new", (True, False): "gone"}
        change = failing.get((was == "fail", now == "fail"), "changed")
        found[change].append(
            {
                "change": change,
                "cause": None if change == "staying" else cause_of(was, now, bad="fail"),
                "code": key.partition(":")[0],
                **{k: (new or old or {})[k] for k in ("rule", "finding", "subject", "area")},
                # The severity of the failing row: a row that passes has the rule's highest.
                "severity": ((old if change == "gone" else new) or old or {})["severity"],
                "verdict_before": was,
                "verdict": now,
                "waived_before": bool(old and old["waived"]),
                "waived": bool(new and new["waived"]),
                **dict.fromkeys(LATER),
            }
        )
    ordered = [
        row
        for rows in found.values()
        for row in sorted(rows, key=lambda r: (severity_key({**r, "verdict": "fail"}), r["finding"]))
    ]
    return rows_as(ReportChangeRow, ordered)


def counts(rows: Iterable[ReportChangeRow]) -> list[ReportChangeCount]:
    """How many rows of each kind a rule has, and of those that are new or gone, why they are.

    new = occurred + established + appeared; gone = resolved + obscured + departed.
    """
    table: dict[str, Row] = {}
    for row in rows:
        head = {"code": row["code"], "rule": row["rule"], "title_zh": row["title_zh"]}
        line = table.setdefault(row["code"], {**head, **dict.fromkeys((*CHANGES, *CAUSES), 0)})
        line[row["change"]] += 1
        if row["change"] in ("new", "gone"):
            line[str(row["cause"])] += 1
    return rows_as(ReportChangeCount, (table[code] for code in sorted(table)))


def differs(before: SideShape, after: SideShape) -> list[DiffersRow]:
    """What the two checks do not have in common beside the day, in words."""
    found: list[DiffersRow] = []
    for what, (zh, en) in DIFFERS.items():
        old: Any = before[what]
        new: Any = after[what]
        if old == new:
            continue
        if isinstance(old, dict):
            names = sorted(k for k in {*old, *new} if old.get(k) != new.get(k))
            old, new = (_listed(side, names) for side in (old, new))
        found.append(
            {
                "what": what,
                "before": old,
                "after": new,
                "zh": f"{zh}不同（{old or '–'} → {new or '–'}），差异可能由此而来",
                "en": f"{en}: {old or '–'} before, {new or '–'} after; the difference may come from there",
            }
        )
    return found


def _listed(side: Mapping[str, str], names: Collection[str]) -> str:
    return "、".join(f"{name}@{side[name]}" for name in names if name in side)


def _side(graph: Graph, judged: Judged) -> Side:
    """A check that was run now."""
    what = {
        "kind": "date",
        "id": None,
        "title": None,
        "made_by": None,
        "made_at": None,
        "area": judged.area,
        **kept_stamp(graph, judged),
    }
    rows = {row["finding"]: row for row in judged.rows}
    return Side(row_as(SideShape, what), {key: note(row) for key, row in rows.items()}, rows)


def _day(text: str, name: str) -> date | None:
    """The day that a text names; None for the id of a run. Raises `BadParameter` for neither."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        if len(text) == RUN_ID and set(text) <= set("0123456789abcdef"):
            return None
    raise BadParameter(
        f"{name} 应为日期 YYYY-MM-DD 或核查记录的编号：{text[:80]!r}。",
        f"{name} is a date YYYY-MM-DD or the id of a kept run, not {text[:80]!r}.",
        subject=name,
    )
