"""Several resources in one cell: each is one, with how much of it there is and of what category."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph.ledger import Ledger
from graph.loading.plan import Options
from graph.reading.graph import Graph
from tests.loading.register.delivering import DAY, deliver, ledger, nodes, ties, town, unchanged
from tests.loading.register.read_alone import attempt
from tests.loading.register.wild import Rows, write_xlsx

__all__ = ["ledger", "town"]
KIND = "共建单位与资源清单"


def resources(folder: Path, *cells: object, more: tuple[str, ...] = ()) -> tuple[list[Any], list[Any]]:
    """Name, category and amount of what a unit offers, and what is said of cells."""
    path = write_xlsx(
        folder / "a.xlsx", [["社区", "共建单位", "资源清单", *more], ["清泉社区", "甲银行", *cells]]
    )
    delivery = attempt(path)[1]
    found = [
        (p["name"], p["category"], p.get("capacity"), p.get("capacity_unit"))
        for p in (n.properties for n in delivery.nodes if n.label == "Resource")
    ]
    offered = [e for e in delivery.edges if e.type == "OFFERS"]
    assert len(offered) == len(found)
    return found, [(f.level, f.cell) for f in delivery.findings]


@pytest.mark.parametrize(
    "text",
    [
        "会议室、停车场、志愿者20人",
        "1.会议室；2.停车场；3、20名志愿者",
        "会议室\n停车场\n志愿者（20人）",
        "1、会议室\n2、停车场\n3、志愿者20人",
        "①会议室②停车场③志愿者20人",
    ],
)
def test_each_of_a_list_is_a_resource(tmp_path: Path, text: str) -> None:
    """However they are counted; 20人 is how many, and each is of the category that its word says."""
    found, said = resources(tmp_path, text)
    assert [(n, c) for n, c, *_ in found] == [
        ("会议室", "venue"),
        ("停车场", "venue"),
        ("志愿者", "volunteers"),
    ]
    assert found[2][2] == 20
    assert said == []


@pytest.mark.parametrize(
    ("text", "resource"),
    [
        ("会议室（可容纳50人、有投影）", ("会议室（可容纳50人、有投影）", "venue", None, None)),
        ("义诊12场/年", ("义诊", "medical", 12, "场/年")),
        ("会议室（2间）", ("会议室", "venue", 2, "间")),
        ("文化活动室", ("文化活动室", "venue", None, None)),
        ("24小时图书角", ("24小时图书角", "culture_sport", None, None)),
        ("3个月免费理发", ("3个月免费理发", "handy_repair", None, None)),
    ],
)
def test_one_alone_is_read_as_in_a_list(tmp_path: Path, text: str, resource: tuple[Any, ...]) -> None:
    """What stands in brackets is of the name, its last word says what it is, not every number counts it."""
    assert resources(tmp_path, text) == ([resource], [])


def test_of_what_category_it_is_may_be_a_question(tmp_path: Path) -> None:
    """A word that says none is told with the column that would; the others are read."""
    found, said = resources(tmp_path, "会议室、样例资源")
    assert [n for n, *_ in found] == ["会议室"]
    assert said == [("error", "C2")]


def test_columns_are_shared_out_where_they_have_as_many(tmp_path: Path) -> None:
    """场地、医疗 and 2间、3场 for two resources; one category is of both, and one number of neither."""
    more = ("资源类别", "数量")
    found, said = resources(tmp_path, "多功能厅、样例讲座", "场地、医疗", "2间、3场", more=more)
    assert found == [("多功能厅", "venue", 2, "间"), ("样例讲座", "medical", 3, "场")]
    found, said = resources(tmp_path, "多功能厅、样例讲座", "场地", 2, more=more)
    assert found == [("多功能厅", "venue", None, None), ("样例讲座", "venue", None, None)]
    assert said == [("warning", "E2")]


def test_none_is_no_resource(tmp_path: Path) -> None:
    """无 says that the unit offers nothing, and asks for no category."""
    assert resources(tmp_path, "无") == ([], [])


async def test_a_list_that_changes_in_part(town: Graph, ledger: Ledger, tmp_path: Path) -> None:
    """The same list is unchanged; one more volunteer changes one value, and one resource may end alone."""
    rows: Rows = [["社区", "共建单位", "资源清单"], ["清泉社区", "甲银行", "会议室、停车场、志愿者20人"]]
    assert await unchanged(town, ledger, write_xlsx(tmp_path / "a.xlsx", rows), KIND)
    rows[1][2] = "会议室、志愿者25人"
    end = Options(missing="end", ended_on=DAY)
    done = await deliver(town, ledger, write_xlsx(tmp_path / "b.xlsx", rows), KIND, options=end)
    assert (done.report.created, done.report.changed, done.report.ended) == (0, 1, 1)
    assert (await nodes(town, "Resource"))["志愿者"]["capacity"] == 25
    assert {end for _, end, _ in await ties(town, "OFFERS")} == {"会议室", "志愿者"}
