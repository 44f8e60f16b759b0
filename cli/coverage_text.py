"""Coverage in words on the terminal: changes with their causes, months as bars, one gap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from cli.options import Format
from cli.output import console, make_table, print_answer, stamp_line
from graph.coverage.shapes import (
    ChangeCounts,
    Closer,
    CloserCandidate,
    CoverageChangeCount,
    CoverageChangeRow,
    DayCount,
    GapShape,
    NewlyKnown,
    NewlyUnknown,
)
from graph.labels import headings
from graph.model import words
from graph.reading.answer import Answer

COUNTS = headings(
    CoverageChangeCount,
    "title_zh",
    "name",
    "before",
    "after",
    "newly_covered",
    "newly_gap",
    "newly_unknown",
    "gone",
    "unchanged",
)
CHANGED = headings(
    CoverageChangeRow, "title_zh", "subject", "subject_name", "area_name", "change", "cause", "since"
)
CLOSERS = {
    **headings(Closer, "title_zh"),
    **headings(CloserCandidate, "candidate", "candidate_name", "reason_zh", "path"),
}
STATES: dict[str | None, str] = {None: "—"} | dict(words.STATES)
BARS = "▁▂▃▄▅▆▇█"


def print_changes(answer: Answer[ChangeCounts], format_: Format) -> None:
    """Counts with what they are made of, and the subjects that changed."""
    if format_ != "table":
        print_answer(answer, format_, CHANGED, rows=answer.data["rows"])
        return
    counts = [
        {
            **row,
            "before": _counted(row["before"]),
            "after": _counted(row["after"]),
            "newly_covered": _with_causes(row["newly_covered"], row["causes"]["newly_covered"]),
            "newly_gap": _with_causes(row["newly_gap"], row["causes"]["newly_gap"]),
            "newly_unknown": _with_causes(row["newly_unknown"], row["causes"]["newly_unknown"]),
        }
        for row in answer.data["counts"]
    ]
    print_answer(answer, format_, COUNTS, title="已覆盖/缺口/未知", rows=counts)
    if answer.data["rows"]:
        shown = [
            {**row, "change": f"{STATES[row['before']]} → {STATES[row['after']]}"}
            for row in answer.data["rows"]
        ]
        console.print(make_table(shown, CHANGED))


def _counted(day: DayCount) -> str:
    return f"{day['covered']}/{day['gap']}/{day['unknown']}"


def _with_causes(number: int, causes: NewlyKnown | NewlyUnknown) -> str:
    """A count and what it is made of: what happened, and what only became known."""
    causes_text = "、".join(f"{words.CAUSES[cause]} {n}" for cause, n in causes.items() if n)
    return f"{number}（{causes_text}）" if causes_text else str(number)


def draw_line(values: Sequence[int]) -> str:
    """Numbers as bars of eight heights, the lowest for zero; the highest number fills its bar."""
    most = max(values, default=0)
    return "".join(BARS[0 if most == 0 else round(7 * v / most)] for v in values)


def print_gap(answer: Answer[GapShape]) -> None:
    """What is missing, whom it concerns, which rules it touches, who could close it."""
    data = answer.data
    homes = data["concerns"]["households"]
    lines = [
        data["sentence_zh"],
        f"自 {data['since']} 起" if data["since_known"] else "起始日不详",
        f"涉及 {homes} 户" if homes is not None else "户数不详",
    ]
    lines += [
        f"{rule['code']} {rule['title_zh']}："
        + (
            "；".join(v["reason_zh"] for v in rule["verdicts"]) or "本对象无结论"
            if rule["on"]
            else "本辖区规则集未启用"
        )
        for rule in data["rules"]
    ]
    lines += [
        f"人选见 cobuild candidates --rule {c['rule']} --subject {c['subject']}" for c in data["candidates"]
    ]
    lines += [f"{c['title_zh']}：{c['count']}" for c in data["closers"]]
    for line in lines:
        console.print(line, markup=False, highlight=False)
    rows = list(closer_rows(data))
    if rows:
        console.print(make_table(rows, CLOSERS))
    console.print(stamp_line(answer.stamp), style="dim", highlight=False)


def closer_rows(data: GapShape) -> Iterable[dict[str, Any]]:
    """One row per candidate, the path in one text."""
    for closer in data["closers"]:
        head = {"kind": closer["kind"], "title_zh": closer["title_zh"]}
        for row in closer["candidates"]:
            path = "；".join(hop["sentence_zh"] for hop in row["path"])
            yield {**head, **row, "path": path}
