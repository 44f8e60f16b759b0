"""What a load would do, line by line: complete, in words, grouped; persons for who has the right only."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from cli.load_report import as_json, kind_of, rows_of, warnings_of, write_lines
from graph.loading.findings import Finding
from graph.loading.load import load_delivery
from graph.loading.plan import Options
from graph.private import MASK
from graph.reading.graph import Graph
from tests.loading.samples import CHANGED, TABLES, write_delivery

DAY = date(2025, 5, 1)


async def test_every_change_is_a_line_with_old_and_new(embedded: Graph, tmp_path: Path) -> None:
    """As many lines as changes, of a dry run as of the load; a changed value as words."""
    await load_delivery(embedded.store, write_delivery(tmp_path / "one"))
    seats = TABLES["nodes/OwnersCommittee"].replace(",5\n", ",\n")
    folder = write_delivery(tmp_path / "two", **CHANGED, nodes__OwnersCommittee=seats)
    options = Options("end", DAY)
    tried = await load_delivery(embedded.store, folder, options=options, dry_run=True)
    lines = list(tried.lines())
    groups = {g: [x for x in lines if x.group == g] for g in ("created", "changed", "ended", "emptied")}
    counts = (tried.created, tried.changed, tried.ended)
    assert tuple(len(groups[g]) for g in ("created", "changed", "ended")) == counts == (3, 1, 4)
    (changed,) = groups["changed"]
    assert (changed.type, changed.name, changed.property, changed.old, changed.new) == (
        "小区",
        "样例小区一",
        "户数",
        "120",
        "130",
    )
    (emptied,) = groups["emptied"]
    assert (emptied.id, emptied.property, emptied.old) == ("oc-990102-1", "职数", "5")
    assert {(x.old, x.new) for x in groups["ended"]} == {("至今", "2025-05-01")}
    assert lines == list((await load_delivery(embedded.store, folder, options=options)).lines())


async def test_persons_are_shown_to_who_has_the_right(embedded: Graph, tmp_path: Path) -> None:
    """A name of a person stands in no line without it, in no format."""
    report = await load_delivery(embedded.store, write_delivery(tmp_path / "one"))
    assert "样例人一" in str(as_json(report, personal=True))
    for shown in (as_json(report, personal=False), list(rows_of([report], personal=False))):
        assert "样例人一" not in str(shown)
        assert "党员" not in str(shown)
        assert MASK in str(shown)


async def test_a_workbook_has_a_sheet_for_each_kind(embedded: Graph, tmp_path: Path) -> None:
    """The sums are on its cover; all lines and all warnings are in it."""
    await load_delivery(embedded.store, write_delivery(tmp_path / "one"))
    report = await load_delivery(
        embedded.store, write_delivery(tmp_path / "two", **CHANGED), options=Options("end", DAY)
    )
    path = tmp_path / "变更.xlsx"
    write_lines([report], path, personal=False)
    book = load_workbook(BytesIO(path.read_bytes()))
    assert {"封面", "终止", "变更", "新增"} <= set(book.sheetnames)
    assert [row[4].value for row in book["变更"].iter_rows(min_row=2)] == ["户数"]
    assert book["终止"].max_row == 1 + report.ended


def test_warnings_of_one_kind_are_summed() -> None:
    """What is particular to a row makes no kind of its own."""
    one = Finding("a", 2, "lat", "1", "距 990102001000 其他各处约 50 公里，请核对坐标", "far", "warning")
    two = Finding("a", 9, "lat", "2", "距 990102002000 其他各处约 7 公里，请核对坐标", "far", "warning")
    assert kind_of(one) == kind_of(two)
    assert warnings_of([]) == []
