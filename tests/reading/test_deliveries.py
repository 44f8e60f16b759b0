"""The registers behind an answer, and what is said where the day lies past them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from graph.reading.deliveries import NAMED, deliveries_for, loads_about, warning_of

ON = date(2025, 7, 2)
LOADS = [
    {"source": "d-1", "place_zh": "甲区", "area": "990101000000", "delivered_on": ON},
    {"source": "d-2", "place_zh": "甲社区", "area": "990101001001", "delivered_on": ON + timedelta(days=30)},
    {"source": "d-3", "place_zh": "乙区", "area": "990102000000", "delivered_on": ON},
    {"source": "d-4", "place_zh": "丙区", "area": "630102000000"},
    {"source": "d-0", "place_zh": "行政区划", "delivered_on": ON},
]


@pytest.mark.parametrize(
    ("area", "registers"),
    [
        (None, ["d-4", "d-1", "d-2", "d-3"]),
        ("990101001001", ["d-1", "d-2"]),
        ("990101002000", ["d-1"]),
        ("990101000000", ["d-1", "d-2"]),
        ("990100000000", ["d-1", "d-2", "d-3"]),
        ("990000000000", ["d-1", "d-2", "d-3"]),
        ("630102000000", ["d-4"]),
        ("110101000000", []),
    ],
)
def test_the_registers_are_those_of_the_area(area: str | None, registers: list[str]) -> None:
    """Of places in it and of places that it is in; the frame of divisions is of no place."""
    assert [d.register for d in deliveries_for(LOADS, area=area, day=ON, days=92)] == registers


def test_of_several_areas_the_registers_of_each_are_behind_an_answer() -> None:
    """And of no other; without an area all of them."""
    found = loads_about(LOADS, ["990101002000", "630102000000"])
    assert [load["source"] for load in found] == ["d-1", "d-4"]
    assert loads_about(LOADS, []) == LOADS


def test_a_day_past_the_period_is_told() -> None:
    """From the first day after it on; of a day that is not stated it is told that there is none."""
    last = ON + timedelta(days=92)
    fresh = deliveries_for(LOADS, area=None, day=last, days=92)
    assert [d.outdated for d in fresh] == [None, False, False, False]
    assert warning_of([d for d in fresh if d.delivered_on], last) is None
    assert warning_of(fresh, last) == (
        "丙区的台账未注明日期，不知记录截至何日",
        "no day is stated by d-4: how far these records reach is not known",
    )
    late = deliveries_for(LOADS, area=None, day=last + timedelta(days=1), days=92)
    assert [d.outdated for d in late] == [None, True, False, True]
    shown = warning_of(late, last + timedelta(days=1))
    assert shown is not None
    assert "甲区的台账截至 2025-07-02" in shown[0]
    assert "乙区" in shown[0]
    assert "丙区的台账截至" not in shown[0]
    assert "丙区的台账未注明日期" in shown[0]
    assert "d-3 of 2025-07-02" in shown[1]


def test_a_warning_names_some_and_counts_all() -> None:
    """Of many registers the oldest are named."""
    loads = [
        {
            "source": f"d-{n}",
            "place_zh": f"{n}区",
            "area": f"99010{n}000000",
            "delivered_on": date(2020 + n, 1, 1),
        }
        for n in range(5)
    ]
    zh, en = warning_of(deliveries_for(loads, area=None, day=ON, days=30), ON) or ("", "")
    assert zh.count("台账截至") == NAMED
    assert "0区" in zh
    assert "等 5 份" in zh
    assert "2 more" in en
