"""Two things that turn out to be one: merged and taken apart, against a plain model of the graph."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadParameter, NotFound
from graph.ledger.records import KeptRun, Waiver
from graph.loading.load import load_delivery
from graph.loading.merging.carry_out import merge, settle, take_apart
from graph.loading.merging.plan import MergeRefused, plan_merge
from graph.loading.undo import UndoRefused, undo_load
from graph.model import EDGES, OPEN_END, edge_id
from graph.reading.graph import Graph
from tests.builder import BEGIN, GraphBuilder, district
from tests.conftest import wipe
from tests.loading.samples import TABLES, write_delivery

DAY = date(2025, 6, 30)
Model = tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]
KEPT, GONE = "q-990101-01", "q-990101-02"
WHO = "张某"


async def state(graph: Graph) -> Model:
    """Nodes by id and recorded edges by id, as the engine has them, with ends; derived edges too."""
    nodes, edges = await graph.store.read(
        [
            ("MATCH (n) WHERE n.id IS NOT NULL AND NOT n:Meta AND NOT n:ChangeSet AND NOT n:LoadJournal "
             "AND NOT n:Load RETURN properties(n) AS n", {}),
            ("MATCH (a)-[e]->(b) RETURN a.id AS start, b.id AS end, type(e) AS type, properties(e) AS e", {}),
        ]
    )  # fmt: skip
    found = {r["e"]["id"]: {**r["e"], "type": r["type"], "from": r["start"], "to": r["end"]} for r in edges}
    return {r["n"]["id"]: r["n"] for r in nodes}, found


def merged(model: Model, kept: str, gone: str) -> Model:
    """The model itself: ids replaced; what both have is one, where they do not follow each other."""
    nodes, edges = deepcopy(model)
    recorded = {i: e for i, e in edges.items() if not EDGES[e["type"]].derived}
    mine = {i: e for i, e in recorded.items() if gone not in (e["from"], e["to"])}
    for _, edge in sorted(recorded.items()):
        if gone not in (edge["from"], edge["to"]):
            continue
        start, end = (kept if i == gone else i for i in (edge["from"], edge["to"]))
        key = EDGES[edge["type"]].key
        spell = edge["spell"]
        while True:
            id_ = edge_id(edge["type"], start, end, edge[key] if key else None, spell)
            other = mine.get(id_)
            if other is None or not (other["until"] <= edge["since"] or edge["until"] <= other["since"]):
                break
            spell += 1
        mine.setdefault(id_, {**edge, "id": id_, "from": start, "to": end, "spell": spell})
    lost = nodes.pop(gone)
    nodes[kept] = {**lost, **nodes[kept]}
    return nodes, mine


def recorded(model: Model) -> Model:
    """Without derived edges."""
    return model[0], {i: e for i, e in model[1].items() if not EDGES[e["type"]].derived}


SPELLS = st.sampled_from(
    [(BEGIN, OPEN_END), (None, OPEN_END), (BEGIN, DAY), (DAY, OPEN_END), (DAY - timedelta(days=9), OPEN_END)]
)


@st.composite
def neighbourhoods(draw: st.DrawFn) -> GraphBuilder:
    """Two quarters, persons and bodies, and ties of either or of both; some have ended."""
    build = GraphBuilder()
    district(build, 2)
    for quarter in (KEPT, GONE):
        if draw(st.booleans()):
            build.nodes[quarter]["households"] = draw(st.integers(1, 3))
        if draw(st.booleans()):
            build.nodes[quarter]["floor_area_m2"] = 100.0
    for number in (1, 2):
        build.node(f"p-990101-{number}", name=f"示例{number}")
        for type_ in ("OWNS_HOME_IN", "LIVES_IN"):
            for quarter in (KEPT, GONE):
                if draw(st.booleans()):
                    since, until = draw(SPELLS)
                    build.edge(f"p-990101-{number}", type_, quarter, since=since, until=until)
    for number in (1, 2):
        build.node(f"po-990101-{number}", name=f"支部{number}", level="quarter")
        for quarter in (KEPT, GONE):
            if draw(st.booleans()):
                since, until = draw(SPELLS)
                build.edge(f"po-990101-{number}", "COVERS", quarter, since=since, until=until)
    for quarter in (KEPT, GONE):
        if draw(st.booleans()):
            build.complete(quarter, "owners_committee")
    return build


@settings(max_examples=12)
@given(build=neighbourhoods())
async def test_merged_and_taken_apart_is_as_before(embedded: Graph, build: GraphBuilder) -> None:
    """Merged it is what the model says, nothing lost and nothing double; taken apart it is what it was."""
    await wipe(embedded.store)
    await settle_all(embedded)
    await build.write(embedded.store)
    before = await state(embedded)
    done = await merge(embedded.store, embedded.ledger, KEPT, GONE, reason="同一小区", who=WHO)
    assert recorded(await state(embedded)) == merged(before, KEPT, GONE)
    assert done.number is not None
    await take_apart(embedded.store, embedded.ledger, done.number, reason="弄错了", who=WHO)
    assert await state(embedded) == before


async def settle_all(graph: Graph) -> None:
    """Forget the merges of an earlier example, whose graph was wiped."""
    for merge_ in await graph.ledger.merges.all():
        await graph.ledger.merges.move_back(merge_.number)


async def test_persons_with_posts_on_each_engine(graph: Graph) -> None:
    """Posts, cross-appointments that are derived from them, and a second spell of the same post."""
    build = GraphBuilder()
    (quarter,) = district(build)
    for number in (1, 2):
        build.node(f"p-990101-{number}", name="张三")
    build.nodes["p-990101-2"]["gender"] = "female"
    build.node("po-990101-1", name="支部", level="quarter")
    build.node("oc-990101-1", name="业委会", kind="owners_committee")
    build.edge("po-990101-1", "COVERS", quarter)
    build.edge("oc-990101-1", "COVERS", quarter)
    build.post("p-990101-1", "secretary", "po-990101-1")
    build.post("p-990101-2", "chair", "oc-990101-1", since=DAY)
    build.post("p-990101-1", "chair", "oc-990101-1", since=BEGIN, until=DAY)
    await build.write(graph.store)
    before = await state(graph)
    done = await merge(graph.store, graph.ledger, "p-990101-1", "p-990101-2", reason="同一人", who=WHO)
    after = await state(graph)
    assert recorded(after) == merged(before, "p-990101-1", "p-990101-2")
    posts = sorted(i for i, e in after[1].items() if e["type"] == "HOLDS_POST")
    assert posts[0].endswith("chair") or posts[0].endswith("chair~1")
    assert len(posts) == 3
    build.edges, build.nodes = recorded(after)[1], after[0]
    build.derive()
    assert build.edges == after[1]
    assert done.number is not None
    await take_apart(graph.store, graph.ledger, done.number, reason="两个人", who=WHO)
    assert await state(graph) == before


async def test_what_names_them_goes_along(embedded: Graph) -> None:
    """Names of registers, open questions, waivers, kept runs: to the kept one, and back."""
    ledger = embedded.ledger
    build = GraphBuilder()
    district(build, 3)
    build.nodes[GONE]["name"] = "清泉花圆"
    await build.write(embedded.store)
    await ledger.names.keep("990101", {"Quarter|990101001001|甲": GONE, "Quarter|990101001001|乙": KEPT})
    waiver = Waiver(f"R10:{GONE}", "r", None, "已报批", "科", DAY, OPEN_END)
    other = Waiver(f"R10:{GONE}5", "r", None, "已报批", "科", DAY, OPEN_END)
    await ledger.waive([waiver, other])
    run = await ledger.keep(
        KeptRun(
            "一", "科", None, DAY, 0, {}, [{"finding": f"R10:{GONE}", "subject": GONE}, {"finding": "R10:x"}]
        )
    )

    async def names() -> tuple[Any, ...]:
        known = dict((await ledger.names.read("990101")).ids)
        waivers = sorted(w.finding for w in await ledger.waivers())
        return known, waivers, (await ledger.run(run.id)).findings

    before = await names()
    done = await merge(embedded.store, ledger, KEPT, GONE, reason="同一小区", who=WHO)
    known, waivers, findings = await names()
    assert set(known.values()) == {KEPT}
    assert "Quarter|990101001001|清泉花圆" in known
    assert waivers == sorted([f"R10:{KEPT}", f"R10:{GONE}5"])
    assert findings == [{"finding": f"R10:{KEPT}", "subject": KEPT}, {"finding": "R10:x"}]
    assert done.records == 4
    # Named anew since: taking apart leaves that.
    await ledger.names.keep("990101", {"Quarter|990101001001|甲": "q-990101-03"})
    assert done.number is not None
    await take_apart(embedded.store, ledger, done.number, reason="弄错了", who=WHO)
    known, *rest = await names()
    assert (known["Quarter|990101001001|甲"], rest) == ("q-990101-03", list(before[1:]))
    assert known["Quarter|990101001001|乙"] == KEPT


async def test_a_ledger_that_lags_behind_is_made_up(embedded: Graph) -> None:
    """A process that ended after it wrote the graph: the next merge, or `settle`, writes the ledger."""
    build = GraphBuilder()
    district(build, 2)
    await build.write(embedded.store)
    await embedded.ledger.names.keep("990101", {"Quarter|990101001001|甲": GONE})
    done = await merge(embedded.store, embedded.ledger, KEPT, GONE, reason="同一小区", who=WHO)
    assert done.number is not None
    await embedded.ledger.merges.move_back(done.number)
    assert await embedded.ledger.merges.all() == []
    assert await settle(embedded.store, embedded.ledger) == 1
    assert (await embedded.ledger.names.read("990101")).ids["Quarter|990101001001|甲"] == KEPT


async def test_what_cannot_be_one_is_refused(embedded: Graph) -> None:
    """Of two types, joined to each other, in two communities at once, in a circle: each says why."""
    build = GraphBuilder()
    quarters = district(build, 2)
    build.node("990101001002", level="community", name="另一社区")
    build.edge("990101001002", "PART_OF", "990101001000")
    build.node("q-990101-09", name="别处小区")
    build.edge("q-990101-09", "PART_OF", "990101001002")
    for number in (1, 2, 3):
        build.node(f"po-990101-{number}", name=f"支部{number}", level="quarter")
    build.edge("po-990101-1", "SUBORDINATE_TO", "po-990101-2")
    build.edge("po-990101-2", "SUBORDINATE_TO", "po-990101-3")
    await build.write(embedded.store)
    before = await state(embedded)
    for kept, gone, error, word in (
        (quarters[0], "po-990101-1", BadParameter, "同类"),
        (quarters[0], quarters[0], BadParameter, "不同"),
        ("990101001001", "990101001002", BadParameter, "不能合并"),
        (quarters[0], "q-990101-77", NotFound, "q-990101-77"),
        (quarters[0], "q-990101-09", MergeRefused, "PART_OF"),
        ("po-990101-1", "po-990101-2", MergeRefused, "两者之间有关系"),
        ("po-990101-1", "po-990101-3", MergeRefused, "SUBORDINATE_TO"),
    ):
        with pytest.raises(error, match=word):
            await plan_merge(embedded.store, kept, gone)
    with pytest.raises(BadParameter, match="理由"):
        await merge(embedded.store, embedded.ledger, *quarters, reason=" ", who=WHO)
    assert await state(embedded) == before


async def test_deliveries_before_and_after(embedded: Graph, tmp_path: Path) -> None:
    """One that still has the id means what is kept; what a later load changed has to be undone first."""
    store = embedded.store
    kept, gone = "q-990102-2", "q-990102-1"
    await load_delivery(store, write_delivery(tmp_path / "one"))
    done = await merge(store, embedded.ledger, kept, gone, reason="同一小区", who=WHO)
    assert (done.filled, done.joined, done.moved) == (["households"], 1, 2)
    assert [(d.property, d.stands) for d in done.differing] == [("name", "样例小区二"), ("since", date.min)]
    before = await state(embedded)
    again = await load_delivery(store, write_delivery(tmp_path / "one"))
    assert [f.row for f in again.warnings if f"已并入 {kept}" in f.zh] == [2]
    assert (again.created, again.changed, again.ended, again.removed) == (0, 0, 0, 0)
    assert await state(embedded) == before
    alone = {"nodes__Quarter": f"id,name,households\n{gone},样例小区二,120\n"}
    renamed = await load_delivery(store, write_delivery(tmp_path / "alone", **alone), dry_run=True)
    assert (renamed.created, renamed.removed, [f.row for f in renamed.warnings][:1]) == (0, 0, [2])
    mended = {
        "nodes__Quarter": f"id,name,households\n{kept},样例小区二,130\n",
        "edges__PART_OF": f"from,to,since\n990102001000,990102000000,\n{kept},990102001000,\n",
        "edges__COVERS": TABLES["edges/COVERS"].replace(gone, kept),
    }
    report = await load_delivery(store, write_delivery(tmp_path / "two", **mended))
    assert (report.created, report.changed) == (0, 1)
    assert done.number is not None
    with pytest.raises(UndoRefused) as refused:
        await take_apart(store, embedded.ledger, done.number, reason="弄错了", who=WHO)
    assert any(kept in zh for zh, _ in refused.value.reasons)
    await undo_load(store, done.number + 1)
    made = await take_apart(store, embedded.ledger, done.number, reason="弄错了", who=WHO)
    assert (made.undoes, made.who) == (done.number, f"{WHO}（弄错了）")
    assert not (await load_delivery(store, write_delivery(tmp_path / "one"))).gone
    with pytest.raises(BadParameter, match="撤销"):
        await take_apart(store, embedded.ledger, done.number, reason="弄错了", who=WHO)
