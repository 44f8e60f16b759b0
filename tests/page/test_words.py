"""Words where a clerk expects words: names for ids, headings for columns, the whole list on paper."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.page.browsing import AREA, COMMUNITY, DAY, STREET, Visit

CODE = re.compile(r"\b[a-z]{1,2}-\d{6}[\w-]*|\w+@\w")
"""An id, or a register of one."""
SHIGU = "area=430407000000&as_of=2022-09-19"


async def test_what_is_missing_is_said_in_words(visit: Visit) -> None:
    """Of a finding and of a need: register or property, and the name of what it is of."""
    page = visit.page
    await visit.open(f"/lists/findings?{SHIGU}&verdict=unknown&row=R11:oc-430407-mawangxiang")
    lacking = page.locator(".panel h3", has_text="尚缺的记录").locator("+ ul")
    await expect(lacking).to_contain_text("马王巷小区业委会 的职数")
    await expect(lacking).to_contain_text("马王巷小区业委会 的任职台账")
    await visit.open(f"/lists/needs?{SHIGU}&row=n-430407-yanqihu-parking")
    await expect(lacking).to_contain_text("雁栖湖小区 的共建台账")
    assert not CODE.search(await lacking.inner_text())


async def test_lists_name_what_rows_are_of(visit: Visit) -> None:
    """The place of a need and what a body covers stand there by name."""
    page = visit.page
    await visit.open(f"/lists/needs?area={STREET}&as_of={DAY}")
    await expect(page.locator(".long tbody")).to_contain_text("示例小区003")
    assert not CODE.search(await page.locator(".long tbody").inner_text())
    headings = await page.locator(".long thead th").all_inner_texts()
    assert len(headings) == len(set(headings))
    await visit.open(f"/lists/bodies?{SHIGU}&columns=name,covers_names")
    await expect(page.locator(".long tbody")).to_contain_text("马王巷小区业委会")
    assert not CODE.search(await page.locator(".long tbody").inner_text())


async def test_a_way_is_told_with_its_documents_by_name(visit: Visit) -> None:
    """No id of a document in a sentence."""
    ends = "from=q-990101-001&to=u-990101-001"
    await visit.open(f"/graph?view=node&of=q-990101-001&as_of={DAY}&{ends}")
    told = visit.page.locator(".told")
    await expect(told).to_contain_text("据 示例区组织台账（生成数据）")
    assert not CODE.search(await told.inner_text())


async def test_a_question_calls_its_columns_as_the_table_does(visit: Visit) -> None:
    """Its description has the headings, and a card ends with a sentence's end."""
    page = visit.page
    await visit.open(f"/questions/catalogue/terms_ending?area={AREA}&as_of={DAY}&run=1")
    about = await page.locator(".pane > p").first.inner_text()
    assert "“届满次日”为届满后的第一天" in about
    assert not re.search("[a-z]_[a-z]|subject", about)
    await expect(page.locator(".rows-table thead")).to_contain_text("届满次日")
    await visit.open(f"/questions?area={AREA}&as_of={DAY}")
    cards = await page.locator(".often p").all_inner_texts()
    assert [card for card in cards if not card.endswith("。")] == []


async def test_a_printed_list_is_whole(visit: Visit) -> None:
    """Title, conditions, headings and all rows that are here are on paper, and nothing stands for others."""
    page = visit.page
    await visit.open(f"/lists/gaps?area={STREET}&as_of={DAY}&where=households>=1000")
    total = int((await page.locator(".list-count").inner_text()).split()[1])
    assert await page.locator(".long tbody tr:not(.room)").count() < total
    await page.emulate_media(media="print")
    await page.evaluate("dispatchEvent(new Event('beforeprint'))")
    await expect(page.locator(".long tbody tr:not(.room)")).to_have_count(total)
    await expect(page.locator(".room")).to_have_count(0)
    await expect(page.locator(".long thead")).to_contain_text("所在辖区")
    await expect(page.locator("h1")).to_be_in_viewport(ratio=1)
    await expect(page.locator(".print-only").first).to_have_text("缺口；户数： ≥ 1000")
    await page.emulate_media(media="screen")
    await page.evaluate("dispatchEvent(new Event('afterprint'))")
    await expect(page.locator(".room")).not_to_have_count(0)


async def test_a_printed_picture_has_its_legend(visit: Visit) -> None:
    """What colours and shapes mean, and no empty sheets for rows that are not drawn."""
    page = visit.page
    await visit.open(f"/graph?area={COMMUNITY}&as_of={DAY}")
    await page.emulate_media(media="print")
    await page.evaluate("dispatchEvent(new Event('beforeprint'))")
    await expect(page.locator(".legend button").first).to_be_visible()
    await expect(page.locator(".room")).to_have_count(0)
