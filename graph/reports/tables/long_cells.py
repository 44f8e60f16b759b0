"""What is longer than a cell of Excel: whole items in the cell, a mark, and all of it elsewhere.

A cell holds 32,767 UTF-16 units and 253 line ends. Nothing is cut inside of an item, and what a
cell leaves out is listed in a sheet of its own, an item a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LONG_SHEET = "完整内容"
MOST_UNITS, MOST_ITEMS = 32_000, 250
"""A little less than Excel's own limits: there is a mark behind them."""
COVER_ITEM = "放不下的单元格"
COVER_WORD = (
    f"有的单元格放不下全部内容，末尾已注明；全部内容见“{LONG_SHEET}”表，一项一行 / "
    f'some cells are marked as cut; the sheet "{LONG_SHEET}" has all of them, an item a row'
)


@dataclass(frozen=True)
class LongCell:
    """A cell that cannot hold its content: where it is, whose row it is in, and all its items."""

    sheet: str
    row: int
    heading: str
    key: str
    items: tuple[str, ...]


def is_long(items: Sequence[str]) -> bool:
    """Whether items, a line each, are too much for one cell."""
    return len(items) > MOST_ITEMS or _units("\n".join(items)) > MOST_UNITS


def in_cell(items: Sequence[str]) -> str:
    """The first of the items that a cell can hold, and the mark that says where all of them are."""
    kept: list[str] = []
    room = MOST_UNITS
    for item in items[:MOST_ITEMS]:
        room -= _units(item) + 1
        if room < 0:
            break
        kept.append(item)
    mark = f"…（共 {len(items)} 项，全部见“{LONG_SHEET}”表 / {len(items)} in all, see that sheet）"
    return "\n".join([*kept, mark])


def pieces(text: str) -> list[str]:
    """A text in parts that fit into a cell each; one part if it fits as it is."""
    if _units(text) <= MOST_UNITS:
        return [text]
    size = MOST_UNITS // 2  # a character is at most two units
    return [text[i : i + size] for i in range(0, len(text), size)]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
