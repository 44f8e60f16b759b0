"""Years beside the names of persons say from when to when they are in a post."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph.ledger import Ledger
from graph.loading.register.days import Span
from graph.loading.register.names import Named, read_names
from graph.model import OPEN_END, OPEN_START
from graph.reading.graph import Graph
from tests.loading.register.delivering import ledger, town, unchanged
from tests.loading.register.read_alone import attempt, read
from tests.loading.register.wild import write_xlsx

__all__ = ["ledger", "town"]
HEADING: list[object] = ["社区", "小区名称", "物业公司", "业委会主任", "业委会成员"]
Post = tuple[str, str, date, date, date | None]


def posts(folder: Path, chair: str, members: str | None = None) -> tuple[list[Post], list[tuple[str, str]]]:
    """Who is in which post from when to when with which end of the term, and what is said of cells."""
    rows = [HEADING, ["清泉社区", "清泉花园", "安居物业", chair, members]]
    delivery = attempt(write_xlsx(folder / "a.xlsx", rows))[1]
    names = {n.id: str(n.properties["name"]) for n in delivery.nodes}
    found = [
        (names[e.start], p["role"], p["since"], p["until"], p.get("term_until"))
        for e in delivery.edges
        if e.type == "HOLDS_POST" and (p := e.properties)
    ]
    return found, [(f.level, f.cell) for f in delivery.findings]


def test_who_was_there_before_has_left(tmp_path: Path) -> None:
    """Two chairs one after the other; the first, who stays a member, left when the next came."""
    found, said = posts(tmp_path, "张三（2016-2021）、李四（2021至今）", "张三")
    assert found == [
        ("张三", "chair", date(2016, 1, 1), date(2021, 1, 1), None),
        ("张三", "member", OPEN_START, OPEN_END, None),
        ("李四", "chair", date(2021, 1, 1), OPEN_END, None),
    ]
    assert said == []


def test_a_term_that_goes_on_is_no_end(tmp_path: Path) -> None:
    """2021.3-2026.3 on a day of 2025 is the term of who sits there."""
    found = posts(tmp_path, "张三（二〇二一年三月至2026.3）")[0]
    assert found == [("张三", "chair", date(2021, 3, 1), OPEN_END, date(2026, 4, 1))]


def test_a_term_that_is_over_alone_is_asked_about(tmp_path: Path) -> None:
    """Where nobody came after, who is named may have left, or stayed on."""
    assert posts(tmp_path, "张三（2016-2021）") == ([], [("error", "D2")])


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("张三（2016-2021）", Named("张三", term=Span("2016", "2021"))),
        ("张三(2021年起)", Named("张三", term=Span("2021年"))),
        ("张三（2019-03-15）", Named("张三", term=Span("2019-03-15"))),
        ("张三（13800000000）", Named("张三")),
        ("张三 0199-1234567", Named("张三")),
        ("张三（主任）", Named("张三", "chair")),
    ],
)
def test_years_are_no_telephone_number(text: str, named: Named) -> None:
    """Nine digits with a line between are both; years are told by what they are."""
    assert read_names(text, "、", "OwnersCommittee") == [named]


async def test_the_same_chairs_again_are_unchanged(town: Graph, ledger: Ledger, tmp_path: Path) -> None:
    """A post that had ended when it was delivered is not delivered anew."""
    rows = [
        HEADING,
        ["清泉社区", "清泉花园", "安居物业", "张三（2016-2021）、李四（2021至今）", "王五、赵六"],
    ]
    assert await unchanged(town, ledger, write_xlsx(tmp_path / "a.xlsx", rows))


TWO: list[list[object]] = [
    ["社区", "姓名", "两委职务", "任职时间", "离任时间"],
    ["清泉社区", "韩立", "居委会主任", "2021.6", None],
    ["清泉社区", "陆地（已离职）", "居委会委员", "2021.6-2024.8", None],
    ["清泉社区", "石磊（调离）", "居委会委员", "2021.6", "2023年5月"],
    ["清泉社区", "空缺", "居委会副主任", None, None],
]


def held(folder: Path, rows: list[list[object]]) -> dict[str, tuple[date, date]]:
    """Begin and end of the posts of a list by name."""
    delivery = read(write_xlsx(folder / "两委.xlsx", rows))[1]
    names = {n.id: str(n.properties["name"]) for n in delivery.nodes}
    posts = [e for e in delivery.edges if e.type == "HOLDS_POST"]
    return {names[e.start]: (e.properties["since"], e.properties["until"]) for e in posts}


def test_who_has_left_on_a_day_that_is_said(tmp_path: Path) -> None:
    """已离职 beside a name with its days is an end, and 空缺 nobody, and no mistake."""
    begin = date(2021, 6, 1)
    assert held(tmp_path, TWO) == {
        "韩立": (begin, OPEN_END),
        "陆地": (begin, date(2024, 9, 1)),
        "石磊": (begin, date(2023, 6, 1)),
    }


def test_who_has_left_on_no_day_is_asked_about(tmp_path: Path) -> None:
    """Without its end the post would go on."""
    rows = [TWO[0], ["清泉社区", "陆地（已离职）", "居委会委员", "2021.6", None]]
    _, _, errors = attempt(write_xlsx(tmp_path / "两委.xlsx", rows))
    assert {f.cell for f in errors} == {"B2"}


async def test_a_list_with_who_left_is_the_same_again(town: Graph, ledger: Ledger, tmp_path: Path) -> None:
    """A post that ended before the list was made is no new one."""
    assert await unchanged(town, ledger, write_xlsx(tmp_path / "两委.xlsx", TWO), "两委成员名册")
