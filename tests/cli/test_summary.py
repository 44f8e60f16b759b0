"""The figures that the README shows are those of `make run` on the day that it names."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from graph.coverage.count import find_coverage
from graph.reading.places import Place, read_places
from graph.rules.check import COUNTED, check_with_tally
from tests.conftest import Opener

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
_CELL = re.compile(r"(?:\d+/)+\d+|未知|未启用|–")


def shown() -> tuple[date, dict[str, list[str]]]:
    """The day of the excerpt, and its rows: a dimension's title or a rule's code to a cell for each place."""
    day = re.search(r"an excerpt of (\d{4}-\d{2}-\d{2})", README)
    assert day is not None
    block = README.partition("覆盖情况：")[2].partition("```")[0]
    rows = {}
    for line in block.splitlines():
        cells = _CELL.findall(line.partition("“一肩挑”")[2] or line)
        if len(cells) == 6:
            rows[line.split()[0]] = cells
    return date.fromisoformat(day[1]), rows


async def test_the_readme_shows_the_figures_of_its_day(loader: Opener) -> None:
    """Three dimensions and three rules in all places, counted again by the questions themselves."""
    graph = await loader("embedded")
    day, rows = shown()
    places = await read_places(graph)
    assert len(rows) == 6

    async def covered(place: Place, title: str) -> str:
        answer = await find_coverage(graph, area=place.area, as_of=day, claims=False, levels=False)
        (row,) = (r for r in answer.data if r["title_zh"] == title)
        nothing = row["total"] == 0 and not row["total_complete"]
        return "未知" if nothing else f"{row['covered']}/{row['gap']}/{row['unknown']}"

    async def judged(place: Place, code: str) -> str:
        answer = await check_with_tally(graph, area=place.area, rule=code, as_of=day)
        if not answer.stamp.queries:
            return "未启用"
        counts = [row for row in answer.data["tally"] if row["code"] == code]
        return "/".join(str(counts[0].get(name, 0)) for name in COUNTED) if counts else "–"

    for first, cells in rows.items():
        found = [await (judged if first.startswith("R") else covered)(p, first) for p in places]
        assert found == cells, first
