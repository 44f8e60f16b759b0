"""Proposals as sheets: rows under Chinese headings are one proposal, and the answer is a marked copy."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from graph.appointments.proposal import read_proposal
from graph.appointments.rehearse import rehearse
from graph.appointments.sheets.marked import ALL, COLUMNS, marked_sheet
from graph.appointments.sheets.read import SheetRejected, read_changes
from graph.appointments.sheets.template import TITLE, make_proposal_template
from graph.loading.excel.bounds import BadWorkbook
from graph.model.words import VERDICTS
from graph.reading.graph import Graph
from tests.conftest import Opener, unmasked

DAY = "2025-06-30"
BODY = "oc-990101-009"


@pytest.fixture
async def example(loader: Opener) -> Graph:
    """All of the seed data on the embedded engine, for who may see persons."""
    return unmasked(await loader("embedded"))


async def named(graph: Graph, id_: str, label: str) -> str:
    text = f"MATCH (n:{label} {{id: $id}}) RETURN n.name AS name"
    (row,) = (await graph.store.read([(text, {"id": id_})]))[0]
    return str(row["name"])


def workbook(path: Path, rows: list[list[Any]]) -> Path:
    """A workbook with these rows on its first sheet."""
    book = Workbook()
    for row in rows:
        book[book.sheetnames[0]].append(row)
    book.save(path)
    return path


async def test_rows_are_one_proposal_and_each_is_answered(example: Graph, tmp_path: Path) -> None:
    """Title, order of columns and words are a department's own; the effects are those of the same JSON."""
    person, body = (
        await named(example, "p-990101-0022", "Person"),
        await named(example, BODY, "OwnersCommittee"),
    )
    path = workbook(
        tmp_path / "任免.xlsx",
        [
            ["某街道任免方案"],
            ["序号", "动作", "姓名", "任职单位", "拟任职务", "生效日期", "备注"],
            [1, "任命", person, body, "委员", DAY, "换届"],
            [2, None, "p-990101-0030", BODY, "委员", None, None],
            [3, "任命", "p-990101-0030", "pp-990101-009", "staff", "2025年6月30日", None],
        ],
    )
    found = await read_changes(example, path)
    same = read_proposal(
        {
            "as_of": DAY,
            "changes": [
                {"kind": "appoint", "person": "p-990101-0022", "body": BODY, "role": "member"},
                {"kind": "appoint", "person": "p-990101-0030", "body": BODY, "role": "member"},
                {"kind": "appoint", "person": "p-990101-0030", "body": "pp-990101-009", "role": "staff"},
            ],
        }
    )
    assert found.proposal == same
    data = (await rehearse(example, same)).data
    assert data["appear"]
    book = load_workbook(BytesIO(marked_sheet(path, found, data)))
    rows = list(book[book.sheetnames[0]].iter_rows(values_only=True))
    assert rows[1][7:10] == COLUMNS
    assert [row[:7] for row in rows[2:]] == [
        tuple(r)
        for r in (
            [1, "任命", person, body, "委员", DAY, "换届"],
            [2, None, "p-990101-0030", BODY, "委员", None, None],
            [3, "任命", "p-990101-0030", "pp-990101-009", "staff", "2025年6月30日", None],
        )
    ]
    told = "；".join(str(row[8]) for row in rows[2:])
    for effect in data["appear"]:
        if effect["subject"] in {BODY, "p-990101-0030", "p-990101-0022"}:
            assert effect["code"] in told
    listed = {row[7] for row in book[ALL].iter_rows(min_row=2, values_only=True)}
    assert {e["finding"] for e in (*data["appear"], *data["disappear"])} <= listed
    verdicts = {row[at] for row in book[ALL].iter_rows(min_row=2, values_only=True) for at in (4, 5)}
    assert "不符合" in verdicts
    assert verdicts <= {None, "", *VERDICTS.values()}


async def test_every_mistake_is_told_with_its_cell(example: Graph, tmp_path: Path) -> None:
    """A wrong action, an unknown body, a wrong post and a month as a day, all in one go, from CSV too."""
    text = (
        "人员,组织,职务,日期,动作\n"
        f"p-990101-0022,{BODY},委员,{DAY},提拔\n"
        f"p-990101-0022,没有这样的业委会,委员,{DAY},任命\n"
        f"p-990101-0022,{BODY},书记,2025.06,任命\n"
    )
    path = tmp_path / "任免.csv"
    path.write_bytes(text.encode("gb18030"))
    with pytest.raises(SheetRejected) as caught:
        await read_changes(example, path)
    assert {f.cell for f in caught.value.found.findings} == {"E2", "B3", "C4", "D4"}
    marked = marked_sheet(path, caught.value.found, None, caught.value.found.findings)
    book = load_workbook(BytesIO(marked))
    shown = [row[5] for row in book[book.sheetnames[0]].iter_rows(min_row=2, values_only=True)]
    assert all(str(cell).startswith("有误") for cell in shown)
    listed = list(book[ALL].iter_rows(values_only=True))
    assert listed[0][1:4] == ("单元格", "列", "填写的内容")
    assert ("E2", "动作", "提拔") in {row[1:4] for row in listed[1:]}
    assert "职务：" in str(shown[2])
    assert "日期：" in str(shown[2])
    assert "。。" not in caught.value.zh
    assert ".." not in caught.value.en


async def test_what_the_graph_refuses_is_told_at_its_row(example: Graph, tmp_path: Path) -> None:
    """Two days in one proposal, and a sheet without the headings."""
    head = ["人员", "组织", "职务", "日期", "动作"]
    one, two = [["p-990101-0022", BODY, "委员", day, "任命"] for day in (DAY, "2025-07-01")]
    with pytest.raises(SheetRejected, match="同一天"):
        await read_changes(example, workbook(tmp_path / "a.xlsx", [head, one, two]))
    with pytest.raises(BadWorkbook, match="no heading"):
        await read_changes(example, workbook(tmp_path / "b.xlsx", [["甲", "乙"], [1, 2]]))


async def test_the_template_is_read_back(example: Graph, tmp_path: Path) -> None:
    """What is filled in below its headings is a proposal; the posts can be chosen."""
    book = load_workbook(BytesIO(make_proposal_template()))
    sheet = book[TITLE]
    for column, value in enumerate(("p-990101-0022", BODY, "委员", DAY, "任命"), start=1):
        sheet.cell(2, column, value)
    assert len(sheet.data_validations.dataValidation) >= 2
    path = tmp_path / "任免.xlsx"
    book.save(path)
    proposal = (await read_changes(example, path)).proposal
    assert proposal is not None
    assert proposal.as_of.isoformat() == DAY
    assert [c.kind for c in proposal.changes] == ["appoint"]
