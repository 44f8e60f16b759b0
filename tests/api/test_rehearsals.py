"""Sheets of appointments over HTTP: checked by a process of its own, answered by a marked copy."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import httpx
from openpyxl import Workbook, load_workbook

from graph.ledger.roles import Role
from graph.reading.graph import Graph
from tests.api.access import REASON, bearer, guarded_app
from tests.api.conftest import make_app
from tests.api.handing import PREFIX, desk_of, hand_in, task

HEADING = ("人员", "组织", "职务", "日期", "动作")
ROW = ("p-990101-0022", "oc-990101-009", "委员", "2025-06-30", "任命")


def sheet(*rows: tuple[str, ...]) -> bytes:
    """A workbook as people type it, with a title above."""
    book, stream = Workbook(), BytesIO()
    page = book.active
    assert page is not None
    for row in (("拟任免名单",), HEADING, *rows):
        page.append(row)
    book.save(stream)
    return stream.getvalue()


async def marks(client: httpx.AsyncClient, delivery: Any, headers: dict[str, str] | None = None) -> list[Any]:
    """The first row below the heading of the marked copy."""
    where = f"{PREFIX}/deliveries/{delivery['id']}/marked"
    response = await client.get(where, headers=headers or {})
    assert response.status_code == 200, response.text
    page = load_workbook(BytesIO(response.content)).worksheets[0]
    return [cell.value for cell in page[3]]


async def test_a_sheet_says_what_its_proposal_says(loaded: Graph) -> None:
    """The numbers are those of POST /appointments/check; what is wrong is told by cell."""
    version = await loaded.version()
    async with desk_of(make_app(loaded, rate_limit="100000/minute")) as client:
        delivery = await hand_in(client, sheet(ROW), kind="appointments", name="任免.xlsx")
        assert (delivery["state"], delivery["rehearsed"]) == ("received", None)
        done = await task(client, delivery["id"], "rehearse")
        found = done["rehearsed"]
        assert (done["state"], found["rows"], found["personal"]) == ("checked", 1, False)
        asked = await client.post(f"{PREFIX}/appointments/check", json=found["proposal"])
        effects = asked.json()["data"]
        assert {n: len(effects[n]) for n in ("appear", "disappear", "changed", "stay")} == {
            n: found[n] for n in ("appear", "disappear", "changed", "stay")
        }
        verdict = f"将产生 {found['appear']} 项不符合" if found["appear"] else "不产生新的不符合"
        assert verdict in await marks(client, done)
        for step in ("check", "load"):
            refused = await client.post(f"{PREFIX}/deliveries/{delivery['id']}/{step}", json={})
            assert "rehearse" in refused.json()["detail"]
        wrong = await hand_in(
            client, sheet((*ROW[:2], "村长", *ROW[3:])), kind="appointments", name="任免.xlsx"
        )
        done = await task(client, wrong["id"], "rehearse")
        assert (done["state"], done["rehearsed"], done["errors"]) == ("rejected", None, 1)
        rows = (await client.get(f"{PREFIX}/deliveries/{wrong['id']}/findings")).json()["data"]
        assert [(row["cell"], row["value"]) for row in rows] == [("C3", "村长")]
        assert any(str(text).startswith("有误") for text in await marks(client, done))
        named = await hand_in(client, sheet(("张三", *ROW[1:])), kind="appointments", name="任免.xlsx")
        done = await task(client, named["id"], "rehearse")
        assert (
            "理由"
            in (await client.get(f"{PREFIX}/deliveries/{named['id']}/findings")).json()["data"][0]["zh"]
        )
        text = await client.post(f"{PREFIX}/deliveries", params={"kind": "appointments", "name": "任免.json"})
        assert text.status_code == 422
    assert await loaded.version() == version


async def test_one_limited_to_an_area_appoints_in_it(loaded: Graph) -> None:
    """A body outside is refused at its cell, as one that does not exist."""
    accounts = loaded.ledger.accounts
    await accounts.add("社区科", Role.organization_department, "990101001001", by="test")
    key = bearer((await accounts.issue_key("社区科", None, ""))[0])
    outside = "oc-990101-040"
    async with desk_of(guarded_app(loaded, rate_limit="100000/minute")) as client:
        told = []
        for body in (outside, "oc-990101-999"):
            row = (ROW[0], body, *ROW[2:])
            delivery = await hand_in(client, sheet(row), key, kind="appointments", name="任免.xlsx")
            done = await task(client, delivery["id"], "rehearse", key)
            assert done["state"] == "rejected", done
            rows = (await client.get(f"{PREFIX}/deliveries/{delivery['id']}/findings", headers=key)).json()
            told += [row["zh"] for row in rows["data"] if row["cell"] == "B3"]
        assert len(told) == 2
        assert {text.replace("oc-990101-999", outside) for text in told} == {told[0]}
        assert "辖区" in told[0]
    await accounts.change("社区科", disabled=True)


async def test_a_name_says_nothing_of_who_lies_outside(loaded: Graph) -> None:
    """To a caller limited to an area, a name that somebody outside has is one that nobody has."""
    text = "MATCH (p:Person)-[:HOLDS_POST]->(b) WHERE b.id IN $ids RETURN b.id AS body, p.name AS name"
    (rows,) = await loaded.store.read([(text, {"ids": ["oc-990101-001", "oc-990101-040"]})])
    names = {row["body"]: row["name"] for row in rows}
    accounts = loaded.ledger.accounts
    await accounts.add("姓名科", Role.organization_department, "990101001001", by="test")
    key = bearer((await accounts.issue_key("姓名科", None, ""))[0])

    async def check(client: httpx.AsyncClient, name: str, **headers: str) -> httpx.Response:
        change = {"kind": "appoint", "person": name, "body": "oc-990101-001", "role": "member"}
        body = {"as_of": "2025-06-30", "changes": [change]}
        return await client.post(f"{PREFIX}/appointments/check", json=body, headers=key | headers)

    async with desk_of(guarded_app(loaded, rate_limit="100000/minute")) as client:
        inside = await check(client, names["oc-990101-001"], **REASON)
        without = await check(client, names["oc-990101-040"])
        told = [(await check(client, name, **REASON)) for name in (names["oc-990101-040"], "无此人名")]
        cells = []
        for name in (names["oc-990101-040"], "无此人名"):
            content = sheet((name, "oc-990101-001", *ROW[2:]))
            delivery = await hand_in(client, content, key, kind="appointments", name="任免.xlsx")
            done = await task(client, delivery["id"], "rehearse", key | REASON)
            assert done["state"] == "rejected", done
            where = f"{PREFIX}/deliveries/{delivery['id']}/findings"
            (row,) = (await client.get(where, headers=key | REASON)).json()["data"]
            cells.append((row["cell"], row["zh"].replace(name, ""), row["en"].replace(name, "")))
    assert inside.status_code == 200 or "已任该职" in inside.text
    assert (without.status_code, "理由" in without.json()["detail"]) == (422, True)
    shown = [r.text.replace(names["oc-990101-040"], "无此人名") for r in told]
    assert ([r.status_code for r in told], shown[0]) == ([422, 422], shown[1])
    assert cells[0] == cells[1]
    await accounts.change("姓名科", disabled=True)
