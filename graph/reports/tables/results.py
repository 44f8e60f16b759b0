"""An answer as a workbook: a cover that says where it comes from, and the rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from graph import __version__
from graph.catalogue import Catalogue
from graph.model.words import SEVERITIES
from graph.private import MASK
from graph.reading.answer import Answer, Stamp
from graph.reports.tables.cells import SheetColumn
from graph.reports.tables.code_words import in_words, words_of
from graph.reports.tables.headings import CODED, MORE, code_word
from graph.reports.tables.sheets import Book
from graph.store import Row

DAY = "yyyy-mm-dd"
CODES = ("dimension", "code")
"""Columns of codes that are meant to be read as such, beside their words."""
PRIVACY = {
    True: f"已屏蔽：以“{MASK}”代替 / personal data is withheld",
    False: "已显示：请妥善保管 / personal data is shown: keep it safe",
}


def make_results(
    answer: Answer[Any],
    catalogue: Catalogue,
    *,
    title: str,
    masked: bool,
    columns: Mapping[str, str] | None = None,
    rows: Sequence[Row] | None = None,
) -> bytes:
    """The bytes of an .xlsx with all columns of the rows, those in `columns` first.

    `rows` are those of the answer unless given. A long answer goes on in further sheets.
    """
    found = list(answer.data if rows is None else rows)
    stamp = answer.stamp
    book = Book(title, f"{title} {stamp.as_of} 数据版本 {stamp.data_version}")
    shown = _columns(found, columns or {})
    words = {c.key: words_of(c.key, found) for c in shown if c.key not in CODES and c.key not in CODED}
    book.add("结果", shown, [_shown(row, words) for row in found])
    return book.finish(_cover(answer, catalogue, title, masked=masked, rows=len(found)))


def _cover(
    answer: Answer[Any], catalogue: Catalogue, title: str, *, masked: bool, rows: int
) -> list[tuple[str, object]]:
    stamp = answer.stamp
    made = f"{datetime.now().astimezone():%Y-%m-%d %H:%M %z}"
    items: list[tuple[str, object]] = [
        ("标题", title),
        ("统计日期", str(stamp.as_of)),
        ("数据版本", stamp.data_version),
        ("行数", rows),
        ("辖区", stamp.area or "全部"),
    ]
    if stamp.profile:
        items.append(("规则集", stamp.profile))
    items += [(f"参数 {name}", _text(value)) for name, value in stamp.parameters.items()]
    items += list(cover_deliveries(stamp))
    items += [
        ("个人信息", PRIVACY[masked]),
        ("制表时间", made),
        ("制表程序", f"Cobuild {__version__}"),
        ("空单元格", '不知道，不是“没有” / not known, which is not "no"'),
    ]
    for name, revision in stamp.queries.items():
        header = catalogue[name].header
        items.append((f"查询 {name}", f"{header.title_zh}；{name}@{revision}"))
        items.append(("　依据", header.source))
    return items


def cover_deliveries(stamp: Stamp) -> Iterator[tuple[str, object]]:
    """What a cover says of the registers behind an answer, and that some are old."""
    for d in stamp.deliveries:
        yield f"台账 {d.register}", f"{d.place}，交付日 {d.delivered_on or '未注明'}"
    if stamp.warning_zh is not None:
        yield SEVERITIES["warning"], f"{stamp.warning_zh} / {stamp.warning_en}"


def _columns(rows: Sequence[Row], headings: Mapping[str, str]) -> list[SheetColumn]:
    there = dict.fromkeys(name for row in rows for name in row)
    # Maps are for programs; people read the words beside them.
    maps = {n for row in rows for n, v in row.items() if isinstance(v, list) and any(map(_is_map, v))}
    there = {name: None for name in there if name not in maps or f"{name}_zh" not in there}
    first = [name for name in headings if name in there or not rows]
    names = [*first, *(name for name in there if name not in headings)]
    known = {**MORE, **headings}
    days = {name for row in rows for name, value in row.items() if isinstance(value, date)}
    return [
        SheetColumn(name, known.get(name, name), DAY if name in days else "General", name in CODED)
        for name in names
    ] or [SheetColumn("", "没有结果 / no rows")]


def _is_map(value: Any) -> bool:
    return isinstance(value, Mapping)


def _shown(row: Row, words: Mapping[str, Mapping[str, str]]) -> Row:
    said = {name: in_words(value, words.get(name, {})) for name, value in row.items()}
    return {name: _plain(code_word(name, value)) for name, value in said.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return _text(value)
    if isinstance(value, list):
        return [_text(v) if isinstance(v, (dict, list)) else v for v in value]
    return value


def _text(value: Any) -> str:
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return "" if value is None else str(value)
