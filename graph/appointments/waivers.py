"""Waivers on their own: letting a standing finding be, and ending that."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from datetime import date

from graph.appointments.decide import Excuse
from graph.appointments.recovery import recover
from graph.appointments.shapes import WaiverShape
from graph.errors import BadParameter, EnvironmentFault, NotFound
from graph.ledger import Waiver
from graph.reading.answer import Answer
from graph.reading.areas import read_areas
from graph.reading.graph import Graph
from graph.reading.rows import row_as
from graph.rules.check import judge
from graph.rules.runs import withheld_rules


async def read_waivers(graph: Graph, as_of: date | None = None) -> Answer[list[WaiverShape]]:
    """Waivers in force on a day, or all of them: of the viewer's area, of rules that are given.

    Those of decisions left pending are kept first.
    """
    with suppress(EnvironmentFault):
        await recover(graph)
    withheld, near = withheld_rules(graph), None
    if graph.viewer.area is not None:
        near = {*(await read_areas(graph, graph.day(as_of))).below(graph.viewer.area)}
    found = [
        row_as(WaiverShape, asdict(w))
        for w in await graph.ledger.waivers(as_of)
        if w.rule not in withheld and (near is None or w.area in near)
    ]
    parameters = {"as_of": as_of} if as_of else {}
    return Answer(found, graph.stamp([], parameters, await graph.version(), len(found), withheld=withheld))


async def waive(graph: Graph, excuse: Excuse, decided_by: str, since: date | None) -> Answer[WaiverShape]:
    """Keep a waiver for a finding that stands on the day from which it holds (default: today).

    Raises `NotFound` if there is no such finding then, `BadParameter` if `until` is not later.
    """
    day = graph.day(since)
    if excuse.until <= day:
        raise BadParameter(f"until 应晚于 {day}。", f"until must be later than {day}.", subject="until")
    code = excuse.finding.partition(":")[0]
    judged = await judge(graph, rule=code, as_of=day)
    standing = (r for r in judged.rows if r["verdict"] == "fail")
    row = next((r for r in standing if r["finding"] == excuse.finding), None)
    if row is None:
        raise NotFound(
            f"{day} 没有这一项不符合：{excuse.finding}。",
            f"there is no such finding on {day}: {excuse.finding}.",
            subject="finding",
        )
    waiver = Waiver(excuse.finding, row["rule"], row["area"], excuse.reason, decided_by, day, excuse.until)
    (kept,) = await graph.ledger.waive([waiver])
    return Answer(row_as(WaiverShape, asdict(kept)), judged.stamp)


async def end_waiver(graph: Graph, id_: str, until: date | None) -> Answer[WaiverShape]:
    """End a waiver, from today on unless another day is given; raises `NotFound`."""
    ended = await graph.ledger.end_waiver(id_, graph.day(until))
    stamp = graph.stamp([], {}, await graph.version(), 1)
    return Answer(row_as(WaiverShape, asdict(ended)), stamp)
