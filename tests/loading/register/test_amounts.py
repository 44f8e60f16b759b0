"""Amounts with something beside them: the number is read, and what else the cell says stays as a remark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph.ledger import Ledger
from graph.loading.register.forms import best_kind
from graph.loading.register.sheets import read_sheets
from graph.loading.register.values import amount_apart, read_amount
from graph.reading.graph import Graph
from tests.loading.register.delivering import ledger, nodes, town, unchanged
from tests.loading.register.read_alone import attempt
from tests.loading.register.wild import write_text, write_xlsx

__all__ = ["ledger", "town"]
HEADING = ["社区", "小区名称", "户数（户）", "物业公司", "备注"]


def quarter(folder: Path, amount: str, note: str = "") -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The quarter with this number of households, and what is said of cells."""
    rows = [HEADING, ["清泉社区", "清泉花园", amount, "安居物业", note]]
    delivery = attempt(write_text(folder / "a.csv", rows))[1]
    (found,) = (n.properties for n in delivery.nodes if n.label == "Quarter")
    return found, [(f.level, f.cell) for f in delivery.findings]


@pytest.mark.parametrize(
    "text", ["312户（含商铺12户）", "312(住宅300)", "312户，其中商铺12户", "312户 含商铺12户"]
)
def test_what_stands_beside_a_number_is_a_remark(tmp_path: Path, text: str) -> None:
    """Neither is lost, nor refused: the number is 312, and the cell is in the note."""
    found, said = quarter(tmp_path, f'"{text}"', "老旧")
    assert (found["households"], found["note"], said) == (312, f"老旧；户数（户）：{text}", [])


@pytest.mark.parametrize("text", ["约312户（含商铺）", "312户左右", "312（约）", "312（待核）", "大约312"])
def test_a_number_that_is_about_is_stored_and_told(tmp_path: Path, text: str) -> None:
    """With a warning, and the words of the cell in the note."""
    found, said = quarter(tmp_path, text)
    assert (found["households"], found["note"]) == (312, f"户数（户）：{text}")
    assert said == [("warning", "C2")]


@pytest.mark.parametrize(
    "text", ["300余户（含商铺）", "三百余户", "312（以上）", "住宅300户、商铺12户", "1286/1300"]
)
def test_what_is_no_number_stays_refused(tmp_path: Path, text: str) -> None:
    """More than 300 is no number, and which of two is meant nobody can tell."""
    found, said = quarter(tmp_path, text)
    assert "households" not in found
    assert said == [("error", "C2")]


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("312(户)", ("312户", None)),
        ("4.5（万㎡）", ("4.5万㎡", None)),
        ("4.5（亩）", ("4.5亩", None)),
        ("312户（含商铺12户）", ("312户", "含商铺12户")),
        ("312", ("312", None)),
        ("（含商铺）", ("（含商铺）", None)),
    ],
)
def test_an_amount_and_what_is_beside_it(text: str, apart: tuple[str, str | None]) -> None:
    """A unit in brackets is that of the number."""
    assert amount_apart(text) == apart


@pytest.mark.parametrize(("text", "number"), [("三百一十二户", 312), ("两千户", 2000), ("312戶(含)", 312)])
def test_amounts_in_numerals(text: str, number: int) -> None:
    """As an older list writes them."""
    assert read_amount(text, "户") == (number, "exact")


def test_a_unit_of_the_heading_counts_beside_a_remark(tmp_path: Path) -> None:
    """4.5（地上） and 约4.5 under 万㎡ are 45,000 m², and not 4.5."""
    rows = [["社区", "小区名称", "建筑面积（万㎡）", "物业公司"]]
    rows += [["清泉社区", f"{name}苑", text, ""] for name, text in (("甲", "4.5（地上）"), ("乙", "约4.5"))]
    delivery = attempt(write_text(tmp_path / "a.csv", rows))[1]
    assert {n.properties["floor_area_m2"] for n in delivery.nodes if n.label == "Quarter"} == {45_000}


def test_seats_with_alternates(tmp_path: Path) -> None:
    """7人（含候补1人） is 7 seats, whatever thing the number is of."""
    rows = [
        ["社区", "小区", "业委会名称", "委员人数"],
        ["清泉社区", "清泉花园", "清泉花园业委会", "7人（含候补1人）"],
    ]
    delivery = attempt(write_text(tmp_path / "a.csv", rows))[1]
    (found,) = (n.properties for n in delivery.nodes if n.label == "OwnersCommittee")
    assert (found["seats"], found["note"]) == (7, "委员人数：7人（含候补1人）")


def test_a_remark_makes_no_committee(tmp_path: Path) -> None:
    """A list of quarters with remarks is no list of committees, and 尚未成立 in a remark makes none."""
    rows = [["社区", "小区名称", "户数", "备注"], ["清泉社区", "清泉花园", "12", "围墙倒塌"]]
    kind = best_kind(read_sheets(write_text(tmp_path / "a.csv", rows)))
    assert kind is not None
    assert kind.title == "小区台账"
    rows = [["社区", "小区", "业委会名称", "备注"], ["清泉社区", "清泉花园", "", "正在筹备"]]
    delivery = attempt(write_text(tmp_path / "业委会备案表.csv", rows))[1]
    assert [n for n in delivery.nodes if n.label == "OwnersCommittee"] == []
    assert [(f.level, f.cell) for f in delivery.findings] == [("warning", "D2")]


async def test_amounts_with_remarks_are_the_same_again(town: Graph, ledger: Ledger, tmp_path: Path) -> None:
    """The note that was made of a cell is not another one at the next delivery."""
    rows: list[list[object]] = [
        HEADING,
        ["清泉社区", "清泉花园", "约312户（含商铺）", None, "老旧"],
        ["清泉社区", "望江苑", "三百户（住宅）", None, None],
    ]
    assert await unchanged(town, ledger, write_xlsx(tmp_path / "a.xlsx", rows))
    assert (await nodes(town, "Quarter"))["清泉花园"]["note"] == "老旧；户数（户）：约312户（含商铺）"
