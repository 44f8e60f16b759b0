"""A unit made of an older one with some rows in the place of others is what all rows packed anew would be."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

from graph.kept.packing import BLOCK, pack, patched
from graph.kept.unit import PackedUnit

VERDICTS = ("fail", "pass", "unknown")


def row(draw: random.Random, number: int) -> dict[str, Any]:
    """A row whose order and place follow from its number; the rest is drawn."""
    return {
        "area": f"a{number % 5}" if number % 7 else None,
        "quarter": f"q-{number:05}#1",
        "verdict": draw.choice(VERDICTS),
        "since": draw.choice([None, date(2025, 1, 1)]),
        "items": [{"until": date(2025, 2, number % 27 + 1)}],
    }


def areas_of(rows: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    return [tuple(sorted({"all", str(r["area"])})) for r in rows]


def packed(rows: list[dict[str, Any]]) -> bytes:
    return pack(rows, areas_of(rows), {"file": "x"}, origin="quarter", order=("area", "quarter"))


def ordered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda r: (r["area"] is None, str(r["area"]), r["quarter"]))


@pytest.mark.parametrize("seed", range(4))
def test_a_patched_unit_is_what_all_rows_packed_anew_are(seed: int) -> None:
    """Rows in their order, cuts by area and verdict, counts and origins, over several rounds."""
    draw = random.Random(seed)
    rows = ordered([row(draw, n) for n in range(0, 10 * BLOCK, 2)])
    unit = PackedUnit(packed(rows))
    for _ in range(6):
        gone = draw.sample(range(len(rows)), draw.choice([0, 1, 30, BLOCK * 2]))
        there = {r["quarter"] for r in rows}
        coming = [row(draw, n) for n in draw.sample(range(20 * BLOCK), draw.choice([0, 1, 40, BLOCK * 2]))]
        coming = [r for r in coming if r["quarter"] not in there]
        content = patched(unit, gone, coming, areas_of(coming))
        assert content is not None
        rows = ordered([r for n, r in enumerate(rows) if n not in set(gone)] + coming)
        unit, anew = PackedUnit(content), PackedUnit(packed(rows))
        assert list(unit.rows(range(unit.count))) == rows
        assert unit.read_origins() == [r["quarter"].partition("#")[0] for r in rows]
        for area in (None, "all", "a1", "None"):
            for state in (None, "fail"):
                assert list(unit.numbers(area, frozenset(), state)) == list(
                    anew.numbers(area, frozenset(), state)
                )
        groups = unit.groups_in("a2", frozenset()), anew.groups_in("a2", frozenset())
        assert unit.counts(groups[0]) == anew.counts(groups[1])


def test_what_cannot_be_patched_is_packed_anew() -> None:
    """An empty unit, rows with other columns, and a unit without an order."""
    draw = random.Random(1)
    rows = [row(draw, n) for n in range(3)]
    assert patched(PackedUnit(packed([])), [], rows, areas_of(rows)) is None
    other = [{**rows[0], "more": 1}]
    assert patched(PackedUnit(packed(rows)), [], other, areas_of(other)) is None
    unordered = pack(rows, areas_of(rows), {}, origin="quarter")
    assert patched(PackedUnit(unordered), [0], [], []) is None
