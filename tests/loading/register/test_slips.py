"""Names that differ in a slip: of a person in one body, of a short quarter in one community."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph.intake.asked import read_open_questions
from graph.ledger import Ledger
from graph.loading.plan import Options
from graph.loading.register.deliver import OpenQuestions
from graph.loading.register.likeness import Names, is_slip_of_a_person
from graph.reading.graph import Graph
from tests.conftest import unmasked
from tests.loading.register.delivering import DAY, deliver, ledger, nodes, ties, town
from tests.loading.register.wild import write_xlsx

__all__ = ["ledger", "town"]

QUARTERS = ["社区", "小区名称", "户数", "业委会主任", "业委会成员"]
FILED = ["社区", "小区名称", "业委会名称", "主任", "委员"]


def quarters(path: Path, *rows: list[Any]) -> Path:
    return write_xlsx(path / "小区台账.xlsx", [["小区台账"], QUARTERS, *rows])


def filed(path: Path, *rows: list[Any]) -> Path:
    return write_xlsx(path / "备案表.xlsx", [["业主委员会备案表"], FILED, *rows])


async def chairs(graph: Graph) -> set[str]:
    return {person for person, _, role in await ties(graph, "HOLDS_POST") if role == "chair"}


@pytest.mark.parametrize(
    ("one", "other", "may_be_one"),
    [
        ("张晓明", "张小明", True),
        ("苗若溪", "苗若曦", True),
        ("李建国", "李建华", True),
        ("李明", "李鸣", True),
        ("章晓明", "张晓明", True),
        ("李明", "李华", False),
        ("王晓明", "张晓明", False),
        ("示例人0021", "示例人0022", False),
        ("业主甲一", "业主乙一", False),
        ("张明", "张晓明", False),
        ("张晓明", "张晓明", False),
    ],
)
def test_which_names_of_persons_may_be_one(one: str, other: str, may_be_one: bool) -> None:
    """One character of a given name, or of any name where it is read alike; what tells things apart does."""
    assert is_slip_of_a_person(one, other) is may_be_one


def test_short_names_that_are_read_alike_are_near() -> None:
    """紫微苑 and 紫薇苑, 华苑 and 花苑; not 望江苑 and 临江苑, nor 冬湖苑 and 东湖苑, a direction."""
    names = Names(["紫微苑", "花苑", "临江苑", "东湖苑", "丽景1期"])
    found = {n: [other for other, _ in names.nearest(n)] for n in ("紫薇苑", "华苑", "望江苑", "冬湖苑")}
    assert found == {"紫薇苑": ["紫微苑"], "华苑": ["花苑"], "望江苑": [], "冬湖苑": []}


async def test_a_slip_in_the_name_of_a_person_is_asked_once(
    town: Graph, ledger: Ledger, tmp_path: Path
) -> None:
    """张小明 in the filing list for 张晓明 in the quarter list: the same person, if the clerk says so."""
    await deliver(town, ledger, quarters(tmp_path, ["清泉社区", "清泉花园", 900, "张晓明", "李四"]))
    path = filed(tmp_path, ["清泉社区", "清泉花园", "清泉花园业主委员会", "张小明", "李四"])
    with pytest.raises(OpenQuestions) as refused:
        await deliver(town, ledger, path, "业委会备案表")
    (asked,) = refused.value.questions
    person = (await nodes(town, "Person"))["张晓明"]["id"]
    assert [c.id for c in asked.candidates] == [person]
    assert asked.name == "备案表.xlsx［Sheet］D3 主任"
    kept = repr(await ledger.questions.open()) + repr((await ledger.names.read("990301")).ids)
    assert not {"张晓明", "张小明"} & {kept[i : i + 3] for i in range(len(kept))}
    with pytest.raises(OpenQuestions):
        await deliver(town, ledger, path, "业委会备案表")
    assert [q.number for q in await ledger.questions.open()] == [asked.number]
    await ledger.questions.answer(asked.number, "是")
    await deliver(town, ledger, path, "业委会备案表")
    assert await ledger.questions.open() == []
    assert {p["id"] for p in (await nodes(town, "Person")).values() if p["name"][:1] == "张"} == {person}
    await deliver(town, ledger, path, "业委会备案表")


async def test_two_persons_whose_names_are_nearly_one(town: Graph, ledger: Ledger, tmp_path: Path) -> None:
    """Told to be new they stay two; and an id that waits for an answer is nobody else's meanwhile."""
    await deliver(town, ledger, quarters(tmp_path, ["清泉社区", "清泉花园", 900, "张晓明", "李四"]))
    path = filed(tmp_path, ["清泉社区", "清泉花园", "清泉花园业主委员会", "张小明", "李四"])
    with pytest.raises(OpenQuestions) as refused:
        await deliver(town, ledger, path, "业委会备案表")
    (asked,) = refused.value.questions
    more = ["清泉社区", "望江苑", 800, "赵一", "钱二、孙三"]
    again = ["清泉社区", "清泉花园", 900, "张晓明", "李四"]
    await deliver(town, ledger, quarters(tmp_path, again, more))
    others = {p["id"] for p in (await nodes(town, "Person")).values()}
    assert asked.new_id not in others
    assert await ledger.questions.answer(asked.number, "新") == asked.new_id
    await deliver(town, ledger, path, "业委会备案表", as_new=True)
    assert (await nodes(town, "Person"))["张小明"]["id"] == asked.new_id
    assert await chairs(town) == {"张晓明", "张小明", "赵一"}


