"""Search on the seed data: what is found, by what, in which order, where it lies, for whom."""

from __future__ import annotations

import asyncio
import itertools
from datetime import date
from typing import Any

import pytest

from graph.errors import BadParameter
from graph.model import NODES
from graph.reading.graph import Graph
from graph.reading.search import add_areas, search, search_near
from graph.reading.shapes import FoundRow
from graph.spelling import fold
from graph.store import Store
from tests.builder import GraphBuilder
from tests.conftest import Opener, unmasked, wipe
from tests.reading.search.hits import DOCUMENTED

DAY = date(2025, 6, 30)


@pytest.fixture(scope="module")
async def seeds(loader: Opener) -> Graph:
    """All seed data on the embedded engine: names are read alike from both."""
    return await loader("embedded")


@pytest.fixture
async def empty(scratches: Opener) -> Graph:
    """An empty graph, of which nothing was read."""
    graph = await scratches("embedded")
    await wipe(graph.store)
    graph.known.shelves = None
    return graph


async def find(graph: Graph, text: str, **given: Any) -> list[FoundRow]:
    """Rows with their areas."""
    found = (await search(graph, text, **given)).data
    await add_areas(graph, found, given.get("as_of"))
    return found


@pytest.mark.parametrize(("text", "id_", "by", "matched"), DOCUMENTED)
async def test_a_thing_is_found_by_what_people_type(
    seeds: Graph, text: str, id_: str, by: str, matched: str | None
) -> None:
    """Traditional, full-width, with and without suffix, short forms, kinds, words, numbers, letters."""
    letters = by in ("pinyin", "initials")
    found = {row["id"]: row for row in await find(seeds, text, pinyin=letters)}
    assert id_ in found
    assert (found[id_]["found_by"], found[id_]["matched"]) == (by, matched)


async def test_a_slip_gets_the_nearest_names(seeds: Graph) -> None:
    """Words for the same count, and no person is named to who may not see persons."""
    near = await search_near(seeds, "示列小区009业委会")
    assert near[0]["id"] == "oc-990101-009"
    assert {row["label_zh"] for row in await search_near(seeds, "示例人0022")} <= {"小区", "单位", "资源"}


async def test_letters_are_letters_unless_pinyin_is_asked_for(seeds: Graph) -> None:
    """Without it the same text finds names in English only."""
    found = await find(seeds, "madewangxiang")
    assert found == []
    assert {row["found_by"] for row in await find(seeds, "mawangxiang")} == {"other_name"}
    assert "pinyin" in {row["found_by"] for row in await find(seeds, "yeweihui", pinyin=True)}


async def test_hits_carry_the_areas_above_them(seeds: Graph) -> None:
    """Nearest first; of a need where it arose, of a group without an area that of the one above it."""
    quarter, *_ = await find(seeds, "星河丹堤")
    assert [a["name"] for a in quarter["areas"]] == ["星河社区", "淡水街道", "惠阳区", "惠州市", "广东省"]
    assert quarter["areas_zh"] == "广东省 › 惠州市 › 惠阳区 › 淡水街道 › 星河社区"
    lowest = {
        "n-441303-yulongmingyuan-wushui": "白云社区",
        "c-441303-baiyun-xiaoqu": "白云社区",
        "r-430407-laiyanta-room": "来雁塔社区",
        "po-511702-shilongxi-louyuan": "石龙溪社区",
        "pf-430211-lushanlian": "小湖塘社区",
        "430407004-laiyanta": "五一街道",
    }
    for id_, name in lowest.items():
        label = next(lb for lb, n in NODES.items() if id_.startswith(f"{n.prefix}-" if n.prefix else "4"))
        (row,) = [r for r in await find(seeds, id_, types=[label]) if r["id"] == id_]
        assert row["areas"][0]["name"] == name, id_


async def test_the_areas_are_those_of_the_day(empty: Graph) -> None:
    """A quarter that moved; on a day before any record it lies nowhere."""
    b = GraphBuilder()
    b.node("990101000000", level="district", name="甲区")
    for id_, name in (("990101-a", "东社区"), ("990101-b", "西社区")):
        b.node(id_, level="community", name=name)
        b.edge(id_, "PART_OF", "990101000000")
    b.node("q-990101-1", name="某苑")
    b.edge("q-990101-1", "PART_OF", "990101-a", since=date(2020, 1, 1), until=date(2024, 1, 1))
    b.edge("q-990101-1", "PART_OF", "990101-b", since=date(2024, 1, 1))
    await b.write(empty.store)
    areas = {}
    for year in (2019, 2023, 2025):
        (row,) = await find(empty, "某苑", as_of=date(year, 6, 30))
        areas[year] = [a["name"] for a in row["areas"]]
    assert areas == {2019: [], 2023: ["东社区", "甲区"], 2025: ["西社区", "甲区"]}


