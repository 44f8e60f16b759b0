"""A template with what is loaded: loaded again it changes nothing, corrected it changes that."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from graph.errors import BadParameter
from graph.loading.excel.filled import Filled, holds_persons, read_filled
from graph.loading.excel.read import read_workbook
from graph.loading.excel.template import make_template
from graph.loading.load import load_delivery
from graph.reading.graph import Graph
from tests.conftest import Opener
from tests.loading.samples import MANIFEST, TABLES, write_delivery


async def saved(graph: Graph, place: str, path: Path, source: str | None = None) -> Filled:
    filled = await read_filled(graph.store, place, source)
    write(path, filled)
    return filled


def write(path: Path, filled: Filled) -> None:
    path.write_bytes(make_template(filled=filled))


@pytest.mark.parametrize("place", ["danshui", "衡阳市石鼓区", "tianyuan", "tongchuan", "chengdong"])
async def test_loaded_again_it_changes_nothing(loader: Opener, tmp_path: Path, place: str) -> None:
    """Whatever types, lists, days and sources there are, of a real place's delivery."""
    graph = await loader("embedded")
    filled = await saved(graph, place, tmp_path / "filled.xlsx")
    report = await load_delivery(graph.store, tmp_path / "filled.xlsx", read=read_workbook, dry_run=True)
    assert (report.created, report.changed, report.ended, report.removed) == (0, 0, 0, 0)
    assert (report.gone, report.emptied, report.conflicts) == ([], [], [])
    assert report.unchanged == sum(map(len, filled.rows.values()))


async def test_corrected_it_changes_that(embedded: Graph, tmp_path: Path) -> None:
    """One cell, one change; what a text that looks like a formula is stays one."""
    quarters = TABLES["nodes/Quarter"].replace("样例小区一", "'=1+1小区")
    await load_delivery(embedded.store, write_delivery(tmp_path / "in", nodes__Quarter=quarters))
    await saved(embedded, "样例", tmp_path / "filled.xlsx")
    book = load_workbook(tmp_path / "filled.xlsx")
    sheet = book["小区"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.cell(2, heads["名称"]).value == "=1+1小区"
    sheet.cell(2, heads["户数"]).value = 121
    book.save(tmp_path / "corrected.xlsx")
    report = await load_delivery(embedded.store, tmp_path / "corrected.xlsx", read=read_workbook)
    assert (report.created, report.changed, report.unchanged) == (0, 1, 16)
    assert [(x.old, x.new) for x in report.lines()] == [("120", "121")]


async def test_it_says_whose_it_is(embedded: Graph, tmp_path: Path) -> None:
    """Persons are in it, so it is given to who may see them; another source's rows are not in it."""
    await load_delivery(embedded.store, write_delivery(tmp_path / "in"))
    other = MANIFEST.replace("990102-register", "990102-other").replace('batch = "1"', 'batch = "2"')
    document = {"nodes__SourceDocument": "id,name,kind\nd-990102-other,另一台账,generated\n"}
    empty = {name.replace("/", "__"): text.split("\n")[0] + "\n" for name, text in TABLES.items()}
    await load_delivery(
        embedded.store, write_delivery(tmp_path / "two", **{**empty, **document, "manifest": other})
    )
    with pytest.raises(BadParameter, match="d-990102-other"):
        await read_filled(embedded.store, "sample")
    filled = await read_filled(embedded.store, "sample", "d-990102-other")
    assert ({name: len(rows) for name, rows in filled.rows.items()}, holds_persons(filled)) == (
        {"SourceDocument": 1},
        False,
    )
    whole = await read_filled(embedded.store, "sample", "d-990102-register")
    assert holds_persons(whole)
    with pytest.raises(BadParameter, match="样例"):
        await read_filled(embedded.store, "nowhere")
