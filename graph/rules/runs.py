"""Running rules: which rule runs where under which profile, and what its rows say.

Above answers, below checks and appointments. A rule file gives a row per subject checked; severity
and parameters come from the profile.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.catalogue import Query, Select
from graph.catalogue.kinds import SEVERITIES, Severity
from graph.catalogue.profiles import Applied, Profile
from graph.errors import NotFound
from graph.reading.areas import AreaTree, profile_of
from graph.reading.graph import Graph
from graph.rules.shapes import Verdict
from graph.store import Row, Statement

VERDICTS: tuple[Verdict, ...] = ("fail", "not_possible", "unknown", "pass", "not_applicable")
"""In the order in which people look at them."""


@dataclass(frozen=True)
class Run:
    """One rule in one scope, with what the profile says of it."""

    query: Query
    area: str | None
    profile: Profile
    applied: Applied
    parameters: dict[str, Any]

    @property
    def statement(self) -> Statement:
        return self.query.text, self.parameters

    @property
    def select(self) -> Select:
        return self.query.select(self.parameters)

    def severity(self, of_row: Severity | None) -> Severity:
        """The profile's severity is the ceiling; a rule file may say less of a row."""
        if of_row is None:
            return self.applied.severity
        return min(of_row, self.applied.severity, key=SEVERITIES.index)

    def judge(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows with the rule, the severity and the finding's identity in front."""
        head = {
            "rule": self.query.name,
            "code": self.query.rule.code,
            "title_zh": self.query.header.title_zh,
            "severity": None,
            "profile": self.profile.name,
        }
        identity = self.query.rule.identity
        for row in rows:
            severity = self.severity(row.get("severity"))
            finding = finding_id(head["code"], (row[c] for c in identity))
            yield {**head, "finding": finding, **row, "severity": severity}


def finding_id(code: str | None, identity: Iterable[Any]) -> str:
    """The stable identity of a row: `R14:` and the values of its identity columns.

    It holds ids only, and is the same for every day, run and data version.
    """
    return f"{code}:{'|'.join('-' if v is None else str(v) for v in identity)}"


def find_rule(graph: Graph, name: str) -> Query:
    """A rule by its name or its code; raises `NotFound`."""
    rules = graph.catalogue.rules()
    for query in rules:
        if name in (query.name, query.rule.code):
            return query
    known = "、".join(q.rule.code for q in rules)
    raise NotFound(
        f"没有规则“{name}”；已有：{known}。", f"no rule {name!r}; there are: {known}.", subject="rule"
    )


def plan_runs(
    graph: Graph,
    tree: AreaTree,
    scopes: Sequence[str | None],
    day: date,
    rules: Collection[str] | None = None,
) -> list[Run]:
    """Which rules run where: in each scope those that its profile switches on.

    `rules` are names of files; None for all.
    """
    runs = []
    for scope in scopes:
        profile = profile_of(graph, tree, scope)
        for query in graph.catalogue.rules():
            applied = profile.rule(query.name, day)
            if applied.on and (rules is None or query.name in rules):
                given = {"as_of": day, "area": scope}
                parameters = graph.bind_known(query, given, applied.params)
                runs.append(Run(query, scope, profile, applied, parameters))
    return runs
