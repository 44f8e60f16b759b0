"""Registers given back: the file as it came, with what the graph says of each row beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font

from graph.coverage.gaps import find_gaps
from graph.errors import BadParameter
from graph.intake.asked import check_answers, open_within, read_open_questions
from graph.intake.back.give import ELSEWHERE, HEADINGS, LACKING, MOST_LINES, NOT_THERE, Given, give_back
from graph.ledger.roles import Role
from graph.loading.excel.appended import MARK
from graph.loading.register.deliver import OpenQuestions
from graph.loading.register.forms import made_of
from graph.loading.register.headings import propose
from graph.loading.register.kinds import find_kind
from graph.loading.register.sheets import read_sheets
from graph.model import OPEN_END
from graph.reading.graph import Graph
from graph.reading.scoped.area_ids import read_ids
from graph.reading.viewer import Viewer
from graph.rules.check import check_rules
from graph.store import Transaction
from tests.api.access import bearer, guarded_app
from tests.api.handing import PREFIX, desk_of, hand_in, task
from tests.builder import SOURCE
from tests.loading.register.delivering import DAY, HEADING, ROWS, deliver, subdistrict
from tests.loading.register.wild import write_ods, write_text, write_xls, write_xlsx

NEW = [heading.text for heading in HEADINGS]


async def given(graph: Graph, path: Path, *, personal: bool = False) -> Given:
    """What the command does, with a form as proposed."""
    kind = "小区台账"
    sheets = read_sheets(path)
    proposals = [p for s in sheets if (p := propose(s, find_kind(kind))) is not None]
    return await give_back(
        graph.under(replace(graph.viewer, personal=personal)),
        path,
        form=made_of(proposals, find_kind(kind)),
        proposals=proposals,
        place="云山街道",
        as_of=DAY,
    )


def rows_of(content: bytes, heading: int) -> list[dict[str, Any]]:
    """The rows of the first sheet below its heading, by heading."""
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    names = [cell.value for cell in sheet[heading]]
    return [
        dict(zip(names, (c.value for c in row), strict=True)) for row in sheet.iter_rows(min_row=heading + 1)
    ]


def lacking_of(content: bytes, rows: dict[str, dict[str, Any]]) -> dict[str, list[str]]:
    """What each row lacks, by its name: of those that lack much as the sheet has it, else as the cell has."""
    book = load_workbook(BytesIO(content))
    found: dict[str, list[str]] = {name: [] for name in rows}
    for _, id_, name, item in book[LACKING].iter_rows(min_row=2, values_only=True):
        assert id_ == rows[str(name)]["图中编号"]
        found[str(name)].append(str(item))
    return {name: items or str(rows[name]["缺什么"] or "").split("\n") for name, items in found.items()}


@pytest.fixture
async def town(embedded: Graph, tmp_path: Path) -> Graph:
    """The register of one subdistrict, loaded; no list but what its cells close is complete."""
    await subdistrict().write(embedded.store)
    await deliver(embedded, embedded.ledger, write_xlsx(tmp_path / "first.xlsx", ROWS))
    return embedded


async def ids_of(graph: Graph, label: str) -> dict[str, str]:
    """Ids of the nodes of a type, by name."""
    rows = (await graph.store.read([(f"MATCH (n:{label}) RETURN n.name AS name, n.id AS id", {})]))[0]
    return {row["name"]: row["id"] for row in rows}


async def test_a_register_comes_back_as_it_was(town: Graph, tmp_path: Path) -> None:
    """Cells, fonts, merged titles and formulas stay; a second time the same columns are written anew."""
    path = write_xlsx(tmp_path / "台账.xlsx", ROWS, ("A1:K1",))
    book = load_workbook(path)
    book.worksheets[0]["C3"].font = Font(bold=True, color="FF00AA00")
    book.worksheets[0]["C6"] = "=SUM(C3:C5)"
    book.save(path)
    back = await given(town, path)
    copy = load_workbook(BytesIO(back.content)).worksheets[0]
    assert [str(r) for r in copy.merged_cells.ranges] == ["A1:K1"]
    for row in load_workbook(path).worksheets[0].iter_rows():
        for cell in row:
            other = copy[cell.coordinate]
            assert other.value == cell.value
            assert (repr(other.font), repr(other.fill)) == (repr(cell.font), repr(cell.fill))
    assert [copy.cell(2, n).value for n in range(12, 18)] == [*NEW, None]

    quarters = await ids_of(town, "Quarter")
    rows = {row["小区名称"]: row for row in rows_of(back.content, 2)}
    assert {n: rows[n]["图中编号"] for n in quarters} == quarters
    checked = await check_rules(town, area="990301000000", verdict="fail", as_of=DAY)
    gaps = await find_gaps(town, area="990301000000", as_of=DAY)
    assert {g["subject_name"] for g in gaps.data} == {"梧桐里"}  # 物业公司：无
    for name, id_ in quarters.items():
        codes = {r["code"] for r in checked.data if r["subject"] == id_}
        lines = str(rows[name]["核查结果"]).split("\n")[1:]
        assert codes <= {line.partition(" ")[0] for line in lines}
        assert ("缺口：物业服务覆盖" in lines) == (name == "梧桐里")
    lacking = lacking_of(back.content, rows)
    assert any(item.startswith("望江苑的业委会台账（R10、") for item in lacking["望江苑"])
    assert not any("清泉花园的业委会台账" in item for item in lacking["清泉花园"])
    for name, items in lacking.items():
        assert str(rows[name]["缺什么"] or "").split("\n")[:MOST_LINES] == items[:MOST_LINES]
        assert len(items) <= MOST_LINES or f"共 {len(items)} 项" in rows[name]["缺什么"]
    assert max(map(len, lacking.values())) > MOST_LINES
    counts = (back.counts["rows"], back.counts["known"], back.counts["marked"], back.counts["elsewhere"])
    assert counts == (3, 3, 0, 0)

    (tmp_path / "again.xlsx").write_bytes(back.content)
    again = await given(town, tmp_path / "again.xlsx")
    assert rows_of(again.content, 2) == rows_of(back.content, 2)
    told = await deliver(town, town.ledger, tmp_path / "again.xlsx", dry_run=True)
    assert (told.rows, told.report.created, told.report.changed) == (3, 0, 0)


async def test_what_the_graph_knows_better_is_marked(town: Graph, tmp_path: Path) -> None:
    """A value, a committee, who holds a post now, of other records; names only for who may see them."""
    now = {"source": SOURCE, "since": date(2025, 3, 1), "until": OPEN_END}
    made = "named: true, source: $source, synthetic: true"
    edge = "since: $since, until: $until, since_known: true, source: $source, synthetic: true"
    for text in (
        "MATCH (q:Quarter {name: '望江苑'}) SET q.floor_area_m2 = 88000.0, q.source = $source",
        f"CREATE (:OwnersCommittee {{id: 'oc-990301-w', name: '望江苑业委会', {made}}})",
        f"CREATE (:Quarter {{id: 'q-990301-x', name: '梧桐苑', {made}}})",
        f"CREATE (:Person {{id: 'p-990301-w', name: '孙九', {made}}})",
        "MATCH (o:OwnersCommittee {id: 'oc-990301-w'}), (q:Quarter {name: '望江苑'}) "
        f"CREATE (o)-[:COVERS {{id: 'x', {edge}}}]->(q)",
        "MATCH (q:Quarter {id: 'q-990301-x'}), (a:Area {name: '清泉社区'}) "
        f"CREATE (q)-[:PART_OF {{id: 'y', {edge}}}]->(a)",
        "MATCH (:Person {name: '张三'})-[e:HOLDS_POST {role: 'chair'}]->() SET e.until = $since",
        "MATCH (p:Person {name: '孙九'}), (o:OwnersCommittee {name: '清泉花园业主委员会'}) "
        f"CREATE (p)-[:HOLDS_POST {{id: 'z', role: 'chair', {edge}}}]->(o)",
    ):

        async def work(tx: Transaction, text: str = text) -> None:
            await tx.run(text, {n: v for n, v in now.items() if f"${n}" in text})

        await town.store.write(work)
    path = write_xlsx(tmp_path / "台账.xlsx", [*ROWS[:5], ["清泉社区", "没有的小区", 100]], ("A1:K1",))
    plain = await given(town, path)
    rows = {row["小区名称"]: row for row in rows_of(plain.content, 2)}
    generated = f"据 {SOURCE}"
    assert rows["望江苑"]["图中所记"].split("\n") == [
        f"建筑面积：图中为 88000m²（{generated}）",
        "业委会主任：图中有 望江苑业委会",
    ]
    assert rows["清泉花园"]["图中所记"] is None
    assert (rows["没有的小区"]["图中编号"], rows["没有的小区"]["核查结果"]) == (None, NOT_THERE)
    book = load_workbook(BytesIO(plain.content))
    sheet = book.worksheets[0]
    assert "88000" in sheet["D4"].comment.text
    assert sheet["D4"].fill.fgColor.rgb.endswith(MARK)
    assert [r[0] for r in book[ELSEWHERE].iter_rows(min_row=2, values_only=True)] == ["q-990301-x"]
    assert "孙九" not in everything(plain.content)

    shown = await given(town, path, personal=True)
    rows = {row["小区名称"]: row for row in rows_of(shown.content, 2)}
    assert rows["清泉花园"]["图中所记"] == (
        f"业委会主任：图中为 孙九（自 2025-03-01，{generated}）；张三 已于 2025-03-01 卸任"
    )
    assert shown.counts["personal"]
    assert not plain.counts["personal"]


async def test_what_cells_say_in_their_own_way_is_not_marked(town: Graph, tmp_path: Path) -> None:
    """A note made of a number's brackets, an amount with them, and who is said to have left."""
    rows = [[*HEADING, "备注"], ["清泉社区", "荷风里", "312户（含商铺12户）", "3万㎡（地上）", "甲物业公司"]]
    rows[1] += [None, "张三（2016-2021）、李四（2021至今）", "王五", "2021.5", None, None, None]
    path = write_xlsx(tmp_path / "b.xlsx", rows)
    await deliver(town, town.ledger, path)
    (row,) = rows_of((await given(town, path, personal=True)).content, 1)
    assert row[NEW[0]] == (await ids_of(town, "Quarter"))["荷风里"]
    assert row[NEW[-1]] is None


