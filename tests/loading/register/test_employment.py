"""Unit and post in one cell of a list of part-time members: apart where it is certain, else a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.ledger import Ledger
from graph.loading.findings import Finding
from graph.loading.register.employment import unit_and_post
from graph.loading.register.forms import best_kind
from graph.loading.register.sheets import read_sheets
from graph.reading.graph import Graph
from tests.loading.register.delivering import deliver, ledger, nodes, town, unchanged
from tests.loading.register.read_alone import attempt
from tests.loading.register.wild import Rows, write_xlsx

__all__ = ["ledger", "town"]
KIND = "兼职委员名册"
HEADING: list[object] = ["社区", "兼职委员姓名", "工作单位及职务", "任职时间"]


def employers(
    folder: Path, text: object, heading: str = "工作单位及职务"
) -> tuple[list[object], list[Finding]]:
    """Unit and position of whoever works where a cell says, and what is said of it."""
    rows: Rows = [[*HEADING[:2], heading, *HEADING[3:]], ["清泉社区", "张三", text, "2024"]]
    delivery = attempt(write_xlsx(folder / "a.xlsx", rows))[1]
    names = {n.id: n.properties["name"] for n in delivery.nodes}
    works = [(names[e.end], e.properties.get("position")) for e in delivery.edges if e.type == "EMPLOYED_BY"]
    return [*works], delivery.findings


@pytest.mark.parametrize(
    ("text", "unit", "post"),
    [
        ("某派出所所长", "某派出所", "所长"),
        ("某派出所长", "某派出所", "所长"),
        ("某银行支行行长", "某银行支行", "行长"),
        ("某支行长", "某支行", "行长"),
        ("某中学校长", "某中学", "校长"),
        ("某小学党支部书记、校长", "某小学", "党支部书记、校长"),
        ("某公司副总经理兼党支部书记", "某公司", "副总经理兼党支部书记"),
        ("区教育局人事科科长", "区教育局", "人事科科长"),
        ("某派出所\n副所长", "某派出所", "副所长"),
        ("某派出所（所长）", "某派出所", "所长"),
        ("某派出所社区民警", "某派出所", "社区民警"),
        ("云山区总工会主席", "云山区总工会", "主席"),
        ("云山义工联 理事长", "云山义工联", "理事长"),
        ("中国 银行行长", "中国银行", "行长"),
        ("某卫生服务中心", "某卫生服务中心", None),
    ],
)
def test_where_the_unit_ends_and_the_post_begins(text: str, unit: str, post: str | None) -> None:
    """By the words in which both end, and never with the post in the name of the unit."""
    assert unit_and_post(text, lambda _: False) == (unit, post)


@pytest.mark.parametrize(
    "text",
    [
        "所长",
        "云山义工联理事长",
        "甲公司经理、乙协会会长",
        "某物业公司清泉花园项目经理",
        "某中学退休教师",
        "原某中学校长",
        "清泉社区党支部书记",
    ],
)
def test_what_is_not_certain_is_no_unit(tmp_path: Path, text: str) -> None:
    """Nobody is said to work there: the cell asks for two columns, or a blank between."""
    works, said = employers(tmp_path, text)
    assert works == []
    assert [(f.level, f.cell) for f in said] == [("error", "C2")]


def test_a_unit_that_is_known_needs_no_ending() -> None:
    """云山义工联 is a unit of the graph, so the rest is the post."""
    assert unit_and_post("云山义工联理事长", lambda name: name == "云山义工联") == ("云山义工联", "理事长")


@pytest.mark.parametrize(
    ("text", "works"), [("某中学校长", [("某中学", "校长")]), ("某义工联", [("某义工联", None)])]
)
def test_a_post_in_the_column_of_units(tmp_path: Path, text: str, works: list[object]) -> None:
    """It is taken off where it is certain, and the name stays as it is where not."""
    assert employers(tmp_path, text, "工作单位") == (works, [])


@pytest.mark.parametrize("text", ["退休", "自由职业", "/"])
def test_who_has_no_unit_works_nowhere(tmp_path: Path, text: str) -> None:
    """退休 is no unit of that name."""
    assert employers(tmp_path, text, "工作单位") == ([], [])


@pytest.mark.parametrize(
    ("heading", "post"), [("本单位职务", "德育处主任"), ("单位职务", "副校长"), ("单位职务", "某中学副校长")]
)
def test_a_column_of_its_own_for_the_post(tmp_path: Path, heading: str, post: str) -> None:
    """What it says is the position, beside the unit of the column to its left."""
    rows: Rows = [[*HEADING[:2], "工作单位", heading], ["清泉社区", "张三", "某中学", post]]
    delivery = attempt(write_xlsx(tmp_path / "a.xlsx", rows))[1]
    works = [e.properties["position"] for e in delivery.edges if e.type == "EMPLOYED_BY"]
    assert works == [post.removeprefix("某中学")]
    assert [n.properties["name"] for n in delivery.nodes if n.label == "Unit"] == ["某中学"]


def test_unit_and_post_tell_the_kind(tmp_path: Path) -> None:
    """A list with 单位及职务 is one of part-time members without a title."""
    rows: Rows = [HEADING, ["清泉社区", "张三", "某派出所所长", "2024"]]
    kind = best_kind(read_sheets(write_xlsx(tmp_path / "a.xlsx", rows)))
    assert kind is not None
    assert kind.title == KIND


async def test_the_same_list_is_unchanged(town: Graph, ledger: Ledger, tmp_path: Path) -> None:
    """And who becomes head of another school changes nothing but that."""
    rows: Rows = [
        HEADING,
        ["清泉社区", "张三", "某中学校长", "2024"],
        ["清泉社区", "李四", "某派出所长", "2024"],
    ]
    assert await unchanged(town, ledger, write_xlsx(tmp_path / "a.xlsx", rows), KIND)
    rows[1][2] = "某中学党支部书记、校长"
    done = await deliver(town, ledger, write_xlsx(tmp_path / "b.xlsx", rows), KIND)
    assert (done.report.created, done.report.changed) == (0, 1)
    assert (await nodes(town, "Unit")).keys() == {"某中学", "某派出所"}
