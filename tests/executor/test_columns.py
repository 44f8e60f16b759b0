"""The graph in columns: what stands where, after changes and back from a file."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from graph.executor.changing import change
from graph.executor.columns import LABELS, ROOM, CannotHoldError, Columns, Part
from graph.executor.stored import from_bytes, to_bytes
from graph.model import EDGES, NODES

WANTED = {"Quarter": ("kind", "households"), "Person": ("gender",), "LIVES_IN": ("since_known",)}
DAY = date(2025, 6, 30).toordinal()
Known = dict[tuple[str, str], tuple[Any, ...]]


def known(parts: Iterable[Part]) -> Known:
    """By kind and id the ends and properties, whatever the order."""
    found = {}
    for part in parts:
        names = sorted(part.columns)
        rows = [*zip(*(part.columns[n] for n in names), strict=True)] or [()] * len(part.ids)
        ends = zip(part.starts or [""] * len(part.ids), part.ends or [""] * len(part.ids), strict=True)
        for id_, pair, row in zip(part.ids, ends, rows, strict=True):
            found[part.kind, id_] = (*pair, *zip(names, row, strict=True))
    return found


def homes(ids: list[tuple[str, str]]) -> Part:
    """Persons who live in quarters."""
    columns: dict[str, list[Any]] = {n: [v] * len(ids) for n, v in (("since", DAY), ("until", DAY + 1))}
    names = [f"{person}~LIVES_IN~{quarter}" for person, quarter in ids]
    return Part("LIVES_IN", names, {**columns, "since_known": [True] * len(ids)}, *map(list, zip(*ids)))  # noqa: B905


def some(quarters: int = 3, persons: int = 5) -> list[Part]:
    """A few quarters and persons, everyone in one quarter."""
    at = [f"q-990101-{n}" for n in range(quarters)]
    who = [f"p-990101-{n}" for n in range(persons)]
    return [
        Part(
            "Quarter",
            at,
            {"kind": ["old", *["new"] * (quarters - 1)], "households": [None, *range(1, quarters)]},
        ),
        Part("Person", who, {"gender": ["female"] * persons}),
        homes([(person, at[-1 - n % quarters]) for n, person in enumerate(reversed(who))]),
    ]


def walked(columns: Columns) -> None:
    """Every edge is found from both of its ends, and nowhere else."""
    for edges in columns.edges.values():
        out = {(n, e) for n in range(len(columns.ids)) for e in edges.leaving(n)}
        assert out == set(zip(edges.starts, range(len(edges.starts)), strict=True))
        reached = set()
        for n in range(len(columns.ids)):
            at = n - edges.in_first
            if 0 <= at < len(edges.in_offsets) - 1:
                reached |= {(n, e) for e in edges.in_edges[edges.in_offsets[at] : edges.in_offsets[at + 1]]}
        assert reached == set(zip(edges.ends, range(len(edges.ends)), strict=True))


def test_everything_stands_under_its_number() -> None:
    """Nodes of a label follow each other with room behind them, persons last; edges by where they start."""
    columns = Columns.from_parts(WANTED, some())
    assert known(columns.parts()) == known(some())
    assert set(columns.labels) == set(NODES)
    assert set(columns.edges) == set(EDGES)
    assert LABELS[-1] == "Person"
    quarters = columns.labels["Quarter"]
    assert [columns.ids[n] for n in quarters.live] == ["q-990101-0", "q-990101-1", "q-990101-2"]
    assert quarters.end - quarters.first == 3 + ROOM
    assert [columns.value("households", n) for n in quarters.live] == [None, 1, 2]
    assert columns.value("households", columns.numbers["p-990101-1"]) is None
    assert columns.edges["LIVES_IN"].columns == {"since_known": [True] * 5}
    walked(columns)


def test_columns_come_back_from_a_file() -> None:
    """What is written is read again, and nothing else is taken for columns."""
    columns = Columns.from_parts(WANTED, some())
    columns = change(columns, [("Quarter", "q-990101-0", "", "", {}, None)], {"LIVES_IN": None})
    content = to_bytes(columns)
    again = from_bytes(content)
    assert known(again.parts()) == known(columns.parts())
    walked(again)
    for wrong in (content[:-9], b"", b"x" * 100, content[9:]):
        with pytest.raises(CannotHoldError):
            from_bytes(wrong)


def test_changes_give_what_would_be_made_anew() -> None:
    """Nodes and edges that come, change and go, in any number; who is added moves no one."""
    draw = random.Random(7)
    columns = Columns.from_parts(WANTED, some(20, 60))
    wanted = known(some(20, 60))
    for turn in range(40):
        changes: list[tuple[Any, ...]] = []
        at = [id_ for kind, id_ in wanted if kind == "Quarter"]
        who = [id_ for kind, id_ in wanted if kind == "Person"]
        person = f"p-990101-new{turn}"
        if draw.random() < 0.7:
            changes.append(("Person", person, "", "", None, {"gender": None}))
            wanted["Person", person] = ("", "", ("gender", None))
            who.append(person)
        for one in draw.sample(at, 2):
            changes.append(("Quarter", one, "", "", {}, {"households": turn}))
            wanted["Quarter", one] = ("", "", ("households", turn), ("kind", None))
        for key, (start, end, *_) in draw.sample(sorted(wanted.items()), 5):
            if key[0] == "LIVES_IN":
                changes.append((*key, start, end, {}, None))
                del wanted[key]
        for one in draw.sample(who, 3):
            part = homes([(one, draw.choice(at))])
            row = {name: values[0] for name, values in part.columns.items()}
            changes.append((part.kind, part.ids[0], part.starts[0], part.ends[0], None, row))  # type: ignore[index]
            wanted |= known([part])
        gone = draw.choice(who)
        if not any(gone == value[0] for value in wanted.values()):
            changes.append(("Person", gone, "", "", {}, None))
            wanted.pop(("Person", gone))
        changes = [c for c in changes if c[5] is None or (c[0], c[1]) in wanted]
        columns = change(columns, changes)
        assert columns.generation == turn + 1
        assert known(columns.parts()) == wanted
        assert {id_: columns.ids[n] for id_, n in columns.numbers.items()} == {i: i for i in columns.numbers}
        walked(columns)


def test_where_no_room_is_left_everything_moves() -> None:
    """More nodes than a label has room for are held all the same."""
    columns = Columns.from_parts(WANTED, some())
    coming = [(f"q-990101-{n}", n) for n in range(100, 100 + 3 * ROOM)]
    changed = change(columns, [("Quarter", id_, "", "", None, {"households": n}) for id_, n in coming])
    assert changed is not columns
    assert changed.generation == 1
    assert len(changed.labels["Quarter"].live) == 3 + 3 * ROOM
    assert all(changed.value("households", changed.numbers[id_]) == n for id_, n in coming)
    walked(changed)


def test_edges_go_by_a_property_or_all() -> None:
    """Of derived edges those of some persons are replaced, or all."""
    parts = some()
    parts[-1].columns["since_known"] = [True, False, True, False, True]
    columns = change(Columns.from_parts(WANTED, parts), [], {"LIVES_IN": ("since_known", {False})})
    assert columns.edges["LIVES_IN"].columns == {"since_known": [True] * 3}
    walked(columns)
    assert not change(columns, [], {"LIVES_IN": None}).edges["LIVES_IN"].ids


def test_what_is_damaged_is_not_held() -> None:
    """An edge to nothing, and two nodes of one id."""
    for parts in ([*some(), homes([("p-990101-0", "q-990101-99")])], [*some(), *some()[:1]]):
        with pytest.raises(CannotHoldError):
            Columns.from_parts(WANTED, parts)
