"""Withholding: ids outside become numbers, ids inside and what is public stay."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.reading.viewer import OUTSIDE_ZH, Inside, count_outside

IDS = [f"{prefix}-990101-{n:03}" for prefix in ("q", "oc", "po", "p", "st") for n in range(6)]
inside_ids = st.frozensets(st.sampled_from(IDS))
texts = st.lists(
    st.sampled_from([*IDS, "～", "“", "~MEMBER_OF~", " 与 ", "d-990101-r1", "R15:"]), max_size=6
).map("".join)
values = st.recursive(
    texts | st.integers() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@given(ids=inside_ids, value=values)
def test_nothing_outside_is_left_and_nothing_inside_is_lost(ids: frozenset[str], value: object) -> None:
    """Each id that stands apart is kept or numbered; a second time nothing changes any more."""
    inside = Inside("990101001001", ids)
    found = inside.withhold(value)
    assert inside.withhold(found) == found
    for id_ in IDS:
        alone = inside.withhold(f"（{id_}）")
        assert (alone == f"（{id_}）") == (id_ in ids)
        assert inside.withhold(f"（{id_}）") == alone
    assert count_outside(inside.withhold([f" {i} " for i in IDS])) == len(set(IDS) - ids)


def test_two_outside_are_told_apart() -> None:
    """Whoever counts them counts right."""
    inside = Inside("990101001001", frozenset())
    found = inside.withhold(["q-990101-001", "q-990101-002", "q-990101-001"])
    assert found[0] == found[2] != found[1]
    assert all(id_.startswith("q-000000-outside") for id_ in found)


def test_areas_and_sources_stay() -> None:
    """The division of the country is public; an answer names its source."""
    inside = Inside("990101001001", frozenset())
    given_ = {"area": "990101002001", "source": "d-990101-register", "place": "990101-x"}
    assert inside.withhold(given_) == given_
    assert "990101002001" in inside
    assert "q-990101-001" not in inside


def test_a_name_goes_with_its_id() -> None:
    """The first column has `name`, others `<column>_name`."""
    inside = Inside("990101001001", frozenset({"q-990101-001"}))
    row = {"quarter": "q-990101-001", "name": "甲", "unit": "u-990101-001", "unit_name": "乙"}
    assert inside.withhold_row(row) == {
        "quarter": "q-990101-001",
        "name": "甲",
        "unit": "u-000000-outside1",
        "unit_name": OUTSIDE_ZH,
    }
    row = {"unit": "u-990101-002", "name": "丙", "count": 3}
    assert inside.withhold_row(row) == {"unit": "u-000000-outside2", "name": OUTSIDE_ZH, "count": 3}
