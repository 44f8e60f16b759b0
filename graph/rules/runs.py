"""Running rules: which rule runs where under which profile, and what its rows say.

A rule file gives a row per subject checked; severity
and parameters come from the profile.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.catalogue import Query
from graph.catalogue.kinds import SEVERITIES, Severity
from graph.catalogue.profiles import Applied, Profile
from graph.catalogue.words import find_by_word, near_words
from graph.errors import NotFound
from graph.reading.areas import AreaTree, parts_of, root_of, zones_of
from graph.reading.findings.asked import Ask
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
    elsewhere: frozenset[str] = frozenset()
    """Areas whose rows another run gives, under a profile of their own."""
    root: str | None = None
    """The area for which the rule is found and kept; this run's lies in it, or is it."""

    @property
    def ask(self) -> Ask:
        """The rows of the run, as they are asked of what is kept."""
        return Ask(self.query, self.parameters, self.root, self.elsewhere)

    @property
    def statement(self) -> Statement:
        return self.query.text, self.parameters

    def severity(self, of_row: str | None) -> Severity:
        """The profile's severity is the ceiling; a rule file may say less of a row."""
        if of_row is None:
            return self.applied.severity
        return SEVERITIES[min(map(SEVERITIES.index, (of_row, self.applied.severity)))]

    def judge(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows with the rule, the severity and the finding's identity in front."""
        head = {
            "rule": self.query.name,
            "code": self.query.rule.code,
            "title": self.query.header.title,
            "title_zh": self.query.header.title_zh,
            "severity": None,
            "profile": self.profile.name,
        }
        identity = self.query.rule.identity
        for row in rows:
            if row["area"] in self.elsewhere:  # cut off already from what is kept, not from a rehearsal
                continue
            severity = self.severity(row.get("severity"))
            finding = finding_id(head["code"], (row[c] for c in identity))
            yield {**head, "finding": finding, **row, "severity": severity}


def finding_id(code: str | None, identity: Iterable[Any]) -> str:
    """The stable identity of a row: `R14:` and the values of its identity columns.

    It holds ids only, and is the same for every day, run and data version.
    """
    return f"{code}:{'|'.join('-' if v is None else str(v) for v in identity)}"


def find_rule(graph: Graph, name: str) -> Query:
    """A rule by its name, code, number or Chinese title; raises `NotFound` with the nearest ones."""
    rules = graph.catalogue.rules()
    found = find_by_word(rules, name)
    if found is not None:
        return found
    codes = sorted(q.rule.code for q in rules)
    known = f"{codes[0]}–{codes[-1]}"
    near = near_words(rules, name)
    raise NotFound(
        f"没有规则“{name}”；{f'最接近的：{near}；' if near else ''}可用：{known}、名称或编号。",
        f"no rule {name!r}; {f'nearest: {near}; ' if near else ''}there are {known}, by code, name or title.",
        subject="rule",
    )


def withheld_rules(graph: Graph, rules: Collection[str] | None = None) -> list[str]:
    """The rules whose rows the viewer is not given, of all or of these names."""
    withheld = [q.name for q in graph.catalogue.rules() if not graph.viewer.gives(q.header.tells)]
    return [name for name in withheld if rules is None or name in rules]


def plan_runs(
    graph: Graph,
    tree: AreaTree,
    scopes: Sequence[str | None],
    day: date,
    rules: Collection[str] | None = None,
    *,
    law: date | None = None,
) -> list[Run]:
    """Which rules run where: in each scope those that its profile switches on.

    Inside a scope the profile nearest to what is checked decides, so a rule runs once more for
    each area inside that sets it otherwise. `rules` are names of files; None for all. The records are
    those of `day`, the settings those of `law`, the same day unless it says otherwise. Rules that reveal
    what the viewer is not given do not run, see `withheld_rules`.
    """
    runs = []
    for scope in scopes:
        zones = zones_of(graph, tree, scope)
        for query in graph.catalogue.rules():
            if not graph.viewer.gives(query.header.tells) or (rules is not None and query.name not in rules):
                continue
            applied = {area: profile.rule(query.name, law or day) for area, profile in zones.items()}
            settings = {a: (x.on, x.severity, x.params) for a, x in applied.items()}
            for area, elsewhere in parts_of(tree, settings, scope).items():
                if applied[area].on:
                    given = {"as_of": day, "area": area}
                    parameters = graph.bind_known(query, given, applied[area].params)

                    def params(profile: Profile, name: str = query.name) -> Any:
                        return profile.rule(name, law or day).params

                    root = root_of(graph, tree, area, params)
                    runs.append(Run(query, area, zones[area], applied[area], parameters, elsewhere, root))
    return runs
