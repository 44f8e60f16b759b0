"""What a row says is not there: 否 under 是否成立业委会, 无 for a name."""

from __future__ import annotations

import re
from dataclasses import replace

from graph.loading.cells import BadCell
from graph.loading.register.reading import Reading, Row, Said
from graph.loading.register.values import (
    PENDING,
    YES,
    is_absent,
    is_managed,
    plain,
    read_truth,
    says_no,
    without_brackets,
)

LONGEST_YES = 3
"""Characters of 已成立: what is longer in a column 业委会 is its name."""


def absent_things(reading: Reading, row: Row) -> list[str]:
    """The things of which the row says that there is none."""
    found = []
    for role, thing in reading.kind.things.items():
        _say_whether(reading, row, role)
        for cell in row.pop(f"{role}.exists", ()):
            try:
                # 已成立（第二届） says no more than 已成立 does.
                if read_truth(without_brackets(str(cell.text))):
                    row[f"{role}."] = [cell]
                else:
                    found.append(role)
            except BadCell as bad:
                # A column 业委会 has its name in some places, 是 and 否 in others.
                if len(plain(str(cell.text))) > LONGEST_YES:
                    row.setdefault(f"{role}.name", []).append(cell)
                else:
                    reading.bad(bad, cell)
        modes = [mode for cell in row.get(f"{role}.name", ()) if (mode := _mode(cell)) is not None]
        if thing.absent and modes:
            # 业主自管 in the column of the firm is how the property is managed, and no firm.
            row.setdefault(f"{thing.absent}.mode", modes)
            del row[f"{role}.name"]
        if any(is_absent(without_brackets(str(cell.text))) for cell in row.get(f"{role}.name", ())):
            del row[f"{role}.name"]
            # Where the community runs the property there is no firm, and a project all the same.
            if not any(is_said(cell) for cell in row.get(f"{thing.absent}.mode", ())):
                found.append(thing.absent or role)
    return found


def _say_whether(reading: Reading, row: Row, role: str) -> None:
    """有 or 筹建中 in a column for names is no name: the first says that there is one, the second neither."""
    if f"{role}.exists" not in reading.kind.columns:
        return
    for cell in row.get(f"{role}.name", ())[:1]:
        text = without_brackets(str(cell.text))
        if text in YES or PENDING.fullmatch(text):
            del row[f"{role}.name"]
            if text in YES:
                row.setdefault(f"{role}.exists", [cell])
            else:
                zh = "看不出现在有没有；已有的写名称或“有”，没有的写“无”"
                reading.bad(BadCell(zh, "is there one by now? write its name, 有, or 无"), cell)


def _mode(cell: Said) -> Said | None:
    """How the property is managed where the cell for the firm says that: 业主自管, 无（社区代管）."""
    text = str(cell.text)
    if is_managed(text):
        return cell
    aside = re.fullmatch(r"[^（()）]*[（(]([^（()）]*)[)）]", text.strip())
    if aside is None or not is_absent(without_brackets(text)) or not is_managed(aside[1]):
        return None
    return replace(cell, text=aside[1])


def is_said(cell: Said) -> bool:
    """Whether a cell says that something is there."""
    return not says_no(str(cell.text))
