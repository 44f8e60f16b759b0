"""The ways of those who use the page, from opening it to the file in hand."""

from __future__ import annotations

import base64
import csv
import io
import json
import re

import networkx as nx
import pytest
from openpyxl import load_workbook
from playwright.async_api import Browser, expect

from graph.reading.graph import Graph
from tests.api.conftest import make_app
from tests.page.browsing import AREA, COMMUNITY, DAY, STREET, Visit, serving, visiting

CORNER = """async text => {
  const bytes = Uint8Array.from(atob(text), c => c.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const canvas = new OffscreenCanvas(1, 1);
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
}"""
"""Red, green and blue of the first pixel of a picture, given in base64."""
COLOURS = "keys => keys.map(key => key.style.background + key.style.borderColor)"


async def test_a_clerk_goes_from_a_figure_to_a_workbook(visit: Visit) -> None:
    """Place, overview, a figure of gaps, its rows, one row with its evidence, the workbook of the list."""
    page = visit.page
    await visit.open(f"/?as_of={DAY}")
    await page.locator(".places").get_by_role("link", name="示例区（虚构）", exact=True).click()
    figure = page.locator("tr", has_text="业委会（物管会）覆盖").locator("td.own .figure-gap")
    gaps = int(await figure.inner_text())
    await figure.click()
    await expect(page.locator(".list-count")).to_have_text(f"共 {gaps} 行")
    await page.locator(".long tbody tr:not(.room)").first.click()
    panel = page.locator(".panel")
    await expect(panel).to_contain_text("台账齐全")
    await expect(panel).to_contain_text("来源")
    assert "row=" in page.url
    book = load_workbook(io.BytesIO((await visit.take("导出 Excel")).read_bytes()))
    assert book["结果"].max_row == gaps + 1


async def test_what_is_not_known_leads_to_its_rows(visit: Visit) -> None:
    """Added up by register, for the area and those directly below; a figure is the number of its rows."""
    page = visit.page
    await visit.open(f"/overview?area={STREET}&as_of={DAY}")
    row = page.locator(".unknowns tr", has_text="任职台账").first
    whole, alone = (int(n.replace(",", "")) for n in (await row.locator("td.figure").all_inner_texts())[:2])
    await page.get_by_text("按下一级辖区").click()
    await visit.settled()
    below = page.locator(".wide .unknowns tr", has_text="任职台账").locator("td.figure")
    assert sum(int(n) for n in await below.all_inner_texts() if n != "–") <= whole
    for place, figure in ((0, whole), (1, alone)):
        await visit.open(f"/overview?area={STREET}&as_of={DAY}")
        await row.locator("td.figure a").nth(place).click()
        await expect(page.locator(".list-count")).to_have_text(f"共 {figure} 行")
    await page.get_by_role("button", name="只缺：任职台账").click()
    await visit.settled()
    assert "lacks" not in page.url


async def test_what_a_row_lacks_is_said_in_words(visit: Visit) -> None:
    """A register or a property, with the id of a thing that is not the row's own; no code of the service."""
    asked = f"{visit.address}/api/v1/checks?area={AREA}&as_of={DAY}&verdict=unknown&limit=1000"
    found = (await (await visit.page.request.get(asked)).json())["data"]["rows"]
    rule = next(
        row["code"] for row in found if any(re.search(r"^[^@]*\.[a-z_]+$", m) for m in row["missing"])
    )
    cells = visit.page.locator(".long tbody tr:not(.room) td:nth-child(2)")
    for rows in (
        "gaps?state=unknown&columns=subject_name,missing",
        f"findings?verdict=unknown&rule={rule}&columns=code,missing",
    ):
        await visit.open(f"/lists/{rows}&area={AREA}&as_of={DAY}")
        said = [text for text in await cells.all_inner_texts() if text]
        assert any("台账" in text for text in said) or "findings" in rows
        assert said
        assert [text for text in said if re.search(r"@|\.[a-z]", text)] == []


