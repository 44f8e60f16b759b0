"""What a report finds, in sentences: its figures, the rules and areas that stand out, the worst cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from graph.model.words import SEVERITIES
from graph.private import MASK
from graph.reports.compose import Report
from graph.reports.shapes import ReportRow
from graph.rules.sentences import is_told
from graph.rules.shapes import CheckRow

MOST_SERIOUS = 5
"""Findings that are shown one by one on the first page."""
MOST_EVIDENCE = 4
"""Pieces of evidence that are named there of each; the list behind has all of them."""
_ORDER = {"violation": 0, "warning": 1, "info": 2}


def total(report: Report) -> dict[str, int]:
    """The figures of the whole: each finding is one row of one rule."""
    rows = report.tables["rule"]
    names = ("fail", "violation", "warning", "info", "waived", "not_possible", "unknown", "pass", "judged")
    return {name: sum(row[name] for row in rows) for name in names}  # type: ignore[literal-required]


def conclusion(report: Report) -> Iterator[str]:
    """What the report finds, in sentences."""
    sums, day = total(report), report.stamp.as_of
    yield (
        f"截至 {day}，在{report.place}已判定 {sums['judged']} 项：不符合 {sums['fail']} 项"
        f"（违规 {sums['violation']}、提醒 {sums['warning']}、提示 {sums['info']}），"
        f"已豁免 {sums['waived']} 项，符合 {sums['pass']} 项。"
    )
    if sums["unknown"]:
        most = next(iter(report.registers), None)
        more = f"；其中涉及“{most['what_zh']}”的最多，{most['rows']} 项" if most else ""
        yield f"另有 {sums['unknown']} 项因台账或信息不全不能判定，不算作符合，也不算作不符合{more}。"
    worst = sorted(report.tables["rule"], key=lambda r: -r["fail"])[:3]
    listed = "、".join(f"{r['name']}（{r['key']}）{r['fail']} 项" for r in worst if r["fail"])
    if listed:
        yield f"不符合较多的是：{listed}。"
    areas = sorted(parts(report), key=lambda r: -r["fail"])[:3]
    listed = "、".join(f"{r['name']} {r['fail']} 项" for r in areas if r["fail"])
    if listed:
        yield f"不符合较多的辖区是：{listed}。"
    if report.calendar:
        first = report.calendar[0]
        yield (
            f"今后 {report.days} 天内有 {len(report.calendar)} 个任期或合同届满，"
            f"最早的是{first['name']}（{first['written']}）。"
        )
    if report.stamp.warning_zh:
        yield report.stamp.warning_zh
    if report.masked:
        yield "姓名等个人信息已屏蔽；依据个人信息得出的结论不在其中。"


def most_serious(report: Report) -> Iterator[tuple[str, str]]:
    """Of each rule one finding that is not waived: what and where, why and by which evidence.

    Rules are ordered by the severity of their most serious finding, those with a reason that may be shown
    first, then by how many findings they have. Where there are fewer rules than lines, a second finding of
    each follows.
    """
    rows = [r for _, found in report.lists for r in found if r["verdict"] == "fail" and not r["waiver"]]
    rules: dict[str, list[CheckRow]] = defaultdict(list)
    for row in sorted(rows, key=_severity_key):
        rules[row["code"]].append(row)
    order = sorted(
        rules.values(), key=lambda found: (_severity_key(found[0])[:2], -len(found), found[0]["code"])
    )
    turns = (found[turn] for turn in range(MOST_SERIOUS) for found in order if turn < len(found))
    for row in islice(turns, MOST_SERIOUS):
        severity = SEVERITIES[row["severity"]] if row["severity"] else ""
        where = f"，{row['area_name']}" if row["area_name"] else ""
        subject = row["subject_name"] or row["subject"]
        among = len(rules[row["code"]])
        more = f"（该规则不符合共 {among} 项）" if among > 1 else ""
        head = f"【{severity}】{row['title_zh']}（{row['code']}）：{subject}{where}{more}"
        evidence = evidence_of(report, row)
        said = "；".join(evidence[:MOST_EVIDENCE])
        if len(evidence) > MOST_EVIDENCE:
            said += f"；…（共 {len(evidence)} 项，全部见明细）"
        yield head, f"{row['reason_zh']}。依据：{said}" if said else f"{row['reason_zh']}。"


def _severity_key(row: CheckRow) -> tuple[int, bool, bool, str]:
    """The most serious first; among these first what may be explained in words, then what may be named."""
    masked = (row["subject_name"] or "") == MASK
    return _ORDER.get(str(row["severity"]), 9), not is_told(row), masked, row["finding"]


def evidence_of(report: Report, row: CheckRow) -> list[str]:
    """The evidence of a row in words; what has none by its id, what is withheld not at all."""
    return [report.evidence.get(id_, id_) for id_ in row["evidence"] or [] if id_ != MASK]


def parts(report: Report) -> list[ReportRow]:
    """Rows of the areas directly inside, as far as they have a list of their own."""
    listed = {name for name, _ in report.lists}
    found = [r for r in report.tables["area"] if r["key"] not in (None, report.stamp.area)]
    return [r for r in found if r["name"] in listed] or found
