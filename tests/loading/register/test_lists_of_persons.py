"""Lists of grid workers and of Party members as streets and branches keep them, in shapes of their own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.ledger import Ledger
from graph.loading.cells import BadCell
from graph.loading.delivery import Delivery
from graph.loading.register.areas import community_of_title
from graph.loading.register.known import IdsByName
from graph.loading.register.names import read_names
from graph.loading.register.shown import ShownSheet
from graph.reading.graph import Graph
from tests.loading.register.delivering import deliver, edges, ledger, nodes, town, unchanged
from tests.loading.register.read_alone import CLEAR, PLANE, STREET, attempt, read, ties
from tests.loading.register.wild import Rows, write_sheets, write_text, write_xlsx

__all__ = ["ledger", "town"]
MEMBERS: list[object] = ["姓名", "性别", "党员类别", "党内职务", "组织关系转入时间"]


def branches() -> dict[str, Rows]:
    """A sheet for each branch, of which only the title says the community."""
    return {
        "第一党支部": [
            ["云山街道清泉社区第一党支部党员花名册"],
            ["（共3名）"],
            MEMBERS,
            ["韩立", "男", "正式", "支部书记", "2015.3"],
            ["欧阳 雪", "女", "预备党员", "宣传委员、纪检委员", "长期"],
            ["陈晨", "女", "流动党员", None, "2014"],
            ["合计：3人"],
        ],
        "第二党支部": [
            ["清泉社区第二党支部党员花名册"],
            MEMBERS,
            ["冯宇", "男", "正式党员", "书记", "2019.5"],
        ],
    }


def persons(delivery: Delivery) -> dict[str, dict[str, Any]]:
    """The persons by name."""
    return {str(n.properties["name"]): n.properties for n in delivery.nodes if n.label == "Person"}


def test_a_title_says_the_community_of_the_rows_below(tmp_path: Path) -> None:
    """第一党支部 of 清泉社区 is one of the community; no column, no sheet's name and no line says so."""
    kind, delivery, errors = attempt(write_sheets(tmp_path / "a.xlsx", branches()))
    assert (kind, [str(f) for f in errors]) == ("党员花名册", [])
    levels = {
        n.properties["name"]: n.properties["level"] for n in delivery.nodes if n.label == "PartyOrganization"
    }
    assert levels == {"第一党支部": "community", "第二党支部": "community"}


@pytest.mark.parametrize(
    ("title", "community"),
    [
        ("云山街道清泉社区党员花名册", "清泉社区"),
        ("松涛社区小区一览表", "松涛社区"),
        ("云山街道社区党员花名册", None),
        ("各社区党员花名册", None),
        ("清泉社区、梧桐社区党员花名册", None),
        ("清泉社区和松涛社区小区台账", None),
        ("社区网格员名册", None),
        ("清泉社区等三个社区小区台账", None),
    ],
)
def test_not_every_title_says_a_community(title: str, community: str | None) -> None:
    """That of all, or of two of them, is of none."""
    known = IdsByName("990301", {a.id: a for a in (STREET, CLEAR)})
    assert community_of_title(ShownSheet("a", [[title, ""], ["姓名"]]), 1, known) == community


def test_one_column_says_status_and_category(tmp_path: Path) -> None:
    """党员类别 has 正式 in one row and 流动党员 in the next: each is what it says."""
    found = persons(attempt(write_sheets(tmp_path / "a.xlsx", branches()))[1])
    said = {n: (p.get("party_status"), p.get("party_category")) for n, p in found.items()}
    assert said == {
        "韩立": ("full", None),
        "欧阳雪": ("probationary", None),
        "陈晨": (None, "mobile"),
        "冯宇": ("full", None),
    }


def test_two_portfolios_are_one_post(tmp_path: Path) -> None:
    """宣传委员、纪检委员 of a small branch: the title has both."""
    delivery = attempt(write_sheets(tmp_path / "a.xlsx", branches()))[1]
    posts = [e.properties for e in delivery.edges if e.type == "HOLDS_POST"]
    assert ("宣传委员、纪检委员", "publicity") in {(p["title"], p.get("portfolio")) for p in posts}


