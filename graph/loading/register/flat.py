"""Reading text files: UTF-8, UTF-16 or GB18030, separated by commas or tabs."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from graph.loading.encoding import BadText, refuse_big5
from graph.loading.excel.bounds import MOST_BYTES, MOST_ROWS, BadWorkbook
from graph.loading.register.shown import ShownSheet, shown_text

_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def read_flat(path: Path) -> list[ShownSheet]:
    """The one table of a text file; raises `BadWorkbook`, for a wrong encoding with its first line."""
    if path.stat().st_size > MOST_BYTES:
        raise BadWorkbook("文件过大，请分成几个", "too large: split it")
    text = _text(path.read_bytes())
    head = text[:20_000]
    separator = "\t" if head.count("\t") > head.count(",") else ","
    try:
        rows = [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
    except csv.Error as error:
        raise BadWorkbook(f"不是有效的 CSV：{error}", f"no valid CSV: {error}") from None
    if len(rows) > MOST_ROWS:
        raise BadWorkbook(f"超过 {MOST_ROWS} 行", f"more than {MOST_ROWS} rows")
    wide = max(map(len, rows), default=0)
    return [ShownSheet(path.stem, [[*map(shown_text, row), *[""] * (wide - len(row))] for row in rows])]


def _text(data: bytes) -> str:
    known = next((encoding for mark, encoding in _MARKS.items() if data.startswith(mark)), None)
    tried = (known,) if known else ("utf-8", "gb18030")
    worst = UnicodeDecodeError("utf-8", data, 0, 1, "")
    for encoding in tried:
        try:
            if encoding == "gb18030":
                refuse_big5(data)
            text = data.decode(encoding)
        except BadText as error:
            raise BadWorkbook(error.zh, error.en) from None
        except UnicodeDecodeError as error:
            worst = max(worst, error, key=lambda e: e.start)
            continue
        if "\0" in text:
            raise BadWorkbook(
                "含有空字符：不是文本，或是没有标记的 UTF-16 编码；请在 Excel 或 WPS 中另存为“CSV UTF-8”",
                "it holds null characters: no text, or UTF-16 without its mark; save it as “CSV UTF-8”",
            )
        return text
    line = data.count(b"\n", 0, worst.start) + 1
    raise BadWorkbook(
        f"第 {line} 行不是 UTF-8 也不是 GB18030 编码（或两种编码混用）",
        f"line {line} is neither UTF-8 nor GB18030, or the file mixes them",
    )
