"""The list of gaps, and one gap in full: what is missing, whom it concerns, who could close it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from graph.coverage.closers import closers_of, find_closers
from graph.coverage.gap_rules import fillable, judge_rules
from graph.coverage.read import STATES, DayReading, Dimension, given_queries, read_coverage
from graph.coverage.shapes import Concerned, GapHead, GapRow, GapShape
from graph.errors import BadParameter, Forbidden, NotFound
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.masking import is_withheld
from graph.reading.names import BATCH, add_names
from graph.reading.open_dates import with_known_starts
from graph.reading.rows import rows_as
from graph.reading.snapshot import ask_once
from graph.rules.runs import find_rule, withheld_rules
from graph.rules.sentences import explain_missing
from graph.store import Row

SUBJECT_AREAS = "subject_areas"
"""The file that finds the places of subjects."""
MAX_CLOSERS = 50
WITHHELD = ("个人信息的登记", "records of personal data")
"""Shown in place of a missing item that the viewer may not see."""
_SHARED = ("subject", "area", "state", "since", "since_known", "missing", "evidence")
"""The columns that every dimension has."""


async def find_gaps(
    graph: Graph,
    *,
    area: str | None = None,
    dimension: str | None = None,
    state: str = "gap",
    as_of: date | None = None,
) -> Answer[list[GapRow]]:
    """The subjects in one state, by default the gaps.

    `rules` are the codes of the rules that a gap touches. `households` are those of its places, null
    where one is not recorded. The dimension's own columns follow. Raises `NotFound`, `BadParameter`.
    """
    if state not in STATES:
        words = ", ".join(STATES)
        raise BadParameter(f"state 应为：{words}。", f"state is one of {words}.", subject="state")
    day = graph.day(as_of)

    async def ask(graph: Graph) -> Answer[list[GapRow]]:
        reading = await read_coverage(graph, area, dimension, day)
        data: list[Row] = []
        for dim, found in zip(reading.dimensions, reading.rows, strict=True):
            kept = [r for r in found if r["state"] == state]
            homes = await _households(graph, {_subject_place(r) for r in kept}, day)
            rows = [{**r, "rules": list(dim.rules), "households": homes.get(_subject_place(r))} for r in kept]
            masked = with_known_starts(graph.viewer.rows(dim.query.columns, rows))
            data += [{**dim.head, **row} for row in masked]
        for row in data:
            row["area_name"] = reading.tree.name(row["area"])
        await add_names(graph, data, "subject")
        parameters = {"area": area, "dimension": dimension, "state": state, "as_of": day}
        stamp = graph.stamp(
            reading.queries,
            parameters,
            reading.version,
            len(data),
            profile=reading.profile.name,
            withheld=reading.withheld,
        )
        return Answer(rows_as(GapRow, data), stamp)

    return await ask_once(graph, ask)


async def describe_gap(
    graph: Graph,
    dimension: str,
    subject: str,
    *,
    as_of: date | None = None,
    minutes: float | None = None,
    metres: float | None = None,
    limit: int = 5,
) -> Answer[GapShape]:
    """Everything about one subject of a dimension.

    * `more`: what the dimension's file adds;
    * `candidates`: the parameters with which `/candidates` proposes persons;
    * `closers`: nearest first, at most `limit` of each kind, each with its path.

    `minutes` (on foot) and `metres` (straight line) bound what is near. Raises `NotFound` for a
    subject that the dimension does not have on the day, `BadParameter`, and `Forbidden` for a
    dimension whose subjects are persons, unless personal data is shown.
    """
    if not 1 <= limit <= MAX_CLOSERS:
        raise BadParameter(
            f"limit 应在 1 到 {MAX_CLOSERS} 之间。",
            f"limit must be from 1 to {MAX_CLOSERS}.",
            subject="limit",
        )
    day = graph.day(as_of)
    (query,), _ = given_queries(graph, dimension)
    if not graph.viewer.personal and any(c.name == "subject" and c.flag for c in query.columns):
        raise Forbidden(
            f"{query.header.title_zh}以人员为对象，个人信息已屏蔽，不能逐人查询。",
            f"the subjects of {dimension} are persons, and personal data is withheld.",
            subject="dimension",
        )

    async def ask(graph: Graph) -> Answer[GapShape]:
        place = subject.partition("#")[0]
        places = (await _places_of(graph, [place], day)).get(place, [])
        # Any of its areas will do: the subject is in the answer for each. Without one, everywhere.
        area = places[0]["area"] if places else None
        reading = await read_coverage(graph, area, dimension, day)
        row = _row_of(reading, subject)
        dim = reading.dimensions[0]
        closers, used = await find_closers(
            graph, dim.name, place, day, minutes=minutes, metres=metres, limit=limit
        )
        rules, judged = await judge_rules(graph, reading, dim.rules, {subject, place})
        data: GapShape = {
            **await _described(graph, reading, dim, row),
            "concerns": _concerns(place, places),
            "rules": rules,
            "candidates": [{"rule": code, "subject": place} for code in fillable(graph, dim.rules)],
            "closers": closers,
        }
        queries = [dim.query, *judged, *used]
        withheld = withheld_rules(graph, {find_rule(graph, code).name for code in dim.rules})
        withheld += [q.name for q in closers_of(graph, dim.name) if q not in used]
        parameters = {
            "area": row["area"],
            "dimension": dimension,
            "subject": subject,
            "minutes": minutes,
            "metres": metres,
            "limit": limit,
            "as_of": day,
        }
        stamp = graph.stamp(
            queries, parameters, reading.version, 1, profile=reading.profile.name, withheld=withheld
        )
        return Answer(data, stamp)

    return await ask_once(graph, ask)


def _row_of(reading: DayReading, subject: str) -> Row:
    for row in reading.rows[0]:
        if row["subject"] == subject:
            return row
    dim = reading.dimensions[0]
    raise NotFound(
        f"{reading.day} 的“{dim.query.header.title_zh}”中没有对象 {subject}。",
        f"dimension {dim.name} has no subject {subject} on {reading.day}.",
        subject="subject",
    )


async def _described(graph: Graph, reading: DayReading, dim: Dimension, row: Row) -> GapHead:
    """The subject, its state, and the sentence that says what is missing."""
    (shown,) = with_known_starts(graph.viewer.rows(dim.query.columns, [row]))
    await add_names(graph, [shown], "subject")
    items = [item for item in shown["missing"] if not is_withheld(item)]
    words = await explain_missing(graph, items)
    missing = [words.get(item, WITHHELD) for item in shown["missing"]]
    name = shown["subject_name"] or shown["subject"]
    zh, en = _sentence(dim, row["state"], name, missing)
    return {
        **dim.head,
        "subject": shown["subject"],
        "subject_name": shown["subject_name"],
        "area": shown["area"],
        "state": shown["state"],
        "area_name": reading.tree.name(row["area"]),
        "sentence_zh": zh,
        "sentence_en": en,
        "since": shown["since"],
        "since_known": shown["since_known"],
        "missing": shown["missing"],
        "missing_zh": [m[0] for m in missing],
        "missing_en": [m[1] for m in missing],
        "evidence": shown["evidence"],
        "more": {n: v for n, v in shown.items() if n not in (*_SHARED, "subject_name")},
    }


def _sentence(dim: Dimension, state: str, name: str, missing: Collection[tuple[str, str]]) -> tuple[str, str]:
    header = dim.query.header
    if state == "gap":
        return (
            f"{header.reason_zh.replace('{subject}', name)}。",
            f"{header.reason.replace('{subject}', name)}.",
        )
    titles = f"“{name}”{header.title_zh}", f"{name}: {header.title}"
    if state == "covered":
        return f"{titles[0]}：已覆盖。", f"{titles[1]}: covered."
    zh, en = ("、".join(m[0] for m in missing), ", ".join(m[1] for m in missing))
    return f"{titles[0]}：不能判定（{zh}）。", f"{titles[1]}: not known ({en})."


def _subject_place(row: Mapping[str, Any]) -> str:
    """The subject without what follows `#` (which pair of bodies of the place is meant)."""
    return str(row["subject"]).partition("#")[0]


async def _places_of(graph: Graph, subjects: Collection[str], day: date) -> dict[str, list[Row]]:
    """By subject: the places it concerns, with their households and lowest area."""
    query = graph.catalogue[SUBJECT_AREAS]
    # A person's home is looked up only for callers who may see it; other places are no secret.
    ids = sorted(s for s in subjects if graph.viewer.gives(query.header.tells) or not _is_person(s))
    # What may not be asked was left out above, so the rest is read as verdicts are.
    graph = graph.under(graph.viewer.judging())
    statements = [
        query.select(graph.bind_known(query, {"as_of": day}, {"subjects": ids[i : i + BATCH]}))
        for i in range(0, len(ids), BATCH)
    ]
    found: dict[str, list[Row]] = defaultdict(list)
    for rows in (await graph.read(statements))[1] if statements else []:
        for row in rows:
            found[row["subject"]].append(row)
    return found


async def _households(graph: Graph, subjects: Collection[str], day: date) -> dict[str, int | None]:
    places = await _places_of(graph, subjects, day)
    return {s: _concerns(s, rows)["households"] for s, rows in places.items()}


def _is_person(subject: str) -> bool:
    return subject.startswith("p-")


def _concerns(subject: str, rows: Collection[Row]) -> Concerned:
    """The places of a subject and their households; households are not given for persons."""
    if _is_person(subject):
        return {"places": [], "households": None}
    known = [row["households"] for row in rows]
    total = None if not known or None in known else sum(known)
    return {"places": [row["place"] for row in rows], "households": total}
