"""Cross-appointment checks: rules run with the profile of the place, verdicts with evidence.

Above answers. A rule file gives a row per subject checked, so a result carries its own
denominator; severity and parameters come from the profile.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from graph.answers import Answer, Graph
from graph.areas import AreaTree, require_area
from graph.catalogue import Query
from graph.errors import BadParameter, NotFound
from graph.masking import mask_rows
from graph.names import add_names
from graph.profiles import SEVERITIES, Applied, Profile, Severity
from graph.scopes import profile_of, read_places
from graph.store import Row, Statement

Verdict = Literal["pass", "fail", "unknown", "not_possible", "not_applicable"]
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

    def severity(self, of_row: Severity | None) -> Severity:
        """The profile's severity is the ceiling; a rule file may say less of a row."""
        if of_row is None:
            return self.applied.severity
        return min(of_row, self.applied.severity, key=SEVERITIES.index)

    @property
    def statement(self) -> Statement:
        return self.query.text, self.parameters


async def check_rules(
    graph: Graph,
    *,
    area: str | None = None,
    rule: str | None = None,
    verdict: str | None = None,
    as_of: date | None = None,
    show_personal: bool = False,
) -> Answer:
    """Rows of every rule that is switched on, in an area or in every loaded place.

    Rows: rule, code, title_zh, severity, profile, subject, subject_name, area, area_name,
    verdict, missing, evidence, and what the rule's file adds (blocked_by, candidates, short …).
    `rule` is a name or a code such as R15. Raises `NotFound`, `BadParameter`.
    """
    day = as_of or graph.today()
    if verdict is not None and verdict not in VERDICTS:
        words = ", ".join(VERDICTS)
        raise BadParameter(f"verdict 应为：{words}。", f"verdict is one of {words}.",
                           subject="verdict")  # fmt: skip
    tree = await require_area(graph, area, day)
    runs = await _runs(graph, tree, area, rule, day)
    version, results = await graph.read([run.statement for run in runs])
    data: list[Row] = []
    for run, rows in zip(runs, results, strict=True):
        kept = [r for r in rows if verdict in (None, r["verdict"])]
        head = {
            "rule": run.query.name,
            "code": run.query.header.tags["rule"],
            "title_zh": run.query.header.title_zh,
            "severity": None,
            "profile": run.profile.name,
        }
        masked = mask_rows(run.query.columns, kept, show=show_personal)
        data += [{**head, **r, "severity": run.severity(r.get("severity"))} for r in masked]
    for row in data:
        row["area_name"] = tree.name(row.get("area"))
    await add_names(graph, data, "subject", show_personal=show_personal)
    parameters = {"area": area, "rule": rule, "verdict": verdict, "as_of": day}
    profile = profile_of(graph, tree, area).name if area else None
    queries = [r.query for r in runs]
    return Answer(data, graph.stamp(queries, parameters, version, len(data), profile=profile))


def tally(rows: Sequence[Row]) -> list[Row]:
    """Per profile and rule: how many rows of each verdict, the total, the highest severity."""
    table: dict[tuple[str, str], Row] = {}
    for row in rows:
        key = row["profile"], row["rule"]
        if key not in table:
            head = {k: row[k] for k in ("profile", "rule", "code", "title_zh", "severity")}
            table[key] = {**head, **dict.fromkeys(VERDICTS, 0), "total": 0}
        table[key][row["verdict"]] += 1
        severities = table[key]["severity"], row["severity"]
        table[key]["severity"] = max(severities, key=SEVERITIES.index)
        table[key]["total"] += 1
    return list(table.values())


def find_rule(graph: Graph, name: str) -> Query:
    """A rule by its name or its code; raises `NotFound`."""
    for query in graph.catalogue.folder("rules"):
        if name in (query.name, query.header.tags["rule"]):
            return query
    known = "、".join(sorted(q.header.tags["rule"] for q in graph.catalogue.folder("rules")))
    raise NotFound(f"没有规则“{name}”；已有：{known}。", f"no rule {name!r}; there are: {known}.",
                   subject="rule")  # fmt: skip


async def _runs(
    graph: Graph, tree: AreaTree, area: str | None, rule: str | None, day: date
) -> list[Run]:
    """Which rules run where: in the area, or in every place under that place's own profile."""
    queries = graph.catalogue.folder("rules") if rule is None else [find_rule(graph, rule)]
    queries = sorted(queries, key=lambda q: q.header.tags["rule"])
    scopes = [area] if area is not None else [p.area for p in await read_places(graph)]
    runs = []
    for scope in scopes:
        profile = profile_of(graph, tree, scope)
        for query in queries:
            applied = profile.rule(query.name, day)
            if applied.on:
                given = {"as_of": day, "area": scope}
                parameters = graph.bind_known(query, given, applied.params)
                runs.append(Run(query, scope, profile, applied, parameters))
    return runs
