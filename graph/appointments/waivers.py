"""Waivers on their own: letting a standing finding be, and ending that."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from datetime import date

from graph.appointments.decide import Excuse
from graph.appointments.recovery import recover
from graph.errors import BadParameter, EnvironmentFault, NotFound
from graph.ledger import Waiver
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.rules.check import check_rules


async def read_waivers(graph: Graph, as_of: date | None = None) -> Answer:
    """Waivers in force on a day, or all of them; those of decisions left pending are kept first."""
    with suppress(EnvironmentFault):
        await recover(graph)
    found = [asdict(w) for w in await graph.ledger.waivers(as_of)]
    parameters = {"as_of": as_of} if as_of else {}
    return Answer(found, graph.stamp([], parameters, await graph.version(), len(found)))


async def waive(graph: Graph, excuse: Excuse, decided_by: str, since: date | None) -> Answer:
    """Keep a waiver for a finding that stands on the day from which it holds (default: today).

    Raises `NotFound` if there is no such finding then, `BadParameter` if `until` is not later.
    """
    day = since or graph.today()
    if excuse.until <= day:
        raise BadParameter(f"until 应晚于 {day}。", f"until must be later than {day}.", subject="until")
    code = excuse.finding.partition(":")[0]
    answer = await check_rules(graph, rule=code, verdict="fail", as_of=day, explain=False)
    row = next((r for r in answer.data if r["finding"] == excuse.finding), None)
    if row is None:
        raise NotFound(
            f"{day} 没有这一项不符合：{excuse.finding}。",
            f"there is no such finding on {day}: {excuse.finding}.",
            subject="finding",
        )
    waiver = Waiver(excuse.finding, row["rule"], row["area"], excuse.reason, decided_by, day, excuse.until)
    (kept,) = await graph.ledger.waive([waiver])
    return Answer(asdict(kept), answer.stamp)


async def end_waiver(graph: Graph, id_: str, until: date | None) -> Answer:
    """End a waiver, from today on unless another day is given; raises `NotFound`."""
    ended = await graph.ledger.end_waiver(id_, until or graph.today())
    return Answer(asdict(ended), graph.stamp([], {}, await graph.version(), 1))