@pytest.mark.parametrize("ending", ["xls", "ods", "csv"])
async def test_other_files_come_back_as_workbooks(town: Graph, tmp_path: Path, ending: str) -> None:
    """The same rows and the same columns beside them, whatever the register came as."""
    rows = [[None if c is None else str(c) for c in row] for row in ROWS]
    path = tmp_path / f"台账.{ending}"
    if ending == "csv":
        write_text(path, [[c or "" for c in row] for row in rows], "gb18030")
    else:
        {"xls": write_xls, "ods": write_ods}[ending](path, rows)  # type: ignore[operator]
    back = await given(town, path)
    same = await given(town, write_xlsx(tmp_path / "台账.xlsx", ROWS))
    found, expected = rows_of(back.content, 2), rows_of(same.content, 2)
    assert [{n: r[n] for n in NEW} for r in found] == [{n: r[n] for n in NEW} for r in expected]
    assert [[r[n] and str(r[n]) for n in HEADING] for r in found] == [
        [*row, *[None] * (11 - len(row))] for row in rows[2:]
    ]


async def test_what_is_not_sure_is_said(town: Graph, tmp_path: Path) -> None:
    """Nearly a name of the graph: no id, the candidate, and no question is put; not of another's area."""
    rows = [row[:] for row in ROWS]
    rows[2][1] = "清泉花圆"
    path = write_xlsx(tmp_path / "台账.xlsx", rows)
    back = await given(town, path)
    (first, *_) = rows_of(back.content, 2)
    assert first["图中编号"] == "未确定"
    assert "清泉花园 q-990301-" in first["核查结果"]
    assert back.counts["unsure"] == 1
    assert await town.ledger.questions.open() == []
    with pytest.raises(OpenQuestions):
        await deliver(town, town.ledger, path, dry_run=True)
    (asked,) = (await read_open_questions(town, area="990301000000")).data
    assert (asked["street_name"], asked["area_name"], asked["name"]) == ("云山街道", "清泉社区", "清泉花圆")
    assert asked["candidates"][0] in asked["candidates_zh"]
    clear = (await ids_of(town, "Area"))["梧桐社区"]
    own = (await ids_of(town, "Quarter"))["望江苑"]
    await check_answers(town, None, {asked["number"]: own})
    with pytest.raises(BadParameter, match="图中没有"):
        await check_answers(town, None, {asked["number"]: "q-990301-nothing"})
    assert (await read_open_questions(town, area=clear)).data == []
    assert await open_within(town, "990301000000") == await open_within(town, None)
    assert await open_within(town, clear) == []
    _, ids = await read_ids(town, clear, secret=True)
    beside = town.under(replace(town.viewer, area=clear, ids=ids))
    assert (await read_open_questions(beside)).data == []
    elsewhere = replace(town.viewer, area="990302000000", ids=frozenset())
    with pytest.raises(BadParameter, match="不在您的辖区"):
        await given(town.under(elsewhere), path)


