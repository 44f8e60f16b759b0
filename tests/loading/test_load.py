"""Loading: one atomic change, the same again changes nothing, what has gone is reported."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.errors import EnvironmentFault, LoadConflict, LoadIncomplete
from graph.loading import batches
from graph.loading import write as writing
from graph.loading.changes import Changes
from graph.loading.delivery import read_delivery
from graph.loading.load import discard, load_delivery, rebuild_derived
from graph.loading.plan import Missing, Options
from graph.loading.read_back import count_kinds, read_back
from graph.loading.report import LoadReport
from graph.loading.soundness import flaws
from graph.reading.graph import Graph
from graph.store import Transaction
from graph.store import changes as bulk
from graph.store.changes import Change
from graph.store.derived import verify
from tests.loading.content import content
from tests.loading.samples import MANIFEST, TABLES, write_delivery


async def test_a_delivery_stands_in_the_graph_as_it_was_written(graph: Graph, tmp_path: Path) -> None:
    """Typed values, defaults, computed ids and provenance; an empty cell is not stored."""
    report = await load_delivery(graph.store, write_delivery(tmp_path / "in"))
    assert (report.created, report.derived, report.version) == (17, 8, 1)
    rows = await graph.store.read(
        [
            ("MATCH (q:Quarter {id: 'q-990102-2'}) RETURN properties(q) AS p", {}),
            ("MATCH (:Person)-[h:HOLDS_POST {role: 'secretary'}]->() RETURN properties(h) AS p", {}),
        ]
    )
    quarter, post = rows[0][0]["p"], rows[1][0]["p"]
    assert quarter == {
        "id": "q-990102-2",
        "name": "样例小区二",
        "named": True,
        "source": "d-990102-register",
        "synthetic": True,
    }
    assert {
        "id": "p-990102-1~HOLDS_POST~po-990102-1~secretary~1",
        "role": "secretary",
        "spell": 1,
        "since": date(2022, 1, 1),
        "until": date(2025, 1, 1),
        "since_known": True,
        "source": "d-990102-register",
        "synthetic": True,
    } == post


async def test_cross_appointments_are_derived_in_the_same_change(graph: Graph, tmp_path: Path) -> None:
    """Two overlapping posts of one person give one edge for the time of both."""
    await load_delivery(graph.store, write_delivery(tmp_path / "in"))
    text = "MATCH (a)-[x:CROSS_APPOINTMENT]->(b) RETURN a.id AS a, b.id AS b, properties(x) AS p"
    (rows,) = await graph.store.read([(text, {})])
    assert [(r["a"], r["b"]) for r in rows] == [("oc-990102-1", "po-990102-1")]
    assert (date(2023, 1, 1), date(2025, 1, 1)) == (rows[0]["p"]["since"], rows[0]["p"]["until"])
    assert await verify(graph.store) == []


async def test_what_was_written_is_read_back(graph: Graph, tmp_path: Path) -> None:
    """Lost and altered elements are named, without values; what another has changed since is no fault."""
    store, before = graph.store, await count_kinds(graph.store)
    await load_delivery(store, write_delivery(tmp_path / "in"))
    delivery, _ = read_delivery(tmp_path / "in")
    assert delivery is not None
    changes = Changes(Change(n.label, None, n.properties) for n in delivery.nodes)
    changes += [Change(e.type, None, e.properties, e.start, e.end) for e in delivery.edges]
    await read_back(store, before, changes, 1)

    async def spoil(tx: Transaction) -> None:
        await tx.run("MATCH ()-[e:COVERS {id: 'oc-990102-1~COVERS~q-990102-1'}]->() DELETE e")
        await tx.run("MATCH (n:Person {id: 'p-990102-2'}) SET n.name = '别名'")

    await store.write(spoil)
    with pytest.raises(EnvironmentFault) as told:
        await read_back(store, before, changes, 1)
    assert "oc-990102-1~COVERS~q-990102-1 没有写入" in told.value.zh
    assert "p-990102-2 不同 / differs: name" in told.value.zh
    assert "别名" not in told.value.zh
    await read_back(store, before, changes, 0)


async def test_verify_reports_whatever_it_meets(graph: Graph, tmp_path: Path) -> None:
    """Each kind of damage is a flaw of its element: none hides the others, and none ends the look."""
    await load_delivery(graph.store, write_delivery(tmp_path / "in"))
    assert [flaw async for flaw in flaws(graph.store)] == []
    spoiled = {
        "MATCH (n:Person {id: 'p-990102-1'}) REMOVE n.name": ("p-990102-1", "name is missing"),
        "MATCH (n:Person {id: 'p-990102-2'}) SET n.party_status = 'x'": ("p-990102-2", "of kind enum"),
        "MATCH (n:Quarter {id: 'q-990102-1'}) SET n.households = 'many', n.zoo = 1": ("q-990102-1", "zoo"),
        "MATCH (n:Quarter {id: 'q-990102-2'}) SET n.id = 'zoo'": ("zoo", "not one of this type"),
        "MATCH ()-[e:COVERS {id: 'po-990102-1~COVERS~q-990102-1'}]->() SET e.since = e.until": (
            "po-990102-1~COVERS~q-990102-1",
            "ends no later",
        ),
        "MATCH ()-[e:HOLDS_POST {role: 'chair'}]->() REMOVE e.since": (
            "p-990102-1~HOLDS_POST~oc-990102-1~chair~1",
            "since is missing",
        ),
        "MATCH (a:Person {id: 'p-990102-2'}), (b:Area {level: 'district'}) CREATE (a)-[:LIVES_IN]->(b)": (
            "?",
            "does not go from Person to Area",
        ),
    }

    async def spoil(tx: Transaction) -> None:
        for text in spoiled:
            await tx.run(text)

    await graph.store.write(spoil)
    told = [(flaw.part, flaw.element, flaw.en) async for flaw in flaws(graph.store)]
    for element, words in spoiled.values():
        assert any(e == element and words in en for _, e, en in told), (element, told)
    assert any(part == "derived" for part, _, _ in told)  # posts without a start cannot be compared


async def test_derived_edges_are_rebuilt(graph: Graph, tmp_path: Path) -> None:
    """What differs from a recomputation is mended in one change, and the version tells."""
    await load_delivery(graph.store, write_delivery(tmp_path / "in"))
    before = await content(graph)

    async def spoil(tx: Transaction) -> None:
        await tx.run("MATCH ()-[x:CROSS_APPOINTMENT]->() SET x.role_a = 'member'")

    await graph.store.write(spoil)
    assert len(await verify(graph.store)) == 1
    assert (await rebuild_derived(graph.store), await rebuild_derived(graph.store)) == (1, 0)
    assert before == await content(graph)
    assert await graph.version() == 2


async def test_an_idle_discard_changes_nothing(graph: Graph, tmp_path: Path) -> None:
    """Where no load is under way there is nothing to take back."""
    await load_delivery(graph.store, write_delivery(tmp_path / "in"))
    assert await discard(graph.store) == 0
    assert await graph.version() == 1


async def test_a_removed_post_takes_its_cross_appointment_along(graph: Graph, tmp_path: Path) -> None:
    """Derived edges follow when posts go, also when both bodies lose the person."""
    await load_delivery(graph.store, write_delivery(tmp_path / "in"))
    posts = "from,to,role,since,until\np-990102-2,oc-990102-1,member,2023-01-01,\n"
    folder = write_delivery(tmp_path / "next", edges__HOLDS_POST=posts)
    report = await load_delivery(graph.store, folder, options=Options("remove", history="名册更正"))
    assert (report.removed, report.derived) == (2, 1)
    assert await verify(graph.store) == []
    text = "MATCH ()-[x:CROSS_APPOINTMENT]->() RETURN count(x) AS n"
    assert (await graph.store.read([(text, {})]))[0][0]["n"] == 0


async def test_the_same_again_changes_nothing(graph: Graph, tmp_path: Path) -> None:
    """The same bytes are recognised; the same content in another order is compared and equal."""
    folder = write_delivery(tmp_path / "in")
    await load_delivery(graph.store, folder)
    before = await content(graph)
    again = await load_delivery(graph.store, folder)
    assert again.already
    lines = TABLES["nodes/Quarter"].splitlines()
    other = write_delivery(tmp_path / "other", nodes__Quarter="\n".join([lines[0], lines[2], lines[1], ""]))
    report = await load_delivery(graph.store, other)
    assert (report.created, report.changed, report.removed, report.unchanged) == (0, 0, 0, 17)
    assert report.version == 1
    assert before == await content(graph)


async def test_a_dry_run_tells_what_a_load_does_and_writes_nothing(graph: Graph, tmp_path: Path) -> None:
    """First delivery, newer one with something gone, removal: the same counts, then the load."""
    newer = write_delivery(
        tmp_path / "next",
        nodes__OwnersCommittee="id,name,kind,seats\noc-990102-1,一号业委会,owners_committee,\n",
        edges__COVERS="from,to,since\noc-990102-1,q-990102-1,2023-01-01\n",
    )
    deliveries: list[tuple[Path, Missing]] = [
        (write_delivery(tmp_path / "in"), "report"),
        (newer, "report"),
        (newer, "remove"),
    ]
    for folder, missing in deliveries:
        before, version = await content(graph), await graph.version()
        shown = await load_delivery(graph.store, folder, options=Options(missing), dry_run=True)
        assert (await content(graph), await graph.version()) == (before, version)
        done = await load_delivery(graph.store, folder, options=Options(missing))
        same = replace(done, dry_run=True, derived=shown.derived, version=shown.version)
        assert shown == same
    assert done.removed > 0


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
async def test_bytes_of_excel_are_read(encoding: str, graph: Graph, tmp_path: Path) -> None:
    """UTF-8 with a byte order mark and GB18030 give the same graph as plain UTF-8."""
    folder = write_delivery(tmp_path / "in")
    await load_delivery(graph.store, folder)
    before = await content(graph)
    for path in folder.rglob("*.csv"):
        path.write_bytes(path.read_text("utf-8").replace("\n", "\r\n").encode(encoding))
    report = await load_delivery(graph.store, folder)
    assert (report.created, report.changed, report.unchanged) == (0, 0, 17)
    assert before == await content(graph)


async def test_what_has_gone_is_told_and_stays(graph: Graph, tmp_path: Path) -> None:
    """A row and a value that a newer delivery lacks are reported; nothing is taken away."""
    await load_delivery(graph.store, write_delivery(tmp_path / "in"))
    before = await content(graph)
    folder = write_delivery(
        tmp_path / "next",
        nodes__OwnersCommittee="id,name,kind,seats\noc-990102-1,一号业委会,owners_committee,\n",
        edges__COVERS="from,to,since\noc-990102-1,q-990102-1,2023-01-01\n",
    )
    report = await load_delivery(graph.store, folder)
    assert report.emptied == ["oc-990102-1.seats"]
    assert report.gone == ["po-990102-1~COVERS~q-990102-1"]
    assert before == await content(graph)


async def test_what_has_gone_is_ended_on_request(graph: Graph, tmp_path: Path) -> None:
    """`end` closes the edge on the day that is given, and keeps it."""
    await load_delivery(graph.store, write_delivery(tmp_path / "in"))
    folder = write_delivery(
        tmp_path / "next", edges__COVERS="from,to,since\noc-990102-1,q-990102-1,2023-01-01\n"
    )
    await load_delivery(graph.store, folder, options=Options("end", date(2025, 6, 30)))
    text = "MATCH (:PartyOrganization)-[c:COVERS]->() RETURN c.until AS until"
    assert [{"until": date(2025, 6, 30)}] == (await graph.store.read([(text, {})]))[0]


async def test_what_has_gone_is_removed_on_request(graph: Graph, tmp_path: Path) -> None:
    """`remove` leaves the graph as if only the newer delivery had ever come."""
    newer = write_delivery(
        tmp_path / "next",
        nodes__PartyOrganization="id,name,level\n",
        nodes__OwnersCommittee="id,name,kind,seats\noc-990102-1,一号业委会,owners_committee,\n",
        edges__COVERS="from,to,since\noc-990102-1,q-990102-1,2023-01-01\n",
        edges__HOLDS_POST="from,to,role\np-990102-2,oc-990102-1,member\n",
    )
    await load_delivery(graph.store, newer)
    alone = await content(graph)
    await load_delivery(graph.store, write_delivery(tmp_path / "in"))
    await load_delivery(graph.store, newer, options=Options("remove", history="名册更正"))
    assert alone == await content(graph)


async def test_an_interrupted_load_leaves_the_graph_as_it_was(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A load that breaks off half-way is rolled back whole."""
    await load_delivery(graph.store, write_delivery(tmp_path / "in"))
    before = await content(graph)
    for module in (writing, batches):
        monkeypatch.setattr(module, "CHUNK", 2)

    def stop(step: str, done: int, _total: int) -> None:
        if step == "write" and done >= 4:
            raise asyncio.CancelledError

    more = TABLES["nodes/Person"] + "".join(f"p-990102-{i},人{i},\n" for i in range(10, 30))
    folder = write_delivery(tmp_path / "next", nodes__Person=more)
    with pytest.raises(asyncio.CancelledError):
        await load_delivery(graph.store, folder, progress=stop)
    assert before == await content(graph)
    assert await graph.version() == 1


