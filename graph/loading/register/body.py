"""Which lines below a heading are rows of the register: no hints, totals, remarks, blank lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from typing import Any

from graph.loading.register.kinds import HEADINGS
from graph.loading.register.shown import Cell, ShownSheet

HINT_ROWS = 2
"""Lines below a heading that may say how to fill in, or number the columns."""
_AN_EXAMPLE = re.compile(r"[（(]?如\s*\d")
"""如2008: 如意小区 is a name."""


def body_rows(sheet: ShownSheet, last: int) -> list[int]:
    """Rows below the heading that are rows of the register: no hints, totals, remarks, blank lines."""
    return [n for n in range(last + 1, len(sheet.rows)) if why_no_row(sheet.rows[n], n - last) is None]


def why_no_row(row: Sequence[Cell], below: int) -> str | None:
    """What a line is instead of a row of the register; None for a row. `below` the heading, from 1."""
    texts = [str(cell).strip() for cell in row if cell != ""]
    if not any(texts):
        return "空行"
    words = vocabulary()
    first = re.sub(r"\s", "", next(text for text in texts if text))
    if first.rstrip("：:") in words["totals"] or any(
        re.sub(r"\s", "", t) in words["totals"] for t in texts[:2]
    ):
        return "合计"
    # `1.` may begin a remark, and a row too.
    if first.startswith(tuple(w for w in words["remarks"] if len(set(texts)) == 1 or w[:1] not in "123*")):
        return "说明"
    return _how_to_fill_in(texts) if below <= HINT_ROWS else None


def _how_to_fill_in(texts: list[str]) -> str | None:
    words = vocabulary()
    hints = [
        any(hint in text for hint in words["hints"])
        or text.lower().strip("()（）") in words["forms"]
        or _AN_EXAMPLE.match(text) is not None
        for text in texts
    ]
    if sum(hints) * 3 >= len(texts):
        return "填写提示"
    return "列号" if len(texts) > 1 and texts == [str(n) for n in range(1, len(texts) + 1)] else None


@cache
def vocabulary() -> dict[str, Any]:
    """The words of `headings.toml`."""
    return tomllib.loads(HEADINGS.read_text("utf-8"))
