"""Term after term of a committee in rows of one register, and organizations in the words of their lists."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.ledger import Ledger
from graph.loading.findings import Finding
from graph.loading.register.names import read_names
from graph.loading.register.texts import text_of
from graph.model import NODES, OPEN_END
from graph.reading.graph import Graph
from tests.loading.register.delivering import deliver, ledger, nodes, town, unchanged
from tests.loading.register.read_alone import attempt, read
from tests.loading.register.wild import Rows, write_text, write_xlsx

__all__ = ["ledger", "town"]
KIND = "业委会备案表"
HEADING: list[object] = ["社区", "小区", "业委会名称", "任期", "主任", "委员", "职数", "备案时间"]
FIRST: list[object] = [
    "清泉社区",
    "听涛苑",
    "听涛苑第一届业委会",
    "2016.5-2021.5",
    "郑爽",
    "冯宇、白鹿",
    3,
    "2016.6",
]
SECOND: list[object] = [
    "清泉社区",
    "听涛苑",
    "听涛苑第二届业委会",
    "2021.5-2026.5",
    "冯宇",
    "白鹿、丁香",
    5,
    "2021.6.1",
]


def committee(folder: Path, *rows: list[object]) -> tuple[dict[str, Any], dict[str, Any], list[str]]:
    """The committee, its members with post, begin and end, and the cells of errors."""
    _, delivery, errors = attempt(write_xlsx(folder / "a.xlsx", [HEADING, *rows]))
    (body,) = [n.properties for n in delivery.nodes if n.label == "OwnersCommittee"]
    names = {n.id: str(n.properties["name"]) for n in delivery.nodes}
    posts = {
        (names[e.start], str(e.properties["role"])): (e.properties["since"], e.properties["until"])
        for e in delivery.edges
        if e.type == "HOLDS_POST"
    }
    return body, posts, [f.cell for f in errors]


@pytest.mark.parametrize("rows", [(FIRST, SECOND), (SECOND, FIRST)])
def test_rows_of_two_terms_are_its_history(tmp_path: Path, rows: tuple[list[object], ...]) -> None:
    """The second says what it is now; who sat in the first alone has left, and others came then."""
    body, posts, errors = committee(tmp_path, *rows)
    assert errors == []
    assert (body["name"], body["elected_on"], body["term_until"]) == (
        "听涛苑第二届业委会",
        date(2021, 5, 1),
        date(2026, 6, 1),
    )
    assert (body["seats"], body["filed_on"]) == (5, date(2021, 6, 1))
    first, second = date(2016, 5, 1), date(2021, 5, 1)
    assert posts == {
        ("郑爽", "chair"): (first, second),
        ("冯宇", "member"): (first, second),
        ("白鹿", "member"): (first, OPEN_END),
        ("冯宇", "chair"): (second, OPEN_END),
        ("丁香", "member"): (second, OPEN_END),
    }


def test_two_elections_of_one_term_are_told(tmp_path: Path) -> None:
    """A term that goes on beside the other is a mistake, and no history."""
    other = [*FIRST[:3], "2019.5-2026.5", *FIRST[4:]]
    assert committee(tmp_path, other, SECOND)[2] != []


def test_who_came_in_between_came_then(tmp_path: Path) -> None:
    """方圆（2023年增补） joined the second term in 2023."""
    rows = [FIRST, [*SECOND[:5], "白鹿、方圆（2023年增补）", *SECOND[6:]]]
    assert committee(tmp_path, *rows)[1]["方圆", "member"] == (date(2023, 1, 1), OPEN_END)


def test_rows_of_members_are_of_their_terms(tmp_path: Path) -> None:
    """A row for each member of each term."""
    heading = ["社区", "小区", "业委会名称", "任期", "姓名", "职务"]
    rows: Rows = [heading]
    for term, members in (("2016.5-2021.5", ("郑爽", "冯宇")), ("2021.5-2026.5", ("冯宇", "丁香"))):
        rows += [
            ["清泉社区", "听涛苑", "听涛苑业委会", term, who, post]
            for who, post in zip(members, ("主任", "委员"), strict=True)
        ]
    _, delivery = read(write_xlsx(tmp_path / "a.xlsx", rows))
    names = {n.id: str(n.properties["name"]) for n in delivery.nodes}
    ends = {
        (names[e.start], e.properties["role"]): e.properties["until"]
        for e in delivery.edges
        if e.type == "HOLDS_POST"
    }
    over = date(2021, 5, 1)
    assert ends == {
        ("郑爽", "chair"): over,
        ("冯宇", "member"): over,
        ("冯宇", "chair"): OPEN_END,
        ("丁香", "member"): OPEN_END,
    }


async def test_the_next_term_comes_with_the_next_delivery(
    town: Graph, ledger: Ledger, tmp_path: Path
) -> None:
    """One term, then both: the committee is the same one; both again change nothing."""
    await deliver(town, ledger, write_xlsx(tmp_path / "a.xlsx", [HEADING, FIRST]), KIND)
    before = next(iter((await nodes(town, "OwnersCommittee")).values()))["id"]
    both = write_xlsx(tmp_path / "b.xlsx", [HEADING, FIRST, SECOND])
    await deliver(town, ledger, both, KIND)
    again = (await deliver(town, ledger, both, KIND, digest="again")).report
    assert again.created + again.changed + again.ended + len(again.gone) == 0
    (body,) = (await nodes(town, "OwnersCommittee")).values()
    assert (body["id"], body["term_until"]) == (before, date(2026, 6, 1))


async def test_history_alone_is_the_same_again(town: Graph, ledger: Ledger, tmp_path: Path) -> None:
    """In a 小区台账 too."""
    heading: list[object] = ["社区", "小区名称", "物业公司", "业委会主任", "业委会任期"]
    rows = [
        [*("清泉社区", "听涛苑", "安居物业", "郑爽", "2016.5-2021.5")],
        [*("清泉社区", "听涛苑", "安居物业", "冯宇", "2021.5-2026.5")],
    ]
    assert await unchanged(town, ledger, write_xlsx(tmp_path / "a.xlsx", [heading, *rows]))


def test_a_name_says_that_it_is_no_committee_of_owners(tmp_path: Path) -> None:
    """A 物业管理委员会 is the interim body in its place."""
    rows = [["社区", "小区", "业委会名称", "主任"], ["清泉社区", "芙蓉里", "芙蓉里物业管理委员会", "杨帆"]]
    delivery = attempt(write_text(tmp_path / "a.csv", rows))[1]
    kinds = [n.properties["kind"] for n in delivery.nodes if n.label == "OwnersCommittee"]
    assert kinds == ["property_management_committee"]


def test_who_is_in_charge_of_what_stands_before_names_and_in_headings(tmp_path: Path) -> None:
    """组织委员：钱塘；纪检委员 楼小雨, and a column 宣传委员."""
    found = read_names("组织委员：钱塘；纪检委员 楼小雨；委员：孔雀", ";；", "PartyOrganization")
    assert [(one.name, one.post, one.portfolio) for one in found] == [
        ("钱塘", "committee_member", "organization"),
        ("楼小雨", "committee_member", "discipline"),
        ("孔雀", "committee_member", None),
    ]
    rows = [["党组织名称", "书记", "宣传委员", "组织委员"], ["清泉社区党委", "韩立", "孔雀", "孔雀"]]
    delivery = attempt(write_text(tmp_path / "党组织花名册.csv", rows))[1]
    charges = [e.properties.get("portfolio") for e in delivery.edges if e.type == "HOLDS_POST"]
    assert charges == [None, "publicity"]


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("tier", "联合支部", "joint_branch"),
        ("tier", "支部", "branch"),
        ("tier", "功能型党支部", "functional_branch"),
        ("tier", "总支", "general_branch"),
        ("level", "小区", "quarter"),
        ("level", "两新组织", "unit"),
    ],
)
def test_kinds_of_organizations_in_the_words_of_lists(column: str, text: str, value: str) -> None:
    """支部 is 党支部."""
    assert text_of(text, NODES["PartyOrganization"].properties()[column]) == value


def test_two_in_a_post_are_told_at_its_column(tmp_path: Path) -> None:
    """Not at the first column of the sheet."""
    rows = [["社区", "姓名", "职务"], ["清泉社区", "韩立", "党委书记"], ["清泉社区", "周敏", "党委书记"]]
    delivery = attempt(write_text(tmp_path / "两委.csv", rows))[1]
    assert delivery.locate is not None
    assert delivery.locate(Finding("edges/HOLDS_POST.csv", 1, "", "", "", "")).cell == "C3"
