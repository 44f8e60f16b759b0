"""Withholding: ids outside become numbers, ids inside and what is public stay."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.catalogue import Select
from graph.catalogue.headers import Column
from graph.private import MASK
from graph.reading.viewer import OUTSIDE_ZH, Viewer, count_outside

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
    inside = Viewer(area="990101001001", ids=ids)
    found = inside.withhold(value)
    assert inside.withhold(found) == found
    for id_ in IDS:
        alone = inside.withhold(f"（{id_}）")
        assert (alone == f"（{id_}）") == (id_ in ids)
        assert inside.withhold(f"（{id_}）") == alone
    assert count_outside(inside.withhold([f" {i} " for i in IDS])) == len(set(IDS) - ids)


def test_two_outside_are_told_apart() -> None:
    """Whoever counts them counts right."""
    inside = Viewer(area="990101001001", ids=frozenset())
    found = inside.withhold(["q-990101-001", "q-990101-002", "q-990101-001"])
    assert found[0] == found[2] != found[1]
    assert all(id_.startswith("q-000000-outside") for id_ in found)


def test_names_of_a_list_go_with_its_ids() -> None:
    """In `x_names` beside `x`, one by one."""
    inside = Viewer(area="990101001001", ids=frozenset({"q-990101-001"}))
    row = {"body": "q-990101-001", "covers": ["q-990101-001", "q-990101-002"], "covers_names": ["甲", "乙"]}
    assert inside.inside(row)["covers_names"] == ["甲", OUTSIDE_ZH]


def test_areas_and_sources_stay() -> None:
    """The division of the country is public; an answer names its source."""
    inside = Viewer(area="990101001001", ids=frozenset())
    given_ = {"area": "990101002001", "source": "d-990101-register", "place": "990101-x"}
    assert inside.withhold(given_) == given_
    assert inside.sees("990101002001")
    assert not inside.sees("q-990101-001")


@dataclass(frozen=True)
class Shape:
    """An answer that is no mapping."""

    body: str
    members: tuple[str, ...]


def test_a_dataclass_is_looked_into() -> None:
    """Its fields are withheld like values of a mapping; nothing passes because of its kind."""
    inside = Viewer(area="990101001001", ids=frozenset({"oc-990101-001"}))
    found = inside.withhold([Shape("oc-990101-001", ("p-990101-001", "p-990101-002"))])
    assert found == [Shape("oc-990101-001", ("p-000000-outside1", "p-000000-outside2"))]
    assert count_outside(found) == 2
    assert inside.withhold({"p-990101-003", "oc-990101-001"}) == {"p-000000-outside3", "oc-990101-001"}


def test_what_cannot_be_looked_into_is_refused() -> None:
    """A kind of value that is not known is an error, not an answer."""
    inside = Viewer(area="990101001001", ids=frozenset())
    with pytest.raises(TypeError, match="cannot be shown"):
        inside.withhold([object()])
    assert Viewer().withhold([object]) == [object]


def test_a_withheld_value_is_one_mark() -> None:
    """How long a list is, that there is none, or that nothing is known, does not show."""
    columns = (Column("status", "sensitive"), Column("members", "personal"), Column("evidence"))
    secret = "p-1~LIVES_IN~q-1~1"
    values = [("full", ["a", "b"]), (None, []), ("none", ["a"])]
    rows = [{"status": s, "members": m, "evidence": [secret, "x", secret]} for s, m in values]
    masked = Viewer().rows(columns, rows)
    once = {"status": MASK, "members": [MASK], "evidence": [f"{MASK}~LIVES_IN~{MASK}", "x"]}
    assert masked == [once] * 3
    assert Viewer(personal=True).rows(columns, rows) == rows


def test_what_is_masked_of_a_node_is_what_its_type_masks() -> None:
    """Not which of the values are on record."""
    known = Viewer().properties("Person", {"id": "p-1", "name": "甲", "party_status": "full"})
    unknown = Viewer().properties("Person", {"id": "p-1"})
    assert known == unknown
    assert "public_post" in known[1]
    assert Viewer(personal=True).properties("Person", {"id": "p-1", "name": "甲"})[1] == []


def test_what_tells_is_given_with_the_right_only() -> None:
    """Personal data shown, or no one asked to log in; files that tell nothing always."""
    guest = Viewer(verdicts=False)
    assert [guest.gives(t) for t in (True, ("LIVES_IN",), (), False)] == [False, False, True, True]
    assert all(v.gives(True) for v in (Viewer(), Viewer(True, verdicts=False), guest.judging()))


def test_a_read_says_what_its_columns_are() -> None:
    """A text that is asked without its columns is refused before it is asked."""
    with pytest.raises(TypeError, match="columns"):
        Select("MATCH (p:Person) RETURN p.name AS name", {})  # type: ignore[call-arg]


def test_a_name_goes_with_its_id() -> None:
    """The first column has `name`, others `<column>_name`."""
    inside = Viewer(area="990101001001", ids=frozenset({"q-990101-001"}))
    row = {"quarter": "q-990101-001", "name": "甲", "unit": "u-990101-001", "unit_name": "乙"}
    assert inside.inside(row) == {
        "quarter": "q-990101-001",
        "name": "甲",
        "unit": "u-000000-outside1",
        "unit_name": OUTSIDE_ZH,
    }
    row = {"unit": "u-990101-002", "name": "丙", "count": 3}
    assert inside.inside(row) == {"unit": "u-000000-outside2", "name": OUTSIDE_ZH, "count": 3}
