"""Choosing against the optimum of every set of invitations, on small drawn boards."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product
from math import fsum

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.coverage.plan.choose import Choice, Invitation, OpenNeed, choose, open_to

RESOURCES = ("r1", "r2", "r3")
COMMITTEES = ("c1", "c2")
some_resources = st.frozensets(st.sampled_from(RESOURCES), max_size=3)
some_committees = st.frozensets(st.sampled_from(COMMITTEES), max_size=2)


@st.composite
def needs(draw: st.DrawFn, prefix: str, reached: bool) -> list[OpenNeed]:
    """Needs that want some resources and reach some of these or, as gaps do, none."""
    found = []
    for number in range(draw(st.integers(0, 4))):
        wanted = draw(some_resources)
        reaches = draw(some_resources) & wanted if reached else frozenset()
        found.append(OpenNeed(f"{prefix}{number}", reaches, draw(some_committees), wanted))
    return found


@st.composite
def invitations(draw: st.DrawFn) -> list[Invitation]:
    """Up to five, each pair of unit and committee once; some fill the committee's own gap."""
    pairs = draw(
        st.lists(st.tuples(st.sampled_from("uvw"), st.sampled_from(COMMITTEES)), max_size=5, unique=True)
    )
    return [
        Invitation(unit, committee, draw(some_resources), draw(st.sampled_from([None, committee])))
        for unit, committee in pairs
    ]


rooms = st.fixed_dictionaries({r: st.integers(0, 2) for r in RESOURCES})


def most_matched(wanting: Sequence[OpenNeed], chosen: Sequence[Invitation], room: dict[str, int]) -> int:
    """The most needs that can be met at once, by trying every assignment."""
    best = 0
    for given_ in product(*([None, *sorted(open_to(n, chosen))] for n in wanting)):
        used = [r for r in given_ if r is not None]
        if all(used.count(r) <= room[r] for r in set(used)):
            best = max(best, len(used))
    return best


def closes(gaps: Sequence[OpenNeed], chosen: Sequence[Invitation], room: dict[str, int]) -> int:
    """Gaps closed by invitations: needs and committees."""
    return most_matched(gaps, chosen, room) + len({i.fills for i in chosen if i.fills})


def smallest(
    gaps: Sequence[OpenNeed], offered: Sequence[Invitation], room: dict[str, int], least: int
) -> int:
    """Size of the smallest set of invitations that closes so many."""
    return next(
        size
        for size in range(len(offered) + 1)
        if any(closes(gaps, chosen, room) >= least for chosen in combinations(offered, size))
    )


def check(choice: Choice, gaps: Sequence[OpenNeed], others: Sequence[OpenNeed], room: dict[str, int]) -> None:
    """Matches are allowed, within the room, and no invitation can be left out."""
    known = {n.id: n for n in [*gaps, *others]}
    for need, resource in choice.matches.items():
        assert resource in open_to(known[need], choice.invitations)
    used = list(choice.matches.values())
    assert all(used.count(r) <= room[r] for r in used)
    urgent = sum(n.id in choice.matches for n in gaps)
    assert urgent == most_matched(gaps, choice.invitations, room)
    everybody = [*gaps, *others]
    assert len(choice.matches) == most_matched(everybody, choice.invitations, room)
    for left_out in choice.invitations:
        rest = [i for i in choice.invitations if i is not left_out]
        assert closes(gaps, rest, room) < choice.closable


@settings(max_examples=150)
@given(gaps=needs("g", False), others=needs("o", True), offered=invitations(), room=rooms)
def test_nothing_closes_more(
    gaps: list[OpenNeed], others: list[OpenNeed], offered: list[Invitation], room: dict[str, int]
) -> None:
    """As many gaps as all invitations together could close, and none of the chosen is needless."""
    choice = choose(gaps, others, offered, room)
    assert choice.closable == closes(gaps, offered, room)
    assert closes(gaps, choice.invitations, room) == choice.closable
    check(choice, gaps, others, room)


@settings(max_examples=150)
@given(gaps=needs("g", False), offered=invitations())
def test_where_nothing_is_contested_the_set_is_nearly_the_smallest(
    gaps: list[OpenNeed], offered: list[Invitation]
) -> None:
    """Set cover by greedy: at most H(d) times the optimum."""
    room = dict.fromkeys(RESOURCES, len(gaps))
    choice = choose(gaps, [], offered, room)
    most = max((closes(gaps, [i], room) for i in offered), default=0)
    bound = fsum(1 / n for n in range(1, most + 1)) * smallest(gaps, offered, room, choice.closable)
    assert len(choice.invitations) <= bound + 1e-9


def test_two_invitations_that_help_only_together_are_both_found() -> None:
    """The one frees a resource for a need that the other lets reach it."""
    first = OpenNeed("g1", frozenset(), frozenset({"c1"}), frozenset({"r1", "r2"}))
    second = OpenNeed("g2", frozenset(), frozenset({"c2"}), frozenset({"r1"}))
    offered = [
        Invitation("u", "c1", frozenset({"r1"})),
        Invitation("v", "c1", frozenset({"r2"})),
        Invitation("w", "c2", frozenset({"r1"})),
    ]
    choice = choose([first, second], [], offered, {"r1": 1, "r2": 1})
    assert {i.unit for i in choice.invitations} == {"v", "w"}
    assert choice.matches == {"g1": "r2", "g2": "r1"}


def test_existing_ties_come_before_new_ones() -> None:
    """A need that has a way of its own does not use an invitation's resource."""
    need = OpenNeed("o1", frozenset({"r2"}), frozenset({"c1"}), frozenset({"r1", "r2"}))
    gap = OpenNeed("g1", frozenset(), frozenset({"c1"}), frozenset({"r1"}))
    choice = choose([gap], [need], [Invitation("u", "c1", frozenset({"r1"}))], {"r1": 2, "r2": 1})
    assert choice.matches == {"g1": "r1", "o1": "r2"}


def test_progress_ends_at_what_can_be_closed() -> None:
    """Whoever waits sees how far it is."""
    seen: list[tuple[int, int]] = []
    gap = OpenNeed("g1", frozenset(), frozenset({"c1"}), frozenset({"r1"}))
    choose(
        [gap],
        [],
        [Invitation("u", "c1", frozenset({"r1"}))],
        {"r1": 1},
        lambda done, total: seen.append((done, total)),
    )
    assert seen == [(0, 1), (1, 1)]