async def test_over_http(town: Graph, tmp_path: Path) -> None:
    """Handed in, given back by a process, fetched; with names for who gave a reason, then only for them."""
    content = write_xlsx(tmp_path / "台账.xlsx", ROWS).read_bytes()
    await town.ledger.accounts.add("科", Role.organization_department, None, by="test")
    key = bearer((await town.ledger.accounts.issue_key("科", None, ""))[0])
    reason = {"Cobuild-Reason": quote("返回核查结果"), **key}
    async with desk_of(guarded_app(town, rate_limit="100000/minute")) as client:
        register = await hand_in(client, content, key, name="云山台账.xlsx", kind="register")
        where = f"{PREFIX}/deliveries/{register['id']}/given-back"
        assert (await client.get(where, headers=key)).status_code == 404
        done = await task(client, register["id"], "give-back", key, place="云山街道", on=str(DAY))
        assert (done["state"], done["failure"]) == ("proposed", None)
        assert (done["given"]["rows"], done["given"]["known"], done["given"]["personal"]) == (3, 3, False)
        file = await client.get(where, headers=key)
        assert quote("云山台账.返回.xlsx") in file.headers["content-disposition"]
        plain = await given(town.under(Viewer(verdicts=False)), tmp_path / "台账.xlsx")
        assert rows_of(file.content, 2) == rows_of(plain.content, 2)
        done = await task(client, register["id"], "give-back", reason, place="云山街道", on=str(DAY))
        assert done["given"]["personal"]
        refused = await client.get(where, headers=key)
        assert (refused.status_code, refused.json()["code"]) == (403, "reason_needed")
        assert (await client.get(where, headers=reason)).status_code == 200
        wrong = await task(client, register["id"], "give-back", key, place="没有的街道")
        assert (wrong["state"], wrong["failure"]["code"], wrong["given"]) == (
            "proposed",
            "bad_parameter",
            None,
        )


def everything(content: bytes) -> str:
    """Every text of a workbook, notes included."""
    book = load_workbook(BytesIO(content))
    cells = [c for sheet in book.worksheets for row in sheet.iter_rows() for c in row]
    return "\n".join(f"{c.value}{c.comment.text if c.comment else ''}" for c in cells)