async def test_records_come_before_published_figures(seeds: Graph) -> None:
    """Whatever they are found by; then the surer way, the shorter name, the id."""
    found = await find(seeds, "白云")
    figures = [row["label"] == "Claim" for row in found]
    assert any(figures)
    assert figures == sorted(figures)
    order = ("number", "own_name", "other_name", "same_word", "kind", "without_suffix", "said")
    for _, rows in itertools.groupby(found, key=lambda row: row["label"] == "Claim"):
        keys = [(order.index(r["found_by"]), len(r["name"]), r["id"]) for r in rows]
        assert keys == sorted(keys)


@pytest.mark.parametrize(
    "text", ["示例社区", "党支部", "党支部 示例小区01", "居委会 主任", "“微综合体”", "0"]
)
async def test_names_that_hold_the_words_are_all_found(seeds: Graph, text: str) -> None:
    """As reading every name from the store and comparing says; no name twice."""
    wanted = set()
    for label in NODES:
        if label == "Person":
            continue
        (rows,) = await seeds.store.read([(f"MATCH (n:{label}) RETURN n.id AS id, n.name AS name", {})])
        wanted |= {row["id"] for row in rows if all(fold(word) in fold(row["name"]) for word in text.split())}
    found = (await search(seeds, text, limit=1_000)).data
    ids = [row["id"] for row in found]
    assert len(ids) == len(set(ids))
    named = {row["id"] for row in found if row["found_by"] in ("own_name", "number")}
    assert wanted <= named or (len(wanted) > 1_000 and len(ids) == 1_000)


async def test_more_than_the_limit_is_told(seeds: Graph) -> None:
    """The first of all hits, and that there are more."""
    everything = await search(seeds, "示例小区", limit=1_000)
    few = await search(seeds, "示例小区", limit=7)
    assert few.data == everything.data[:7]
    assert few.stamp.truncated
    assert not (await search(seeds, "马王巷", limit=50)).stamp.truncated


async def test_persons_are_found_with_the_right_only(seeds: Graph) -> None:
    """By name, number and letters; without it as if there were none, asked for or not."""
    masked = seeds.under(unmasked(seeds).viewer.__class__())
    for text in ("刘学政", "劉學政", "p-441303-0001", "liuxuezheng", "lxz"):
        for types in ((), ("Person",)):
            given: dict[str, Any] = {"types": types, "pinyin": True}
            with_right = {row["id"] for row in await find(unmasked(seeds), text, **given)}
            assert "p-441303-0001" in with_right
            assert "p-441303-0001" not in {row["id"] for row in await find(masked, text, **given)}
    note = "企业名称未载明"
    assert await find(unmasked(seeds), note) == []


async def test_a_load_is_seen_by_the_next_search(empty: Graph) -> None:
    """Names are read again for a new data version, and not for the same."""
    first, second = GraphBuilder(), GraphBuilder()
    first.node("q-990101-1", name="旧苑")
    await first.write(empty.store)
    assert [row["id"] for row in await find(empty, "苑")] == ["q-990101-1"]
    held = empty.known.shelves
    await find(empty, "苑")
    assert empty.known.shelves is held
    second.nodes.clear()
    second.node("q-990101-2", name="新苑")
    await second.write(empty.store)
    await empty.store.write(lambda tx: tx.run("MATCH (m:Meta) SET m.data_version = m.data_version + 1"))
    assert [row["id"] for row in await find(empty, "新苑")] == ["q-990101-2"]


async def test_names_are_read_once_however_many_search(seeds: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four first searches at the same time read each type once, and find the same."""
    read: list[str] = []
    cursor = Store.cursor

    def counted(store: Store, text: str, *rest: Any, **given: Any) -> Any:
        read.append(text)
        return cursor(store, text, *rest, **given)

    monkeypatch.setattr(Store, "cursor", counted)
    seeds.known.shelves = None
    found = await asyncio.gather(*(search(seeds, "天元") for _ in range(4)))
    assert read
    assert len(read) == len(set(read))
    assert [answer.data for answer in found[1:]] == [found[0].data] * 3
    async with seeds.known.reading_shelves:  # as while the names of persons are read for somebody else
        assert (await asyncio.wait_for(search(seeds, "天元"), 20)).data == found[0].data


@pytest.mark.parametrize("text", ["", "  ", "…", "a b c d e f g h i"])
async def test_nothing_or_too_much_to_look_for_is_refused(seeds: Graph, text: str) -> None:
    """A search without a word, or with more than eight."""
    with pytest.raises(BadParameter):
        await search(seeds, text)