async def test_members_in_sheets_are_the_same_again(town: Graph, ledger: Ledger, tmp_path: Path) -> None:
    """长期 under 转入时间 says no day, and 合计：3人 nobody."""
    assert await unchanged(town, ledger, write_sheets(tmp_path / "a.xlsx", branches()), "党员花名册")
    since = {name: edge["since"] for name, edge in (await edges(town, "MEMBER_OF")).items()}
    assert since == {
        "韩立": date(2015, 3, 1),
        "欧阳雪": date(1, 1, 1),
        "陈晨": date(2014, 1, 1),
        "冯宇": date(2019, 5, 1),
    }
    assert (await nodes(town, "Person")).keys() == since.keys()


GRIDS: Rows = [
    ["所属社区", "网格名称及编号", "网格长", "专职网格员", "兼职网格员", "包格领导", "上岗时间"],
    ["清泉社区", "第一网格（LL-01）", "韩立", "魏然\n13800000001", "楼小雨、丁香", "副主任 高山", "2021.3"],
    ["清泉社区", "LL-02第二网格", "周敏", "暂缺", "/", "高山（副主任）", "二〇二三年五月"],
]


def test_a_list_of_grids_in_its_own_words(tmp_path: Path) -> None:
    """Name and number in one cell, what a leader is before the name, and workers of three kinds."""
    _, delivery = read(write_xlsx(tmp_path / "a.xlsx", GRIDS))
    assert {n.properties["name"] for n in delivery.nodes if n.label == "Grid"} == {"第一网格", "第二网格"}
    workers = {who for who, _, role in ties(delivery, "HOLDS_POST") if role == "grid_worker"}
    assert workers == {"韩立", "魏然", "楼小雨", "丁香", "周敏"}
    leaders = {(who, grid) for who, grid, role in ties(delivery, "HOLDS_POST") if role == "contact_cadre"}
    assert leaders == {("高山", "第一网格"), ("高山", "第二网格")}


async def test_a_grid_is_found_by_the_number_beside_its_name(
    town: Graph, ledger: Ledger, tmp_path: Path
) -> None:
    """Renamed it is the same grid, and the same list changes nothing."""
    assert await unchanged(town, ledger, write_xlsx(tmp_path / "a.xlsx", GRIDS), "网格员名册")
    before = (await nodes(town, "Grid"))["第一网格"]["id"]
    rows = [GRIDS[0], [*GRIDS[1][:1], "清泉花园网格（LL-01）", *GRIDS[1][2:]], GRIDS[2]]
    await deliver(town, ledger, write_xlsx(tmp_path / "b.xlsx", rows), "网格员名册")
    assert (await nodes(town, "Grid"))["清泉花园网格"]["id"] == before


@pytest.mark.parametrize("text", ["张三 主任 李四 委员", "张三：主任、李四：委员", "主任 张三 委员 李四"])
def test_posts_before_and_behind_the_names(text: str) -> None:
    """The post is that of the name beside it, on whichever side all of them stand."""
    found = read_names(text, "、", "OwnersCommittee")
    assert [(one.name, one.post) for one in found] == [("张三", "chair"), ("李四", "member")]


def test_a_post_that_the_body_does_not_have_is_named() -> None:
    """微网格员：孔雀 says a post, and not that 微网格员 is no name."""
    with pytest.raises(BadCell) as bad:
        read_names("微网格员：孔雀、马良", "、", "Grid")
    assert "“微网格员”不是这里的职务" in bad.value.zh


def test_a_sum_of_persons_is_no_row(tmp_path: Path) -> None:
    """合计：3人 below the rows has a colon in it."""
    rows = [["社区", "小区名称", "户数"], ["梧桐社区", "梧桐里", "3"], ["合计：3户", "", ""]]
    assert attempt(write_text(tmp_path / "a.csv", rows), (STREET, PLANE))[2] == []