async def half_loaded(graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Any]:
    """A load in batches that broke off after some; the folder, and what had been there before."""
    await load_delivery(graph.store, write_delivery(tmp_path / "in"))
    before = await content(graph)
    for module in (writing, batches):
        monkeypatch.setattr(module, "CHUNK", 3)
    monkeypatch.setattr(bulk, "CHUNK", 3)

    def stop(step: str, done: int, _total: int) -> None:
        if step == "write" and done >= 9:
            raise asyncio.CancelledError

    more = TABLES["nodes/Person"] + "".join(f"p-990102-{i},人{i},none\n" for i in range(10, 20))
    posts = TABLES["edges/HOLDS_POST"].replace("2023-01-01", "2023-02-01")
    folder = write_delivery(
        tmp_path / "next",
        nodes__Person=more,
        nodes__Quarter=TABLES["nodes/Quarter"].replace(",120", ",130"),
        edges__HOLDS_POST=posts,
    )
    with pytest.raises(asyncio.CancelledError):
        await load_delivery(graph.store, folder, progress=stop, single_transaction=5, in_place=True)
    return folder, before


async def test_readers_see_no_half_graph(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a load in batches is not complete, every answer is refused with that reason."""
    folder, _ = await half_loaded(graph, tmp_path, monkeypatch)
    with pytest.raises(LoadIncomplete, match=r"9 of \d+ changes .* expected to end at .*resume"):
        await graph.ask(graph.catalogue["nodes_by_type"])
    with pytest.raises(LoadConflict):
        await load_delivery(graph.store, folder)


async def test_a_load_in_batches_is_resumed(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Resumed, it ends where one transaction would have ended."""
    folder, _ = await half_loaded(graph, tmp_path, monkeypatch)
    await load_delivery(graph.store, folder, resume=True)
    assert await verify(graph.store) == []
    resumed = await content(graph)
    version = await graph.version()
    assert version == 2
    again = await load_delivery(graph.store, folder)
    assert again.already

    async def empty(tx: Transaction) -> None:
        await tx.run("MATCH (n) WHERE NOT n:Meta DETACH DELETE n")

    await graph.store.write(empty)
    await load_delivery(graph.store, folder)
    assert resumed == await content(graph)


async def test_a_load_in_batches_is_discarded(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Discarded, the graph is as it was before, and readers are let in again."""
    _, before = await half_loaded(graph, tmp_path, monkeypatch)
    assert await discard(graph.store) > 0
    assert before == await content(graph)
    assert await graph.version() == 2
    assert await verify(graph.store) == []


async def test_batches_and_one_transaction_end_the_same(graph: Graph, tmp_path: Path) -> None:
    """The way of writing leaves no trace in the graph."""
    folder = write_delivery(tmp_path / "in")
    await load_delivery(graph.store, folder, single_transaction=1)
    in_batches = await content(graph)

    async def empty(tx: Transaction) -> None:
        await tx.run("MATCH (n) WHERE NOT n:Meta DETACH DELETE n")

    await graph.store.write(empty)
    await load_delivery(graph.store, folder)
    assert in_batches == await content(graph)


async def test_of_two_loads_at_once_one_is_told(graph: Graph, tmp_path: Path) -> None:
    """Two loads that were planned on the same graph do not mix."""
    one = write_delivery(tmp_path / "one")
    two = write_delivery(tmp_path / "two", manifest=MANIFEST.replace('batch = "1"', 'batch = "2"'))
    results = await asyncio.gather(
        load_delivery(graph.store, one), load_delivery(graph.store, two), return_exceptions=True
    )
    shown = [r for r in results if isinstance(r, BaseException)]
    assert [r for r in shown if not isinstance(r, LoadConflict)] == []
    assert len(shown) <= 1
    assert await verify(graph.store) == []
    (rows,) = await graph.store.read([("MATCH (p:Person) RETURN count(p) AS n", {})])
    assert rows[0]["n"] == 2


async def test_coordinates_are_converted(graph: Graph, tmp_path: Path) -> None:
    """Coordinates of a Chinese map are stored in WGS 84, some hundred metres away."""
    folder = write_delivery(
        tmp_path / "in",
        manifest=MANIFEST + 'coordinates = "gcj02"\n',
        nodes__Quarter="id,name,lat,lon\nq-990102-1,甲,26.9,112.6\nq-990102-2,乙,,\n",
    )
    await load_delivery(graph.store, folder)
    text = "MATCH (q:Quarter {id: 'q-990102-1'}) RETURN q.lat AS lat, q.lon AS lon"
    row = (await graph.store.read([(text, {})]))[0][0]
    assert 0.001 < abs(row["lat"] - 26.9) < 0.01
    assert 0.001 < abs(row["lon"] - 112.6) < 0.01


def warned(report: LoadReport) -> dict[str, int]:
    """The ids of nodes that a load warns of, with the row."""
    return {f.value: f.row for f in report.warnings if f.column == "id"}


async def test_what_is_in_no_area_is_said_for_every_node(graph: Graph, tmp_path: Path) -> None:
    """Without 覆盖 no body is in an area's answer, nor who holds posts there; later edges mend it."""
    folder = write_delivery(tmp_path / "bare", edges__COVERS="from,to\n")
    tried = await load_delivery(graph.store, folder, dry_run=True)
    report = await load_delivery(graph.store, folder)
    expected = {"oc-990102-1": 2, "po-990102-1": 2, "p-990102-1": 2, "p-990102-2": 3}
    assert warned(tried) == warned(report) == expected
    assert "覆盖" in next(str(f) for f in report.warnings if f.value == "oc-990102-1")
    half = "from,to\npo-990102-1,q-990102-1\n"
    found = warned(await load_delivery(graph.store, write_delivery(tmp_path / "half", edges__COVERS=half)))
    assert found == {"oc-990102-1": 2, "p-990102-2": 3}, "the first person also holds a post in the branch"
    assert warned(await load_delivery(graph.store, write_delivery(tmp_path / "whole"))) == {}
    # A later batch may leave out what the graph has: the edges are there.
    again = write_delivery(tmp_path / "again", edges__COVERS="from,to\n")
    assert warned(await load_delivery(graph.store, again)) == {}


@pytest.mark.parametrize(
    ("profile", "area", "shown"),
    [
        ("worked_example", "990101000000", None),
        ("national", "990102000000", None),
        ("shigu", "990102000000", "national"),
        ("national", "990101001000", "worked_example"),
    ],
)
async def test_a_profile_that_has_no_effect_is_told(
    graph: Graph, tmp_path: Path, profile: str, area: str, shown: str | None
) -> None:
    """Which rules apply is said by the profiles' own areas, the nearest at or above the manifest's."""
    manifest = MANIFEST.replace("990102000000", area) + f'profile = "{profile}"\n'
    tables = {
        "nodes__Area": "id,name,level\n990102000000,样例区,district\n990102001000,样例街道,subdistrict\n"
        "990101000000,另一区,district\n990101001000,另一街道,subdistrict\n",
        "edges__PART_OF": TABLES["edges/PART_OF"] + "990101001000,990101000000,\n",
    }
    report = await load_delivery(graph.store, write_delivery(tmp_path / "in", manifest=manifest, **tables))
    found = [f for f in report.warnings if f.column == "profile"]
    assert [f.value for f in found] == ([] if shown is None else [profile])
    assert all(shown in f.zh and shown in f.en for f in found if shown)
