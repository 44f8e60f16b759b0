"""A report as one composition: conclusion, figures to draw, worst findings, tables, technical stamp.

The workbook's first page, the Word file and the PDF are made of it, so they say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph import __version__
from graph.model.words import COUNTED, SEVERITIES, VERDICTS, WAIVED
from graph.private import MASK
from graph.reports.compose import Report
from graph.reports.conclusion import conclusion, evidence_of, most_serious, parts, total
from graph.reports.tables.results import cover_deliveries
from graph.reports.words import LEGEND
from graph.rules.shapes import CheckRow

TITLE = "交叉任职核查报告"
HIDDEN = "–"
"""In the place of a number that would tell of persons; an empty cell would look like none."""
DRAWN, LISTED = 6, 300
"""Bars of a chart, and rows of a list in Word and PDF."""


@dataclass(frozen=True)
class Chart:
    """Bars to draw: labels, and for each series its name, colour and values."""

    title: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class Section:
    """A table: headings, widths as shares, rows of texts; `note` says what was left out."""

    title: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Document:
    """What one hands in."""

    title: str
    place: str
    day: str
    made: str
    sentences: tuple[str, ...]
    charts: tuple[Chart, ...]
    most_serious: tuple[tuple[str, str], ...]
    """Each a line of what, and a line of why and by which evidence."""
    sections: tuple[Section, ...]
    stamp: tuple[tuple[str, str], ...]


def make_document(report: Report) -> Document:
    """Compose; nothing is read here."""
    day = str(report.stamp.as_of)
    return Document(
        TITLE,
        report.place,
        day,
        f"{report.made_by or '（未填制表人）'}　{report.made_at.astimezone():%Y-%m-%d}",
        tuple(conclusion(report)),
        (_severities(report), _areas(report), _unknown(report)),
        tuple(most_serious(report)),
        tuple(_sections(report)),
        tuple((word, str(value)) for word, value in stamp_items(report)),
    )


def _severities(report: Report) -> Chart:
    sums = total(report)
    levels = (("violation", "C0392B"), ("warning", "E0A030"), ("info", "5B8DB8"))
    names = tuple(SEVERITIES[level] for level, _ in levels)
    values = tuple(sums[level] for level, _ in levels)
    return Chart("不符合项按等级", names, (("项数", "C0392B", values),))


def _areas(report: Report) -> Chart:
    rows = sorted(parts(report), key=lambda r: (-r["fail"], str(r["name"])))[:DRAWN]
    series = (("fail", "C0392B"), ("unknown", "B8B8B8"), ("pass", "3C7D4F"))
    return Chart(
        f"各辖区的结论（不符合最多的 {DRAWN} 个）",
        tuple(str(r["name"]) for r in rows),
        tuple(
            (VERDICTS[key], colour, tuple(int(r[key]) for r in rows))  # type: ignore[literal-required]
            for key, colour in series
        ),
    )


def _unknown(report: Report) -> Chart:
    rows = report.registers[:DRAWN]
    return Chart(
        "不能判定的结论，按所缺的台账或信息",
        tuple(r["what_zh"] for r in rows),
        (("涉及结论数", "8A8A8A", tuple(r["rows"] for r in rows)),),
    )


def _sections(report: Report) -> Iterator[Section]:
    shown = ("fail", "waived", "unknown", "pass")
    rules = [r for r in report.tables["rule"] if r["fail"] or r["waived"] or r["unknown"]]
    yield Section(
        "各规则的结论",
        ("规则", "名称", *(COUNTED[k] for k in shown)),
        (2, 9, 2, 2, 2, 2),
        tuple(tuple(str(r[k]) for k in ("key", "name", *shown)) for r in rules),  # type: ignore[literal-required]
    )
    yield Section(
        "尚不清楚的，按台账或信息合计",
        ("所缺的台账或信息", "涉及结论数", "补齐即可判定", "处数"),
        (9, 3, 3, 2),
        tuple(
            (
                r["what_zh"],
                str(r["rows"]),
                str(r["alone"]),
                HIDDEN if r["things"] is None else str(r["things"]),
            )
            for r in report.registers
        ),
        "一项结论缺几样信息的，在每样各计一次；处数未显示（–）的涉及个人信息。",
    )
    yield Section(
        f"今后 {report.days} 天内届满",
        ("届满日", "剩余天数", "事项", "名称", "地点"),
        (3, 2, 3, 7, 4),
        tuple(
            (r["written"], str(r["days_left"]), r["kind_zh"], str(r["name"]), str(r["place_name"] or ""))
            for r in report.calendar
        ),
    )
    for name, rows in report.lists:
        found = [r for r in rows if r["verdict"] == "fail"]
        if found:
            yield Section(
                f"{name}：不符合项",
                ("规则", "等级", "对象", "说明与依据"),
                (4, 1, 4, 10),
                tuple(_line(report, r) for r in found[:LISTED]),
                "" if len(found) <= LISTED else f"共 {len(found)} 项，此处列前 {LISTED} 项，全部见工作簿。",
            )


def _line(report: Report, row: CheckRow) -> tuple[str, ...]:
    waiver = row["waiver"]
    severity = WAIVED if waiver else SEVERITIES[row["severity"]] if row["severity"] else ""
    said = [row["reason_zh"], *evidence_of(report, row)]
    if waiver:
        said.append(f"豁免：{waiver['reason']}（{waiver['decided_by']}，至 {waiver['until']} 前）")
    subject = str(row["subject_name"] or row["subject"])
    return f"{row['title_zh']}（{row['code']}）", severity, subject, "\n".join(said)


def stamp_items(report: Report) -> Iterator[tuple[str, object]]:
    """Where the figures come from: for who has to check them, at the end."""
    stamp = report.stamp
    yield "范围", f"{report.place}（{stamp.area}）" if stamp.area else report.place
    yield "统计日期", str(stamp.as_of)
    yield "数据版本", stamp.data_version
    yield from cover_deliveries(stamp)
    yield "核查结论数", stamp.rows
    yield "规则集", "、".join(report.profiles)
    yield "届期日历", f"统计日期之后 {report.days} 天内"
    yield "制表人", report.made_by or "未填写"
    yield "制表时间", f"{report.made_at.astimezone():%Y-%m-%d %H:%M %z}"
    yield "制表程序", f"Cobuild {__version__}"
    yield "个人信息", PRIVACY[report.masked]
    yield "所列明细", "不符合（含已豁免）、条件不具备、未知；符合和不适用只计数"
    for word, meaning in LEGEND.items():
        yield f"图例：{word}", meaning
    for rule in report.rules:
        yield f"规则 {rule.code}", f"{rule.title}（{rule.file}）"


PRIVACY = {
    True: f"已屏蔽：姓名、党员身份等以“{MASK}”代替 / personal data is withheld",
    False: "已显示：含姓名等个人信息，请妥善保管 / personal data is shown: keep it safe",
}
