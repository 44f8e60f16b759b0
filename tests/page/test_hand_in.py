"""Data in from the page: a register as it is, checked, loaded, given back, and its load undone."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.async_api import Browser, expect

from graph.reading.graph import Graph
from tests.api.conftest import make_app
from tests.loading.register.delivering import DAY, HEADING, ROWS, subdistrict
from tests.loading.register.wild import write_xlsx
from tests.page.browsing import Visit, serving, visiting

STREET = "990301000000"


@pytest.fixture
async def clerk(browser: Browser, embedded: Graph) -> AsyncIterator[Visit]:
    """A fresh window at a service whose graph holds a subdistrict and nothing else."""
    await subdistrict().write(embedded.store)
    app = make_app(embedded)
    async with serving(app) as address, visiting(browser, address) as visit:
        yield visit
        await visit.page.close()
    await app.state.service.desk.close()
    await app.state.service.copies.close()
    assert visit.complaints == []


async def quarters(graph: Graph) -> list[str]:
    """The names that the graph has."""
    rows = (await graph.ask(graph.catalogue["quarters"], {"area": STREET, "as_of": DAY})).data
    return sorted(str(row["name"]) for row in rows)


async def test_a_register_goes_in_comes_back_and_is_undone(
    clerk: Visit, embedded: Graph, tmp_path: Path
) -> None:
    """No id is typed; the file that comes back has the department's columns and ours; undo leaves nothing.

    A delivery of a part of the place is refused until the number of what would go is confirmed.
    """
    page = clerk.page
    more: list[object] = [
        "梧桐社区",
        "梧桐苑",
        90,
        None,
        "和泰物业公司",
        "孙八",
        *[None] * 3,
        "梧桐苑党支部",
        "周九",
    ]
    path = write_xlsx(tmp_path / "小区台账.xlsx", [*ROWS[:5], more])
    await clerk.open(f"/import?area={STREET}&as_of={DAY}")
    await page.get_by_text("原样的台账").first.click()
    await page.get_by_label("选择文件").set_input_files(path)
    await expect(page.locator(".state-mark")).to_have_text("请核对各列")
    assert await clerk.axe() == []
    assert await quarters(embedded) == []
    await page.get_by_role("button", name="预检", exact=True).click()
    await expect(page.locator(".state-mark")).to_have_text("预检通过，尚未写入")
    assert await quarters(embedded) == []
    await page.get_by_role("button", name="确认导入").click()
    await expect(page.locator(".state-mark")).to_have_text("已完成")
    assert await quarters(embedded) == ["望江苑", "梧桐苑", "梧桐里", "清泉花园"]
    await page.get_by_text("返回台账").first.click()
    await page.get_by_role("button", name="生成").click()
    await page.get_by_role("button", name="下载返回的台账").wait_for()
    book = load_workbook(BytesIO((await clerk.take("下载返回的台账")).read_bytes()))
    headings = [cell.value for cell in book.worksheets[0][2]]
    assert headings[: len(HEADING)] == HEADING
    assert "图中编号" in headings
    await page.get_by_role("button", name="收起，导入下一份").click()
    (tmp_path / "part").mkdir()
    part = write_xlsx(tmp_path / "part" / "小区台账.xlsx", [*ROWS[:2], ROWS[4]])
    await page.get_by_text("原样的台账").first.click()
    await page.get_by_label("选择文件").set_input_files(part)
    await expect(page.locator(".state-mark")).to_have_text("请核对各列")
    await page.get_by_label("上次有、这次没有的").select_option("remove")
    await page.get_by_role("button", name="预检", exact=True).click()
    told = page.get_by_text("请确认条数").first
    count = re.search(r"请确认条数 (\d+)", await told.inner_text())
    assert count is not None
    await page.get_by_label("正好终止或删除几条").fill(count[1])
    await page.get_by_role("button", name="重新预检").click()
    await expect(page.locator(".state-mark")).to_have_text("预检通过，尚未写入")
    await clerk.open(f"/import/loads?area={STREET}&as_of={DAY}")
    # Who did it is said in words, not as `local`.
    await expect(page.locator(".loads tbody tr").first).to_contain_text("本机用户（未启用登录）")
    page.on("dialog", lambda dialog: dialog.accept())
    await page.get_by_role("button", name="撤销").first.click()
    await expect(page.locator(".state-mark")).to_have_text("已完成")
    await clerk.open(f"/import/loads?area={STREET}&as_of={DAY}")
    await expect(page.get_by_text("已由第")).to_have_count(1)
    assert await quarters(embedded) == []
