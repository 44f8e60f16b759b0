"""Deliveries and registers over HTTP: handed in, checked, loaded, taken back; on real engines."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook

from graph.intake.recovery import Intention
from graph.ledger import Entry
from graph.ledger.roles import Role
from graph.ledger.times import now
from graph.loading.load import load_delivery
from graph.loading.turn import loading_turn
from graph.reading.graph import Graph
from graph.store.history import read_sets
from tests.api.access import bearer, guarded_app
from tests.api.conftest import make_app
from tests.api.handing import PREFIX, desk_of, hand_in, packed, settled, task
from tests.loading.register.delivering import ROWS, subdistrict
from tests.loading.register.wild import write_xlsx
from tests.loading.samples import TABLES, write_delivery

ROWS_OF_SAMPLE = sum(text.count("\n") - 1 for text in TABLES.values())
WRONG = TABLES["nodes/Quarter"].replace("120", "很多")


@pytest.fixture
async def client(embedded: Graph) -> AsyncIterator[httpx.AsyncClient]:
    """An empty graph that is loaded over HTTP."""
    async with desk_of(make_app(embedded, rate_limit="100000/minute")) as client:
        yield client


async def whats(graph: Graph) -> list[str]:
    """What the audit trail says was done."""
    return [entry.what for entry in await graph.ledger.audit.read()]


async def test_a_folder_of_csv_is_checked_loaded_and_taken_back(
    client: httpx.AsyncClient, embedded: Graph, tmp_path: Path
) -> None:
    """The dry run says what the load does, writes nothing, and an undo leaves nothing behind."""
    folder = write_delivery(tmp_path / "sample")
    delivery = await hand_in(client, packed(folder, "我的台账/"), name="样例.zip")
    checked = await task(client, delivery["id"], "check")
    assert checked["state"] == "checked", checked
    assert await embedded.version() == 0
    assert checked["report"]["created"] == ROWS_OF_SAMPLE
    pages, cursor = [], None
    while True:
        params = {"limit": "7", **({"cursor": cursor} if cursor else {})}
        answer = (await client.get(f"{PREFIX}/deliveries/{delivery['id']}/changes", params=params)).json()
        pages += answer["data"]
        if (cursor := answer["page"]["next"]) is None:
            break
    assert len(pages) == answer["page"]["total"] == checked["report"]["created"]
    names = {p["name"] for p in pages if p["id"].startswith("p-")}
    assert {name.partition(" → ")[0] for name in names} == {"＊＊＊"}
    assert any("＊＊＊ → " in name for name in names), "of a post the body is told"
    book = await client.get(f"{PREFIX}/deliveries/{delivery['id']}/changes/export")
    assert load_workbook(BytesIO(book.content)).sheetnames[-2:] == ["封面", "新增"]

    loaded = await task(client, delivery["id"], "load")
    assert (loaded["state"], loaded["number"]) == ("loaded", 1), loaded
    assert loaded["report"]["version"] == await embedded.version() == 1
    plain = await load_delivery(embedded.store, folder, dry_run=True)
    assert plain.already
    assert [w for w in await whats(embedded) if "load" in w] == [
        "POST /deliveries/{id}/load begun",
        "POST /deliveries/{id}/load",
        "POST /deliveries/{id}/load applied",
    ]
    (listed,) = (await client.get(f"{PREFIX}/loads")).json()["data"]
    assert (listed["number"], listed["who"], listed["created"]) == (1, "local", ROWS_OF_SAMPLE)

    undone = (await client.post(f"{PREFIX}/loads/1/undo")).json()["data"]
    assert (await settled(client, undone["id"]))["state"] == "loaded"
    ((left,),) = await embedded.store.read([("MATCH (q:Quarter) RETURN count(q) AS n", {})])
    assert left["n"] == 0


async def test_errors_name_their_place_and_come_back_in_the_workbook(
    client: httpx.AsyncClient, embedded: Graph, tmp_path: Path
) -> None:
    """Each error with row, column and what was expected; of a workbook a marked copy."""
    folder = write_delivery(tmp_path / "sample", nodes__Quarter=WRONG)
    delivery = await hand_in(client, packed(folder), name="样例.zip")
    wrong = await task(client, delivery["id"], "check")
    assert (wrong["state"], wrong["errors"], wrong["failure"]["code"]) == ("rejected", 1, "delivery_rejected")
    assert str(tmp_path) not in json.dumps(wrong)
    assert str(embedded.settings.data_dir) not in json.dumps(wrong)
    (row,) = (await client.get(f"{PREFIX}/deliveries/{delivery['id']}/findings")).json()["data"]
    assert (row["file"], row["row"], row["column"], row["value"]) == (
        "nodes/Quarter.csv",
        2,
        "households",
        "很多",
    )

    template = (await client.get(f"{PREFIX}/template")).content
    delivery = await hand_in(client, template, name="空模板.xlsx")
    wrong = await task(client, delivery["id"], "check")
    assert wrong["state"] == "rejected"
    assert wrong["marked"]
    marked = await client.get(f"{PREFIX}/deliveries/{delivery['id']}/marked")
    assert load_workbook(BytesIO(marked.content)).sheetnames[0] == "错误清单"
    assert (await client.post(f"{PREFIX}/deliveries/{delivery['id']}/load")).status_code == 422


async def test_files_of_a_folder_are_sent_one_by_one(
    client: httpx.AsyncClient, embedded: Graph, tmp_path: Path
) -> None:
    """As a page sends what was dropped on it; a file in another encoding is refused at its first bad line."""
    folder = write_delivery(tmp_path / "sample")
    id_ = (await client.post(f"{PREFIX}/deliveries")).json()["data"]["id"]
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        sent = await client.put(
            f"{PREFIX}/deliveries/{id_}/files", params={"name": name}, content=path.read_bytes()
        )
        assert sent.status_code == 200, sent.text
    assert (await task(client, id_, "check"))["report"]["created"] == ROWS_OF_SAMPLE
    mixed = TABLES["nodes/Quarter"].encode() + "q-990102-3,样例小区三,\n".encode("gb18030")
    await client.put(f"{PREFIX}/deliveries/{id_}/files", params={"name": "nodes/Quarter.csv"}, content=mixed)
    wrong = await task(client, id_, "check")
    found = (await client.get(f"{PREFIX}/deliveries/{id_}/findings")).json()["data"]
    assert wrong["state"] == "rejected"
    assert (found[0]["file"], found[0]["row"]) == ("nodes/Quarter.csv", 4)


async def test_a_register_is_proposed_corrected_asked_about_and_loaded(
    client: httpx.AsyncClient, embedded: Graph, tmp_path: Path
) -> None:
    """Columns with samples, a correction, a question answered over HTTP, the form kept for the next."""
    await subdistrict().write(embedded.store)
    rows = [row[:] for row in ROWS]
    content = write_xlsx(tmp_path / "台账.xlsx", rows).read_bytes()
    register = await hand_in(client, content, name="云山台账.xlsx", kind="register")
    proposal = register["proposal"]
    assert (register["state"], proposal["kind"], proposal["known_form"]) == ("proposed", "小区台账", False)
    columns = {c["heading"]: c for c in proposal["sheets"][0]["columns"]}
    assert columns["户数"]["field"] == "quarter.households"
    assert columns["户数"]["samples"][:2] == ["1200户", "800"]
    formed = await task(client, register["id"], "form", columns={"户数": "不读"})
    columns = {c["heading"]: c for c in formed["proposal"]["sheets"][0]["columns"]}
    assert columns["户数"]["zh"] == "不读"
    nowhere = await task(client, register["id"], "check", place="没有的街道")
    assert (nowhere["state"], nowhere["failure"]["code"]) == ("failed", "bad_parameter")
    assert "没有的街道" in nowhere["failure"]["zh"]
    checked = await task(client, register["id"], "check", place="云山街道")
    assert (checked["state"], checked["register"]["rows"]) == ("checked", 3), checked
    assert (await task(client, register["id"], "load"))["state"] == "loaded"
    (form,) = (await client.get(f"{PREFIX}/forms")).json()["data"]
    assert form["name"] == "小区台账"

    rows[2][1] = "清泉花圆"
    content = write_xlsx(tmp_path / "台账.xlsx", rows).read_bytes()
    second = await hand_in(client, content, name="云山台账.xlsx", kind="register")
    asked = await task(client, second["id"], "check", place="云山街道")
    assert asked["state"] == "questions"
    (question,) = asked["questions"]
    assert question["candidates"][0]["name"] == "清泉花园"
    assert (await client.get(f"{PREFIX}/questions")).json()["data"] == [question]
    book = load_workbook(BytesIO((await client.get(f"{PREFIX}/questions/export")).content))
    rows_of = [(page, row) for page in book.worksheets for row in page.iter_rows()]
    ((page, heading),) = [(page, row) for page, row in rows_of if "答复" in {cell.value for cell in row}]
    place = page.cell(heading[0].row + 1, [cell.value for cell in heading].index("答复") + 1)
    handed = {}
    for word in ("7", "是"):
        place.value, stream = word, BytesIO()
        book.save(stream)
        handed[word] = await hand_in(client, stream.getvalue(), name="疑问.xlsx", kind="answers")
    assert (handed["7"]["state"], handed["7"]["errors"], handed["7"]["marked"]) == ("rejected", 1, True)
    (filled,) = handed["是"]["answers"]
    assert (filled["number"], filled["id"]) == (question["number"], question["candidates"][0]["id"])
    some = {str(question["number"]): filled["answer"]}
    assert (
        await client.post(f"{PREFIX}/questions", json={"answers": {**some, "99": "新"}})
    ).status_code == 404
    told = await client.post(f"{PREFIX}/questions", json={"answers": some})
    assert told.json()["data"] == {"answered": 1, "open": 0}
    one = f"{PREFIX}/questions/{question['number']}"
    assert (await client.post(one, json={"answer": "1"})).status_code == 404
    checked = await task(client, second["id"], "check", place="云山街道")
    assert (checked["state"], checked["report"]["created"]) == ("checked", 0), checked


async def test_what_cannot_be_read_is_refused_in_a_sentence(client: httpx.AsyncClient) -> None:
    """Empty, too large, of another kind, damaged: each says what to do, and nothing is kept."""

    async def large() -> AsyncIterator[bytes]:
        for _ in range(101):
            yield b"x" * (1 << 20)

    where = f"{PREFIX}/deliveries"
    for params, content, status, word in (
        ({"name": "空.xlsx"}, b"", 422, "空的"),
        ({"name": "大.xlsx"}, large(), 413, "64 MiB"),
        ({"name": "照片.png"}, b"x", 422, "kind=register"),
        ({"name": "../a.xlsx"}, b"x", 422, "文件名"),
        ({"name": "a\ufffe.xlsx"}, b"x", 422, "文件名"),
        ({"kind": "register"}, b"x", 422, "name"),
    ):
        response = await client.post(where, params=params, content=content)
        assert response.status_code == status, response.text
        assert word in response.json()["detail_zh"]
    assert (await client.get(where)).json()["data"] == []
    damaged = await hand_in(client, b"PK\x03\x04 no archive", name="坏.zip")
    wrong = await task(client, damaged["id"], "check")
    assert (wrong["state"], wrong["failure"]["code"]) == ("failed", "bad_parameter")
    damaged = await hand_in(client, b"PK\x03\x04 no workbook", name="坏.xlsx", kind="register")
    assert (damaged["state"], damaged["failure"]["code"]) == ("failed", "bad_parameter"), damaged


async def test_one_load_at_a_time_and_only_what_was_seen(
    client: httpx.AsyncClient, embedded: Graph, tmp_path: Path
) -> None:
    """While another process loads, and where the graph moved since the check, nothing is written."""
    folder = write_delivery(tmp_path / "sample")
    first = await hand_in(client, packed(folder), name="一.zip")
    await task(client, first["id"], "check")
    with loading_turn(embedded.settings):
        refused = await task(client, first["id"], "load")
    assert (refused["state"], refused["failure"]["code"]) == ("failed", "load_conflict")
    assert (await whats(embedded))[-1] == "POST /deliveries/{id}/load void"
    await task(client, first["id"], "check")
    await load_delivery(embedded.store, folder)
    moved = await task(client, first["id"], "load")
    assert (moved["state"], moved["failure"]["code"]) == ("failed", "load_conflict")
    assert "重新预检" in moved["failure"]["zh"]
    assert len(await read_sets(embedded.store)) == 1


async def test_a_caller_limited_to_an_area_loads_what_lies_in_it(embedded: Graph, tmp_path: Path) -> None:
    """Their own, yes; an edge to another, a thing that hangs in the air, no; viewers nothing at all."""
    folder = write_delivery(tmp_path / "sample")
    await load_delivery(embedded.store, folder)
    accounts = embedded.ledger.accounts
    keys = {}
    for name, role, area in (("科", Role.organization_department, "990102001000"), ("看", Role.viewer, None)):
        await accounts.add(name, role, area, by="test")
        keys[name], _ = await accounts.issue_key(name, None, "")
    key = bearer(keys["科"])
    manifest = (folder / "manifest.toml").read_text("utf-8").replace("990102000000", "990102001000")
    own = manifest.replace("d-990102-register", "d-990102-street")
    document = {"nodes__SourceDocument": "id,name,kind\nd-990102-street,街道台账,register\n"}
    empty = {name.replace("/", "__"): text.split("\n")[0] + "\n" for name, text in TABLES.items()}
    cases: list[tuple[dict[str, str], str, str]] = [
        ({"edges__PART_OF": "from,to\nq-990102-9,990102001000\n"}, "checked", ""),
        ({"edges__PART_OF": "from,to\nq-990102-9,990102000000\n"}, "rejected", "不在您的辖区范围内"),
        ({}, "rejected", "没有联系"),
        ({"manifest": manifest, "nodes__Quarter": "id,name\n"}, "rejected", "其他辖区的来源"),
        ({"manifest": own.replace('"990102001000"', '"990102000000"')}, "rejected", "您只能导入"),
    ]
    async with desk_of(guarded_app(embedded, rate_limit="100000/minute")) as client:
        for number, (changed, state, word) in enumerate(cases):
            more = {"manifest": own, "nodes__Quarter": "id,name\nq-990102-9,九号小区\n", **document}
            path = write_delivery(tmp_path / f"case-{number}", **{**empty, **more, **changed})
            delivery = await hand_in(client, packed(path), key, name="街道.zip")
            found = await task(client, delivery["id"], "check", key)
            assert found["state"] == state, (changed, found)
            if word:
                where = f"{PREFIX}/deliveries/{delivery['id']}/findings"
                rows = (await client.get(where, headers=key)).json()["data"]
                assert any(word in row["zh"] for row in rows), (word, rows)
            await client.delete(f"{PREFIX}/deliveries/{delivery['id']}", headers=key)
        assert (await client.get(f"{PREFIX}/loads", headers=key)).json()["data"] == []
        assert (await client.post(f"{PREFIX}/loads/1/undo", headers=key)).status_code == 403
        refused = await client.post(f"{PREFIX}/deliveries", content=b"x", headers=bearer(keys["看"]))
        assert refused.status_code == 403


async def test_what_a_service_left_behind_is_removed_and_concluded(embedded: Graph) -> None:
    """Killed while it loaded: its files go, and the trail says that nothing came of the load."""
    root = embedded.settings.data_dir / "incoming"
    left = root / "0123456789abcdef" / "1" / "files"
    left.mkdir(parents=True)
    (left / "台账.xlsx").write_bytes(b"x")
    entry = Entry(now(), "科", "POST /deliveries/{id}/load", parameters={})
    await Intention("1", entry, "科", 0, "0123456789abcdef").begin(embedded.ledger, root)
    app = make_app(embedded)
    await app.state.service.desk.recover()
    assert list(root.iterdir()) == []
    assert [w.rpartition(" ")[2] for w in await whats(embedded)] == ["begun", "void"]


async def test_cancelling_while_it_is_worked_on_leaves_nothing(
    client: httpx.AsyncClient, embedded: Graph, tmp_path: Path
) -> None:
    """The process ends, its files are gone, the graph is as it was."""
    delivery = await hand_in(client, packed(write_delivery(tmp_path / "sample")), name="样例.zip")
    await task(client, delivery["id"], "check")
    begun: Any = await client.post(f"{PREFIX}/deliveries/{delivery['id']}/load")
    assert begun.json()["data"]["state"] == "working"
    ended = (await client.delete(f"{PREFIX}/deliveries/{delivery['id']}")).json()["data"]
    assert ended["state"] == "cancelled"
    assert await embedded.version() == 0
    assert (await whats(embedded))[-2:] == ["POST /deliveries/{id}/load void", "DELETE /deliveries/{id}"]
    assert (await client.get(f"{PREFIX}/deliveries/{delivery['id']}")).status_code == 404
    assert not list((embedded.settings.data_dir / "incoming").rglob("*.zip"))
