"""The closing plan of an area: read, chosen, written step by step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import get_args

from graph.coverage.plan.choose import Invitation, OpenNeed, Progress, choose
from graph.coverage.plan.shapes import OpenCount, OpenCounts, Planned, PlanShape, Reach
from graph.coverage.plan.steps import PlanWords, States
from graph.coverage.read import read_coverage, read_frame
from graph.coverage.shapes import State
from graph.errors import BadParameter
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.store import Row

REACH = get_args(Reach)
QUERIES = ("needs_to_match", "units_to_invite", "resource_room")


async def find_plan(
    graph: Graph,
    area: str,
    *,
    reach: Reach = "subdistrict",
    amount: float = 1.0,
    unknown_room: int = 1,
    as_of: date | None = None,
    progress: Progress = lambda done, total: None,
) -> Answer[PlanShape]:
    """Invitations and matches that close the most gaps of an area, each step with its effect.

    `amount` is what one match takes of a resource, in the unit of its capacity; a resource
    without a known capacity, or with uses that do not say how much they take, meets
    `unknown_room` needs more. `before` and `closed` count gaps and
    unknowns of resource_match and big_committee; `left` is what no plan can close, with the
    reason. Raises `NotFound`, `BadParameter`.
    """
    if reach not in REACH:
        words = ", ".join(REACH)
        raise BadParameter(f"reach 应为：{words}。", f"reach is one of {words}.", subject="reach")
    if amount <= 0 or unknown_room < 0:
        raise BadParameter(
            "amount 应大于 0，unknown_room 不应小于 0。",
            "amount is above 0, unknown_room is not below 0.",
            subject="amount",
        )
    day = graph.day(as_of)
    states = await _states(graph, area, day)
    given = {"area": area, "as_of": day, "reach": reach}
    queries = [graph.catalogue[name] for name in QUERIES]
    version, (needs, units, rooms) = await graph.read([q.select(graph.bind_known(q, given)) for q in queries])
    resources = {row["resource"]: row for row in rooms}
    room = {r: _room(row, amount, unknown_room) for r, row in resources.items()}
    gaps, others = _needs(needs, resources, states)
    invitations = [_invitation(row, states) for row in units]
    choice = choose(gaps, others, invitations, room, progress)
    plan_words = PlanWords(needs, units, resources, states)
    data: PlanShape = {
        "steps": plan_words.steps(choice),
        "before": _counts(states),
        "closed": _counts({key: states[key] for key in plan_words.closed(choice)}),
        "left": plan_words.left(choice, gaps),
    }
    parameters = {**given, "amount": amount, "unknown_room": unknown_room}
    return Answer(data, graph.stamp(queries, parameters, version, len(data["steps"])))


async def _states(graph: Graph, area: str, day: date) -> dict[tuple[Planned, str], State]:
    """What is not covered, by dimension and subject. Raises `NotFound`."""
    frame = await read_frame(graph, area, day)
    found: dict[tuple[Planned, str], State] = {}
    for dimension in get_args(Planned):
        reading = await read_coverage(graph, area, dimension, day, frame)
        found |= {
            (dimension, row["subject"]): row["state"] for row in reading.rows[0] if row["state"] != "covered"
        }
    return found


def _counts(states: States) -> OpenCounts:
    """Gaps and unknowns of each dimension."""
    counted = Counter((dimension, state) for (dimension, _), state in states.items())

    def of(dimension: Planned) -> OpenCount:
        return {"gap": counted[dimension, "gap"], "unknown": counted[dimension, "unknown"]}

    return {"resource_match": of("resource_match"), "big_committee": of("big_committee")}


def _room(row: Row, amount: float, unknown_room: int) -> int:
    """How many more needs a resource can meet."""
    if row["capacity"] is None or not row["use_known"]:
        return unknown_room
    return max(0, int((row["capacity"] - row["used"]) // amount))


def _needs(
    rows: Sequence[Row], resources: Mapping[str, Row], states: States
) -> tuple[list[OpenNeed], list[OpenNeed]]:
    """Needs that are not covered, and the others; without those that do not say what they want."""
    by_category: dict[str, set[str]] = {}
    for resource, row in resources.items():
        by_category.setdefault(row["category"], set()).add(resource)
    gaps: list[OpenNeed] = []
    others: list[OpenNeed] = []
    for row in rows:
        wanted = frozenset().union(*(by_category.get(c, set()) for c in row["wanted"] or ()))
        need = OpenNeed(row["need"], frozenset(row["resources"]), frozenset(row["committees"]), wanted)
        (gaps if ("resource_match", need.id) in states else others).append(need)
    return gaps, others


def _invitation(row: Row, states: States) -> Invitation:
    fills = row["community"] if ("big_committee", row["community"]) in states else None
    return Invitation(
        row["unit"],
        row["committee"],
        frozenset(row["resources"]),
        fills if row["near"] else None,
        row["near"],
    )
