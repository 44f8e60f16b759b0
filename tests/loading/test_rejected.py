"""What does not fit the model is refused: every mistake at once, nothing written."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from graph.loading import findings
from graph.loading.check import Checker
from graph.loading.delivery import read_delivery
from graph.loading.excel import marks
from graph.loading.excel.bounds import BadWorkbook
from graph.loading.excel.marks import mark_findings
from graph.loading.excel.read import read_workbook
from graph.loading.findings import DeliveryRejected, Finding
from graph.loading.load import load_delivery
from graph.reading.graph import Graph
from tests.loading.excel.filled import fill, saved
from tests.loading.samples import MANIFEST, TABLES, write_delivery

CASES = {
    "duplicate id": (
        {"nodes__Quarter": TABLES["nodes/Quarter"] + "q-990102-1,重复,\n"},
        ("nodes/Quarter.csv", 4, "id", "q-990102-1"),
    ),
    "id of another type": (
        {"nodes__Quarter": TABLES["nodes/Quarter"] + "oc-990102-9,错,\n"},
        ("nodes/Quarter.csv", 4, "id", "oc-990102-9"),
    ),
    "dangling reference": (
        {"edges__COVERS": "from,to,since\noc-990102-1,q-990102-9,\n"},
        ("edges/COVERS.csv", 2, "to", "q-990102-9"),
    ),
    "wrong edge ends": (
        {"edges__COVERS": "from,to,since\nq-990102-1,oc-990102-1,\n"},
        ("edges/COVERS.csv", 2, "to", "q-990102-1 → oc-990102-1"),
    ),
    "until before since": (
        {"edges__COVERS": "from,to,since,until\noc-990102-1,q-990102-1,2023-01-01,2022-01-01\n"},
        ("edges/COVERS.csv", 2, "until", "2022-01-01"),
    ),
    "unknown enumeration": (
        {"nodes__OwnersCommittee": "id,name,kind\noc-990102-1,会,committee\n"},
        ("nodes/OwnersCommittee.csv", 2, "kind", "committee"),
    ),
    "not a number": (
        {"nodes__Quarter": "id,name,households\nq-990102-1,甲,1.4万\nq-990102-2,乙,\n"},
        ("nodes/Quarter.csv", 2, "households", "1.4万"),
    ),
    "not a date": (
        {"edges__COVERS": "from,to,since\noc-990102-1,q-990102-1,2023-02-30\n"},
        ("edges/COVERS.csv", 2, "since", "2023-02-30"),
    ),
    "a word for unknown": (
        {"nodes__Person": "id,name,party_status\np-990102-1,甲,未知\np-990102-2,乙,\n"},
        ("nodes/Person.csv", 2, "party_status", "未知"),
    ),
    "a control character in a name": (
        {"nodes__Quarter": "id,name\nq-990102-1,甲\x1b[31m\nq-990102-2,乙\n"},
        ("nodes/Quarter.csv", 2, "name", "甲\x1b[31m"),
    ),
    "a control character at the end of a name": (
        {"nodes__Quarter": "id,name\nq-990102-1,甲\x1f\nq-990102-2,乙\n"},
        ("nodes/Quarter.csv", 2, "name", "甲\x1f"),
    ),
    "a character that is none": (
        {"nodes__Quarter": "id,name\nq-990102-1,甲\nq-990102-2,乙\uffff\n"},
        ("nodes/Quarter.csv", 3, "name", "乙\uffff"),
    ),
    "a control character in an id": (
        {"edges__COVERS": "from,to,since\noc-990102-1,q-990102-1\x85,\n"},
        ("edges/COVERS.csv", 2, "to", "q-990102-1\x85"),
    ),
    "unknown column": (
        {"nodes__Quarter": "id,name,colour\nq-990102-1,甲,red\nq-990102-2,乙,\n"},
        ("nodes/Quarter.csv", 1, "colour", ""),
    ),
    "missing column": (
        {"nodes__OwnersCommittee": "id,name\noc-990102-1,会\n"},
        ("nodes/OwnersCommittee.csv", 1, "kind", ""),
    ),
    "empty required cell": (
        {"nodes__OwnersCommittee": "id,name,kind\noc-990102-1,,owners_committee\n"},
        ("nodes/OwnersCommittee.csv", 2, "name", ""),
    ),
    "too few cells": (
        {"nodes__Quarter": "id,name,households\nq-990102-1,甲\nq-990102-2,乙,\n"},
        ("nodes/Quarter.csv", 2, "", ""),
    ),
    "unclosed quote": (
        {"nodes__Quarter": 'id,name,households\nq-990102-1,"甲,1\n'},
        ("nodes/Quarter.csv", 2, "", ""),
    ),
    "role of another body": (
        {"edges__HOLDS_POST": "from,to,role\np-990102-1,oc-990102-1,secretary\n"},
        ("edges/HOLDS_POST.csv", 2, "role", "secretary"),
    ),
    "overlapping spells": (
        {
            "edges__HOLDS_POST": "from,to,role,spell,since,until\n"
            "p-990102-1,oc-990102-1,chair,1,2020-01-01,2023-01-01\n"
            "p-990102-1,oc-990102-1,chair,2,2022-12-31,\n"
        },
        ("edges/HOLDS_POST.csv", 3, "since", "2022-12-31"),
    ),
    "two places above": (
        {"edges__PART_OF": TABLES["edges/PART_OF"] + "q-990102-1,990102000000,2021-01-01\n"},
        ("edges/PART_OF.csv", 5, "since", "2021-01-01"),
    ),
    "no place above": (
        {"edges__PART_OF": "from,to,since\n990102001000,990102000000,\nq-990102-1,990102001000,\n"},
        ("nodes/Quarter.csv", 3, "id", "q-990102-2"),
    ),
    "circle of places": (
        {"edges__PART_OF": TABLES["edges/PART_OF"] + "990102000000,990102001000,\n"},
        ("edges/PART_OF.csv", 2, "to", "990102000000"),
    ),
    "coordinates of no system": (
        {"nodes__Quarter": "id,name,lat,lon\nq-990102-1,甲,26.9,112.6\nq-990102-2,乙,,\n"},
        ("nodes/Quarter.csv", 2, "lat", "26.9, 112.6"),
    ),
    "levels that do not rise": (
        {"nodes__Area": "id,name,level\n990102000000,样例区,district\n990102001000,样例街道,district\n"},
        ("edges/PART_OF.csv", 2, "to", "990102001000 → 990102000000"),
    ),
    "derived place": (
        {"edges__WITHIN": "from,to\nq-990102-1,990102000000\n"},
        ("edges/WITHIN.csv", 0, "", ""),
    ),
    "derived type": (
        {"edges__CROSS_APPOINTMENT": "from,to\noc-990102-1,po-990102-1\n"},
        ("edges/CROSS_APPOINTMENT.csv", 0, "", ""),
    ),
    "unknown source": (
        {"nodes__Quarter": "id,name,source\nq-990102-1,甲,d-990102-x\nq-990102-2,乙,\n"},
        ("nodes/Quarter.csv", 2, "source", "d-990102-x"),
    ),
    "manifest of another format": (
        {"manifest": MANIFEST.replace("format = 1", "format = 2")},
        ("manifest.toml", 0, "format", "2"),
    ),
    "manifest of no area": (
        {"manifest": MANIFEST.replace("990102000000", "990103000000")},
        ("manifest.toml", 0, "area", "990103000000"),
    ),
    "manifest of no profile": (
        {"manifest": MANIFEST + 'profile = "nowhere"\n'},
        ("manifest.toml", 0, "profile", "nowhere"),
    ),
    "place that is no folder name": (
        {"manifest": MANIFEST.replace('"sample"', '"../x"')},
        ("manifest.toml", 0, "place", "../x"),
    ),
    "file without a header": ({"nodes__Quarter": ""}, ("nodes/Quarter.csv", 1, "", "")),
    "manifest needs what is not there": (
        {"manifest": MANIFEST + 'needs = ["divisions"]\n'},
        ("manifest.toml", 0, "needs", "divisions"),
    ),
}


async def findings_of(graph: Graph, folder: Path) -> list[Finding]:
    with pytest.raises(DeliveryRejected) as caught:
        await load_delivery(graph.store, folder)
    assert await graph.version() == 0
    left = await graph.store.read([("MATCH (n) WHERE NOT n:Meta RETURN count(n) AS n", {})])
    assert left[0][0]["n"] == 0
    return caught.value.findings


async def test_what_is_needed_and_not_loaded_is_told_once(graph: Graph, tmp_path: Path) -> None:
    """Ids that may lie in it are no mistakes; those of the delivery's own kinds of mistake are told along."""
    changes = {
        "manifest": MANIFEST.replace("990102000000", "990103000000") + 'needs = ["divisions"]\n',
        "edges__COVERS": "from,to,since\noc-990102-1,q-990103-9,\noc-990102-1,q-990102-1,2023-02-30\n",
    }
    found = await findings_of(graph, write_delivery(tmp_path, **changes))
    named = {(f.file, f.column, f.value) for f in found}
    assert named == {("manifest.toml", "needs", "divisions"), ("edges/COVERS.csv", "since", "2023-02-30")}


