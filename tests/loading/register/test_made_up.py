"""Names that are made up for want of one (清泉花园业主委员会), against the real ones of another register."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from graph.ledger import Ledger
from graph.loading.plan import Options
from graph.loading.undo import undo_load
from graph.reading.graph import Graph
from graph.store.history import read_sets
from tests.loading.register.delivering import deliver, ledger, nodes, town
from tests.loading.register.wild import write_xlsx

__all__ = ["ledger", "town"]

QUARTERS = [["小区台账"], ["社区", "小区名称", "户数", "业委会主任"], ["清泉社区", "清泉花园", 900, "张三"]]


def filed(path: Path, name: str, number: int = 1) -> Path:
    heading: list[Any] = ["社区", "小区名称", "业委会名称", "主任", "备案时间"]
    row: list[Any] = ["清泉社区", "清泉花园", name, "张三", "2022-03-01"]
    return write_xlsx(path / f"备案{number}.xlsx", [["业主委员会备案表"], heading, row])


async def committee(graph: Graph) -> tuple[str, bool]:
    ((name, node),) = (await nodes(graph, "OwnersCommittee")).items()
    return name, node["named"]


async def test_a_real_name_takes_the_place_of_one_that_was_made_up(
    town: Graph, ledger: Ledger, tmp_path: Path
) -> None:
    """Without a conflict; the register without a name leaves it, and who gave it may change it."""
    path = write_xlsx(tmp_path / "小区台账.xlsx", QUARTERS)
    await deliver(town, ledger, path)
    assert await committee(town) == ("清泉花园业主委员会", False)
    first = await deliver(town, ledger, filed(tmp_path, "清泉花园第一届业主大会"), "业委会备案表")
    assert (first.report.conflicts, len(first.report.filled)) == ([], 1)
    assert await committee(town) == ("清泉花园第一届业主大会", True)
    for options in (Options(), Options(restore=True), Options("remove")):
        again = await deliver(town, ledger, path, options=options)
        assert (again.report.changed, again.report.conflicts, again.report.changed_since) == (0, [], [])
    renamed = await deliver(town, ledger, filed(tmp_path, "清泉花园第二届业主大会", 2), "业委会备案表")
    assert renamed.report.conflicts == []
    assert await committee(town) == ("清泉花园第二届业主大会", True)
    taken = await deliver(town, ledger, path, options=Options(take_over=True))
    assert taken.report.conflicts == []
    assert await committee(town) == ("清泉花园第二届业主大会", True)


async def test_the_made_up_name_comes_back_with_an_undo(town: Graph, ledger: Ledger, tmp_path: Path) -> None:
    """What a load named can be taken back, and two names that were made up are no conflict."""
    await deliver(town, ledger, write_xlsx(tmp_path / "小区台账.xlsx", QUARTERS))
    await deliver(town, ledger, filed(tmp_path, "清泉花园第一届业主大会"), "业委会备案表")
    await undo_load(town.store, (await read_sets(town.store))[-1].number, who="test")
    assert await committee(town) == ("清泉花园业主委员会", False)
    rows = [
        ["业主委员会备案表"],
        ["社区", "小区名称", "主任", "备案时间"],
        ["清泉社区", "清泉花园小区", "张三", 2022],
    ]
    done = await deliver(town, ledger, write_xlsx(tmp_path / "c.xlsx", rows), "业委会备案表")
    assert [d.property for d in done.report.conflicts if d.kind == "OwnersCommittee"] == []