async def test_who_stand_in_one_list_are_two_persons(town: Graph, ledger: Ledger, tmp_path: Path) -> None:
    """In a cell, and in a later delivery that has both; a successor of another name asks nothing."""
    row = ["清泉社区", "清泉花园", 900, "张晓明", "李四"]
    await deliver(town, ledger, quarters(tmp_path, row))
    await deliver(town, ledger, quarters(tmp_path, [*row[:4], "张小明、李四"]))
    assert set(await nodes(town, "Person")) == {"张晓明", "张小明", "李四"}
    end = Options("end", DAY)
    await deliver(town, ledger, quarters(tmp_path, [*row[:3], "王小强", "张小明、李四"]), options=end)
    assert await ledger.questions.open() == []
    assert await chairs(town) == {"王小强"}


async def test_short_quarters_that_are_read_alike_are_asked_about(
    town: Graph, ledger: Ledger, tmp_path: Path
) -> None:
    """紫薇苑 of the filing list may be 紫微苑 of the quarter list; the committee goes with the answer."""
    await deliver(town, ledger, quarters(tmp_path, ["清泉社区", "紫微苑", 900, "张晓明", "李四"]))
    path = filed(tmp_path, ["清泉社区", "紫薇苑", None, "张晓明", "李四"])
    with pytest.raises(OpenQuestions) as refused:
        await deliver(town, ledger, path, "业委会备案表")
    (asked,) = refused.value.questions
    assert (asked.name, [c.name for c in asked.candidates]) == ("紫薇苑", ["紫微苑"])
    await ledger.questions.answer(asked.number, "1")
    await deliver(town, ledger, path, "业委会备案表")
    assert len(await nodes(town, "Quarter")) == len(await nodes(town, "OwnersCommittee")) == 1
    assert set(await nodes(town, "Person")) == {"张晓明", "李四"}


async def test_a_question_about_a_person_lies_in_the_district(
    town: Graph, ledger: Ledger, tmp_path: Path
) -> None:
    """The list of questions says where the name stands, and which body, and no name."""
    graph = unmasked(town)
    await deliver(town, graph.ledger, quarters(tmp_path, ["清泉社区", "清泉花园", 900, "张晓明", "李四"]))
    path = filed(tmp_path, ["清泉社区", "清泉花园", "清泉花园业主委员会", "张小明", "李四"])
    with pytest.raises(OpenQuestions):
        await deliver(town, graph.ledger, path, "业委会备案表")
    (row,) = [r for r in (await read_open_questions(graph)).data if r["label_zh"] == "人员"]
    assert row["area"] == "990301000000"
    assert "清泉花园业主委员会" in row["candidates_zh"]
    assert not {"张晓明", "张小明"} & {row["candidates_zh"], row["name"]}
    await graph.ledger.questions.answer(row["number"], "新")


