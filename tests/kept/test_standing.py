"""Rows of a large unit stay in its file, until it goes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from graph.kept.packing import pack
from graph.kept.standing import SMALL, UnitGone, keep_in_memory
from graph.kept.unit import PackedUnit

ROWS = [{"area": f"a{n % 7}", "subject": random.Random(n).randbytes(16).hex()} for n in range(3_000)]


def written(path: Path, rows: list[dict[str, str]] = ROWS) -> PackedUnit:
    """A unit that stands in a file."""
    content = pack(rows, [(row["area"],) for row in rows], {"file": "x", "revision": "1"})
    path.write_bytes(content)
    unit = PackedUnit(content)
    unit.stand(path)
    assert unit.content == content
    return unit


def test_its_rows_are_read_from_the_file(tmp_path: Path) -> None:
    """The same rows, cuts and counts, and a tenth of it in memory."""
    unit = written(tmp_path / "unit")
    assert unit.size < len(unit.content) / 5
    assert [*unit.rows(range(unit.count))] == ROWS
    assert [*unit.values(["subject"])] == [[row["subject"]] for row in ROWS]
    inside = [row for row in ROWS if row["area"] == "a3"]
    assert [*unit.rows(unit.numbers("a3", frozenset()))] == inside


def test_a_small_one_is_in_memory(tmp_path: Path) -> None:
    """Then no file has to be opened for a page of a community."""
    unit = written(tmp_path / "unit", ROWS[:9])
    assert unit.size < SMALL
    (tmp_path / "unit").unlink()
    assert [*unit.rows(range(9))] == ROWS[:9]


def test_where_room_is_made_it_is_read_before(tmp_path: Path) -> None:
    """Who still holds the unit gives its rows."""
    unit = written(tmp_path / "unit")
    keep_in_memory(tmp_path / "unit")
    (tmp_path / "unit").unlink()
    assert [*unit.rows(range(unit.count))] == ROWS
    assert unit.size == len(unit.content)
    assert not unit.gone


@pytest.mark.parametrize("replaced", [False, True])
def test_a_file_that_is_gone_is_said(tmp_path: Path, replaced: bool) -> None:
    """Removed, or another one in its place: its rows are asked for again, and never mixed."""
    path = tmp_path / "unit"
    unit = written(path)
    if replaced:
        other = tmp_path / "other"
        other.write_bytes(path.read_bytes())
        other.replace(path)
    else:
        path.unlink()
    assert unit.gone  # known before anybody reads: of a hundred that went, each would be told apart
    with pytest.raises(UnitGone):
        list(unit.rows(range(unit.count)))
    assert unit.gone


def test_damage_in_a_file_is_as_if_it_were_gone(tmp_path: Path) -> None:
    """Bytes that a disk lost after the unit was read: it is asked for again, and then found anew."""
    path = tmp_path / "unit"
    unit = written(path)
    with path.open("r+b") as file:
        file.seek(len(unit.content) // 2)
        file.write(bytes(5_000))
    with pytest.raises(UnitGone):
        list(unit.rows(range(unit.count)))
    assert unit.gone


def test_who_stands_in_no_file_stays_in_memory(tmp_path: Path) -> None:
    """As where the disk is full, or another file of that name is there."""
    content = pack(ROWS, [()] * len(ROWS), {})
    for path in (tmp_path / "none", tmp_path / "other"):
        if path.name == "other":
            path.write_bytes(b"other")
        unit = PackedUnit(content)
        unit.stand(path)
        assert [*unit.rows([5])] == [ROWS[5]]
