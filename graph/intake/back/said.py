"""What rules, dimensions and candidates say of things, by their ids, in the words of the catalogue."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from graph.appointments.candidates import find_candidates
from graph.coverage.gaps import WITHHELD, find_gaps
from graph.coverage.shapes import GapRow
from graph.model.words import WAIVED
from graph.reading.graph import Graph
from graph.reading.masking import is_withheld
from graph.reports.judged import ends_of
from graph.rules.check import check_rules
from graph.rules.sentences import explain_missing

SHOWN_PEOPLE = 3
"""Persons that are named for one gap."""


Kind = Literal["fails", "waived", "gaps"]


@dataclass
class Remarks:
    """Of one thing, or of all things of a row: each finding once, whichever of its ends is asked.

    `lines` by finding: what it is, and in words; `unknown` are the findings that nothing can be said of,
    `missing` has for each item that is missing the rules and dimensions that wait for it; `people` by
    finding who could fill a post.
    """

    lines: dict[str, tuple[Kind, str]] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    missing: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    people: dict[str, str] = field(default_factory=dict)

    @property
    def counts(self) -> Counter[Kind]:
        """How many findings of each kind."""
        return Counter(kind for kind, _ in self.lines.values())

    @property
    def results(self) -> list[str]:
        """The lines; what is said more than once has its number."""
        counted = Counter(line for _, line in self.lines.values())
        return [f"{line}（{n} 处）" if n > 1 else line for line, n in counted.items()]


@dataclass
class AllSaid:
    """Everything of one area on a day; `words` are those of missing items."""

    by_id: dict[str, Remarks]
    words: Mapping[str, str]
    version: int
    as_of: date
    withheld: list[str]

    def of(self, ids: Iterable[str]) -> Remarks:
        """What is said of a row that speaks of these things, each once."""
        whole = Remarks()
        for id_ in dict.fromkeys(ids):
            part = self.by_id.get(id_, Remarks())
            whole.lines |= part.lines
            whole.unknown |= part.unknown
            whole.people |= part.people
            for item, names in part.missing.items():
                whole.missing[item] += [n for n in names if n not in whole.missing[item]]
        return whole

    def missing_of(self, said: Remarks) -> list[str]:
        """Lines: what is missing, and for what; first that for which most waits."""
        found = sorted(said.missing.items(), key=lambda item: -len(item[1]))
        return [f"{self.words.get(i, WITHHELD[0])}（{'、'.join(names)}）" for i, names in found]


async def read_said(graph: Graph, area: str, as_of: date) -> AllSaid:
    """What is to be said of the things of an area; masked as everywhere. Raises `NotFound`."""
    by_id: dict[str, Remarks] = defaultdict(Remarks)
    failing = await check_rules(graph, area=area, verdict="fail", as_of=as_of)
    for row in failing.data:
        line = f"{row['code']} {row['title_zh']}：{row['reason_zh']}"
        if row["waiver"] is not None:
            line = f"{line}（{WAIVED}，至 {row['waiver']['until']}）"
        kind: Kind = "fails" if row["waiver"] is None else "waived"
        for id_ in _things(row["subject"]):
            by_id[id_].lines[row["finding"]] = kind, line
    unknown = await check_rules(graph, area=area, verdict="unknown", as_of=as_of)
    for row in unknown.data:
        for id_ in _things(row["subject"]):
            _lack(by_id[id_], row["finding"], row["missing"], row["code"])
    for gap in (await find_gaps(graph, area=area, state="gap", as_of=as_of)).data:
        for id_ in _things(gap["subject"]):
            by_id[id_].lines[_key(gap)] = "gaps", f"缺口：{gap['title_zh']}"
    for gap in (await find_gaps(graph, area=area, state="unknown", as_of=as_of)).data:
        for id_ in _things(gap["subject"]):
            _lack(by_id[id_], _key(gap), gap["missing"], gap["title_zh"])
    withheld = await _add_people(graph, area, as_of, by_id)
    items = {i for said in by_id.values() for i in said.missing if not is_withheld(i)}
    words = {i: zh for i, (zh, _) in (await explain_missing(graph, items)).items()}
    stamp = failing.stamp
    return AllSaid(by_id, words, stamp.data_version, stamp.as_of, sorted({*stamp.withheld, *withheld}))


async def _add_people(graph: Graph, area: str, as_of: date, by_id: dict[str, Remarks]) -> list[str]:
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
            by_id[id_].people[gap["finding"]] = "\n".join([line, *(f"  {name}" for name in named)])
    return list(found.stamp.withheld)


def _lack(said: Remarks, finding: str, missing: Iterable[str], name: str) -> None:
    """A finding of which nothing can be said, and what it waits for."""
    said.unknown.add(finding)
    for item in missing:
        if name not in said.missing[item]:
            said.missing[item].append(name)


def _key(gap: GapRow) -> str:
    return f"{gap['dimension']}:{gap['subject']}"


def _things(subject: str) -> list[str]:
    """The things that a subject names; of a withheld one, none."""
    return [] if is_withheld(subject) else [i for i in dict.fromkeys(ends_of(subject)) if i]