async def test_one_name_in_a_community_is_one_person_where_the_clerk_says_so(
    town: Graph, ledger: Ledger, tmp_path: Path
) -> None:
    """Listed as matched by name alone; not in another community, and not where there are two already."""
    rows = [["清泉社区", "清泉花园", 900, "张三", "李四"], ["清泉社区", "望江苑", 90, "张三", "王五"]]
    path = quarters(tmp_path, *rows, ["梧桐社区", "梧桐里", 90, "李四", "王五"])
    done = await deliver(town, ledger, path, same_names=True)
    assert (await nodes(town, "Person"))["张三"]["id"] in done.by_name
    (persons,) = await town.store.read([("MATCH (p:Person) RETURN p.name AS name", {})])
    assert sorted(row["name"] for row in persons) == ["张三", "李四", "李四", "王五", "王五"]
    again = await deliver(town, ledger, path)
    assert (again.report.created, again.report.changed) == (0, 0)
    apart = [["清泉社区", "锦园", 9, "赵六", None], ["清泉社区", "绣园", 9, "赵六", None]]
    done = await deliver(town, ledger, quarters(tmp_path, *rows, *apart))
    assert sum("同名" in f.zh for f in done.report.warnings) == 1
    third = ["清泉社区", "竹园", 9, "赵六", None]
    done = await deliver(town, ledger, quarters(tmp_path, *rows, *apart, third), same_names=True)
    assert sum("同名" in f.zh for f in done.report.warnings) == 1


async def test_a_slip_in_the_name_of_a_community_is_asked_about(
    town: Graph, ledger: Ledger, tmp_path: Path
) -> None:
    """青筑社区 for 青竹社区: one question, and its quarters have not moved; 梧桐二社区 is another."""
    rows = [["青竹社区", "清泉花园", 900, "张晓明", "李四"], ["梧桐一社区", "望江苑", 90, None, None]]
    await deliver(town, ledger, quarters(tmp_path, *rows))
    more = [["青竹社区", "望云台", 9, None, None], ["梧桐二社区", "梧桐里", 90, None, None]]
    path = quarters(tmp_path, ["青筑社区", *rows[0][1:]], rows[1], *more)
    with pytest.raises(OpenQuestions) as refused:
        await deliver(town, ledger, path)
    (asked,) = refused.value.questions
    assert (asked.name, asked.place, [c.name for c in asked.candidates]) == (
        "青筑社区",
        "云山街道",
        ["青竹社区"],
    )
    await ledger.questions.answer(asked.number, "是")
    done = await deliver(town, ledger, path)
    assert (done.new_areas, await ledger.questions.open()) == (["梧桐二社区"], [])
    assert len(await nodes(town, "Quarter")) == 4
    assert await ties(town, "PART_OF") >= {("清泉花园", "青竹社区", ""), ("望云台", "青竹社区", "")}
    alone = await deliver(town, ledger, quarters(tmp_path, ["青筑社区", *rows[0][1:]], rows[1], more[1]))
    assert [gone for gone in alone.report.gone if gone.startswith("99")] == []


async def test_a_community_of_nearly_the_name_of_another_stays_new(
    town: Graph, ledger: Ledger, tmp_path: Path
) -> None:
    """Where somebody has said so, once."""
    await deliver(town, ledger, quarters(tmp_path, ["青竹社区", "清泉花园", 900, None, None]))
    both = [["青竹社区", "清泉花园", 900, None, None], ["青筑社区", "望江苑", 90, None, None]]
    await deliver(town, ledger, quarters(tmp_path, *both), as_new=True)
    again = await deliver(town, ledger, quarters(tmp_path, *both, ["青筑社区", "望云台", 9, None, None]))
    assert (again.new_areas, await ledger.questions.open()) == ([], [])
    assert {"青竹社区", "青筑社区"} <= {end for _, end, _ in await ties(town, "PART_OF")}
