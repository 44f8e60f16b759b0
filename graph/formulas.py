"""What spreadsheet programs would run: text that begins like a formula.

Used wherever CSV or workbooks are written.
"""

from __future__ import annotations

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What Excel may read as the beginning of a formula, also when a cell is typed again."""


def harmless(text: str) -> str:
    """The text as a spreadsheet shows it and does not run it: behind an apostrophe if need be."""
    return f"'{text}" if text.startswith(FORMULA) else text
