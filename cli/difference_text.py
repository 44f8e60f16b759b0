"""What changed between two checks, in words on the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from cli.output import console, make_table, stamp_line
from graph.labels import headings
from graph.model.words import CAUSES, CHANGES
from graph.reading.answer import Answer
from graph.reading.changes import Cause
from graph.reports.shapes import DifferenceShape, ReportChangeCount, ReportChangeRow

NEW: tuple[Cause, ...] = ("occurred", "established", "appeared")
GONE: tuple[Cause, ...] = ("resolved", "obscured", "departed")
"""Why a finding is new, and why it is gone."""
COUNTS = headings(ReportChangeCount, "code", "title_zh", *NEW, *GONE, "staying", "changed")
ROWS = headings(
    ReportChangeRow,
    "change",
    "cause",
    "code",
    "title_zh",
    "severity",
    "subject_name",
    "area_name",
    "verdict_before",
    "verdict",
    "reason_zh",
    "finding",
)


def print_difference(answer: Answer[DifferenceShape]) -> None:
    """Both sides, what else differs between them, counts, rows, and a sentence that adds up."""
    data = answer.data
    for what, word in ((data["from"], "从"), (data["to"], "到")):
        run = f"核查“{what['title']}”（{what['made_by']}），" if what["kind"] == "run" else ""
        where = what["area"] or "全部地方"
        console.print(
            f"{word} {run}{what['as_of']}，{where}，数据版本 {what['data_version']}，{what['rows']} 条结论",
            highlight=False,
            markup=False,
        )
    for line in data["differs"]:
        console.print(f"注意：{line['zh']}。/ {line['en']}.", style="yellow", markup=False)
    if data["counts"]:
        console.print(make_table(data["counts"], COUNTS))
    if data["rows"]:
        console.print(make_table(data["rows"], ROWS))
    lines: list[Mapping[str, Any]] = [*data["counts"]]
    totals = Counter({k: sum(line[k] for line in lines) for k in (*CHANGES, *CAUSES)})
    why: dict[str, tuple[Cause, ...]] = {"new": NEW, "gone": GONE}
    parts = []
    for change, word in CHANGES.items():
        causes = "、".join(f"{CAUSES[c]} {totals[c]}" for c in why.get(change, ()))
        parts.append(f"{word} {totals[change]} 项" + (f"（{causes}）" if causes else ""))
    console.print(f"{'，'.join(parts)}。", highlight=False)
    console.print(stamp_line(answer.stamp), style="dim", highlight=False)
