"""What the engine creates itself, beside the graph: it is what statements would have written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from graph.errors import LoadConflict
from graph.loading import batches
from graph.loading.load import load_delivery
from graph.loading.undo import undo_load
from graph.model import OPEN_END, OPEN_START
from graph.reading.graph import Graph
from graph.store.beside import beside, fill
from graph.store.parts import NewRows
from tests.loading.content import content
from tests.loading.samples import MANIFEST, TABLES, write_delivery

VALUES = {
    "id": ["p-990102-1", "p-990102-2", "p-990102-3"],
    "text": ["甲~𠮷\n“é”", "", None],
    "int": [0, -(2**53), 2**40],
    "float": [1.0, -0.5, None],
    "bool": [True, False, None],
    "day": [OPEN_START, OPEN_END, date(2024, 2, 29)],
    "list": [["一", "二"], [], None],
    "many": ["x", "x", "x"],
}
"""By column, values of every kind; of `None` a row has none."""


def part_of(start: str, end: str) -> NewRows:
    """One edge between two places."""
    columns = {"id": [f"{start}~PART_OF~{end}"], "since": [OPEN_START]}
    return NewRows("PART_OF", columns, {"until": OPEN_END, "synthetic": True, "role": None}, [start], [end])


async def test_values_are_what_was_given(embedded: Graph) -> None:
    """Text, numbers, days and lists come back with their types; the empty cell of a column is no value."""
    constants = {"synthetic": True, "spell": 1, "since": OPEN_START, "tags": ["a"], "nothing": None}
    async with beside(embedded.store) as other:
        done: list[int] = []
        await fill(other, [NewRows("Person", VALUES, constants)], [], done.append)
        (rows,) = await other.read([("MATCH (n:Person) RETURN properties(n) AS p ORDER BY n.id", {})])
    given = {name: value for name, value in constants.items() if value is not None}
    wanted = [
        {**{name: column[i] for name, column in VALUES.items() if column[i] is not None}, **given}
        for i in range(3)
    ]
    found = [row["p"] for row in rows]
    assert found == wanted
    kinds = [{name: type(value) for name, value in row.items()} for row in found]
    assert kinds == [{name: type(value) for name, value in row.items()} for row in wanted]


@pytest.mark.parametrize(
    "parts",
    [[part_of("q-990102-1", "990102009000")], [part_of("q-990102-1", "990102001000")]],
    ids=["no such node", "an edge that is there"],
)
async def test_what_does_not_fit_is_refused(
    parts: Sequence[NewRows], embedded: Graph, tmp_path: Path
) -> None:
    """An edge to nothing and an id that is there leave the graph as it was, and the next load goes on."""
    await load_delivery(embedded.store, write_delivery(tmp_path / "in"))
    before = await content(embedded)
    ends = [id_ for part in parts for id_ in (*(part.starts or ()), *(part.ends or ()))]
    with pytest.raises(LoadConflict):
        async with beside(embedded.store) as other:
            await fill(other, parts, ends)
    assert await content(embedded) == before
    await load_delivery(embedded.store, later(tmp_path), single_transaction=1)


def later(folder: Path) -> Path:
    """A second delivery, whose new rows hang on what is there, and which changes some of it."""
    return write_delivery(
        folder / "later",
        manifest=MANIFEST.replace('batch = "1"', 'batch = "2"'),
        nodes__Quarter=TABLES["nodes/Quarter"].replace(",120", ",130"),
        nodes__Area=TABLES["nodes/Area"] + "990102001001,样例社区,community\n",
        nodes__Person=TABLES["nodes/Person"] + "p-990102-3,样例人三,\n",
        edges__PART_OF=TABLES["edges/PART_OF"] + "990102001001,990102001000,2021-01-01\n",
        edges__HOLDS_POST=TABLES["edges/HOLDS_POST"]
        + "p-990102-3,oc-990102-1,member,2025-05-01,\np-990102-3,po-990102-1,secretary,2025-06-01,\n",
    )


async def test_a_load_ends_as_in_one_transaction(
    embedded: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two deliveries leave beside the graph what they leave in one transaction, and are undone as there."""
    monkeypatch.setattr(batches, "CHUNK", 3)  # so that derived edges are created by the engine too
    seen = []
    for most in (1, 100_000):
        await load_delivery(embedded.store, write_delivery(tmp_path / "in"), single_transaction=most)
        first = await content(embedded)
        await load_delivery(embedded.store, later(tmp_path), single_transaction=most)
        seen.append((first, await content(embedded)))
        assert embedded.store.engine is not None
        assert await embedded.store.engine.check() == []
        loads = await embedded.store.read([("MATCH (c:ChangeSet) RETURN max(c.number) AS n", {})])
        await undo_load(embedded.store, loads[0][0]["n"])
        assert await content(embedded) == first
        await undo_load(embedded.store, loads[0][0]["n"] - 1)
        assert await content(embedded) == ([], [])
    assert seen[0] == seen[1]
    assert any("WITHIN" in edge for edge in seen[0][0][1])
    assert any("CROSS_APPOINTMENT" in edge for edge in seen[0][1][1])
