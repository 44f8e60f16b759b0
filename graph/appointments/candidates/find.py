"""Finding candidates for the gaps of promotion rules.

A file under `cypher/candidates/` names the rule whose gaps it fills and
ranks the persons; here its rows are laid beside the failing rows of that rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from graph.appointments.candidates.reasons import Words, read_words
from graph.appointments.candidates.shapes import CandidateGap, CandidateRow, Candidates
from graph.catalogue import Query, Select
from graph.errors import BadParameter, NotFound, ReasonNeeded
from graph.model import label_of
from graph.reading.answer import Answer
from graph.reading.areas import AREAS_OF_BODIES, AreaTree, areas_without_overlap, profile_of, require_area
from graph.reading.findings.cut import Cut
from graph.reading.findings.find import find_cuts
from graph.reading.graph import Graph
from graph.reading.places import read_places
from graph.reading.rows import row_as, rows_as
from graph.rules.check import shown_rows
from graph.rules.runs import Run, find_rule, plan_runs
from graph.rules.sentences import explain_rows
from graph.store import Row

GAPS = ("fail", "not_possible")
"""Verdicts of a rule that need a candidate."""
SURPLUS = frozenset({"above_max"})
"""Findings that adding a person does not fix."""
GROUPS = ("free", "unconfirmed", "blocked")
COUNTED = (*GROUPS[:-1], "other", GROUPS[-1])
"""The numbers of a gap, from the best group to the worst."""


async def find_candidates(
    graph: Graph,
    *,
    area: str | None = None,
    rule: str | None = None,
    subject: str | None = None,
    as_of: date | None = None,
) -> Answer[Candidates]:
    """Who could fill the gaps (fail, not_possible) of the promotion rules that are switched on.

    `free`, `unconfirmed` and `blocked` count persons whose appointment alone mends the gap, `other`
    further ones; `closes` of a candidate says whether the post alone mends it. `rule` is a name or
    a code, `subject` the subject of a rule's row. Raises `NotFound`, `BadParameter`.
    """
    day = graph.day(as_of)
    tree = await require_area(graph, area, day)
    fillers = find_fillers(graph)
    withheld = sorted({q.name for q in fillers.values() if not graph.viewer.gives(q.header.tells)})
    if rule is not None:
        fillers = {c: q for c, q in fillers.items() if c == _promotion(graph, rule, fillers)}
        if not graph.viewer.gives(any(q.header.tells for q in fillers.values())):
            raise ReasonNeeded("rule")
    fillers = {c: q for c, q in fillers.items() if q.name not in withheld}
    places = await _places(graph, tree, subject, day)
    scopes = places if area is None else [area]
    wanted = {q.name for q in graph.catalogue.folder("rules") if q.rule.code in fillers}
    runs = plan_runs(graph, tree, scopes, day, wanted)
    _, cuts = await find_cuts(graph, [run.ask for run in runs])
    found = _gaps(runs, cuts, subject)
    asked = _statements(graph, runs, [*found.values()], fillers, day)
    version, pools = await graph.read_facts([*asked.values()])
    by_run = dict(zip(asked, pools, strict=True))
    data = await _explained(graph, tree, found, by_run, fillers)
    parameters = {"area": area, "rule": rule, "subject": subject, "as_of": day}
    profile = profile_of(graph, tree, area).name if area else None
    queries = [*{r.query.name: r.query for r in runs}.values(), *fillers.values()]
    return Answer(
        data, graph.stamp(queries, parameters, version, len(data["rows"]), profile=profile, withheld=withheld)
    )


def find_fillers(graph: Graph) -> dict[str, Query]:
    """The file that fills the gaps of each rule, by the rule's code."""
    return {code: query for query in graph.catalogue.folder("candidates") for code in query.candidates.fills}


def _promotion(graph: Graph, rule: str, fillers: Mapping[str, Query]) -> str:
    """The code of a rule whose gaps can be filled; raises `NotFound`, `BadParameter`."""
    code = find_rule(graph, rule).rule.code
    if code not in fillers:
        known = ", ".join(sorted(fillers))
        raise BadParameter(
            f"规则 {rule} 没有人选查询；可用：{known}。",
            f"no candidates can be proposed for rule {rule}; rules with candidates: {known}.",
            subject="rule",
        )
    return code


async def _places(graph: Graph, tree: AreaTree, subject: str | None, day: date) -> list[str | None]:
    """The areas to check: those of the subject, none inside another; else every loaded place.

    Raises `NotFound` for an unknown subject.
    """
    everywhere: list[str | None] = [p.area for p in await read_places(graph)]
    if subject is None:
        return everywhere
    if subject in tree:
        return [subject]
    try:
        label = label_of(subject)
    except BadParameter:
        label = ""
    query = graph.catalogue[AREAS_OF_BODIES]
    given: dict[str, Any] = {"as_of": day, "persons": [], "bodies": []}
    given["persons" if label == "Person" else "bodies"] = [subject]
    exists = f"MATCH (n:{label or 'Area'} {{id: $id}}) RETURN n.id AS id"
    asked = [Select(exists, {"id": subject}, ()), query.select(query.bind(given, today=day))]
    _, (nodes, rows) = await graph.read(asked)
    if not nodes:
        raise NotFound(
            f"没有编号为 {subject} 的对象。", f"there is nothing with the id {subject}.", subject="subject"
        )
    areas = {row["area"] for row in rows}
    if not areas or None in areas:
        return everywhere
    return areas_without_overlap(areas, tree)


