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
