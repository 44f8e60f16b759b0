"""Terms and contracts that end soon, as a calendar; from the catalogue's `terms_ending`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from graph.errors import BadParameter
from graph.model import EDGES, NODES
from graph.model.precision import MARKS, shown_day
from graph.reading.answer import Answer
from graph.reading.areas import require_area
from graph.reading.graph import Graph
from graph.reading.names import read_names
from graph.reading.rows import rows_as
from graph.reports.shapes import CalendarRow
from graph.reports.words import role_word
from graph.store import Row

DAYS, MOST_DAYS = 90, 3660


async def read_calendar(
    graph: Graph, *, days: int = DAYS, area: str | None = None, as_of: date | None = None
) -> Answer[list[CalendarRow]]:
    """What ends within some days; rows ordered by the day.

    Raises `NotFound`, `BadParameter`.
    """
    if not 1 <= days <= MOST_DAYS:
        raise BadParameter(f"days 应为 1 至 {MOST_DAYS}。", f"days is from 1 to {MOST_DAYS}.", subject="days")
    day = graph.day(as_of)
    await require_area(graph, area, day)
    query = graph.catalogue["terms_ending"]
    answer = await graph.ask(query, {"days": days, "area": area, "as_of": day})
    rows = [_entry(row) for row in answer.data]
    ids = {row[k] for row in rows for k in ("person", "place") if row[k]}
    names = await read_names(graph, ids)
    for row in rows:
        for key in ("person", "place"):
            row[f"{key}_name"] = names.get(row[key] or "", {}).get("name")
    return Answer(rows_as(CalendarRow, rows), replace(answer.stamp, rows=len(rows)))


def _entry(row: Row) -> Row:
    """What ends, of which body, and whose or where it is."""
    kind, ends_on = row["type"], row["ends_on"]
    last_day = ends_on - timedelta(days=1)
    start, _, rest = row["subject"].partition("~")
    ends = [start, *rest.split("~")[1:]]
    post, served = kind == "HOLDS_POST", kind == "SERVES"
    role = ends[2] if post else None
    return {
        "month": f"{last_day:%Y-%m}",
        "ends_on": ends_on,
        "last_day": last_day,
        "written": shown_day({"until": ends_on, MARKS: [f"until:{row['precision']}"]}, "until")
        if row["precision"] != "day"
        else str(last_day),
        "days_left": row["days_left"],
        "subject": row["subject"],
        "kind": kind,
        "kind_zh": "物业合同" if served else EDGES[kind].zh if post else f"{NODES[kind].zh}任期",
        "kind_en": "property contract" if served else EDGES[kind].en if post else f"term of {NODES[kind].en}",
        "body": ends[1] if post else start,
        "name": row["name"],
        "person": start if post else None,
        "role": role,
        "role_zh": role_word(role),
        "place": ends[1] if served else None,
        "missing": row["missing"],
    }
