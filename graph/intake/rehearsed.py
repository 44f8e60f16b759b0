"""The task of the process that checks a sheet of appointments: what its rows bring, and the marked copy."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from typing_extensions import TypedDict

from graph.appointments.proposal import ProposalRejected
from graph.appointments.rehearse import rehearse
from graph.appointments.sheets.marked import marked_sheet
from graph.appointments.sheets.read import Sheeted, SheetRejected, read_changes, say_problems
from graph.errors import BadParameter
from graph.intake.bounds import ABROAD, viewer_of
from graph.intake.kept import MARKED
from graph.intake.order import Order
from graph.loading.excel.bounds import BadWorkbook
from graph.reading.graph import Graph
from graph.reading.wiring import open_graph


class RehearsedShape(TypedDict):
    """任免方案表的核查结果。 What a sheet of appointments would change; nothing was written.

    The numbers count findings that appear, disappear, change otherwise and stay. `proposal` is what the rows
    say, as `POST /appointments` takes it. `personal`: whether the marked copy holds personal data.
    """

    rows: int
    appear: int
    disappear: int
    changed: int
    stay: int
    personal: bool
    proposal: dict[str, Any]


async def rehearse_sheet(order: Order, day: date | None) -> RehearsedShape:
    """Rehearse all rows together and write the marked copy, also where the sheet is refused.

    Raises `SheetRejected` with a finding at each cell that is wrong, `BadParameter` for what is no sheet.
    """
    path = Path(order.path)
    async with open_graph(order.settings_of(), today=lambda: order.today) as graph:
        viewer = await viewer_of(graph, order)
        try:
            found, answer = await _rehearsed(graph.under(viewer), path, day)
        except BadWorkbook as error:
            raise BadParameter(
                f"{order.name}：{error.zh}。", f"{order.name}: {error.en}.", subject="name"
            ) from None
        except SheetRejected as error:
            order.file(MARKED).write_bytes(marked_sheet(path, error.found, None, error.found.findings))
            raise
    effects = viewer.withhold(answer)
    order.file(MARKED).write_bytes(marked_sheet(path, found, effects))
    assert found.proposal is not None
    return {
        "rows": len(found.lines),
        "appear": len(answer["appear"]),
        "disappear": len(answer["disappear"]),
        "changed": len(answer["changed"]),
        "stay": len(answer["stay"]),
        "personal": order.personal,
        "proposal": found.proposal.model_dump(mode="json", exclude_none=True),
    }


async def _rehearsed(graph: Graph, path: Path, day: date | None) -> tuple[Sheeted, Any]:
    found = await read_changes(graph, path, day)
    assert found.proposal is not None
    for line, change in zip(found.lines, found.proposal.changes, strict=True):
        for name in ("person", "body", "post"):
            id_ = getattr(change, name, None)
            if id_ is not None and graph.viewer.withhold(id_) != id_:
                found.say(line.row, name, *ABROAD)
    if not found.findings:
        try:
            return found, (await rehearse(graph, found.proposal)).data
        except ProposalRejected as error:
            say_problems(found, error)
    raise SheetRejected(found)
