"""The task of the process that gives a register back: what the caller may see, and the file."""

from __future__ import annotations

from pathlib import Path

from graph.errors import BadParameter
from graph.intake.back.give import give_back
from graph.intake.back.shapes import GivenShape
from graph.intake.bounds import viewer_of
from graph.intake.kept import GIVEN
from graph.intake.order import Order, RegisterOrder
from graph.loading.register.taking import sheets_of, take_form
from graph.reading.wiring import open_graph


async def write_given(order: Order) -> GivenShape:
    """Write the register that was handed in, with what the caller may see of the graph beside its rows."""
    register, settings = order.register or RegisterOrder(), order.settings_of()
    if register.place is None:
        raise no_place()
    sheets = sheets_of(Path(order.path))
    _, form, proposals = take_form(sheets, settings.data_dir, register.kind, register.form, register.columns)
    async with open_graph(settings, today=lambda: order.today) as graph:
        viewer = await viewer_of(graph, order)
        given = await give_back(
            graph.under(viewer),
            Path(order.path),
            form=form,
            proposals=proposals,
            place=register.place,
            as_of=register.on or order.today,
        )
    order.file(GIVEN).write_bytes(given.content)
    return given.counts


def no_place() -> BadParameter:
    """The error of a register whose place is not given."""
    return BadParameter(
        "请说明是哪里的台账（place）：辖区名称或编号。",
        "place is missing: an area by name or id.",
        subject="place",
    )