async def test_what_is_shown_is_what_is_taken_away(visit: Visit) -> None:
    """Filtered by values and sorted on the page, the file has these rows in this order."""
    page = visit.page
    await visit.open(f"/lists/findings?area={STREET}&as_of={DAY}&columns=code,subject_name,area_name")
    await page.locator("summary", has_text="等级").click()
    await page.get_by_label("违规").check()
    await page.keyboard.press("Escape")
    await visit.settled()
    await page.get_by_role("button", name="对象", exact=True).click()
    await visit.settled()
    total = int((await page.locator(".list-count").inner_text()).split()[1])
    shown = await page.locator(".long tbody tr:not(.room) td:nth-child(2)").all_inner_texts()
    text = (await visit.take("CSV")).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert list(rows[0]) == ["code", "subject_name", "area_name"]
    assert len(rows) == total > 10
    assert [row["subject_name"] for row in rows[:10]] == shown[:10]


async def test_a_builder_takes_the_graph_along(visit: Visit) -> None:
    """Chosen in the table, expanded, undone; SVG with its names, JSON that networkx loads."""
    page = visit.page
    await visit.open(f"/graph?view=node&of=q-990101-001&as_of={DAY}")
    first = await page.get_by_role("button", name="对象", exact=False).inner_text()
    await page.locator(".graph-table tbody tr", has_text="示例社区01").first.click()
    await expect(page.locator(".chosen-node h2")).to_contain_text("示例")
    await page.get_by_role("button", name="展开").click()
    await expect(page.get_by_role("button", name="撤销")).to_be_enabled()
    await visit.settled()
    assert await page.get_by_role("button", name="对象", exact=False).inner_text() != first
    data = json.loads((await visit.take("JSON")).read_text("utf-8"))
    graph = nx.DiGraph((e["data"]["source"], e["data"]["target"]) for e in data["elements"]["edges"])
    assert set(graph.nodes) <= {n["data"]["id"] for n in data["elements"]["nodes"]}
    assert graph.number_of_nodes() > int(first.split()[1])
    picture = (await visit.take("SVG")).read_text("utf-8")
    assert "示例小区001" in picture
    assert (await visit.take("PNG")).read_bytes().startswith(b"\x89PNG")
    await page.get_by_role("button", name="撤销").click()
    await expect(page.get_by_role("button", name="对象", exact=False)).to_have_text(first)


async def test_a_path_is_told(visit: Visit) -> None:
    """From here to there: in a sentence with dates and sources."""
    await visit.open(f"/graph?view=node&of=q-990101-001&as_of={DAY}&from=q-990101-001&to=u-990101-001")
    await expect(visit.page.locator(".told")).to_contain_text(
        "“示例小区001”属于“示例社区01”（自 2002-12-15 起"
    )


async def test_an_appointment_is_checked_before_it_is_made(visit: Visit) -> None:
    """Body found by its name, post from what the body has; new findings beside today, nothing written."""
    page = visit.page
    await visit.open("/appointments?as_of=2025-07-01")
    await page.get_by_role("button", name="+ 任职").click()
    await page.get_by_role("combobox", name="人员", exact=True).fill("p-990101-0021")
    await page.keyboard.press("Enter")
    await page.get_by_role("combobox", name="组织", exact=True).fill("示例小区009业委会")
    await page.locator(".picker [role=option]", has_text="示例小区009业委会").click()
    await page.get_by_label("职务").select_option("member")
    await expect(page.locator(".conclusion")).to_contain_text("新产生")
    await expect(page.locator(".part.appear")).to_contain_text("R14")
    assert "person=p-990101-0021" in page.url
    draft = json.loads((await visit.take("存为草稿")).read_text("utf-8"))
    change = {"kind": "appoint", "person": "p-990101-0021", "body": "oc-990101-009", "role": "member"}
    assert draft == {"as_of": "2025-07-01", "changes": [change]}


