"""Open dates are taken out of answers, wherever they lie."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.model import OPEN_END, OPEN_START
from graph.reading.open_dates import with_known_starts, without_open_dates

DAY = date(2025, 6, 30)


@dataclass(frozen=True)
class Held:
    """What an answer may hold: a dataclass with dates in it."""

    since: date
    ends: list[date]


def test_open_dates_are_null_however_deep_they_lie() -> None:
    """Lists, mappings and dataclasses are gone through; texts and other dates stay as they are."""
    given = {
        "a": [OPEN_START, {"b": (OPEN_END, DAY)}],
        "held": Held(OPEN_START, [OPEN_END]),
        "t": "9999-12-31",
    }
    assert without_open_dates(given) == {
        "a": [None, {"b": [None, DAY]}],
        "held": {"since": None, "ends": [None]},
        "t": "9999-12-31",
    }


def test_a_start_says_whether_it_is_known() -> None:
    """`since_known` stands behind `since`, unless the row has it already."""
    rows = [{"id": "a", "since": OPEN_START, "until": OPEN_END}, {"id": "b", "since": DAY, "until": DAY}]
    shown = with_known_starts(rows)
    assert [list(row.values()) for row in shown] == [["a", None, False, None], ["b", DAY, True, DAY]]
    assert list(shown[0]) == ["id", "since", "since_known", "until"]
    assert with_known_starts([{"since_known": False, "since": OPEN_START}, {"n": 1}]) == [
        {"since_known": False, "since": None},
        {"n": 1},
    ]
