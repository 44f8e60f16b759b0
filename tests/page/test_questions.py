"""Questions, reasons and deliveries on the page: each way from a click to what the service then says."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

from playwright.async_api import expect

from graph.loading.excel.template import make_template
from graph.reading.graph import Graph
from tests.api.access import make_keys
from tests.conftest import Opener
from tests.page.browsing import AREA, DAY, PATIENCE, Visit

BIN = Path(sys.executable).parent


async def run(line: str, graph: Graph) -> str:
    """What a line of the page prints when it is run in a shell, as it stands there."""
    env = {
        **os.environ,
        "PATH": f"{BIN}:{os.environ['PATH']}",
        "COBUILD_DATA_DIR": str(graph.settings.data_dir),
    }
    made = await asyncio.create_subprocess_exec(
        "sh", "-c", line, env=env, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await made.communicate()
    assert made.returncode == 0, err.decode()
    return out.decode()


async def lines_of(visit: Visit) -> dict[str, str]:
    """The lines that the page shows, by what they are for."""
    await visit.page.locator(".lines summary").click()
    found = {}
    for line in await visit.page.locator(".line").all():
        name = str(await line.get_attribute("data-line")).partition("（")[0]
        found.setdefault(name, await line.locator("pre").inner_text())
    return found


async def test_the_lines_of_a_question_answer_what_is_on_the_screen(visit: Visit, loader: Opener) -> None:
    """Found by words, filled in, asked; curl, the command line and Python give the same rows."""
    graph = await loader("embedded")
    page = visit.page
    await visit.open(f"/questions?area={AREA}&as_of={DAY}")
    await page.get_by_placeholder("按字词查找查询").fill("届满 合同")
    await page.locator(".catalogue li a").first.click()
    await page.get_by_label("今后多少天内").fill("365")
    await page.get_by_role("button", name="查询", exact=True).click()
    await visit.settled()
    count = int((await page.locator(".answer-head b").inner_text()).split()[0])
    assert count > 10
    lines = await lines_of(visit)
    assert len(json.loads(await run(lines["curl"], graph))["data"]) == count
    printed = json.loads(await run(lines["cobuild"], graph))
    assert len(printed["data"] if isinstance(printed, dict) else printed) == count
    python = lines["Python"].replace("print(rows)", "print(len(rows))")
    assert int(await run(f"python - <<'E'\n{python}\nE", graph)) == count


async def test_a_mistake_is_marked_where_it_stands_and_rows_come(visit: Visit, loader: Opener) -> None:
    """A writing clause is marked in its line; the query that reads shows rows, and its lines give them."""
    page = visit.page
    await visit.open("/questions/cypher")
    await page.locator(".cm-content").click()
    await page.keyboard.press("Control+a")
    await page.keyboard.type("MATCH (q:Quarter)\nSET q.x = 1 RETURN q")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".trouble")).to_contain_text("第 2 行第 1 列", timeout=PATIENCE)
    await expect(page.locator(".cm-lintRange-error")).to_have_text("SET")
    visit.complaints[:] = [c for c in visit.complaints if "403" not in c]
    await visit.open("/questions/cypher")
    await page.get_by_role("button", name="运行", exact=True).click()
    await expect(page.locator(".answer-head b")).to_have_text("50 行", timeout=PATIENCE)
    lines = await lines_of(visit)
    told = (await run(lines["curl"], await loader("embedded"))).splitlines()
    assert len(told) == 1 + 50 + 1


async def test_personal_data_is_shown_for_a_reason_and_hidden_again(
    guest: Visit, guarded: tuple[str, Graph]
) -> None:
    """The reason goes along with requests, stands in the header and in one's own entries, and is ended."""
    keys = await make_keys(guarded[1])
    key = next(
        k for (role, where), k in keys.items() if role == "organization_department" and where == "everywhere"
    )
    page = guest.page
    await guest.open("/account")
    await page.get_by_label("密钥").fill(key)
    await page.locator("dialog button.main").click()
    await page.get_by_role("button", name="填写理由").click()
    await page.get_by_label("查阅理由").fill("换届资格核查")
    await page.locator("dialog button.main").click()
    await expect(page.locator(".who .mark.strong")).to_contain_text("还有 15 分钟")
    await expect(page.locator(".rows-table")).to_contain_text("换届资格核查")
    await page.locator(".who").get_by_role("button", name="停止").click()
    await expect(page.locator(".who .mark.strong")).to_have_count(0)
    assert "cob_" not in page.url
    assert "cob_" not in str(await page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])"))


async def test_a_wrong_workbook_is_told_cell_by_cell(visit: Visit, tmp_path: Path) -> None:
    """Handed in, checked, refused: each mistake with its sheet and cell, the marked copy, nothing written."""
    page = visit.page
    (tmp_path / "空模板.xlsx").write_bytes(make_template(("Quarter",)))
    await visit.open("/import")
    await page.locator(".drop input[type=file]").first.set_input_files(tmp_path / "空模板.xlsx")
    await page.get_by_role("button", name="预检", exact=True).click()
    await expect(page.locator(".state-mark")).to_have_text("有错误，未写入", timeout=PATIENCE)
    await expect(page.locator(".rows-table")).to_contain_text("B5")
    marked = await visit.take("下载标注了错误的副本")
    assert marked.read_bytes()[:2] == b"PK"
    page.on("dialog", lambda dialog: asyncio.ensure_future(dialog.accept()))
    await page.get_by_role("button", name="取消并删除").click()
    await expect(page.locator(".drop")).to_be_visible()
