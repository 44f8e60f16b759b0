"""Firm after firm: each has its period of the project, in rows of its own or in one cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph.ledger import Ledger
from graph.loading.undo import undo_load
from graph.model import OPEN_END, OPEN_START
from graph.reading.graph import Graph
from graph.store.history import read_sets
from tests.loading.register.delivering import deliver, edges, ledger, nodes, town, unchanged
from tests.loading.register.read_alone import attempt
from tests.loading.register.wild import Rows, write_xlsx

__all__ = ["ledger", "town"]
HEADING: list[object] = ["社区", "小区名称", "户数", "物业公司", "项目经理", "进驻时间", "合同到期时间"]
NEVER, EVER = OPEN_END, OPEN_START
Period = tuple[str, date, date]


def quarter(*said: object) -> list[object]:
    """A row of one quarter: firm, manager, begin and end of the contract."""
    return ["清泉社区", "清泉花园", 120, *said]


def periods(folder: Path, *rows: list[object]) -> tuple[list[Period], date | None, list[tuple[str, str]]]:
    """The firms with their days, the end of the present contract, and what is said of cells."""
    delivery = attempt(write_xlsx(folder / "a.xlsx", [HEADING, *rows]))[1]
    names = {n.id: str(n.properties["name"]) for n in delivery.nodes}
    found = [
        (names[e.end], e.properties["since"], e.properties["until"])
        for e in delivery.edges
        if e.type == "OPERATED_BY"
    ]
    (served,) = (e.properties for e in delivery.edges if e.type == "SERVES")
    said = [(f.level, f.cell) for f in delivery.findings]
    return sorted(found, key=lambda one: one[1:]), served.get("contract_until"), said


TWO = [("甲物业公司", date(2019, 1, 1), date(2022, 1, 1)), ("乙物业公司", date(2022, 1, 1), NEVER)]


def test_two_rows_of_a_quarter_are_two_periods(tmp_path: Path) -> None:
    """In whatever order they stand; the contract is that of the firm that there is now."""
    rows = [quarter("甲物业公司", None, "2019", "2022"), quarter("乙物业公司", None, "2022", "2025")]
    assert periods(tmp_path, *rows) == (TWO, date(2026, 1, 1), [])
    assert periods(tmp_path, *rows[::-1]) == (TWO, date(2026, 1, 1), [])


@pytest.mark.parametrize(
    "text",
    [
        "甲物业公司（2019-2022）、乙物业公司（2022至今）",
        "原甲物业公司（2019—2022）；现乙物业公司（2022起）",
        "甲物业公司2019-2022、乙物业公司2022至今",
        "乙物业公司（2022）\n甲物业公司（二〇一九年至二〇二二年）",
    ],
)
def test_two_firms_of_a_cell_are_two_periods(tmp_path: Path, text: str) -> None:
    """The manager and the end of the contract in the row are those of the firm that there is now."""
    assert periods(tmp_path, quarter(text, "王强", None, "2026.5")) == (TWO, date(2026, 6, 1), [])


def test_a_firm_that_left_before_its_month_was_out(tmp_path: Path) -> None:
    """至2022.3 and 2022.3起 do not overlap, and who was there before is not known to have begun."""
    found, _, said = periods(
        tmp_path, quarter("甲物业公司（至2022.3）、乙物业公司（2022.3起）", None, None, None)
    )
    assert found == [("甲物业公司", EVER, date(2022, 3, 1)), ("乙物业公司", date(2022, 3, 1), NEVER)]
    assert said == []


def test_a_firm_may_come_back(tmp_path: Path) -> None:
    """Its second period is another than its first, with the other firm between."""
    text = "甲物业公司（2016-2019）、乙物业公司（2019-2022）、甲物业公司（2022至今）"
    found = periods(tmp_path, quarter(text, None, None, None))[0]
    assert [(name, since.year) for name, since, _ in found] == [
        ("甲物业公司", 2016),
        ("乙物业公司", 2019),
        ("甲物业公司", 2022),
    ]
    assert found[-1][2] == NEVER


def test_contracts_of_one_firm_are_one_period(tmp_path: Path) -> None:
    """2019 to 2022 and 2022 to 2025: it was there all the time, and the last contract counts."""
    rows = [
        quarter("甲物业公司", "王强", "2019.1", "2022.1"),
        quarter("甲物业公司", "王强", "2022.1", "2025.1"),
    ]
    assert periods(tmp_path, *rows) == ([("甲物业公司", date(2019, 1, 1), NEVER)], date(2025, 2, 1), [])


def test_rows_that_say_otherwise_of_one_contract_are_told(tmp_path: Path) -> None:
    """Two begins of one contract are a mistake, and no second one."""
    rows = [quarter("甲物业公司", None, "2019.1", "2022.1"), quarter("甲物业公司", None, "2020.1", "2022.1")]
    assert periods(tmp_path, *rows)[2] == [("error", "F3")]


@pytest.mark.parametrize(
    "text",
    [
        "甲物业公司（2019-2023）、乙物业公司（2021至今）",
        "甲物业公司（2019-2022）、乙物业公司",
        "甲物业公司（2022）、乙物业公司（2022）",
    ],
)
def test_which_came_first_has_to_be_said(tmp_path: Path, text: str) -> None:
    """Periods that overlap, or one that nobody knows, are asked about at the cell."""
    assert periods(tmp_path, quarter(text, None, None, "2026.5"))[2] == [("error", "D2")]


def test_what_stands_beside_one_firm_is_when_it_came(tmp_path: Path) -> None:
    """2022至今 is no part of its name; 二级资质 stays what it was."""
    assert periods(tmp_path, quarter("甲物业公司（2022至今）", None, None, None))[0] == [
        ("甲物业公司", date(2022, 1, 1), NEVER)
    ]
    assert periods(tmp_path, quarter("甲物业公司（二级资质）", None, None, None))[0][0][1] == EVER


async def test_a_manager_leaves_with_the_firm(town: Graph, ledger: Ledger, tmp_path: Path) -> None:
    """Who stands in the row of the firm that left; who is in both rows stays."""
    rows = [
        quarter("甲物业公司", "王强、李四", "2019", "2022"),
        quarter("乙物业公司", "赵六、李四", "2022", None),
    ]
    assert await unchanged(town, ledger, write_xlsx(tmp_path / "a.xlsx", [HEADING, *rows]))
    ends = {name: edge["until"] for name, edge in (await edges(town, "HOLDS_POST")).items()}
    assert ends == {"王强": date(2022, 1, 1), "赵六": NEVER, "李四": NEVER}


async def test_a_register_that_tells_the_past_at_last(town: Graph, ledger: Ledger, tmp_path: Path) -> None:
    """The firm of the first delivery gets its end and the next one comes; unchanged again, and undone."""
    first: Rows = [HEADING, quarter("甲物业公司", "王强", None, None)]
    await deliver(town, ledger, write_xlsx(tmp_path / "a.xlsx", first))
    both = "甲物业公司（2019-2022）、乙物业公司（2022至今）"
    path = write_xlsx(tmp_path / "b.xlsx", [HEADING, quarter(both, "王强", None, None)])
    await deliver(town, ledger, path)
    again = (await deliver(town, ledger, path, digest="again")).report
    assert again.created + again.changed + again.ended + len(again.gone) == 0
    text = "MATCH (:PropertyProject)-[e:OPERATED_BY]->(f) RETURN f.name AS f, e.since AS s, e.until AS u"
    rows = (await town.store.read([(text, {})]))[0]
    assert sorted(((r["f"], r["s"], r["u"]) for r in rows), key=lambda one: one[1]) == TWO
    loads = sorted(each.number for each in await read_sets(town.store) if each.kind == "load")
    for number in loads[:0:-1]:
        await undo_load(town.store, number, who="甲")
    assert (await nodes(town, "PropertyFirm")).keys() == {"甲物业公司"}