@pytest.mark.parametrize("form", ["folder", "workbook", "references"])
def test_reading_ends_where_nobody_would_look_through_the_mistakes(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond the bound the rest is not looked at, which is told; at the bound all are."""
    monkeypatch.setattr(findings, "MOST_MISTAKES", 20)
    monkeypatch.setattr(marks, "MOST_MISTAKES", 20)
    for rows, told in ((20, 20), (200, 22)):
        folder = tmp_path / str(rows)
        if form == "references":
            wrong = "".join(f"oc-990102-1,q-990102-{i + 7}\n" for i in range(rows))
            delivery, _ = read_delivery(write_delivery(folder, edges__COVERS="from,to\n" + wrong))
            assert delivery is not None
            found = Checker(delivery, {"990102000000": {"synthetic": True}}).check()
        else:
            wrong = "".join(f"q-990102-{i},甲,多\n" for i in range(rows))
            write_delivery(folder, nodes__Quarter="id,name,households\n" + wrong)
            if form == "folder":
                found = read_delivery(folder)[1]
            else:
                path = saved(fill(folder, native=False), folder / "a.xlsx")
                delivery, raw = read_workbook(path)
                found = raw if delivery is None else [delivery.locate(f) for f in raw]
                with pytest.raises(BadWorkbook) if rows == 200 else nullcontext():
                    mark_findings(path, found)
        assert [f.en for f in found if f.row or f.cell] == [found[0].en] * (told - (rows == 200))
        assert sum("was not looked at" in f.en for f in found) == (rows == 200)


@pytest.mark.parametrize("case", CASES)
async def test_a_mistake_is_named_and_nothing_written(case: str, graph: Graph, tmp_path: Path) -> None:
    """File, row, column and value are in the finding; the graph stays as it was."""
    changed, expected = CASES[case]
    found = await findings_of(graph, write_delivery(tmp_path / "in", **changed))
    assert expected in {(f.file, f.row, f.column, f.value) for f in found}
    assert all(f.zh and f.en for f in found)


async def test_all_mistakes_are_told_at_once(graph: Graph, tmp_path: Path) -> None:
    """Mistakes of several files come in one report."""
    folder = write_delivery(
        tmp_path / "in",
        nodes__Quarter="id,name,households\nq-990102-1,甲,many\nq-990102-2,,3\n",
        nodes__OwnersCommittee="id,name,kind,filed\noc-990102-1,会,owners_committee,perhaps\n",
        edges__COVERS="from,to,since\noc-990102-1,q-990102-9,soon\n",
    )
    found = await findings_of(graph, folder)
    files = {f.file for f in found}
    assert {"nodes/Quarter.csv", "nodes/OwnersCommittee.csv", "edges/COVERS.csv"} <= files


async def test_a_table_of_another_ending_is_not_left_out_silently(graph: Graph, tmp_path: Path) -> None:
    """`.CSV` and other files in the folders are reported, since they would not be read."""
    folder = write_delivery(tmp_path / "in")
    (folder / "nodes" / "Quarter.csv").rename(folder / "nodes" / "Quarter.CSV")
    found = await findings_of(graph, folder)
    assert "nodes/Quarter.CSV" in {f.file for f in found}


async def test_the_name_of_a_place_is_one_places_only(graph: Graph, tmp_path: Path) -> None:
    """Another source cannot take a loaded place's Chinese name for another folder name."""
    await load_delivery(graph.store, write_delivery(tmp_path / "one"))
    manifest = MANIFEST.replace('"sample"', '"other"').replace("990102-register", "990102-two")
    document = "id,name,kind\nd-990102-two,另一台账,generated\n"
    other = write_delivery(tmp_path / "two", manifest=manifest, nodes__SourceDocument=document)
    with pytest.raises(DeliveryRejected) as caught:
        await load_delivery(graph.store, other)
    assert {"place"} == {f.column for f in caught.value.findings if f.file == "manifest.toml"}


async def test_bad_bytes_are_refused(graph: Graph, tmp_path: Path) -> None:
    """A file that is neither UTF-8 nor GB18030 is named."""
    folder = write_delivery(tmp_path / "in")
    (folder / "nodes" / "Quarter.csv").write_bytes(b"id,name\nq-990102-1,\xff\xff\xff\n")
    found = await findings_of(graph, folder)
    assert ("nodes/Quarter.csv", "expected UTF-8 or GB18030: this line is neither") in {
        (f.file, f.en) for f in found
    }


async def test_an_invented_node_cannot_be_joined_to_a_real_one(graph: Graph, tmp_path: Path) -> None:
    """Synthetic data keeps to itself."""
    await load_delivery(graph.store, write_delivery(tmp_path / "invented"))
    manifest = MANIFEST.replace("synthetic = true", "synthetic = false").replace(
        "d-990102-register", "d-990102-real"
    )
    folder = tmp_path / "real"
    (folder / "nodes").mkdir(parents=True)
    (folder / "edges").mkdir()
    (folder / "manifest.toml").write_text(manifest, "utf-8")
    (folder / "nodes" / "SourceDocument.csv").write_text(
        "id,name,kind\nd-990102-real,真台账,register\n", "utf-8"
    )
    (folder / "nodes" / "Quarter.csv").write_text("id,name\nq-990102-7,真小区\n", "utf-8")
    (folder / "edges" / "PART_OF.csv").write_text("from,to\nq-990102-7,990102001000\n", "utf-8")
    with pytest.raises(DeliveryRejected) as caught:
        await load_delivery(graph.store, folder)
    assert [f.file for f in caught.value.findings] == ["edges/PART_OF.csv"]
    assert await graph.version() == 1


async def test_a_level_changed_alone_counts_with_what_stands(graph: Graph, tmp_path: Path) -> None:
    """A delivery that regrades an area is held against the places that the graph has around it."""
    await load_delivery(graph.store, write_delivery(tmp_path / "in"))
    areas = "id,name,level\n990102001000,样例街道,city\n"
    empty = {name.replace("/", "__"): text.split("\n")[0] + "\n" for name, text in TABLES.items()}
    source = {"nodes__SourceDocument": TABLES["nodes/SourceDocument"]}
    folder = write_delivery(tmp_path / "next", **{**empty, **source, "nodes__Area": areas})
    with pytest.raises(DeliveryRejected) as caught:
        await load_delivery(graph.store, folder)
    (found,) = [f for f in caught.value.findings if f.level == "error"]
    assert (found.file, found.row, found.column) == ("nodes/Area.csv", 2, "level")
    assert "city" in found.zh
    assert "district" in found.en
    assert await graph.version() == 1


async def test_a_wrong_default_source_is_told_once(graph: Graph, tmp_path: Path) -> None:
    """Where it is given, and not at every row that falls back on it."""
    manifest = MANIFEST.replace("d-990102-register", "d-990102-registre")
    found = await findings_of(graph, write_delivery(tmp_path / "in", manifest=manifest))
    assert [(f.file, f.column, f.value) for f in found] == [("manifest.toml", "source", "d-990102-registre")]


async def test_an_unreadable_file_makes_no_other_errors(graph: Graph, tmp_path: Path) -> None:
    """What refers to its rows, or would be without its edges, is not called wrong for that."""
    folder = write_delivery(tmp_path / "in")
    for name in ("nodes/Quarter.csv", "edges/PART_OF.csv"):
        (folder / name).write_bytes(b"id,name\nq-990102-1,\xff\xff\xff\n")
    found = await findings_of(graph, folder)
    assert {(f.file, f.row) for f in found} == {("nodes/Quarter.csv", 2), ("edges/PART_OF.csv", 2)}


async def test_a_bad_manifest_does_not_hide_the_rest(graph: Graph, tmp_path: Path) -> None:
    """Its own mistakes and those of the tables come in one report."""
    folder = write_delivery(
        tmp_path / "in",
        manifest=MANIFEST.replace("format = 1", "format = 2"),
        nodes__Quarter="id,name,households\nq-990102-1,甲,many\nq-990102-2,乙,\n",
        edges__COVERS="from,to,since\noc-990102-1,q-990102-9,\n",
    )
    found = await findings_of(graph, folder)
    assert {(f.file, f.row, f.column) for f in found} == {
        ("manifest.toml", 0, "format"),
        ("nodes/Quarter.csv", 2, "households"),
        ("edges/COVERS.csv", 2, "to"),
    }
