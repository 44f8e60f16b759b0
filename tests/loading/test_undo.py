"""Taking a finished load back: the graph as it was, unless something was built on it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph.errors import BadParameter, NotFound
from graph.ledger.entries import entry_now
from graph.loading import undo as undoing
from graph.loading.load import load_delivery
from graph.loading.plan import Options
from graph.loading.undo import UndoRefused, undo_load
from graph.reading.graph import Graph
from graph.store.derived import verify
from graph.store.history import read_sets
from graph.upkeep.forget import forget, forget_again
from tests.loading.content import content
from tests.loading.samples import CHANGED, DOCUMENT, EMPTY, OTHER, write_delivery

DAY = date(2025, 5, 1)


@pytest.fixture
def graph(embedded: Graph) -> Graph:
    """An empty graph of the embedded engine."""
    return embedded


@pytest.mark.parametrize("options", [Options("end", DAY), Options("remove", history="试")])
@pytest.mark.parametrize("most", [100_000, 1])
async def test_the_graph_is_as_it_was(
    graph: Graph, tmp_path: Path, options: Options, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Created, changed, ended and removed elements, derived edges, and what is known of the last delivery."""
    monkeypatch.setattr(undoing, "SINGLE_TRANSACTION", most)
    first, second = write_delivery(tmp_path / "one"), write_delivery(tmp_path / "two", **CHANGED)
    await load_delivery(graph.store, first)
    before = await content(graph)
    await load_delivery(graph.store, second, options=options, single_transaction=most, who="local:li")
    assert before != await content(graph)
    taken = await undo_load(graph.store, 2, who="local:wang")
    assert before == await content(graph)
    assert await verify(graph.store) == []
    assert (taken.kind, taken.undoes, taken.who) == ("undo", 2, "local:wang")
    assert (await load_delivery(graph.store, first)).already
    # Of the same files again: everything is there again.
    await load_delivery(graph.store, second, options=options)
    assert [c.kind for c in await read_sets(graph.store)] == ["load", "load", "undo", "load"]
    with pytest.raises(BadParameter, match="撤销"):
        await undo_load(graph.store, 2)


async def test_the_first_load_leaves_nothing(graph: Graph, tmp_path: Path) -> None:
    """Taken back in the order in which they came, loads leave an empty graph."""
    await load_delivery(graph.store, write_delivery(tmp_path / "one"))
    await load_delivery(graph.store, write_delivery(tmp_path / "two", **CHANGED), options=Options("end", DAY))
    await undo_load(graph.store, 2)
    await undo_load(graph.store, 1)
    assert await content(graph) == ([], [])
    rows = await graph.store.read([("MATCH (l:Load) RETURN l.id AS id", {})])
    assert rows == [[]]


async def test_what_was_built_on_it_is_listed(graph: Graph, tmp_path: Path) -> None:
    """Later changes of its elements, edges of other sources, elements that name its document."""
    await load_delivery(graph.store, write_delivery(tmp_path / "one"))
    tables = {
        **EMPTY,
        "manifest": OTHER,
        "nodes__SourceDocument": DOCUMENT,
        "nodes__Team": "id,name,kind\nt-990102-1,志愿队,volunteer_team\n",
        "edges__SERVES": "from,to,source\nt-990102-1,q-990102-1,d-990102-register\n",
    }
    await load_delivery(graph.store, write_delivery(tmp_path / "two", **tables))
    changed = write_delivery(tmp_path / "three", **CHANGED)
    await load_delivery(graph.store, changed, options=Options("end", DAY))
    before = await content(graph)
    with pytest.raises(UndoRefused) as caught:
        await undo_load(graph.store, 1)
    told = " ".join(zh for zh, _ in caught.value.reasons)
    changed = [zh.partition("：")[0] for zh, _ in caught.value.reasons if "改动" in zh]
    assert len(changed) == len(set(changed))
    for words in ("t-990102-1~SERVES~q-990102-1", "第 3 次", "以它为来源"):
        assert words in told
    assert before == await content(graph)
    # In the order in which they were built, all can go.
    for number in (3, 2, 1):
        await undo_load(graph.store, number)
    assert await content(graph) == ([], [])


async def test_an_unknown_number_is_told(graph: Graph, tmp_path: Path) -> None:
    """And so is one that is no load."""
    await load_delivery(graph.store, write_delivery(tmp_path / "one"))
    with pytest.raises(NotFound, match="7"):
        await undo_load(graph.store, 7)
    await undo_load(graph.store, 1)
    with pytest.raises(BadParameter, match="不是导入"):
        await undo_load(graph.store, 2)


async def test_an_erased_person_does_not_come_back(graph: Graph, tmp_path: Path) -> None:
    """What would take a load back holds no erased person any more."""
    await load_delivery(graph.store, write_delivery(tmp_path / "one"))
    posts = {"edges__HOLDS_POST": "from,to,role\n", "nodes__Person": "id,name\n"}
    folder = write_delivery(tmp_path / "two", **posts)
    await load_delivery(graph.store, folder, options=Options("remove", history="试"))
    # Not in the graph any more, only in what would take the removal back.
    await forget(graph, "p-990102-1", entry_now("local:li", "cobuild forget"))
    await undo_load(graph.store, 2)
    (rows,) = await graph.store.read([("MATCH (p:Person) RETURN p.id AS id", {})])
    assert [row["id"] for row in rows] == ["p-990102-2"]
    assert await verify(graph.store) == []
    assert await forget_again(graph.store, graph.ledger) == 0
