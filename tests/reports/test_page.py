"""The page of one body: whole, escaped, without scripts or links, and without names if masked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest

from graph.appointments.decide import Excuse
from graph.appointments.waivers import end_waiver, waive
from graph.errors import NotFound
from graph.private import MASK
from graph.reading.graph import Graph
from graph.reports.body import concerns, read_body
from graph.reports.page import render_body
from tests.conftest import unmasked
from tests.oracle.asking import store
from tests.oracle.scene import post
from tests.reports.scenes import DAY, judged, place_of_conflict

EVIL = "<script>alert('x')</script>&\"业委会"
VOID = {"meta", "br"}


class Page(HTMLParser):
    """Tags with their attributes, the text, and whether every tag is closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
async def place(graph: Graph) -> Graph:
    """The known place, with a committee whose name is a script."""
    await store(graph, place_of_conflict(EVIL).builder)
    return graph


async def page_of(graph: Graph, id_: str, **options: Any) -> tuple[dict[str, Any], Page]:
    """What is known of a body, and its page."""
    answer = await read_body(graph, id_, as_of=DAY, **options)
    return answer.data, Page(render_body(answer))


async def test_a_name_is_never_markup(place: Graph) -> None:
    """The script is text; there is no script, no picture, no link and no form in the page."""
    _, page = await page_of(place, "oc-990101-1")
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "img", "link", "a", "iframe", "form", "object", "base"}
    assert EVIL in page.text
    attributes = {name for _, attrs in page.tags for name in attrs}
    assert attributes <= {"lang", "charset", "name", "content", "class"}


async def test_the_situation_of_a_body_is_all_there(place: Graph) -> None:
    """Posts with their days, terms, ties, cross-appointments, findings, what is not known."""
    data, page = await page_of(place, "oc-990101-1")
    assert [(p["person"], p["role"], p["since"], p["term_until"]) for p in data["posts"]] == [
        ("p-990101-1", "委员（成员）", date(2020, 1, 1), date(2025, 8, 1)),
        ("p-990101-3", "主任", date(2020, 1, 1), None),
    ]
    assert [t["ends_on"] for t in data["terms"]] == [date(2025, 8, 1)]
    assert "2025-07-31剩余 32 天" in page.text, "the last day of the term, as in the calendar"
    assert [(t["type_zh"], t["other"], t["outward"]) for t in data["ties"]] == [("覆盖", "q-990101-01", True)]
    (cross,) = data["cross"]
    assert (cross["person"], cross["role"]) == ("p-990101-3", "主任")
    assert (cross["other"], cross["other_role"]) == ("po-990101-1", "书记")
    found = {(row["code"], row["subject"]): row["verdict"] for row in data["findings"]}
    assert found["R14", "p-990101-1"] == "fail"
    assert found["R14", "p-990101-3"] == "pass"
    assert ("R14", "p-990101-4") not in found
    assert "R14" in page.text
    shown, full = await page_of(unmasked(place), "oc-990101-1")
    (why,) = (r["reason_zh"] for r in shown["findings"] if (r["code"], r["subject"]) == ("R14", "p-990101-1"))
    assert why in full.text
    assert why not in page.text, "for whom a member works is withheld"
    other, page = await page_of(unmasked(place), "oc-990101-2")
    assert "ownership@q-990101-02" in {line["item"] for line in other["missing"]}
    assert "房产台账" in page.text


async def test_a_masked_page_names_nobody(place: Graph) -> None:
    """Persons are ids; with personal data shown, the names of this body's members are there."""
    _, masked = await page_of(place, "oc-990101-1")
    assert "张三" not in masked.text
    assert MASK in masked.text
    assert "已屏蔽" in masked.text
    _, shown = await page_of(unmasked(place), "oc-990101-1")
    assert "张三1号" in shown.text
    assert "张三3号" in shown.text
    assert MASK not in shown.text


async def test_a_waiver_is_told_beside_its_finding(place: Graph) -> None:
    """Who waived it, why, until when; the finding is no longer among those that fail."""
    finding = f"R14:p-990101-1|{post(1, 'member', 'oc-1')}"
    until = DAY + timedelta(days=10)
    kept = await waive(place, Excuse(finding=finding, reason="已<报>批", until=until), "示例科", DAY)
    try:
        data, page = await page_of(place, "oc-990101-1")
    finally:
        await end_waiver(place, kept.data["id"], DAY)
    (row,) = (row for row in data["findings"] if row["finding"] == finding)
    assert row["waiver"]["reason"] == "已<报>批"
    assert f"已<报>批（示例科，自 {DAY}，至 {until} 前）" in page.text
    assert "已豁免" in page.text


async def test_only_a_body_has_a_page(place: Graph) -> None:
    """No page for persons, places, nonsense, or a body that is not there."""
    for id_ in ("p-990101-1", "q-990101-01", "990101000000", "nonsense", "oc-990101-99", ""):
        with pytest.raises(NotFound):
            await read_body(place, id_, as_of=DAY)


@pytest.mark.parametrize(
    "body", ["oc-990101-010", "po-990101-c03", "po-990101-q001", "pp-990101-001", "rc-990101-c01"]
)
async def test_every_kind_of_body_has_a_page(loaded: Graph, body: str) -> None:
    """Bodies of the worked example, with ids of what they cover and the stamp at the end."""
    data, page = await page_of(loaded, body)
    assert data["ties"]
    assert data["findings"]
    assert all(row["other"] in page.text for row in data["ties"])
    for query in list(names_of(data))[:3]:
        assert f"{query}@{loaded.catalogue[query].revision}" in page.text
    assert f"数据版本 {await loaded.version()}" in page.text


def names_of(data: dict[str, Any]) -> Iterator[str]:
    """Files of the rules that have a row on the page."""
    yield from dict.fromkeys(row["rule"] for row in data["findings"])


def test_a_row_is_about_a_body_by_what_tells_it() -> None:
    """Subject, identity, lists and the ends of posts; not by evidence alone."""
    id_ = "oc-990101-1"
    assert concerns(judged("fail", ids=id_), id_)
    assert concerns(judged("fail", ids="p-1", post=f"p-1~HOLDS_POST~{id_}~chair~1"), id_)
    assert concerns(judged("fail", ids="q-1", committees=["oc-990101-2", id_]), id_)
    aside = judged("fail", ids="q-1") | {"evidence": [id_], "missing": [f"post@{id_}"]}
    assert not concerns(aside, id_)
    assert not concerns(judged("fail", ids="oc-990101-10"), id_)
