"""Options that mean the same in every command."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

import typer

from graph.errors import BadParameter
from graph.model import area_id
from graph.reading.graph import Graph
from graph.reading.places import find_area

Format = Literal["table", "json", "csv"]
"""How an answer is printed."""


PlaceOption = Annotated[
    str | None, typer.Option("--place", help="地方，如 石鼓 或 shigu / place, by either name")
]
AreaOption = Annotated[str | None, typer.Option("--area", help="辖区编号 / area id")]
AsOfOption = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="统计日期，默认今天 / day the answer is for"),
]
FormatOption = Annotated[Format, typer.Option("--format", help="输出格式：表格、JSON、CSV / output format")]
PersonalOption = Annotated[
    bool, typer.Option("--show-personal", help="显示个人信息（默认屏蔽）/ show personal data")
]
DaysOption = Annotated[int, typer.Option("--days", help="今后多少天内 / how many days ahead")]


def day_of(as_of: datetime | None) -> date | None:
    """The day of an option, None for today."""
    return None if as_of is None else as_of.date()


async def area_of(graph: Graph, place: str | None, area: str | None) -> str | None:
    """The area that `--place` and `--area` mean together.

    Raises `BadParameter` when they name different areas, `NotFound` for an unknown place.
    """
    area = None if area is None else area_id(area)
    if place is None:
        return area
    found = await find_area(graph, place)
    if area is not None and area != found:
        raise BadParameter(
            f"--place {place} 与 --area {area} 不是同一辖区。",
            f"--place {place} and --area {area} are different areas.",
            subject="area",
        )
    return found


async def require_area_of(graph: Graph, place: str | None, area: str | None) -> str:
    """As `area_of`; raises `BadParameter` too where neither is given."""
    found = await area_of(graph, place, area)
    if found is None:
        zh, en = "请用 --place 或 --area 给出辖区。", "name the area by --place or --area."
        raise BadParameter(zh, en, subject="area")
    return found
