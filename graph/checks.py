"""Cross-appointment checks: rules run with the profile of the place, verdicts with evidence.

Above judging. A rule file gives a row per subject checked, so a result carries its own
denominator; severity and parameters come from the profile.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from graph.answers import Answer, Graph
from graph.areas import AreaTree, require_area
from graph.catalogue import Query
from graph.errors import BadParameter
from graph.judging import VERDICTS, find_rule, plan_runs
from graph.masking import mask_rows
from graph.names import add_names
from graph.profiles import SEVERITIES
from graph.scopes import profile_of, read_places
from graph.store import Row

__all__ = ["VERDICTS", "check_rules", "find_rule", "tally"]


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

    Rows: rule, code, title_zh, severity, profile, finding (stable identity), subject,
    subject_name, area, area_name, verdict, missing, evidence, and what the rule's file adds
    (blocked_by, candidates, short …). `rule` is a name or a code such as R15. Raises `NotFound`,
    `BadParameter`.
    """
    day = as_of or graph.today()
    if verdict is not None and verdict not in VERDICTS:
        words = ", ".join(VERDICTS)
        raise BadParameter(f"verdict 应为：{words}。", f"verdict is one of {words}.",
                           subject="verdict")  # fmt: skip
    tree = await require_area(graph, area, day)
    wanted = None if rule is None else {find_rule(graph, rule).name}
    scopes = [area] if area is not None else [p.area for p in await read_places(graph)]
    runs = plan_runs(graph, tree, scopes, day, wanted)
    version, results = await graph.read([run.statement for run in runs])
    data: list[Row] = []
    for run, rows in zip(runs, results, strict=True):
        kept = (r for r in run.judge(rows) if verdict in (None, r["verdict"]))
        data += tell(run.query, kept, tree, show_personal=show_personal)
    await add_names(graph, data, "subject", show_personal=show_personal)
    parameters = {"area": area, "rule": rule, "verdict": verdict, "as_of": day}
    profile = profile_of(graph, tree, area).name if area else None
    queries = [r.query for r in runs]
    return Answer(data, graph.stamp(queries, parameters, version, len(data), profile=profile))


def tell(query: Query, judged: Iterable[Row], tree: AreaTree, *, show_personal: bool) -> list[Row]:
    """Judged rows of a rule as people may see them, with the name of their area."""
    data = mask_rows(query.columns, judged, show=show_personal)
    for row in data:
        row["area_name"] = tree.name(row["area"])
    return data


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
