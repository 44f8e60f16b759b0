"""How much one workbook may make its readers do, seen before they do it.

A few kilobytes can unpack to hundreds of megabytes, name a cell a million rows down, or show one
long text in every cell. What people fill in is bounded by the size of their file: the limits per
byte are twice what the most repetitive honest sheet needs (one word in every cell: 24 bytes and
1.4 elements per byte of the file).
"""

from __future__ import annotations

import zipfile

MOST_BYTES = 64 * 2**20
MOST_UNPACKED, SPARE_UNPACKED, UNPACKED_PER_BYTE = 768 * 2**20, 8 * 2**20, 60
MOST_PARTS, MOST_SHEETS = 2_000, 200
MOST_ROWS, MOST_COLUMNS = 500_000, 300
MOST_CELLS, SPARE_CELLS, CELLS_PER_FILLED = 12_000_000, 500_000, 20
"""Rows times columns of all sheets: the reader holds them all at once, the empty ones too."""
SPARE_ELEMENTS, ELEMENTS_PER_BYTE = 300_000, 4
MOST_TEXT = 100_000_000
"""Characters of all cells: the reader copies a shared text into each cell that shows it."""
MOST_SPANNED = 1_000_000
"""Cells of merged ranges and links: the writer of the marked copy makes each of them."""
SHORT_TEXT = 255
"""Shared texts up to this length are not counted cell by cell: the cells' own number bounds them."""


class BadWorkbook(ValueError):
    """A file that is no workbook of the import; says why in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


class TooMuch(BadWorkbook):
    """A workbook that would take far longer to read than its size and content can explain."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(
            f"{zh}，已停止读取；请把数据复制到 cobuild template 新生成的模板里再交付",
            f"{en}; reading was stopped. Copy the data into a new workbook of `cobuild template`",
        )


class Bounds:
    """What is left of the limits for one workbook; every method raises `TooMuch` beyond them."""

    def __init__(self, size: int) -> None:
        self.elements = SPARE_ELEMENTS + ELEMENTS_PER_BYTE * size
        """Elements still allowed, counted down by the scan of each part."""
        self._unpacked = min(MOST_UNPACKED, SPARE_UNPACKED + UNPACKED_PER_BYTE * size)
        self._text = self._spanned = 0

    def check_parts(self, parts: list[zipfile.ZipInfo]) -> None:
        """Number of parts and what they are together when unpacked."""
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > self._unpacked:
            raise TooMuch("解压后过大", "too large when unpacked")

    def no_elements_left(self) -> TooMuch:
        """The error for a file with more elements than its size explains."""
        return TooMuch("文件很小而单元格极多", "far more cells than a file of this size holds")

    def check_sheet(self, rows: int, columns: int) -> None:
        """The size of one sheet."""
        if rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
            raise BadWorkbook(
                f"工作表过大：最多 {MOST_ROWS} 行、{MOST_COLUMNS} 列；请检查远处是否有多余内容",
                f"a sheet has at most {MOST_ROWS} rows and {MOST_COLUMNS} columns: look for content far off",
            )

    def check_area(self, area: int, filled: int) -> None:
        """The cells of all sheets together, empty ones against those that hold something."""
        if area > min(MOST_CELLS, SPARE_CELLS + CELLS_PER_FILLED * filled):
            raise TooMuch(
                f"各表范围共 {area} 格，有内容的只有 {filled} 格（请检查远处是否有多余内容）",
                f"the sheets span {area} cells and {filled} hold something (look for content far off)",
            )

    def add_text(self, length: int) -> None:
        """Characters that a cell takes over from the shared texts."""
        self._text += length
        if self._text > MOST_TEXT:
            raise TooMuch("单元格文字总量过大", "too much text in the cells together")

    def add_span(self, cells: int) -> None:
        """A merged range or a link over many cells."""
        self._spanned += cells
        if self._spanned > MOST_SPANNED:
            raise TooMuch("合并单元格或链接的范围过大", "merged cells or links over too large a range")