async def test_back_and_keyboard(visit: Visit) -> None:
    """Arrow keys and Enter open a row, Escape closes it, back undoes step by step."""
    page = visit.page
    await visit.open(f"/lists/gaps?area={STREET}&as_of={DAY}")
    await page.locator(".long").focus()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await page.locator(".panel").wait_for()
    await page.keyboard.press("Escape")
    await expect(page.locator(".panel")).to_have_count(0)
    await page.go_back()
    await page.locator(".panel").wait_for()
    await page.go_back()
    await expect(page.locator(".panel")).to_have_count(0)
    await page.get_by_role("link", name="概览", exact=True).click()
    await page.get_by_role("heading", name="覆盖情况").wait_for()
    await page.go_back()
    await page.locator(".long").wait_for()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/overview?area=999999000000", "找不到"),
        (f"/overview?area={AREA}&as_of=2025-13-99", "应为日期"),
        ("/lists/gaps?area=nonsense", "没有编号为 nonsense 的辖区"),
        ("/graph?view=node&of=q-000000-1", "找不到"),
        (f"/lists/gaps?area={COMMUNITY}&where=colour%3Dred", "没有名为 colour 的列"),
    ],
)
async def test_a_wrong_address_ends_in_a_sentence(
    browser: Browser, address: str, path: str, said: str
) -> None:
    """An unknown area, a day that is none, a column that is not there: said, and what to do about it."""
    async with visiting(browser, address) as visit:
        await visit.open(path)
        await expect(visit.page.locator(".trouble").first).to_contain_text(said)


async def test_the_page_stands_on_each_engine(browser: Browser, loaded: Graph) -> None:
    """The same figures of the same district, whichever engine answers."""
    app = make_app(loaded)
    async with serving(app) as where, visiting(browser, where) as visit:
        await visit.page.goto(f"{where}/overview?area={COMMUNITY}&as_of={DAY}")
        row = visit.page.locator("tr", has_text="业委会（物管会）覆盖").locator("td.own .figures")
        await expect(row).to_contain_text("5/0/0")
        assert visit.complaints == []
    await app.state.service.copies.close()


async def test_a_picture_is_in_the_light_that_is_on(visit: Visit) -> None:
    """Drawn in the light and switched to the dark: what stands stays where it is, on the dark ground."""
    page = visit.page
    await visit.open(f"/graph?area={COMMUNITY}&as_of={DAY}")
    looks, places, keys = [], [], []
    for light in ("light", "dark", "light"):
        await page.locator(".lights select").select_option(light)
        picture = base64.b64encode((await visit.take("PNG")).read_bytes()).decode()
        looks.append(await page.evaluate(CORNER, picture))
        keys.append(await page.locator(".legend .key").evaluate_all(COLOURS))
        elements = json.loads((await visit.take("JSON")).read_bytes())["elements"]
        places.append({n["data"]["id"]: n["position"] for n in elements["nodes"]})
    assert looks[0] == looks[2], "and back"
    assert keys[0] == keys[2] != keys[1], "the legend too"
    assert sum(looks[1]) < 3 * 60 < 3 * 200 < sum(looks[0])
    assert places[0] == places[1] == places[2]


async def test_a_picture_of_rows_is_in_the_light_that_is_on(visit: Visit) -> None:
    """Its colours are those that can be told from a dark ground, and come back in the light."""
    await visit.open(f"/questions/catalogue/co_building?area={COMMUNITY}&as_of={DAY}&run=1&as=graph")
    dots = visit.page.locator(".row-legend .dot")
    await expect(dots.first).to_be_attached()
    keys = []
    for light in ("light", "dark", "light"):
        await visit.page.locator(".lights select").select_option(light)
        keys.append(await dots.evaluate_all(COLOURS))
    assert keys[0] == keys[2] != keys[1]
