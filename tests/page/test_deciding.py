"""Deciding on the page: a sheet of appointments, carried out with a waiver; two things merged; questions."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.async_api import Browser, expect

from graph.ledger.questions import Candidate, Question
from graph.reading.graph import Graph
from tests.api.conftest import make_app
from tests.appointments.scenes import scene_of_conflict
from tests.loading.register.wild import write_xlsx
from tests.oracle.asking import store
from tests.page.browsing import Visit, drop, serving, visiting

DAY = "2025-06-30"
HEADING = ("人员", "组织", "职务", "日期", "动作")
HELD = "MATCH (:Person {id: 'p-990101-2'})-[e:HOLDS_POST]->(b) RETURN b.id AS body, e.role AS role"
COUNT = "MATCH (q:Quarter) RETURN count(q) AS n"


@pytest.fixture
async def office(browser: Browser, embedded: Graph) -> AsyncIterator[Visit]:
    """A fresh window at a service with two quarters, an owners' committee and three people."""
    await store(embedded, scene_of_conflict().builder)
    app = make_app(embedded)
    async with serving(app) as address, visiting(browser, address) as visit:
        yield visit
        await visit.page.close()
    await app.state.service.desk.close()
    await app.state.service.copies.close()
    # A refusal is an answer too; the browser notes it.
    assert [c for c in visit.complaints if "409" not in c] == []


async def read(graph: Graph, text: str) -> list[dict[str, Any]]:
    """The rows of a query, past all that is withheld."""
    return (await graph.store.read([(text, {})]))[0]


async def test_a_sheet_is_checked_carried_out_and_printed(
    office: Visit, embedded: Graph, tmp_path: Path
) -> None:
    """Dropped, each row answered, opened as a plan; refused without a waiver, made with one; printed."""
    page = office.page
    row = ("p-990101-2", "oc-990101-1", "主任", DAY, "任命")
    path = write_xlsx(tmp_path / "任免.xlsx", [["拟任免名单"], [*HEADING], [*row]])
    await office.open("/import")
    await page.get_by_text("任免方案表").first.click()
    await drop(page, path)
    await page.get_by_role("button", name="核查", exact=True).click()
    await expect(page.locator(".conclusion")).to_contain_text("共 1 行：新产生")
    book = load_workbook(BytesIO((await office.take("下载逐行结论（标注副本）")).read_bytes()))
    assert any("将产生" in str(cell.value) for cell in book.worksheets[0][3])
    assert await office.axe() == []
    await page.get_by_role("link", name="在任职核查中打开并执行").click()
    await expect(page.locator(".part.appear")).to_contain_text("R27")
    await page.emulate_media(media="print")
    paper = await page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    await page.emulate_media(media="screen")
    await page.locator(".carry-out summary").click()
    await page.get_by_label("决定人").fill("示例科")
    await page.get_by_label("事由").fill("换届")
    execute = page.locator(".carry-out").get_by_role("button", name="执行")
    await execute.click()
    await expect(page.locator(".carry-out .wrong")).to_contain_text("R27")
    assert await read(embedded, HELD) == []
    for finding in await page.locator(".carry-out fieldset").all():
        await finding.get_by_label("理由").fill("已报批")
        await finding.get_by_label("至").fill("2026-01-01")
    assert await office.axe() == []
    await execute.click()
    await expect(page.locator(".conclusion")).to_contain_text("已执行，决定编号")
    assert await read(embedded, HELD) == [{"body": "oc-990101-1", "role": "chair"}]


async def test_two_are_merged_and_parted_and_a_question_is_answered(
    office: Visit, embedded: Graph, tmp_path: Path
) -> None:
    """Looked at, merged with a reason, taken apart; a list of questions filled in and handed back is kept."""
    page = office.page
    await office.open("/import/merges?kept=q-990101-01&gone=q-990101-02")
    await page.get_by_role("button", name="预检", exact=True).click()
    await expect(page.locator(".merge")).to_contain_text("尚未写入")
    assert await office.axe() == []
    assert await read(embedded, COUNT) == [{"n": 2}]
    await page.get_by_label("理由（记入审计").fill("同一小区")
    await page.get_by_role("button", name="合并", exact=True).click()
    await expect(page.locator(".merge")).to_contain_text("已并入")
    assert await read(embedded, COUNT) == [{"n": 1}]
    await page.get_by_role("button", name="拆开").click()
    await page.get_by_label("拆开的理由").fill("是两个小区")
    await page.locator("td form").get_by_role("button", name="拆开").click()
    await expect(page.locator("table.loads")).to_contain_text("已由第")
    assert await read(embedded, COUNT) == [{"n": 2}]
    asked = Question(
        "990101|甲苑",
        "Quarter",
        "甲苑",
        "示例社区",
        "q-990101-09",
        [Candidate("q-990101-01", "甲园", "示例社区", 90)],
    )
    await embedded.ledger.questions.ask("990101", [asked])
    await office.open("/import/questions")
    await expect(page.locator(".open-questions")).to_contain_text("甲苑")
    assert await office.axe() == []
    book = load_workbook(BytesIO((await office.take("下载疑问清单（Excel）")).read_bytes()))
    sheet = book["结果"]
    (answer,) = [cell for line in sheet.iter_rows() for cell in line if cell.value == "答复"]
    sheet.cell(answer.row + 1, answer.column, "1")
    book.save(tmp_path / "疑问.xlsx")
    await office.open("/import")
    await page.get_by_text("答复了的疑问清单").click()
    await drop(page, tmp_path / "疑问.xlsx")
    await page.get_by_role("button", name="记下 1 个答复").click()
    await expect(page.locator(".loaded")).to_contain_text("还有 0 个疑问")
    assert await embedded.ledger.questions.open() == []
