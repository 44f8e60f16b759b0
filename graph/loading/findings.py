"""What is wrong with a delivery: findings with file, row, column, value and what was expected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from graph.errors import GraphError


@dataclass(frozen=True, order=True)
class Finding:
    """One thing to mend (error) or to look at (warning).

    `row` counts as a spreadsheet does, the header being row 1; 0 where no row is meant. In a
    workbook `sheet` names the sheet and `cell` the cell, as Excel writes it: `C7`.
    """

    file: str
    row: int
    column: str
    value: str
    zh: str
    en: str
    level: Literal["error", "warning"] = "error"
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        place = self.file
        if self.sheet:
            place += f"［{self.sheet}］{self.cell}"
        elif self.row:
            place += f" 第 {self.row} 行 / row {self.row}"
        if self.column:
            place += f" [{self.column}]"
        value = f" {self.value!r}" if self.value else ""
        return f"{place}{value}: {self.zh} / {self.en}"


MOST_MISTAKES = 50_000
"""More than anybody looks through. A delivery with more is as a rule the wrong file, or its columns moved;
reading it to its end would keep the service busy for minutes."""


class TooManyMistakes(Exception):
    """A delivery has more than `MOST_MISTAKES`: the rest is not looked at."""


def keep(findings: list[Finding], finding: Finding) -> None:
    """Add a finding; raises `TooManyMistakes` where there are more than anybody looks through."""
    findings.append(finding)
    if len(findings) > MOST_MISTAKES:
        raise TooManyMistakes


def too_many(file: str = "") -> Finding:
    """What is told in the place of the mistakes that were not looked for any more."""
    zh = f"错误已超过 {MOST_MISTAKES} 处，其余未再检查；请先看列是否对应"
    en = f"more than {MOST_MISTAKES} mistakes, the rest was not looked at: are the columns the right ones?"
    return Finding(file, 0, "", "", zh, en)


_PARTICULAR = re.compile(r"[a-z]{1,2}-\d{6}-[a-z0-9-]+|“[^”]*”|\d[\d.,-]*|[A-Z_]{4,}(?=~)|~\S+")


def kind_of(finding: Finding) -> str:
    """A finding without what is particular to one row: those of one kind have the same."""
    return _PARTICULAR.sub("…", finding.zh.partition("：")[0])


class DeliveryRejected(GraphError):
    """A delivery does not fit the model or the graph; nothing of it was written."""

    code = "delivery_rejected"

    def __init__(self, folder: str, findings: Sequence[Finding]) -> None:
        errors = [f for f in findings if f.level == "error"]
        super().__init__(
            f"{folder}：{len(errors)} 处错误，未导入任何内容。",
            f"{folder}: {len(errors)} errors, nothing was imported.",
            subject=folder,
        )
        self.findings = sorted(findings)
