"""What a load says: options of the command line stand beside the words of the page."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2] / "graph"
ALONE = re.compile(
    r"[一-鿿][^（(\"a-z]{0,6}(?:--(?:place|constant|column|complete|missing|ended-on|kind)|cobuild merge)\b"
)
"""An option or command right behind Chinese words that is in no bracket and does not follow 命令行."""


def test_messages_of_deliveries_name_more_than_options() -> None:
    """Who hands in a register on the page has no command line."""
    texts = [*(ROOT / "loading").rglob("*.py"), *(ROOT / "intake").rglob("*.py")]
    found = [
        f"{path.name}: {line.strip()}"
        for path in texts
        for line in path.read_text("utf-8").splitlines()
        if any("命令行" not in hit[0] for hit in ALONE.finditer(line))
    ]
    assert found == []