def _gaps(runs: Sequence[Run], cuts: Sequence[Cut], subject: str | None) -> dict[str, tuple[Run, Row]]:
    """By finding: the rows that need a candidate, each with its run."""
    found: dict[str, tuple[Run, Row]] = {}
    for run, cut in zip(runs, cuts, strict=True):
        for row in run.judge(cut.rows()):
            asked = subject in (None, row["subject"]) and row["verdict"] in GAPS
            if asked and not SURPLUS & set(row.get("findings") or []):
                found.setdefault(row["finding"], (run, row))
    return found


def _statements(
    graph: Graph,
    runs: Sequence[Run],
    found: Sequence[tuple[Run, Row]],
    fillers: Mapping[str, Query],
    day: date,
) -> dict[str, Select]:
    """By key: for every run with gaps, the file that fills them, as the profile sets the rule."""
    asked: dict[str, Select] = {}
    for run in runs:
        subjects = {row["subject"] for of, row in found if of is run}
        if not subjects:
            continue
        query = fillers[run.query.rule.code]
        given: dict[str, Any] = {"as_of": day, "area": run.area}
        if len(subjects) == 1:
            given["subject"] = next(iter(subjects))
        declared = {p.name for p in query.parameters}
        params = {n: v for n, v in run.applied.params.items() if n in declared}
        asked[_key(run)] = query.select(graph.bind_known(query, given, params))
    return asked


def _key(run: Run) -> str:
    return f"{run.query.name}@{run.area}"


def fits(gap: Row, candidate: Row) -> bool:
    """Whether a candidate is one for this gap: the same subject, and the bodies that it names."""
    if candidate["subject"] != gap["subject"]:
        return False
    if gap.get("branch") and gap.get("committee"):
        ends = {candidate["body"], candidate["from_body"]}
        return ends == {gap["branch"], gap["committee"]}
    return "body" not in gap or gap["body"] == candidate["from_body"]


def group_of(candidate: Row) -> str:
    """Free, unconfirmed or blocked."""
    if candidate["blocked_by"]:
        return "blocked"
    return "unconfirmed" if candidate["unconfirmed"] else "free"


async def _explained(
    graph: Graph,
    tree: AreaTree,
    found: Mapping[str, tuple[Run, Row]],
    pools: Mapping[str, list[Row]],
    fillers: Mapping[str, Query],
) -> Candidates:
    """Gaps and candidates, masked, named and explained."""
    gaps: list[Row] = []
    rows: list[Row] = []
    by_subject = {key: _by_subject(pool) for key, pool in pools.items()}
    for run, gap in found.values():
        pool = by_subject.get(_key(run), {}).get(gap["subject"], [])
        fitting = [c for c in pool if fits(gap, c)]
        query = fillers[gap["code"]]
        shown = graph.viewer.rows(query.columns, fitting)
        head = {n: gap[n] for n in ("rule", "code", "title", "title_zh", "profile", "finding")}
        rows += [{**head, "rank": n, **row} for n, row in enumerate(shown, start=1)]
        (shown_gap,) = shown_rows(graph, run.query, [gap], tree)
        gaps.append({**shown_gap, "bars": _bars(fitting), **_counted(fitting)})
    await explain_rows(graph, gaps)
    words = await read_words(graph, rows)
    rows = [{**row, "area_name": tree.name(row["area"]), **words.of(row)} for row in rows]
    return {"gaps": [_summed(gap, words) for gap in gaps], "rows": rows_as(CandidateRow, rows)}


def _by_subject(pool: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in pool:
        found.setdefault(row["subject"], []).append(row)
    return found


def _counted(fitting: Sequence[Row]) -> dict[str, int]:
    """Persons of each group; who may take several posts counts in the best.

    Who alone mends nothing counts as `other`, unless barred.
    """
    best: dict[str, str] = {}
    for row in fitting:
        group = group_of(row)
        if not row["closes"] and group != GROUPS[-1]:
            group = "other"
        groups = (group, best.get(row["candidate"], GROUPS[-1]))
        best[row["candidate"]] = min(groups, key=COUNTED.index)
    counts = Counter(best.values())
    return {group: counts[group] for group in COUNTED}


def _bars(fitting: Sequence[Row]) -> Counter[str]:
    """How many persons each rule bars, of those whom something bars from every post."""
    free = {r["candidate"] for r in fitting if not r["blocked_by"]}
    pairs = {(c, r["candidate"]) for r in fitting for c in r["blocked_by"]}
    return Counter(code for code, person in sorted(pairs) if person not in free)


def _summed(gap: Row, words: Words) -> CandidateGap:
    """A gap with its numbers and its sentence."""
    whole = {**gap, **words.summary(gap, gap["bars"])}
    return row_as(CandidateGap, {name: whole[name] for name in CandidateGap.__annotations__})
