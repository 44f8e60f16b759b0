"""Changes of rows that are made when they are looked at, against a list of them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.loading.blocks import Block
from graph.loading.changes import Changes
from graph.loading.rows import EdgeRow, NodeRow
from graph.store.changes import Change, in_order
from graph.store.history import counts

Part = tuple[str, list[int]]
PARTS = st.lists(
    st.tuples(st.sampled_from(("nodes", "edges", "changes")), st.lists(st.integers(0, 4), max_size=5)),
    max_size=5,
)


def node(at: int) -> NodeRow:
    id_ = f"u-990102-{at}"
    return NodeRow("Unit", id_, {"id": id_, "name": f"单位{at}"} if at % 2 else {"id": id_}, at)


def edge(at: int) -> EdgeRow:
    return EdgeRow("OFFERS", f"e{at}", "u-990102-1", f"r-990102-{at}", {"id": f"e{at}"}, at)


def kept(at: int) -> Change:
    """A change of each sort, by its number."""
    before, after = {"id": f"x{at}", "until": 2}, {"id": f"x{at}", "until": 1}
    states = ((None, after), (before, after), (before, None))
    return Change("PART_OF", *states[at % 3], "a", "b") if at > 2 else Change("Area", *states[at % 3])


def both(parts: list[Part]) -> tuple[Changes, list[Change]]:
    """The changes, and the same ones one by one."""
    found, listed = Changes(), []
    rows: dict[str, Callable[[int], NodeRow | EdgeRow]] = {"nodes": node, "edges": edge}
    for what, positions in parts:
        if what == "changes":
            found += map(kept, positions)
            listed += map(kept, positions)
            continue
        every = [rows[what](i) for i in range(5)]
        found.create(_by_column(every), positions)
        listed += [
            Change(r.kind, None, r.properties, *((r.start, r.end) if isinstance(r, EdgeRow) else ()))
            for r in map(every.__getitem__, positions)
        ]
    return found, listed


def _by_column(rows: list[NodeRow | EdgeRow]) -> Block[NodeRow] | Block[EdgeRow]:
    """A block that has its rows as columns only."""
    columns = {n: [r.properties.get(n) for r in rows] for n in ("id", "name")}
    numbers, edges = [r.row for r in rows], [r for r in rows if isinstance(r, EdgeRow)]
    if edges:
        ends = ([e.start for e in edges], [e.end for e in edges])
        return Block[EdgeRow]("OFFERS", numbers, {"id": columns["id"]}, {}, ends)
    return Block[NodeRow]("Unit", numbers, columns, {})


@given(PARTS, st.integers(-30, 30), st.integers(-30, 30), st.integers(1, 4))
@settings(max_examples=150, deadline=None)
def test_changes_are_a_list_of_changes(parts: list[Part], start: int, stop: int, step: int) -> None:
    """Their length, parts, kinds and counts are those of the list."""
    found, listed = both(parts)
    assert (len(found), list(found)) == (len(listed), listed)
    assert found[start:stop:step] == listed[start:stop:step]
    assert [found[i] for i in range(len(found))] == listed
    assert list(found.of("Unit", "PART_OF")) == [c for c in listed if c.kind in ("Unit", "PART_OF")]
    assert found.counts() == counts(listed)
    grown = Counter(c.kind for c in listed if c.before is None)
    grown.subtract(c.kind for c in listed if c.after is None)
    assert {k: n for k, n in found.growth().items() if n} == {k: n for k, n in grown.items() if n}


@given(PARTS)
@settings(max_examples=150, deadline=None)
def test_changes_can_be_applied_in_their_order(parts: list[Part]) -> None:
    """Each sort of change stands where sorting all of them puts it; removed nodes are handed out apart."""
    found, listed = both(parts)
    first, last = found.in_order()
    sorts = [("edge" if c.start else "node", c.action) for c in in_order(listed)]
    assert [("edge" if c.start else "node", c.action) for c in [*first, *last]] == sorts
    assert Counter(map(repr, [*first, *last])) == Counter(map(repr, listed))
    assert {(c.start, c.action) for c in last} <= {("", "delete")}
    assert ("", "delete") not in {(c.start, c.action) for c in first}
