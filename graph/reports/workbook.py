"""A report as an Excel workbook: cover, tables, what is not known, calendar, a list per area.

Nothing is read here: the parts are given, a file's bytes come back.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph import __version__
from graph.model.words import SEVERITIES, VERDICTS, WAIVED
from graph.private import MASK
from graph.reports.compose import Report
from graph.reports.shapes import CalendarRow, MissingRow
from graph.reports.tables.results import cover_deliveries
from graph.reports.tables.sheets import Book, SheetColumn, columns_of
from graph.reports.words import BY, FIGURES, LEGEND
from graph.rules.shapes import CheckRow
from graph.store import Row

TITLE = "交叉任职核查报告"
KEYS = {"rule": "代码", "area": "编号", "severity": "等级", "body": "编号"}
MISSING = columns_of(MissingRow, "what_zh", "rows", "alone", "rules", "item")
CALENDAR = columns_of(
    CalendarRow,
    *("month", "last_day", "days_left", "kind_zh", "name", "role_zh", "person_name", "person"),
    *("place_name", "body"),
)
LIST = columns_of(
    CheckRow,
    *("code", "title_zh", "verdict", "severity", "subject_name", "area_name", "reason_zh", "evidence"),
    *("waiver", "finding"),
    coloured=("verdict", "severity"),
)


def make_workbook(report: Report) -> bytes:
    """The bytes of an .xlsx file."""
    footer = f"{report.place} {report.stamp.as_of} 数据版本 {report.stamp.data_version}"
    book = Book(f"{TITLE} {report.place} {report.stamp.as_of}", footer)
    for by, word in BY.items():
        columns = [SheetColumn("key", KEYS[by]), SheetColumn("name", "名称"), *_FIGURES]
        book.add(f"按{word}汇总", columns, report.tables[by])
    book.add("未知", MISSING, report.missing)
    book.add("届期日历", CALENDAR, report.calendar)
    for name, rows in report.lists:
        book.add(name, LIST, [_listed(row) for row in rows])
    return book.finish(_cover(report))


def _cover(report: Report) -> Iterator[tuple[str, object]]:
    stamp = report.stamp
    yield "标题", TITLE
    yield "范围", f"{report.place}（{stamp.area}）" if stamp.area else report.place
    yield "统计日期", str(stamp.as_of)
    yield "数据版本", stamp.data_version
    yield from cover_deliveries(stamp)
    yield "核查结论数", stamp.rows
    yield "规则集", list(report.profiles)
    yield "届期日历", f"统计日期之后 {report.days} 天内"
    yield "制表人", report.made_by or "未填写"
    yield "制表时间", f"{report.made_at.astimezone():%Y-%m-%d %H:%M %z}"
    yield "制表程序", f"Cobuild {__version__}"
    yield "个人信息", _PRIVACY[report.masked]
    yield "所列明细", "不符合（含已豁免）、条件不具备、未知；符合和不适用只计数"
    for word, meaning in LEGEND.items():
        yield f"图例：{word}", meaning
    for rule in report.rules:
        yield f"规则 {rule.code}", f"{rule.title}（{rule.file}）"


def _listed(row: CheckRow) -> Row:
    """A row of a list in words."""
    waiver = row["waiver"]
    waiver_text = waiver and f"{waiver['reason']}（{waiver['decided_by']}，至 {waiver['until']} 前）"
    verdict = WAIVED if waiver else VERDICTS[row["verdict"]]
    severity = SEVERITIES[row["severity"]] if row["verdict"] == "fail" and row["severity"] else None
    return {**row, "verdict": verdict, "severity": severity, "waiver": waiver_text}


_FIGURES = [SheetColumn(key, word, "0.0%" if key == "share" else "0") for key, word in FIGURES.items()]
_PRIVACY = {
    True: f"已屏蔽：姓名、党员身份等以“{MASK}”代替 / personal data is withheld",
    False: "已显示：含姓名等个人信息，请妥善保管 / personal data is shown: keep it safe",
}
