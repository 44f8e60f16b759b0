"""What rules, dimensions and candidates say of things, by their ids, in the words of the catalogue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from graph.appointments.candidates import find_candidates
from graph.coverage.gaps import WITHHELD, find_gaps
from graph.model.words import WAIVED
from graph.reading.graph import Graph
from graph.reading.masking import is_withheld
from graph.reports.judged import ends_of
from graph.rules.check import check_rules
from graph.rules.sentences import explain_missing

SHOWN_PEOPLE = 3
"""Persons that are named for one gap."""


@dataclass
class Said:
    """Of one thing: what is not as required, by code what it misses, who could fill a post.

    `missing` has for each item that is missing the rules and dimensions that wait for it.
    """

    results: list[str] = field(default_factory=list)
    missing: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    people: list[str] = field(default_factory=list)
    fails: int = 0
    waived: int = 0
    gaps: int = 0
    unknown: int = 0


@dataclass
class AllSaid:
    """Everything of one area on a day; `words` are those of missing items."""

    by_id: dict[str, Said]
    words: Mapping[str, str]
    version: int
    as_of: date
    withheld: list[str]

    def of(self, ids: Iterable[str]) -> Said:
        """What is said of a row that speaks of these things, each once."""
        whole = Said()
        for id_ in dict.fromkeys(ids):
            part = self.by_id.get(id_)
            if part is None:
                continue
            whole.results += [line for line in part.results if line not in whole.results]
            whole.people += [line for line in part.people if line not in whole.people]
            for item, names in part.missing.items():
                whole.missing[item] += [n for n in names if n not in whole.missing[item]]
            for name in ("fails", "waived", "gaps", "unknown"):
                setattr(whole, name, getattr(whole, name) + getattr(part, name))
        return whole

    def missing_of(self, said: Said) -> list[str]:
        """Lines: what is missing, and for what."""
        return [f"{self.words.get(i, WITHHELD[0])}（{'、'.join(n)}）" for i, n in said.missing.items()]


async def read_said(graph: Graph, area: str, as_of: date) -> AllSaid:
    """What is to be said of the things of an area; masked as everywhere. Raises `NotFound`."""
    by_id: dict[str, Said] = defaultdict(Said)
    failing = await check_rules(graph, area=area, verdict="fail", as_of=as_of)
    for row in failing.data:
        line = f"{row['code']} {row['title_zh']}：{row['reason_zh']}"
        if row["waiver"] is not None:
            line = f"{line}（{WAIVED}，至 {row['waiver']['until']}）"
        for id_ in _things(row["subject"]):
            by_id[id_].results.append(line)
            by_id[id_].waived += row["waiver"] is not None
            by_id[id_].fails += row["waiver"] is None
    unknown = await check_rules(graph, area=area, verdict="unknown", as_of=as_of)
    for row in unknown.data:
        for id_ in _things(row["subject"]):
            by_id[id_].unknown += 1
            for item in row["missing"]:
                by_id[id_].missing[item].append(row["code"])
    for gap in (await find_gaps(graph, area=area, state="gap", as_of=as_of)).data:
        for id_ in _things(gap["subject"]):
            by_id[id_].results.append(f"缺口：{gap['title_zh']}")
            by_id[id_].gaps += 1
    for gap in (await find_gaps(graph, area=area, state="unknown", as_of=as_of)).data:
        for id_ in _things(gap["subject"]):
            by_id[id_].unknown += 1
            for item in gap["missing"]:
                by_id[id_].missing[item].append(gap["title_zh"])
    withheld = await _add_people(graph, area, as_of, by_id)
    items = {i for said in by_id.values() for i in said.missing if not is_withheld(i)}
    words = {i: zh for i, (zh, _) in (await explain_missing(graph, items)).items()}
    stamp = failing.stamp
    return AllSaid(by_id, words, stamp.data_version, stamp.as_of, sorted({*stamp.withheld, *withheld}))


async def _add_people(graph: Graph, area: str, as_of: date, by_id: dict[str, Said]) -> list[str]:
    """Who could fill the gaps of promotion rules: how many, and where persons are shown the first few."""
    found = await find_candidates(graph, area=area, as_of=as_of)
    people: dict[str, list[str]] = defaultdict(list)
    for row in found.data["rows"]:
        if not row["blocked_by"] and not is_withheld(row["candidate_name"]):
            people[row["finding"]].append(f"{row['candidate_name']}（{row['role_zh']}；{row['reasons_zh']}）")
    for gap in found.data["gaps"]:
        line = f"{gap['code']} {gap['title_zh']}：{gap['summary_zh']}"
        named = people[gap["finding"]][:SHOWN_PEOPLE] if graph.viewer.personal else []
        for id_ in _things(gap["subject"]):
            by_id[id_].people.append("\n".join([line, *(f"  {name}" for name in named)]))
    return list(found.stamp.withheld)


def _things(subject: str) -> list[str]:
    """The things that a subject names; of a withheld one, none."""
    return [] if is_withheld(subject) else [i for i in dict.fromkeys(ends_of(subject)) if i]
